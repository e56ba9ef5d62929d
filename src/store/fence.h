#pragma once

// Reading a table to its end in the order of its ids, where ids become visible in another order
// than they were given (docs/decisions/0016). On PostgreSQL a fence is put up at the highest id,
// with a note of everybody who is writing then; once they have ended, nothing can appear below it
// any more. SQLite has one writer at a time and needs none.

#include <cstdint>
#include <string>
#include <string_view>

#include "store/desk.h"

namespace ostiary {

struct Fence {
    std::int64_t at = 0;
    std::string waits_for;  // transactions that may still add something below it

    bool operator==(const Fence&) const = default;
    // How far one may go on from `done`; no further than `done` while somebody is waited for.
    std::int64_t Until(std::int64_t done, std::size_t most) const;
};

// Moves the fence of `table`, which is filled up to `filled` and was read up to `done`. Nobody is
// waited for: until they have ended there is nothing to read.
void MoveFence(Desk&, std::string_view table, std::int64_t done, std::int64_t filled, Fence&);

}  // namespace ostiary
