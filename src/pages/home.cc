// Where people land: the front door, and the portals' first pages.

#include "http/cookies.h"
#include "pages/ask.h"
#include "pages/codes_looks.h"
#include "pages/language.h"
#include "pages/notice.h"
#include "pages/pages.h"
#include "pages/views.h"

namespace ostiary::pages {

View ViewOf(const Scene&, const HomePage&) {
    View view("home/home");
    view.Set("TITLE", "Welcome");
    AddField(view, "FIELDS", "box",
             {"code", "code", "Invite code", "", "", {}, "off", "required", "64"}, {});
    return view;
}

namespace {

constexpr std::size_t kPile = 5;

void AddPile(View& view, const Scene& scene, std::string_view title, std::string_view filter,
             const std::vector<Code>& codes) {
    if (codes.empty()) return;
    View& pile = view.Add("PILES")
                     .Set("PILE_TITLE", title)
                     .Set("PILE_URL", std::string(scene.portal->codes_path) + std::string(filter));
    for (const Code& code : codes) SetCode(pile.Add("PILE_CODES"), scene, code);
}

Result<std::vector<Code>> Pile(const Request& request, World& world, std::string_view status,
                               CodeOrder order) {
    CodeQuery query;
    query.scope = RulesHere(request, world).scope;
    query.status = status;
    query.order = order;
    query.page_size = kPile;
    return TRY(ListCodes(TRY(PermitOf<Permission::kCodesRead>(request)), world, query))
    .codes;
}

}  // namespace

View ViewOf(const Scene& scene, const PortalHomePage& page) {
    const PortalLook& look = LookOf(*scene.portal);
    View view("home/portal");
    view.Set("TITLE", scene.portal->title)
        .Set("LIST_URL", scene.portal->codes_path)
        .Set("LIST_TITLE", look.codes_title);
    view.Set("CREATE_URL", scene.portal->create_path)
        .Set("CREATE_WORDS", scene.portal->create_words)
        .List("PILES");
    AddPile(view, scene, "Waiting for approval", "?status=pending", page.pending);
    AddPile(view, scene, "Nearly used up", "?status=warning", page.running_out);
    AddPile(view, scene, "About to end", "?status=usable&order=expiry", page.ending);
    return view;
}

Result<Response> Home(const Request& request, World& world) {
    if (request.actor) return SeeOther(HomeOf(*request.actor));
    return ShowPage(SceneOf(request, world), HomePage{});
}

Result<Response> LanguageChoose(const Request& request, World& world) {
    const Fields form = request.Form();
    Response response = SeeOther(NextOr(form, "/"));
    SetLanguageCookie(response, world.config, ChooseLanguage(form.Get("language"), ""));
    return response;
}

Result<Response> PortalHome(const Request& request, World& world) {
    PortalHomePage page;
    page.pending = TRY(Pile(request, world, "pending", CodeOrder::kOldest));
    page.running_out = TRY(Pile(request, world, "warning", CodeOrder::kMostUsed));
    page.ending = TRY(Pile(request, world, "usable", CodeOrder::kSoonestExpiry));
    std::erase_if(page.ending,
                  [&](const Code& code) { return !ExpiresInDays(code, world.clock.Now()); });
    return ShowPage(SceneOf(request, world), page);
}

Result<Response> PortalToCodes(const Request& request, World&) {
    return SeeOther(std::string(PortalAt(request.path)->codes_path));
}

}  // namespace ostiary::pages
