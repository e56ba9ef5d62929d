#include "support/callers.h"

#include <fmt/format.h>
#include <sys/resource.h>

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
    const double cpu = CpuSecondsOfThisProcess();
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
    const auto count = static_cast<double>(took_ms.size());
    return {count / seconds, PercentileMs(took_ms, 50), PercentileMs(took_ms, 99),
            (CpuSecondsOfThisProcess() - cpu) * 1e6 / count};
}

std::string Rate::ToText() const {
    return fmt::format("{:.0f}/s, p50 {:.2f} ms, p99 {:.2f} ms, {:.1f} us of the processor each",
                       per_second, p50_ms, p99_ms, cpu_us);
}

double CpuSecondsOfThisProcess() {
    rusage spent{};
    getrusage(RUSAGE_SELF, &spent);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(spent.ru_utime) + seconds(spent.ru_stime);
}

}  // namespace ostiary::bench
