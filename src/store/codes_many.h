#pragma once

// Many codes with few statements: those that differ (core/store.h: Codes::AddAll), and what they
// have in common with those that are alike (store/codes_alike.h).

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/model.h"
#include "store/desk.h"

namespace ostiary {

std::vector<std::optional<CodeId>> AddManyCodes(Desk&, std::span<const Code>);

// Of codes that were added: the id of each by the hash of its letters, in order; nothing where they
// were in use. The same letters twice: one of them.
std::vector<std::optional<CodeId>> IdsInOrder(std::unordered_map<std::string, CodeId> id_of,
                                              std::span<const std::string> code_hashes);
// So that they are found by their letters and in lists. The places in lists are half of the work:
// of more than 500 they are found later and in small steps, by CatchUp.
void MakeFindable(Desk&, std::vector<CodeId> added, const std::vector<std::string_view>& texts,
                  Millis updated_at);

}  // namespace ostiary
