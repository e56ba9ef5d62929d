// The half of text.h that reads and writes moments.

#include <date/date.h>
#include <date/tz.h>
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <stdexcept>

#include "util/text.h"

namespace ostiary {
namespace {

using date::local_days;
using std::chrono::hours, std::chrono::milliseconds, std::chrono::minutes, std::chrono::seconds;
using LocalMoment = date::local_time<milliseconds>;

constexpr Millis kFirstMoment = -62'135'596'800'000;  // 0001-01-01T00:00:00Z
constexpr Millis kLastMoment = 253'402'300'799'999;   // 9999-12-31T23:59:59.999Z

// Null is UTC: no zone was named, or the system has no such zone (any more).
const date::time_zone* FindZone(std::string_view name) {
    if (name.empty() || name == "UTC") return nullptr;
    try {
        return date::locate_zone(std::string(name));
    } catch (const std::runtime_error&) {
        return nullptr;
    }
}

// A moment that the clocks skipped is the moment of the skip; one they showed twice is the first.
Millis ToUtc(LocalMoment local, const date::time_zone* zone) {
    if (zone == nullptr) return local.time_since_epoch().count();
    return zone->to_sys(local, date::choose::earliest).time_since_epoch().count();
}

LocalMoment ToLocal(Millis at, std::string_view time_zone) {
    const date::time_zone* zone = FindZone(time_zone);
    if (zone == nullptr) return LocalMoment{milliseconds{at}};
    return zone->to_local(date::sys_time<milliseconds>{milliseconds{at}});
}

// Reads from the front of a text, and remembers once that it did not fit.
class Reader {
public:
    explicit Reader(std::string_view text) : rest_(text) {}

    int Digits(std::size_t count, int least, int most) {
        int number = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const char digit = Take();
            if (digit < '0' || digit > '9') fits_ = false;
            number = number * 10 + (digit - '0');
        }
        if (number < least || number > most) fits_ = false;
        return number;
    }
    void One(std::string_view letters) {
        if (letters.find(Take()) == letters.npos) fits_ = false;
    }
    bool Has(std::string_view letters) const {
        return !rest_.empty() && letters.find(rest_.front()) != letters.npos;
    }
    char Take() {
        if (rest_.empty()) {
            fits_ = false;
            return '\0';
        }
        const char letter = rest_.front();
        rest_.remove_prefix(1);
        return letter;
    }
    bool AtEnd() const { return rest_.empty(); }
    bool fits() const { return fits_; }

private:
    std::string_view rest_;
    bool fits_ = true;
};

std::optional<date::local_days> ReadDay(Reader& reader) {
    const int year = reader.Digits(4, 1, 9999);
    reader.One("-");
    const int month = reader.Digits(2, 1, 12);
    reader.One("-");
    const int day = reader.Digits(2, 1, 31);
    const date::year_month_day calendar{date::year{year}, date::month{static_cast<unsigned>(month)},
                                        date::day{static_cast<unsigned>(day)}};
    if (!reader.fits() || !calendar.ok()) return std::nullopt;
    return local_days{calendar};
}

milliseconds ReadFraction(Reader& reader) {
    reader.One(".");
    int value = 0;
    for (int scale = 100; scale > 0; scale /= 10) {
        if (scale < 100 && !reader.Has("0123456789")) break;
        value += reader.Digits(1, 0, 9) * scale;
    }
    while (reader.Has("0123456789")) reader.Take();  // finer than we keep
    return milliseconds{value};
}

minutes ReadOffset(Reader& reader) {
    if (reader.Has("Zz")) {
        reader.Take();
        return minutes{0};
    }
    const bool west = reader.Has("-");
    reader.One("+-");
    const int hour = reader.Digits(2, 0, 23);
    reader.One(":");
    const minutes offset = hours{hour} + minutes{reader.Digits(2, 0, 59)};
    return west ? -offset : offset;
}

std::optional<Millis> WithinTheCalendar(Millis at) {
    if (at < kFirstMoment || at > kLastMoment) return std::nullopt;
    return at;
}

}  // namespace

std::optional<Millis> ParseMoment(std::string_view text, std::string_view time_zone) {
    Reader reader(text);
    const auto day = ReadDay(reader);
    if (!day) return std::nullopt;
    if (reader.AtEnd())  // the day's end is the next one's start; the calendar's own end stands for
                         // the last
        return std::min(ToUtc(LocalMoment{*day + date::days{1}}, FindZone(time_zone)), kLastMoment);

    reader.One("Tt ");
    LocalMoment moment = *day + hours{reader.Digits(2, 0, 23)};
    reader.One(":");
    moment += minutes{reader.Digits(2, 0, 59)};
    const bool has_seconds = reader.Has(":");
    if (has_seconds) {
        reader.Take();
        moment += seconds{reader.Digits(2, 0, 59)};
        if (reader.Has(".")) moment += ReadFraction(reader);
    }
    if (reader.fits() && reader.AtEnd())
        return WithinTheCalendar(ToUtc(moment, FindZone(time_zone)));

    const minutes offset = ReadOffset(reader);
    if (!has_seconds || !reader.fits() || !reader.AtEnd()) return std::nullopt;
    return WithinTheCalendar((moment - offset).time_since_epoch().count());
}

namespace {

struct Parts {
    int year, month, day, hour, minute, second;
};

Parts PartsOf(LocalMoment moment) {
    const auto day = date::floor<date::days>(moment);
    const date::year_month_day calendar{day};
    const date::hh_mm_ss time{moment - day};
    return {static_cast<int>(calendar.year()),
            static_cast<int>(static_cast<unsigned>(calendar.month())),
            static_cast<int>(static_cast<unsigned>(calendar.day())),
            static_cast<int>(time.hours().count()),
            static_cast<int>(time.minutes().count()),
            static_cast<int>(time.seconds().count())};
}

constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

}  // namespace

std::string FormatRfc3339(Millis at) {
    const Parts p = PartsOf(ToLocal(at, {}));
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", p.year, p.month, p.day, p.hour,
                       p.minute, p.second);
}

std::string FormatForPeople(Millis at, std::string_view time_zone) {
    const Parts p = PartsOf(ToLocal(at, time_zone));
    return fmt::format("{} {} {}, {:02}:{:02}", p.day,
                       kMonths[static_cast<std::size_t>(p.month - 1)], p.year, p.hour, p.minute);
}

std::string FormatDate(Millis at, std::string_view time_zone) {
    const Parts p = PartsOf(ToLocal(at, time_zone));
    return fmt::format("{} {} {}", p.day, kMonths[static_cast<std::size_t>(p.month - 1)], p.year);
}

std::string FormatForInput(Millis at, std::string_view time_zone) {
    const Parts p = PartsOf(ToLocal(at, time_zone));
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}", p.year, p.month, p.day, p.hour, p.minute);
}

std::string ZoneName(std::string_view time_zone) {
    return FindZone(time_zone) == nullptr ? "UTC" : std::string(time_zone);
}

bool IsTimeZone(std::string_view name) { return name == "UTC" || FindZone(name) != nullptr; }

}  // namespace ostiary
