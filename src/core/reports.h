#pragma once

// What happened with the codes, in numbers (REP-1): how many there are, who came and when, and who
// could not. Whoever asks sees what the scope lets them see.

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/codes.h"
#include "util/calendar.h"

namespace ostiary {

// A stretch of whole days in the time zone of whoever asks.
struct Period {
    Day first = 0, last = 0;
    Millis from = 0, until = 0;
    std::string time_zone;

    Day days() const { return last - first + 1; }
};

// As it was typed: two days, or how many days up to today; nothing: the last 30.
struct PeriodAsked {
    std::string from, to, days;
};
// Field errors: from.invalid, from.too_early, to.invalid, to.before_from, days.invalid.
Result<Period> PeriodOf(const PeriodAsked&, std::string_view time_zone, Millis now);

struct Tallied {
    std::int64_t joined = 0, redeemed = 0, refused = 0, created = 0;

    std::int64_t& Of(TallyKind);
    std::int64_t uses() const { return joined + redeemed; }
    std::int64_t attempts() const { return joined + refused; }
};

// Living codes as they are now.
struct CodeFigures {
    std::int64_t total = 0, usable = 0, used = 0, expired = 0, exhausted = 0, inactive = 0,
                 pending = 0, scheduled = 0;
};

struct Share {
    std::string name;  // of a role, a task group, or a creator
    CodeFigures codes;
    Tallied tallied;  // in the period
};

struct Report {
    Period period;
    CodeFigures codes;
    std::int64_t ending = 0;  // usable codes that end within a week
    bool ending_is_at_least = false;
    Tallied sum, sum_before;                    // in the period, and in one as long before it
    std::vector<std::pair<Day, Tallied>> days;  // each of the period
    using Week = std::array<std::array<std::int64_t, 24>, 7>;
    Week week{};  // uses by weekday, Monday first, and hour
    std::vector<std::pair<std::string, std::int64_t>> reasons;  // of refusals, most frequent first
    std::vector<Share> roles, task_groups;  // in the catalogue's order, others behind
    std::vector<Share> creators;            // most codes first
};

// Of a hundred; nothing where there is nothing to divide by.
std::optional<int> PercentOf(std::int64_t part, std::int64_t whole);

Result<Report> GetReport(Permit<Permission::kReportsRead>, World&, const CodeScope&, const Period&);

// One of a report's tables as a file: codes, usage, hours, registrations, roles, task-groups or
// creators. Nothing: there is no such table.
std::optional<std::string> ReportAsCsv(const Report&, std::string_view table);

// Counts what has happened since into the counters that reports are read from, looking at so much
// at most. Reports are exact without it, but slower.
void CountUpReports(World&, std::size_t most);

}  // namespace ostiary
