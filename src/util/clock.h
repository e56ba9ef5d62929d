#pragma once

// The only way to ask what time it is. Tests hand out a clock of their own.

#include <cstdint>

namespace ostiary {

using Millis = std::int64_t;  // UTC, since 1970-01-01T00:00:00Z, leap seconds not counted

inline constexpr Millis kSecond = 1000, kMinute = 60 * kSecond, kHour = 60 * kMinute,
                        kDay = 24 * kHour;

class Clock {
public:
    virtual ~Clock() = default;
    virtual Millis Now() const = 0;
};

class SystemClock final : public Clock {
public:
    Millis Now() const override;
};

}  // namespace ostiary
