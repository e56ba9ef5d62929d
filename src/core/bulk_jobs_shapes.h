#pragma once

// Changes of many codes as JSON, for the API and the command line's --json.

#include <string>

#include "core/bulk_jobs.h"

namespace ostiary {

std::string BulkJobJson(const BulkJob&);
std::string SparedCodeJson(const SparedCode&);

}  // namespace ostiary
