#include "util/csv.h"

#include <csv.h>

namespace ostiary {
namespace {

std::string Guarded(std::string_view cell) {
    constexpr std::string_view kBeginsFormula = "=+-@\t\r";
    const bool calculates = !cell.empty() && kBeginsFormula.find(cell.front()) != cell.npos;
    return (calculates ? "'" : "") + std::string(cell);
}

}  // namespace

std::string CsvLine(const std::vector<std::string>& cells) {
    std::string line;
    for (const std::string& cell : cells) {
        const std::string safe = Guarded(cell);
        std::string quoted(2 * safe.size() + 2, '\0');
        quoted.resize(csv_write(quoted.data(), quoted.size(), safe.data(), safe.size()));
        line += (line.empty() ? "" : ",") + quoted;
    }
    return line + "\r\n";
}

}  // namespace ostiary
