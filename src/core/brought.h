#pragma once

// Who brought whom, as a tree (GATE-3): below everybody stand those who joined with a code of
// theirs. It is read one level at a time. A manager sees the team, as in the list of people.

#include <string>
#include <string_view>
#include <vector>

#include "core/model.h"
#include "core/permissions.h"
#include "core/world.h"

namespace ostiary {

struct BroughtPage {
    std::vector<Brought> people;  // in the order they came
    std::string next;             // cursor; empty: that was all
};
// Whom one person brought; where `by` is empty, those whom nobody brought. kNotFound
// account.unknown; kInvalid cursor.invalid.
Result<BroughtPage> ListBrought(Permit<Permission::kUsersRead>, World&, std::string_view by,
                                std::string_view cursor, std::size_t page_size);

// One person, and the way down to them from whom nobody brought; whoever is further away than the
// nearest few, or may not be seen, is left out.
struct BroughtPerson {
    Brought person;
    std::vector<Account> above;  // the furthest first
};
Result<BroughtPerson> GetBrought(Permit<Permission::kUsersRead>, World&, std::string_view id);

}  // namespace ostiary
