#pragma once

// The blind index over short codes (CODE-2): every three letters in a row, as keyed hashes. It
// narrows a search to few codes, which are then opened and looked at.

#include <functional>
#include <string_view>
#include <vector>

#include "core/model.h"
#include "store/desk.h"

namespace ostiary {

inline constexpr std::size_t kFragmentLength = 3;

void AddFragments(Desk&, CodeId, std::string_view normalized);
// Of many codes, each with its text.
void AddFragmentsOfAll(Desk&, const std::vector<CodeId>&, const std::vector<std::string_view>&);
void RemoveFragments(Desk&, CodeId, std::string_view normalized);

// Living codes whose short code holds `normalized`, newest first; none if it is shorter than a
// fragment. `may_find` says which of them may be found so; without it, all.
std::vector<CodeId> FindByFragment(Desk&, std::string_view normalized,
                                   const std::function<bool(const Code&)>& may_find);

}  // namespace ostiary
