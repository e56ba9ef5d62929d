// ostiary export …, but for the audit log, which has its command beside its list.

#include "core/exports.h"
#include "cli/code_filters.h"

namespace ostiary::cli {
namespace {

using enum Permission;

Result<void> Codes(Call& call) {
    CodeChoice choice;
    choice.all = CodeFiltersOf(call.given);
    const auto permit = TRY(call.actor.Ask<kCodesRead>());
    PrintFile(call, TRY(ExportCodes(permit, call.world(), ApiRules(call.actor, call.world()),
                                    std::move(choice))));
    return {};
}

Result<void> Users(Call& call) {
    AccountQuery query;
    query.search = call.given.Get("--search");
    query.role = call.given.Get("--role");
    query.task_group = call.given.Get("--task-group");
    PrintFile(call, TRY(ExportUsers(TRY(call.actor.Ask<kUsersRead>()), call.world(), query)));
    return {};
}

Result<void> Usage(Call& call) {
    const Arguments& given = call.given;
    const UsageAsked asked{{given.Get("--from"), given.Get("--to"), given.Get("--days")},
                           given.Get("--code"),
                           given.Get("--role"),
                           given.Get("--task-group")};
    const auto permit = TRY(call.actor.Ask<kCodesRead>());
    PrintFile(call, TRY(ExportUsage(permit, call.world(), CodeScope::All(), asked)));
    return {};
}

}  // namespace

std::vector<Command> ExportCommands() {
    const Option role{"--role", "ROLE", "Granting this role"};
    const Option group{"--task-group", "GROUP", "Of this task group"};
    return {{.noun = "export",
             .verb = "codes",
             .about = "Print codes as CSV",
             .options = CodeFilterOptions("As in code list"),
             .example = "export codes --status usable > codes.csv",
             .run = Codes},
            {.noun = "export",
             .verb = "users",
             .about = "Print accounts as CSV",
             .options = {{"--search", "TEXT", "In username, name and email"},
                         {"--role", "ROLE", "With this role"},
                         group},
             .example = "export users > users.csv",
             .run = Users},
            {.noun = "export",
             .verb = "usage",
             .about = "Print who used which code as CSV, oldest first",
             .options = {{"--from", "DAY", "The first day, as 2026-11-21 (UTC)"},
                         {"--to", "DAY", "The last day"},
                         {"--days", "N", "So many days up to today"},
                         {"--code", "N", "The number of the code"},
                         role,
                         group},
             .example = "export usage --from 2026-11-01 > november.csv",
             .run = Usage}};
}

}  // namespace ostiary::cli
