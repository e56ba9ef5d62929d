#pragma once

// Filters of the list that a person named to come back to. They are that person's own; nobody else
// sees them, and no event tells of them.

#include <string>
#include <string_view>
#include <vector>

#include "core/permissions.h"
#include "core/world.h"

namespace ostiary {

struct SavedView {
    std::string name;
    std::string query;  // as it stands in the list's address: "status=usable&role=staff"

    bool operator==(const SavedView&) const = default;
};

std::vector<SavedView> ListViews(Permit<Permission::kCodesRead>, World&);
// Under a name there is already: instead of that one. Field error: name.
Result<void> SaveView(Permit<Permission::kCodesRead>, World&, std::string_view name,
                      std::string_view query);
Result<void> ForgetView(Permit<Permission::kCodesRead>, World&, std::string_view name);

}  // namespace ostiary
