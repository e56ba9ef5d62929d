// Numbers about codes and who came with them (REP-1), for programs.

#include <boost/json.hpp>

#include "api/answers.h"
#include "api/api.h"
#include "core/reports.h"
#include "http/json_body.h"

namespace ostiary::api {
namespace {

namespace json = boost::json;

Result<Report> ReportFor(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<Permission::kReportsRead>());
    TRY(KnowOnly(request, {"from", "to", "days"}));
    const Fields query = request.Query();
    const PeriodAsked asked{std::string(query.Get("from")), std::string(query.Get("to")),
                            std::string(query.Get("days"))};
    const Period period = TRY(PeriodOf(asked, request.actor->time_zone, world.clock.Now()));
    return GetReport(permit, world, ScopeOf(*request.actor, world), period);
}

json::object ShapeOf(const Period& period) {
    return {{"from", FormatDay(period.first)},
            {"to", FormatDay(period.last)},
            {"time_zone", period.time_zone.empty() ? "UTC" : period.time_zone}};
}

json::object ShapeOf(const CodeFigures& codes) {
    return {{"total", codes.total},         {"usable", codes.usable},
            {"used", codes.used},           {"expired", codes.expired},
            {"exhausted", codes.exhausted}, {"inactive", codes.inactive},
            {"pending", codes.pending},     {"scheduled", codes.scheduled}};
}

json::object ShapeOf(const Tallied& sum) {
    return {{"joined", sum.joined},
            {"redeemed", sum.redeemed},
            {"refused", sum.refused},
            {"created", sum.created}};
}

json::value OrNull(const std::optional<int>& percent) {
    return percent ? json::value(*percent) : json::value(nullptr);
}

Response Tell(const json::object& shape) { return Json(200, json::serialize(shape)); }

Response TellShares(const Report& report, const std::vector<Share>& shares) {
    json::array results;
    for (const Share& one : shares)
        results.push_back(json::object{
            {"name", one.name}, {"codes", ShapeOf(one.codes)}, {"sum", ShapeOf(one.tallied)}});
    return Tell({{"period", ShapeOf(report.period)}, {"results", std::move(results)}});
}

}  // namespace

Result<Response> StatsOverview(const Request& request, World& world) {
    const Report report = TRY(ReportFor(request, world));
    return Tell({{"period", ShapeOf(report.period)},
                 {"codes", ShapeOf(report.codes)},
                 {"usage_percent", OrNull(PercentOf(report.codes.used, report.codes.total))},
                 {"expiry_percent", OrNull(PercentOf(report.codes.expired, report.codes.total))},
                 {"ending", report.ending},
                 {"ending_is_at_least", report.ending_is_at_least},
                 {"sum", ShapeOf(report.sum)},
                 {"sum_before", ShapeOf(report.sum_before)}});
}

Result<Response> StatsRegistrations(const Request& request, World& world) {
    const Report report = TRY(ReportFor(request, world));
    json::array reasons;
    for (const auto& [reason, count] : report.reasons)
        reasons.push_back(json::object{{"reason", reason}, {"count", count}});
    return Tell({{"period", ShapeOf(report.period)},
                 {"joined", report.sum.joined},
                 {"refused", report.sum.refused},
                 {"success_percent", OrNull(PercentOf(report.sum.joined, report.sum.attempts()))},
                 {"reasons", std::move(reasons)}});
}

Result<Response> StatsRoles(const Request& request, World& world) {
    const Report report = TRY(ReportFor(request, world));
    return TellShares(report, report.roles);
}

Result<Response> StatsTaskGroups(const Request& request, World& world) {
    const Report report = TRY(ReportFor(request, world));
    return TellShares(report, report.task_groups);
}

Result<Response> StatsUsage(const Request& request, World& world) {
    const Report report = TRY(ReportFor(request, world));
    json::array days, hours;
    for (const auto& [day, sum] : report.days)
        days.push_back(json::object{{"day", FormatDay(day)}, {"sum", ShapeOf(sum)}});
    for (std::size_t weekday = 0; weekday < report.week.size(); ++weekday)
        for (std::size_t hour = 0; hour < report.week[weekday].size(); ++hour)
            if (const auto uses = report.week[weekday][hour]; uses > 0)
                hours.push_back(
                    json::object{{"weekday", weekday + 1}, {"hour", hour}, {"uses", uses}});
    return Tell({{"period", ShapeOf(report.period)},
                 {"days", std::move(days)},
                 {"hours", std::move(hours)}});
}

}  // namespace ostiary::api
