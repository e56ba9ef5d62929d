#pragma once

// Many codes at once, alike in all but their secrets (BULK-1): a statement for all of them where
// the database takes one.

#include <optional>
#include <span>
#include <vector>

#include "core/store.h"
#include "store/desk.h"

namespace ostiary {

// Codes.AddAlike of core/store.h.
std::vector<std::optional<CodeId>> AddCodesAlike(Desk&, const Code&,
                                                 std::span<const Codes::Letters>);

}  // namespace ostiary
