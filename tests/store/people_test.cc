// Accounts, aircraft, sessions, tokens, events and facts, on every database.

#include <gmock/gmock.h>

#include "store/contract.h"

namespace ostiary {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class PeopleContract : public Contract {
protected:
    void AddPlane(const std::string& registration) {
        ASSERT_TRUE(
            Write([&](Work& work) {
                return work.aircraft.Add({"plane-" + registration, registration, "a plane", 5, {}});
            }).ok());
    }
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, PeopleContract, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

void ExpectSame(const Account& a, const Account& b) {
    EXPECT_EQ(a.id, b.id);
    EXPECT_EQ(a.username, b.username);
    EXPECT_EQ(a.username_key, b.username_key);
    EXPECT_EQ(a.name, b.name);
    EXPECT_EQ(a.email, b.email);
    EXPECT_EQ(a.email_key, b.email_key);
    EXPECT_EQ(a.password_hash, b.password_hash);
    EXPECT_EQ(a.role, b.role);
    EXPECT_EQ(a.task_group, b.task_group);
    EXPECT_EQ(a.is_staff, b.is_staff);
    EXPECT_EQ(a.is_superuser, b.is_superuser);
    EXPECT_EQ(a.deactivated_at, b.deactivated_at);
    EXPECT_EQ(a.ends_at, b.ends_at);
    EXPECT_EQ(a.joined_at, b.joined_at);
    EXPECT_EQ(a.last_login_at, b.last_login_at);
    EXPECT_EQ(a.time_zone, b.time_zone);
    EXPECT_EQ(a.joined_with, b.joined_with);
}

TEST_P(PeopleContract, AnAccountComesBackAsItWasGivenAndAsItWasSaved) {
    Account ann = MakeAccount("ann");
    ann.username = "Ann";
    ann.is_staff = true;
    ann.deactivated_at = 7;
    ann.ends_at = 8;
    ann.joined_with = 44;
    ASSERT_TRUE(Write([&](Work& work) { return work.accounts.Add(ann); }).ok());
    ExpectSame(*Read([](Work& w) { return w.accounts.Find("account-ann"); }), ann);
    ExpectSame(*Read([](Work& w) { return w.accounts.FindByUsername("ann"); }), ann);
    ExpectSame(*Read([](Work& w) { return w.accounts.FindByEmail("ann@example.org"); }), ann);
    EXPECT_FALSE(Read([](Work& w) { return w.accounts.FindByUsername("Ann"); }));

    Account saved = MakeAccount("anna");
    saved.id = ann.id;
    saved.is_superuser = true;
    saved.joined_with = ann.joined_with;  // how somebody joined is not edited
    ASSERT_TRUE(Write([&](Work& work) -> Result<void> {
                    EXPECT_TRUE(work.accounts.FindForUpdate(ann.id));
                    TRY(work.accounts.Save(saved));
                    work.accounts.RecordLogin(ann.id, 99);
                    return {};
                }).ok());
    saved.last_login_at = 99;
    const auto found = Read([](Work& w) { return w.accounts.Find("account-ann"); });
    ExpectSame(*found, saved);
    EXPECT_EQ(found->version, 2);
}

// REG-5
TEST_P(PeopleContract, TheDatabaseSaysWhichOfNameAndAddressIsTaken) {
    AddAccount("ann");
    AddAccount("bob");
    Account same_name = MakeAccount("ann"), same_address = MakeAccount("cat");
    same_name.id = "account-2";
    same_name.email_key = "other@example.org";
    same_address.email_key = "ann@example.org";
    const auto add = [&](const Account& account) {
        return Write([&](Work& work) { return work.accounts.Add(account); });
    };
    EXPECT_EQ(add(same_name).error().reason, "username.taken");
    EXPECT_EQ(add(same_address).error().reason, "email.taken");
    Account bob = *Read([](Work& w) { return w.accounts.Find("account-bob"); });
    bob.username_key = "ann";
    EXPECT_EQ(Write([&](Work& work) { return work.accounts.Save(bob); }).error().reason,
              "username.taken");
    bob.username_key = "bob";
    bob.email_key = "ann@example.org";
    EXPECT_EQ(Write([&](Work& work) { return work.accounts.Save(bob); }).error().reason,
              "email.taken");
    bob.email_key = "bob@example.org";
    EXPECT_TRUE(Write([&](Work& work) { return work.accounts.Save(bob); }).ok());
}

// REG-5: however many arrive at once.
TEST_P(PeopleContract, OfManyWhoWantOneNameExactlyOneGetsIt) {
    const auto another = Open();
    std::atomic<int> welcomed = 0, refused = 0;
    Together(16, [&](int n) {
        Account ann = MakeAccount("ann");
        ann.id += std::to_string(n);
        const auto added = (n % 2 ? *store : *another).Transact([&](Work& work) {
            return work.accounts.Add(ann);
        });
        (added.ok() ? welcomed : refused)++;
        EXPECT_TRUE(added.ok() || added.error().reason == "username.taken");
    });
    EXPECT_EQ(welcomed, 1);
    EXPECT_EQ(refused, 15);
}

// PERM-7
TEST_P(PeopleContract, ActiveSuperusersAreHeld) {
    EXPECT_FALSE(Read([](Work& w) { return w.accounts.AnySuperuser(); }));
    for (const char* name : {"bea", "cat", "eve", "ada"}) {
        Account account = MakeAccount(name);
        account.is_superuser = account.username != "cat";
        if (account.username == "bea") account.deactivated_at = 5;
        if (account.username == "eve") account.ends_at = 9'000'000'000'000;  // will not stay
        if (account.username == "ada") {
            EXPECT_FALSE(Read([](Work& w) { return w.accounts.AnySuperuser(); }));
        }
        ASSERT_TRUE(Write([&](Work& work) { return work.accounts.Add(account); }).ok());
    }
    ASSERT_TRUE(Write([&](Work& work) {
                    EXPECT_THAT(work.accounts.HoldActiveSuperusers(), ElementsAre("account-ada"));
                }).ok());
    EXPECT_TRUE(Read([](Work& w) { return w.accounts.AnySuperuser(); }));
}

TEST_P(PeopleContract, AircraftRolesAreGivenChangedAndTaken) {
    AddAccount("ann");
    AddPlane("N67890");
    AddPlane("N12345");
    const auto roles = [&] {
        return Read([](Work& w) { return w.accounts.AircraftRoles("account-ann"); });
    };
    ASSERT_TRUE(Write([&](Work& work) {
                    work.accounts.SetAircraftRole("account-ann", "plane-N67890", "pilot", 5);
                    work.accounts.SetAircraftRole("account-ann", "plane-N12345", "pilot", 5);
                    work.accounts.SetAircraftRole("account-ann", "plane-N67890", "owner", 6);
                }).ok());
    EXPECT_THAT(roles(), ElementsAre(AircraftGrant{"plane-N12345", "N12345", "pilot"},
                                     AircraftGrant{"plane-N67890", "N67890", "owner"}));
    ASSERT_TRUE(Write([&](Work& work) {
                    work.accounts.RemoveAircraftRole("account-ann", "plane-N12345");
                }).ok());
    EXPECT_THAT(roles(), ElementsAre(AircraftGrant{"plane-N67890", "N67890", "owner"}));
    EXPECT_THROW((void)Write([&](Work& work) {
                     work.accounts.SetAircraftRole("account-ann", "no plane", "pilot", 5);
                 }),
                 WorldFailure);
}

TEST_P(PeopleContract, PeopleAreListedByNameWithTheirAccess) {
    AddPlane("N12345");
    for (const char* name : {"cat", "ann", "dan", "bob", "eve"}) AddAccount(name);
    ASSERT_TRUE(Write([&](Work& work) {
                    work.accounts.SetAircraftRole("account-bob", "plane-N12345", "owner", 5);
                }).ok());
    AccountQuery query;
    query.page_size = 2;
    std::vector<std::string> names;
    for (;;) {
        const auto page = Read([&](Work& w) { return w.accounts.List(query, 100); });
        for (const auto& [account, access] : page.accounts) {
            names.push_back(account.username);
            EXPECT_EQ(access.size(), account.username == "bob" ? 1u : 0u);
        }
        if (page.next.empty()) break;
        query.cursor = page.next;
    }
    EXPECT_THAT(names, ElementsAre("ann", "bob", "cat", "dan", "eve"));
    names.clear();
    for (query.cursor = Read([&](Work& w) { return w.accounts.List(query, 100); }).previous;
         !query.cursor.empty();) {
        const auto page = Read([&](Work& w) { return w.accounts.List(query, 100); });
        for (const auto& one : page.accounts) names.push_back(one.account.username);
        query.cursor = page.previous;
    }
    EXPECT_THAT(names, ElementsAre("cat", "dan", "ann", "bob"));  // page by page, back to the first
}

// ADM-4
TEST_P(PeopleContract, AccountsAreFoundByWordsAndFilters) {
    for (const char* name : {"cat", "ann", "dan", "bob", "eve"}) AddAccount(name);
    ASSERT_TRUE(Write([&](Work& work) -> Result<void> {
                    Account ann = *work.accounts.FindForUpdate("account-ann");
                    ann.role = "viewer";
                    ann.is_staff = true;
                    TRY(work.accounts.Save(ann));
                    Account bob = *work.accounts.FindForUpdate("account-bob");
                    bob.is_superuser = true;
                    bob.deactivated_at = 50;
                    TRY(work.accounts.Save(bob));
                    Account cat = *work.accounts.FindForUpdate("account-cat");
                    cat.ends_at = 100;
                    return work.accounts.Save(cat);
                }).ok());
    const auto found = [&](auto fill) {
        AccountQuery asked;
        fill(asked);
        std::vector<std::string> list;
        for (const auto& one : Read([&](Work& w) { return w.accounts.List(asked, 100); }).accounts)
            list.push_back(one.account.username);
        return list;
    };
    EXPECT_THAT(found([](auto& q) { q.search = "DAN@"; }), ElementsAre("dan"));
    EXPECT_THAT(found([](auto& q) { q.search = "of c"; }), ElementsAre("cat"));
    EXPECT_THAT(found([](auto& q) { q.search = "%"; }), IsEmpty());
    EXPECT_THAT(found([](auto& q) { q.task_group = "laundry"; }), IsEmpty());
    EXPECT_EQ(found([](auto& q) { q.task_group = "general"; }).size(), 5u);
    EXPECT_THAT(found([](auto& q) { q.role = "viewer"; }), ElementsAre("ann"));
    EXPECT_THAT(found([](auto& q) { q.flag = "staff"; }), ElementsAre("ann"));
    EXPECT_THAT(found([](auto& q) { q.flag = "superuser"; }), ElementsAre("bob"));
    EXPECT_THAT(found([](auto& q) { q.flag = "none"; }), ElementsAre("cat", "dan", "eve"));
    // Who ends at this very moment has ended.
    EXPECT_THAT(found([](auto& q) { q.state = "active"; }), ElementsAre("ann", "dan", "eve"));
    EXPECT_THAT(found([](auto& q) { q.state = "inactive"; }), ElementsAre("bob", "cat"));
    EXPECT_EQ(Read([](Work& w) { return w.accounts.CountActive(100); }), 3);
}

// PostgreSQL would choke on the broken letters that a made-up cursor can hold.
TEST_P(PeopleContract, AMadeUpCursorIsTheFirstPage) {
    AddAccount("ann");
    AccountQuery query;
    for (const char* cursor : {"_w", "x", "YW5u", "%%%"}) {
        query.cursor = cursor;
        EXPECT_EQ(Read([&](Work& work) { return work.accounts.List(query, 100); }).accounts.size(),
                  1u)
            << cursor;
    }
}

TEST_P(PeopleContract, NoTwoAircraftShareARegistration) {
    AddPlane("N12345");
    AddPlane("D-EFGH");
    EXPECT_EQ(Write([](Work& w) {
                  return w.aircraft.Add({"x", "N12345", "", 1, {}});
              })
                  .error()
                  .reason,
              "aircraft.taken");
    Aircraft plane = *Read([](Work& w) { return w.aircraft.FindByRegistration("D-EFGH"); });
    EXPECT_EQ(plane.name, "a plane");
    EXPECT_EQ(plane.created_at, 5);
    plane.registration = "N12345";
    EXPECT_EQ(Write([&](Work& w) { return w.aircraft.Save(plane); }).error().reason,
              "aircraft.taken");
    plane.registration = "A-BCDE";
    plane.retired_at = 9;
    ASSERT_TRUE(Write([&](Work& w) { return w.aircraft.Save(plane); }).ok());
    const auto fleet = Read([](Work& w) { return w.aircraft.List(); });
    ASSERT_EQ(fleet.size(), 2u);
    EXPECT_EQ(fleet[0].registration, "A-BCDE");
    EXPECT_EQ(fleet[0].retired_at, 9);
    EXPECT_FALSE(Read([](Work& w) { return w.aircraft.FindByRegistration("D-EFGH"); }));
}

TEST_P(PeopleContract, ASessionLivesUntilItEndsOrExpires) {
    AddAccount("ann");
    const auto session = [](const std::string& id, Millis expires) {
        Session made;
        made.id_hash = id;
        made.account_id = "account-ann";
        made.created_at = made.seen_at = 100;
        made.expires_at = expires;
        made.address = "192.0.2.7";
        made.user_agent = "Firefox";
        return made;
    };
    ASSERT_TRUE(Write([&](Work& work) {
                    for (const char* id : {"a", "b", "c"}) work.sessions.Add(session(id, 5000));
                    work.sessions.Add(session("old", 200));
                    work.sessions.Touch("b", 300);
                    work.sessions.Touch("b", 250);
                    EXPECT_TRUE(work.sessions.End("a", 310));
                    EXPECT_FALSE(work.sessions.End("a", 320));
                    EXPECT_FALSE(work.sessions.End("nobody's", 320));
                }).ok());
    const auto living = [&] {
        std::vector<std::string> ids;
        for (const auto& one : Read([](Work& w) { return w.sessions.ListOf("account-ann", 400); }))
            ids.push_back(one.id_hash);
        return ids;
    };
    EXPECT_THAT(living(), ElementsAre("b", "c"));
    const auto b = Read([](Work& w) { return w.sessions.Find("b"); });
    EXPECT_EQ(b->seen_at, 300);
    EXPECT_EQ(b->user_agent, "Firefox");
    EXPECT_EQ(Read([](Work& w) { return w.sessions.Find("a"); })->ended_at, 310);
    ASSERT_TRUE(Write([](Work& work) { work.sessions.EndAllOf("account-ann", "c", 500); }).ok());
    EXPECT_THAT(living(), ElementsAre("c"));
    ASSERT_TRUE(
        Write([](Work& work) { EXPECT_EQ(work.sessions.DeleteEndedBefore(500), 2u); }).ok());
    EXPECT_FALSE(Read([](Work& w) { return w.sessions.Find("a"); }));
    EXPECT_TRUE(Read([](Work& w) { return w.sessions.Find("b"); }));
}

TEST_P(PeopleContract, ATokenIsFoundByItsHashUntilItIsRevokedAndAfter) {
    AddAccount("ann");
    ApiToken token;
    token.id = "token-1";
    token.hash = "hash-1";
    token.account_id = "account-ann";
    token.label = "shop";
    token.scopes = {"redeem", "codes:read"};
    token.created_at = 5;
    token.expires_at = 50;
    ASSERT_TRUE(Write([&](Work& work) {
                    work.tokens.Add(token);
                    work.tokens.RecordUse("token-1", 9);
                }).ok());
    for (const auto& found : {Read([](Work& w) { return w.tokens.FindByHash("hash-1"); }),
                              Read([](Work& w) { return w.tokens.Find("token-1"); })}) {
        ASSERT_TRUE(found);
        EXPECT_EQ(found->account_id, "account-ann");
        EXPECT_EQ(found->scopes, token.scopes);
        EXPECT_EQ(found->last_used_at, 9);
        EXPECT_EQ(found->expires_at, 50);
        EXPECT_FALSE(found->revoked_at);
    }
    ASSERT_TRUE(Write([&](Work& work) {
                    EXPECT_TRUE(work.tokens.Revoke("token-1", 20));
                    EXPECT_FALSE(work.tokens.Revoke("token-1", 21));
                }).ok());
    EXPECT_EQ(Read([](Work& w) { return w.tokens.FindByHash("hash-1"); })->revoked_at, 20);
    EXPECT_EQ(Read([](Work& w) { return w.tokens.ListOf("account-ann"); }).size(), 1u);
    EXPECT_FALSE(Read([](Work& w) { return w.tokens.FindByHash("hash-2"); }));
}

TEST_P(PeopleContract, EventsAreRememberedInOrderWithTheirOrigin) {
    Event full;
    full.at = 50;
    full.kind = EventKind::kCodeEdited;
    full.actor_id = "account-ada";
    full.actor_name = "ada";
    full.code_id = 7;
    full.subject_id = "";
    full.subject_name = "Label";
    full.details = R"({"label":["a","b"]})";
    full.origin = {Door::kManager, "2001:db8::1", "request-9"};
    Event bare;
    bare.at = 51;
    bare.kind = EventKind::kLoginRefused;
    Event third = full;
    third.at = 52;
    ASSERT_TRUE(Write([&](Work& work) { work.events.Append(full); }).ok());
    ASSERT_TRUE(Write([&](Work& work) { work.events.AppendAll(std::vector{bare, third}); }).ok());
    ASSERT_TRUE(Write([&](Work& work) { work.events.AppendAll({}); }).ok());
    const auto latest = Read([](Work& w) { return w.events.Latest(10); });
    ASSERT_EQ(latest.size(), 3u);
    EXPECT_EQ(latest[0].at, 52);
    EXPECT_EQ(latest[1].kind, EventKind::kLoginRefused);
    EXPECT_EQ(latest[1].code_id, 0);
    EXPECT_EQ(latest[1].origin.door, Door::kPublic);
    for (const Event& event : {latest[0], latest[2]}) {
        EXPECT_EQ(event.kind, full.kind);
        EXPECT_EQ(event.actor_id, full.actor_id);
        EXPECT_EQ(event.actor_name, full.actor_name);
        EXPECT_EQ(event.code_id, 7);
        EXPECT_EQ(event.subject_name, full.subject_name);
        EXPECT_EQ(event.details, full.details);
        EXPECT_EQ(event.origin.door, Door::kManager);
        EXPECT_EQ(event.origin.address, full.origin.address);
        EXPECT_EQ(event.origin.request_id, full.origin.request_id);
    }
    const auto of_code = Read([](Work& w) { return w.events.ListOfCode(7, 1); });
    ASSERT_EQ(of_code.size(), 1u);
    EXPECT_EQ(of_code[0].at, 52);
}

TEST_P(PeopleContract, EveryKindOfEventAndEveryDoorCanBeReadBack) {
    ASSERT_TRUE(Write([](Work& work) {
                    for (const EventRow& row : kEventRows) {
                        Event event;
                        event.kind = row.kind;
                        event.origin.door = static_cast<Door>(
                            static_cast<int>(row.kind) % (static_cast<int>(Door::kProgram) + 1));
                        work.events.Append(event);
                    }
                }).ok());
    const auto latest = Read([](Work& w) { return w.events.Latest(1000); });
    ASSERT_EQ(latest.size(), kEventRows.size());
    for (std::size_t i = 0; i < latest.size(); ++i)
        EXPECT_EQ(latest[latest.size() - 1 - i].kind, kEventRows[i].kind);
}

TEST_P(PeopleContract, AFactIsWhatWasSetLast) {
    EXPECT_FALSE(Read([](Work& w) { return w.facts.Get("color"); }));
    ASSERT_TRUE(Write([](Work& work) { work.facts.Set("color", "red"); }).ok());
    ASSERT_TRUE(Write([](Work& work) { work.facts.Set("color", ""); }).ok());
    EXPECT_EQ(Read([](Work& w) { return w.facts.Get("color"); }), "");
}

}  // namespace
}  // namespace ostiary
