// HR-1: people are pulled from a file of a system of people; what would change is shown first, and
// done when somebody says so.

#include "core/pulls.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <thread>

#include "core/accounts.h"
#include "core/mails_delivery.h"
#include "core/notifications.h"
#include "core/scim.h"
#include "core/sessions.h"
#include "support/house.h"
#include "util/text.h"

namespace ostiary {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::string_view kFile =
    "id,name,email,role,active\n"
    "1,Ann Able,ann@example.org,staff,yes\n"
    "2,Bob Best,bob@example.org,viewer,yes\n"
    "3,Cid Cole,cid@example.org,staff,yes\n";

class Pulling : public testing::TestWithParam<DatabaseKind> {
protected:
    Pulling() { house.config.pull_source = "/srv/people.csv"; }

    Permit<Permission::kUsersWrite> May(std::string_view as = "ada") {
        actor_ = house.ActorOf(as);
        return actor_.Ask<Permission::kUsersWrite>().value();
    }
    // What came of a file.
    Pull Fetch(std::string_view file) {
        house.clock.Pass(kSecond);
        EXPECT_TRUE(AskForPull(May(), house.world).ok());
        const auto task = TakePullTask(house.world);
        if (!task) return ADD_FAILURE() << "nothing is fetched", Pull{};
        TakePulled(house.world, *task, file);
        return Now(task->id);
    }
    Pull Now(const std::string& id) { return GetPull(May(), house.world, id).value(); }
    Result<Pull> Apply(const std::string& id, const PullAsked& asked = {}) {
        const auto begun = ApplyPull(May(), house.world, id, asked);
        if (!begun.ok()) return begun;
        AdvancePulls(house.world, kMinute);
        return Now(id);
    }
    // Applied at once.
    Pull Pulled(std::string_view file, const PullAsked& asked = {}) {
        const Pull pull = Fetch(file);
        const auto applied = Apply(pull.id, asked);
        EXPECT_TRUE(applied.ok()) << applied.error().reason;
        return applied.ok() ? applied.value() : pull;
    }
    std::vector<PullChange> Changes(const std::string& id) {
        return ListPullChanges(May(), house.world, id, 0, 1000).value();
    }
    // "change Bob Best role: viewer → staff", of changes as they are listed.
    std::vector<std::string> Said(const std::string& id) {
        std::vector<std::string> said;
        for (const PullChange& one : Changes(id)) {
            const PullBody body = UnpackBody(one.body);
            std::string line = fmt::format("{} {}", NameOf(one.kind), body.name);
            for (const PullDifference& each : body.differences)
                line += fmt::format(" {}: {} → {}", each.field, each.before, each.after);
            said.push_back(line);
        }
        return said;
    }
    std::vector<std::string> Outcomes(const std::string& id) {
        std::vector<std::string> said;
        for (const PullChange& one : Changes(id))
            said.push_back(fmt::format("{} {}{}", UnpackBody(one.body).name, one.outcome,
                                       one.reason.empty() ? "" : ": " + one.reason));
        return said;
    }
    std::vector<std::string> Errors(const std::string& id) {
        std::vector<std::string> said;
        for (const ImportError& one : ListPullErrors(May(), house.world, id, 1000).value())
            said.push_back(fmt::format("{} {} {}", one.row, one.field, one.reason));
        return said;
    }
    std::optional<ScimPerson> Person(std::string_view email) {
        std::vector<ScimPerson> found;
        house.store->Read([&](Work& work) {
            found = work.scim.Find({ScimLookup::By::kEmail, std::string(email)});
        });
        return found.empty() ? std::nullopt : std::optional(found.front());
    }
    bool IsActive(std::string_view email) {
        const auto person = Person(email);
        return person && person->IsActiveAt(house.clock.Now());
    }
    // Joins with the invitation that was made for this address.
    void Join(const std::string& email, const char* username) {
        const auto person = Person(email);
        ASSERT_TRUE(person && person->code);
        std::optional<Code> code;
        house.store->Read([&](Work& work) { code = work.codes.Find(person->code->id); });
        const std::string body = fmt::format(
            R"({{"invite_code": "{}", "username": "{}", "email": "{}", "password": "{}", "password_confirm": "{}"}})",
            code->code, username, email, kGoodPassword, kGoodPassword);
        ASSERT_EQ(house.Post("/api/register/", body).status, 201);
    }
    std::size_t Count(EventKind kind) {
        const auto events = house.Events();
        return static_cast<std::size_t>(std::ranges::count(events, kind, &Event::kind));
    }
    std::int64_t Mails() {
        std::int64_t mails = 0;
        house.store->Read([&](Work& work) {
            mails = work.mails.CountBy(house.AccountId("ada"), house.clock.Now() - kDay);
        });
        return mails;
    }
    std::vector<NotificationKind> Bell(std::string_view as = "ada", Seeing seeing = Seeing::kNo) {
        const Actor actor = house.ActorOf(as);
        std::vector<NotificationKind> kinds;
        for (const Notification& one :
             SeeNotifications(actor.Ask<Permission::kOwnAccount>().value(), house.world, seeing))
            if (!one.seen_at) kinds.push_back(one.kind);
        return kinds;
    }

