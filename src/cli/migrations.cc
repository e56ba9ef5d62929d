// ostiary migrate

#include <fmt/format.h>

#include "cli/command.h"
#include "core/shapes.h"

namespace ostiary::cli {
namespace {

void PrintSchema(Call& call, const Schema& schema) {
    if (call.AsJson()) {
        const auto list = [](std::vector<std::string> names) {
            for (std::string& name : names) name = JsonText(name);
            return JsonList(names);
        };
        return call.Say(fmt::format(R"({{"applied":{},"pending":{}}})", list(schema.applied),
                                    list(schema.pending)));
    }
    for (const std::string& name : schema.applied) call.Say("applied  " + name);
    for (const std::string& name : schema.pending) call.Say("pending  " + name);
}

Result<void> Migrate(Call& call) {
    if (call.given.Has("--status")) {
        PrintSchema(call, call.outside.schema(call.config));
        return {};
    }
    const auto applied = call.outside.migrate(call.config);
    if (call.AsJson()) {
        PrintSchema(call, {applied, {}});
        return {};
    }
    for (const std::string& name : applied) call.Say("applied  " + name);
    if (applied.empty()) call.Say("The database is up to date.");
    return {};
}

}  // namespace

std::vector<Command> MigrationCommands() {
    return {
        {.noun = "migrate",
         .verb = "",
         .about = "Bring the database to this program's layout, as serve does at its start",
         .options = {{"--status", "", "Only say what is applied and what pends", Takes::kSwitch}},
         .prints = Prints::kData,
         .example = "migrate --status",
         .run = Migrate}};
}

}  // namespace ostiary::cli
