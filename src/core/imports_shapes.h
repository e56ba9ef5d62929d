#pragma once

// Imports as JSON, as the API and the command line show them.

#include <string>
#include <string_view>
#include <vector>

#include "core/imports.h"

namespace ostiary {

// "checked", "repeated", or what became of it: "done", "running", "refused".
std::string_view StateOf(const ImportReport&);

std::string ImportReportJson(const ImportReport&);
std::string ImportJson(const Import&, const std::vector<ImportError>&);

}  // namespace ostiary
