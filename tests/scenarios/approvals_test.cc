// APPR-1: which codes wait for somebody else, who decides, and who is told.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <deque>

#include "core/codes_bulk.h"
#include "core/notifications.h"
#include "core/setup.h"
#include "support/house.h"
#include "support/visitor.h"

namespace ostiary {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class Approvals : public testing::TestWithParam<DatabaseKind> {
protected:
    std::string Path(const boost::json::object& code, std::string_view rest = "") {
        return fmt::format("/api/invite-codes/{}/{}", code.at("id").as_int64(), rest);
    }
    std::string StatusOf(std::string_view body, std::string_view as) {
        return std::string(house.Create(body, as).at("status").as_string());
    }
    std::string Decide(const boost::json::object& code, std::string_view verb,
                       std::string_view as) {
        const Answer answer = house.Post(Path(code, verb), R"({"reason": "Ask me first"})", as);
        return answer.status == 200 ? answer.Text("data.status") : answer.Text("code");
    }
    void MakeSuperuser(const std::string& username) {
        const Answer made =
            house.Ask(Method::kPatch, "/api/users/" + house.AccountId(username) + "/",
                      R"({"is_superuser": true})", "ada");
        ASSERT_EQ(made.status, 200) << made.body;
    }
    Permit<Permission::kOwnAccount> OwnOf(const std::string& username) {
        actors_.push_back(house.ActorOf(username));
        return actors_.back().Ask<Permission::kOwnAccount>().value();
    }
    // "asked by max", newest first; looking does not count as seeing.
    std::vector<std::string> Told(const std::string& username) {
        constexpr std::array kWords = {"asked", "approved", "rejected", "mail failed"};
        std::vector<std::string> told;
        for (const Notification& one : SeeNotifications(OwnOf(username), house.world, Seeing::kNo))
            told.push_back(fmt::format("{} by {}{}", kWords[static_cast<std::size_t>(one.kind)],
                                       one.actor_name, one.seen_at ? ", seen" : ""));
        return told;
    }

    House house{GetParam()};

private:
    std::deque<Actor> actors_;
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, Approvals, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(Approvals, WaitByTheRuleThatIsSet) {
    const char* ordinary = R"({"task_group": "cleaning"})";
    const char* elevated = R"({"role": "admin", "task_group": "cleaning"})";
    struct Row {
        ApprovalRule rule;
        const char* body;
        std::string_view as, status;
    };
    const std::vector<Row> rows = {
        {ApprovalRule::kElevated, ordinary, "max", "active"},
        {ApprovalRule::kElevated, elevated, "max", "pending"},
        {ApprovalRule::kElevated, ordinary, "sam", "active"},
        {ApprovalRule::kElevated, elevated, "ada", "active"},
        {ApprovalRule::kManagers, ordinary, "max", "pending"},
        {ApprovalRule::kManagers, ordinary, "gil", "pending"},
        {ApprovalRule::kManagers, elevated, "max", "pending"},
        {ApprovalRule::kManagers, ordinary, "sam", "active"},
        {ApprovalRule::kManagers, elevated, "sam", "pending"},
        {ApprovalRule::kManagers, ordinary, "ada", "active"},
        {ApprovalRule::kAlways, ordinary, "max", "pending"},
        {ApprovalRule::kAlways, ordinary, "sam", "pending"},
        {ApprovalRule::kAlways, ordinary, "ada", "pending"},
        {ApprovalRule::kNever, ordinary, "max", "active"},
        {ApprovalRule::kNever, elevated, "ada", "active"},
    };
    for (const Row& row : rows) {
        house.config.approvals = row.rule;
        EXPECT_EQ(StatusOf(row.body, row.as), row.status)
            << static_cast<int>(row.rule) << " " << row.as << " " << row.body;
    }
}

// PERM-5
TEST_P(Approvals, WhereNothingIsApprovedWhatExceedsItsMakerIsRefused) {
    house.config.approvals = ApprovalRule::kNever;
    struct Row {
        const char *body, *field;
    };
    const std::vector<Row> rows = {
        {R"({"role": "admin", "task_group": "cleaning"})", "role"},
        {R"({"role": "manager", "task_group": "laundry"})", "task_group"},
        {R"({"task_group": "cleaning",
             "aircraft_roles": [{"aircraft": "N12345", "role": "owner"}]})",
         "aircraft_roles"}};
    for (const Row& row : rows) {
        const Answer refused = house.Post("/api/invite-codes/create/", row.body, "max");
        EXPECT_EQ(refused.status, 400) << refused.body;
        EXPECT_THAT(refused.body, HasSubstr(fmt::format("\"{}\":", row.field)));
        EXPECT_THAT(refused.body, HasSubstr("more than you hold yourself"));
    }
    const auto code = house.Create(R"({"task_group": "cleaning"})", "max");
    EXPECT_EQ(house.Ask(Method::kPatch, Path(code), R"({"role": "admin"})", "max").status, 400);
    EXPECT_EQ(house.Get(Path(code), "max").Text("role"), "staff");
}