    House house{GetParam()};

private:
    Actor actor_;
};

INSTANTIATE_TEST_SUITE_P(EveryDatabase, Pulling, testing::ValuesIn(kEveryDatabase), NameOfDatabase);

TEST_P(Pulling, HR1WhoIsNewIsShownFirstAndInvitedWhenItIsApplied) {
    house.ConfigureMail();
    const Pull pull = Fetch(kFile);
    EXPECT_EQ(pull.state, PullState::kWaiting);
    EXPECT_EQ(pull.rows, 3);
    EXPECT_THAT(Said(pull.id),
                ElementsAre("invite Ann Able", "invite Bob Best", "invite Cid Cole"));
    EXPECT_FALSE(Person("ann@example.org")) << "looking does nothing";

    const auto done = Apply(pull.id);
    ASSERT_TRUE(done.ok()) << done.error().reason;
    EXPECT_EQ(done->state, PullState::kApplied);
    EXPECT_EQ(done->done, 3);
    const auto ann = Person("ann@example.org");
    ASSERT_TRUE(ann && ann->code);
    EXPECT_EQ(ann->row.external_id, "1");
    EXPECT_EQ(ann->code->role, "staff");
    EXPECT_EQ(Mails(), 3);
    EXPECT_EQ(Count(EventKind::kCodeCreated), 3u);
    EXPECT_EQ(Count(EventKind::kPullApplied), 1u);

    EXPECT_EQ(Fetch(kFile).state, PullState::kSame);
}

TEST_P(Pulling, HR1WhatChangedIsSaidFieldByFieldAndFollowsToInvitationAndAccount) {
    Pulled(kFile);
    Join("bob@example.org", "bob");
    const Pull pull = Fetch(
        "id,name,email,role\n1,Ann Baker,ann@example.org,staff\n2,Bob Best,bob@example.org,staff\n"
        "3,Cid Cole,cid@example.org,staff\n");
    EXPECT_THAT(Said(pull.id), ElementsAre("change Ann Able name: Ann Able → Ann Baker",
                                           "change bob role: viewer → staff"));
    ASSERT_TRUE(Apply(pull.id).ok());
    EXPECT_EQ(ScimDisplayNameOf(*Person("ann@example.org")), "Ann Baker");
    EXPECT_EQ(Person("bob@example.org")->account->role, "staff");
}

TEST_P(Pulling, HR1WhoIsInTheFileNoMoreOrInactiveThereLeaves) {
    Pulled(kFile);
    Join("bob@example.org", "bob");
    const Pull pull = Fetch(
        "id,name,email,role,active\n1,Ann Able,ann@example.org,staff,no\n"
        "3,Cid Cole,cid@example.org,staff,yes\n");
    EXPECT_EQ(pull.leavers, 2);
    EXPECT_TRUE(IsActive("bob@example.org"));
    PullAsked asked;
    EXPECT_TRUE(Apply(pull.id, asked).ok()) << "two are few";
    EXPECT_FALSE(IsActive("ann@example.org"));
    EXPECT_FALSE(IsActive("bob@example.org"));
    EXPECT_TRUE(IsActive("cid@example.org"));
    EXPECT_EQ(Count(EventKind::kAccountDeactivated), 1u);
    EXPECT_EQ(Count(EventKind::kCodeRevoked), 1u);

    const Pull back = Fetch(kFile);
    EXPECT_THAT(Said(back.id),
                ElementsAre(HasSubstr("active: no → yes"), HasSubstr("active: no → yes")));
    ASSERT_TRUE(Apply(back.id).ok());
    EXPECT_TRUE(IsActive("ann@example.org"));
    EXPECT_TRUE(IsActive("bob@example.org"));
}

TEST_P(Pulling, HR1WhoeverIsHereAlreadyIsLinkedAndNotInvited) {
    const Pull pull = Pulled("email,name,role\nvic@ostiary.test,Vic Vane,staff\n");
    EXPECT_EQ(pull.links, 1);
    EXPECT_EQ(pull.invites, 0);
    EXPECT_EQ(Count(EventKind::kCodeCreated), 0u);
    EXPECT_EQ(Person("vic@ostiary.test")->account->role, "viewer") << "linking changes nothing";
    const Pull next = Fetch("email,name,role\nvic@ostiary.test,Vic Vane,staff\n");
    EXPECT_THAT(Said(next.id), ElementsAre("change vic name: vic → Vic Vane role: viewer → staff"));
    const Pull none = Fetch("email,name\n");
    EXPECT_EQ(none.leavers, 1) << "max, gil and sam were never brought by it";
}

TEST_P(Pulling, HR1WhatWasChangedHereStaysUntilTheSourceSaysSomethingNew) {
    Pulled(kFile);
    Join("bob@example.org", "bob");
    AccountDraft draft;
    draft.role = "staff";
    ASSERT_TRUE(EditAccount(May(), house.world, house.AccountId("bob"), draft, {}).ok());
    EXPECT_EQ(Fetch(kFile).state, PullState::kSame);
    ASSERT_TRUE(DeactivateAccount(May(), house.world, house.AccountId("bob")).ok());
    EXPECT_EQ(Fetch(kFile).state, PullState::kSame) << "whoever is locked out here stays out";
}

TEST_P(Pulling, HR1WrongRowsAreNamedAndNobodyLeavesForThem) {
    Pulled(kFile);
    const Pull pull = Fetch(
        "id,name,email,role,active\n1,Ann Able,ann@example.org,king,yes\n"
        "2,Bob Best,bob@@example.org,viewer,yes\n3,Cid Cole,cid@example.org,viewer,yes\n"
        "4,Dora,dora@example.org,staff,perhaps\n4,Dora,dora@example.org,admin,yes\n");
    EXPECT_EQ(pull.wrong, 4);
    EXPECT_THAT(Errors(pull.id), ElementsAre("2 role role.unknown", "3 email email.invalid",
                                             "5 active active.invalid", "6 external_id row.twice"));
    EXPECT_THAT(Said(pull.id), ElementsAre("change Cid Cole role: staff → viewer"));
    const auto refused = Apply(pull.id);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().fields.front().reason, "good_rows_only.needed");
    EXPECT_EQ(Person("cid@example.org")->code->role, "staff");
    PullAsked asked;
    asked.good_rows_only = true;
    ASSERT_TRUE(Apply(pull.id, asked).ok());
    EXPECT_EQ(Person("cid@example.org")->code->role, "viewer");
    EXPECT_TRUE(IsActive("bob@example.org"));
}

