// The Codes port, on every database.

#include <gmock/gmock.h>

#include "store/contract.h"

namespace ostiary {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class CodesContract : public Contract {};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, CodesContract, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

Code FullCode() {
    Code code = MakeCode("ABC12345");
    code.shown = "ABC-12345";
    code.email = "ann@example.org";
    code.name = "Ann";
    code.max_uses = 5;
    code.starts_at = 10;
    code.expires_at = 9'000'000'000'000;
    code.deactivated_at = 30;
    code.approval = Approval::kPending;
    code.approval_reason = "grants admin";
    code.email_domains = {"example.org", "example.net"};
    code.account_days = 90;
    code.notes = "first line\nsecond, with 'quotes' and ünïcode";
    code.welcome = "Welcome!";
    code.tags = {"spring", "50%_off"};
    code.template_name = "New Employee";
    return code;
}

void ExpectSame(const Code& a, const Code& b) {
    EXPECT_EQ(a.code, b.code);
    EXPECT_EQ(a.shown, b.shown);
    EXPECT_EQ(a.token, b.token);
    EXPECT_EQ(a.label, b.label);
    EXPECT_EQ(a.email, b.email);
    EXPECT_EQ(a.name, b.name);
    EXPECT_EQ(a.role, b.role);
    EXPECT_EQ(a.task_group, b.task_group);
    EXPECT_EQ(a.aircraft_roles, b.aircraft_roles);
    EXPECT_EQ(a.max_uses, b.max_uses);
    EXPECT_EQ(a.used_count, b.used_count);
    EXPECT_EQ(a.starts_at, b.starts_at);
    EXPECT_EQ(a.expires_at, b.expires_at);
    EXPECT_EQ(a.deactivated_at, b.deactivated_at);
    EXPECT_EQ(a.approval, b.approval);
    EXPECT_EQ(a.approved_by, b.approved_by);
    EXPECT_EQ(a.approval_reason, b.approval_reason);
    EXPECT_EQ(a.email_domains, b.email_domains);
    EXPECT_EQ(a.account_days, b.account_days);
    EXPECT_EQ(a.notes, b.notes);
    EXPECT_EQ(a.welcome, b.welcome);
    EXPECT_EQ(a.tags, b.tags);
    EXPECT_EQ(a.template_name, b.template_name);
    EXPECT_EQ(a.created_by_id, b.created_by_id);
    EXPECT_EQ(a.created_by, b.created_by);
    EXPECT_EQ(a.created_at, b.created_at);
    EXPECT_EQ(a.updated_at, b.updated_at);
    EXPECT_EQ(a.last_used_at, b.last_used_at);
}

TEST_P(CodesContract, ACodeComesBackAsItWasGiven) {
    AddAccount("ada");
    ASSERT_TRUE(Write([](Work& work) {
                    return work.aircraft.Add({"plane-1", "N12345", "Cessna", 1, {}});
                }).ok());
    ASSERT_TRUE(Write([](Work& work) {
                    return work.aircraft.Add({"plane-2", "D-EFGH", "", 1, {}});
                }).ok());
    Code code = FullCode();
    code.created_by_id = "account-ada";
    code.aircraft_roles = {{"plane-2", "D-EFGH", "owner"}, {"plane-1", "N12345", "pilot"}};
    const CodeId id = AddCode(code);
    EXPECT_EQ(id, 1);
    for (const auto& found :
         {CodeNow(id), Read([](Work& w) { return w.codes.FindByCode("ABC12345"); }),
          Read([&](Work& w) { return w.codes.FindByToken(code.token); }),
          Read([&](Work& w) { return w.codes.FindForUpdate(id); })}) {
        ASSERT_TRUE(found);
        EXPECT_EQ(found->id, id);
        EXPECT_EQ(found->version, 1);
        ExpectSame(*found, code);
    }
}

TEST_P(CodesContract, NobodyIsFoundWhereNothingIs) {
    EXPECT_FALSE(CodeNow(1));
    EXPECT_FALSE(Read([](Work& w) { return w.codes.FindByCode("ABC12345"); }));
    EXPECT_FALSE(Read([](Work& w) { return w.codes.FindByToken(""); }));
    EXPECT_FALSE(Read([](Work& w) { return w.codes.FindByCode(std::string("\xff\0'", 3)); }));
}

// CODE-1
TEST_P(CodesContract, TwoLivingCodesNeverReadTheSame) {
    const CodeId first = AddCode(MakeCode("SPRING26"));
    Code second = MakeCode("SPRING26");
    second.token = "another token";
    const auto refused = Write([&](Work& work) -> Result<void> {
        TRY(work.codes.Add(second));
        return {};
    });
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().reason, "code.taken");
    ASSERT_TRUE(Write([&](Work& work) { work.codes.Delete(first, 5); }).ok());
    EXPECT_NE(AddCode(second), first);
}

