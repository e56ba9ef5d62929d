// People, their sessions and their tokens.

#include "core/accounts.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <thread>

#include "core/sessions.h"
#include "core/tokens.h"
#include "support/house.h"

namespace ostiary {
namespace {

class People : public testing::TestWithParam<DatabaseKind> {
protected:
    Permit<Permission::kUsersWrite> Write() { return ada.Ask<Permission::kUsersWrite>().value(); }
    std::string Login(std::string_view username, std::string_view password) {
        return fmt::format(R"({{"username": "{}", "password": "{}"}})", username, password);
    }

    House house{GetParam()};
    Actor ada = house.ActorOf("ada");
};

INSTANTIATE_TEST_SUITE_P(EveryDatabase, People, testing::ValuesIn(kEveryDatabase), NameOfDatabase);

// PERM-6
TEST_P(People, WhoIsDeactivatedIsOutAtTheNextRequestWithEverySessionAndToken) {
    const auto in = LogIn(house.world, {}, "max", kGoodPassword, "browser", "");
    ASSERT_TRUE(in.ok());
    ASSERT_TRUE(ActorOfSession(house.world, in->session_token, {}).ok());
    EXPECT_EQ(house.Get("/api/me/", "max").status, 200);
    ASSERT_TRUE(DeactivateAccount(Write(), house.world, house.AccountId("max")).ok());
    EXPECT_FALSE(ActorOfSession(house.world, in->session_token, {}).ok());
    EXPECT_EQ(house.Get("/api/me/", "max").status, 401);
    ASSERT_TRUE(ReactivateAccount(Write(), house.world, house.AccountId("max")).ok());
    EXPECT_FALSE(ActorOfSession(house.world, in->session_token, {}).ok());
    EXPECT_EQ(house.Get("/api/me/", "max").status, 200);
}

// PERM-6
TEST_P(People, ALostFlagIsLostAtTheNextRequest) {
    EXPECT_EQ(house.Get("/api/invite-codes/", "sam").status, 200);
    AccountDraft draft;
    draft.is_staff = false;
    ASSERT_TRUE(EditAccount(Write(), house.world, house.AccountId("sam"), draft, {}).ok());
    const Answer denied = house.Get("/api/invite-codes/", "sam");
    EXPECT_EQ(denied.status, 403);
    EXPECT_EQ(denied.Text("error"), "Access denied");
    EXPECT_EQ(denied.Text("details"), "You do not have permission to manage invite codes");
}

// PERM-7
TEST_P(People, TheLastActiveSuperuserStays) {
    EXPECT_EQ(DeactivateAccount(Write(), house.world, ada.account_id).error().reason,
              "account.last_superuser");
    AccountDraft demoted;
    demoted.role = "staff";
    EXPECT_EQ(EditAccount(Write(), house.world, ada.account_id, demoted, {}).error().reason,
              "account.last_superuser");
    AccountDraft second;
    second.is_superuser = true;
    ASSERT_TRUE(EditAccount(Write(), house.world, house.AccountId("gil"), second, {}).ok());
    EXPECT_TRUE(DeactivateAccount(Write(), house.world, ada.account_id).ok());
}

// PERM-7: not even when two leave at the same moment.
TEST_P(People, OfTwoSuperusersLeavingAtOnceOneStays) {
    AccountDraft second;
    second.is_superuser = true;
    ASSERT_TRUE(EditAccount(Write(), house.world, house.AccountId("gil"), second, {}).ok());
    const std::string gil = house.AccountId("gil");
    for (int round = 0; round < 10; ++round) {
        std::atomic<int> left = 0;
        std::thread one(
            [&] { left += DeactivateAccount(Write(), house.world, ada.account_id).ok(); });
        std::thread two([&] { left += DeactivateAccount(Write(), house.world, gil).ok(); });
        one.join();
        two.join();
        EXPECT_EQ(left, 1);
        ASSERT_TRUE(ReactivateAccount(Write(), house.world, ada.account_id).ok());
        ASSERT_TRUE(ReactivateAccount(Write(), house.world, gil).ok());
    }
}

// SEC-3: unknown, wrong and deactivated look the same.
TEST_P(People, EveryRefusedLogInSaysTheSame) {
    ASSERT_TRUE(DeactivateAccount(Write(), house.world, house.AccountId("vic")).ok());
    const auto refused = [&](std::string_view name, std::string_view password) {
        boost::json::object body =
            house.Post("/api/auth/token/", Login(name, password)).json().as_object();
        body.erase("request_id");
        return boost::json::serialize(body);
    };
    const std::string expected = refused("nobody", kGoodPassword);
    EXPECT_EQ(refused("ada", "wrong-password"), expected);
    EXPECT_EQ(refused("vic", kGoodPassword), expected);
    EXPECT_EQ(refused("", ""), expected);
}

// API-4
TEST_P(People, ATokenOpensOnlyWhatItsScopesName) {
    const auto made = CreateOwnToken(ada.Ask<Permission::kOwnAccount>().value(), house.world,
                                     "reader", {"codes:read"}, "1");
    ASSERT_TRUE(made.ok());
    const std::vector<Header> bearer = {{"authorization", "Bearer " + made->token}};
    EXPECT_EQ(house.Ask(Method::kGet, "/api/invite-codes/", "", "", bearer).status, 200);
    EXPECT_EQ(house.Ask(Method::kPost, "/api/invite-codes/create/", "{}", "", bearer).status, 403);
    EXPECT_EQ(house.Ask(Method::kGet, "/api/me/", "", "", bearer).status, 403);
    house.clock.Pass(kDay);
    EXPECT_EQ(house.Ask(Method::kGet, "/api/invite-codes/", "", "", bearer).status, 401);
}

// API-4: a token is a prefix, chance and a checksum, and one that is revoked is no more.
TEST_P(People, RevokedAndMangledTokensAreRefused) {
    const auto permit = ada.Ask<Permission::kOwnAccount>();
    const auto made = CreateOwnToken(permit.value(), house.world, "t", {"me"}, "");
    ASSERT_TRUE(made.ok());
    EXPECT_TRUE(made->token.starts_with("ost_"));
    EXPECT_EQ(made->token.size(), 4u + 43 + 6);
    const auto asks = [&](std::string token) {
        return house.Ask(Method::kGet, "/api/me/", "", "", {{"authorization", "Bearer " + token}})
            .status;
    };
    EXPECT_EQ(asks(made->token), 200);
    std::string mangled = made->token;
    mangled[10] = mangled[10] == 'x' ? 'y' : 'x';
    EXPECT_EQ(asks(mangled), 401);
    ASSERT_TRUE(RevokeOwnToken(permit.value(), house.world, made->row.id).ok());
    EXPECT_EQ(asks(made->token), 401);
}

// SEC-2
TEST_P(People, ASessionEndsWhenItIsOldIdleOrEnded) {
    const auto in = LogIn(house.world, {}, "ADA", kGoodPassword, "browser", "");
    ASSERT_TRUE(in.ok());
    house.clock.Pass(71 * kHour);
    EXPECT_TRUE(ActorOfSession(house.world, in->session_token, {}).ok());
    house.clock.Pass(71 * kHour);
    EXPECT_TRUE(ActorOfSession(house.world, in->session_token, {}).ok());
    house.clock.Pass(73 * kHour);
    EXPECT_FALSE(ActorOfSession(house.world, in->session_token, {}).ok());
    const auto again = LogIn(house.world, {}, "ada@ostiary.test", kGoodPassword, "browser", "");
    ASSERT_TRUE(again.ok());
    LogOut(house.world, ActorOfSession(house.world, again->session_token, {}).value());
    EXPECT_FALSE(ActorOfSession(house.world, again->session_token, {}).ok());
}

// SEC-2
TEST_P(People, LoggingInAgainReplacesTheEarlierSession) {
    const auto first = LogIn(house.world, {}, "ada", kGoodPassword, "browser", "");
    const auto second =
        LogIn(house.world, {}, "ada", kGoodPassword, "browser", first->session_token);
    EXPECT_NE(first->session_token, second->session_token);
    EXPECT_FALSE(ActorOfSession(house.world, first->session_token, {}).ok());
    EXPECT_TRUE(ActorOfSession(house.world, second->session_token, {}).ok());
}

TEST_P(People, AManagerSeesTheTeamAndTheStaffFlagSeesAll) {
    const auto names = [&](const char* as) {
        std::string all;
        for (const auto& row : house.Get("/api/users/", as).Rows())
            all += std::string(row.at("username").as_string()) + " ";
        return all;
    };
    EXPECT_EQ(names("max"), "max ");
    EXPECT_EQ(names("sam"), names("ada"));
    EXPECT_EQ(house.Get("/api/users/", "vic").status, 403);
    EXPECT_EQ(house.Get("/api/users/" + house.AccountId("ada") + "/", "max").status, 404);
}

}  // namespace
}  // namespace ostiary
