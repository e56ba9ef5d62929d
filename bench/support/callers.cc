#include "support/callers.h"

#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "support/load.h"

namespace ostiary::bench {

Rate CallFrom(int callers, std::chrono::milliseconds time,
              const std::function<void(std::uint64_t number)>& act) {
    using Steady = std::chrono::steady_clock;
    const auto started = Steady::now(), deadline = started + time;
    std::mutex mutex;
    std::vector<float> took_ms;
    std::exception_ptr failure;
    const auto call = [&] {
        std::vector<float> mine;
        std::exception_ptr why;
        try {
            for (auto before = Steady::now(); before < deadline;) {
                act(NextNumber());
                const auto after = Steady::now();
                mine.push_back(std::chrono::duration<float, std::milli>(after - before).count());
                before = after;
            }
        } catch (...) {
            why = std::current_exception();
        }
        const std::lock_guard lock(mutex);
        took_ms.insert(took_ms.end(), mine.begin(), mine.end());
        if (why) failure = why;
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < callers; ++i) threads.emplace_back(call);
    for (std::thread& thread : threads) thread.join();
    if (failure) std::rethrow_exception(failure);
    const double seconds = std::chrono::duration<double>(Steady::now() - started).count();
    return {static_cast<double>(took_ms.size()) / seconds, PercentileMs(took_ms, 50),
            PercentileMs(took_ms, 99)};
}

}  // namespace ostiary::bench
