#include "util/calendar.h"

#include <date/date.h>
#include <date/tz.h>
#include <fmt/format.h>

#include <chrono>

#include "util/text.h"

namespace ostiary {
namespace {

using std::chrono::milliseconds, std::chrono::seconds;

constexpr Millis kAlways = INT64_MAX;
constexpr int kDaysOfWeek = 7, kMondayOfFirstWeek = 3;  // 1970-01-01 was a Thursday

date::year_month_day CalendarDay(Day day) {
    return date::year_month_day{date::sys_days{date::days{day}}};
}

Day DayOf(const date::year_month_day& calendar) {
    return date::sys_days{calendar}.time_since_epoch().count();
}

}  // namespace

std::optional<Day> ParseDay(std::string_view text) {
    constexpr std::size_t kLength = 10;
    if (text.size() != kLength || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto digits = [&](std::size_t at, std::size_t count) -> int {
        int number = 0;
        for (const char digit : text.substr(at, count)) {
            if (digit < '0' || digit > '9') return -1;
            number = number * 10 + (digit - '0');
        }
        return number;
    };
    const int year = digits(0, 4), month = digits(5, 2), day = digits(8, 2);
    if (year < 1 || month < 1 || day < 1) return std::nullopt;
    const date::year_month_day calendar{date::year{year}, date::month{static_cast<unsigned>(month)},
                                        date::day{static_cast<unsigned>(day)}};
    if (!calendar.ok()) return std::nullopt;
    return DayOf(calendar);
}

std::string FormatDay(Day day) {
    const auto calendar = CalendarDay(day);
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(calendar.year()),
                       static_cast<unsigned>(calendar.month()),
                       static_cast<unsigned>(calendar.day()));
}

int WeekdayOf(Day day) {
    const auto since_monday = (day + kMondayOfFirstWeek) % kDaysOfWeek;
    return static_cast<int>((since_monday + kDaysOfWeek) % kDaysOfWeek);
}

Day FirstOfMonth(Day day) {
    const auto calendar = CalendarDay(day);
    return DayOf({calendar.year(), calendar.month(), date::day{1}});
}

Day FirstOfYear(Day day) { return DayOf({CalendarDay(day).year(), date::month{1}, date::day{1}}); }

Calendar::Calendar(std::string_view time_zone)
    : zone_(IsTimeZone(time_zone) && time_zone != "UTC" ? date::locate_zone(std::string(time_zone))
                                                        : nullptr) {
    if (zone_ == nullptr) begins_ = -kAlways, ends_ = kAlways;
}

LocalHour Calendar::At(Millis at) {
    if (at < begins_ || at >= ends_) {
        const auto info = zone_->get_info(date::sys_time<milliseconds>{milliseconds{at}});
        const auto millis = [](date::sys_seconds moment) {
            const auto whole = moment.time_since_epoch();
            if (whole > seconds{kAlways / kSecond}) return kAlways;
            if (whole < seconds{-kAlways / kSecond}) return -kAlways;
            return Millis{milliseconds{whole}.count()};
        };
        begins_ = millis(info.begin);
        ends_ = millis(info.end);
        offset_ = milliseconds{info.offset}.count();
    }
    const auto local = milliseconds{at + offset_};
    const auto day = date::floor<date::days>(local);
    return {day.count(), static_cast<int>((local - day).count() / kHour)};
}

Millis Calendar::StartOf(Day day) const {
    if (zone_ == nullptr) return day * kDay;
    const date::local_days local{date::days{day}};
    return date::sys_time<milliseconds>{zone_->to_sys(local, date::choose::earliest)}
        .time_since_epoch()
        .count();
}

}  // namespace ostiary
