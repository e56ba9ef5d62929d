#pragma once

#include <string>
#include <string_view>

#include "util/result.h"

namespace ostiary::app {

// One of the program's tables as a page of Markdown: routes, permissions, configuration or events.
Result<std::string> Describe(std::string_view table);

}  // namespace ostiary::app
