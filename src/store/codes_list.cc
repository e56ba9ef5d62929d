#include "store/codes_list.h"

#include <algorithm>
#include <array>
#include <limits>

#include "sql.h"
#include "store/codes_fragments.h"
#include "store/codes_rows.h"
#include "store/cursor.h"
#include "store/packed.h"
#include "util/text.h"

namespace ostiary {
namespace {

enum class By : std::uint8_t { kId, kNumber, kText };

// How an order is read forwards and backwards.
struct OrderRow {
    CodeOrder order;
    By by;
    bool rising;
    const Statement& forward;
    const Statement& back;
};

constexpr std::array kOrders = {
    OrderRow{CodeOrder::kNewest, By::kId, false, sql::kCodesByIdDown, sql::kCodesByIdUp},
    OrderRow{CodeOrder::kOldest, By::kId, true, sql::kCodesByIdUp, sql::kCodesByIdDown},
    OrderRow{CodeOrder::kSoonestExpiry, By::kNumber, true, sql::kCodesByExpiryUp,
             sql::kCodesByExpiryDown},
    OrderRow{CodeOrder::kMostUsed, By::kNumber, false, sql::kCodesByUsesDown, sql::kCodesByUsesUp},
    OrderRow{CodeOrder::kRecentlyUsed, By::kNumber, false, sql::kCodesByLastUseDown,
             sql::kCodesByLastUseUp},
    OrderRow{CodeOrder::kLabel, By::kText, true, sql::kCodesByLabelUp, sql::kCodesByLabelDown},
};

// The parameters $1 … $11 that every list shares. Keeps the texts alive that its values refer to.
class Filter {
public:
    Filter(Desk& desk, const CodeQuery& query, Millis now) {
        if (!query.tag.empty()) tag_ = LikeAnywhere("\n" + query.tag + "\n");
        if (!query.search.empty()) {
            search_ = LikeAnywhere(Fold(query.search));
            found_ = FindByFragment(desk, NormalizeCode(query.search), query.may_find_by_code);
        }
        values_ = {now,
                   query.scope.all,
                   query.scope.task_group,
                   query.scope.creator_id,
                   query.role,
                   query.task_group,
                   query.status,
                   query.created_by,
                   tag_,
                   search_,
                   found_};
    }
    Filter(const Filter&) = delete;

    std::vector<Value> With(std::initializer_list<Value> more) const {
        std::vector<Value> all = values_;
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }

private:
    std::string tag_, search_;
    std::vector<CodeId> found_;
    std::vector<Value> values_;
};

constexpr auto kLowest = std::numeric_limits<std::int64_t>::min(),
               kHighest = std::numeric_limits<std::int64_t>::max();

// Where the first page begins: before everything there can be.
Cursor Start(const OrderRow& order) {
    const auto before_all = order.rising ? kLowest : kHighest;
    return {static_cast<int>(order.order), Direction::kForward, before_all,
            order.by == By::kNumber ? std::to_string(before_all) : ""};
}

struct Found {
    Code code;
    std::string value;
};

std::vector<Found> Fetch(Desk& desk, const OrderRow& order, const Cursor& from,
                         const Filter& filter, std::size_t most) {
    const Statement& statement = from.direction == Direction::kForward ? order.forward : order.back;
    std::vector<Found> found;
    const auto read = [&](const Row& row) {
        Columns columns(row);
        Found& next = found.emplace_back();
        next.code = ReadCode(desk, columns);
        if (order.by == By::kNumber) next.value = std::to_string(columns.Int());
        if (order.by == By::kText) next.value = columns.String();
    };
    if (order.by == By::kId) {
        desk.Run(statement, filter.With({from.id, most}), read);
    } else if (order.by == By::kNumber) {
        desk.Run(statement, filter.With({ParseInt(from.value).value_or(0), from.id, most}), read);
    } else {
        desk.Run(statement, filter.With({from.value, from.id, most}), read);
    }
    return found;
}

std::string CursorAt(const Desk& desk, const OrderRow& order, Direction direction,
                     const Found& edge) {
    return Encode(desk.vault, {static_cast<int>(order.order), direction, edge.code.id, edge.value});
}

}  // namespace

CodePage ListCodesAt(Desk& desk, const CodeQuery& query, Millis now) {
    const OrderRow& order = kOrders[static_cast<std::size_t>(query.order)];
    const Filter filter(desk, query, now);
    auto cursor = DecodeCursor(desk.vault, query.cursor);
    if (cursor && cursor->order != static_cast<int>(order.order)) cursor.reset();
    const Cursor from = cursor.value_or(Start(order));
    const bool back = from.direction == Direction::kBack;

    // One more than asked tells whether there is a page beyond.
    auto found = Fetch(desk, order, from, filter, query.page_size + 1);
    const bool more = found.size() > query.page_size;
    if (more) found.pop_back();
    if (back) std::reverse(found.begin(), found.end());

    CodePage page;
    if (!found.empty()) {
        if (back ? true : more)
            page.next = CursorAt(desk, order, Direction::kForward, found.back());
        if (back ? more : cursor.has_value())
            page.previous = CursorAt(desk, order, Direction::kBack, found.front());
    }
    for (Found& one : found) page.codes.push_back(std::move(one.code));
    if (query.count)
        desk.Run(sql::kCountCodes, filter.With({}),
                 [&](const Row& row) { page.total = row.Int(0); });
    return page;
}

}  // namespace ostiary
