// What hangs on people: deleted accounts, who may use an aircraft, reset links, and the pages of
// the audit log, on every database.

#include <gmock/gmock.h>

#include "store/contract.h"

namespace ostiary {
namespace {

using testing::ElementsAre;

class AccessContract : public Contract {
protected:
    void AddPlane(const std::string& registration) {
        ASSERT_TRUE(
            Write([&](Work& work) {
                return work.aircraft.Add({"plane-" + registration, registration, "a plane", 5, {}});
            }).ok());
    }
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, AccessContract, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

// CODE-11, PERM-7: what somebody did outlives their account, and nobody active can be deleted.
TEST_P(AccessContract, ADeletedAccountLeavesItsCodesAndRedemptions) {
    AddAccount("ann");
    Code code = MakeCode("ABC12345");
    code.created_by_id = "account-ann";
    const CodeId id = AddCode(code);
    Redemption use;
    use.code_id = id;
    use.account_id = "account-ann";
    use.account_name = "ann";
    ASSERT_TRUE(Write([&](Work& work) -> Result<void> {
                    TRY(work.redemptions.Add(use));
                    EXPECT_EQ(work.redemptions.ListOfAccount("account-ann", 5).size(), 1u);
                    EXPECT_FALSE(work.accounts.Delete("account-ann"));
                    Account ann = *work.accounts.FindForUpdate("account-ann");
                    ann.deactivated_at = 5;
                    TRY(work.accounts.Save(ann));
                    EXPECT_TRUE(work.accounts.Delete("account-ann"));
                    EXPECT_FALSE(work.accounts.Delete("account-ann"));
                    return {};
                }).ok());
    EXPECT_EQ(CodeNow(id)->created_by, "ada");
    EXPECT_EQ(CodeNow(id)->created_by_id, "");
    const auto uses = Read([&](Work& w) { return w.redemptions.ListOfCode(id, 0, 5); });
    ASSERT_EQ(uses.size(), 1u);
    EXPECT_EQ(uses[0].account_name, "ann");
}

// ADM-5
TEST_P(AccessContract, AnAircraftKnowsWhoHoldsItAndWhichCodesGrantIt) {
    for (const char* name : {"bob", "ann"}) AddAccount(name);
    AddPlane("N12345");
    AddPlane("N67890");
    Code code = MakeCode("ABC12345");
    code.aircraft_roles = {{"plane-N12345", "N12345", "owner"}};
    const CodeId id = AddCode(code);
    ASSERT_TRUE(Write([&](Work& work) {
                    work.accounts.SetAircraftRole("account-ann", "plane-N12345", "pilot", 7);
                    work.accounts.SetAircraftRole("account-bob", "plane-N12345", "owner", 8);
                }).ok());
    const auto holders = Read([](Work& w) { return w.aircraft.Holders("plane-N12345", "", 9, 9); });
    ASSERT_EQ(holders.size(), 2u);
    EXPECT_EQ(holders[0].username, "ann");
    EXPECT_EQ(holders[0].role, "pilot");
    EXPECT_EQ(holders[0].granted_at, 7);
    EXPECT_TRUE(holders[0].is_active);
    const auto rest = Read([](Work& w) { return w.aircraft.Holders("plane-N12345", "ann", 9, 9); });
    ASSERT_EQ(rest.size(), 1u);
    EXPECT_EQ(rest[0].username, "bob");
    const auto codes = Read([](Work& w) { return w.aircraft.GrantingCodes("plane-N12345", 9); });
    ASSERT_EQ(codes.size(), 1u);
    EXPECT_EQ(codes[0].id, id);
    EXPECT_EQ(codes[0].role, "owner");
    const auto counts = Read([](Work& w) { return w.aircraft.CountHolders(); });
    EXPECT_EQ(counts.size(), 1u);
    EXPECT_EQ(counts.at("plane-N12345"), 2);
    EXPECT_FALSE(Write([](Work& w) -> Result<void> {
                     if (w.aircraft.Delete("plane-N12345")) return {};
                     return Error{ErrorKind::kConflict, "in use"};
                 }).ok());
    EXPECT_TRUE(Write([](Work& w) { EXPECT_TRUE(w.aircraft.Delete("plane-N67890")); }).ok());
}

TEST_P(AccessContract, AnAccountHasOneResetLinkAtMost) {
    AddAccount("ann");
    ASSERT_TRUE(Write([](Work& w) {
                    w.resets.Put({"account-ann", "first", 1, 10, "ada"});
                    w.resets.Put({"account-ann", "second", 2, 20, "max"});
                }).ok());
    EXPECT_FALSE(Read([](Work& w) { return w.resets.FindByHash("first"); }));
    const auto reset = Read([](Work& w) { return w.resets.FindByHash("second"); });
    ASSERT_TRUE(reset);
    EXPECT_EQ(reset->account_id, "account-ann");
    EXPECT_EQ(reset->expires_at, 20);
    EXPECT_EQ(reset->created_by, "max");
    ASSERT_TRUE(Write([](Work& w) {
                    EXPECT_EQ(w.resets.DeleteExpired(19), 0u);
                    EXPECT_EQ(w.resets.DeleteExpired(20), 1u);
                    EXPECT_FALSE(w.resets.End("account-ann"));
                }).ok());
}

TEST_P(AccessContract, EventsAreReadPageByPageInBothDirectionsAndByKindAndPerson) {
    ASSERT_TRUE(Write([](Work& work) {
                    for (int n = 0; n < 7; ++n) {
                        Event event;
                        event.at = n;
                        event.kind = n % 2 ? EventKind::kCodeCreated : EventKind::kLoggedIn;
                        event.actor_id = n < 4 ? "ann" : "bob";
                        event.subject_id = n == 6 ? "ann" : "";
                        work.events.Append(event);
                    }
                }).ok());
    const auto moments = [&](const EventPage& page) {
        std::vector<Millis> list;
        for (const Event& event : page.events) list.push_back(event.at);
        return list;
    };
    const auto ask = [&](EventQuery query) {
        return Read([&](Work& w) { return w.events.List(query); });
    };
    EventQuery query;
    query.page_size = 3;
    const EventPage first = ask(query);
    EXPECT_THAT(moments(first), ElementsAre(6, 5, 4));
    EXPECT_TRUE(first.has_older);
    EXPECT_FALSE(first.has_newer);
    query.cursor = first.events.back().id;
    const EventPage second = ask(query);
    EXPECT_THAT(moments(second), ElementsAre(3, 2, 1));
    EXPECT_TRUE(second.has_newer);
    query.cursor = second.events.front().id;
    query.newer = true;
    const EventPage again = ask(query);
    EXPECT_THAT(moments(again), ElementsAre(6, 5, 4));
    EXPECT_TRUE(again.has_older);
    EXPECT_FALSE(again.has_newer);
    EventQuery codes;
    codes.kind = "code.";
    EXPECT_THAT(moments(ask(codes)), ElementsAre(5, 3, 1));
    EventQuery about_ann;
    about_ann.person = "ann";
    EXPECT_THAT(moments(ask(about_ann)), ElementsAre(6, 3, 2, 1, 0));
}

}  // namespace
}  // namespace ostiary
