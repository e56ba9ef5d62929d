// The Redemptions port, and redeeming together, on every database.

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <latch>

#include "store/contract.h"

namespace ostiary {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class RedemptionsContract : public Contract {};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, RedemptionsContract, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

Redemption OfSubject(CodeId code, const std::string& subject) {
    Redemption redemption;
    redemption.code_id = code;
    redemption.application = "account-shop";
    redemption.subject = subject;
    redemption.email = subject + "@example.org";
    redemption.role = "staff";
    redemption.task_group = "general";
    redemption.aircraft_roles = {{"plane-1", "N12345", "pilot"}, {"plane-2", "N67890", "owner"}};
    redemption.redeemed_at = 70;
    return redemption;
}

Redemption OfAccount(CodeId code, const std::string& username) {
    Redemption redemption = OfSubject(code, "");
    redemption.application.clear();
    redemption.account_id = "account-" + username;
    redemption.account_name = username;
    return redemption;
}

void ExpectSame(const Redemption& a, const Redemption& b) {
    EXPECT_EQ(a.code_id, b.code_id);
    EXPECT_EQ(a.account_id, b.account_id);
    EXPECT_EQ(a.account_name, b.account_name);
    EXPECT_EQ(a.application, b.application);
    EXPECT_EQ(a.subject, b.subject);
    EXPECT_EQ(a.email, b.email);
    EXPECT_EQ(a.role, b.role);
    EXPECT_EQ(a.task_group, b.task_group);
    EXPECT_EQ(a.aircraft_roles, b.aircraft_roles);
    EXPECT_EQ(a.redeemed_at, b.redeemed_at);
    EXPECT_EQ(a.idempotency_key_hash, b.idempotency_key_hash);
}

// REG-7
TEST_P(RedemptionsContract, APersonRedeemsACodeOnce) {
    AddAccount("ann");
    const CodeId code = AddCode(MakeCode("ABC12345")), other = AddCode(MakeCode("0THER001"));
    Redemption first = OfAccount(code, "ann");
    first.idempotency_key_hash = "key-1";
    const auto add = [&](const Redemption& redemption) {
        return Write([&](Work& work) -> Result<void> {
            TRY(work.redemptions.Add(redemption));
            return {};
        });
    };
    ASSERT_TRUE(add(first).ok());
    ASSERT_FALSE(add(OfAccount(code, "ann")).ok());
    EXPECT_EQ(add(OfAccount(code, "ann")).error().reason, "redemption.again");
    EXPECT_TRUE(add(OfAccount(other, "ann")).ok());
    ExpectSame(*Read([&](Work& w) { return w.redemptions.FindByAccount(code, "account-ann"); }),
               first);
    ExpectSame(*Read([&](Work& w) { return w.redemptions.FindByIdempotencyKey("key-1"); }), first);
    EXPECT_FALSE(Read([&](Work& w) { return w.redemptions.FindByAccount(code, "account-bob"); }));
    EXPECT_FALSE(Read([&](Work& w) { return w.redemptions.FindByIdempotencyKey("key-2"); }));
}

// REG-12
TEST_P(RedemptionsContract, WhatADeletedAccountRedeemedStaysRedeemed) {
    AddAccount("ann");
    const CodeId code = AddCode(MakeCode("ABC12345"));
    const auto add = [&](Work& work) -> Result<void> {
        TRY(work.redemptions.Add(OfAccount(code, "ann")));
        return {};
    };
    ASSERT_TRUE(Write(add).ok());
    database.Execute("DELETE FROM account");
    const auto list = Read([&](Work& w) { return w.redemptions.ListOfCode(code, 0, 10); });
    ASSERT_EQ(list.size(), 1u);
    EXPECT_EQ(list[0].account_id, "");
    EXPECT_EQ(list[0].account_name, "ann");
    AddAccount("ann");
    EXPECT_FALSE(Write(add).ok());
}

TEST_P(RedemptionsContract, ManyAreAddedInOneGoAndEachKnowsWhetherItWasNew) {
    AddAccount("ann");
    const CodeId a = AddCode(MakeCode("ABC12345")), b = AddCode(MakeCode("0THER001"));
    const std::vector<Redemption> first = {OfSubject(a, "x"), OfAccount(a, "ann")};
    const std::vector<Redemption> second = {OfSubject(a, "x"),   OfSubject(b, "x"),
                                            OfSubject(a, "y"),   OfSubject(a, "y"),
                                            OfAccount(a, "ann"), OfAccount(b, "ann")};
    std::vector<std::optional<RedemptionId>> one, two;
    ASSERT_TRUE(Write([&](Work& work) { one = work.redemptions.AddAll(first); }).ok());
    ASSERT_TRUE(Write([&](Work& work) { two = work.redemptions.AddAll(second); }).ok());
    ASSERT_TRUE(
        Write([&](Work& work) { EXPECT_THAT(work.redemptions.AddAll({}), IsEmpty()); }).ok());
    ASSERT_EQ(one.size(), 2u);
    ASSERT_TRUE(one[0] && one[1]);
    ASSERT_EQ(two.size(), 6u);
    EXPECT_THAT(std::vector<bool>({!!two[0], !!two[1], !!two[2], !!two[3], !!two[4], !!two[5]}),
                ElementsAre(false, true, true, false, false, true));
    for (const std::size_t i : {1u, 2u}) {
        const auto found = Read([&](Work& w) {
            return w.redemptions.FindBySubject(second[i].code_id, second[i].application,
                                               second[i].subject);
        });
        ASSERT_TRUE(found);
        EXPECT_EQ(found->id, *two[i]);
        ExpectSame(*found, second[i]);
    }
}

TEST_P(RedemptionsContract, SubjectsAreFoundTogetherInTheOrderAsked) {
    const CodeId a = AddCode(MakeCode("ABC12345")), b = AddCode(MakeCode("0THER001"));
    ASSERT_TRUE(Write([&](Work& work) {
                    work.redemptions.AddAll(
                        std::vector{OfSubject(a, "x"), OfSubject(b, "y"), OfSubject(a, "y")});
                }).ok());
    const std::vector<SubjectKey> asked = {{a, "account-shop", "y"},
                                           {b, "account-shop", "x"},
                                           {a, "account-shop", "x"},
                                           {a, "account-else", "x"}};
    const auto found = Read([&](Work& w) { return w.redemptions.FindSubjects(asked); });
    ASSERT_EQ(found.size(), 4u);
    ASSERT_TRUE(found[0] && found[2]);
    EXPECT_FALSE(found[1] || found[3]);
    ExpectSame(*found[0], OfSubject(a, "y"));
    ExpectSame(*found[2], OfSubject(a, "x"));
    EXPECT_THAT(Read([&](Work& w) { return w.redemptions.FindSubjects({}); }), IsEmpty());
}

TEST_P(RedemptionsContract, RedemptionsAreReadOldestFirstFromWhereOneStopped) {
    const CodeId a = AddCode(MakeCode("ABC12345")), b = AddCode(MakeCode("0THER001"));
    ASSERT_TRUE(Write([&](Work& work) {
                    std::vector<Redemption> all;
                    for (int i = 0; i < 9; ++i)
                        all.push_back(OfSubject(i % 3 ? a : b, "s" + std::to_string(i)));
                    work.redemptions.AddAll(all);
                }).ok());
    const auto subjects = [&](auto list) {
        std::vector<std::string> names;
        for (const Redemption& redemption : Read(list)) names.push_back(redemption.subject);
        return names;
    };
    EXPECT_THAT(subjects([&](Work& w) { return w.redemptions.ListOfCode(b, 0, 2); }),
                ElementsAre("s0", "s3"));
    const RedemptionId s3 =
        Read([&](Work& w) { return w.redemptions.FindBySubject(b, "account-shop", "s3"); })->id;
    EXPECT_THAT(subjects([&](Work& w) { return w.redemptions.ListOfCode(b, s3, 5); }),
                ElementsAre("s6"));
    EXPECT_THAT(subjects([&](Work& w) {
                    return w.redemptions.ListSince("account-shop", s3, 3, clock.Now());
                }),
                ElementsAre("s4", "s5", "s6"));
    EXPECT_THAT(subjects([&](Work& w) {
                    return w.redemptions.ListSince("account-else", 0, 3, clock.Now());
                }),
                IsEmpty());
    // A busy code is read in another way, and reads the same.
    database.Execute("UPDATE code SET used_count = 1000000");
    EXPECT_THAT(subjects([&](Work& w) { return w.redemptions.ListOfCode(b, s3, 5); }),
                ElementsAre("s6"));
}

// REG-6
TEST_P(RedemptionsContract, TheLastUseGoesToExactlyOneGuest) {
    Code code = MakeCode("ABC12345");
    code.max_uses = 10;
    const CodeId id = AddCode(code);
    std::atomic<int> welcomed = 0, refused = 0;
    const auto another = Open();
    Together(40, [&](int n) {
        Store& door = n % 2 ? *store : *another;
        (door.Redeem(MakeClaim("ABC12345", "guest-" + std::to_string(n))).ok() ? welcomed
                                                                               : refused)++;
    });
    EXPECT_EQ(welcomed, 10);
    EXPECT_EQ(refused, 30);
    EXPECT_EQ(CodeNow(id)->used_count, 10);
    EXPECT_THAT(FindMiscounts(database.config()), IsEmpty());
    EXPECT_EQ(database.Number("SELECT count(*) FROM redemption"), 10);
    EXPECT_EQ(database.Number("SELECT count(*) FROM event"), 10);
}

// REG-6: from however many processes.
TEST_P(RedemptionsContract, SeveralProgramsNeverGiveOutMoreThanThereIs) {
    Code code = MakeCode("ABC12345");
    code.max_uses = 60;
    const CodeId id = AddCode(code);
    store.reset();  // no thread of ours lives on in the children
    std::vector<pid_t> programs;
    for (int p = 0; p < 4; ++p) {
        const pid_t child = fork();
        if (child == 0) {
            bool fine = true;
            try {
                const auto mine = Open();
                Together(5, [&](int n) {
                    for (int i = 0; i < 5; ++i) {
                        const std::string guest =
                            std::to_string(p) + "-" + std::to_string(n) + "-" + std::to_string(i);
                        const auto answer = mine->Redeem(MakeClaim("ABC12345", guest));
                        if (!answer.ok() && answer.error().kind != ErrorKind::kInvalid)
                            fine = false;
                    }
                });
            } catch (...) {
                fine = false;
            }
            _exit(fine ? 0 : 1);
        }
        programs.push_back(child);
    }
    for (const pid_t child : programs) {
        int status = 0;
        ASSERT_EQ(waitpid(child, &status, 0), child);
        EXPECT_EQ(status, 0);
    }
    store = Open();
    EXPECT_EQ(CodeNow(id)->used_count, 60);
    EXPECT_EQ(database.Number("SELECT count(*) FROM redemption"), 60);
    EXPECT_THAT(FindMiscounts(database.config()), IsEmpty());
}

// REG-7
TEST_P(RedemptionsContract, TheSameSubjectGetsTheFirstAnswerHoweverOftenItAsks) {
    const CodeId id = AddCode(MakeCode("ABC12345"));
    const auto another = Open();
    std::array<RedemptionId, 24> answers{};
    Together(24, [&](int n) {
        const auto answer = (n % 2 ? *store : *another).Redeem(MakeClaim("ABC12345", "ann"));
        answers[static_cast<std::size_t>(n)] = answer.ok() ? answer->id : -1;
    });
    EXPECT_THAT(answers, testing::Each(answers[0]));
    EXPECT_GT(answers[0], 0);
    EXPECT_EQ(CodeNow(id)->used_count, 1);
}

// REG-6: whoever does not wait for the answer is counted like the others.
TEST_P(RedemptionsContract, AClaimIsAnsweredOnceToWhoeverDidNotStay) {
    Code code = MakeCode("ABC12345");
    code.max_uses = 10;
    const CodeId id = AddCode(code);
    std::atomic<int> welcomed = 0, refused = 0;
    std::latch answered(40);
    Together(20, [&](int n) {
        const std::string guest = "guest-" + std::to_string(n);
        store->Redeem(MakeClaim("ABC12345", guest), [&, guest](ClaimOutcome outcome) {
            const auto answer = std::move(outcome).Take();
            EXPECT_TRUE(!answer.ok() || answer->subject == guest);
            (answer.ok() ? welcomed : refused)++;
            answered.count_down();
        });
        (store->Redeem(MakeClaim("ABC12345", guest + "-stays")).ok() ? welcomed : refused)++;
        answered.count_down();
    });
    answered.wait();
    EXPECT_EQ(welcomed, 10);
    EXPECT_EQ(refused, 30);
    EXPECT_EQ(CodeNow(id)->used_count, 10);
    EXPECT_THAT(FindMiscounts(database.config()), IsEmpty());
}

TEST_P(RedemptionsContract, ClaimsOnManyCodesAreEachAnsweredForTheirOwn) {
    for (int i = 0; i < 8; ++i) AddCode(MakeCode("MANY000" + std::to_string(i)));
    Together(32, [&](int n) {
        for (int i = 0; i < 8; ++i) {
            const std::string code = "MANY000" + std::to_string((n + i) % 9);
            const auto answer = store->Redeem(MakeClaim(code, "guest-" + std::to_string(n)));
            EXPECT_EQ(answer.ok(), (n + i) % 9 != 8);
            EXPECT_TRUE(!answer.ok() || answer->subject == "guest-" + std::to_string(n));
        }
    });
    EXPECT_THAT(FindMiscounts(database.config()), IsEmpty());
}

// REG-6: doctor finds what should never be.
TEST_P(RedemptionsContract, AWrongCounterIsFound) {
    const CodeId id = AddCode(MakeCode("ABC12345"));
    ASSERT_TRUE(store->Redeem(MakeClaim("ABC12345", "ann")).ok());
    EXPECT_THAT(FindMiscounts(database.config()), IsEmpty());
    database.Execute("UPDATE code SET used_count = 3");
    const auto wrong = FindMiscounts(database.config());
    ASSERT_EQ(wrong.size(), 1u);
    EXPECT_EQ(wrong[0].id, id);
    EXPECT_EQ(wrong[0].used_count, 3);
    EXPECT_EQ(wrong[0].redemptions, 1);
}

}  // namespace
}  // namespace ostiary
