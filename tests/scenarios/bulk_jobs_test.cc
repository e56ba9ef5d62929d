// Many codes changed little by little: agreed to at once, gone on with, stopped, undone exactly
// (ADM-2, PERM-4, PERM-6).

#include "core/bulk_jobs.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <future>

#include "core/accounts.h"
#include "support/house.h"

namespace ostiary {
namespace {

using testing::HasSubstr;
using enum Permission;

constexpr std::string_view kBulk = "/api/invite-codes/bulk/";

class BulkJobsOf : public testing::TestWithParam<DatabaseKind> {
protected:
    // So many alike, beginning with the number of the first.
    std::vector<CodeId> Make(std::size_t count, std::string_view fields = "") {
        const Answer made = house.Post(
            kBulk, fmt::format(R"({{"action": "create", "count": {}{}}})", count, fields), "ada");
        EXPECT_EQ(made.status, 200) << made.body;
        std::vector<CodeId> ids;
        const boost::json::value all = made.At("ids");
        for (const auto& id : all.as_array()) ids.push_back(id.as_int64());
        return ids;
    }
    std::string Begin(std::string_view more, std::string_view as = "ada") {
        const Answer begun = house.Post(kBulk, fmt::format(R"({{"as_job": true, {}}})", more), as);
        EXPECT_EQ(begun.status, 202) << begun.body;
        return begun.Text("job");
    }
    Answer Job(const std::string& id, std::string_view as = "ada") {
        return house.Get("/api/jobs/" + id + "/", as);
    }
    // One bundle, and no more: there is no patience.
    void OneBundle(const std::string& id) { AdvanceBulkJob(house.world, id, -1); }
    void ToTheEnd() { AdvanceBulkJobs(house.world, kMinute); }
    Answer Undo(const std::string& id, std::string_view as = "ada") {
        const Answer undone = house.Post("/api/jobs/" + id + "/undo/", "", as);
        ToTheEnd();
        return undone;
    }
    Answer CodeAt(CodeId id) { return house.Get(fmt::format("/api/invite-codes/{}/", id), "ada"); }
    std::size_t Happened(EventKind kind) {
        const auto events = house.Events(100'000);
        return static_cast<std::size_t>(std::ranges::count(events, kind, &Event::kind));
    }
    void Patch(CodeId id, std::string_view body) {
        const Answer done =
            house.Ask(Method::kPatch, fmt::format("/api/invite-codes/{}/", id), body, "ada");
        ASSERT_EQ(done.status, 200) << done.body;
    }

    House house{GetParam()};
};

INSTANTIATE_TEST_SUITE_P(EveryDatabase, BulkJobsOf, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(BulkJobsOf, MoreThanAThousandAreAJobThatTellsHowFarItIs) {  // ADM-2
    Make(1'050);
    const Answer begun = house.Post(kBulk, R"({"action": "revoke", "filter": {}})", "ada");
    ASSERT_EQ(begun.status, 202) << begun.body;
    EXPECT_EQ(begun.Number("matched"), 1'050);
    EXPECT_EQ(begun.Number("changed"), 0);
    const std::string id = begun.Text("job");
    EXPECT_EQ(Job(id).Text("state"), "running");
    EXPECT_EQ(Happened(EventKind::kCodeRevoked), 0u);
    OneBundle(id);
    EXPECT_EQ(Job(id).Number("looked_at"), 100);
    EXPECT_EQ(Happened(EventKind::kCodeRevoked), 100u);
    ToTheEnd();
    const Answer done = Job(id);
    EXPECT_EQ(done.Text("state"), "done");
    EXPECT_EQ(done.Number("changed"), 1'050);
    EXPECT_EQ(Happened(EventKind::kCodeRevoked), 1'050u);  // each with an event of its own
    EXPECT_EQ(Happened(EventKind::kCodesChanged), 1u);
    ToTheEnd();
    EXPECT_EQ(Happened(EventKind::kCodeRevoked), 1'050u);
}

TEST_P(BulkJobsOf, ItIsOfTheCodesThatWereAgreedToAndOfNoOthers) {
    const auto ids = Make(150);
    const std::string id = Begin(R"("action": "revoke", "filter": {"status": "active"})");
    OneBundle(id);
    const auto later = Make(1, R"(, "label": "Later")");
    ToTheEnd();
    EXPECT_EQ(Job(id).Number("changed"), 150);
    EXPECT_EQ(CodeAt(later.at(0)).Text("status"), "active");
    EXPECT_EQ(CodeAt(ids.back()).Text("status"), "inactive");
}

TEST_P(BulkJobsOf, TwoThatGoOnWithItAtOnceDoNothingTwice) {
    Make(400);
    const std::string id = Begin(R"("action": "revoke", "filter": {})");
    std::vector<std::future<void>> hands;
    for (int i = 0; i < 4; ++i)
        hands.push_back(std::async(std::launch::async, [this] { ToTheEnd(); }));
    for (auto& hand : hands) hand.get();
    ToTheEnd();
    EXPECT_EQ(Job(id).Number("changed"), 400);
    EXPECT_EQ(Job(id).Number("skipped"), 0);
    EXPECT_EQ(Happened(EventKind::kCodeRevoked), 400u);
}

TEST_P(BulkJobsOf, WhatAKilledProgramHeldIsGoneOnWithByAnother) {
    Make(250);
    const std::string id = Begin(R"("action": "revoke", "filter": {})");
    OneBundle(id);
    const Millis now = house.world.clock.Now();
    house.store->Write([&](Work& work) {  // it had the lease, and is no more
        ASSERT_TRUE(work.bulk_jobs.Claim(id, "of the dead", now, now + 15 * kSecond));
    });
    EXPECT_FALSE(AdvanceBulkJob(house.world, id, kMinute));
    EXPECT_EQ(Job(id).Number("looked_at"), 100);
    house.clock.Pass(20 * kSecond);
    ToTheEnd();
    EXPECT_EQ(Job(id).Text("state"), "done");
    EXPECT_EQ(Happened(EventKind::kCodeRevoked), 250u);
}

TEST_P(BulkJobsOf, WhatWasLeftAloneIsNamedWithItsReasonPageByPage) {
    const auto ids = Make(3);
    Patch(ids[1], R"({"is_active": false})");
    const std::string id =
        Begin(fmt::format(R"("action": "revoke", "ids": [{}, {}, 99999])", ids[0], ids[1]));
    ToTheEnd();
    EXPECT_EQ(Job(id).Number("changed"), 1);
    EXPECT_EQ(Job(id).Number("skipped"), 2);
    const Answer first = house.Get("/api/jobs/" + id + "/skipped/?page_size=1", "ada");
    EXPECT_EQ(first.Number("results.0.id"), ids[1]);
    EXPECT_EQ(first.Text("results.0.reason"), "code.same");
    const Answer second = house.Get(
        "/api/jobs/" + id + fmt::format("/skipped/?page_size=1&cursor={}", ids[1]), "ada");
    EXPECT_EQ(second.Number("results.0.id"), 99999);
    EXPECT_EQ(second.Text("results.0.reason"), "code.unknown");
    EXPECT_TRUE(second.At("next").is_null());
}

TEST_P(BulkJobsOf, WhenItIsStoppedWhatIsChangedStaysAndCanBeUndone) {
    const auto ids = Make(250);
    const std::string id = Begin(R"("action": "revoke", "filter": {})");
    OneBundle(id);
    EXPECT_EQ(house.Post("/api/jobs/" + id + "/undo/", "", "ada").Text("code"), "job.running");
    EXPECT_EQ(house.Post("/api/jobs/" + id + "/cancel/", "", "ada").Text("state"), "cancelled");
    ToTheEnd();
    EXPECT_EQ(Job(id).Number("changed"), 100);
    EXPECT_EQ(CodeAt(ids[99]).Text("status"), "inactive");
    EXPECT_EQ(CodeAt(ids[100]).Text("status"), "active");
    EXPECT_EQ(house.Post("/api/jobs/" + id + "/cancel/", "", "ada").Text("code"), "job.ended");
    EXPECT_EQ(Undo(id).status, 202);
    EXPECT_EQ(Job(id).Text("state"), "undone");
    EXPECT_EQ(Job(id).Number("brought_back"), 100);
    EXPECT_EQ(CodeAt(ids[99]).Text("status"), "active");
    EXPECT_EQ(Happened(EventKind::kBulkCancelled), 1u);
    EXPECT_EQ(Happened(EventKind::kBulkUndone), 1u);
}

TEST_P(BulkJobsOf, AnEditIsPutBackAsItWasFieldByField) {
    const auto one = house.Create(
        R"({"label": "Spring", "notes": "kept", "max_uses": 2, "tags": ["old"], "expires_days": 90,
            "role": "staff"})");
    const auto two = house.Create(R"({"label": "Summer", "max_uses": 5})");
    const CodeId first = one.at("id").as_int64(), second = two.at("id").as_int64();
    const std::string before = CodeAt(first).body, other = CodeAt(second).body;
    const std::string id = Begin(R"("action": "edit", "filter": {}, "fields": {
        "max_uses": 9, "notes": "New", "role": "viewer", "expires_at": "", "label": "All",
        "starts_at": "2026-12-01T00:00:00Z", "account_days": 7, "welcome": "Hello",
        "add_tags": ["new"], "remove_tags": ["old"]})");
    ToTheEnd();
    ASSERT_EQ(Job(id).Number("changed"), 2);
    EXPECT_EQ(CodeAt(first).Text("label"), "All");
    EXPECT_EQ(CodeAt(first).Number("max_uses"), 9);
    EXPECT_EQ(Undo(id).status, 202);
    EXPECT_EQ(Job(id).Number("brought_back"), 2);
    const auto facts = [](const std::string& body) {
        auto object = boost::json::parse(body).as_object();
        for (const char* moving : {"version", "updated_at"}) object.erase(moving);
        return object;
    };
    EXPECT_EQ(facts(CodeAt(first).body), facts(before));
    EXPECT_EQ(facts(CodeAt(second).body), facts(other));
}

TEST_P(BulkJobsOf, WhatSomebodyChangedSinceIsNotPutBack) {
    const auto ids = Make(3, R"(, "max_uses": 5)");
    const std::string id = Begin(R"("action": "edit", "filter": {}, "fields": {"max_uses": 9})");
    ToTheEnd();
    Patch(ids[0], R"({"notes": "Mine now"})");
    house.Post(fmt::format("/api/invite-codes/{}/revoke/", ids[1]), "", "ada");
    Undo(id);
    const Answer job = Job(id);
    EXPECT_EQ(job.Text("state"), "undone");
    EXPECT_EQ(job.Number("brought_back"), 1);
    EXPECT_EQ(job.Number("kept"), 2);
    EXPECT_EQ(CodeAt(ids[0]).Number("max_uses"), 9);
    EXPECT_EQ(CodeAt(ids[2]).Number("max_uses"), 5);
    const Answer left = house.Get("/api/jobs/" + id + "/skipped/", "ada");
    EXPECT_EQ(left.Text("results.0.reason"), "code.changed");
    EXPECT_EQ(Undo(id).Text("code"), "job.undone");
}

TEST_P(BulkJobsOf, ALimitBelowWhatIsUsedIsNotPutBack) {  // CODE-9
    const auto code = house.Create(R"({"max_uses": 1})");
    const std::string id = Begin(R"("action": "edit", "filter": {}, "fields": {"max_uses": 5})");
    ToTheEnd();
    for (const char* guest : {"ann", "bob"})
        ASSERT_EQ(house.Register(code.at("code").as_string(), guest).status, 201);
    Undo(id);
    EXPECT_EQ(Job(id).Number("kept"), 1);
    EXPECT_EQ(CodeAt(code.at("id").as_int64()).Number("max_uses"), 5);
}

TEST_P(BulkJobsOf, WhatWasSwitchedOnIsSwitchedOffAgainAndWhatIsDeletedStaysDeleted) {
    const auto ids = Make(2);
    for (const CodeId id : ids) Patch(id, R"({"is_active": false})");
    const std::string on = Begin(R"("action": "reactivate", "filter": {})");
    ToTheEnd();
    EXPECT_EQ(CodeAt(ids[0]).Text("status"), "active");
    Undo(on);
    EXPECT_EQ(CodeAt(ids[0]).Text("status"), "inactive");
    const std::string gone = Begin(R"("action": "delete", "filter": {})");
    ToTheEnd();
    EXPECT_EQ(Job(gone).At("may_be_undone"), boost::json::value(false));
    EXPECT_EQ(Undo(gone).Text("code"), "job.final");
}

TEST_P(BulkJobsOf, AManagerReachesTheirTeamAndSeesTheirOwn) {  // PERM-4
    const auto own = house.Create(R"({"task_group": "cleaning"})");
    const auto other = house.Create(R"({"task_group": "laundry", "label": "Secret"})");
    const std::string id = Begin(fmt::format(R"("action": "revoke", "ids": [{}, {}])",
                                             own.at("id").as_int64(), other.at("id").as_int64()),
                                 "max");
    ToTheEnd();
    EXPECT_EQ(Job(id, "max").Number("changed"), 1);
    EXPECT_EQ(CodeAt(other.at("id").as_int64()).Text("status"), "active");
    const Answer left = house.Get("/api/jobs/" + id + "/skipped/", "max");
    EXPECT_EQ(left.Text("results.0.reason"), "code.unknown");
    EXPECT_EQ(left.body.find("Secret"), std::string::npos);

    const std::string foreign = Begin(R"("action": "reactivate", "filter": {})");
    EXPECT_EQ(Job(foreign, "max").status, 404);
    EXPECT_EQ(house.Post("/api/jobs/" + foreign + "/cancel/", "", "max").status, 404);
    EXPECT_EQ(house.Post("/api/jobs/" + foreign + "/undo/", "", "max").status, 404);
    EXPECT_EQ(house.Get("/api/jobs/", "max").Rows().size(), 1u);
    EXPECT_EQ(house.Get("/api/jobs/", "ada").Rows().size(), 2u);
    EXPECT_EQ(Job(foreign, "vic").status, 403);
}

TEST_P(BulkJobsOf, WhoeverMayNoLongerChangeCodesDoesNotGoOn) {  // PERM-6
    Make(150, R"(, "task_group": "cleaning")");
    const std::string id = Begin(R"("action": "revoke", "filter": {})", "max");
    OneBundle(id);
    ASSERT_EQ(house.Post("/api/users/" + house.AccountId("max") + "/deactivate/", "", "ada").status,
              200);
    ToTheEnd();
    const Answer job = Job(id);
    EXPECT_EQ(job.Text("state"), "cancelled");
    EXPECT_THAT(job.Text("trouble"), HasSubstr("no longer active"));
    EXPECT_EQ(job.Number("changed"), 100);
    EXPECT_EQ(Undo(id).status, 202);  // by somebody else
    EXPECT_EQ(Job(id).Number("brought_back"), 100);
}

TEST_P(BulkJobsOf, WhoeverLeftAPortalDoesNotGoOnWithWhatTheyBeganThere) {  // PERM-6
    const auto ids = Make(150, R"(, "task_group": "laundry")");
    Actor sam = house.ActorOf("sam");
    sam.origin.door = Door::kManage;
    CodeChoice choice;
    choice.all.emplace();
    const auto begun = StartBulk(sam.Ask<kCodesWrite>().value(), house.world,
                                 RulesOf(sam, PortalOf(PortalId::kManage), house.world), choice,
                                 BulkDeed::kRevoke, {}, 0);
    ASSERT_TRUE(begun.ok());
    OneBundle(begun->id);
    const std::string sams = "/api/users/" + house.AccountId("sam") + "/";
    ASSERT_EQ(
        house.Ask(Method::kPatch, sams, R"({"is_staff": false, "role": "manager"})", "ada").status,
        200);
    ToTheEnd();
    EXPECT_EQ(Job(begun->id).Text("state"), "cancelled");
    EXPECT_EQ(Job(begun->id).Number("changed"), 100);
    EXPECT_EQ(CodeAt(ids.back()).Text("status"), "active");
}

TEST_P(BulkJobsOf, WhatAnUndoneEditWouldGrantAnewWaitsForApproval) {  // PERM-5, CODE-11
    const auto code = house.Create(R"({"role": "manager", "task_group": "cleaning"})", "max");
    const CodeId id = code.at("id").as_int64();
    const std::string job =
        Begin(R"("action": "edit", "filter": {}, "fields": {"role": "viewer"})", "max");
    ToTheEnd();
    ASSERT_EQ(CodeAt(id).Text("role"), "viewer");
    ASSERT_EQ(house
                  .Ask(Method::kPatch, "/api/users/" + house.AccountId("max") + "/",
                       R"({"role": "staff", "is_staff": true})", "ada")
                  .status,
              200);
    Undo(job, "max");
    EXPECT_EQ(CodeAt(id).Text("role"), "manager");
    EXPECT_EQ(CodeAt(id).Text("status"), "pending");
}

TEST_P(BulkJobsOf, WithAKeyItIsBegunOnce) {  // API-5
    Make(1'010);
    const auto send = [&] {
        return house.Ask(Method::kPost, kBulk, R"({"action": "revoke", "filter": {}})", "ada",
                         {{"idempotency-key", "once"}});
    };
    const Answer first = send(), second = send();
    EXPECT_EQ(first.status, 202) << first.body;
    EXPECT_EQ(second.body, first.body);
    EXPECT_EQ(house.Get("/api/jobs/", "ada").Rows().size(), 1u);
}

TEST_P(BulkJobsOf, NothingChosenOrAWrongEditBeginsNothing) {
    const Answer none =
        house.Post(kBulk, R"({"as_job": true, "action": "revoke", "filter": {}})", "ada");
    EXPECT_EQ(none.status, 400);
    EXPECT_THAT(none.body, HasSubstr("There are no codes to be changed"));
    Make(1);
    EXPECT_EQ(
        house
            .Post(kBulk,
                  R"({"as_job": true, "action": "edit", "filter": {}, "fields": {"role": "x"}})",
                  "ada")
            .status,
        400);
    EXPECT_EQ(
        house
            .Post(kBulk, R"({"as_job": true, "action": "revoke", "filter": {}, "expected": 7})",
                  "ada")
            .status,
        412);
    EXPECT_TRUE(house.Get("/api/jobs/", "ada").Rows().empty());
    EXPECT_EQ(Job("nonsense").status, 404);
}

// What an edit writes, and what stood there, may be about people.
TEST_P(BulkJobsOf, AThiefReadsNoNotes) {
    Make(1, R"(, "notes": "An old secret")");
    const std::string id =
        Begin(R"("action": "edit", "filter": {}, "fields": {"label": "A new word"})");
    ToTheEnd();
    house.store->Read([&](Work& work) {
        ASSERT_EQ(work.bulk_jobs.Find(id)->edit.label, "A new word");
        EXPECT_THAT(work.bulk_jobs.ListCodes(id, 0, 5).at(0).before, HasSubstr("label"));
    });
    for (const char* query : {"SELECT edit FROM bulk_job", "SELECT before FROM bulk_job_code"})
        EXPECT_EQ(house.database.Texts(query).at(0).find("label"), std::string::npos);
}

TEST_P(BulkJobsOf, AMonthAfterItsEndItIsForgotten) {  // MAINT-1
    Make(3);
    const std::string old = Begin(R"("action": "revoke", "filter": {})");
    ToTheEnd();
    const std::string waiting = Begin(R"("action": "reactivate", "filter": {})");
    house.clock.Pass(31 * kDay);
    DeleteOldBulkJobs(house.world);
    EXPECT_EQ(Job(old).status, 404);
    EXPECT_EQ(Job(waiting).status, 200);
    house.store->Read(
        [&](Work& work) { EXPECT_TRUE(work.bulk_jobs.ListCodes(old, 0, 10).empty()); });
}

}  // namespace
}  // namespace ostiary
