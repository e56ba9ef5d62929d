#include "util/clock.h"

#include <chrono>

namespace ostiary {

Millis SystemClock::Now() const {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

}  // namespace ostiary