// CODE-7
TEST_P(CodesContract, ADeletedCodeIsFoundByItsNumberAlone) {
    const CodeId id = AddCode(MakeCode("ABC12345"));
    ASSERT_TRUE(Write([&](Work& work) { work.codes.Delete(id, 77); }).ok());
    ASSERT_TRUE(CodeNow(id));
    EXPECT_EQ(CodeNow(id)->deleted_at, 77);
    EXPECT_EQ(CodeNow(id)->code, "ABC12345");
    EXPECT_FALSE(Read([](Work& w) { return w.codes.FindByCode("ABC12345"); }));
    EXPECT_FALSE(Read([](Work& w) { return w.codes.FindByToken(MakeCode("ABC12345").token); }));
    EXPECT_THAT(Read([](Work& w) { return w.codes.List(EveryCode(), 1); }).codes, IsEmpty());
    EXPECT_THAT(Read([](Work& w) { return w.codes.Near("ABC12346", CodeScope::All(), 5); }),
                IsEmpty());
    EXPECT_EQ(database.Number("SELECT count(*) FROM code_fragment"), 0);
}

// CODE-9
TEST_P(CodesContract, SavingChangesWhatAPersonEditsAndNeverTheCounter) {
    ASSERT_TRUE(Write([](Work& work) {
                    return work.aircraft.Add({"plane-1", "N12345", "", 1, {}});
                }).ok());
    const CodeId id = AddCode(MakeCode("ABC12345"));
    ASSERT_TRUE(Write([&](Work& work) { EXPECT_EQ(work.codes.TakeUses(id, 2, 50), 2); }).ok());
    Code edited = FullCode();
    edited.id = id;
    edited.aircraft_roles = {{"plane-1", "N12345", "owner"}};
    edited.updated_at = 60;
    edited.used_count = 0;
    ASSERT_TRUE(Write([&](Work& work) { work.codes.Save(edited); }).ok());
    Code expected = edited;
    expected.shown = "ABC12345";  // the short code itself is nothing one edits
    expected.token = MakeCode("ABC12345").token;
    expected.used_count = 2;
    expected.last_used_at = 50;
    ExpectSame(*CodeNow(id), expected);
    EXPECT_EQ(CodeNow(id)->version, 2);
    edited.aircraft_roles.clear();
    ASSERT_TRUE(Write([&](Work& work) { work.codes.Save(edited); }).ok());
    EXPECT_THAT(CodeNow(id)->aircraft_roles, IsEmpty());
}

// CODE-9
TEST_P(CodesContract, TheDatabaseItselfRefusesFewerUsesThanWereTaken) {
    Code code = MakeCode("ABC12345");
    code.id = AddCode(code);
    ASSERT_TRUE(Write([&](Work& work) { work.codes.TakeUses(code.id, 3, 50); }).ok());
    code.max_uses = 2;
    EXPECT_THROW((void)Write([&](Work& work) { work.codes.Save(code); }), WorldFailure);
    EXPECT_FALSE(CodeNow(code.id)->max_uses);
}

