// Codes in the portals: list, create, detail and save. What else can be done with one is in
// codes_deeds.cc.

#include "core/codes.h"

#include "core/aircraft.h"
#include "http/respond.h"
#include "pages/ask.h"
#include "pages/codes_looks.h"
#include "pages/codes_views.h"
#include "pages/pages.h"

namespace ostiary::pages {
namespace {

using enum Permission;

constexpr std::size_t kMostRedemptions = 200, kMostEvents = 50;

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
    page.fleet = TRY(ListAircraft(TRY(PermitOf<kAircraftRead>(request)), world));
    page.typed = FieldsOf(page.code, scene);
    return page;
}

}  // namespace

Result<Response> CodesList(const Request& request, World& world) {
    const Scene scene = SceneOf(request, world);
    CodesListPage list{QueryOf(request.Query()), {}};
    list.query.scope = RulesHere(request, world).scope;
    list.page = TRY(ListCodes(TRY(PermitOf<kCodesRead>(request)), world, list.query));
    return Show(scene, list);
}

Result<Response> CodeNew(const Request& request, World& world) {
    const Scene scene = SceneOf(request, world);
    TRY(PermitOf<kCodesWrite>(request));
    auto fleet = TRY(ListAircraft(TRY(PermitOf<kAircraftRead>(request)), world));
    return Show(scene, CodeCreatePage{BlankCode(scene), std::move(fleet), {}});
}

Result<Response> CodeCreate(const Request& request, World& world) {
    const Fields form = request.Form();
    const auto permit = TRY(PermitOf<kCodesWrite>(request));
    const auto created =
        ostiary::CreateCode(permit, world, RulesHere(request, world), DraftOf(form));
    if (!created.ok()) {
        if (!IsForTheForm(created.error())) return created.error();
        auto fleet = TRY(ListAircraft(TRY(PermitOf<kAircraftRead>(request)), world));
        return Show(SceneOf(request, world),
                    CodeCreatePage{form, std::move(fleet), created.error()},
                    StatusOf(created.error().kind));
    }
    const Code& code = created.value();
    const bool pending = code.approval == Approval::kPending;
    return SeeOtherAndTell(world, CodePath(*PortalAt(request.path), code.id),
                           pending ? NoticeKind::kCodeCreatedPending : NoticeKind::kCodeCreated,
                           ShortName(code));
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
                               ShortName(saved.value()));
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

}  // namespace ostiary::pages
