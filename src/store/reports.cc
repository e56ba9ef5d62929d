#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>
#include <tuple>

#include "sql.h"
#include "store/codes_shelves.h"
#include "store/fence.h"
#include "store/ports.h"
#include "util/text.h"

namespace ostiary {
namespace {

constexpr Millis kQuarter = 15 * kMinute;
constexpr std::int64_t kQuartersOfDay = 96;
constexpr int kPositionTries = 20;  // counting moves on about once a second

constexpr std::array<std::string_view, 4> kKindNames = {"joined", "redeemed", "refused", "created"};

TallyKind KindNamed(std::string_view name) {
    const auto found = std::ranges::find(kKindNames, name);
    if (found == kKindNames.end())
        throw StoreFailure("the database counts what this program does not know: " +
                           std::string(name));
    return static_cast<TallyKind>(found - kKindNames.begin());
}

// Quarters of one day and how often: "34:2,35:1".
using Quarters = std::map<std::int64_t, std::int64_t>;

template <class Each>
void ForEachQuarter(std::string_view text, Each each) {
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at < end) {
        std::int64_t quarter = 0, count = 0;
        at = std::from_chars(at, end, quarter).ptr;
        if (at == end || *at != ':') throw StoreFailure("a counter of reports is not readable");
        at = std::from_chars(at + 1, end, count).ptr;
        each(quarter, count);
        if (at < end) ++at;
    }
}

std::string Pack(const Quarters& quarters) {
    std::string text;
    for (const auto& [quarter, count] : quarters) {
        if (!text.empty()) text += ',';
        text += std::to_string(quarter) + ':' + std::to_string(count);
    }
    return text;
}

enum Whose : std::uint8_t { kEverybodys, kOfRoleAndGroup, kOfCreatorsGroup, kOfCreator };

// One counter: of whom, of which day, of what.
struct Counter {
    std::int64_t whose = kEverybodys, day = 0;
    std::string kind, reason, role, task_group, creator_id, creator;

    auto operator<=>(const Counter&) const = default;
};

// What was counted in one go, by counter.
class Counting {
public:
    explicit Counting(Desk& desk) : desk_(desk) {}

    void Run(const Statement& statement, std::int64_t after, std::int64_t until) {
        desk_.Run(statement, {after, until}, [&](const Row& row) {
            Columns columns(row);
            const std::int64_t quarter = columns.Int();
            Counter counter;
            counter.day = quarter / kQuartersOfDay;
            counter.kind = columns.String();
            counter.reason = columns.String();
            counter.role = columns.String();
            counter.task_group = columns.String();
            counter.creator_id = columns.String();
            counter.creator = columns.String();
            AddToAll(counter, quarter % kQuartersOfDay, columns.Int());
        });
    }

    void Write() {
        if (counters_.empty()) return;
        AddWhatIsThere();
        desk_.IsPostgres() ? WriteTogether() : WriteEach();
    }

private:
    void AddToAll(const Counter& one, std::int64_t quarter, std::int64_t count) {
        const auto add = [&](Counter counter) { counters_[std::move(counter)][quarter] += count; };
        add({kEverybodys, one.day, one.kind, one.reason, "", "", "", ""});
        if (one.task_group.empty() && one.creator.empty()) return;  // of no code
        add({kOfRoleAndGroup, one.day, one.kind, one.reason, one.role, one.task_group, "", ""});
        add({kOfCreatorsGroup, one.day, one.kind, one.reason, one.role, one.task_group,
             one.creator_id, one.creator});
        add({kOfCreator, one.day, one.kind, one.reason, "", "", "", one.creator});
    }

    void AddWhatIsThere() {
        std::set<std::int64_t> days;
        for (const auto& [counter, quarters] : counters_) days.insert(counter.day);
        desk_.Run(sql::kFindTalliesOfDays, {std::vector<std::int64_t>(days.begin(), days.end())},
                  [&](const Row& row) {
                      Columns columns(row);
                      Counter counter;
                      counter.whose = columns.Int();
                      counter.day = columns.Int();
                      counter.kind = columns.String();
                      counter.reason = columns.String();
                      counter.role = columns.String();
                      counter.task_group = columns.String();
                      counter.creator_id = columns.String();
                      counter.creator = columns.String();
                      const auto same = counters_.find(counter);
                      if (same == counters_.end()) return;
                      columns.Int();
                      ForEachQuarter(columns.Text(), [&](std::int64_t quarter, std::int64_t count) {
                          same->second[quarter] += count;
                      });
                  });
    }

