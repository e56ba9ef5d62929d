// GATE-3: a code, a batch, or everything a person issued is taken back, with the accounts that came
// through it; it is looked at first, and undone exactly.

#include "core/recalls.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "core/accounts.h"
#include "core/sessions.h"
#include "support/house.h"
#include "util/text.h"

namespace ostiary {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class Recalling : public testing::TestWithParam<DatabaseKind> {
protected:
    static std::string Word(const boost::json::object& code) {
        return std::string(code.at("code").as_string());
    }
    static std::string IdOf(const boost::json::object& code) {
        return std::to_string(code.at("id").as_int64());
    }
    static RecallAsked Of(std::string scope, std::string subject) {
        RecallAsked asked;
        asked.scope = std::move(scope);
        asked.subject = std::move(subject);
        asked.deactivate_accounts = true;
        asked.reason = "The list was leaked";
        return asked;
    }
    Result<RecallPreview> Preview(const RecallAsked& asked, std::string_view as = "ada") {
        const Actor actor = house.ActorOf(as);
        return PreviewRecall(actor.Ask<Permission::kCodesWrite>().value(), house.world,
                             ScopeOf(actor, house.world), asked);
    }
    Result<Recall> Run(const RecallAsked& asked, std::string_view as = "ada") {
        const Actor actor = house.ActorOf(as);
        return RunRecall(actor.Ask<Permission::kCodesWrite>().value(), house.world,
                         ScopeOf(actor, house.world), asked);
    }
    Result<Recall> Undo(const std::string& id, std::string_view as = "ada") {
        const Actor actor = house.ActorOf(as);
        return UndoRecall(actor.Ask<Permission::kCodesWrite>().value(), house.world,
                          ScopeOf(actor, house.world), id);
    }
    RecallShown Shown(const std::string& id) {
        const Actor actor = house.ActorOf("ada");
        return GetRecall(actor.Ask<Permission::kCodesRead>().value(), house.world, CodeScope::All(),
                         id)
            .value();
    }
    // "ann", "ann: account.inactive", "Spring crew: code.expired": of items as they are listed.
    static std::vector<std::string> Said(const std::vector<RecallItemShown>& items) {
        std::vector<std::string> said;
        for (const RecallItemShown& one : items)
            said.push_back(one.name + (one.item.spared.empty() ? "" : ": " + one.item.spared));
        return said;
    }
    std::vector<RecallItemShown> Items(const std::string& id) {
        const Actor actor = house.ActorOf("ada");
        return ListRecallItems(actor.Ask<Permission::kCodesRead>().value(), house.world,
                               CodeScope::All(), id, 0, "", 1000)
            .value();
    }
    std::vector<std::string> Undone(const std::string& id) {
        std::vector<std::string> said;
        for (const RecallItemShown& one : Items(id))
            if (one.item.spared.empty()) said.push_back(one.name + ": " + one.item.undone);
        return said;
    }
    std::string StatusOf(const std::string& id) {
        return house.Get("/api/invite-codes/" + id + "/", "ada").Text("status");
    }
    bool IsActive(std::string_view username) {
        return house.Get("/api/users/" + house.AccountId(username) + "/", "ada")
            .At("is_active")
            .as_bool();
    }
    std::size_t Count(EventKind kind) {
        const auto events = house.Events();
        return static_cast<std::size_t>(std::ranges::count(events, kind, &Event::kind));
    }
    void Join(const boost::json::object& code, const char* username) {
        house.clock.Pass(kSecond);  // so that they come one after the other
        ASSERT_EQ(house.Register(Word(code), username).status, 201);
    }
    void Deactivate(std::string_view username) {
        const Actor ada = house.ActorOf("ada");
        ASSERT_TRUE(DeactivateAccount(ada.Ask<Permission::kUsersWrite>().value(), house.world,
                                      house.AccountId(username))
                        .ok());
    }