TEST_P(Approvals, NobodyApprovesACodeOfTheirOwn) {
    house.config.approvals = ApprovalRule::kAlways;
    const auto code = house.Create("{}", "ada");
    EXPECT_EQ(Decide(code, "approve/", "ada"), "code.own");
    EXPECT_EQ(house.Register(code.at("code").as_string(), "ann").status, 400);
    MakeSuperuser("sam");
    EXPECT_EQ(Decide(code, "approve/", "sam"), "active");
    EXPECT_EQ(house.Register(code.at("code").as_string(), "ann").status, 201);
    // Nor does an edit of one's own take the place of it.
    const auto other = house.Create(R"({"max_uses": 5})", "ada");
    house.Ask(Method::kPatch, Path(other), R"({"role": "viewer"})", "ada");
    EXPECT_EQ(house.Get(Path(other), "ada").Text("status"), "pending");
    // Whoever runs the program is not bound: a house with one superuser would be stuck.
    const Actor console = Actor::Console("root");
    const auto approved = ApproveCode(console.Ask<Permission::kCodesApprove>().value(), house.world,
                                      other.at("id").as_int64(), "", {});
    EXPECT_TRUE(approved.ok());
    Visitor ada(house);
    ada.LogIn("ada");
    const auto third = house.Create(R"({"label": "Third"})", "ada");
    const std::string list = ada.Get("/admin/approvals/").body;
    EXPECT_THAT(list, HasSubstr("Every new code waits here."));
    EXPECT_THAT(list, HasSubstr("Yours: somebody else approves it"));
    EXPECT_THAT(list, Not(HasSubstr("/approve/")));
    EXPECT_THAT(ada.Get(fmt::format("/admin/invite-codes/{}/", third.at("id").as_int64())).body,
                HasSubstr("until somebody else approves it"));
}

TEST_P(Approvals, AnApprovedCodeIsWhatWasAskedForAndALaterEditAsksAgain) {
    house.config.approvals = ApprovalRule::kManagers;
    const auto code = house.Create(R"({"task_group": "cleaning", "max_uses": 1})", "max");
    EXPECT_EQ(Decide(code, "approve/", "ada"), "active");
    EXPECT_EQ(
        house.Ask(Method::kPatch, Path(code), R"({"notes": "words"})", "max").Text("data.status"),
        "active");
    EXPECT_EQ(
        house.Ask(Method::kPatch, Path(code), R"({"max_uses": 9})", "max").Text("data.status"),
        "pending");
}

// NTFY-1
TEST_P(Approvals, ApproversAreToldInThePagesAndSoIsWhoeverAsked) {
    MakeSuperuser("sam");
    const auto code =
        house.Create(R"({"role": "admin", "task_group": "cleaning", "label": "Chief"})", "max");
    EXPECT_THAT(Told("ada"), ElementsAre("asked by max"));
    EXPECT_THAT(Told("sam"), ElementsAre("asked by max"));
    EXPECT_THAT(Told("max"), IsEmpty());
    EXPECT_EQ(Decide(code, "reject/", "sam"), "inactive");
    EXPECT_THAT(Told("ada"), ElementsAre("asked by max, seen")) << "somebody has decided";
    EXPECT_THAT(Told("max"), ElementsAre("rejected by sam"));
    EXPECT_EQ(Decide(code, "approve/", "ada"), "active");
    EXPECT_THAT(Told("max"), ElementsAre("approved by ada", "rejected by sam"));
    EXPECT_EQ(CountUnseen(OwnOf("max"), house.world), 2);

    Visitor max(house);
    max.LogIn("max");
    EXPECT_THAT(max.Get("/manager/").body, HasSubstr("Notifications, 2 new"));
    const std::string page = max.Get("/account/notifications/").body;
    EXPECT_THAT(page, HasSubstr("sam rejected Chief"));
    EXPECT_THAT(page, HasSubstr("ada approved Chief"));
    EXPECT_THAT(page,
                HasSubstr(fmt::format("/manager/invite-codes/{}/", code.at("id").as_int64())));
    EXPECT_THAT(max.Get("/manager/").body, Not(HasSubstr("new</span>")));
    EXPECT_EQ(CountUnseen(OwnOf("max"), house.world), 0);
}

TEST_P(Approvals, OfManyMadeTogetherApproversAreToldOnce) {
    const Actor max = house.ActorOf("max");
    CodeDraft draft;
    draft.role = "admin";
    draft.task_group = "cleaning";
    ASSERT_TRUE(CreateCodes(max.Ask<Permission::kCodesWrite>().value(), house.world,
                            ApiRules(max, house.world), draft, 20)
                    .ok());
    EXPECT_THAT(Told("ada"), ElementsAre("asked by max"));
}

TEST_P(Approvals, WhoeverApprovesNoMoreIsNotToldWhatOthersAskFor) {
    MakeSuperuser("sam");
    house.Create(R"({"role": "admin", "task_group": "cleaning"})", "max");
    EXPECT_THAT(Told("sam"), ElementsAre("asked by max"));
    house.Ask(Method::kPatch, "/api/users/" + house.AccountId("sam") + "/",
              R"({"is_superuser": false})", "ada");
    EXPECT_THAT(Told("sam"), IsEmpty());
    house.clock.Pass(91 * kDay);
    DeleteOldNotifications(house.world);
    EXPECT_THAT(Told("ada"), IsEmpty());
}

// NTFY-1: whoever may ask must not be able to flood those who decide.
TEST_P(Approvals, AnApproverIsMailedSoManyQuestionsAnHourAndIsToldTheRestInThePages) {
    house.ConfigureMail();
    for (int i = 0; i < 25; ++i)
        house.Create(R"({"role": "admin", "task_group": "cleaning"})", "max");
    std::int64_t mailed = 0;
    house.store->Read([&](Work& work) {
        mailed = work.mails.CountTo(house.AccountId("ada"), MailKind::kApprovalAsked, 0);
    });
    EXPECT_EQ(mailed, 20);
    EXPECT_EQ(Told("ada").size(), 25U);
    house.clock.Pass(kHour + 1);
    house.Create(R"({"role": "admin", "task_group": "cleaning"})", "max");
    house.store->Read([&](Work& work) {
        mailed = work.mails.CountTo(house.AccountId("ada"), MailKind::kApprovalAsked, 0);
    });
    EXPECT_EQ(mailed, 21);
}

}  // namespace
}  // namespace ostiary
