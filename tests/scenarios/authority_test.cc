// Nobody hands out more than they hold: neither by reading, nor by changing, nor by having been
// somebody (PERM-5, CODE-11).

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/accounts.h"
#include "core/codes.h"
#include "core/setup.h"
#include "core/tokens.h"
#include "support/house.h"

namespace ostiary {
namespace {

class HandingOut : public testing::TestWithParam<DatabaseKind> {
protected:
    std::string Path(const boost::json::object& code, std::string_view rest = "") {
        return fmt::format("/api/invite-codes/{}/{}", code.at("id").as_int64(), rest);
    }
    std::string Word(const boost::json::object& code) {
        return std::string(code.at("code").as_string());
    }
    Answer Patch(const boost::json::object& code, std::string_view body, std::string_view as) {
        return house.Ask(Method::kPatch, Path(code), body, as);
    }
    void Deactivate(std::string_view username) {
        const Actor ada = house.ActorOf("ada");
        ASSERT_TRUE(DeactivateAccount(ada.Ask<Permission::kUsersWrite>().value(), house.world,
                                      house.AccountId(username))
                        .ok());
    }

    House house{GetParam()};
};

INSTANTIATE_TEST_SUITE_P(EveryDatabase, HandingOut, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(HandingOut, ACodeThatGrantsMoreThanTheReaderHoldsIsShownWithoutItself) {
    const auto code =
        house.Create(R"({"role": "admin", "task_group": "cleaning", "label": "Chief"})");
    for (const char* reader : {"max", "gil", "sam"}) {
        for (const std::string& path :
             {Path(code), std::string("/api/invite-codes/?search=chief")}) {
            const Answer answer = house.Get(path, reader);
            EXPECT_EQ(answer.status, 200) << reader;
            EXPECT_NE(answer.body.find("Chief"), std::string::npos) << reader;
            EXPECT_EQ(answer.body.find(Word(code)), std::string::npos) << reader << path;
            EXPECT_EQ(answer.body.find("registration_url"), std::string::npos) << reader << path;
        }
        const Answer found =
            house.Get("/api/invite-codes/?count=1&search=" + Word(code).substr(0, 4), reader);
        EXPECT_EQ(found.Number("count"), 0) << reader;
        const Answer revoked = house.Post(Path(code, "revoke/"), "", reader);
        EXPECT_EQ(revoked.body.find(Word(code)), std::string::npos) << reader;
    }
    EXPECT_EQ(house.Get("/api/invite-codes/?count=1&search=" + Word(code).substr(0, 4), "ada")
                  .Number("count"),
              1);
}

TEST_P(HandingOut, AnApprovalDoesNotSurviveOpeningTheCodeForOthers) {
    for (const char* widened :
         {R"({"email": ""})", R"({"max_uses": 0})", R"({"expires_at": ""})"}) {
        const auto code = house.Create(
            R"({"role": "admin", "email": "bob@example.org", "expires_days": 1})", "max");
        ASSERT_EQ(house.Post(Path(code, "approve/"), "", "ada").Text("data.status"), "active");
        EXPECT_EQ(Patch(code, R"({"notes": "words change nothing"})", "max").Text("data.status"),
                  "active");
        EXPECT_EQ(Patch(code, widened, "max").Text("data.status"), "pending") << widened;
        EXPECT_EQ(house.Register(Word(code), "mallory").Text("error"), "Invalid invite code");
    }
}

TEST_P(HandingOut, AManagerCannotWakeASuperusersCode) {
    const auto code = house.Create(R"({"role": "admin", "task_group": "cleaning"})");
    house.Post(Path(code, "revoke/"), "", "ada");
    EXPECT_EQ(house.Post(Path(code, "reactivate/"), "", "max").Text("data.status"), "pending");
    EXPECT_EQ(house.Register(Word(code), "mallory").status, 400);
}

TEST_P(HandingOut, NobodyApprovesWhatTheyDidNotSee) {
    const auto code = house.Create(R"({"role": "staff", "task_group": "laundry"})", "max");
    ASSERT_EQ(code.at("status").as_string(), "pending");
    const std::string seen(house.Get(Path(code), "ada").HeaderValue("etag"));
    ASSERT_EQ(Patch(code, R"({"role": "admin"})", "max").status, 200);
    const Answer approved =
        house.Ask(Method::kPost, Path(code, "approve/"), "", "ada", {{"if-match", seen}});
    EXPECT_EQ(approved.status, 412) << approved.body;
    EXPECT_EQ(house.Get(Path(code), "ada").Text("status"), "pending");
}

TEST_P(HandingOut, ARejectedCodeDoesNotComeBackByAnEdit) {
    const auto code = house.Create(R"({"role": "manager"})", "sam");
    ASSERT_EQ(house.Post(Path(code, "reject/"), "", "ada").status, 200);
    const Actor sam = house.ActorOf("sam");
    const auto rules = RulesOf(sam, PortalOf(PortalId::kManage), house.world);
    CodeDraft draft;
    draft.role = "staff";
    draft.is_active = true;
    const auto edited = EditCode(sam.Ask<Permission::kCodesWrite>().value(), house.world, rules,
                                 code.at("id").as_int64(), draft, {});
    ASSERT_FALSE(edited.ok());
    EXPECT_EQ(edited.error().reason, "code.rejected");
}

TEST_P(HandingOut, ADismissedSuperusersCodesWait) {
    const Actor ada = house.ActorOf("ada");
    AccountDraft promoted;
    promoted.is_superuser = true;
    ASSERT_TRUE(EditAccount(ada.Ask<Permission::kUsersWrite>().value(), house.world,
                            house.AccountId("gil"), promoted, {})
                    .ok());
    const auto own = house.Create(R"({"role": "admin", "max_uses": 0})", "gil");
    const auto vouched = house.Create(R"({"role": "admin"})", "max");
    ASSERT_EQ(house.Post(Path(vouched, "approve/"), "", "gil").Text("data.status"), "active");
    Deactivate("gil");
    for (const auto* code : {&own, &vouched}) {
        EXPECT_EQ(house.Register(Word(*code), "mallory").Text("error"), "Invalid invite code");
        EXPECT_EQ(house.Get(Path(*code), "ada").Text("status"), "pending");
        EXPECT_EQ(house.Uses(code->at("id").as_int64()), 0);
    }
}

TEST_P(HandingOut, TheFirstSuperusersLinkEndsWhenThereIsOne) {
    // The people of this house were made by the console, so a link can only be an older one.
    EXPECT_EQ(FirstSuperuserLink(house.world), std::nullopt);
    ASSERT_TRUE(house.store
                    ->Transact([&](Work& work) -> Result<void> {
                        auto ada = work.accounts.FindForUpdate(house.AccountId("ada"));
                        ada->is_superuser = false;
                        return work.accounts.Save(*ada);
                    })
                    .ok());
    const auto link = FirstSuperuserLink(house.world);
    ASSERT_TRUE(link);
    EXPECT_EQ(FirstSuperuserLink(house.world), link);
    const std::string path = link->substr(std::string("http://ostiary.test").size());
    EXPECT_EQ(house.Get(path).status, 200);
    const Actor console = Actor::Console("test");
    AccountDraft boss;
    boss.username = "boss";
    boss.email = "boss@example.org";
    boss.password = std::string(kGoodPassword);
    boss.is_superuser = true;
    ASSERT_TRUE(
        CreateAccount(console.Ask<Permission::kUsersWrite>().value(), house.world, boss).ok());
    EXPECT_NE(house.Get(path).status, 200);
}

// API-4
TEST_P(HandingOut, ANewPasswordEndsTheTokensHadWithTheOldOne) {
    const Answer got =
        house.Post("/api/auth/token/",
                   fmt::format(R"({{"username": "vic", "password": "{}"}})", kGoodPassword));
    const std::vector<Header> bearer = {{"authorization", "Bearer " + got.Text("token")}};
    ASSERT_EQ(house.Ask(Method::kGet, "/api/me/", "", "", bearer).status, 200);
    const Actor vic = house.ActorOf("vic");
    ASSERT_TRUE(ChangePassword(vic.Ask<Permission::kOwnAccount>().value(), house.world,
                               kGoodPassword, "Another-heron-5!", "Another-heron-5!")
                    .ok());
    EXPECT_EQ(house.Ask(Method::kGet, "/api/me/", "", "", bearer).status, 401);
    EXPECT_EQ(house.Get("/api/me/", "vic").status, 200);
}

}  // namespace
}  // namespace ostiary
