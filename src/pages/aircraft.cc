#include "core/aircraft.h"

#include "http/respond.h"
#include "pages/aircraft_views.h"
#include "pages/ask.h"
#include "pages/pages.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

using enum Permission;

constexpr std::string_view kFleet = "/admin/aircraft/";

bool Matches(const Aircraft& aircraft, const FleetPage& page) {
    if (page.state == "active" && aircraft.retired_at) return false;
    if (page.state == "retired" && !aircraft.retired_at) return false;
    const std::string wanted = Fold(page.search);
    return Fold(aircraft.registration).find(wanted) != std::string::npos ||
           Fold(aircraft.name).find(wanted) != std::string::npos;
}

Result<Response> ShowFleet(const Request& request, World& world, Fields typed,
                           std::optional<Error> error) {
    const Fields query = request.Query();
    FleetPage page;
    page.search = Typed(query, "search");
    page.state = Typed(query, "state");
    for (Aircraft& aircraft : TRY(ListAircraft(TRY(PermitOf<kAircraftRead>(request)), world))) {
        page.any_at_all = true;
        if (Matches(aircraft, page)) page.fleet.push_back(std::move(aircraft));
    }
    page.holders = TRY(CountAircraftHolders(TRY(PermitOf<kAircraftWrite>(request)), world));
    page.typed = std::move(typed);
    page.error = std::move(error);
    const int status = page.error ? StatusOf(page.error->kind) : 200;
    return ShowPage(SceneOf(request, world), page, status);
}

Result<AircraftAccess> Asked(const Request& request, World& world) {
    return GetAircraftAccess(TRY(PermitOf<kAircraftWrite>(request)), world,
                             request.PathValue("registration"), request.Query().Get("after"));
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
        return SeeOtherAndTell(world, std::string(kFleet), NoticeKind::kAircraftAdded,
                               added.value().registration);
    if (!IsForTheForm(added.error())) return added.error();
    return ShowFleet(request, world, form, added.error());
}

Result<Response> AircraftDetail(const Request& request, World& world) {
    AircraftPage page;
    page.access = TRY(Asked(request, world));
    page.typed = FieldsOf(page.access.aircraft);
    return ShowPage(SceneOf(request, world), page);
}

Result<Response> AircraftSave(const Request& request, World& world) {
    const Fields form = request.Form();
    const auto permit = TRY(PermitOf<kAircraftWrite>(request));
    const auto saved = EditAircraft(permit, world, request.PathValue("registration"),
                                    form.Get("registration"), form.Get("name"));
    if (saved.ok())
        return SeeOtherAndTell(world, AircraftPath(saved.value().registration),
                               NoticeKind::kAircraftSaved, saved.value().registration);
    if (!IsForTheForm(saved.error())) return saved.error();
    const int status = StatusOf(saved.error().kind);
    return ShowPage(
        SceneOf(request, world),
        AircraftPage {
            TRY(Asked(request, world))
            , form, saved.error()
        },
        status);
}

Result<Response> AircraftRetireAsk(const Request& request, World& world) {
    return ShowPage(
        SceneOf(request, world), AircraftAskPage { TRY(Asked(request, world)) });
}

Result<Response> AircraftRetire(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<kAircraftWrite>(request));
    const auto retired = TRY(RetireAircraft(permit, world, request.PathValue("registration")));
    return SeeOtherAndTell(world, AircraftPath(retired.registration), NoticeKind::kAircraftRetired,
                           retired.registration);
}

Result<Response> AircraftReturn(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<kAircraftWrite>(request));
    const auto back = TRY(ReturnAircraft(permit, world, request.PathValue("registration")));
    return SeeOtherAndTell(world, AircraftPath(back.registration), NoticeKind::kAircraftReturned,
                           back.registration);
}

}  // namespace ostiary::pages
