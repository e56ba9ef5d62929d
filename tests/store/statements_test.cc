// Every statement in sql/ is understood by its databases, and is used: one that no port runs is
// dead.

#include <gmock/gmock.h>

#include "core/audit_chain.h"
#include "core/raw_data.h"
#include "store/contract.h"
#include "store/cursor.h"
#include "store/flaky.h"
#include "store/jobs_tour.h"
#include "store/pulls_tour.h"
#include "store/recalls_tour.h"
#include "store/requests_tour.h"

namespace ostiary {
namespace {

class StatementsContract : public Contract {
protected:
    Dialect dialect() const {
        return GetParam() == DatabaseKind::kSqlite ? Dialect::kSqlite : Dialect::kPostgres;
    }

    void TourCodes() {
        ASSERT_TRUE(Write([&](Work& work) -> Result<void> {
                        TRY(work.aircraft.Add({"plane-1", "N12345", "", 1, {}}));
                        Code code = MakeCode("ABC12345");
                        code.aircraft_roles = {{"plane-1", "N12345", "pilot"}};
                        code.id = TRY(work.codes.Add(code));
                        TRY(work.codes.Add(MakeCode("0THER001")));
                        Code alike = MakeCode("");
                        alike.batch = "batch";
                        alike.aircraft_roles = code.aircraft_roles;
                        std::vector<Codes::Letters> many;  // so many wait for their places
                        for (int n = 0; n < 501; ++n)
                            many.push_back(
                                {"MANY" + std::to_string(1000 + n), "many-" + std::to_string(n)});
                        work.codes.AddAlike(alike, many);
                        work.codes.AddAlike(alike, std::vector<Codes::Letters>{{"A11KE001", "a"},
                                                                               {"A11KE002", "b"}});
                        std::vector<Code> several{alike, alike};
                        several[0].code = "SEVER001", several[1].code = "SEVER002";
                        several[0].token = "s-1", several[1].token = "s-2";
                        work.codes.AddAll(several);
                        work.codes.InUse(std::vector<std::string>{"SEVER001"});
                        Template one;
                        one.name = "New Pilot";
                        one.aircraft_roles = code.aircraft_roles;
                        one.id = TRY(work.templates.Add(one));
                        TRY(work.templates.Save(one));
                        work.templates.FindByName("new pilot");
                        work.templates.List();
                        work.templates.CountCodes(5);
                        work.templates.Find(one.id);
                        work.templates.Delete(one.id);
                        work.codes.FindForUpdate(code.id);
                        work.codes.FindByCode("ABC12345");
                        work.codes.FindByToken("none");
                        work.codes.TakeUses(code.id, 1, 50);
                        work.codes.TakeUsesOfAll(
                            std::vector<Codes::Wanted>{{code.id, 1}, {code.id + 1, 1}}, 50);
                        work.codes.HoldByCodes(std::vector<std::string>{"ABC12345"});
                        work.codes.Near("ABC12346", CodeScope::All(), 5);
                        work.codes.MarkPending(code.id, 5);
                        work.visits.Add(code.id, {1, 2, 3});
                        work.visits.Sum(std::vector{code.id}, 5, 5, 5);
                        work.codes.Save(code);
                        work.codes.Delete(code.id, 5);
                        return {};
                    }).ok());
        store->Peek("0THER001", 1);
        FindMiscounts(database.config());
    }

    void TourLists() {
        for (int i = 0; i < 3; ++i) {
            Code code = MakeCode("PAGE000" + std::to_string(i));
            code.tags = {"spring"};
            AddCode(code);
        }
        for (int order = 0; order <= static_cast<int>(CodeOrder::kLabel); ++order) {
            CodeQuery query = EveryCode();
            query.order = static_cast<CodeOrder>(order);
            query.page_size = 1;
            query.count = true;
            const auto page = [&] { return Read([&](Work& w) { return w.codes.List(query, 1); }); };
            query.cursor = page().next;
            query.cursor = page().previous;
            page();
            query.cursor.clear();
            query.search = "label";
            page();
            query.tag = "spring";
            page();
            query.search.clear();
            page();
        }
        CodeQuery query = EveryCode();
        query.scope = {false, "cleaning", "account-ann"};
        Read([&](Work& w) { return w.codes.Tally(query.scope); });
        query.created_by = "ada";
        for (const char* search : {"PAGE", "PA"}) {  // two letters are too few for an index
            query.search = search;
            Read([&](Work& w) { return w.codes.ListIds(query, 0, 5); });
        }
        ASSERT_TRUE(Write([&](Work& w) {
                        EXPECT_TRUE(w.codes.IsBehind(50));
                        w.codes.CatchUp(50, 1000);
                    }).ok());
    }

