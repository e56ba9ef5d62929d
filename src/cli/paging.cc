#include "cli/paging.h"

#include <fmt/format.h>

#include <limits>
#include <ostream>

#include "core/shapes.h"
#include "util/text.h"

namespace ostiary::cli {
namespace {

constexpr std::size_t kUsualLimit = 50;

}  // namespace

void AddPaging(std::vector<Option>& options) {
    options.push_back({"--limit", "N", "At most so many; 50 unless given, 0 for all"});
    options.push_back({"--cursor", "CURSOR", "Go on where an earlier list ended"});
}

Result<std::size_t> LimitOf(const Arguments& given) {
    const auto text = given.Find("--limit");
    if (!text) return kUsualLimit;
    const auto number = ParseInt(*text);
    if (!number || *number < 0) return WrongUsage("--limit must be a whole number, 0 for all");
    return *number == 0 ? std::numeric_limits<std::size_t>::max()
                        : static_cast<std::size_t>(*number);
}

void PrintList(Call& call, const Row& headings, const std::vector<Row>& rows,
               const std::vector<std::string>& shapes, const std::string& next) {
    if (call.AsJson())
        return call.Say(fmt::format(R"({{"results":{},"next":{}}})", JsonList(shapes),
                                    next.empty() ? "null" : JsonText(next)));
    PrintTable(call.terminal.out, headings, rows);
    // On the other channel, so that pipes see rows only.
    if (rows.empty()) call.terminal.err << "Nothing to list.\n";
    if (!next.empty()) call.terminal.err << "There are more: --cursor " << next << '\n';
}

}  // namespace ostiary::cli