TEST_P(Pulling, HR1WhereARowCannotBeToldNobodyCountsAsGone) {
    Pulled(kFile);
    const Pull pull = Fetch(
        "id,name,email,role\n1,Ann Able,ann@example.org,staff\n,Somebody,some@example.org,staff\n");
    EXPECT_EQ(pull.unnamed, 1);
    EXPECT_EQ(pull.leavers, 0);
    EXPECT_EQ(pull.state, PullState::kFailed);
}

TEST_P(Pulling, HR1ADirectoryMakesNoSuperusers) {
    const Pull pull = Fetch("email,role\nzoe@example.org,admin\n");
    EXPECT_THAT(Errors(pull.id), ElementsAre("2 role scim.superuser"));
    house.config.scim_superusers = true;
    EXPECT_EQ(Pulled("email,role\nzoe@example.org,admin\n").done, 1);
}

TEST_P(Pulling, HR1AnEmptyFileNeedsTheNumberOfLeaversToBeSaid) {
    Pulled("email\nann@example.org\n");
    const Pull pull = Fetch("email\n");
    EXPECT_TRUE(MustCountLeavers(pull));
    const auto refused = Apply(pull.id);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().fields.front().reason, "expected_leavers.needed");
    PullAsked asked;
    asked.expected_leavers = 3;
    EXPECT_EQ(Apply(pull.id, asked).error().fields.front().reason, "expected_leavers.other");
    EXPECT_TRUE(IsActive("ann@example.org"));
    asked.expected_leavers = 1;
    ASSERT_TRUE(Apply(pull.id, asked).ok());
    EXPECT_FALSE(IsActive("ann@example.org"));
    EXPECT_EQ(Fetch("[]").state, PullState::kSame) << "a list of nobody is a list";
    EXPECT_EQ(Fetch("").state, PullState::kFailed) << "nothing at all is none";
}

