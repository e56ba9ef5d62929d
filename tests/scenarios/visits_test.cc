// REP-3: from an invitation to a member: who looked, who began, who joined, who stayed.

#include "core/visits.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "core/mails_delivery.h"
#include "support/house.h"
#include "support/visitor.h"

namespace ostiary {
namespace {

using testing::HasSubstr;
using testing::Not;

class Funnels : public testing::TestWithParam<DatabaseKind> {
protected:
    struct Made {
        std::int64_t id = 0;
        std::string code, path;
    };
    Made Make(std::string_view body = R"({"max_uses": 0})", std::string_view as = "ada") {
        const auto code = house.Create(body, as);
        const std::string link(code.at("registration_url").as_string());
        return {code.at("id").as_int64(), std::string(code.at("code").as_string()),
                link.substr(link.find("/register/"))};
    }
    Answer Look(const std::string& path, std::vector<Header> headers) {
        headers.emplace_back("accept", "text/html");
        return house.Ask(Method::kGet, path, "", "", std::move(headers));
    }
    Visitor::Form FormOf(const std::string& username) {
        return {{"username", username},
                {"email", username + "@example.org"},
                {"password", std::string(kGoodPassword)},
                {"password_confirm", std::string(kGoodPassword)}};
    }
    boost::json::value Funnel(const std::string& query, std::string_view as = "ada") {
        const Answer answer = house.Get("/api/stats/funnel/?" + query, as);
        EXPECT_EQ(answer.status, 200) << answer.body;
        return answer.json();
    }
    std::string Steps(const boost::json::value& funnel) {
        return fmt::format("{} previews, {} opened, {} started, {} joined, {} of {} stayed",
                           funnel.at("previews").as_int64(), funnel.at("opened").as_int64(),
                           funnel.at("started").as_int64(), funnel.at("joined").as_int64(),
                           funnel.at("stayed").as_int64(), funnel.at("settled").as_int64());
    }
    std::string Steps(std::int64_t id) { return Steps(Funnel(fmt::format("id={}", id))); }

