#pragma once

// What can be said about an installation without asking its database.

#include <vector>

#include "cli/cli.h"
#include "util/config.h"

namespace ostiary::cli {

// The data folder, the key, the base URL, the rate limits, mail.
std::vector<Check> ExamineInstallation(const Config&);

}  // namespace ostiary::cli
