// Every page, in every state, in every portal, with kind and with hostile facts (SEC-4).

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "../pages/markup.h"
#include "pages/render.h"
#include "pages/samples.h"
#include "pages/scene.h"

namespace ostiary::pages {
namespace {

constexpr Millis kNow = 1'760'000'000'000;

Actor Everything(std::string words) {
    Actor actor;
    actor.account_id = "u1";
    actor.username = words;
    actor.name = std::move(words);
    actor.role = "admin";
    actor.is_superuser = true;
    return actor;
}

Scene MakeScene(const Config& config, const Portal* portal, std::optional<Actor> actor,
                std::string words) {
    Scene scene{config};
    scene.portal = portal;
    scene.actor = std::move(actor);
    scene.path = portal ? std::string(portal->home) : "/register/";
    scene.now = kNow;
    scene.csrf_token = "csrf";
    scene.request_id = words;
    scene.notice = Notice{NoticeKind::kRefused, words};
    return scene;
}

std::vector<Scene> ScenesOf(const Config& config, Place place, const std::string& words) {
    if (place == Place::kAnywhere)
        return {MakeScene(config, nullptr, {}, words),
                MakeScene(config, nullptr, Everything(words), words)};
    std::vector<Scene> scenes;
    for (const Portal& portal : kPortals)
        scenes.push_back(MakeScene(config, &portal, Everything(words), words));
    return scenes;
}

// Calls `look` with every page there is.
void ForEveryPage(const std::string& words,
                  const std::function<void(const std::string&, const Rendered&)>& look) {
    Config config, with_mail;
    config.site_name = words;
    with_mail.site_name = words;
    with_mail.mail_server = "smtp://mail.example.org";
    with_mail.mail_from = "invite@example.org";
    with_mail.base_url = "https://invite.example.org";
    bool mails = false;  // each sample is looked at with mail or without, by turns
    for (const Sample& sample : Samples(words, kNow))
        for (const Scene& scene :
             ScenesOf((mails = !mails) ? with_mail : config, sample.place, words)) {
            View view = sample.view(scene);
            Frame(scene, view);
            look(sample.name + (scene.portal ? " in " + std::string(scene.portal->title) : ""),
                 RenderStrictly(view));
        }
}

TEST(Templates, HaveNoFaults) {
    for (const std::string& fault : TemplateFaults()) ADD_FAILURE() << fault;
}

TEST(Templates, EveryPageSetsWhateverItsTemplateAsksFor) {
    for (const std::string& words : {std::string("Spring pilots"), std::string()})
        ForEveryPage(words, [](const std::string& page, const Rendered& rendered) {
            for (const std::string& missing : rendered.missing)
                ADD_FAILURE() << page << " lacks " << missing;
        });
}

TEST(Templates, HostileWordsStayWords) {
    ForEveryPage(HostileWords(), [](const std::string& page, const Rendered& rendered) {
        EXPECT_EQ(rendered.html.find("<script>alert"), std::string::npos) << page;
        EXPECT_EQ(rendered.html.find("<img"), std::string::npos) << page;
        EXPECT_EQ(rendered.html.find("\"'>"), std::string::npos) << page;
        for (const std::string& fault : MarkupFaults(rendered.html))
            ADD_FAILURE() << page << ": " << fault;
    });
}

TEST(Templates, EveryPageIsSoundMarkup) {
    ForEveryPage("Spring pilots", [](const std::string& page, const Rendered& rendered) {
        for (const std::string& fault : MarkupFaults(rendered.html))
            ADD_FAILURE() << page << ": " << fault;
    });
}

TEST(Templates, EveryPostCarriesItsCsrfToken) {
    ForEveryPage("Spring pilots", [](const std::string& page, const Rendered& rendered) {
        for (std::size_t at = 0; (at = rendered.html.find("<form", at)) != std::string::npos;
             ++at) {
            const std::string form =
                rendered.html.substr(at, rendered.html.find("</form>", at) - at);
            if (form.find("method=\"post\"") == std::string::npos) continue;
            EXPECT_NE(form.find("name=\"csrf_token\" value=\"csrf\""), std::string::npos)
                << page << ": " << form.substr(0, 120);
        }
    });
}

TEST(Templates, NoPasswordIsEverSentBack) {
    ForEveryPage("Spring pilots", [](const std::string& page, const Rendered& rendered) {
        EXPECT_EQ(rendered.html.find("never shown"), std::string::npos) << page;
    });
}

// For looking at: OSTIARY_PAGES_OUT=folder writes them all.
TEST(Templates, CanBeLookedAt) {
    const char* folder = std::getenv("OSTIARY_PAGES_OUT");
    if (folder == nullptr) GTEST_SKIP() << "OSTIARY_PAGES_OUT names no folder";
    int number = 0;
    ForEveryPage("Spring pilots", [&](const std::string& page, const Rendered& rendered) {
        std::string name = page;
        std::ranges::replace(name, '/', '-');
        std::ofstream(std::filesystem::path(folder) /
                      (std::to_string(++number) + " " + name + ".html"))
            << rendered.html;
    });
}

TEST(TemplateLint, FindsWhatTheEngineDoesNot) {
    const std::string pragma = "{{%AUTOESCAPE context=\"HTML\"}}\n";
    const auto faults = [&](std::string_view text) {
        return FaultsOf("x.html", pragma + std::string(text)).size();
    };
    EXPECT_EQ(FaultsOf("x.html", "<p>{{A}}</p>").size(), 1u);
    EXPECT_EQ(faults("<p class=\"a {{A}}\">{{A}}</p><a href=\"{{A}}\">x</a>"), 0u);
    EXPECT_EQ(faults("<a href=\"/x?q={{A:u}}\">x</a>"), 0u);
    EXPECT_EQ(faults("<a href=\"/x?q={{A}}\">x</a>"), 1u);
    EXPECT_EQ(faults("<p class={{A}}>x</p>"), 1u);
    EXPECT_EQ(faults("<button formaction=\"{{A}}\">x</button>"), 1u);
    EXPECT_EQ(faults("<p hx-get=\"/x\">x</p>"), 0u);
    EXPECT_EQ(faults("<p hx-get=\"{{A}}\">x</p>"), 1u);
    EXPECT_EQ(faults("<p hx-on:click=\"x()\">x</p>"), 1u);
    EXPECT_EQ(faults("<p hx-vals=\"js:x()\">x</p>"), 1u);
    EXPECT_EQ(faults("<p style=\"color:red\">x</p>"), 1u);
    EXPECT_EQ(faults("<p onclick=\"x()\">x</p>"), 1u);
    EXPECT_EQ(faults("<script>x()</script>"), 1u);
    EXPECT_EQ(faults("<style>p{}</style>"), 1u);
    EXPECT_EQ(faults("<p>{{A:none}}</p>"), 1u);
    EXPECT_EQ(faults("<p {{>PART}}>x</p>"), 1u);
    EXPECT_EQ(faults("<p>{{#A}}1 < 2{{/A}}</p>"), 0u);
}

TEST(Rendering, TellsWhatIsMissing) {
    View view("errors/error");
    view.Set("TITLE", "x");
    const Rendered rendered = RenderStrictly(view);
    EXPECT_NE(std::ranges::find(rendered.missing, "{{WHAT}}"), rendered.missing.end());
    EXPECT_NE(std::ranges::find(rendered.missing, "{{#HAVE_WRONG}}"), rendered.missing.end());
    EXPECT_EQ(std::ranges::find(rendered.missing, "{{TITLE}}"), rendered.missing.end());
}

}  // namespace
}  // namespace ostiary::pages