// CODE-11
TEST_P(CodesContract, DeletingTheCreatorKeepsTheCodeAndTheName) {
    AddAccount("max");
    Code code = MakeCode("ABC12345");
    code.created_by_id = "account-max";
    code.created_by = "max";
    const CodeId id = AddCode(code);
    database.Execute("DELETE FROM account WHERE username = 'max'");
    ASSERT_TRUE(CodeNow(id));
    EXPECT_EQ(CodeNow(id)->created_by_id, "");
    EXPECT_EQ(CodeNow(id)->created_by, "max");
}

// REG-6
TEST_P(CodesContract, NoMoreUsesAreGivenThanAreLeft) {
    Code code = MakeCode("ABC12345");
    code.max_uses = 5;
    const CodeId id = AddCode(code);
    const auto take = [&](std::int64_t wanted) {
        std::int64_t given = -1;
        EXPECT_TRUE(Write([&](Work& work) { given = work.codes.TakeUses(id, wanted, 50); }).ok());
        return given;
    };
    EXPECT_EQ(take(2), 2);
    EXPECT_EQ(take(7), 3);
    EXPECT_EQ(take(1), 0);
    EXPECT_EQ(CodeNow(id)->used_count, 5);
    EXPECT_EQ(CodeNow(id)->last_used_at, 50);
}

// CODE-4, CODE-10
TEST_P(CodesContract, UsesAreGivenFromTheStartAndUpToTheLastInstantBeforeTheEnd) {
    Code code = MakeCode("ABC12345");
    code.starts_at = 1000;
    code.expires_at = 2000;
    const CodeId id = AddCode(code);
    ASSERT_TRUE(Write([&](Work& work) {
                    EXPECT_EQ(work.codes.TakeUses(id, 1, 999), 0);
                    EXPECT_EQ(work.codes.TakeUses(id, 1, 1000), 1);
                    EXPECT_EQ(work.codes.TakeUses(id, 1, 1999), 1);
                    EXPECT_EQ(work.codes.TakeUses(id, 1, 2000), 0);
                    EXPECT_EQ(work.codes.TakeUses(id + 1, 1, 1500), 0);
                }).ok());
    EXPECT_EQ(CodeNow(id)->used_count, 2);
}

TEST_P(CodesContract, ACodeThatIsNotUsableGivesNothing) {
    std::vector<CodeId> ids;
    for (const char* text : {"PENDING1", "REJECTED", "REVOKED1", "DE1ETED1"}) {
        Code code = MakeCode(text);
        if (code.code == "PENDING1") code.approval = Approval::kPending;
        if (code.code == "REJECTED") code.approval = Approval::kRejected;
        if (code.code == "REVOKED1") code.deactivated_at = 5;
        ids.push_back(AddCode(code));
    }
    ASSERT_TRUE(Write([&](Work& work) {
                    work.codes.Delete(ids[3], 5);
                    for (const CodeId id : ids) EXPECT_EQ(work.codes.TakeUses(id, 1, 50), 0) << id;
                }).ok());
}

TEST_P(CodesContract, UsesOfSeveralCodesAreTakenAtOnce) {
    Code few = MakeCode("FEW00001"), gone = MakeCode("GONE0001");
    few.max_uses = 2;
    gone.deactivated_at = 3;
    const CodeId a = AddCode(few), b = AddCode(MakeCode("MANY0001")), c = AddCode(gone);
    ASSERT_TRUE(Write([&](Work& work) {
                    const std::vector<Codes::Wanted> wanted = {{b, 40}, {a, 3}, {c, 1}, {c + 7, 1}};
                    EXPECT_THAT(work.codes.TakeUsesOfAll(wanted, 50), ElementsAre(40, 2, 0, 0));
                    EXPECT_THAT(work.codes.TakeUsesOfAll(std::vector<Codes::Wanted>{{a, 1}}, 50),
                                ElementsAre(0));
                    EXPECT_THAT(work.codes.TakeUsesOfAll({}, 50), IsEmpty());
                }).ok());
    EXPECT_EQ(CodeNow(a)->used_count, 2);
    EXPECT_EQ(CodeNow(b)->used_count, 40);
}

