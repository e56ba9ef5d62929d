// Reports as files, for spreadsheets (REP-1, REP-2).

#include "core/reports.h"
#include "util/csv.h"

namespace ostiary {
namespace {

std::string Number(std::int64_t number) { return std::to_string(number); }

std::string CodesFile(const CodeFigures& codes) {
    std::string file = CsvLine({"Codes", "Count"});
    for (const auto& [name, count] : {std::pair{"Total", codes.total},
                                      {"Usable", codes.usable},
                                      {"Used", codes.used},
                                      {"Expired", codes.expired},
                                      {"Exhausted", codes.exhausted},
                                      {"Inactive", codes.inactive},
                                      {"Pending", codes.pending},
                                      {"Scheduled", codes.scheduled}})
        file += CsvLine({name, Number(count)});
    return file;
}

std::string UsageFile(const Report& report) {
    std::string file =
        CsvLine({"Day", "Joined", "Redeemed by Applications", "Refused", "Codes Created"});
    for (const auto& [day, tallied] : report.days)
        file += CsvLine({FormatDay(day), Number(tallied.joined), Number(tallied.redeemed),
                         Number(tallied.refused), Number(tallied.created)});
    return file;
}

std::string HoursFile(const Report& report) {
    constexpr std::array kWeekdays = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                      "Friday", "Saturday", "Sunday"};
    std::string file = CsvLine({"Weekday", "Hour", "Uses"});
    for (std::size_t day = 0; day < report.week.size(); ++day)
        for (std::size_t hour = 0; hour < report.week[day].size(); ++hour)
            file += CsvLine({kWeekdays[day], std::to_string(hour), Number(report.week[day][hour])});
    return file;
}

std::string RegistrationsFile(const Report& report) {
    std::string file = CsvLine({"Outcome", "Reason", "Count"});
    file += CsvLine({"Joined", "", Number(report.sum.joined)});
    for (const auto& [reason, count] : report.reasons)
        file += CsvLine({"Refused", reason, Number(count)});
    return file;
}

std::string SharesFile(std::string_view what, const std::vector<Share>& shares) {
    std::string file = CsvLine({std::string(what), "Codes", "Usable", "Used", "Joined",
                                "Redeemed by Applications", "Codes Created"});
    for (const Share& one : shares)
        file += CsvLine({one.name, Number(one.codes.total), Number(one.codes.usable),
                         Number(one.codes.used), Number(one.tallied.joined),
                         Number(one.tallied.redeemed), Number(one.tallied.created)});
    return file;
}

}  // namespace

std::optional<std::string> ReportAsCsv(const Report& report, std::string_view table) {
    if (table == "codes") return CodesFile(report.codes);
    if (table == "usage") return UsageFile(report);
    if (table == "hours") return HoursFile(report);
    if (table == "registrations") return RegistrationsFile(report);
    if (table == "roles") return SharesFile("Role", report.roles);
    if (table == "task-groups") return SharesFile("Task Group", report.task_groups);
    if (table == "creators") return SharesFile("Creator", report.creators);
    return std::nullopt;
}

}  // namespace ostiary