TEST_P(Pulling, HR1ManyLeaversNeedTheirNumberToBeSaid) {
    std::string all = "email\n", few = "email\n";
    for (int i = 0; i < 40; ++i) {
        const std::string line = fmt::format("p{}@example.org\n", i);
        all += line;
        if (i >= 5) few += line;
    }
    EXPECT_EQ(Pulled(all).done, 40);
    const Pull pull = Fetch(few);
    EXPECT_EQ(pull.known, 40);
    EXPECT_EQ(pull.leavers, 5);
    EXPECT_TRUE(MustCountLeavers(pull));
    Pull small = pull;
    small.leavers = 4;
    EXPECT_FALSE(MustCountLeavers(small)) << "one in ten may leave";
    EXPECT_FALSE(Apply(pull.id).ok());
    PullAsked asked;
    asked.expected_leavers = 5;
    ASSERT_TRUE(Apply(pull.id, asked).ok());
    EXPECT_FALSE(IsActive("p0@example.org"));
    EXPECT_TRUE(IsActive("p7@example.org"));
}

TEST_P(Pulling, HR1WhatWasChangedMeanwhileIsLeftAlone) {
    Pulled(kFile);
    Join("bob@example.org", "bob");
    const Pull pull = Fetch(
        "id,name,email,role\n1,Ann Able,ann@example.org,viewer\n2,Bob Best,bob@example.org,staff\n"
        "3,Cid Cole,cid@example.org,staff\n");
    AccountDraft draft;
    draft.role = "manager";
    ASSERT_TRUE(EditAccount(May(), house.world, house.AccountId("bob"), draft, {}).ok());
    const auto done = Apply(pull.id);
    ASSERT_TRUE(done.ok());
    EXPECT_THAT(Outcomes(pull.id), ElementsAre("Ann Able done", "bob failed: Changed meanwhile"));
    EXPECT_EQ(done->done, 1);
    EXPECT_EQ(done->failed, 1);
    EXPECT_EQ(Person("bob@example.org")->account->role, "manager");
}

TEST_P(Pulling, HR1ASuperuserIsLeftAloneAndTheReasonIsSaid) {
    Pulled("email\nada@ostiary.test\n");
    const Pull pull = Fetch("email\n");
    PullAsked asked;
    asked.expected_leavers = 1;
    ASSERT_TRUE(Apply(pull.id, asked).ok());
    EXPECT_THAT(Outcomes(pull.id), ElementsAre(HasSubstr("may not change superusers")));
    EXPECT_TRUE(IsActive("ada@ostiary.test"));
}

TEST_P(Pulling, HR1ANewerOneTakesThePlaceOfOneThatWaits) {
    const Pull first = Fetch(kFile);
    const Pull second = Fetch("email\nzoe@example.org\n");
    EXPECT_EQ(Now(first.id).state, PullState::kSuperseded);
    EXPECT_EQ(second.state, PullState::kWaiting);
    EXPECT_EQ(Apply(first.id).error().reason, "pull.ended");
    const Pull failed = Fetch("\xFF\xFE");
    EXPECT_EQ(failed.state, PullState::kFailed);
    EXPECT_EQ(Now(second.id).state, PullState::kWaiting) << "a file that failed says nothing";
    EXPECT_TRUE(DiscardPull(May(), house.world, second.id).ok());
    EXPECT_EQ(Apply(second.id).error().reason, "pull.ended");
    EXPECT_EQ(Count(EventKind::kPullDiscarded), 1u);
    EXPECT_FALSE(Person("zoe@example.org"));
}

