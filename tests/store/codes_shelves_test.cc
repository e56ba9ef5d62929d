// Lists are read from shelves: whatever has happened to the codes, they must tell what the codes
// themselves would tell (docs/decisions/0008).

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "core/codes.h"
#include "store/contract.h"

namespace ostiary {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kRoles[] = {"staff", "manager", "viewer"};
constexpr const char* kGroups[] = {"general", "cleaning", "laundry"};
constexpr const char* kCreators[] = {"max", "sam", "vic"};
constexpr const char* kStatuses[] = {"",          "pending", "inactive", "expired", "exhausted",
                                     "scheduled", "warning", "active",   "usable"};

class ShelvesContract : public Contract {
protected:
    void CatchUp() {
        for (int i = 0; i < 1000 && IsBehind(); ++i)
            ASSERT_TRUE(Write([&](Work& work) { work.codes.CatchUp(clock.Now(), 100); }).ok());
        EXPECT_FALSE(IsBehind());
    }
    bool IsBehind() {
        return Read([&](Work& work) { return work.codes.IsBehind(clock.Now()); });
    }
    CodePage Page(const CodeQuery& query) {
        return Read([&](Work& work) { return work.codes.List(query, clock.Now()); });
    }
    std::vector<CodeId> Ids(const CodeQuery& query) {
        std::vector<CodeId> ids;
        for (const Code& code : Page(query).codes) ids.push_back(code.id);
        return ids;
    }
    // What a shelf says it holds is what stands on it.
    void ExpectCountsToAgree() {
        EXPECT_EQ(
            database.Number("SELECT count(*) FROM shelf s WHERE s.codes + COALESCE((SELECT "
                            "sum(x.codes) FROM shelf_change x WHERE x.shelf = s.id), 0) <> (SELECT "
                            "count(*) FROM shelved_code l WHERE l.shelf = s.id)"),
            0);
    }
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, ShelvesContract, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

// Codes of every kind, to which everything happens that can happen, in any order.
class Turmoil {
public:
    Turmoil(const HandClock& clock, unsigned seed) : clock_(clock), draw_(seed) {}

    Code NewCode() {
        Code code = MakeCode("TVRM" + std::to_string(1000 + ++made_));
        code.created_at = code.updated_at = clock_.Now();
        code.created_by = OneOf(kCreators);
        code.created_by_id = Draw(4) ? "account-" + code.created_by : "";
        Change(code);
        return code;
    }

    void Change(Code& code) {
        code.updated_at = clock_.Now();
        code.role = OneOf(kRoles);
        code.task_group = OneOf(kGroups);
        code.label = std::string(1, static_cast<char>('a' + Draw(5))) + " label";
        code.approval = Draw(6) ? Approval::kApproved : static_cast<Approval>(Draw(3));
        code.deactivated_at.reset();
        if (Draw(6) == 0) code.deactivated_at = clock_.Now();
        code.starts_at = SomeMoment();
        code.expires_at = SomeMoment();
        code.max_uses.reset();
        if (Draw(3)) code.max_uses = code.used_count + static_cast<std::int64_t>(Draw(4));
        if (code.max_uses == 0) code.max_uses = 1;
    }

    std::uint64_t Draw(std::uint64_t below) { return draw_() % below; }

private:
    std::optional<Millis> SomeMoment() {
        if (Draw(2)) return std::nullopt;
        return clock_.Now() + static_cast<Millis>(Draw(7)) - 3;
    }
    template <std::size_t N>
    const char* OneOf(const char* const (&texts)[N]) {
        return texts[Draw(N)];
    }

