#pragma once

#include <vector>

#include "cli/cli.h"
#include "util/config.h"

namespace ostiary::app {

// Whether the database answers, has this program's layout, and counts right (REG-6).
std::vector<cli::Check> ExamineDatabase(const Config&);
// The same without the counting, which reads every code.
std::vector<cli::Check> ExamineLayout(const Config&);

}  // namespace ostiary::app