TEST_P(Pulling, HR1KilledBetweenItGoesOnAndNothingIsDoneTwice) {
    house.ConfigureMail();
    house.QueueMails("ada", 999);
    const Pull pull = Fetch(kFile);
    ASSERT_TRUE(Apply(pull.id).ok());
    EXPECT_EQ(Now(pull.id).done, 1) << "the first of them; then it had to wait";
    house.clock.Pass(61 * kMinute);
    const Millis now = house.clock.Now();
    house.store->Write([&](Work& work) {  // whoever went on was killed at once
        EXPECT_TRUE(work.pulls.Claim(pull.id, "killed", now, now + 15 * kSecond));
    });
    AdvancePulls(house.world, kMinute);
    EXPECT_EQ(Now(pull.id).done, 1) << "it is somebody else's";
    house.clock.Pass(16 * kSecond);
    const auto store =
        OpenStore(house.database.config(), house.vault, house.clock, house.random, {});
    World other = house.world.With(*store);
    std::thread second([&] { AdvancePulls(other, kMinute); });
    AdvancePulls(house.world, kMinute);
    second.join();
    AdvancePulls(house.world, kMinute);
    EXPECT_EQ(Now(pull.id).state, PullState::kApplied);
    EXPECT_EQ(Now(pull.id).done, 3);
    EXPECT_EQ(Now(pull.id).failed, 0);
    EXPECT_EQ(Count(EventKind::kCodeMailed), 3u);
    EXPECT_EQ(Count(EventKind::kCodeCreated), 3u);
    ASSERT_TRUE(Apply(pull.id).ok()) << "pressed again";
    EXPECT_EQ(Count(EventKind::kCodeMailed), 3u);
}

TEST_P(Pulling, HR1AFetchThatWasCutOffIsBegunAnew) {
    ASSERT_TRUE(AskForPull(May(), house.world).ok());
    const auto killed = TakePullTask(house.world);
    ASSERT_TRUE(killed);
    EXPECT_FALSE(TakePullTask(house.world)) << "one does it";
    house.clock.Pass(4 * kMinute);
    const auto again = TakePullTask(house.world);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->id, killed->id);
    TakePulled(house.world, *killed, "email\nold@example.org\n");
    EXPECT_EQ(Now(again->id).state, PullState::kFetching) << "it came too late";
    TakePulled(house.world, *again, kFile);
    EXPECT_EQ(Said(again->id).size(), 3u);
}

TEST_P(Pulling, HR1ItIsFetchedEverySoManyHours) {
    const auto first = TakePullTask(house.world);
    ASSERT_TRUE(first);
    FailPull(house.world, *first, "The server answered with 500");
    EXPECT_FALSE(TakePullTask(house.world));
    house.clock.Pass(23 * kHour);
    EXPECT_FALSE(TakePullTask(house.world));
    house.clock.Pass(kHour);
    EXPECT_TRUE(TakePullTask(house.world));
    house.config.pull_source.clear();
    EXPECT_EQ(AskForPull(May(), house.world).error().reason, "pull.off");
}

TEST_P(Pulling, HR1SuperusersAreToldOnceOfTheSame) {
    Fetch("name\nAnn\n");
    EXPECT_THAT(Bell("ada", Seeing::kYes), ElementsAre(NotificationKind::kPullFailed));
    Fetch("name\nAnn\n");
    EXPECT_THAT(Bell(), IsEmpty()) << "the same failure again";
    Fetch(kFile);
    EXPECT_THAT(Bell("ada", Seeing::kYes), ElementsAre(NotificationKind::kPullWaiting));
    Fetch(kFile);
    EXPECT_THAT(Bell(), IsEmpty()) << "the same changes again";
    EXPECT_THAT(Bell("max"), IsEmpty());
    EXPECT_EQ(Count(EventKind::kPullFailed), 2u);
}

TEST_P(Pulling, HR1WhoeverAppliesItMustStillBeAllowedTo) {
    for (const std::string_view who : {"max", "sam", "vic"})
        EXPECT_FALSE(house.ActorOf(who).Ask<Permission::kUsersWrite>().ok());
    AccountDraft zed;
    zed.username = "zed";
    zed.email = "zed@example.org";
    zed.password = std::string(kGoodPassword);
    zed.role = "admin";
    ASSERT_TRUE(CreateAccount(May(), house.world, zed).ok());
    const Pull pull = Fetch(kFile);
    Actor actor;
    house.store->Read([&](Work& work) {
        actor = MakeActor(house.config.catalogue, *work.accounts.FindByUsername("zed"), {});
    });
    ASSERT_TRUE(
        ApplyPull(actor.Ask<Permission::kUsersWrite>().value(), house.world, pull.id, {}).ok());
    ASSERT_TRUE(DeactivateAccount(May(), house.world, actor.account_id).ok());
    AdvancePulls(house.world, kMinute);
    EXPECT_EQ(Now(pull.id).state, PullState::kWaiting);
    EXPECT_THAT(Now(pull.id).trouble, HasSubstr("may not do so any more"));
    EXPECT_FALSE(Person("ann@example.org"));
    EXPECT_EQ(Apply(pull.id)->done, 3);
}