    const HandClock& clock_;
    std::mt19937 draw_;
    int made_ = 0;
};

bool IsFound(const Code& code, const CodeQuery& query, Millis now) {
    const CodeStatus status = StatusAt(code, now);
    return !code.deleted_at && (query.role.empty() || code.role == query.role) &&
           (query.task_group.empty() || code.task_group == query.task_group) &&
           (query.created_by.empty() || code.created_by == query.created_by) &&
           (query.status.empty() || query.status == NameOf(status) ||
            (query.status == "usable" && IsUsable(status))) &&
           (query.scope.all || code.task_group == query.scope.task_group ||
            (!code.created_by_id.empty() && code.created_by_id == query.scope.creator_id));
}

// CODE-4, PERM-4
TEST_P(ShelvesContract, WhateverHappensEveryFilterFindsExactlyWhatTheCodesSay) {
    for (const char* name : kCreators) AddAccount(name);
    Turmoil turmoil(clock, 7);
    std::vector<CodeId> ids;
    for (int step = 0; step < 300; ++step) {
        ASSERT_TRUE(Write([&](Work& work) -> Result<void> {
                        if (ids.size() < 60 || turmoil.Draw(4) == 0) {
                            ids.push_back(TRY(work.codes.Add(turmoil.NewCode())));
                            return {};
                        }
                        const CodeId id = ids[turmoil.Draw(ids.size())];
                        auto code = *work.codes.FindForUpdate(id);
                        if (code.deleted_at) return {};
                        switch (turmoil.Draw(8)) {
                            case 0: work.codes.Delete(id, clock.Now()); break;
                            case 1: work.codes.MarkPending(id, clock.Now()); break;
                            case 2:
                            case 3:
                                turmoil.Change(code);
                                work.codes.Save(code);
                                break;
                            default: work.codes.TakeUses(id, 1, clock.Now());
                        }
                        return {};
                    }).ok());
        if (turmoil.Draw(10) == 0) ++clock.now;
    }
    CatchUp();
    ExpectCountsToAgree();
    std::vector<Code> codes;
    for (const CodeId id : ids) codes.push_back(*CodeNow(id));
    const Millis now = clock.Now();
    const std::vector<CodeScope> scopes = {
        CodeScope::All(), {false, "cleaning", "account-max"}, {false, "nobody's", "account-sam"}};
    for (const CodeScope& scope : scopes)
        for (const char* status : kStatuses)
            for (const char* role : {"", "staff"})
                for (const char* group : {"", "cleaning"})
                    for (const char* creator : {"", "max", "sam"}) {
                        CodeQuery query;
                        query.scope = scope, query.status = status, query.role = role;
                        query.task_group = group, query.created_by = creator;
                        query.order = CodeOrder::kOldest;
                        query.page_size = 1000, query.count = true;
                        std::vector<CodeId> expected;
                        for (const Code& code : codes)
                            if (IsFound(code, query, now)) expected.push_back(code.id);
                        EXPECT_EQ(Ids(query), expected)
                            << status << " " << role << " " << group << " " << creator;
                        EXPECT_EQ(Page(query).total, static_cast<std::int64_t>(expected.size()));
                        EXPECT_EQ(
                            Read([&](Work& work) { return work.codes.ListIds(query, 0, 1000); }),
                            expected);
                    }
}

TEST_P(ShelvesContract, TheTallyCountsEachKindOfCode) {
    Turmoil turmoil(clock, 11);
    std::map<std::string, std::int64_t> expected, tallied;
    ASSERT_TRUE(Write([&](Work& work) -> Result<void> {
                    expected.clear();
                    for (int i = 0; i < 50; ++i) {
                        Code code = turmoil.NewCode();
                        code.created_by_id.clear();
                        TRY(work.codes.Add(code));
                        ++expected[std::string(NameOf(StatusAt(code, clock.Now()))) + code.role +
                                   code.task_group];
                    }
                    return {};
                }).ok());
    const auto tally = Read([](Work& work) { return work.codes.Tally(CodeScope::All()); });
    for (const CodeTally& row : tally)
        tallied[std::string(NameOf(row.status)) + row.role + row.task_group] = row.codes;
    EXPECT_EQ(tallied, expected);
    const auto team = Read([](Work& work) {
        return work.codes.Tally({false, "laundry", "account-max"});
    });
    for (const CodeTally& row : team) EXPECT_EQ(row.task_group, "laundry");
}

// Every order, with and without a filter, page by page: with so many shelves each gives a share.
TEST_P(ShelvesContract, PagesAreTheSameHoweverManyShelvesTheyComeFrom) {
    Turmoil turmoil(clock, 3);
    ASSERT_TRUE(Write([&](Work& work) -> Result<void> {
                    for (int i = 0; i < 150; ++i) {
                        Code code = turmoil.NewCode();
                        code.created_by_id.clear();
                        code.used_count = static_cast<std::int64_t>(turmoil.Draw(5));
                        code.max_uses.reset();
                        if (turmoil.Draw(3)) code.last_used_at = 5 + turmoil.Draw(9);
                        TRY(work.codes.Add(code));
                    }
                    return {};
                }).ok());
    for (const char* status : {"", "usable", "inactive"})
        for (int number = 0; number <= static_cast<int>(CodeOrder::kLabel); ++number) {
            CodeQuery query = EveryCode();
            query.status = status;
            query.order = static_cast<CodeOrder>(number);
            query.page_size = 1000;
            const auto all = Ids(query);
            std::vector<CodeId> walked;
            for (query.page_size = 7;;) {
                const CodePage page = Page(query);
                for (const Code& code : page.codes) walked.push_back(code.id);
                if (page.next.empty()) break;
                query.cursor = page.next;
            }
            EXPECT_EQ(walked, all) << status << number;
        }
}

TEST_P(ShelvesContract, ARedemptionIsSettledLaterAndLeavesNoMarkBehind) {
    Code single = MakeCode("S1NG1E00");
    single.max_uses = 1;
    AddCode(single);
    EXPECT_FALSE(IsBehind());
    ASSERT_TRUE(store->Redeem(MakeClaim("S1NG1E00", "ann")).ok());
    EXPECT_TRUE(IsBehind());
    CodeQuery query = EveryCode();
    query.status = "exhausted";
    EXPECT_THAT(Ids(query), IsEmpty());
    CatchUp();
    EXPECT_EQ(Ids(query).size(), 1u);
    query.status = "usable";
    EXPECT_THAT(Ids(query), IsEmpty());
    EXPECT_EQ(database.Number("SELECT count(*) FROM unsettled_code"), 0);
}

TEST_P(ShelvesContract, ARedemptionThatIsUndoneChangesNothing) {
    const CodeId id = AddCode(MakeCode("ABC12345"));
    EXPECT_FALSE(Write([&](Work& work) -> Result<void> {
                     work.codes.TakeUses(id, 1, clock.Now());
                     return Error{ErrorKind::kConflict, "no"};
                 }).ok());
    CatchUp();
    CodeQuery query = EveryCode();
    query.order = CodeOrder::kMostUsed;
    EXPECT_EQ(Page(query).codes.at(0).used_count, 0);
    ExpectCountsToAgree();
}

TEST_P(ShelvesContract, NodesThatChangeAndSettleAtOnceLoseNothing) {
    const auto other = Open();
    std::vector<CodeId> ids;
    for (int i = 0; i < 12; ++i) {
        Code code = MakeCode("N0DE" + std::to_string(1000 + i));
        code.max_uses = 4;
        ids.push_back(AddCode(code));
    }
    Together(4, [&](int n) {
        Store& node = n % 2 ? *other : *store;
        for (int i = 0; i < 24; ++i) {
            const CodeId id = ids[static_cast<std::size_t>(i * (n + 1)) % ids.size()];
            const auto done = node.Transact([&](Work& work) -> Result<void> {
                if (i % 3 == 0) {
                    auto code = *work.codes.FindForUpdate(id);
                    code.label = "by " + std::to_string(n);
                    work.codes.Save(code);
                } else if (i % 3 == 1) {
                    work.codes.TakeUses(id, 1, clock.Now());
                } else {
                    work.codes.CatchUp(clock.Now(), 50);
                }
                return {};
            });
            EXPECT_TRUE(done.ok());
        }
    });
    CatchUp();
    ExpectCountsToAgree();
    for (const char* status : kStatuses) {
        CodeQuery query = EveryCode();
        query.status = status;
        query.order = CodeOrder::kOldest;
        std::vector<CodeId> expected;
        for (const CodeId id : ids)
            if (IsFound(*CodeNow(id), query, clock.Now())) expected.push_back(id);
        EXPECT_EQ(Ids(query), expected) << status;
    }
}

// OPS-4
TEST_P(ShelvesContract, ADatabaseFromBeforeThereWereShelvesIsBroughtAlong) {
    Turmoil turmoil(clock, 5);
    std::vector<CodeId> ids;
    for (int i = 0; i < 40; ++i) {
        Code code = turmoil.NewCode();
        code.created_by_id.clear();
        if (i % 4 == 0) code.tags = {"spring", "crew"};
        if (i % 4 == 1) code.tags = {"crew"};
        ids.push_back(AddCode(code));
    }
    ASSERT_TRUE(Write([&](Work& work) { work.codes.Delete(ids[0], clock.Now()); }).ok());
    store.reset();
    database.Execute(
        "DROP TABLE shelf; DROP TABLE shelf_change; DROP TABLE shelved_code;"
        "DROP TABLE unsettled_code; DROP TABLE code_tag;"
        "DROP TABLE tally; DROP TABLE tally_position;"
        "DELETE FROM schema_migration WHERE number IN (2, 3, 9);"
        "CREATE INDEX code_by_expiry ON code (expires_at);");
    database.Execute(GetParam() == DatabaseKind::kSqlite
                         ? "DROP TRIGGER code_search_added; DROP TRIGGER code_search_changed;"
                           "DROP TABLE code_search;"
                         : "DROP INDEX code_search;");
    // Several nodes start at once; whoever is ready shows all codes.
    std::array<std::unique_ptr<Store>, 3> nodes;
    Together(3, [&](int n) {
        auto node = Open();
        node->Read([&](Work& work) { EXPECT_FALSE(work.codes.IsBehind(clock.Now())); });
        nodes[static_cast<std::size_t>(n)] = std::move(node);
    });
    store = std::move(nodes[0]);
    EXPECT_FALSE(IsBehind());
    ExpectCountsToAgree();
    for (const char* status : kStatuses) {
        CodeQuery query = EveryCode();
        query.status = status;
        query.order = CodeOrder::kOldest;
        query.page_size = 100;
        std::vector<CodeId> expected;
        for (const CodeId id : ids)
            if (IsFound(*CodeNow(id), query, clock.Now())) expected.push_back(id);
        EXPECT_EQ(Ids(query), expected) << status;
    }
    CodeQuery query = EveryCode();
    query.search = "c label";
    EXPECT_FALSE(Ids(query).empty());
    query.search.clear();
    query.count = true;
    query.tag = "spring";
    EXPECT_EQ(Page(query).total, 9) << "the first was deleted";
    query.tag = "crew";
    EXPECT_EQ(Page(query).total, 19);
}

}  // namespace
}  // namespace ostiary
