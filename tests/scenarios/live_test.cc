// LIVE-1: what happens is found in the database, whoever wrote it, and told.

#include <gmock/gmock.h>

#include <mutex>
#include <thread>

#include "core/happenings.h"
#include "core/redemptions.h"
#include "outbox/live.h"
#include "store/store.h"
#include "support/house.h"

namespace ostiary {
namespace {

using namespace std::chrono_literals;

// Remembers what it is told, from another thread.
class Ear final : public Watcher {
public:
    bool Tell(const News& news) override {
        const std::lock_guard lock(mutex_);
        codes_.insert(codes_.end(), news.codes.begin(), news.codes.end());
        if (news.codes.empty()) ++everything_;
        return true;
    }
    bool KeepAlive() override { return true; }
    void End() override {}

    bool Hears(CodeId code, int times = 1) {
        return Waits([&] { return std::ranges::count(codes_, code) >= times; });
    }
    bool HearsOfEverything() {
        return Waits([&] { return everything_ > 0; });
    }

private:
    bool Waits(const std::function<bool()>& until) {
        for (int i = 0; i < 500; ++i) {
            {
                const std::lock_guard lock(mutex_);
                if (until()) return true;
            }
            std::this_thread::sleep_for(10ms);
        }
        return false;
    }

    std::mutex mutex_;
    std::vector<CodeId> codes_;
    int everything_ = 0;
};

class Live : public testing::TestWithParam<DatabaseKind> {
protected:
    std::unique_ptr<Store> AnotherNode() {
        return OpenStore(house.config, house.vault, house.clock, house.random,
                         [this](Work& work, std::span<const SubjectClaim> claims, Millis now) {
                             return RedeemTogether(work, claims, house.config.catalogue, now);
                         });
    }
    static Result<void> Refuse(Work& work, CodeId code) {
        Event event = HappenedTo(EventKind::kRegistrationRefused, {}, 1);
        event.code_id = code;
        work.events.Append(event);
        return {};
    }

    House house{GetParam()};
    std::shared_ptr<Ear> ear = std::make_shared<Ear>();
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, Live, testing::ValuesIn(kEveryDatabase), NameOfDatabase);

TEST_P(Live, WhatAnotherNodeDoesIsTold) {
    const outbox::LiveTail tail(house.world);
    ASSERT_TRUE(house.live.Join("ada", CodeScope::All(), 0, ear));
    const auto other = AnotherNode();
    ASSERT_TRUE(other->Transact([](Work& work) { return Refuse(work, 7); }).ok());
    EXPECT_TRUE(ear->Hears(7));
}

TEST_P(Live, WhatHappensWhileNobodyLooksIsToldToWhoSawLess) {
    const outbox::LiveTail tail(house.world);
    const std::int64_t seen = house.live.LastEvent();
    ASSERT_TRUE(house.store->Transact([](Work& work) { return Refuse(work, 7); }).ok());
    ASSERT_TRUE(house.live.Join("ada", CodeScope::All(), seen, ear));
    EXPECT_TRUE(ear->Hears(7));
}

TEST_P(Live, AStormIsToldAsOne) {
    const outbox::LiveTail tail(house.world);
    ASSERT_TRUE(house.live.Join("ada", CodeScope::All(), 0, ear));
    ASSERT_TRUE(house.store
                    ->Transact([](Work& work) -> Result<void> {
                        for (int i = 0; i < 600; ++i) TRY(Refuse(work, 7));
                        return {};
                    })
                    .ok());
    EXPECT_TRUE(ear->HearsOfEverything());
    ASSERT_TRUE(house.store->Transact([](Work& work) { return Refuse(work, 9); }).ok());
    EXPECT_TRUE(ear->Hears(9));
}

// A number that was given before another may be seen after it.
TEST_P(Live, WhatIsCommittedLateIsTold) {
    if (GetParam() == DatabaseKind::kSqlite) GTEST_SKIP() << "SQLite has one writer at a time";
    const outbox::LiveTail tail(house.world);
    ASSERT_TRUE(house.live.Join("ada", CodeScope::All(), 0, ear));
    std::atomic<bool> has_number = false, may_commit = false;
    const auto other = AnotherNode();
    std::thread late([&] {
        EXPECT_TRUE(other
                        ->Transact([&](Work& work) -> Result<void> {
                            TRY(Refuse(work, 7));
                            has_number = true;
                            while (!may_commit) std::this_thread::sleep_for(1ms);
                            return {};
                        })
                        .ok());
    });
    while (!has_number) std::this_thread::sleep_for(1ms);
    EXPECT_TRUE(house.store->Transact([](Work& work) { return Refuse(work, 8); }).ok());
    EXPECT_TRUE(ear->Hears(8));
    may_commit = true;
    late.join();
    EXPECT_TRUE(ear->Hears(7));
}

}  // namespace
}  // namespace ostiary
