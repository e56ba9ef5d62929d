#include "outbox/worker.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "util/failure.h"

namespace ostiary::outbox {
namespace {

class NoStore final : public Store {
public:
    Result<void> Transact(const std::function<Result<void>(Work&)>&) override { return {}; }
    void Read(const std::function<void(Work&)>&) override {}
    Result<Redemption> Redeem(const SubjectClaim&) override { return Redemption{}; }
    void Redeem(SubjectClaim, std::function<void(ClaimOutcome)>) override {}
    std::optional<CodeSummary> Peek(std::string_view, Millis) override { return std::nullopt; }
    void Ping() override {}
};

// An hour passes whenever somebody looks.
class HurriedClock final : public Clock {
public:
    Millis Now() const override { return now_ += kHour; }

private:
    mutable std::atomic<Millis> now_ = 0;
};

std::atomic<int> dishes = 0, floors = 0;

void WashDishes(World&) { ++dishes; }

void SweepFloor(World&) {
    if (++floors <= 2) throw WorldFailure("the broom is gone");
}

TEST(Worker, DoesEachChoreAgainAndAgainThoughOneFails) {
    NoStore store;
    HurriedClock clock;
    SystemRandom random;
    const Vault vault{Vault::Key{}};
    Passwords passwords(64, 1, 1);
    const Config config;
    World world{store, clock, random, vault, passwords, config};
    {
        const Worker worker(world,
                            {{"dishes", kMinute, WashDishes}, {"floor", kMinute, SweepFloor}});
        for (int i = 0; i < 500 && (dishes < 3 || floors < 4); ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    EXPECT_GE(dishes, 3);
    EXPECT_GE(floors, 4);
}

}  // namespace
}  // namespace ostiary::outbox