    void TourRedemptions() {
        for (const char* guest : {"ann", "bob"})
            EXPECT_TRUE(store->Redeem(MakeClaim("0THER001", guest)).ok());
        const CodeId id = Read([](Work& w) { return w.codes.FindByCode("0THER001"); })->id;
        Redemption one;
        one.code_id = id;
        one.application = "account-shop";
        one.subject = "cat";
        Redemption two = one;
        two.subject = "dan";
        const std::vector<SubjectKey> keys = {{id, "account-shop", "cat"},
                                              {id, "account-shop", "dan"}};
        ASSERT_TRUE(Write([&](Work& work) {
                        work.redemptions.AddAll(std::vector{one, two});
                        work.redemptions.FindSubjects(keys);
                        work.redemptions.FindByIdempotencyKey("none");
                        work.redemptions.ListOfCode(id, 0, 5);
                        work.redemptions.ListSince("account-shop", 0, 5, 5);
                        work.redemptions.List({CodeScope::All(), 0, 5, 1, "", "", 0, 5});
                        work.events.Append({});
                        work.events.AppendAll(std::vector<Event>(2));
                        work.events.ListOfCode(id, 5);
                        work.events.Latest(5);
                        work.events.List({});
                        work.events.Tail(0, {1}, 5);
                        work.events.LastId();
                        EventQuery newer;
                        newer.newer = true;
                        work.events.List(newer);
                        work.facts.Set("key", "value");
                        work.facts.Get("key");
                    }).ok());
        database.Execute("UPDATE code SET used_count = 1000000 WHERE max_uses IS NULL");
        Read([&](Work& w) { return w.redemptions.ListOfCode(id, 0, 5); });
    }

    void TourReports() {
        const TallyQuery query{CodeScope::All(), 0, kDay};
        const auto count_up = [&] {
            ASSERT_TRUE(Write([](Work& work) { work.reports.CountUp(5); }).ok());
        };
        count_up();
        database.Execute("UPDATE tally_position SET fence = counted + 1, waits_for = '999/999'");
        count_up();
        store->Read([&](Work& work) {
            work.reports.IsBehind();
            work.reports.Quarters(query);
            work.reports.Shares(query);
            work.reports.Creators(query);
            work.reports.CodesOfCreators(CodeScope::All());
            work.reports.CountExpiring(CodeScope::All(), 0, 1, 5);
        });
    }

    void TourAudit() {
        database.Execute(
            "INSERT INTO event (at, kind, door) VALUES (1, 'code.created', 'api'); UPDATE "
            "audit_position SET origin = (SELECT max(id) FROM event)");
        const auto link = [&] {
            ASSERT_TRUE(Write([](Work& work) { work.audit.LinkUp(500); }).ok());
        };
        link();
        link();
        database.Execute("UPDATE audit_position SET fence = linked + 1, waits_for = '999/999'");
        link();
        ASSERT_TRUE(Write([](Work& work) {
                        EXPECT_TRUE(work.audit.ErasePerson("nobody"));
                        work.audit.DeletedAccounts("nobody", 2);
                    }).ok());
        store->Read([&](Work& work) {
            work.audit.Last();
            work.audit.At(1);
            work.audit.CountUnlinked(5);
            work.audit.Origin();
            work.audit.Entries(0, 5);
            work.audit.Outside(0, 5, 5);
            work.audit.IsLinked("none");
            work.audit.Erasures(0, 5);
            work.events.LastDeed("nobody", EventKind::kAuditRead, 5);
            EventQuery query;
            for (const bool newer : {false, true}) {
                query.newer = newer;
                query.person = "nobody";
                query.code_id = 1;
                work.events.List(query);
                query.person.clear();
                work.events.List(query);
            }
        });
    }

