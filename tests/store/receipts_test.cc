// What was answered to a key, and what was guessed wrong: the store's part of it (API-3, API-8).

#include <gmock/gmock.h>

#include "store/contract.h"

namespace ostiary {
namespace {

class ReceiptsContract : public Contract {
protected:
    bool Claim(const std::string& key, const std::string& request, Millis at) {
        bool mine = false;
        EXPECT_TRUE(Write([&](Work& work) {
                        mine = work.receipts.Claim({key, request, at, at + 60, {}}, at - 1000);
                    }).ok());
        return mine;
    }
    std::optional<Receipt> Find(const std::string& key) {
        return Read([&](Work& work) { return work.receipts.Find(key); });
    }
    void Settle(const std::string& key, const std::string& answer) {
        EXPECT_TRUE(Write([&](Work& work) { work.receipts.Settle(key, answer); }).ok());
    }
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, ReceiptsContract, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(ReceiptsContract, AKeyIsTakenOnceAndFreeAgainWhenItIsOld) {
    EXPECT_TRUE(Claim("k", "a", 5000));
    EXPECT_FALSE(Claim("k", "a", 5001));
    Settle("k", "sealed");
    Settle("k", "another");
    const auto receipt = Find("k");
    ASSERT_TRUE(receipt);
    EXPECT_EQ(receipt->answer, "sealed") << "the first stays";
    EXPECT_EQ(receipt->request_hash, "a");
    EXPECT_EQ(receipt->made_at, 5000);
    EXPECT_FALSE(Claim("k", "a", 5999));
    EXPECT_FALSE(Claim("k", "a", 6000));
    EXPECT_TRUE(Claim("k", "b", 6001)) << "forgotten";
    EXPECT_EQ(Find("k")->answer, "");
}

TEST_P(ReceiptsContract, AClaimThatRanOutGoesToTheSameRequestOnly) {
    EXPECT_TRUE(Claim("k", "a", 5000));
    EXPECT_FALSE(Claim("k", "a", 5059));
    EXPECT_FALSE(Claim("k", "b", 5060));
    EXPECT_TRUE(Claim("k", "a", 5060));
    EXPECT_TRUE(Write([](Work& work) { work.receipts.Release("k"); }).ok());
    EXPECT_FALSE(Find("k"));
    EXPECT_TRUE(Claim("k", "b", 5061));
    Settle("k", "sealed");
    EXPECT_TRUE(Write([](Work& work) { work.receipts.Release("k"); }).ok());
    EXPECT_TRUE(Find("k")) << "an answer is not given back";
}

TEST_P(ReceiptsContract, OldOnesGoSomeAtATime) {
    for (int n = 0; n < 5; ++n) EXPECT_TRUE(Claim("k" + std::to_string(n), "a", 5000 + n));
    std::size_t deleted = 0;
    EXPECT_TRUE(Write([&](Work& work) { deleted = work.receipts.DeleteMadeBefore(5004, 3); }).ok());
    EXPECT_EQ(deleted, 3u);
    EXPECT_TRUE(Write([&](Work& work) { deleted = work.receipts.DeleteMadeBefore(5004, 3); }).ok());
    EXPECT_EQ(deleted, 1u);
    EXPECT_TRUE(Find("k4"));
}

// Two programs at the same moment: one of them has it.
TEST_P(ReceiptsContract, OfManyAtOnceOneTakesTheKey) {
    const auto other = Open();
    std::atomic<int> taken = 0;
    Together(8, [&](int n) {
        Store& mine = n % 2 ? *other : *store;
        const auto done = mine.Transact([&](Work& work) -> Result<void> {
            if (work.receipts.Claim({"k", "a", 5000, 6000, {}}, 4000)) ++taken;
            return {};
        });
        EXPECT_TRUE(done.ok());
    });
    // A body may run again, so it may have counted more often than it committed.
    EXPECT_GE(taken, 1);
    EXPECT_EQ(database.Number("SELECT count(*) FROM receipt"), 1);
}

class SharedBucketsContract : public Contract {
protected:
    Millis Drain(const std::string& key, Millis by, Millis now) {
        Millis full_at = 0;
        EXPECT_TRUE(
            Write([&](Work& work) { full_at = work.buckets.Drain(key, by, now + 100, now); }).ok());
        return full_at;
    }
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, SharedBucketsContract, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(SharedBucketsContract, WhatManyDrainAddsUpToTheBrim) {
    EXPECT_EQ(Drain("a", 10, 1000), 1010);
    EXPECT_EQ(Drain("a", 10, 1000), 1020);
    EXPECT_EQ(Drain("a", 10, 1015), 1030);
    EXPECT_EQ(Drain("a", 10, 2000), 2010) << "it was full meanwhile";
    EXPECT_EQ(Drain("a", 500, 2000), 2100) << "never more than empty";
    EXPECT_EQ(Drain("b", 500, 2000), 2100);
}

TEST_P(SharedBucketsContract, TheNewsAreWhatWasDrainedLatelyAndIsNotFull) {
    Drain("old", 90, 1000);
    Drain("full", 1, 1050);
    Drain("new", 50, 1060);
    const auto keys = [&](Millis since, std::size_t most) {
        std::vector<std::string> all;
        for (const SharedBucket& bucket :
             Read([&](Work& work) { return work.buckets.DrainedSince(since, most, 1070); }))
            all.push_back(bucket.key);
        return all;
    };
    EXPECT_THAT(keys(0, 9), testing::ElementsAre("new", "old"));
    EXPECT_THAT(keys(1001, 9), testing::ElementsAre("new"));
    EXPECT_THAT(keys(0, 1), testing::ElementsAre("new"));
    EXPECT_TRUE(Write([](Work& work) { EXPECT_EQ(work.buckets.DeleteFull(1090), 2u); }).ok());
    EXPECT_THAT(keys(0, 9), testing::ElementsAre("new"));
}

TEST_P(SharedBucketsContract, NoDrainIsLostAmongMany) {
    const auto other = Open();
    Together(8, [&](int n) {
        Store& mine = n % 2 ? *other : *store;
        for (int i = 0; i < 10; ++i)
            EXPECT_TRUE(mine.Transact([&](Work& work) -> Result<void> {
                                work.buckets.Drain("a", 1, 10'000, 1000);
                                return {};
                            })
                            .ok());
    });
    EXPECT_EQ(database.Number("SELECT full_at FROM shared_bucket"), 1080);
}

}  // namespace
}  // namespace ostiary