    static std::int64_t SumOf(const Quarters& quarters) {
        std::int64_t sum = 0;
        for (const auto& [quarter, count] : quarters) sum += count;
        return sum;
    }

    void WriteEach() {
        for (const auto& [c, quarters] : counters_)
            desk_.Run(sql::kPutTally, {c.whose, c.day, c.kind, c.reason, c.role, c.task_group,
                                       c.creator_id, c.creator, SumOf(quarters), Pack(quarters)});
    }

    void WriteTogether() {
        std::vector<std::int64_t> whose, days, counts;
        std::vector<std::string_view> kinds, reasons, roles, groups, creator_ids, creators, packed;
        std::vector<std::string> texts;
        texts.reserve(counters_.size());
        for (const auto& [c, quarters] : counters_) {
            whose.push_back(c.whose);
            days.push_back(c.day);
            kinds.push_back(c.kind);
            reasons.push_back(c.reason);
            roles.push_back(c.role);
            groups.push_back(c.task_group);
            creator_ids.push_back(c.creator_id);
            creators.push_back(c.creator);
            counts.push_back(SumOf(quarters));
            packed.push_back(texts.emplace_back(Pack(quarters)));
        }
        desk_.Run(sql::kPutTally, {whose, days, kinds, reasons, roles, groups, creator_ids,
                                   creators, counts, packed});
    }

    Desk& desk_;
    std::map<Counter, Quarters> counters_;
};

// How far a table has been counted, and how far it is filled.
struct Position {
    std::string source;
    std::int64_t counted = 0;
    Fence fence;
    std::int64_t filled = 0;
};

std::vector<Position> PositionsAt(Desk& desk) {
    std::vector<Position> positions;
    desk.Run(sql::kFindTallyPositions, {}, [&](const Row& row) {
        Columns columns(row);
        Position one;
        one.source = columns.String();
        one.counted = columns.Int();
        one.fence.at = columns.Int();
        one.fence.waits_for = columns.String();
        one.filled = columns.Int();
        positions.push_back(std::move(one));
    });
    return positions;
}

// One statement's rows: where the counters end, what they say, and what came after.
struct Answer {
    std::int64_t uses_counted = 0, events_counted = 0;
    std::vector<TalliedQuarter> quarters;
    std::vector<std::tuple<std::string, std::string, std::string>> of;  // role, task group, creator
};

class SqlReports final : public Reports {
public:
    explicit SqlReports(Desk& desk) : desk_(desk) {}

    bool IsBehind() override {
        return std::ranges::any_of(PositionsAt(desk_), [](const Position& position) {
            return position.filled > position.counted;
        });
    }

    std::size_t CountUp(std::size_t most) override {
        if (!MayCount()) return 0;
        Counting counting(desk_);
        std::int64_t furthest = 0;
        for (Position& position : PositionsAt(desk_)) {
            const Fence before = position.fence;
            MoveFence(desk_, position.source, position.counted, position.filled, position.fence);
            const std::int64_t until = position.fence.Until(position.counted, most);
            if (until > position.counted)
                counting.Run(
                    position.source == "event" ? sql::kCountEventsBetween : sql::kCountUsesBetween,
                    position.counted, until);
            furthest = std::max(furthest, until - position.counted);
            if (until != position.counted || position.fence != before)
                desk_.Run(sql::kMoveTallyPosition,
                          {position.source, until, position.fence.at, position.fence.waits_for});
        }
        counting.Write();
        return static_cast<std::size_t>(furthest);
    }

    std::vector<TalliedQuarter> Quarters(const TallyQuery& query) override {
        return Ask(sql::kTalliedQuarters, query).quarters;
    }