TEST_P(Pulling, HR1ManyMailsAreSpreadOverHours) {
    house.ConfigureMail();
    house.QueueMails("ada", 998);
    const Pull pull = Fetch(kFile);
    const auto paused = Apply(pull.id);
    ASSERT_TRUE(paused.ok());
    EXPECT_EQ(paused->state, PullState::kApplying);
    EXPECT_EQ(paused->done, 2);
    EXPECT_THAT(paused->trouble, HasSubstr("mails an hour"));
    AdvancePulls(house.world, kMinute);
    EXPECT_EQ(Now(pull.id).done, 2);
    house.clock.Pass(61 * kMinute);
    AdvancePulls(house.world, kMinute);
    EXPECT_EQ(Now(pull.id).state, PullState::kApplied);
    EXPECT_EQ(Now(pull.id).done, 3);
}

TEST_P(Pulling, HR1FilesAsSpreadsheetsAndProgramsWriteThem) {
    const Pull csv = Fetch(
        "\xEF\xBB\xBFPersonnel number;First name;Last name;E-mail;Department;Aircraft roles\r\n"
        "007;\"Ann\";Able;Ann@Example.org;cleaning;n12345:pilot\r\n");
    ASSERT_EQ(csv.state, PullState::kWaiting) << csv.trouble;
    const PullBody body = UnpackBody(Changes(csv.id).front().body);
    EXPECT_EQ(body.key, "007");
    EXPECT_EQ(body.name, "Ann Able");
    EXPECT_EQ(WordOf(body.words, "task_group"), "cleaning");
    EXPECT_EQ(WordOf(body.words, "aircraft_roles"), "N12345:pilot");
    ASSERT_TRUE(Apply(csv.id).ok());
    const Pull json = Fetch(
        R"([{"employee_id": "007", "name": "Ann Able", "email": "ann@example.org", "aircraft_roles": []}])");
    EXPECT_THAT(Said(json.id), ElementsAre("change Ann Able aircraft_roles: N12345:pilot → "));
    ASSERT_TRUE(Apply(json.id).ok());
    EXPECT_THAT(Person("ann@example.org")->aircraft_roles, IsEmpty());
}

TEST_P(Pulling, HR1AnotherAddressOfTheSamePersonIsAChangeAndAnotherIdALink) {
    Pulled(kFile);
    Join("bob@example.org", "bob");
    const Pull moved = Pulled(
        "id,name,email,role\n1,Ann Able,ann.able@example.org,staff\n2,Bob "
        "Best,bob@example.org,viewer\n"
        "33,Cid Cole,cid@example.org,staff\n");
    EXPECT_EQ(moved.changes, 1);
    EXPECT_EQ(moved.links, 1);
    EXPECT_EQ(moved.leavers, 0);
    EXPECT_TRUE(IsActive("ann.able@example.org"));
    EXPECT_TRUE(IsActive("cid@example.org"));
    const Pull same = Fetch(
        "id,name,email,role\n1,Ann Able,ann.able@example.org,staff\n2,Bob "
        "Best,bob@example.org,viewer\n"
        "33,Cid Cole,cid@example.org,staff\n");
    EXPECT_EQ(same.state, PullState::kSame);
}

TEST_P(Pulling, AUD2WhoIsErasedIsForgottenHere) {
    Pulled(kFile);
    Join("bob@example.org", "bob");
    const std::string id = house.AccountId("bob");
    ASSERT_TRUE(EraseAccount(May(), house.world, id).ok());
    std::vector<PullPerson> people;
    house.store->Read([&](Work& work) { people = work.pulls.ListPeople("", 10); });
    EXPECT_EQ(people.size(), 2u);
    for (const PullPerson& one : people) EXPECT_THAT(one.said, Not(HasSubstr("bob")));
}

}  // namespace
}  // namespace ostiary
