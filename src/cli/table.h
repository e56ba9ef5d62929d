#pragma once

#include <iosfwd>
#include <string>
#include <utility>
#include <vector>

namespace ostiary::cli {

using Row = std::vector<std::string>;

// Columns as wide as their widest cell, under their headings.
void PrintTable(std::ostream&, const Row& headings, const std::vector<Row>& rows);

// "Label   Spring crew", one a line; what is empty is left out.
void PrintFacts(std::ostream&, const std::vector<std::pair<std::string, std::string>>&);

}  // namespace ostiary::cli
