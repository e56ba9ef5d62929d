// A new password without the old one (ADM-4): by a link that works once.

#include "core/password_reset.h"

#include <gtest/gtest.h>

#include <thread>

#include "core/accounts.h"
#include "core/sessions.h"
#include "support/visitor.h"

namespace ostiary {
namespace {

constexpr std::string_view kFresh = "Otter-7-lantern!";

class PasswordResetLinks : public testing::TestWithParam<DatabaseKind> {
protected:
    FreshResetLink Make(std::string_view username = "max") {
        return MakeResetLink(ada.Ask<Permission::kUsersWrite>().value(), house.world,
                             house.AccountId(username))
            .value();
    }
    Result<Account> Use(const std::string& token, std::string_view fresh = kFresh) {
        return ResetPassword(house.world, {}, token, fresh, fresh);
    }
    bool LogsInWith(std::string_view password) {
        return LogIn(house.world, {}, "max", password, "browser", "").ok();
    }
    bool IsDead(const std::string& token) {
        return !OpenResetLink(house.world, token).ok() &&
               Use(token).error().reason == InvalidResetLink().reason;
    }

    House house{GetParam()};
    Actor ada = house.ActorOf("ada");
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, PasswordResetLinks, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(PasswordResetLinks, SetANewPasswordOnceAndEndEverySessionAndToken) {
    const auto session = LogIn(house.world, {}, "max", kGoodPassword, "browser", "");
    const FreshResetLink link = Make();
    EXPECT_EQ(link.url, "http://ostiary.test/password-reset/" + link.token + "/");  // REG-13
    EXPECT_GE(link.token.size(), 22u);
    EXPECT_TRUE(LogsInWith(kGoodPassword));  // until it is used, nothing has changed
    ASSERT_TRUE(Use(link.token).ok());
    EXPECT_TRUE(LogsInWith(kFresh));
    EXPECT_FALSE(LogsInWith(kGoodPassword));
    EXPECT_FALSE(ActorOfSession(house.world, session->session_token, {}).ok());
    EXPECT_EQ(house.Get("/api/me/", "max").status, 401);
    EXPECT_TRUE(IsDead(link.token));
}

TEST_P(PasswordResetLinks, AreNotUsedUpByLooking) {
    const FreshResetLink link = Make();
    Visitor guest(house);
    const std::string path = "/password-reset/" + link.token + "/";
    for (int looks = 0; looks < 3; ++looks) {
        const Answer page = guest.Get(path);
        EXPECT_EQ(page.status, 200);
        EXPECT_EQ(page.HeaderValue("referrer-policy"), "no-referrer");
        EXPECT_EQ(page.HeaderValue("cache-control"), "no-store");
        EXPECT_EQ(page.HeaderValue("x-robots-tag"), "noindex, nofollow");
    }
    EXPECT_EQ(
        guest.Submit(path, path, {{"password", "short"}, {"password_confirm", "short"}}).status,
        400);
    const Answer done = guest.Submit(
        path, path, {{"password", std::string(kFresh)}, {"password_confirm", std::string(kFresh)}});
    EXPECT_EQ(done.status, 303);
    EXPECT_EQ(done.HeaderValue("location"), "/login/");
    EXPECT_TRUE(LogsInWith(kFresh));
    EXPECT_EQ(guest.Get(path).status, 404);
}

TEST_P(PasswordResetLinks, OnlyTheLatestOfAnAccountWorks) {
    const FreshResetLink first = Make(), second = Make();
    EXPECT_TRUE(IsDead(first.token));
    EXPECT_TRUE(Use(second.token).ok());
}

TEST_P(PasswordResetLinks, EndWithTheirHours) {
    const FreshResetLink link = Make();
    house.clock.SetTo(link.expires_at - 1);
    EXPECT_TRUE(OpenResetLink(house.world, link.token).ok());
    house.clock.SetTo(link.expires_at);
    EXPECT_TRUE(IsDead(link.token));
}

TEST_P(PasswordResetLinks, EndWithADeactivationAndWithANewPassword) {
    const auto permit = ada.Ask<Permission::kUsersWrite>().value();
    const std::string max = house.AccountId("max");
    const FreshResetLink first = Make();
    ASSERT_TRUE(DeactivateAccount(permit, house.world, max).ok());
    EXPECT_EQ(MakeResetLink(permit, house.world, max).error().reason, "account.inactive");
    ASSERT_TRUE(ReactivateAccount(permit, house.world, max).ok());
    EXPECT_TRUE(IsDead(first.token));
    const FreshResetLink second = Make();
    ASSERT_TRUE(SetPassword(permit, house.world, max, "Walrus-9-teapot!").ok());
    EXPECT_TRUE(IsDead(second.token));
    EXPECT_TRUE(LogsInWith("Walrus-9-teapot!"));
}

TEST_P(PasswordResetLinks, OfTwoWhoComeWithTheSameLinkOneIsTooLate) {
    const FreshResetLink link = Make();
    std::atomic<int> went_well = 0;
    std::vector<std::thread> people;
    for (int n = 0; n < 4; ++n)
        people.emplace_back([&] { went_well += Use(link.token).ok() ? 1 : 0; });
    for (auto& one : people) one.join();
    EXPECT_EQ(went_well, 1);
}

// REG-5: the same rules as at registration, and what was wrong is named.
TEST_P(PasswordResetLinks, HoldTheNewPasswordToTheRules) {
    const FreshResetLink link = Make();
    EXPECT_EQ(Use(link.token, "short").error().reason, "password.short");
    EXPECT_EQ(ResetPassword(house.world, {}, link.token, kFresh, "other").error().reason,
              "password.differs");
    EXPECT_TRUE(Use(link.token).ok());
}

// AUD-1, CODE-2: everything is remembered, the token nowhere.
TEST_P(PasswordResetLinks, AreRememberedWithoutTheirSecret) {
    const FreshResetLink link = Make();
    ASSERT_TRUE(Use(link.token).ok());
    EXPECT_FALSE(Use("no-such-token").ok());
    std::string all;
    for (const Event& event : house.Events()) {
        all += std::string(NameOf(event.kind)) + " " + event.subject_name + "\n";
        EXPECT_EQ(event.details.find(link.token), std::string::npos);
    }
    EXPECT_NE(all.find("password.reset_link max"), std::string::npos) << all;
    EXPECT_NE(all.find("password.changed max"), std::string::npos) << all;
    EXPECT_NE(all.find("password.reset_refused"), std::string::npos) << all;
}

// SEC-3
TEST_P(PasswordResetLinks, AskingForOneAnswersTheSameForEverybody) {
    std::vector<std::string> answers;
    for (const char* who : {"max", "max@ostiary.test", "nobody", "", "\xFF"}) {
        Visitor guest(house);
        const Answer answer =
            guest.Submit("/password-reset/", "/password-reset/", {{"username", who}});
        if (answer.status == 400) continue;  // broken UTF-8 is refused before anybody is looked up
        EXPECT_EQ(answer.status, 200);
        const auto begin = answer.body.find("<main"), end = answer.body.find("</main>");
        const std::string main = answer.body.substr(begin, end - begin);
        answers.push_back(main);
        EXPECT_EQ(main, answers.front());
    }
    EXPECT_EQ(answers.size(), 4u);
    EXPECT_EQ(house.Events(1)[0].kind, EventKind::kResetAsked);
}

TEST_P(PasswordResetLinks, TheAdministratorIsShownTheLinkOnceToCopyAndToMail) {
    Visitor ada_browses(house);
    ASSERT_EQ(ada_browses.LogIn("ada").status, 303);
    const std::string user = "/admin/users/" + house.AccountId("max") + "/";
    const Answer shown = ada_browses.Submit(user, user + "reset-link/", {});
    EXPECT_EQ(shown.status, 200) << shown.body;
    EXPECT_NE(shown.body.find("http://ostiary.test/password-reset/"), std::string::npos);
    EXPECT_NE(shown.body.find("href=\"mailto:max%40ostiary.test?subject="), std::string::npos);
    const Answer later = ada_browses.Get(user);
    EXPECT_EQ(later.body.find("/password-reset/"), std::string::npos);
    EXPECT_NE(later.body.find("Withdraw it"), std::string::npos);
    EXPECT_EQ(ada_browses.Submit(user, user + "reset-link/withdraw/", {}).status, 303);
    EXPECT_EQ(ada_browses.Get(user).body.find("Withdraw it"), std::string::npos);
}

}  // namespace
}  // namespace ostiary
