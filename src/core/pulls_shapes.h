#pragma once

// Pulls as JSON, as the API and the command line show them.

#include <string>
#include <vector>

#include "core/pulls.h"

namespace ostiary {

std::string PullJson(const Pull&);
std::string PullWithErrorsJson(const Pull&, const std::vector<ImportError>&);
std::string PullChangeJson(const PullChange&);

}  // namespace ostiary