    void TourNotifications() {
        ASSERT_TRUE(Write([&](Work& work) -> Result<void> {
                        const CodeId about = work.codes.FindByCode("0THER001")->id;
                        const std::string to = work.accounts.FindByUsername("ann")->id;
                        work.notifications.Add(to, NotificationKind::kMailFailed, about, "", 5);
                        work.notifications.MarkSeenOf(about, NotificationKind::kApproved, 5);
                        work.notifications.ListOf(to, 5);
                        work.notifications.CountUnseen(to, 5);
                        work.notifications.MarkSeen(to, 5, 5);
                        work.notifications.AddOnce(to, NotificationKind::kInvitationAsked, 5);
                        work.notifications.MarkSeenOf(NotificationKind::kInvitationAsked, 5);
                        work.notifications.DeleteOld(5, 5);
                        TourRequests(work, to);
                        return {};
                    }).ok());
    }

    void TourPeople() {
        ASSERT_TRUE(Write([&](Work& work) -> Result<void> {
                        work.receipts.Claim({"k", "r", 1, 2, {}}, 0);
                        work.receipts.Find("k");
                        work.receipts.Settle("k", "x");
                        work.receipts.Release("k");
                        work.receipts.DeleteMadeBefore(0, 5);
                        work.buckets.Drain("b", 1, 5, 1);
                        work.buckets.DrainedSince(0, 5, 1);
                        work.buckets.DeleteFull(1);
                        Account ann = MakeAccount("ann");
                        TRY(work.accounts.Add(ann));
                        Account twin = ann;
                        twin.id = "twin";
                        EXPECT_FALSE(work.accounts.Add(twin).ok());
                        work.accounts.Find(ann.id);
                        work.accounts.FindForUpdate(ann.id);
                        work.accounts.FindByUsername("ann");
                        work.accounts.FindByEmail("ann");
                        TRY(work.accounts.Save(ann));
                        work.accounts.RecordLogin(ann.id, 5);
                        work.accounts.RecordSeen(ann.id, 6);
                        work.accounts.HoldActiveSuperusers();
                        work.accounts.AnySuperuser();
                        work.accounts.List({}, 5);
                        AccountQuery before;
                        before.cursor = Encode(vault, {-1, Direction::kBack, 0, "zoe"});
                        work.accounts.List(before, 5);
                        work.accounts.CountActive(5);
                        work.accounts.AircraftRolesSince(ann.id);
                        work.aircraft.CountHolders();
                        work.aircraft.Holders("plane-1", "", 5, 5);
                        work.aircraft.GrantingCodes("plane-1", 5);
                        work.aircraft.Delete("none");
                        work.resets.Put({ann.id, "hash", 1, 9, "ada"});
                        work.resets.FindByHash("hash");
                        work.resets.FindOf(ann.id);
                        work.resets.End(ann.id);
                        work.resets.DeleteExpired(5);
                        work.raw.Has(kRawTables[0]);
                        work.redemptions.ListOfAccount(ann.id, 5);
                        work.accounts.SetAircraftRole(ann.id, "plane-1", "pilot", 5);
                        work.accounts.AircraftRoles(ann.id);
                        work.accounts.RemoveAircraftRole(ann.id, "plane-1");
                        TRY(work.aircraft.Save(*work.aircraft.FindByRegistration("N12345")));
                        work.aircraft.List();
                        Session session;
                        session.id_hash = "s";
                        session.account_id = ann.id;
                        work.sessions.Add(session);
                        work.sessions.Find("s");
                        work.sessions.Touch("s", 5);
                        work.sessions.End("s", 5);
                        work.sessions.EndAllOf(ann.id, "", 5);
                        work.sessions.ListOf(ann.id, 5);
                        work.sessions.DeleteEndedBefore(5);
                        ApiToken token;
                        token.id = token.hash = "t";
                        token.account_id = ann.id;
                        work.tokens.Add(token);
                        work.tokens.Find("t");
                        work.tokens.FindByHash("t");
                        work.tokens.RecordUse("t", 5);
                        work.tokens.Revoke("t", 5);
                        work.tokens.ListOf(ann.id);
                        work.tokens.List("", 5);
                        TourRecalls(work, ann.id);
                        work.accounts.Delete("none");
                        return {};
                    }).ok());
    }

