#pragma once

// Where codes stand in lists (docs/decisions/0008): on a shelf for their status, role and task
// group, and on one of their creator's. A page is read from the few shelves a query asks for, and a
// total is the sum of what they hold.

#include <string>
#include <vector>

#include "core/model.h"
#include "store/desk.h"

namespace ostiary {

// What stands in for "never" in an order.
inline constexpr Millis kNeverExpires = INT64_MAX, kNeverUsed = 0;

// Puts these codes, given in rising order, where they belong as of a moment, deleted ones nowhere;
// the caller holds them, or settles.
void ShelveCodes(Desk&, const std::vector<CodeId>& rising, Millis as_of);

// Codes.IsBehind and Codes.CatchUp of core/store.h.
bool IsAnyUnsettled(Desk&, Millis now);
std::optional<std::size_t> SettleCodes(Desk&, Millis now,
                                       std::size_t most);  // nothing: another node is at it

struct Shelf {
    std::int64_t id = 0;
    CodeStatus status = CodeStatus::kActive;
    std::string role, task_group, creator_id;
    std::int64_t codes = 0, used = 0;  // how many stand there, and how many of them were used
    bool is_everybodys = true;
};
// Those that hold anything of what the query filters by (search and tag aside); no code stands on
// two of them.
std::vector<Shelf> ShelvesFor(Desk&, const CodeQuery&);

bool IsAskedFor(CodeStatus, std::string_view status);  // by the filter; an empty one asks for all

}  // namespace ostiary
