#pragma once

// Days and hours as the clocks of one place show them.

#include <optional>
#include <string>
#include <string_view>

#include "util/clock.h"

namespace date {
class time_zone;
}

namespace ostiary {

using Day = std::int64_t;  // since 1970-01-01, which is 0

// A day of the calendar, years 1 to 9999: 2026-11-21. Nothing if it is none.
std::optional<Day> ParseDay(std::string_view text);
std::string FormatDay(Day);
int WeekdayOf(Day);  // 0 is Monday
Day FirstOfMonth(Day);
Day FirstOfYear(Day);

struct LocalHour {
    Day day = 0;
    int hour = 0;
};

// Remembers the offset it used last: asking for moments in order is quick.
class Calendar {
public:
    explicit Calendar(std::string_view time_zone);  // IANA; empty, or unknown: UTC

    LocalHour At(Millis);
    Day DayAt(Millis at) { return At(at).day; }
    // Midnight, or where the clocks skip it, the moment they show first.
    Millis StartOf(Day) const;

private:
    const date::time_zone* zone_;
    Millis begins_ = 0, ends_ = 0, offset_ = 0;  // where the remembered offset holds
};

}  // namespace ostiary