    void TourMails() {
        ASSERT_TRUE(Write([&](Work& work) {
                        Mail mail;
                        mail.facts.words = "words";
                        mail.id = work.mails.Add(mail);
                        work.mails.ListOfCode(1, 5);
                        work.mails.ListLatestOf(std::vector<CodeId>{1});
                        work.codes.ListBoundTo("ann@example.org", 1, 5);
                        work.mails.CountBy("ann", 0);
                        work.mails.CountTo("ann", MailKind::kReminder, 0);
                        EXPECT_TRUE(work.mails.IsAnyDue(50));
                        EXPECT_EQ(work.mails.CountDue(50, 1), 1);
                        auto claimed = work.mails.Claim("lease", 50, 60);
                        ASSERT_TRUE(claimed);
                        EXPECT_EQ(claimed->facts.words, "words");
                        claimed->state = MailState::kSending;
                        work.mails.Record(*claimed, "lease");
                        EXPECT_TRUE(work.mails.FindLeased(mail.id, "lease"));
                        EXPECT_EQ(work.mails.ListLost(70, 5).size(), 1u);
                        work.mails.Delete(mail.id);
                        work.mails.DeleteOld(60, 5);
                    }).ok());
    }

    void TourScim() {
        ASSERT_TRUE(Write([&](Work& work) -> Result<void> {
                        Account una = MakeAccount("una");
                        TRY(work.accounts.Add(una));
                        ScimUser user;
                        user.id = "scim-una";
                        user.user_name = user.user_name_key = "una";
                        user.profile = R"({"title":"Pilot"})";
                        user.code_id = 1;
                        TRY(work.scim.Add(user));
                        EXPECT_FALSE(work.scim.Add(user).ok());
                        work.scim.Hold(user.id);
                        for (const auto by : {ScimLookup::By::kId, ScimLookup::By::kUserName,
                                              ScimLookup::By::kExternalId, ScimLookup::By::kEmail,
                                              ScimLookup::By::kDisplayName})
                            work.scim.Find({by, "nobody"});
                        work.scim.Join(1, una.id, 5);
                        TRY(work.scim.Save(user));
                        const auto found = work.scim.Find({ScimLookup::By::kUserName, "UNA"});
                        EXPECT_EQ(found.size(), 1u);
                        EXPECT_EQ(found.at(0).row.profile, user.profile);
                        EXPECT_EQ(found.at(0).account->id, una.id);
                        EXPECT_EQ(work.scim.List("", 0, 50).size(),
                                  static_cast<std::size_t>(work.scim.Count()));
                        work.scim.FreeName("una", 5);
                        work.scim.Forget(user.id, 5);
                        work.scim.FindLeft("una@example.org");
                        work.scim.Erase(una.id);
                        return {};
                    }).ok());
    }

    void TourAlerts() {
        Code ending = MakeCode("ENDS0001");
        ending.expires_at = 60;
        const CodeId code = AddCode(ending);
        ASSERT_TRUE(Write([&](Work& work) {
                        EXPECT_TRUE(work.alerts.Begin());
                        work.alerts.ReadOn(5000);
                        EXPECT_EQ(work.alerts.CodesOf(std::vector<CodeId>{code}).size(), 1u);
                        EXPECT_FALSE(work.alerts.Ending(50, 70, 5).empty());
                        work.alerts.LatestUses(code, 5);
                        work.alerts.Count("address 192.0.2.1", 7, 2);
                        EXPECT_EQ(work.alerts.CountedSince("address 192.0.2.1", 6), 2);
                        work.alerts.ForgetCountsUntil(7);
                        Alert alert;
                        alert.subject = "code 1";
                        alert.code_id = code;
                        alert.ends_at = 60;
                        alert.id = work.alerts.Add(alert);
                        EXPECT_TRUE(work.alerts.FindOpen(alert.kind, "code 1"));
                        EXPECT_EQ(work.alerts.OpenOf(std::vector<CodeId>{code}).size(), 1u);
                        EXPECT_EQ(work.alerts.Due(60, 5).size(), 1u);
                        AlertQuery query;
                        query.scope = {CodeScope::All(), true};
                        EXPECT_TRUE(work.alerts.FindForUpdate(query.scope, alert.id));
                        EXPECT_EQ(work.alerts.List(query, 60).size(), 1u);
                        EXPECT_EQ(work.alerts.CountWaiting(query.scope, 60, 5), 1);
                        alert.closed_at = 60;
                        work.alerts.Save(alert);
                        query.state = AlertState::kClosed;
                        EXPECT_EQ(work.alerts.List(query, 60).size(), 1u);
                        EXPECT_EQ(work.alerts.LastId(), alert.id);
                        work.alerts.DeleteClosed(61, 5);
                    }).ok());
        EXPECT_FALSE(Read([](Work& work) { return work.alerts.IsAnythingNew(50, 50); }));
    }

