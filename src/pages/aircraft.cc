#include "core/aircraft.h"

#include "http/respond.h"
#include "pages/ask.h"
#include "pages/pages.h"
#include "pages/views.h"

namespace ostiary::pages {
namespace {

using enum Permission;

Result<Response> ShowFleet(const Request& request, World& world, Fields typed,
                           std::optional<Error> error) {
    FleetPage page {
        TRY(ListAircraft(TRY(PermitOf<kAircraftRead>(request)), world))
        , std::move(typed), std::move(error)
    };
    const int status = page.error ? StatusOf(page.error->kind) : 200;
    return ShowPage(SceneOf(request, world), page, status);
}

}  // namespace

Result<Response> AircraftHome(const Request& request, World& world) {
    return ShowFleet(request, world, {}, {});
}

Result<Response> AircraftAdd(const Request& request, World& world) {
    const Fields form = request.Form();
    const auto permit = TRY(PermitOf<kAircraftWrite>(request));
    const auto added = AddAircraft(permit, world, form.Get("registration"), form.Get("name"));
    if (added.ok())
        return SeeOtherAndTell(world, "/admin/aircraft/", NoticeKind::kAircraftAdded,
                               added.value().registration);
    if (!IsForTheForm(added.error())) return added.error();
    return ShowFleet(request, world, form, added.error());
}

Result<Response> AircraftRetire(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<kAircraftWrite>(request));
    const auto retired = TRY(RetireAircraft(permit, world, request.PathValue("registration")));
    return SeeOtherAndTell(world, "/admin/aircraft/", NoticeKind::kAircraftRetired,
                           retired.registration);
}

}  // namespace ostiary::pages
