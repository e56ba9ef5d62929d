#pragma once

// Lines of comma-separated values (RFC 4180) that no spreadsheet takes for formulas.

#include <string>
#include <string_view>
#include <vector>

namespace ostiary {

// Every cell quoted, CR LF at the end. A cell that a spreadsheet would calculate gets an apostrophe
// before it.
std::string CsvLine(const std::vector<std::string>& cells);

}  // namespace ostiary
