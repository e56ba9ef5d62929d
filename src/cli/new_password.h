#pragma once

#include <string>

#include "cli/command.h"

namespace ostiary::cli {

// The first line of standard input where --password-stdin says so; otherwise asked for twice at the
// terminal, unseen. Wrong usage where there is neither.
Result<std::string> NewPassword(Call&);

}  // namespace ostiary::cli