    House house{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, Funnels, testing::ValuesIn(kEveryDatabase), NameOfDatabase);

TEST_P(Funnels, EachStepOfEachGuestIsCountedOnce) {
    const Made code = Make();
    EXPECT_EQ(Steps(code.id), "0 previews, 0 opened, 0 started, 0 joined, 0 of 0 stayed");
    Visitor ann(house), bob(house), cat(house);
    for (int look = 0; look < 3; ++look) {
        ann.Get(code.path);
        bob.Get(code.path);
    }
    cat.Submit("/register/", "/register/", {{"code", code.code}});  // typed it
    EXPECT_EQ(Steps(code.id), "0 previews, 3 opened, 0 started, 0 joined, 0 of 0 stayed");
    ann.Post("/password-check/", {{"password", "x"}});  // while she types
    ann.Post("/password-check/", {{"password", "xy"}});
    bob.Post(code.path, {{"username", "bob"}, {"password", "short"}});
    bob.Post(code.path, {{"username", "bob"}, {"password", "short"}});
    EXPECT_EQ(Steps(code.id), "0 previews, 3 opened, 2 started, 0 joined, 0 of 0 stayed");
    EXPECT_EQ(ann.Post(code.path, FormOf("annie")).status, 303);
    EXPECT_EQ(Steps(code.id), "0 previews, 3 opened, 2 started, 1 joined, 0 of 0 stayed");
}

TEST_P(Funnels, WhatOnlyShowsLinksIsCountedApart) {
    const Made code = Make();
    const Header language{"accept-language", "de"};
    const auto agent = [](std::string name) { return Header{"user-agent", std::move(name)}; };
    const std::string firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101";
    const std::vector<std::vector<Header>> programs = {
        {agent("Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)"), language},
        {agent("facebookexternalhit/1.1"), language},
        {agent("WhatsApp/2.23.20.0 A"), language},
        {agent("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"),
         language},
        {agent("Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5"), language},
        {agent("curl/7.88.1"), language},
        {agent(firefox)},  // no language: nobody reads it
        {agent(firefox), language, {"sec-purpose", "prefetch;prerender"}},
        {}};
    for (const auto& headers : programs) EXPECT_EQ(Look(code.path, headers).status, 200);
    house.Ask(Method::kHead, code.path, "", "", {agent(firefox), language});
    EXPECT_EQ(Steps(code.id), "10 previews, 0 opened, 0 started, 0 joined, 0 of 0 stayed");
    // Telephones of a maker whose name ends as robots' do.
    Look(code.path, {agent("Mozilla/5.0 (Linux; Android 13; CUBOT X70) Mobile Safari"), language});
    EXPECT_EQ(Steps(code.id), "10 previews, 1 opened, 0 started, 0 joined, 0 of 0 stayed");
    EXPECT_EQ(house.Uses(code.id), 0);
}

TEST_P(Funnels, WhoeverComesBackAfterAWeekHasStayed) {
    const Made code = Make();
    for (const char* name : {"annie", "bobby", "cathy", "danny"}) {
        Visitor guest(house);
        EXPECT_EQ(guest.Submit(code.path, code.path, FormOf(name)).status, 303);
    }
    house.clock.Pass(6 * kDay);
    Visitor annie(house), bobby(house);
    EXPECT_EQ(annie.LogIn("annie").status, 303);  // too early to say that she stays
    EXPECT_THAT(Steps(code.id), HasSubstr("4 joined, 0 of 0 stayed"));
    house.clock.Pass(2 * kDay);
    EXPECT_THAT(Steps(code.id), HasSubstr("4 joined, 0 of 4 stayed"));
    EXPECT_EQ(bobby.LogIn("bobby").status, 303);
    EXPECT_THAT(Steps(code.id), HasSubstr("4 joined, 1 of 4 stayed"));
    EXPECT_EQ(annie.Get("/account/").status, 200);  // the session of two days ago
    EXPECT_THAT(Steps(code.id), HasSubstr("4 joined, 2 of 4 stayed"));
    const Answer token =
        house.Post("/api/auth/token/",
                   fmt::format(R"({{"username": "cathy", "password": "{}"}})", kGoodPassword));
    EXPECT_EQ(token.status, 200) << token.body;
    EXPECT_THAT(Steps(code.id), HasSubstr("4 joined, 3 of 4 stayed"));
}

TEST_P(Funnels, OfATemplateABatchOrAnyFilterIsTheSumOfItsCodes) {
    house.ConfigureMail();
    const Made bound = Make(
        R"({"template": "Temporary Contractor", "task_group": "general",
            "email": "ann@example.org", "tags": ["spring"]})");
    const Made other = Make(R"({"template": "Temporary Contractor", "task_group": "cleaning"})");
    Make();
    EXPECT_EQ(house.Post(fmt::format("/api/invite-codes/{}/mail/", bound.id), "{}", "ada").status,
              202);
    Visitor ann(house), bob(house);
    ann.Get(bound.path);
    bob.Get(bound.path);
    bob.Get(other.path);
    EXPECT_EQ(Funnel("template=Temporary%20Contractor").at("codes"), 2);
    EXPECT_THAT(Steps(Funnel("template=Temporary%20Contractor")), HasSubstr("3 opened"));
    EXPECT_THAT(Steps(Funnel("tag=spring")), HasSubstr("2 opened"));
    EXPECT_THAT(Steps(Funnel("")), HasSubstr("3 opened"));
    EXPECT_EQ(Funnel("").at("mailed"), 0) << "a mail that waits is not sent";
    const auto errand = TakeMail(house.world, "a sender");
    ASSERT_TRUE(errand);
    EXPECT_TRUE(BeginHandover(house.world, "a sender", errand->mail.id));
    RecordMail(house.world, "a sender", errand->mail.id, Handed::kTaken, "");
    EXPECT_EQ(Funnel("tag=spring").at("mailed"), 1);
    const Answer batch = house.Post("/api/invite-codes/bulk/",
                                    R"({"action": "create", "count": 3, "code": {}})", "ada");
    EXPECT_EQ(Funnel("batch=none").at("codes"), 0) << batch.body;
}

// PERM-4
TEST_P(Funnels, AManagerSeesTheTeamsOnly) {
    const Made team = Make(R"({"task_group": "cleaning", "max_uses": 0})"), other = Make();
    Visitor ann(house);
    ann.Get(team.path);
    ann.Get(other.path);
    EXPECT_THAT(Steps(Funnel("", "max")), HasSubstr("1 opened"));
    EXPECT_EQ(house.Get(fmt::format("/api/stats/funnel/?id={}", team.id), "max").status, 200);
    EXPECT_EQ(house.Get(fmt::format("/api/stats/funnel/?id={}", other.id), "max").status, 404);
    Visitor max(house);
    max.LogIn("max");
    EXPECT_THAT(max.Get("/manager/invite-codes/funnel/").body, HasSubstr("1 code"));
    EXPECT_EQ(max.Get(fmt::format("/manager/invite-codes/{}/", other.id)).status, 404);
}

TEST_P(Funnels, VisitsAreWrittenDownSomeSecondsLaterAndNotLostWhenThatFails) {
    const Made code = Make();
    Visitor ann(house), bob(house);
    ann.Get(code.path);
    house.visits.Count(999'999, Visit::kOpened);  // of no code: the database refuses it
    EXPECT_THROW(KeepVisits(house.world), WorldFailure);
    auto kept = house.visits.TakeAll();
    EXPECT_EQ(kept.at(code.id).opened, 1);
    kept.erase(999'999);
    house.visits.PutBack(kept);
    bob.Get(code.path);
    KeepVisits(house.world);
    EXPECT_TRUE(house.visits.TakeAll().empty());
    house.store->Read([&](Work& work) {
        EXPECT_EQ(work.visits.Sum(std::vector{code.id}, 0, 0, 1).opened, 2);
    });
}

TEST_P(Funnels, StandOnTheCodesPageAndOnOneOfTheirOwn) {
    const Made code = Make(R"({"template": "Temporary Contractor", "task_group": "general"})");
    Visitor ann(house), ada(house);
    ann.Get(code.path);
    ada.LogIn("ada");
    for (const char* portal : {"/admin/invite-codes/", "/manage/invitations/"}) {
        const std::string list = portal;
        EXPECT_THAT(ada.Get(fmt::format("{}{}/", list, code.id)).body,
                    HasSubstr("Opened the invitation"));
        EXPECT_THAT(ada.Get(list).body, HasSubstr(list + "funnel/"));
        const Answer all = ada.Get(list + "funnel/");
        EXPECT_THAT(all.body, HasSubstr("funnel/?template=Temporary%20Contractor\">"));
        const Answer one = ada.Get(list + "funnel/?template=Temporary%20Contractor&status=usable");
        EXPECT_THAT(one.body, HasSubstr("From Temporary Contractor"));
        EXPECT_THAT(one.body, Not(HasSubstr("By template")));
        EXPECT_EQ(ada.Get(list + "funnel/?role=captain").status, 400);
    }
}

}  // namespace
}  // namespace ostiary
