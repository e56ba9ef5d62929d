#include "core/aircraft.h"

#include "api/answers.h"
#include "api/api.h"
#include "api/binder.h"
#include "core/shapes.h"

namespace ostiary::api {
namespace {

using enum Permission;
namespace json = boost::json;

Thing ThingOf(const Aircraft& aircraft) {
    return {aircraft.id, aircraft.version, AircraftJson(aircraft)};
}

// The id that a tag holds is not in the address, so the aircraft is looked up for it. Where there
// is none, the verb will say so.
Result<std::optional<std::int64_t>> ExpectedVersionOf(const Request& request, World& world) {
    if (request.HeaderValue("if-match").empty()) return std::optional<std::int64_t>{};
    std::string id;
    world.store.Read([&](Work& work) {
        const auto aircraft = FindAircraft(work, request.PathValue("registration"));
        id = aircraft ? aircraft->id : "";
    });
    return ExpectedVersion(request, id);
}

Response Changed(const World& world, const Aircraft& aircraft, const char* what) {
    return Tell(world, 200, "Aircraft " + std::string(what) + ": " + aircraft.registration,
                ThingOf(aircraft));
}

}  // namespace

Result<Response> AircraftList(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kAircraftRead>());
    TRY(KnowOnly(request, {}));
    Listed list;
    for (const Aircraft& aircraft : TRY(ListAircraft(permit, world)))
        list.shapes.push_back(AircraftJson(aircraft));
    return ShowList(request, world, list);
}

Result<Response> AircraftCreate(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kAircraftWrite>());
    const json::object body = TRY(BodyOf(request));
    Binder binder(body);
    const std::string registration = binder.Text("registration"), name = binder.Text("name");
    TRY(binder.Finish());
    const Aircraft aircraft = TRY(AddAircraft(permit, world, registration, name));
    return Tell(world, 201, "Aircraft added: " + aircraft.registration, ThingOf(aircraft));
}

Result<Response> AircraftGet(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kAircraftRead>());
    TRY(KnowOnly(request, {}));
    return Show(request, world,
                ThingOf(TRY(GetAircraft(permit, world, request.PathValue("registration")))));
}

Result<Response> AircraftPatch(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kAircraftWrite>());
    const json::object body = TRY(BodyOf(request));
    Binder binder(body);
    const auto registration = binder.MaybeText("registration"), name = binder.MaybeText("name");
    TRY(binder.Finish());
    return Changed(world,
                   TRY(EditAircraft(permit, world, request.PathValue("registration"), registration,
                                    name, TRY(ExpectedVersionOf(request, world)))),
                   "updated");
}

Result<Response> AircraftRetire(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kAircraftWrite>());
    TRY(TakeNothing(request));
    return Changed(world,
                   TRY(RetireAircraft(permit, world, request.PathValue("registration"),
                                      TRY(ExpectedVersionOf(request, world)))),
                   "retired");
}

Result<Response> AircraftReturn(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kAircraftWrite>());
    TRY(TakeNothing(request));
    return Changed(world,
                   TRY(ReturnAircraft(permit, world, request.PathValue("registration"),
                                      TRY(ExpectedVersionOf(request, world)))),
                   "returned");
}

}  // namespace ostiary::api
