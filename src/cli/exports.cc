// ostiary export …, but for the audit log, which has its command beside its list.

#include <ostream>

#include "cli/command.h"
#include "core/exports.h"

namespace ostiary::cli {
namespace {

using enum Permission;

Result<void> Print(Call& call, const TextFile& file) {
    file([&](std::string_view text) {
        call.terminal.out << text;
        return static_cast<bool>(call.terminal.out);
    });
    return {};
}

Result<void> Codes(Call& call) {
    const Arguments& given = call.given;
    CodeChoice choice;
    CodeQuery& query = choice.all.emplace();
    query.role = given.Get("--role");
    query.task_group = given.Get("--task-group");
    query.status = given.Get("--status");
    query.search = given.Get("--search");
    query.created_by = given.Get("--created-by");
    query.tag = given.Get("--tag");
    query.template_name = given.Get("--template");
    query.batch = given.Get("--batch");
    const auto permit = TRY(call.actor.Ask<kCodesRead>());
    return Print(call, TRY(ExportCodes(permit, call.world(), ApiRules(call.actor, call.world()),
                                       std::move(choice))));
}

Result<void> Users(Call& call) {
    AccountQuery query;
    query.search = call.given.Get("--search");
    query.role = call.given.Get("--role");
    query.task_group = call.given.Get("--task-group");
    return Print(call, TRY(ExportUsers(TRY(call.actor.Ask<kUsersRead>()), call.world(), query)));
}

Result<void> Usage(Call& call) {
    const Arguments& given = call.given;
    const UsageAsked asked{{given.Get("--from"), given.Get("--to"), given.Get("--days")},
                           given.Get("--code"),
                           given.Get("--role"),
                           given.Get("--task-group")};
    const auto permit = TRY(call.actor.Ask<kCodesRead>());
    return Print(call, TRY(ExportUsage(permit, call.world(), CodeScope::All(), asked)));
}

}  // namespace

std::vector<Command> ExportCommands() {
    const Option role{"--role", "ROLE", "Granting this role"};
    const Option group{"--task-group", "GROUP", "Of this task group"};
    return {{.noun = "export",
             .verb = "codes",
             .about = "Print codes as CSV",
             .options = {{"--status", "STATUS", "As in code list"},
                         role,
                         group,
                         {"--search", "TEXT", "In code, label, notes, email, name and creator"},
                         {"--created-by", "NAME", "Made by this account"},
                         {"--tag", "TEXT", "With this tag"},
                         {"--template", "NAME", "Made from this template"},
                         {"--batch", "BATCH", "Made together"}},
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
