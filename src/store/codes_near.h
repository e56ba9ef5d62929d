#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ostiary {

// Every short code that is one slip away from this one: a letter wrong, missing, one too many, two
// swapped.
std::vector<std::string> OneSlipAway(std::string_view normalized);

}  // namespace ostiary
