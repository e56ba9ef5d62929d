#pragma once

#include <string>
#include <string_view>

#include "util/random.h"

namespace ostiary {

std::string NewRequestId(Random&);        // 16 hexadecimal digits
bool IsRequestId(std::string_view text);  // 1 to 64 of [A-Za-z0-9_-]

}  // namespace ostiary
