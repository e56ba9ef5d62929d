// The public check: quick, bounded, and never older than it may be.

#include <gmock/gmock.h>

#include <chrono>

#include "core/codes.h"
#include "store/contract.h"

namespace ostiary {
namespace {

class PeekContract : public Contract {
protected:
    std::optional<CodeSummary> Peek(std::string_view text) {
        return store->Peek(text, clock.Now());
    }
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, PeekContract, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(PeekContract, APeekTellsWhatTheRowTells) {
    Code code = MakeCode("ABC12345");
    code.email = "ann@example.org";
    code.name = "Ann";
    code.max_uses = 3;
    code.starts_at = 5;
    code.expires_at = 9'000'000'000'000;
    code.id = AddCode(code);
    for (int again = 0; again < 3; ++again) {
        const auto seen = Peek("ABC12345");
        ASSERT_TRUE(seen);
        EXPECT_EQ(seen->id, code.id);
        EXPECT_EQ(seen->role, code.role);
        EXPECT_EQ(seen->task_group, code.task_group);
        EXPECT_EQ(seen->email, code.email);
        EXPECT_EQ(seen->name, code.name);
        EXPECT_EQ(seen->max_uses, code.max_uses);
        EXPECT_EQ(seen->used_count, 0);
        EXPECT_EQ(seen->starts_at, code.starts_at);
        EXPECT_EQ(seen->expires_at, code.expires_at);
        EXPECT_EQ(seen->approval, Approval::kApproved);
        EXPECT_FALSE(Peek("N0B0DY"));
        EXPECT_FALSE(Peek(""));
        EXPECT_FALSE(Peek(std::string(500, 'A')));
    }
}

TEST_P(PeekContract, WhatThisProcessChangedIsSeenAtOnce) {
    EXPECT_FALSE(Peek("ABC12345"));
    Code code = MakeCode("ABC12345");
    code.max_uses = 1000;
    code.id = AddCode(code);
    ASSERT_TRUE(Peek("ABC12345"));
    for (int i = 1; i <= 50; ++i) {
        ASSERT_TRUE(store->Redeem(MakeClaim("ABC12345", "guest-" + std::to_string(i))).ok());
        EXPECT_EQ(Peek("ABC12345")->used_count, i);
    }
    ASSERT_TRUE(Write([&](Work& work) {
                    code.deactivated_at = 7;
                    work.codes.Save(code);
                }).ok());
    EXPECT_EQ(Peek("ABC12345")->deactivated_at, 7);
    ASSERT_TRUE(Write([&](Work& work) { work.codes.MarkPending(code.id, 8); }).ok());
    EXPECT_EQ(Peek("ABC12345")->approval, Approval::kPending);
    ASSERT_TRUE(Write([&](Work& work) { work.codes.Delete(code.id, 9); }).ok());
    EXPECT_FALSE(Peek("ABC12345"));
}

TEST_P(PeekContract, WhatAnotherProcessChangedIsSeenWithinAQuarterOfASecond) {
    const auto another = Open();
    AddCode(MakeCode("ABC12345"));
    for (int i = 1; i <= 4; ++i) {
        (void)Peek("ABC12345");
        (void)Peek("N0B0DY");
        ASSERT_TRUE(another->Redeem(MakeClaim("ABC12345", "guest-" + std::to_string(i))).ok());
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(250);
        while (std::chrono::steady_clock::now() < deadline) (void)Peek("ABC12345");
        EXPECT_EQ(Peek("ABC12345")->used_count, i);
    }
    EXPECT_FALSE(Peek("0THER001"));
    ASSERT_TRUE(another
                    ->Transact([](Work& work) -> Result<void> {
                        TRY(work.codes.Add(MakeCode("0THER001")));
                        return {};
                    })
                    .ok());
    std::this_thread::sleep_for(std::chrono::milliseconds(250));
    EXPECT_TRUE(Peek("0THER001"));
}

TEST_P(PeekContract, ManyThreadsPeekWhileOneChanges) {
    Code code = MakeCode("ABC12345");
    code.id = AddCode(code);
    std::atomic<bool> done = false;
    std::atomic<std::int64_t> answered = 0;
    std::vector<std::thread> watchers;
    for (int n = 0; n < 4; ++n)
        watchers.emplace_back([&] {
            while (!done) {
                const std::int64_t at_least = answered;
                EXPECT_GE(Peek("ABC12345")->used_count, at_least)
                    << "older than what was answered already";
                (void)Peek("N0B0DY" + std::to_string(at_least % 7));
            }
        });
    for (int i = 0; i < 60; ++i) {
        ASSERT_TRUE(store->Redeem(MakeClaim("ABC12345", "guest-" + std::to_string(i))).ok());
        answered = i + 1;
    }
    done = true;
    for (auto& watcher : watchers) watcher.join();
}

TEST_P(PeekContract, MoreTextsThanItKeepsAreAllAnsweredRightly) {
    ASSERT_TRUE(Write([](Work& work) -> Result<void> {
                    for (int i = 0; i < 300; ++i)
                        TRY(work.codes.Add(MakeCode("KEPT" + std::to_string(1000 + i))));
                    return {};
                }).ok());
    for (const int most : {300, 4500, 300})
        for (int i = 0; i < most; ++i) {
            const auto seen = Peek("KEPT" + std::to_string(1000 + i));
            EXPECT_EQ(seen.has_value(), i < 300) << i;
        }
}

}  // namespace
}  // namespace ostiary
