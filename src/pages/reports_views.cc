#include "pages/reports_views.h"

#include <fmt/format.h>

#include <algorithm>

#include "http/forms.h"
#include "pages/charts.h"
#include "pages/codes_funnel_views.h"
#include "pages/codes_looks.h"
#include "pages/forms.h"
#include "pages/language.h"
#include "pages/words.h"

namespace ostiary::pages {
namespace {

constexpr Day kMostDailyBars = 92, kMostWeeklyBars = 731, kDaysOfWeek = 7;
constexpr std::size_t kMostCreators = 20;

std::string DayWords(Day day) { return DayInWords(day * kDay, {}); }

std::string Percent(std::int64_t part, std::int64_t whole) {
    const auto percent = PercentOf(part, whole);
    return percent ? fmt::format("{} %", *percent) : "–";
}

// One bar: a day, a week or a month of the period.
struct Stretch {
    Day first = 0, last = 0;
    Tallied tallied;

    std::string Words() const {
        return first == last ? DayWords(first) : DayWords(first) + " – " + DayWords(last);
    }
};

std::vector<Stretch> StretchesOf(const Report& report) {
    const Day days = report.period.days();
    std::vector<Stretch> stretches;
    for (const auto& [day, tallied] : report.days) {
        const bool begins = days <= kMostDailyBars    ? true
                            : days <= kMostWeeklyBars ? WeekdayOf(day) == 0
                                                      : FirstOfMonth(day) == day;
        if (begins || stretches.empty()) stretches.push_back({day, day, {}});
        Stretch& stretch = stretches.back();
        stretch.last = day;
        stretch.tallied.joined += tallied.joined;
        stretch.tallied.redeemed += tallied.redeemed;
        stretch.tallied.refused += tallied.refused;
        stretch.tallied.created += tallied.created;
    }
    return stretches;
}

std::string Joint(std::int64_t joined, std::int64_t redeemed) {
    const std::string people = TN("{} person", "{} people", joined);
    if (redeemed == 0) return people;
    return T("{} and {} through applications", people, InGroups(redeemed));
}

void AddFigure(View& view, std::string_view label, const std::string& number, std::string_view note,
               const std::string& address) {
    view.Add("FIGURES")
        .Set("FIGURE_LABEL", label)
        .Set("FIGURE", number)
        .Set("FIGURE_NOTE", note)
        .Set("FIGURE_URL", address);
}

void AddFigures(View& view, const Scene& scene, const Report& report) {
    const CodeFigures& codes = report.codes;
    const std::string list(scene.portal->codes_path);
    const auto of_all = [&](std::int64_t part) {
        return codes.total == 0 ? T("there are no codes yet")
                                : T("{} of all codes", Percent(part, codes.total));
    };
    AddFigure(view, T("Codes"), InGroups(codes.total), T("not deleted"), list);
    AddFigure(view, T("Usable"), InGroups(codes.usable), of_all(codes.usable),
              list + "?status=usable");
    AddFigure(view, T("Ever used"), InGroups(codes.used), of_all(codes.used), list + "?order=uses");
    AddFigure(view, T("Used up"), InGroups(codes.exhausted), of_all(codes.exhausted),
              list + "?status=exhausted");
    AddFigure(view, T("Expired"), InGroups(codes.expired), of_all(codes.expired),
              list + "?status=expired");
    AddFigure(view, T("Ending soon"),
              (report.ending_is_at_least ? T("over {}", InGroups(report.ending))
                                         : InGroups(report.ending)),
              T("within a week"), list + "?status=usable&order=expiry");
}

void AddPresets(View& view, const ReportPage& page, const std::string& path, Day today) {
    const Period& shown = page.report.period;
    const auto add = [&](const std::string& words, const std::string& query, Day first) {
        view.Add("PRESETS")
            .Set("PRESET", words)
            .Set("PRESET_URL", path + query)
            .Flag("PRESET_CURRENT", !page.error && shown.first == first && shown.last == today);
    };
    view.List("PRESETS");
    for (const int days : {7, 30, 90})
        add(T("{} days", days), fmt::format("?days={}", days), today - days + 1);
    add(T("This year"), "?from=" + FormatDay(FirstOfYear(today)), FirstOfYear(today));
}

void AddPeriodForm(View& view, const Scene& scene, const ReportPage& page) {
    const std::string path = std::string(scene.portal->home) + "reports/";
    const Period& shown = page.report.period;
    view.Set("REPORTS_URL", path).Set("FUNNEL_URL", FunnelAddress(*scene.portal, {}));
    AddPresets(view, page, path, Calendar(scene.time_zone).DayAt(scene.now));
    const std::vector<FieldError> none;
    const auto& errors = page.error ? page.error->fields : none;
    const auto typed = [&](const std::string& text, Day day) {
        return page.error ? text : FormatDay(day);
    };
    view.List("FIELDS");
    AddField(view, "FIELDS", "period",
             {"day", "from", T("From"), "", typed(page.asked.from, shown.first)}, errors);
    AddField(view, "FIELDS", "period", {"day", "to", T("To"), "", typed(page.asked.to, shown.last)},
             errors);
    SetErrors(view, "period", page.error ? &*page.error : nullptr);
    const std::string query =
        fmt::format(".csv?from={}&to={}", FormatDay(shown.first), FormatDay(shown.last));
    for (const auto& [name, file] : {std::pair{"CODES_CSV", "codes"},
                                     {"USAGE_CSV", "usage"},
                                     {"USES_CSV", "redemptions"},
                                     {"HOURS_CSV", "hours"},
                                     {"REGISTRATIONS_CSV", "registrations"},
                                     {"ROLES_CSV", "roles"},
                                     {"TASK_GROUPS_CSV", "task-groups"},
                                     {"CREATORS_CSV", "creators"}})
        view.Set(name, path + file + query);
    view.Set("PERIOD_WORDS", shown.first == shown.last
                                 ? DayWords(shown.first)
                                 : DayWords(shown.first) + " – " + DayWords(shown.last));
}

void AddUses(View& view, const Report& report) {
    const Tallied& sum = report.sum;
    view.Set("USES_SUM", InGroups(sum.uses()))
        .Set("USES_NOTE", sum.redeemed == 0
                              ? TN("person joined", "people joined", sum.joined)
                              : TN("{} person joined", "{} people joined", sum.joined) + ", " +
                                    TN("{} use through another application",
                                       "{} uses through other applications", sum.redeemed))
        .Set("USES_BEFORE", T("{} in as many days before", InGroups(report.sum_before.uses())));
    SetUsesOverTime(view.Add("USES_CHART"), report);
    view.List("STRETCHES");
    for (const Stretch& one : StretchesOf(report))
        view.Add("STRETCHES")
            .Set("STRETCH", one.Words())
            .Set("JOINED", InGroups(one.tallied.joined))
            .Set("REDEEMED", InGroups(one.tallied.redeemed))
            .Set("REFUSED", InGroups(one.tallied.refused))
            .Set("CREATED", InGroups(one.tallied.created));
}

void AddHours(View& view, const Report& report) {
    std::size_t busiest_day = 0, busiest_hour = 0;
    std::int64_t most = 0;
    for (std::size_t day = 0; day < report.week.size(); ++day)
        for (std::size_t hour = 0; hour < report.week[day].size(); ++hour)
            if (report.week[day][hour] > most)
                most = report.week[day][hour], busiest_day = day, busiest_hour = hour;
    const std::string words =
        most == 0
            ? T("Nobody came in this time.")
            : T("Most came on {} between {} and {}.", WeekdayWord(static_cast<int>(busiest_day)),
                fmt::format("{:02}:00", busiest_hour), fmt::format("{:02}:59", busiest_hour));
    view.Set("HOURS_WORDS", words);
    SetHeat(view.Add("HOURS_CHART"), words, report.week);
    view.List("HOURS").List("WEEK");
    for (int hour = 0; hour < 24; ++hour) view.Add("HOURS").Set("HOUR", fmt::format("{:02}", hour));
    for (std::size_t day = 0; day < report.week.size(); ++day) {
        View& row = view.Add("WEEK").Set("WEEKDAY", WeekdayWord(static_cast<int>(day)));
        for (const std::int64_t number : report.week[day])
            row.Add("DAY_HOURS").Set("NUMBER", InGroups(number));
    }
}

void AddRegistrations(View& view, const Report& report) {
    const Tallied& sum = report.sum;
    view.Set("SUCCESS_RATE", Percent(sum.joined, sum.attempts()))
        .Set("SUCCESS_NOTE",
             sum.attempts() == 0
                 ? T("Nobody has tried in this time.")
                 : T("{} of {} attempts succeeded", InGroups(sum.joined), InGroups(sum.attempts())))
        .Set("SUCCESS_BEFORE",
             report.sum_before.attempts() == 0
                 ? ""
                 : T("{} in as many days before",
                     Percent(report.sum_before.joined, report.sum_before.attempts())));
    view.List("SUCCESS_CHART");
    if (sum.attempts() > 0) SetShare(view.Add("SUCCESS_CHART"), sum.joined, sum.attempts());
    view.List("REASONS");
    for (const auto& [reason, count] : report.reasons) {
        View& row = view.Add("REASONS")
                        .Set("SHARE_LABEL", RefusalWords(reason))
                        .Set("SHARE_NUMBER", InGroups(count));
        SetShare(row, count, report.reasons.front().second);
    }
}

template <class LabelOf>
void AddShares(View& view, std::string_view list, const std::vector<Share>& shares,
               std::size_t most, LabelOf label_of) {
    std::int64_t highest = 1;
    for (const Share& one : shares) highest = std::max(highest, one.codes.total);
    view.List(list);
    for (const Share& one : shares) {
        if (most-- == 0) break;
        const auto [label, address] = label_of(one.name);
        View& row = view.Add(list)
                        .Set("SHARE_LABEL", label)
                        .Set("SHARE_URL", address)
                        .Set("SHARE_NUMBER", InGroups(one.codes.total))
                        .Set("SHARE_USABLE", InGroups(one.codes.usable))
                        .Set("SHARE_USED", Percent(one.codes.used, one.codes.total))
                        .Set("SHARE_USES", InGroups(one.tallied.uses()));
        SetShare(row, one.codes.total, highest);
    }
}

}  // namespace

std::string RefusalWords(std::string_view reason) {
    struct Row {
        std::string_view reason, words;
    };
    static constexpr std::array kRows = {
        Row{"code.unknown", N("No such code")},
        Row{"code.expired", N("The code had expired")},
        Row{"code.exhausted", N("The code was used up")},
        Row{"code.inactive", N("The code was switched off")},
        Row{"code.pending", N("The code was waiting for approval")},
        Row{"code.scheduled", N("The code had not started")},
        Row{"code.invalid", N("The code had just been used up")},
        Row{"username.taken", N("The username was taken")},
        Row{"email.taken", N("The address was taken")},
        Row{"email.bound", N("The invitation was for another address")},
        Row{"email.domain", N("The address was of another domain")},
        Row{"password.differs", N("The two passwords differed")},
        Row{"password.short", N("The password was too short")},
        Row{"redemption.again", N("The person had used the code already")},
    };
    for (const Row& row : kRows)
        if (row.reason == reason) return T(row.words);
    if (reason.starts_with("password.")) return T("The password was too weak");
    if (reason.starts_with("username.")) return T("The username was not valid");
    if (reason.starts_with("email.")) return T("The address was not valid");
    if (reason.starts_with("name.")) return T("The name was not valid");
    return std::string(reason);
}

void SetUsesOverTime(View& view, const Report& report) {
    std::vector<Bar> bars;
    const auto stretches = StretchesOf(report);
    const Stretch* busiest = nullptr;
    for (const Stretch& one : stretches) {
        bars.push_back({one.tallied.joined, one.tallied.redeemed,
                        one.Words() + ": " + Joint(one.tallied.joined, one.tallied.redeemed)});
        if (busiest == nullptr || one.tallied.uses() > busiest->tallied.uses()) busiest = &one;
    }
    view.List("CHART_KEYS");
    if (report.sum.redeemed > 0) {
        view.Add("CHART_KEYS").Set("KEY_CLASS", "key-lower").Set("KEY", T("Joined"));
        view.Add("CHART_KEYS").Set("KEY_CLASS", "key-upper").Set("KEY", T("Through applications"));
    }
    const bool any = busiest != nullptr && busiest->tallied.uses() > 0;
    SetBars(view,
            any ? T("{} uses; the most, {}, on {}.", InGroups(report.sum.uses()),
                    InGroups(busiest->tallied.uses()), busiest->Words())
                : T("Nobody came in this time."),
            bars,
            {DayWords(report.period.first),
             bars.size() > 2 ? DayWords(stretches[stretches.size() / 2].first) : "",
             bars.size() > 1 ? DayWords(report.period.last) : ""});
}

View ViewOf(const Scene& scene, const ReportPage& page) {
    View view("reports/report");
    const Report& report = page.report;
    const std::string list(scene.portal->codes_path);
    const Catalogue& catalogue = scene.catalogue();
    view.Set("TITLE", T("Reports")).Flag("IS_TEAM", !scene.portal->everything);
    AddPeriodForm(view, scene, page);
    view.List("FIGURES");
    AddFigures(view, scene, report);
    AddUses(view, report);
    AddHours(view, report);
    AddRegistrations(view, report);
    using Labelled = std::pair<std::string, std::string>;
    AddShares(view, "ROLES", report.roles, report.roles.size(), [&](const std::string& name) {
        return Labelled{RoleLabel(catalogue, name), list + "?role=" + EncodeQueryValue(name)};
    });
    AddShares(view, "TASK_GROUPS", report.task_groups, report.task_groups.size(),
              [&](const std::string& name) {
                  return Labelled{TaskGroupLabel(catalogue, name),
                                  list + "?task_group=" + EncodeQueryValue(name)};
              });
    AddShares(view, "CREATORS", report.creators, kMostCreators, [&](const std::string& name) {
        return Labelled{name, list + "?search=" + EncodeQueryValue(name)};
    });
    view.List("MOST_USED").Set("MOST_USED_URL", list + "?order=uses");
    for (const Code& code : page.most_used) SetCode(view.Add("MOST_USED"), scene, code);
    return view;
}

}  // namespace ostiary::pages
