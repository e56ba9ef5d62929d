#include <algorithm>

#include "sql.h"
#include "store/fence.h"
#include "store/ports.h"

namespace ostiary {
namespace {

AlertKind KindNamed(std::string_view name) {
    const auto found = std::ranges::find(kAlertKinds, name);
    if (found == kAlertKinds.end()) throw StoreFailure("an alert of an unknown kind");
    return static_cast<AlertKind>(found - kAlertKinds.begin());
}

Alert ReadAlert(const Row& row) {
    Columns columns(row);
    Alert alert;
    alert.id = columns.Int();
    alert.kind = KindNamed(columns.Text());
    alert.subject = columns.String();
    alert.subject_name = columns.String();
    alert.code_id = columns.Int();
    alert.batch = columns.String();
    alert.amount = columns.Int();
    alert.compared = columns.Int();
    alert.minutes = columns.Int();
    alert.until = columns.MaybeInt();
    alert.reason = columns.String();
    alert.weight = columns.Int();
    alert.times = columns.Int();
    alert.raised_at = columns.Int();
    alert.seen_at = columns.Int();
    alert.ends_at = columns.MaybeInt();
    alert.acknowledged_at = columns.MaybeInt();
    alert.acknowledged_by = columns.String();
    alert.snoozed_until = columns.MaybeInt();
    alert.snoozed_by = columns.String();
    alert.closed_at = columns.MaybeInt();
    return alert;
}

Code ReadCode(const Row& row) {
    Columns columns(row);
    Code code;
    code.id = columns.Int();
    code.label = columns.String();
    code.role = columns.String();
    code.task_group = columns.String();
    code.created_by_id = columns.String();
    code.batch = columns.String();
    code.max_uses = columns.MaybeInt();
    code.used_count = columns.Int();
    code.starts_at = columns.MaybeInt();
    code.expires_at = columns.MaybeInt();
    code.deactivated_at = columns.MaybeInt();
    code.approval = static_cast<Approval>(columns.Int());
    code.created_at = columns.Int();
    code.deleted_at = columns.MaybeInt();
    return code;
}

AlertedEvent ReadEvent(const Row& row) {
    Columns columns(row);
    AlertedEvent event;
    event.id = columns.Int();
    event.at = columns.Int();
    event.kind = columns.String();
    event.code_id = columns.Int();
    event.subject_id = columns.String();
    event.subject_name = columns.String();
    event.details = columns.String();
    event.address = columns.String();
    return event;
}

// How far events were looked at, how far there are any, and which code expired last.
struct Position {
    std::int64_t looked = 0;
    Fence fence;
    std::int64_t filled = 0;
    Millis expiry = 0;
    CodeId expiry_code = 0;
};

class SqlAlerts final : public Alerts {
public:
    explicit SqlAlerts(Desk& desk) : desk_(desk) {}

    bool Begin() override {
        if (!desk_.IsPostgres()) return true;
        return Number(sql::kLockAlerts, {}) == 1;
    }

    bool IsAnythingNew(Millis now, Millis ending_until) override {
        const Position position = Here();
        if (position.filled > position.looked) return true;
        return !Due(now, 1).empty() || !EndingFrom(position, now, ending_until, 1).empty();
    }

    std::vector<AlertedEvent> ReadOn(std::size_t most) override {
        Position position = Here();
        const Fence before = position.fence;
        MoveFence(desk_, "event", position.looked, position.filled, position.fence);
        const std::int64_t until = position.fence.Until(position.looked, most);
        std::vector<AlertedEvent> events;
        if (until > position.looked)
            desk_.Run(sql::kEventsForAlerts, {position.looked, until},
                      [&](const Row& row) { events.push_back(ReadEvent(row)); });
        if (until != position.looked || position.fence != before)
            desk_.Run(sql::kMoveAlertPosition,
                      {until, position.fence.at, position.fence.waits_for});
        return events;
    }

    std::vector<Code> CodesOf(std::span<const CodeId> ids) override {
        std::vector<Code> codes;
        desk_.Run(sql::kCodesForAlerts, {std::vector<std::int64_t>(ids.begin(), ids.end())},
                  [&](const Row& row) { codes.push_back(ReadCode(row)); });
        return codes;
    }

    std::vector<Code> Ending(Millis after, Millis until, std::size_t most) override {
        auto codes = EndingFrom(Here(), after, until, most);
        if (!codes.empty())
            desk_.Run(sql::kMoveAlertExpiry,
                      {codes.back().expires_at.value_or(0), codes.back().id});
        return codes;
    }

    std::vector<Millis> LatestUses(CodeId code, std::size_t most) override {
        std::vector<Millis> moments;
        desk_.Run(sql::kLatestUsesOfCode, {code, most},
                  [&](const Row& row) { moments.push_back(row.Int(0)); });
        return moments;
    }