    House house{GetParam()};
};

INSTANTIATE_TEST_SUITE_P(EveryDatabase, Recalling, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

// GATE-3
TEST_P(Recalling, ACodeIsRevokedWithTheAccountsThatCameThroughItAndBothComeBack) {
    const auto code = house.Create(R"({"label": "Leaked", "max_uses": 9})");
    const auto other = house.Create(R"({"label": "Other", "max_uses": 9})");
    Join(code, "ann");
    Join(code, "bob");
    Join(other, "cid");
    const auto in = LogIn(house.world, {}, "ann", kGoodPassword, "browser", "");
    ASSERT_TRUE(in.ok());

    const auto preview = Preview(Of("code", IdOf(code)));
    ASSERT_TRUE(preview.ok()) << preview.error().reason;
    EXPECT_EQ(preview->subject_name, "Leaked");
    EXPECT_EQ(preview->tally.codes, 1);
    EXPECT_EQ(preview->came, 2);
    EXPECT_THAT(Said(preview->accounts), ElementsAre("ann", "bob"));
    EXPECT_THAT(Said(preview->codes), ElementsAre("Leaked"));
    EXPECT_TRUE(preview->accounts.front().joined_at);
    EXPECT_EQ(StatusOf(IdOf(code)), "active") << "looking writes nothing";
    EXPECT_TRUE(IsActive("ann"));

    const auto done = Run(Of("code", IdOf(code)));
    ASSERT_TRUE(done.ok()) << done.error().reason;
    EXPECT_EQ(done->state, RecallState::kDone);
    EXPECT_EQ(StatusOf(IdOf(code)), "inactive");
    EXPECT_FALSE(IsActive("ann"));
    EXPECT_FALSE(IsActive("bob"));
    EXPECT_TRUE(IsActive("cid"));
    EXPECT_FALSE(ActorOfSession(house.world, in->session_token, {}).ok()) << "they are out at once";
    EXPECT_EQ(Count(EventKind::kCodeRevoked), 1u);
    EXPECT_EQ(Count(EventKind::kAccountDeactivated), 2u);
    EXPECT_EQ(Count(EventKind::kRecalled), 1u);
    EXPECT_THAT(Said(Items(done->id)), ElementsAre("ann", "bob", "Leaked"));
    EXPECT_EQ(Shown(done->id).recall.reason, "The list was leaked");

    const auto undone = Undo(done->id);
    ASSERT_TRUE(undone.ok()) << undone.error().reason;
    EXPECT_EQ(undone->state, RecallState::kUndone);
    EXPECT_EQ(undone->undone_by, "ada");
    EXPECT_EQ(StatusOf(IdOf(code)), "active");
    EXPECT_TRUE(IsActive("ann"));
    EXPECT_TRUE(IsActive("bob"));
    EXPECT_EQ(Count(EventKind::kCodeReactivated), 1u);
    EXPECT_EQ(Count(EventKind::kAccountReactivated), 2u);
    EXPECT_EQ(Count(EventKind::kRecallUndone), 1u);
    EXPECT_EQ(Shown(done->id).tally.brought_back, 3);
    EXPECT_FALSE(ActorOfSession(house.world, in->session_token, {}).ok()) << "a session is over";
    EXPECT_TRUE(LogIn(house.world, {}, "ann", kGoodPassword, "browser", "").ok());

    ASSERT_TRUE(Undo(done->id).ok());
    EXPECT_EQ(Count(EventKind::kRecallUndone), 1u) << "said again it is the same";
}

// GATE-3: what the preview says is what is done.
TEST_P(Recalling, WhatIsLeftAloneIsNamedBeforeAndAfterWithTheSameReason) {
    const auto live = house.Create(R"({"label": "Live", "max_uses": 9})", "max");
    const auto off = house.Create(R"({"label": "Off"})", "max");
    const auto used_up = house.Create(R"({"label": "Used up", "max_uses": 1})", "max");
    const auto late = house.Create(R"({"label": "Late", "expires_days": 1})", "max");
    const auto waits = house.Create(R"({"label": "Waits", "role": "admin"})", "max");
    ASSERT_EQ(house.Post("/api/invite-codes/" + IdOf(off) + "/revoke/", "", "ada").status, 200);
    Join(used_up, "ann");
    Join(live, "bob");
    Join(live, "cid");
    Join(live, "dan");
    Deactivate("bob");
    const std::string promoted = R"({"is_superuser": true})";
    ASSERT_EQ(
        house.Ask(Method::kPatch, "/api/users/" + house.AccountId("cid") + "/", promoted, "ada")
            .status,
        200);
    house.clock.Pass(2 * kDay);

    const auto preview = Preview(Of("person", "max"));
    ASSERT_TRUE(preview.ok()) << preview.error().reason;
    EXPECT_THAT(Said(preview->accounts), UnorderedElementsAre("ann", "bob: account.inactive",
                                                              "cid: account.superuser", "dan"));
    EXPECT_THAT(Said(preview->codes),
                ElementsAre("Live", "Off: code.inactive", "Used up: code.exhausted",
                            "Late: code.expired", "Waits"));
    const auto done = Run(Of("person", "max"));
    ASSERT_TRUE(done.ok()) << done.error().reason;
    std::vector<std::string> foreseen = Said(preview->accounts);
    std::ranges::move(Said(preview->codes), std::back_inserter(foreseen));
    EXPECT_EQ(Said(Items(done->id)), foreseen);
    const RecallTally tally = Shown(done->id).tally;
    EXPECT_EQ(tally.codes, preview->tally.codes);
    EXPECT_EQ(tally.codes_spared, preview->tally.codes_spared);
    EXPECT_EQ(tally.accounts, preview->tally.accounts);
    EXPECT_EQ(tally.accounts_spared, preview->tally.accounts_spared);
    EXPECT_TRUE(IsActive("max")) << "who issued them is not who came through them";
    EXPECT_TRUE(IsActive("cid"));

    ASSERT_TRUE(Undo(done->id).ok());
    EXPECT_EQ(StatusOf(IdOf(waits)), "pending") << "as it was, and no better";
    EXPECT_EQ(StatusOf(IdOf(off)), "inactive") << "nobody switched it off here";
    EXPECT_FALSE(IsActive("bob"));
    EXPECT_TRUE(IsActive("dan"));
}

// GATE-3
TEST_P(Recalling, OnlyAccountsThatJoinedSinceAMomentAreDeactivated) {
    const auto code = house.Create(R"({"max_uses": 9})");
    Join(code, "ann");
    house.clock.Pass(3 * kDay);
    Join(code, "bob");
    RecallAsked asked = Of("code", IdOf(code));
    asked.since = FormatRfc3339(house.clock.Now() - kDay);
    asked.revoke_codes = false;
    const auto preview = Preview(asked);
    ASSERT_TRUE(preview.ok());
    EXPECT_THAT(Said(preview->accounts), ElementsAre("bob"));
    EXPECT_THAT(preview->codes, IsEmpty());
    ASSERT_TRUE(Run(asked).ok());
    EXPECT_TRUE(IsActive("ann"));
    EXPECT_FALSE(IsActive("bob"));
    EXPECT_EQ(StatusOf(IdOf(code)), "active") << "the code was not meant";
}

// GATE-3
TEST_P(Recalling, ABatchIsTakenBackAsOne) {
    const Answer made =
        house.Post("/api/invite-codes/bulk/",
                   R"({"action": "create", "count": 250, "label": "Open day"})", "ada");
    const std::string batch = made.Text("batch");
    const auto other = house.Create("{}");
    const auto done = Run(Of("batch", batch));
    ASSERT_TRUE(done.ok()) << done.error().reason;
    EXPECT_EQ(Shown(done->id).tally.codes, 250) << "in more than one transaction";
    EXPECT_EQ(Shown(done->id).subject_name, "Open day");
    EXPECT_EQ(StatusOf(IdOf(other)), "active");
    ASSERT_TRUE(Undo(done->id).ok());
    EXPECT_EQ(Shown(done->id).tally.brought_back, 250);
    EXPECT_EQ(Run(Of("batch", "none")).error().reason, "batch.unknown");
}

// GATE-3
TEST_P(Recalling, ABranchReachesWhatThoseWhomTheyBroughtHaveIssued) {
    const auto first = house.Create(R"({"role": "manager", "label": "A manager"})");
    Join(first, "mia");
    const auto login =
        house.Post("/api/auth/token/",
                   fmt::format(R"({{"username": "mia", "password": "{}"}})", kGoodPassword));
    ASSERT_EQ(login.status, 200);
    const Answer hers = house.Ask(Method::kPost, "/api/invite-codes/create/",
                                  R"({"label": "Of mia", "max_uses": 5})", "",
                                  {{"authorization", "Bearer " + login.Text("token")}});
    ASSERT_EQ(hers.status, 201) << hers.body;
    ASSERT_EQ(house.Register(hers.Text("data.code"), "nat").status, 201);

    const auto person = Preview(Of("person", "ada"));
    EXPECT_THAT(Said(person->accounts), ElementsAre("mia"));
    const auto branch = Preview(Of("branch", "ada"));
    EXPECT_THAT(Said(branch->accounts), ElementsAre("mia", "nat"));
    EXPECT_EQ(branch->tally.codes + branch->tally.codes_spared, 2);
    ASSERT_TRUE(Run(Of("branch", "ada")).ok());
    EXPECT_FALSE(IsActive("mia"));
    EXPECT_FALSE(IsActive("nat"));
    EXPECT_EQ(StatusOf(hers.Text("data.id")), "inactive");
}

// GATE-3: exactly what it changed, and what nobody has changed since.
TEST_P(Recalling, UndoingLeavesAloneWhatSomebodyHasChangedSince) {
    const auto code = house.Create(R"({"label": "One", "max_uses": 9})");
    const auto two = house.Create(R"({"label": "Two", "max_uses": 9})", "max");
    const auto three = house.Create(R"({"label": "Three", "max_uses": 9})", "max");
    const auto gone = house.Create(R"({"label": "Gone"})", "max");
    for (const char* name : {"ann", "bob", "cid"}) Join(two, name);
    const auto done = Run(Of("person", "max"));
    ASSERT_TRUE(done.ok());
    EXPECT_EQ(StatusOf(IdOf(code)), "active");

    for (const char* deed : {"reactivate", "revoke"})
        ASSERT_EQ(house.Post("/api/invite-codes/" + IdOf(two) + "/" + deed + "/", "", "ada").status,
                  200);
    ASSERT_EQ(house.Ask(Method::kDelete, "/api/invite-codes/" + IdOf(gone) + "/", "", "ada").status,
              204);
    ASSERT_EQ(house
                  .Ask(Method::kPatch, "/api/users/" + house.AccountId("bob") + "/",
                       R"({"name": "Bob"})", "ada")
                  .status,
              200);
    const Actor ada = house.ActorOf("ada");
    ASSERT_TRUE(DeleteAccount(ada.Ask<Permission::kUsersWrite>().value(), house.world,
                              house.AccountId("cid"))
                    .ok());
    ASSERT_TRUE(Undo(done->id).ok());
    EXPECT_THAT(Undone(done->id),
                UnorderedElementsAre("ann: back", "bob: account.changed", ": account.deleted",
                                     "Two: code.changed", "Three: back", "Gone: code.deleted"));
    EXPECT_EQ(StatusOf(IdOf(two)), "inactive");
    EXPECT_EQ(StatusOf(IdOf(three)), "active");
    EXPECT_TRUE(IsActive("ann"));
    EXPECT_FALSE(IsActive("bob"));
    EXPECT_EQ(Shown(done->id).tally.kept, 4);
}

// GATE-3, PERM-4
TEST_P(Recalling, AManagerRecallsTheTeamsCodesAndNobodysAccount) {
    const auto own = house.Create(R"({"label": "Own", "task_group": "cleaning"})", "max");
    const auto team = house.Create(R"({"label": "Team", "task_group": "cleaning"})");
    const auto beyond = house.Create(R"({"label": "Beyond", "task_group": "lawn_pool"})");
    EXPECT_EQ(Run(Of("code", IdOf(own)), "max").error().kind, ErrorKind::kForbidden);
    EXPECT_EQ(Preview(Of("code", IdOf(own)), "max").error().kind, ErrorKind::kForbidden);
    RecallAsked asked = Of("code", IdOf(beyond));
    asked.deactivate_accounts = false;
    EXPECT_EQ(Run(asked, "max").error().reason, "code.unknown");
    asked.subject = IdOf(team);
    const auto done = Run(asked, "max");
    ASSERT_TRUE(done.ok());
    EXPECT_EQ(StatusOf(IdOf(team)), "inactive");
    asked.scope = "person";
    asked.subject = "ada";
    EXPECT_EQ(Run(asked, "max").error().fields.at(0).reason, "account.unknown")
        << "of another team";
    asked.subject = "max";
    ASSERT_TRUE(Run(asked, "max").ok());
    EXPECT_EQ(StatusOf(IdOf(own)), "inactive");
    EXPECT_EQ(StatusOf(IdOf(beyond)), "active");

    // One's own are seen and undone; another's are not, but by whoever works with all codes.
    asked.scope = "code";
    asked.subject = IdOf(beyond);
    const auto adas = Run(asked, "ada");
    EXPECT_EQ(Undo(adas->id, "max").error().reason, "recall.unknown");
    EXPECT_TRUE(Undo(done->id, "ada").ok());
    EXPECT_EQ(StatusOf(IdOf(team)), "active");
}

// GATE-3: what was approved stays approved, also where a manager undoes.
TEST_P(Recalling, UndoingBringsAnApprovedCodeBackAsItWasApproved) {
    const auto code = house.Create(R"({"role": "admin", "task_group": "cleaning"})", "max");
    ASSERT_EQ(house.Post("/api/invite-codes/" + IdOf(code) + "/approve/", "", "ada").status, 200);
    RecallAsked asked = Of("code", IdOf(code));
    asked.deactivate_accounts = false;
    const auto done = Run(asked, "max");
    ASSERT_TRUE(done.ok());
    EXPECT_EQ(StatusOf(IdOf(code)), "inactive");
    ASSERT_TRUE(Undo(done->id, "max").ok());
    EXPECT_EQ(StatusOf(IdOf(code)), "active");
    EXPECT_EQ(house.Get("/api/invite-codes/" + IdOf(code) + "/", "ada").Text("approval"),
              "approved");
}

// GATE-3: a form that is sent twice does it once.
TEST_P(Recalling, TheSameFormTwiceIsOneRecall) {
    const auto code = house.Create(R"({"max_uses": 9})");
    Join(code, "ann");
    RecallAsked asked = Of("code", IdOf(code));
    asked.id = "01890000-0000-7000-8000-000000000001";
    ASSERT_TRUE(Run(asked).ok());
    const auto again = Run(asked);
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(again->id, asked.id);
    EXPECT_EQ(Count(EventKind::kRecalled), 1u);
    EXPECT_EQ(Count(EventKind::kAccountDeactivated), 1u);
    EXPECT_THAT(Said(Items(asked.id)).size(), 2u);
    const auto other = house.Create("{}");
    asked.subject = IdOf(other);
    EXPECT_EQ(Run(asked).error().reason, "recall.taken");
    EXPECT_EQ(StatusOf(IdOf(other)), "active");
}

// GATE-3: a program that was killed meanwhile.
TEST_P(Recalling, OneThatWasCutOffIsGoneOnWithOrUndone) {
    const auto one = house.Create(R"({"label": "One"})", "max");
    const auto two = house.Create(R"({"label": "Two"})", "max");
    RecallAsked asked = Of("person", "max");
    asked.id = "01890000-0000-7000-8000-000000000002";
    const auto cut_off = [&] {
        ASSERT_TRUE(Run(asked).ok());
        house.database.Execute("UPDATE recall SET state = 'running'");
        house.database.Execute(
            fmt::format("DELETE FROM recall_item WHERE code_id = {}", IdOf(two)));
        house.Post("/api/invite-codes/" + IdOf(two) + "/reactivate/", "", "ada");
    };
    cut_off();
    ASSERT_EQ(StatusOf(IdOf(two)), "active");
    const auto done = Run(asked);
    ASSERT_TRUE(done.ok());
    EXPECT_EQ(done->state, RecallState::kDone);
    EXPECT_EQ(StatusOf(IdOf(two)), "inactive");
    EXPECT_THAT(Said(Items(asked.id)), ElementsAre("One", "Two"));

    house.database.Execute("UPDATE recall SET state = 'running'");
    ASSERT_TRUE(Undo(asked.id).ok());
    EXPECT_EQ(StatusOf(IdOf(one)), "active");
    EXPECT_EQ(StatusOf(IdOf(two)), "active");
}

// GATE-3: once a recall was acknowledged, nobody gets in and nobody who got in stays.
TEST_P(Recalling, WhoJoinsWhileACodeIsRecalledIsOutAfterwards) {
    const auto code = house.Create(R"({"max_uses": 500})");
    const std::string word = Word(code);
    std::atomic<bool> is_over = false;
    std::atomic<int> joined = 0, late = 0;
    std::vector<std::thread> guests;
    for (int guest = 0; guest < 3; ++guest)
        guests.emplace_back([&, guest] {
            for (int n = 0; n < 40; ++n) {
                const bool began_late = is_over;
                const int status =
                    house.Register(word, fmt::format("guest-{}-{}", guest, n)).status;
                if (status == 201) ++(began_late ? late : joined);
                if (status != 201) break;
            }
        });
    while (joined < 3) std::this_thread::yield();
    const auto done = Run(Of("code", IdOf(code)));
    is_over = true;
    for (std::thread& guest : guests) guest.join();
    ASSERT_TRUE(done.ok());
    EXPECT_EQ(late, 0);
    EXPECT_EQ(Shown(done->id).tally.accounts, joined);
    EXPECT_EQ(house.database.Number("SELECT count(*) FROM account WHERE joined_with IS NOT NULL "
                                    "AND deactivated_at IS NULL"),
              0);
}

// GATE-3
TEST_P(Recalling, EveryWrongFieldIsNamedAtOnce) {
    RecallAsked asked;
    asked.scope = "all";
    asked.since = "yesterday";
    asked.reason = std::string(501, 'x');
    const auto refused = Run(asked);
    ASSERT_FALSE(refused.ok());
    std::vector<std::string> reasons;
    for (const FieldError& one : refused.error().fields) reasons.push_back(one.reason);
    EXPECT_THAT(reasons,
                ElementsAre("scope.unknown", "subject.required", "since.invalid", "reason.long"));
    asked = Of("person", "ada");
    asked.revoke_codes = asked.deactivate_accounts = false;
    EXPECT_EQ(Run(asked).error().reason, "choice.none");
    asked.since = "2999-01-01";
    EXPECT_EQ(Run(asked).error().reason, "since.future");
}

// GATE-3: it stays to be seen.
TEST_P(Recalling, RecallsAreListedNewestFirstPageByPage) {
    std::vector<std::string> made;
    for (int n = 0; n < 3; ++n) {
        house.clock.Pass(kSecond);
        made.insert(made.begin(),
                    Run(Of("code", IdOf(house.Create(R"({"label": "A code"})")))).value().id);
    }
    const Actor ada = house.ActorOf("ada");
    const auto permit = ada.Ask<Permission::kCodesRead>().value();
    const auto first = ListRecalls(permit, house.world, CodeScope::All(), "", 2).value();
    ASSERT_EQ(first.size(), 2u);
    EXPECT_EQ(first[0].recall.id, made[0]);
    EXPECT_EQ(first[0].subject_name, "A code");
    EXPECT_EQ(first[0].tally.codes, 1);
    const auto second =
        ListRecalls(permit, house.world, CodeScope::All(), first[1].recall.id, 2).value();
    ASSERT_EQ(second.size(), 1u);
    EXPECT_EQ(second[0].recall.id, made[2]);
    const Actor max = house.ActorOf("max");
    EXPECT_THAT(ListRecalls(max.Ask<Permission::kCodesRead>().value(), house.world,
                            ScopeOf(max, house.world), "", 10)
                    .value(),
                IsEmpty());
}

}  // namespace
}  // namespace ostiary
