#include "pages/samples_reports.h"

namespace ostiary::pages {

Report EmptyReport(Millis now, Day days) {
    Report report;
    report.period.last = now / kDay;
    report.period.first = report.period.last - days + 1;
    for (Day day = report.period.first; day <= report.period.last; ++day)
        report.days.emplace_back(day, Tallied());
    return report;
}

Report BusyReport(const std::string& words, Millis now, Day days) {
    Report report = EmptyReport(now, days);
    std::int64_t number = 0;
    for (auto& [day, tallied] : report.days) tallied = {number += 7, number % 5, 3, 2};
    for (auto& hours : report.week)
        for (std::int64_t& uses : hours) uses = (number += 11) % 40;
    report.codes = {1'204'300, 900, 800, 70, 60, 50, 40, 30};
    report.ending = 1000;
    report.ending_is_at_least = true;
    report.sum = {1200, 300, 40, 20};
    report.sum_before = {900, 200, 30, 10};
    for (const char* reason : {"code.expired", "username.taken", "password.weak", "strange"})
        report.reasons.emplace_back(reason, 10);
    report.reasons.emplace_back(words, 1);
    report.roles = {{"staff", report.codes, report.sum}, {words, {}, {}}};
    report.task_groups = {{"cleaning", report.codes, report.sum}, {words, {}, {}}};
    report.creators = {{words, report.codes, report.sum}};
    return report;
}

HousekeepingPage BusyHousekeeping(const std::string& words, Millis now) {
    HousekeepingPage page{{}, BusyReport(words, now, 7), {}, TokenConcerns{3, 1200}};
    for (const CodeStatus status : {CodeStatus::kActive, CodeStatus::kWarning, CodeStatus::kExpired,
                                    CodeStatus::kPending, CodeStatus::kInactive})
        page.codes.push_back({status, "admin", "cleaning", 1'204'300, 7});
    page.people = PeopleCounted{1, 40, kMostPeopleCounted, {{"manager", 3}, {words, 1}}};
    return page;
}

}  // namespace ostiary::pages
