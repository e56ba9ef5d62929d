#pragma once

// People, and who used which code, as files (REP-2). A file holds what its list shows to whoever
// asks, is written while it is read, and was asked for: an event says so, without what was searched
// for, as that may be somebody's name. Codes and the audit log have theirs beside their lists.

#include "core/accounts.h"
#include "core/codes_bulk.h"
#include "core/reports.h"

namespace ostiary {

using TextFile = CodesFile;

// The query's cursor and page size do not matter.
Result<TextFile> ExportUsers(Permit<Permission::kUsersRead>, World&, AccountQuery);

// As it was typed; nothing: of all time, of every code.
struct UsageAsked {
    PeriodAsked period;
    std::string code;  // its number
    std::string role, task_group;
};
// One line for each use, oldest first, of the codes in the scope. Field errors: those of PeriodOf,
// code.invalid, role.unknown, task_group.unknown.
Result<TextFile> ExportUsage(Permit<Permission::kCodesRead>, World&, const CodeScope&,
                             const UsageAsked&);
// What such a file would be of; for whoever wants to know no more than whether that is right.
Result<RedemptionQuery> UsageQueryOf(const World&, const CodeScope&, const UsageAsked&,
                                     std::string_view time_zone);

}  // namespace ostiary
