#pragma once

// What happened in the house of the demonstration before anybody looked at it.

#include "core/world.h"

namespace ostiary {

// A clock that shows what it is told.
class PastClock final : public Clock {
public:
    explicit PastClock(Millis now) : now_(now) {}
    Millis Now() const override { return now_; }
    void SetTo(Millis now) { now_ = now; }

private:
    Millis now_;
};

inline constexpr Millis kDemoBegan = 110 * kDay;  // ago

// Codes of the last months, by these people, and whoever came with them.
void AddDemoHistory(World&, const Account& administrator, const Account& manager);

}  // namespace ostiary
