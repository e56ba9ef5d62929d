#pragma once

// Many threads that each do the same thing again and again, and wait for it.

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace ostiary::bench {

struct Rate {
    double per_second = 0, p50_ms = 0, p99_ms = 0;
    double cpu_us = 0;  // of this whole process, for each

    std::string ToText() const;
};

// `act` gets a number that was not given before; whatever it throws ends the measurement.
Rate CallFrom(int callers, std::chrono::milliseconds time,
              const std::function<void(std::uint64_t number)>& act);

double CpuSecondsOfThisProcess();

}  // namespace ostiary::bench
