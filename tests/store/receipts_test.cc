// What was answered to a key: the store's part of it (API-3).

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

}  // namespace
}  // namespace ostiary
