#pragma once

// What was probably meant.

#include <cstddef>
#include <span>
#include <string_view>

namespace ostiary {

// How many letters must be put in, taken out or changed to make one of the other.
std::size_t LettersApart(std::string_view a, std::string_view b);

// The one of these that is but a few letters away; empty if none is.
std::string_view NearestOf(std::string_view text, std::span<const std::string_view> known);

}  // namespace ostiary
