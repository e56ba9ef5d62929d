// OPS-3: the database goes away and comes back.

#include <gmock/gmock.h>

#include <future>

#include "store/contract.h"
#include "store/flaky.h"

namespace ostiary {
namespace {

using testing::IsEmpty;

class FailuresContract : public Contract {};
// SQLite has no connection that could break.
INSTANTIATE_TEST_SUITE_P(Postgres, FailuresContract, testing::ValuesIn([] {
                             auto kinds = EveryDatabase();
                             std::erase(kinds, DatabaseKind::kSqlite);
                             return kinds;
                         }()),
                         NameOfDatabase);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(FailuresContract);

TEST_P(FailuresContract, AReadSurvivesThatItsConnectionDied) {
    const CodeId id = AddCode(MakeCode("ABC12345"));
    ASSERT_TRUE(CodeNow(id));
    database.CutConnections();
    EXPECT_TRUE(CodeNow(id));
    database.CutConnections();
    store->Ping();
}

TEST_P(FailuresContract, AWriteSurvivesThatTheWritersConnectionDied) {
    for (int i = 0; i < 3; ++i) {
        database.CutConnections();
        ASSERT_TRUE(Write([&](Work& work) { work.facts.Set("round", std::to_string(i)); }).ok());
    }
    EXPECT_EQ(Read([](Work& w) { return w.facts.Get("round"); }), "2");
}

// REG-6: however the connections break, every success that was told is there, once.
TEST_P(FailuresContract, RedemptionsAreCountedOnceThroughBrokenConnections) {
    const CodeId id = AddCode(MakeCode("ABC12345"));
    std::atomic<int> welcomed = 0;
    std::atomic<bool> done = false;
    std::thread vandal([&] {
        while (!done) {
            database.CutConnections();
            std::this_thread::sleep_for(std::chrono::milliseconds(15));
        }
    });
    const auto count = [&](ClaimOutcome outcome) {
        try {
            if (std::move(outcome).Take().ok()) ++welcomed;
        } catch (const WorldFailure&) {
            // It may be there or not; it was not promised.
        }
    };
    Together(8, [&](int n) {
        for (int i = 0; i < 40; ++i) {
            const std::string guest = std::to_string(n) + "-" + std::to_string(i);
            const auto outcome = std::make_shared<std::promise<ClaimOutcome>>();
            store->Redeem(MakeClaim("ABC12345", guest),
                          [outcome](ClaimOutcome known) { outcome->set_value(std::move(known)); });
            count(outcome->get_future().get());
        }
    });
    done = true;
    vandal.join();
    EXPECT_GT(welcomed, 0);
    EXPECT_GE(CodeNow(id)->used_count, welcomed);
    EXPECT_THAT(FindMiscounts(database.config()), IsEmpty());
    EXPECT_EQ(database.Number("SELECT count(*) FROM event"), CodeNow(id)->used_count);
}

TEST_P(FailuresContract, WorkIsRunAgainOnlyIfItWasSurelyNotKept) {
    struct Case {
        Breakage breakage;
        int runs;
    };
    for (const Case& one : {Case{Breakage::kNone, 1},
                            {Breakage::kBeforeBegin, 1},
                            {Breakage::kAtFirstWrite, 2},
                            {Breakage::kBeforeCommit, 2},
                            {Breakage::kAfterCommit, 1}}) {
        Flaky flaky(database.config(), vault, clock, random);
        flaky.Set("warm", "up");
        flaky.runs = 0;
        flaky.breakage = one.breakage;
        const std::string key = "key-" + std::to_string(static_cast<int>(one.breakage));
        flaky.Run([&](Work& work) -> Result<void> {
            ++flaky.runs;
            const std::string before = work.facts.Get(key).value_or("");
            work.facts.Set(key, before + "x");
            return {};
        });
        EXPECT_EQ(flaky.runs, one.runs) << key;
        EXPECT_EQ(Read([&](Work& w) { return w.facts.Get(key); }), "x") << key;
        EXPECT_EQ(flaky.opened, one.breakage == Breakage::kNone ? 1 : 2) << key;
    }
}

TEST_P(FailuresContract, WithoutNamedStatementsEverythingWorksAsWell) {
    store.reset();
    Config config = database.config();
    config.prepared_statements = false;
    store = OpenStore(config, vault, clock, random,
                      [this](Work& work, std::span<const SubjectClaim> claims, Millis now) {
                          return RedeemTogether(work, claims, catalogue, now);
                      });
    const CodeId id = AddCode(MakeCode("ABC12345"));
    Together(8, [&](int n) {
        EXPECT_TRUE(store->Redeem(MakeClaim("ABC12345", std::to_string(n))).ok());
        EXPECT_TRUE(CodeNow(id));
    });
    EXPECT_EQ(CodeNow(id)->used_count, 8);
    EXPECT_EQ(store->Peek("ABC12345", 1)->used_count, 8);
}

TEST_P(FailuresContract, MoreReadersThanConnectionsWaitTheirTurn) {
    store.reset();
    Config config = database.config();
    config.pool_size = 2;
    store = OpenStore(config, vault, clock, random, {});
    std::atomic<int> answered = 0;
    Together(16, [&](int) {
        for (int i = 0; i < 5; ++i) {
            store->Read([](Work& work) { work.facts.Get("key"); });
            ++answered;
        }
    });
    EXPECT_EQ(answered, 80);
}

}  // namespace
}  // namespace ostiary
