#include "cli/table.h"

#include <algorithm>
#include <ostream>

#include "util/text.h"

namespace ostiary::cli {
namespace {

constexpr std::size_t kGap = 2;

void PrintRow(std::ostream& out, const Row& row, const std::vector<std::size_t>& widths) {
    std::string line;
    std::size_t owed = 0;  // spaces are paid only before a further cell, never at the end of a line
    for (std::size_t column = 0; column < row.size(); ++column) {
        if (!row[column].empty()) {
            line.append(owed, ' ');
            owed = 0;
        }
        line += row[column];
        owed += std::max(widths[column], CountCharacters(row[column])) + kGap -
                CountCharacters(row[column]);
    }
    out << line << '\n';
}

}  // namespace

void PrintTable(std::ostream& out, const Row& headings, const std::vector<Row>& rows) {
    std::vector<std::size_t> widths(headings.size());
    const auto widen = [&](const Row& row) {
        for (std::size_t column = 0; column < row.size(); ++column)
            widths[column] = std::max(widths[column], CountCharacters(row[column]));
    };
    widen(headings);
    for (const Row& row : rows) widen(row);
    PrintRow(out, headings, widths);
    for (const Row& row : rows) PrintRow(out, row, widths);
}

void PrintFacts(std::ostream& out, const std::vector<std::pair<std::string, std::string>>& facts) {
    std::size_t width = 0;
    for (const auto& [name, value] : facts)
        if (!value.empty()) width = std::max(width, CountCharacters(name));
    for (const auto& [name, value] : facts)
        if (!value.empty()) PrintRow(out, {name, value}, {width, 0});
}

}  // namespace ostiary::cli
