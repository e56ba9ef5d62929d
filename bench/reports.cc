// The report at a thousand codes with a thousand uses and refusals, and at a million of each: it
// must cost about the same.

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "core/reports.h"
#include "store/migrate.h"
#include "support/installation.h"
#include "support/listed_codes.h"
#include "support/process.h"
#include "support/table.h"

namespace ostiary::bench {
namespace {

constexpr double kGoal = 1.5;

// As many uses and as many events as there are codes, over the last 90 days.
void AddHistory(const Config& config, std::uint64_t codes, Millis now) {
    Note(fmt::format("making {} uses and as many events", codes));
    const auto db = OpenConnection(config, OpenFor::kWrite);
    const std::string numbers = fmt::format(
        "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < "
        "{}) ",
        codes);
    const std::string moment = fmt::format("{} - (n * 7919) % 7776 * 1000000 - n % 1000000", now);
    db->RunScript("BEGIN");
    db->RunScript(numbers +
                  "INSERT INTO redemption (code_id, redeemed_at, application, subject, role, "
                  "task_group) SELECT c.id, " +
                  moment +
                  ", 'bench', 'subject', c.role, c.task_group FROM numbers JOIN code c ON c.id = n "
                  "ORDER BY n");
    db->RunScript(numbers + "INSERT INTO event (at, kind, code_id, details, door) SELECT " +
                  moment +
                  ", CASE WHEN n % 3 = 0 THEN 'registration.refused' WHEN n % 3 = 1 THEN "
                  "'code.created' ELSE 'code.redeemed' END, n, "
                  "'{\"reason\": \"code.expired\"}', 'program' FROM numbers ORDER BY n");
    db->RunScript("COMMIT");
    Note("counting them");
    const Installation counted(config);
}

double MicrosecondsOf(Installation& house, Day days) {
    static const Actor console = Actor::Console("bench");
    const auto permit = console.Ask<Permission::kReportsRead>();
    const Period period =
        PeriodOf({"", "", std::to_string(days)}, "Europe/Berlin", house.clock.Now()).value();
    const auto begin = std::chrono::steady_clock::now();
    GetReport(permit.value(), house.world, CodeScope::All(), period).value();
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin)
        .count();
}

double MedianOf(std::vector<double> times) {
    std::ranges::sort(times);
    return times[times.size() / 2];
}

void Measure(const Options& options) {
    const TempFolder folder;
    const Config large = ConfigIn(folder / "large"), small = ConfigIn(folder / "small");
    const std::uint64_t many = options.quick ? 20'000 : 1'000'000;
    FillWithListedCodes(small, kOriginals);
    FillWithListedCodes(large, many);
    const Millis now = SystemClock().Now();
    AddHistory(small, kOriginals, now);
    AddHistory(large, many, now);
    Installation large_house(large), small_house(small);
    for (const Day days : {7, 30, 90, 365}) {
        std::vector<double> large_times, small_times;
        for (int i = 0; i < (options.quick ? 9 : 31); ++i) {
            large_times.push_back(MicrosecondsOf(large_house, days));
            small_times.push_back(MicrosecondsOf(small_house, days));
        }
        PrintGrowth(fmt::format("reports: {} days", days), MedianOf(large_times),
                    MedianOf(small_times), kGoal, " us");
    }
}

}  // namespace
}  // namespace ostiary::bench

int main(int argc, char** argv) {
    return ostiary::bench::Main(argc, argv, ostiary::bench::Measure);
}
