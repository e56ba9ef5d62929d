// HR-1: what a pull of people does not do: by mistake, twice, or for whoever may not.

#include "scenarios/pull_house.h"

namespace ostiary {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class PullBounds : public PullHouse {};

INSTANTIATE_TEST_SUITE_P(EveryDatabase, PullBounds, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(PullBounds, HR1WrongRowsAreNamedAndNobodyLeavesForThem) {
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

TEST_P(PullBounds, HR1WhereARowCannotBeToldNobodyCountsAsGone) {
    Pulled(kFile);
    const Pull pull = Fetch(
        "id,name,email,role\n1,Ann Able,ann@example.org,staff\n,Somebody,some@example.org,staff\n");
    EXPECT_EQ(pull.unnamed, 1);
    EXPECT_EQ(pull.leavers, 0);
    EXPECT_EQ(pull.state, PullState::kFailed);
}

TEST_P(PullBounds, HR1ADirectoryMakesNoSuperusers) {
    const Pull pull = Fetch("email,role\nzoe@example.org,admin\n");
    EXPECT_THAT(Errors(pull.id), ElementsAre("2 role scim.superuser"));
    house.config.scim_superusers = true;
    EXPECT_EQ(Pulled("email,role\nzoe@example.org,admin\n").done, 1);
}

TEST_P(PullBounds, HR1AnEmptyFileNeedsTheNumberOfLeaversToBeSaid) {
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

TEST_P(PullBounds, HR1ManyLeaversNeedTheirNumberToBeSaid) {
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

TEST_P(PullBounds, HR1KilledBetweenItGoesOnAndNothingIsDoneTwice) {
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

TEST_P(PullBounds, HR1AFetchThatWasCutOffIsBegunAnew) {
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

TEST_P(PullBounds, HR1SuperusersAreToldOnceOfTheSame) {
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

TEST_P(PullBounds, HR1WhoeverAppliesItMustStillBeAllowedTo) {
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

TEST_P(PullBounds, HR1ManyMailsAreSpreadOverHours) {
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

TEST_P(PullBounds, AUD2WhoIsDeletedIsNotBroughtBackAndWhoIsErasedIsForgotten) {
    Pulled(kFile);
    Join("bob@example.org", "bob");
    Join("cid@example.org", "cid");
    const std::string bob = house.AccountId("bob"), cid = house.AccountId("cid");
    for (const std::string& id : {bob, cid})
        ASSERT_TRUE(DeactivateAccount(May(), house.world, id).ok());
    ASSERT_TRUE(DeleteAccount(May(), house.world, bob).ok());
    EXPECT_EQ(Fetch(kFile).state, PullState::kSame) << "the file still has them";
    house.clock.Pass(kMinute);
    LinkAuditLog(house.world, 1'000);
    ASSERT_TRUE(EraseAccount(May(), house.world, cid).ok());
    std::vector<PullPerson> people;
    house.store->Read([&](Work& work) { people = work.pulls.ListPeople("", 10); });
    EXPECT_EQ(people.size(), 2u);
    for (const PullPerson& one : people) {
        EXPECT_THAT(one.said, Not(HasSubstr("bob")));
        EXPECT_THAT(one.said, Not(HasSubstr("cid")));
    }
}

}  // namespace
}  // namespace ostiary
