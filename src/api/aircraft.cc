#include "core/aircraft.h"

#include <fmt/format.h>

#include "api/api.h"
#include "api/binder.h"
#include "core/shapes.h"
#include "http/json_body.h"

namespace ostiary::api {

using enum Permission;

Result<Response> AircraftList(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kAircraftRead>());
    std::vector<std::string> shapes;
    for (const Aircraft& aircraft : TRY(ListAircraft(permit, world)))
        shapes.push_back(AircraftJson(aircraft));
    return Json(200, fmt::format(R"({{"results":{}}})", JsonList(shapes)));
}

Result<Response> AircraftCreate(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kAircraftWrite>());
    const boost::json::object body = TRY(ReadJsonBody(request));
    Binder binder(body);
    const std::string registration = binder.Text("registration"), name = binder.Text("name");
    TRY(binder.Finish());
    const Aircraft aircraft = TRY(AddAircraft(permit, world, registration, name));
    return Json(201, fmt::format(R"({{"success":true,"message":{},"data":{}}})",
                                 JsonText("Aircraft added: " + aircraft.registration),
                                 AircraftJson(aircraft)));
}

}  // namespace ostiary::api
