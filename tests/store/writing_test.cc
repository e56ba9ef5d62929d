// Transactions: all or nothing, each caller's own, and many in one commit.

#include <gmock/gmock.h>

#include <chrono>
#include <latch>
#include <stdexcept>

#include "store/contract.h"

namespace ostiary {
namespace {

using testing::IsEmpty;

class WritingContract : public Contract {
protected:
    // Runs the tasks so that the writer finds all of them waiting and takes them into one group.
    void InOneGroup(const std::vector<std::function<void()>>& tasks) {
        std::latch busy(1), ready(1);
        std::thread holder([&] {
            EXPECT_TRUE(store
                            ->Transact([&](Work&) -> Result<void> {
                                busy.count_down();
                                ready.wait();
                                return {};
                            })
                            .ok());
        });
        busy.wait();
        std::vector<std::thread> running;
        for (const auto& task : tasks) running.emplace_back(task);
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        ready.count_down();
        holder.join();
        for (auto& thread : running) thread.join();
    }

    std::function<void()> Setting(const std::string& key) {
        return [this, key] {
            EXPECT_TRUE(store
                            ->Transact([&](Work& work) -> Result<void> {
                                work.facts.Set(key, "set");
                                return {};
                            })
                            .ok());
        };
    }
    bool IsSet(const std::string& key) {
        return Read([&](Work& work) { return work.facts.Get(key); }).has_value();
    }
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, WritingContract, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

const Error kRefusal = {ErrorKind::kConflict, "no.reason"};

// REG-6
TEST_P(WritingContract, ARefusedBodyUndoesEverythingItWrote) {
    const CodeId id = AddCode(MakeCode("ABC12345"));
    const auto refused = Write([&](Work& work) -> Result<void> {
        EXPECT_EQ(work.codes.TakeUses(id, 1, 50), 1);
        TRY(work.accounts.Add(MakeAccount("ann")));
        work.facts.Set("color", "red");
        work.events.Append({});
        return kRefusal;
    });
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().reason, "no.reason");
    EXPECT_EQ(CodeNow(id)->used_count, 0);
    EXPECT_FALSE(Read([](Work& w) { return w.accounts.Find("account-ann"); }));
    EXPECT_FALSE(IsSet("color"));
    EXPECT_THAT(Read([](Work& w) { return w.events.Latest(5); }), IsEmpty());
}

TEST_P(WritingContract, ABodyThatThrowsUndoesEverythingAndTheCallerHearsIt) {
    EXPECT_THROW((void)Write([](Work& work) {
                     work.facts.Set("color", "red");
                     throw std::out_of_range("mine");
                 }),
                 std::out_of_range);
    EXPECT_FALSE(IsSet("color"));
    Setting("color")();
    EXPECT_TRUE(IsSet("color"));
}

TEST_P(WritingContract, ABodySeesWhatItWrote) {
    ASSERT_TRUE(Write([](Work& work) {
                    work.facts.Set("color", "red");
                    EXPECT_EQ(work.facts.Get("color"), "red");
                }).ok());
}

TEST_P(WritingContract, OneFailingBodyLeavesTheOthersOfItsGroupAlone) {
    std::vector<std::function<void()>> tasks;
    for (int i = 0; i < 6; ++i) tasks.push_back(Setting("good-" + std::to_string(i)));
    tasks.insert(tasks.begin() + 1, [this] {  // refused after writing
        EXPECT_FALSE(Write([](Work& work) -> Result<void> {
                         work.facts.Set("refused", "set");
                         return kRefusal;
                     }).ok());
    });
    tasks.insert(tasks.begin() + 3, [this] {  // throws after writing
        EXPECT_THROW((void)Write([](Work& work) {
                         work.facts.Set("thrown", "set");
                         throw std::out_of_range("mine");
                     }),
                     std::out_of_range);
    });
    tasks.push_back([this] {  // the database itself objects
        EXPECT_THROW((void)Write([](Work& work) {
                         work.facts.Set("objected", "set");
                         work.accounts.SetAircraftRole("nobody", "no plane", "pilot", 1);
                     }),
                     WorldFailure);
    });
    tasks.push_back([this] {  // refused before writing
        EXPECT_FALSE(Write([](Work& work) -> Result<void> {
                         EXPECT_FALSE(work.codes.Find(12345));
                         return kRefusal;
                     }).ok());
    });
    InOneGroup(tasks);
    for (int i = 0; i < 6; ++i) EXPECT_TRUE(IsSet("good-" + std::to_string(i))) << i;
    for (const char* key : {"refused", "thrown", "objected"}) EXPECT_FALSE(IsSet(key)) << key;
}

// A read that the database rejects ends PostgreSQL's whole transaction; whoever shared it must not
// suffer.
TEST_P(WritingContract, ARejectedReadLeavesTheOthersOfItsGroupAlone) {
    std::vector<std::function<void()>> tasks;
    for (int i = 0; i < 4; ++i) {
        tasks.push_back(Setting("good-" + std::to_string(i)));
        tasks.push_back([this] {
            try {
                (void)Write(
                    [](Work& work) { work.facts.Get("\xff\xfe"); });  // no UTF-8: SQLite shrugs
            } catch (const WorldFailure&) {}
        });
    }
    InOneGroup(tasks);
    for (int i = 0; i < 4; ++i) EXPECT_TRUE(IsSet("good-" + std::to_string(i))) << i;
}

TEST_P(WritingContract, ClaimsAndBodiesShareAGroupAndKeepTheirOwnFates) {
    const CodeId id = AddCode(MakeCode("ABC12345"));
    std::vector<std::function<void()>> tasks;
    for (int i = 0; i < 5; ++i) {
        tasks.push_back([this, i] {
            EXPECT_TRUE(store->Redeem(MakeClaim("ABC12345", "guest-" + std::to_string(i))).ok());
        });
        tasks.push_back([this, id] {
            EXPECT_FALSE(Write([id](Work& work) -> Result<void> {
                             EXPECT_EQ(work.codes.TakeUses(id, 1, 50), 1);
                             return kRefusal;
                         }).ok());
        });
        tasks.push_back([this] { EXPECT_FALSE(store->Redeem(MakeClaim("N0B0DY", "guest")).ok()); });
    }
    InOneGroup(tasks);
    EXPECT_EQ(CodeNow(id)->used_count, 5);
    EXPECT_THAT(FindMiscounts(database.config()), IsEmpty());
}

TEST_P(WritingContract, TheOrderOfFailuresDoesNotMatter) {
    // Every order of three kinds of body: writes, is refused after writing, throws after writing.
    std::vector<int> kinds = {0, 1, 2, 0};
    std::sort(kinds.begin(), kinds.end());
    int round = 0;
    do {
        std::vector<std::function<void()>> tasks;
        for (const int kind : kinds)
            tasks.push_back([this, kind, round] {
                const std::string key = std::to_string(kind) + "-" + std::to_string(round);
                const auto body = [&](Work& work) -> Result<void> {
                    work.facts.Set(key, "set");
                    if (kind == 1) return kRefusal;
                    if (kind == 2) throw std::out_of_range("mine");
                    return {};
                };
                try {
                    EXPECT_EQ(store->Transact(body).ok(), kind == 0);
                } catch (const std::out_of_range&) {
                    EXPECT_EQ(kind, 2);
                }
            });
        InOneGroup(tasks);
        EXPECT_TRUE(IsSet("0-" + std::to_string(round)));
        EXPECT_FALSE(IsSet("1-" + std::to_string(round)) || IsSet("2-" + std::to_string(round)));
    } while (std::next_permutation(kinds.begin(), kinds.end()) && ++round < 6);
}

TEST_P(WritingContract, AReadMayNotWrite) {
    EXPECT_THROW(store->Read([](Work& work) { work.facts.Set("color", "red"); }), std::logic_error);
    EXPECT_FALSE(IsSet("color"));
}

TEST_P(WritingContract, WhatWasAnsweredIsThereForEveryoneAtOnce) {
    const auto another = Open();
    for (int i = 0; i < 20; ++i) {
        Setting("key-" + std::to_string(i))();
        bool seen = false;
        another->Read(
            [&](Work& work) { seen = work.facts.Get("key-" + std::to_string(i)).has_value(); });
        EXPECT_TRUE(seen);
    }
}

// CODE-9: revoke, edit and redeem race.
TEST_P(WritingContract, EditsAndUsesRaceAndNeitherLosesTheOther) {
    const CodeId id = AddCode(MakeCode("ABC12345"));
    const auto another = Open();
    Together(12, [&](int n) {
        Store& door = n % 2 ? *store : *another;
        for (int i = 0; i < 10; ++i) {
            if (n < 6) {
                const std::string guest = std::to_string(n) + "-" + std::to_string(i);
                EXPECT_TRUE(door.Redeem(MakeClaim("ABC12345", guest)).ok());
            } else {
                EXPECT_TRUE(door.Transact([&](Work& work) -> Result<void> {
                                    Code code = *work.codes.FindForUpdate(id);
                                    code.notes += "x";
                                    work.codes.Save(code);
                                    return {};
                                })
                                .ok());
            }
        }
    });
    const auto code = CodeNow(id);
    EXPECT_EQ(code->used_count, 60);
    EXPECT_EQ(code->notes.size(), 60u);
    EXPECT_EQ(code->version, 61);
    EXPECT_THAT(FindMiscounts(database.config()), IsEmpty());
}

// Two nodes that touch the same rows in opposite orders: one of them must begin again, and does.
TEST_P(WritingContract, NodesThatLockInOppositeOrdersBothGetThrough) {
    const CodeId a = AddCode(MakeCode("ABC12345")), b = AddCode(MakeCode("0THER001"));
    const auto another = Open();
    Together(4, [&](int n) {
        Store& door = n % 2 ? *store : *another;
        for (int i = 0; i < 5; ++i)
            EXPECT_TRUE(door.Transact([&](Work& work) -> Result<void> {
                                work.codes.TakeUses(n % 2 ? a : b, 1, 50);
                                work.codes.TakeUses(n % 2 ? b : a, 1, 50);
                                return {};
                            })
                            .ok());
    });
    EXPECT_EQ(CodeNow(a)->used_count, 20);
    EXPECT_EQ(CodeNow(b)->used_count, 20);
}

TEST_P(WritingContract, AStoreThatEndsFinishesWhatItAccepted) {
    for (int round = 0; round < 10; ++round) {
        const std::string key = "round-" + std::to_string(round);
        std::thread caller(Setting(key));
        caller.join();
        store.reset();
        store = Open();
        EXPECT_TRUE(IsSet(key));
    }
    store->Ping();
}

}  // namespace
}  // namespace ostiary
