#include "outbox/worker.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "util/failure.h"
#include "util/log.h"

namespace ostiary::outbox {
namespace {

constexpr Millis kFirstWaitAfterFailure = kSecond;
constexpr Millis kLongestSleep = kMinute;  // the clock may be set meanwhile

}  // namespace

Worker::Worker(World& world, std::vector<Chore> chores, Millis first_run_after) : world_(world) {
    const Millis first = world.clock.Now() + first_run_after;
    for (const Chore& chore : chores) due_.push_back({chore, first, kFirstWaitAfterFailure});
    if (!due_.empty()) thread_ = std::thread([this] { Run(); });
}

Worker::~Worker() {
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Worker::Run() {
    for (;;) {
        Due& next = *std::min_element(due_.begin(), due_.end(),
                                      [](const Due& a, const Due& b) { return a.at < b.at; });
        if (!SleepUntil(next.at)) return;
        RunOne(next);
    }
}

void Worker::RunOne(Due& due) {
    try {
        due.chore.run(world_);
        due.wait_after_failure = kFirstWaitAfterFailure;
        due.at = world_.clock.Now() + due.chore.every;
    } catch (const WorldFailure& failure) {
        log::Warn("outbox",
                  fmt::format("{} failed and will be tried again in {} s: {}", due.chore.name,
                              due.wait_after_failure / kSecond, failure.what()));
        due.at = world_.clock.Now() + due.wait_after_failure;
        due.wait_after_failure = std::min(2 * due.wait_after_failure, due.chore.every);
    }
}

bool Worker::SleepUntil(Millis at) {
    std::unique_lock lock(mutex_);
    for (;;) {
        if (stopping_) return false;
        const Millis rest = at - world_.clock.Now();
        if (rest <= 0) return true;
        wake_.wait_for(lock, std::chrono::milliseconds(std::min(rest, kLongestSleep)));
    }
}

}  // namespace ostiary::outbox
