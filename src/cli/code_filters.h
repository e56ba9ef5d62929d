#pragma once

// Choosing codes by their properties, as `code list` and `export codes` do; and printing a file.

#include <string>
#include <vector>

#include "cli/command.h"
#include "core/codes_bulk.h"

namespace ostiary::cli {

// --status, --role, --task-group, --search, --created-by, --tag, --template and --batch.
std::vector<Option> CodeFilterOptions(std::string about_status);
// What was given of them, of all codes.
CodeQuery CodeFiltersOf(const Arguments&);

// Until the reader has enough.
void PrintFile(Call&, const CodesFile&);

}  // namespace ostiary::cli
