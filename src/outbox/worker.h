#pragma once

// What happens later, or again and again, without anybody asking.

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

#include "core/world.h"

namespace ostiary::outbox {

struct Chore {
    std::string_view name;
    Millis every;
    std::function<void(World&)> run;
};

// Runs each chore once in its time, on one thread. A chore that the world fails is logged and tried
// again later and later, at most a period apart; the others go on. The first run waits, as the
// start belongs to those who wait for it.
class Worker {
public:
    Worker(World&, std::vector<Chore>, Millis first_run_after = 10 * kSecond);
    ~Worker();  // waits for the chore under way
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

private:
    struct Due {
        Chore chore;
        Millis at;
        Millis wait_after_failure;
    };

    void Run();
    void RunOne(Due&);
    bool SleepUntil(Millis at);  // false: it is time to stop

    World& world_;
    std::vector<Due> due_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace ostiary::outbox
