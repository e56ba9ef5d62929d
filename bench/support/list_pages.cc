#include "support/list_pages.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <functional>

#include "core/codes.h"
#include "support/many_codes.h"

namespace ostiary::bench {
namespace {

constexpr double kGoal = 1.5;

struct Case {
    std::string what;
    CodeQuery query;
};

std::vector<Case> Cases() {
    std::vector<Case> cases;
    const auto add = [&](std::string what, const std::function<void(CodeQuery&)>& set) {
        CodeQuery query;
        query.scope = CodeScope::All();
        query.count = true;
        set(query);
        cases.push_back({std::move(what), std::move(query)});
    };
    constexpr std::pair<const char*, CodeOrder> kOrders[] = {
        {"newest", CodeOrder::kNewest},         {"oldest", CodeOrder::kOldest},
        {"expiry", CodeOrder::kSoonestExpiry},  {"uses", CodeOrder::kMostUsed},
        {"last use", CodeOrder::kRecentlyUsed}, {"label", CodeOrder::kLabel}};
    for (const auto& [name, order] : kOrders)
        add(fmt::format("by {}", name), [&](CodeQuery& q) { q.order = order; });
    for (const char* status : {"pending", "inactive", "expired", "exhausted", "scheduled",
                               "warning", "active", "usable"})
        add(fmt::format("status {}", status), [&](CodeQuery& q) { q.status = status; });
    add("role viewer", [](CodeQuery& q) { q.role = "viewer"; });
    add("task group laundry", [](CodeQuery& q) { q.task_group = "laundry"; });
    add("creator", [](CodeQuery& q) { q.created_by = "creator07"; });
    add("a manager's codes", [](CodeQuery& q) {
        q.scope = {false, "laundry", "account-creator07"};
    });
    add("tag", [](CodeQuery& q) { q.tag = "harbour"; });
    for (const auto& [name, order] : kOrders)
        add(fmt::format("usable, viewer, laundry, by {}", name), [&](CodeQuery& q) {
            q.status = "usable", q.role = "viewer", q.task_group = "laundry", q.order = order;
        });
    for (const auto& [name, order] : kOrders)
        add(fmt::format("usable, of a manager, by {}", name), [&](CodeQuery& q) {
            q.status = "usable", q.scope = {false, "laundry", "account-creator07"}, q.order = order;
        });
    add("search, in one of three", [](CodeQuery& q) { q.search = "crew"; });
    add("search, in few", [](CodeQuery& q) { q.search = "night pilots 3"; });
    add("search, in none", [](CodeQuery& q) { q.search = "zeppelin"; });
    add("search, whole code", [](CodeQuery& q) { q.search = CodeNumbered(500); });
    add("search, two letters", [](CodeQuery& q) { q.search = "ew"; });
    add("search and status", [](CodeQuery& q) { q.search = "crew", q.status = "warning"; });
    add("search, by label", [](CodeQuery& q) { q.search = "crew", q.order = CodeOrder::kLabel; });
    add("search without its total", [](CodeQuery& q) { q.search = "crew", q.count = false; });
    return cases;
}

double MicrosecondsOf(Installation& house, const CodeQuery& query) {
    static const Actor console = Actor::Console("bench");
    const auto permit = console.Ask<Permission::kCodesRead>();
    const auto begin = std::chrono::steady_clock::now();
    ListCodes(permit.value(), house.world, query).value();
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin)
        .count();
}

double MedianOf(std::vector<double> times) {
    std::ranges::sort(times);
    return times[times.size() / 2];
}

// In turns here and there, so that whatever else the machine does meets both alike.
}  // namespace

void CompareListPages(const Options& options, std::string_view database, Installation& large,
                      Installation& small) {
    const int times = options.quick ? 9 : 101;
    for (const Case& one : Cases()) {
        std::vector<double> large_times, small_times;
        const auto page = [&](Installation& house, std::vector<double>& measured) {
            measured.push_back(MicrosecondsOf(house, one.query));
        };
        for (int i = 0; i < times; ++i) {
            page(large, large_times);
            page(small, small_times);
        }
        PrintGrowth(fmt::format("{}: {}", database, one.what), MedianOf(large_times),
                    MedianOf(small_times), kGoal, " us");
    }
}

}  // namespace ostiary::bench
