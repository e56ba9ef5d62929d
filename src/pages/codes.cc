// Codes in the portals: list, detail and save. How they are made is in codes_create.cc; what else
// can be done with one, in codes_deeds.cc.

#include "core/codes.h"

#include <algorithm>

#include "core/aircraft.h"
#include "core/mails.h"
#include "core/saved_views.h"
#include "http/respond.h"
#include "pages/ask.h"
#include "pages/codes_looks.h"
#include "pages/codes_views.h"
#include "pages/language.h"
#include "pages/pages.h"
#include "pages/words.h"

namespace ostiary::pages {
namespace {

using enum Permission;

constexpr std::size_t kMostRedemptions = 200, kMostEvents = 50, kMostMails = 5;
constexpr std::int64_t kFurthest = 1'000'000'000;

Response Show(const Scene& scene, const auto& page, int status = 200) {
    View view = ViewOf(scene, page);
    return pages::Show(scene, view, status);
}

Result<CodeDetailPage> Load(const Request& request, World& world, const Scene& scene, CodeId id) {
    const auto permit = TRY(PermitOf<kCodesRead>(request));
    const CodeScope scope = RulesHere(request, world).scope;
    CodeDetailPage page;
    page.code = TRY(GetCode(permit, world, scope, id));
    page.redemptions = TRY(RedemptionsOf(permit, world, scope, id, 0, kMostRedemptions));
    page.history = TRY(HistoryOf(permit, world, scope, id, kMostEvents));
    page.funnel = TRY(FunnelOf(permit, world, scope, id));
    page.mails = TRY(MailsOf(permit, world, scope, id, kMostMails));
    page.fleet = TRY(ListAircraft(TRY(PermitOf<kAircraftRead>(request)), world));
    page.typed = FieldsOf(page.code, scene);
    return page;
}

}  // namespace

Result<Response> CodesList(const Request& request, World& world) {
    const Scene scene = SceneOf(request, world);
    const Fields asked = request.Query();
    const auto permit = TRY(PermitOf<kCodesRead>(request));
    CodesListPage list{QueryOf(asked), {}};
    list.query.scope = RulesHere(request, world).scope;
    list.query.count = true;
    list.first = std::clamp<std::int64_t>(ParseInt(asked.Get("from")).value_or(1), 1, kFurthest);
    list.page = TRY(ListCodes(permit, world, list.query));
    list.views = ListViews(permit, world);
    Response response = Show(scene, list);
    // While somebody types, the address follows without the fields that say nothing.
    const bool is_part = !request.HeaderValue("hx-request").empty();
    if (is_part && request.HeaderValue("hx-boosted").empty())
        response.With("hx-replace-url", ListAddress(*scene.portal, list.query));
    return response;
}

Result<Response> CodesViewSave(const Request& request, World& world) {
    const Fields form = request.Form();
    const auto permit = TRY(PermitOf<kCodesRead>(request));
    const CodeQuery query = QueryOf(form);  // as we write it, whatever was sent
    const std::string back = ListAddress(*PortalAt(request.path), query);
    const auto saved = SaveView(permit, world, form.Get("name"), QueryTextOf(query));
    if (saved.ok()) return SeeOtherAndTell(world, back, NoticeKind::kViewSaved, form.Get("name"));
    if (!IsForTheForm(saved.error())) return saved.error();
    return SeeOtherAndRefuse(world, back, saved.error());
}

Result<Response> CodesViewForget(const Request& request, World& world) {
    const Fields form = request.Form();
    TRY(ForgetView(TRY(PermitOf<kCodesRead>(request)), world, form.Get("name")));
    return SeeOtherAndTell(world, std::string(PortalAt(request.path)->codes_path),
                           NoticeKind::kViewForgotten, form.Get("name"));
}

Result<Response> CodeDetail(const Request& request, World& world) {
    const Scene scene = SceneOf(request, world);
    return Show(scene, TRY(Load(request, world, scene, TRY(CodeIdOf(request)))));
}

Result<Response> CodeSave(const Request& request, World& world) {
    const CodeId id = TRY(CodeIdOf(request));
    const Fields form = request.Form();
    const auto permit = TRY(PermitOf<kCodesWrite>(request));
    const auto saved = EditCode(permit, world, RulesHere(request, world), id, DraftOf(form),
                                ParseInt(form.Get("version")));
    if (saved.ok())
        return SeeOtherAndTell(world, CodePath(*PortalAt(request.path), id), NoticeKind::kCodeSaved,
                               NameOf(saved.value()));
    if (!IsForTheForm(saved.error())) return saved.error();
    // The form comes back with what was typed, and with the version of now: saving again is then
    // deliberate.
    const Scene scene = SceneOf(request, world);
    CodeDetailPage page = TRY(Load(request, world, scene, id));
    if (saved.error().kind == ErrorKind::kStale)
        page.differences = DifferencesBetween(scene, page.typed, form);
    page.typed = form;
    page.error = saved.error();
    return Show(scene, page, StatusOf(saved.error().kind));
}

Result<Response> CodeMail(const Request& request, World& world) {
    const CodeId id = TRY(CodeIdOf(request));
    const std::string words(request.Form().Get("message"));
    const auto sent = SendInvitation(TRY(PermitOf<kCodesWrite>(request)), world,
                                     RulesHere(request, world).scope, id, words, Spoken());
    if (sent.ok())
        return SeeOtherAndTell(world, CodePath(*PortalAt(request.path), id),
                               NoticeKind::kInvitationMailed, sent.value().recipient);
    if (!IsForTheForm(sent.error()) && sent.error().kind != ErrorKind::kTooMany)
        return sent.error();
    const Scene scene = SceneOf(request, world);
    CodeDetailPage page = TRY(Load(request, world, scene, id));
    page.mail_words = words;
    page.error = sent.error();
    return Show(scene, page, StatusOf(sent.error().kind));
}

}  // namespace ostiary::pages
