#pragma once

#include <string>
#include <string_view>

namespace ostiary {

// Where to go after log-in: the path asked for if it is one of ours, else "/". Never another site.
std::string SafeNext(std::string_view next);

}  // namespace ostiary