TEST_P(CodesContract, HeldCodesCarryWhatDecidingNeeds) {
    AddAccount("ada");
    ASSERT_TRUE(Write([](Work& work) {
                    return work.aircraft.Add({"plane-1", "N12345", "", 1, {}});
                }).ok());
    Code code = FullCode();
    code.created_by_id = "account-ada";
    code.aircraft_roles = {{"plane-1", "N12345", "pilot"}};
    AddCode(code);
    AddCode(MakeCode("0THER001"));
    ASSERT_TRUE(
        Write([&](Work& work) {
            const std::vector<std::string> asked = {"0THER001", "ABC12345", "ABC12345", "N0B0DY"};
            const auto held = work.codes.HoldByCodes(asked);
            ASSERT_EQ(held.size(), 2u);
            const Code& one = held[0].code == "ABC12345" ? held[0] : held[1];
            EXPECT_EQ(one.code, "ABC12345");
            EXPECT_EQ(one.label, code.label);
            EXPECT_EQ(one.email, code.email);
            EXPECT_EQ(one.role, code.role);
            EXPECT_EQ(one.task_group, code.task_group);
            EXPECT_EQ(one.max_uses, code.max_uses);
            EXPECT_EQ(one.starts_at, code.starts_at);
            EXPECT_EQ(one.expires_at, code.expires_at);
            EXPECT_EQ(one.deactivated_at, code.deactivated_at);
            EXPECT_EQ(one.approval, code.approval);
            EXPECT_EQ(one.email_domains, code.email_domains);
            EXPECT_EQ(one.account_days, code.account_days);
            EXPECT_EQ(one.created_by_id, code.created_by_id);
            EXPECT_EQ(one.aircraft_roles, code.aircraft_roles);
            EXPECT_THAT(work.codes.HoldByCodes({}), IsEmpty());
        }).ok());
}

// CODE-11
TEST_P(CodesContract, OnlyAnApprovedCodeCanBeSentBackToWait) {
    const CodeId approved = AddCode(MakeCode("ABC12345"));
    Code rejected = MakeCode("REJECTED");
    rejected.approval = Approval::kRejected;
    const CodeId no = AddCode(rejected);
    ASSERT_TRUE(Write([&](Work& work) {
                    work.codes.MarkPending(approved, 9);
                    work.codes.MarkPending(no, 9);
                }).ok());
    EXPECT_EQ(CodeNow(approved)->approval, Approval::kPending);
    EXPECT_EQ(CodeNow(approved)->version, 2);
    EXPECT_EQ(CodeNow(no)->approval, Approval::kRejected);
}

// REG-4
TEST_P(CodesContract, OneSlipOfTheFingerIsRecognised) {
    AddCode(MakeCode("ABC12345"));
    AddCode(MakeCode("ZZZZZZZZ"));
    const auto near = [&](std::string_view typed, const CodeScope& scope) {
        return Read([&](Work& w) { return w.codes.Near(typed, scope, 5); }).size();
    };
    for (const char* typed :
         {"ABD12345", "ABC1234", "BC12345", "ABC123455", "XABC12345", "BAC12345", "ABC12354"})
        EXPECT_EQ(near(typed, CodeScope::All()), 1u) << typed;
    for (const char* typed : {"ABD12346", "ABC123", "CBA12345", "", "ABC12345"})
        EXPECT_EQ(near(typed, CodeScope::All()), 0u) << typed;
    EXPECT_EQ(near("ABD12345", {false, "cleaning", "nobody"}), 1u);
    EXPECT_EQ(near("ABD12345", {false, "laundry", "nobody"}), 0u);
}

}  // namespace
}  // namespace ostiary
