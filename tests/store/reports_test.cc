// Reports are read from counters and from what they do not count yet: together they must say at
// every moment what the history itself says (docs/decisions/0016).

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <random>

#include "core/happenings.h"
#include "store/contract.h"

namespace ostiary {
namespace {

constexpr Millis kQuarter = 15 * kMinute;
constexpr Millis kStart = 1'790'000'000'000 / kDay * kDay;
constexpr const char* kKinds[] = {"joined", "redeemed", "refused", "created"};
// By kind, and quarter, reason, "role/group" or creator.
using Counts = std::map<std::pair<std::string, std::string>, std::int64_t>;

class ReportsContract : public Contract {
protected:
    static std::string NameOf(TallyKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

    CodeId AddCodeOf(const std::string& text, const std::string& role, const std::string& group,
                     const std::string& creator) {
        Code code = MakeCode(text);
        code.role = role;
        code.task_group = group;
        code.created_by = creator;
        code.created_by_id = "account-" + creator;
        return AddCode(code);
    }

    // One event or redemption, of any kind.
    Result<void> Happen(Work& work, std::mt19937& draw, const std::vector<CodeId>& codes,
                        const std::string& who) {
        const Code code = *work.codes.Find(codes[draw() % codes.size()]);
        const Millis at = kStart + static_cast<Millis>(draw() % 5) * kDay +
                          static_cast<Millis>(draw() % 96) * kQuarter +
                          static_cast<Millis>(draw() % 900'000);
        switch (draw() % 5) {
            case 0:
                work.events.Append(About(HappenedTo(EventKind::kCodeCreated, {}, at), code));
                break;
            case 1: {
                Event event = With(HappenedTo(EventKind::kRegistrationRefused, {}, at),
                                   RefusalDetails(draw() % 2 ? "code.expired" : "username.taken"));
                work.events.Append(draw() % 3 ? About(event, code) : event);
                break;
            }
            case 2:
                work.events.Append(About(HappenedTo(EventKind::kCodeEdited, {}, at), code));
                break;
            default: {
                Redemption one;
                one.code_id = code.id;
                one.redeemed_at = at;
                one.application = draw() % 2 ? "shop" : "";
                (one.application.empty() ? one.account_id : one.subject) =
                    one.application.empty() ? "account-max" : who;
                if (one.application.empty() &&
                    work.redemptions.FindByAccount(code.id, "account-max")) {
                    one.application = "shop", one.subject = who, one.account_id.clear();
                }
                one.role = code.role;
                one.task_group = code.task_group;
                TRY(work.redemptions.Add(one));
            }
        }
        return {};
    }

    // The same, looked up in the history itself.
    struct Recount {
        Counts quarters, shares, creators;
    };
    Recount RecountOf(const TallyQuery& query) {
        const std::string scope = query.scope.all ? "1 = 1"
                                                  : "(c.task_group = '" + query.scope.task_group +
                                                        "' OR c.created_by_id = '" +
                                                        query.scope.creator_id + "')";
        const auto within = [&](const std::string& at) {
            return at + " >= " + std::to_string(query.from) + " AND " + at + " < " +
                   std::to_string(query.until) + " AND " + scope;
        };
        const std::string uses =
            " FROM redemption r JOIN code c ON c.id = r.code_id WHERE " + within("r.redeemed_at");
        const std::string events =
            " FROM event r LEFT JOIN code c ON c.id = r.code_id WHERE r.kind IN ('code.created', "
            "'registration.refused') AND " +
            within("r.at");
        const std::string use = "CASE WHEN r.application = '' THEN 'joined' ELSE 'redeemed' END";
        const std::string event =
            "CASE WHEN r.kind = 'code.created' THEN 'created' ELSE 'refused' END";
        const std::string reason =
            " || ' ' || CASE WHEN r.details LIKE '%expired%' THEN 'code.expired' WHEN r.details "
            "LIKE "
            "'%taken%' THEN 'username.taken' ELSE '' END";
        Recount found;
        const auto count = [&](Counts& counts, const std::string& query_text) {
            for (const std::string& line : database.Texts(query_text)) {
                const auto bar = line.find('|');
                ++counts[{line.substr(0, bar), line.substr(bar + 1)}];
            }
        };
        count(found.quarters,
              "SELECT " + use + " || '|' || (r.redeemed_at / 900000) || ' '" + uses);
        count(found.quarters, "SELECT " + event + " || '|' || (r.at / 900000)" + reason + events);
        count(found.shares, "SELECT " + use + " || '|' || r.role || '/' || r.task_group" + uses);
        count(found.shares, "SELECT " + event + " || '|' || c.role || '/' || c.task_group" +
                                events + " AND c.id > 0");
        count(found.creators, "SELECT " + use + " || '|' || c.created_by" + uses);
        count(found.creators,
              "SELECT " + event + " || '|' || c.created_by" + events + " AND c.id > 0");
        return found;
    }

    Recount ToldOf(const TallyQuery& query) {
        Recount told;
        store->Read([&](Work& work) {
            told = {};
            for (const auto& one : work.reports.Quarters(query))
                told.quarters[{NameOf(one.kind),
                               std::to_string(one.at / kQuarter) + " " + one.reason}] += one.count;
            for (const auto& one : work.reports.Shares(query))
                told.shares[{NameOf(one.kind), one.role + "/" + one.task_group}] += one.count;
            for (const auto& one : work.reports.Creators(query))
                told.creators[{NameOf(one.kind), one.creator}] += one.count;
        });
        return told;
    }

    void ExpectToTellTheTruth(const std::string& when) {
        const std::vector<CodeScope> scopes = {CodeScope::All(),
                                               {false, "cleaning", "account-max"},
                                               {false, "laundry", "account-sam"}};
        const std::pair<Millis, Millis> stretches[] = {
            {kStart, kStart + 5 * kDay},
            {kStart + 7 * kQuarter, kStart + 3 * kDay - 5 * kQuarter},
            {kStart + kDay + kQuarter, kStart + kDay + 30 * kQuarter}};
        for (const CodeScope& scope : scopes)
            for (const auto& [from, until] : stretches) {
                const TallyQuery query{scope, from, until};
                const Recount truth = RecountOf(query), told = ToldOf(query);
                EXPECT_EQ(told.quarters, truth.quarters) << when;
                EXPECT_EQ(told.shares, truth.shares) << when;
                EXPECT_EQ(told.creators, truth.creators) << when;
            }
    }

    void CountAll() {
        for (int i = 0; i < 1000 && IsBehind(); ++i)
            ASSERT_TRUE(Write([&](Work& work) { work.reports.CountUp(7); }).ok());
        EXPECT_FALSE(IsBehind());
    }
    bool IsBehind() {
        return Read([](Work& work) { return work.reports.IsBehind(); });
    }

    std::vector<CodeId> ThreeCodes() {
        for (const char* name : {"max", "sam"}) AddAccount(name);
        return {AddCodeOf("ABC12345", "staff", "cleaning", "sam"),
                AddCodeOf("ABC12346", "manager", "general", "max"),
                AddCodeOf("ABC12347", "viewer", "general", "sam")};
    }
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, ReportsContract, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

// REP-1
TEST_P(ReportsContract, CountersAndWhatTheyDoNotCountYetTellTheHistoryAtEveryMoment) {
    const auto codes = ThreeCodes();
    std::mt19937 draw(3);
    for (int step = 0; step < 120; ++step) {
        ASSERT_TRUE(Write([&](Work& work) {
                        return Happen(work, draw, codes, "subject-" + std::to_string(step));
                    }).ok());
        if (step % 10 == 3) {
            ASSERT_TRUE(Write([](Work& work) { work.reports.CountUp(4); }).ok());
        }
        if (step % 30 == 29) ExpectToTellTheTruth("after step " + std::to_string(step));
    }
    CountAll();
    ExpectToTellTheTruth("with everything counted");
    EXPECT_GT(database.Number("SELECT count(*) FROM tally"), 0);
}

// REP-1
TEST_P(ReportsContract, NodesThatCountWhileOthersWriteCountEachThingOnce) {
    const auto codes = ThreeCodes();
    const auto other = Open();
    std::atomic<int> writers = 4;
    Together(6, [&](int n) {
        Store& node = n % 2 ? *other : *store;
        std::mt19937 draw(static_cast<unsigned>(n));
        if (n >= 4) {
            while (writers > 0) {
                const auto done = node.Transact([&](Work& work) -> Result<void> {
                    work.reports.CountUp(20);
                    return {};
                });
                EXPECT_TRUE(done.ok());
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
            return;
        }
        for (int i = 0; i < 60; ++i) {
            const auto before = draw;
            const auto done = node.Transact([&](Work& work) -> Result<void> {
                draw = before;  // a body may run again
                TRY(Happen(work, draw, codes, std::to_string(n) + "-" + std::to_string(i)));
                if (i % 7 == 0) return Error{ErrorKind::kConflict, "undone"};  // and leaves a hole
                return {};
            });
            // Of two who use a code for the same account at once, one is told so.
            if (i % 7 != 0 && !done.ok() && done.error().reason == "redemption.again") continue;
            EXPECT_EQ(done.ok(), i % 7 != 0) << (done.ok() ? "" : done.error().reason);
        }
        --writers;
    });
    ExpectToTellTheTruth("as they left it");
    CountAll();
    ExpectToTellTheTruth("with everything counted");
}

// A number that was given before another may be seen after it.
TEST_P(ReportsContract, WhatIsCommittedLateIsNotPassedOver) {
    if (GetParam() == DatabaseKind::kSqlite) GTEST_SKIP() << "SQLite has one writer at a time";
    const auto codes = ThreeCodes();
    std::atomic<bool> has_number = false, may_commit = false;
    const auto other = Open();
    std::thread late([&] {
        const auto done = other->Transact([&](Work& work) -> Result<void> {
            work.events.Append(HappenedTo(EventKind::kRegistrationRefused, {}, kStart + 5));
            has_number = true;
            while (!may_commit) std::this_thread::sleep_for(std::chrono::milliseconds(1));
            return {};
        });
        EXPECT_TRUE(done.ok());
    });
    while (!has_number) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    ASSERT_TRUE(Write([](Work& work) {
                    work.events.Append(HappenedTo(EventKind::kRegistrationRefused, {}, kStart + 6));
                }).ok());
    for (int i = 0; i < 5; ++i)
        ASSERT_TRUE(Write([](Work& work) { work.reports.CountUp(100); }).ok());
    EXPECT_EQ(database.Number("SELECT count(*) FROM tally"), 0) << "somebody is still writing";
    ExpectToTellTheTruth("while one is not committed");
    may_commit = true;
    late.join();
    ExpectToTellTheTruth("when it is");
    CountAll();
    ExpectToTellTheTruth("with everything counted");
    EXPECT_EQ(database.Number("SELECT CAST(sum(count) AS BIGINT) FROM tally WHERE whose = 0"), 2);
}

TEST_P(ReportsContract, TheTallyOfCodesKnowsHowManyWereUsed) {
    Code one = MakeCode("ABC12345"), two = MakeCode("ABC12346");
    one.max_uses = 3;
    const CodeId first = AddCode(one);
    AddCode(two);
    const auto used = [&] {
        for (int i = 0; i < 100 && Read([&](Work& w) { return w.codes.IsBehind(clock.Now()); });
             ++i)
            EXPECT_TRUE(Write([&](Work& work) { work.codes.CatchUp(clock.Now(), 100); }).ok());
        std::int64_t sum = 0, by_creator = 0;
        store->Read([&](Work& work) {
            for (const CodeTally& tally : work.codes.Tally(CodeScope::All())) sum += tally.used;
            for (const auto& tally : work.reports.CodesOfCreators(CodeScope::All()))
                by_creator += tally.used;
        });
        EXPECT_EQ(sum, by_creator);
        return sum;
    };
    EXPECT_EQ(used(), 0);
    for (const char* who : {"ann", "bob", "cec"}) {
        ASSERT_TRUE(store->Redeem(MakeClaim("ABC12345", who)).ok());
        EXPECT_EQ(used(), 1) << who;
    }
    ASSERT_TRUE(Write([&](Work& work) { work.codes.Delete(first, clock.Now()); }).ok());
    EXPECT_EQ(used(), 0);
}

TEST_P(ReportsContract, ADatabaseFromBeforeThereWereReportsIsCountedWhenItIsOpened) {
    const auto codes = ThreeCodes();
    std::mt19937 draw(9);
    for (int step = 0; step < 40; ++step)
        ASSERT_TRUE(Write([&](Work& work) {
                        return Happen(work, draw, codes, "subject-" + std::to_string(step));
                    }).ok());
    store = Open();
    EXPECT_FALSE(IsBehind());
    ExpectToTellTheTruth("reopened");
}

TEST_P(ReportsContract, CodesThatEndSoonAreCountedUpToABound) {
    for (int i = 0; i < 5; ++i) {
        Code code = MakeCode("ABC1234" + std::to_string(i));
        code.expires_at = clock.Now() + (i + 1) * kDay;
        AddCode(code);
    }
    const auto count = [&](Millis days, std::size_t most) {
        return Read([&](Work& work) {
            return work.reports.CountExpiring(CodeScope::All(), clock.Now(),
                                              clock.Now() + days * kDay, most);
        });
    };
    EXPECT_EQ(count(3, 10), 3);
    EXPECT_EQ(count(9, 10), 5);
    EXPECT_EQ(count(9, 2), 2);
}

}  // namespace
}  // namespace ostiary
