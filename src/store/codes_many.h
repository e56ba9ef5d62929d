#pragma once

// Many codes that differ, with few statements (core/store.h: Codes::AddAll).

#include <optional>
#include <span>
#include <vector>

#include "core/model.h"
#include "store/desk.h"

namespace ostiary {

std::vector<std::optional<CodeId>> AddManyCodes(Desk&, std::span<const Code>);

}  // namespace ostiary
