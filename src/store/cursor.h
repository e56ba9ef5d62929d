#pragma once

// Where a page of a list begins: an opaque, checked text in the address of a page.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "util/vault.h"

namespace ostiary {

enum class Direction : std::uint8_t { kForward, kBack };

struct Cursor {
    int order = 0;
    Direction direction = Direction::kForward;
    std::int64_t id = 0;  // of the row that the page lies beyond
    std::string value;    // that row's, of what the list is ordered by
};

std::string Encode(const Vault&, const Cursor&);
std::optional<Cursor> DecodeCursor(const Vault&,
                                   std::string_view letters);  // nothing if it is not one of ours

}  // namespace ostiary