    std::vector<TalliedShare> Shares(const TallyQuery& query) override {
        Answer answer = Ask(sql::kTalliedShares, query);
        std::map<std::tuple<TallyKind, std::string, std::string>, std::int64_t> counts;
        for (std::size_t i = 0; i < answer.of.size(); ++i) {
            const auto& [role, group, creator] = answer.of[i];
            if (!group.empty())
                counts[{answer.quarters[i].kind, role, group}] += answer.quarters[i].count;
        }
        std::vector<TalliedShare> shares;
        for (const auto& [key, count] : counts)
            shares.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), count});
        return shares;
    }

    std::vector<TalliedCreator> Creators(const TallyQuery& query) override {
        Answer answer = Ask(sql::kTalliedCreators, query);
        std::map<std::pair<TallyKind, std::string>, std::int64_t> counts;
        for (std::size_t i = 0; i < answer.of.size(); ++i) {
            const std::string& creator = std::get<2>(answer.of[i]);
            if (!creator.empty())
                counts[{answer.quarters[i].kind, creator}] += answer.quarters[i].count;
        }
        std::vector<TalliedCreator> creators;
        for (const auto& [key, count] : counts) creators.push_back({key.first, key.second, count});
        return creators;
    }

    std::vector<CreatorTally> CodesOfCreators(const CodeScope& scope) override {
        std::vector<CreatorTally> tallies;
        desk_.Run(sql::kCodesOfCreators, {scope.all ? 1 : 0, scope.task_group, scope.creator_id},
                  [&](const Row& row) {
                      if (row.Int(2) > 0)
                          tallies.push_back({std::string(row.Text(0)),
                                             static_cast<CodeStatus>(row.Int(1)), row.Int(2),
                                             row.Int(3)});
                  });
        return tallies;
    }

    std::int64_t CountExpiring(const CodeScope& scope, Millis after, Millis until,
                               std::size_t most) override {
        CodeQuery query;
        query.scope = scope;
        query.status = "usable";
        std::vector<std::int64_t> shelves;
        for (const Shelf& shelf : ShelvesFor(desk_, query)) shelves.push_back(shelf.id);
        std::int64_t codes = 0;
        desk_.Run(sql::kCountExpiring, {shelves, after, until, most},
                  [&](const Row& row) { codes = row.Int(0); });
        return codes;
    }

private:
    bool MayCount() {
        if (!desk_.IsPostgres()) return true;
        bool may = false;
        desk_.Run(sql::kLockCounting, {}, [&](const Row& row) { may = row.Int(0) == 1; });
        return may;
    }

    // The statement is told how far the counters go; where they have gone further meanwhile, it
    // says so, and is asked again.
    Answer Ask(const Statement& statement, const TallyQuery& query) {
        std::int64_t uses = 0, events = 0;
        for (const Position& position : PositionsAt(desk_))
            (position.source == "event" ? events : uses) = position.counted;
        for (int attempt = 0; attempt < kPositionTries; ++attempt) {
            Answer answer = AskOnce(statement, query, uses, events);
            if (answer.uses_counted == uses && answer.events_counted == events) return answer;
            uses = answer.uses_counted, events = answer.events_counted;
        }
        throw StoreFailure("reports were counted faster than they could be read");
    }

    Answer AskOnce(const Statement& statement, const TallyQuery& query, std::int64_t uses,
                   std::int64_t events) {
        enum What : std::uint8_t { kPositions, kDay, kQuarterBeyond, kSum };
        const std::int64_t from = query.from / kQuarter,
                           until = (query.until + kQuarter - 1) / kQuarter;
        Answer answer;
        std::string role, group, creator;
        const auto add = [&](TallyKind kind, std::string_view reason, std::int64_t quarter,
                             std::int64_t count) {
            answer.quarters.push_back({kind, std::string(reason), quarter * kQuarter, count});
            answer.of.emplace_back(role, group, creator);
        };
        const auto read = [&](const Row& row) {
            const std::int64_t what = row.Int(0), day = row.Int(1), count = row.Int(2);
            if (what == kPositions) {
                answer.uses_counted = day, answer.events_counted = count;
                return;
            }
            const TallyKind kind = KindNamed(row.Text(3));
            const std::string_view reason = row.Text(4);
            role = row.Text(5), group = row.Text(6), creator = row.Text(7);
            if (what != kDay) return add(kind, reason, day, count);
            ForEachQuarter(row.Text(8), [&](std::int64_t quarter, std::int64_t times) {
                const std::int64_t at = day * kQuartersOfDay + quarter;
                if (at >= from && at < until) add(kind, reason, at, times);
            });
        };
        const CodeScope& scope = query.scope;
        desk_.Run(
            statement,
            {uses, events, from, until, scope.all ? 1 : 0, scope.task_group, scope.creator_id},
            read);
        return answer;
    }

    Desk& desk_;
};

}  // namespace

std::unique_ptr<Reports> ReportsAt(Desk& desk) { return std::make_unique<SqlReports>(desk); }

}  // namespace ostiary
