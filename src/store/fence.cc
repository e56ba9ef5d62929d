#include "store/fence.h"

#include <algorithm>
#include <vector>

#include "sql.h"
#include "util/text.h"

namespace ostiary {

std::int64_t Fence::Until(std::int64_t done, std::size_t most) const {
    if (!waits_for.empty()) return done;
    return std::max(done, std::min(done + static_cast<std::int64_t>(most), at));
}

void MoveFence(Desk& desk, std::string_view table, std::int64_t done, std::int64_t filled,
               Fence& fence) {
    if (!desk.IsPostgres()) {
        fence = {filled, ""};
        return;
    }
    if (fence.at <= done) {
        if (filled <= done) return;
        fence.at = filled;
        std::vector<std::string> writers;
        desk.Run(sql::kWritersOf, {table},
                 [&](const Row& row) { writers.emplace_back(row.Text(0)); });
        fence.waits_for = Join(writers, " ");
        return;
    }
    if (fence.waits_for.empty()) return;
    const auto writers = SplitList(fence.waits_for, ' ');
    bool any = false;
    desk.Run(sql::kIsAnyStillWriting,
             {std::vector<std::string_view>(writers.begin(), writers.end())},
             [&](const Row& row) { any = row.Int(0) == 1; });
    if (!any) fence.waits_for.clear();
}

}  // namespace ostiary
