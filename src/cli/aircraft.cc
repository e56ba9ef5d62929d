// ostiary aircraft …

#include "core/aircraft.h"

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/paging.h"
#include "core/shapes.h"
#include "util/text.h"

namespace ostiary::cli {
namespace {

using enum Permission;

const Option kRegistration{"REGISTRATION", "REGISTRATION", "The tail number, as in N12345",
                           Takes::kRequired};

void Print(Call& call, std::string_view done, const Aircraft& aircraft) {
    if (call.AsJson())
        call.Say(AircraftJson(aircraft));
    else
        call.Say(fmt::format("{}: {}", done, aircraft.registration));
}

Result<void> Add(Call& call) {
    const auto permit = TRY(call.actor.Ask<kAircraftWrite>());
    Print(call, "Added",
          TRY(AddAircraft(permit, call.world(), call.given.Get("REGISTRATION"),
                          call.given.Get("--name"))));
    return {};
}

Result<void> List(Call& call) {
    std::vector<Row> rows;
    std::vector<std::string> shapes;
    const auto fleet = TRY(ListAircraft(TRY(call.actor.Ask<kAircraftRead>()), call.world()));
    for (const Aircraft& one : fleet) {
        shapes.push_back(AircraftJson(one));
        rows.push_back({one.registration, one.retired_at ? "retired" : "in use", one.name});
    }
    PrintList(call, {"REGISTRATION", "STATUS", "NAME"}, rows, shapes, {});
    return {};
}

Result<void> Retire(Call& call) {
    const auto permit = TRY(call.actor.Ask<kAircraftWrite>());
    Print(call, "Retired",
          TRY(RetireAircraft(permit, call.world(), call.given.Get("REGISTRATION"))));
    return {};
}

}  // namespace

std::vector<Command> AircraftCommands() {
    return {
        {.noun = "aircraft",
         .verb = "add",
         .about = "Add an aircraft",
         .options = {kRegistration, {"--name", "TEXT", "\"Cessna 172, blue\""}},
         .prints = Prints::kData,
         .example = "aircraft add N12345 --name \"Cessna 172, blue\"",
         .run = Add},
        {.noun = "aircraft",
         .verb = "list",
         .about = "List all aircraft",
         .options = {},
         .prints = Prints::kData,
         .run = List},
        {.noun = "aircraft",
         .verb = "retire",
         .about = "Take an aircraft out of use; nobody is given roles on it any more",
         .options = {kRegistration},
         .prints = Prints::kData,
         .run = Retire},
    };
}

}  // namespace ostiary::cli