    void Count(std::string_view what, std::int64_t minute, std::int64_t by) override {
        desk_.Run(sql::kCountForAlerts, {what, minute, by});
    }
    std::int64_t CountedSince(std::string_view what, std::int64_t minute) override {
        return Number(sql::kCountedForAlerts, {what, minute});
    }
    void ForgetCountsUntil(std::int64_t minute) override {
        desk_.Run(sql::kDeleteAlertCounts, {minute});
    }

    std::int64_t Add(const Alert& one) override {
        return Number(
            sql::kAddAlert,
            {NameOf(one.kind), one.subject, one.subject_name, OrNull(one.code_id),
             OrNull(one.batch), one.amount, one.compared, one.minutes, one.until,
             OrNull(one.reason), one.weight, one.times, one.raised_at, one.seen_at, one.ends_at});
    }

    void Save(const Alert& one) override {
        desk_.Run(sql::kSaveAlert,
                  {one.id, one.subject_name, one.amount, one.compared, one.minutes, one.until,
                   OrNull(one.reason), one.weight, one.times, one.seen_at, one.ends_at,
                   one.acknowledged_at, OrNull(one.acknowledged_by), one.snoozed_until,
                   OrNull(one.snoozed_by), one.closed_at});
    }

    std::optional<Alert> FindOpen(AlertKind kind, std::string_view subject) override {
        return First(Run(sql::kFindOpenAlert, {NameOf(kind), subject}));
    }
    std::vector<Alert> OpenOf(std::span<const CodeId> ids) override {
        return Run(sql::kOpenAlertsOfCodes, {std::vector<std::int64_t>(ids.begin(), ids.end())});
    }
    std::vector<Alert> Due(Millis now, std::size_t most) override {
        return Run(sql::kDueAlerts, {now, most});
    }
    std::size_t DeleteClosed(Millis before, std::size_t most) override {
        return static_cast<std::size_t>(desk_.Run(sql::kDeleteClosedAlerts, {before, most}));
    }

    std::optional<Alert> FindForUpdate(const AlertScope& scope, std::int64_t id) override {
        const CodeScope& codes = scope.codes;
        return First(Run(sql::kFindAlert, {codes.all ? 1 : 0, codes.task_group, codes.creator_id,
                                           scope.about_no_code ? 1 : 0, id}));
    }

    std::vector<Alert> List(const AlertQuery& query, Millis now) override {
        const CodeScope& codes = query.scope.codes;
        const std::int64_t before = query.before > 0 ? query.before : INT64_MAX,
                           state = static_cast<std::int64_t>(query.state);
        const int all = codes.all ? 1 : 0, no_code = query.scope.about_no_code ? 1 : 0;
        if (query.state == AlertState::kWaiting)
            return Run(sql::kListWaitingAlerts,
                       {all, codes.task_group, codes.creator_id, no_code, now, query.kind, before,
                        query.after, query.page_size});
        return Run(sql::kListAlerts, {all, codes.task_group, codes.creator_id, no_code, now, state,
                                      query.kind, before, query.after, query.page_size});
    }

    std::int64_t CountWaiting(const AlertScope& scope, Millis now, std::size_t most) override {
        return Number(sql::kCountWaitingAlerts,
                      {scope.codes.all ? 1 : 0, scope.codes.task_group, scope.codes.creator_id,
                       scope.about_no_code ? 1 : 0, now, most});
    }
    std::int64_t LastId() override { return Number(sql::kFindLastAlertId, {}); }

private:
    Position Here() {
        Position position;
        desk_.Run(sql::kFindAlertPosition, {}, [&](const Row& row) {
            Columns columns(row);
            position.looked = columns.Int();
            position.fence.at = columns.Int();
            position.fence.waits_for = columns.String();
            position.filled = columns.Int();
            position.expiry = columns.Int();
            position.expiry_code = columns.Int();
        });
        return position;
    }

    std::vector<Code> EndingFrom(const Position& position, Millis after, Millis until,
                                 std::size_t most) {
        const bool is_ahead = position.expiry >= after;
        std::vector<Code> codes;
        desk_.Run(
            sql::kEndingCodes,
            {is_ahead ? position.expiry : after, is_ahead ? position.expiry_code : 0, until, most},
            [&](const Row& row) { codes.push_back(ReadCode(row)); });
        return codes;
    }

    std::vector<Alert> Run(const Statement& statement, std::initializer_list<Value> values) {
        std::vector<Alert> alerts;
        desk_.Run(statement, values, [&](const Row& row) { alerts.push_back(ReadAlert(row)); });
        return alerts;
    }
    static std::optional<Alert> First(std::vector<Alert> found) {
        if (found.empty()) return std::nullopt;
        return std::move(found.front());
    }
    std::int64_t Number(const Statement& statement, std::initializer_list<Value> values) {
        std::int64_t number = 0;
        desk_.Run(statement, values, [&](const Row& row) { number = row.Int(0); });
        return number;
    }

    Desk& desk_;
};

}  // namespace

std::unique_ptr<Alerts> AlertsAt(Desk& desk) { return std::make_unique<SqlAlerts>(desk); }

}  // namespace ostiary