    void TourWebhooks() {
        ASSERT_TRUE(Write([&](Work& work) {
                        Webhook hook;
                        hook.id = "hook";
                        work.webhooks.Add(hook);
                        work.webhooks.Find(hook.id);
                        work.webhooks.FindForUpdate(hook.id);
                        work.webhooks.List();
                        work.webhooks.Save(hook);
                        work.webhooks.EndTrouble(hook.id);
                        Event event;
                        event.code_id = 1;
                        for (int i = 0; i < 3; ++i) work.events.Append(event);
                        EXPECT_EQ(work.webhooks.ListDue(50).size(), 1u);
                        EXPECT_EQ(work.webhooks.CountDue(50, 5), 3);
                        EXPECT_EQ(work.webhooks.CountDue(50, 2), 2);
                        auto claimed = work.webhooks.Claim(hook.id, "lease", 50, 60, 5);
                        ASSERT_EQ(claimed.size(), 1u);
                        work.webhooks.FindLeased(claimed[0].id, "lease");
                        work.webhooks.HandBack(claimed[0].id, "none", 50);
                        work.webhooks.Record(claimed[0]);
                        claimed[0].state = DeliveryState::kDelivered;
                        claimed[0].attempts = 2;
                        work.webhooks.Record(claimed[0]);
                        work.webhooks.ListDeliveries({hook.id, {}, 0, 5});
                        work.webhooks.Replay(hook.id, claimed[0].id, 50);
                        work.webhooks.ReplaySince(hook.id, 0, 50);
                        work.webhooks.GiveUp(hook.id, "why", 50);
                        work.webhooks.DeleteOld(60, 60, 5);
                        work.webhooks.Delete(hook.id);
                    }).ok());
    }
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, StatementsContract, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(StatementsContract, EveryStatementThereIsIsRunByThePorts) {
    TourCodes();
    TourLists();
    ASSERT_TRUE(Write([](Work& work) -> Result<void> {
                    TourImports(work);
                    TourBulkJobs(work);
                    TourPulls(work, "a1");
                    return {};
                }).ok());
    TourRedemptions();
    TourAudit();
    TourReports();
    TourPeople();
    TourNotifications();
    TourWebhooks();
    TourMails();
    TourAlerts();
    TourScim();
    InspectSchema(database.config());
    store->Ping();
    if (GetParam() == DatabaseKind::kPostgres) {
        Flaky flaky(database.config(), vault, clock, random);
        flaky.breakage = Breakage::kAfterCommit;
        flaky.Set("key", "again");
    }
    EXPECT_THAT(StatementsNeverRun(dialect()), testing::IsEmpty())
        << "run it here, or take it out of sql/";
}

TEST_P(StatementsContract, EveryStatementIsUnderstoodByItsDatabase) {
    const auto db = OpenConnection(database.config(), OpenFor::kWrite);
    for (const Statement* statement : NamedStatements()) {
        if (statement->For(dialect()).empty()) continue;
        EXPECT_NO_THROW(db->Prepare(*statement)) << statement->name;
    }
}

// A mark on each, so that a unit of work knows when it has begun to write.
TEST_P(StatementsContract, AStatementKnowsWhetherItWrites) {
    for (const Statement* statement : NamedStatements()) {
        const std::string_view text = statement->For(dialect());
        if (text.empty()) continue;
        const bool writes = text.starts_with("INSERT") || text.starts_with("UPDATE") ||
                            text.starts_with("DELETE") ||
                            text.starts_with("WITH unsettled AS (INSERT") ||
                            text.starts_with("WITH added AS (");
        EXPECT_EQ(statement->writes, writes) << statement->name;
    }
}

}  // namespace
}  // namespace ostiary
