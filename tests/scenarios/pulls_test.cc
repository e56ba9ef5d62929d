// HR-1: people are pulled from a file of a system of people; what would change is shown first, and
// done when somebody says so.

#include "scenarios/pull_house.h"

namespace ostiary {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class Pulling : public PullHouse {};

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
                                           "change Bob Best role: viewer → staff"));
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
    EXPECT_THAT(Outcomes(pull.id),
                ElementsAre("Ann Able done", "Bob Best failed: Changed meanwhile"));
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
        R"([{"employee_id": "007", "name": "Ann Able", "email": "ann@example.org", )"
        R"("aircraft_roles": []}])");
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

}  // namespace
}  // namespace ostiary
