// HR-1, SEC: what a directory's token may not do. It opens /scim/ and nothing else, so nobody
// becomes a superuser by it, and nobody comes back with what somebody else once had.

#include "core/accounts.h"
#include "core/password_reset.h"
#include "scim_house.h"

namespace ostiary {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* kBecomeAdmin =
    R"({"op":"replace","path":"urn:ostiary:params:scim:schemas:1.0:Access:role","value":"admin"})";
constexpr const char* kAddressOfAnother =
    R"({"op":"replace","path":"emails","value":[{"value":"evil@example.net"}]})";

class ScimReach : public Scim {
protected:
    Account AccountOf(std::string_view id) {
        std::optional<Account> account;
        house.store->Read([&](Work& work) { account = work.accounts.Find(id); });
        return account.value();
    }
    void Change(const std::string& username, const AccountDraft& draft) {
        const auto changed =
            EditAccount(house.ActorOf("ada").Ask<Permission::kUsersWrite>().value(), house.world,
                        house.AccountId(username), draft, {});
        EXPECT_TRUE(changed.ok());
    }
    void ExpectForbidden(const Answer& answer) {
        EXPECT_EQ(answer.status, 403) << answer.body;
        EXPECT_THAT(answer.body, HasSubstr("directory"));
    }
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, ScimReach, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(ScimReach, HR1ASuperuserIsNotChangedByADirectory) {
    const std::string ada = "/Users/" + house.AccountId("ada");
    ExpectForbidden(Patch(ada, kAddressOfAnother));
    ExpectForbidden(Patch(ada, R"({"op":"replace","path":"active","value":false})"));
    ExpectForbidden(
        Patch(ada, R"({"op":"replace","path":"urn:ostiary:params:scim:schemas:1.0:Access:role",)"
                   R"("value":"staff"})"));
    ExpectForbidden(Delete(ada));
    EXPECT_EQ(Patch(ada, R"({"op":"replace","path":"externalId","value":"0017"})").status, 200)
        << "what only the directory wants to know is its own affair";
    EXPECT_EQ(AccountOf(house.AccountId("ada")).email, "ada@ostiary.test");
}

TEST_P(ScimReach, HR1ADirectoryMakesNoSuperusers) {
    ExpectForbidden(Post("/Users",
                         R"({"userName":"eve@example.org","emails":[{"value":"eve@example.org"}],)"
                         R"("urn:ostiary:params:scim:schemas:1.0:Access":{"role":"admin"}})"));
    const std::string invited = Make("ann"), joined = Make("bob");
    Join(joined, "bob");
    for (const std::string& id : {invited, joined}) {
        ExpectForbidden(Patch("/Users/" + id, kBecomeAdmin));
        ExpectForbidden(Patch(
            "/Groups/role.admin",
            fmt::format(R"({{"op":"add","path":"members","value":[{{"value":"{}"}}]}})", id)));
    }
    EXPECT_FALSE(AccountOf(house.AccountId("bob")).is_superuser);
    EXPECT_NE(CodeOf(invited).role, "admin");
}

TEST_P(ScimReach, HR1WhereTheConfigurationSaysSoItDoes) {
    house.config.scim_superusers = true;
    const std::string id = Make("ann");
    EXPECT_EQ(Patch("/Users/" + id, kBecomeAdmin).status, 200);
    EXPECT_EQ(CodeOf(id).role, "admin");
}

TEST_P(ScimReach, HR1TheAddressOfSomebodyWithTheStaffFlagStays) {
    const std::string id = Make("ann");
    Join(id, "ann");
    AccountDraft draft;
    draft.is_staff = true;
    Change("ann", draft);
    ExpectForbidden(Patch("/Users/" + id, kAddressOfAnother));
    EXPECT_EQ(Patch("/Users/" + id, R"({"op":"replace","path":"active","value":false})").status,
              200);
}

TEST_P(ScimReach, HR1WhoeverComesBackHasNothingOfWhoWasThereBefore) {
    house.ConfigureMail();
    const std::string id = Make("john");
    Join(id, "john");
    AccountDraft draft;
    draft.is_staff = draft.is_superuser = true;
    Change("john", draft);
    const std::string account_id = house.AccountId("john");
    const Actor console = Actor::Console("test");
    const std::string token = CreateTokenFor(console.Ask<Permission::kTokensWrite>().value(),
                                             house.world, "john", "laptop", {"users:read"}, "")
                                  ->token;
    draft.is_superuser = false;  // or the directory could not let them go
    Change("john", draft);
    ASSERT_EQ(Delete("/Users/" + id).status, 204);

    const std::string again = Make("john");
    const Account back = AccountOf(account_id);
    EXPECT_TRUE(back.IsActiveAt(house.clock.Now()));
    EXPECT_FALSE(back.is_superuser);
    EXPECT_FALSE(back.is_staff);
    EXPECT_THAT(back.password_hash, IsEmpty()) << "the old password opens nothing";
    const Answer asked =
        house.Ask(Method::kGet, "/api/me/", "", "", {{"authorization", "Bearer " + token}});
    EXPECT_EQ(asked.status, 401) << "nor does the old token";
    EXPECT_THAT(LastEvents(5), Contains(EventKind::kResetLinkMade))
        << "but a new password may be set";
}

TEST_P(ScimReach, HR1AnInvitationThatWentToTheWrongAddressOpensNothing) {
    house.ConfigureMail();
    const std::string id = Make("bob");
    const Code wrong = CodeOf(id);
    EXPECT_EQ(Patch("/Users/" + id,
                    R"({"op":"replace","path":"emails","value":[{"value":"bob@example.com"}]})")
                  .status,
              200);
    EXPECT_EQ(CodeOf(id).email, "bob@example.com");
    EXPECT_NE(CodeOf(id).id, wrong.id);
    EXPECT_EQ(house.Get("/register/" + wrong.token + "/").status, 404)
        << "whoever read the first mail has this link";
    EXPECT_EQ(house.Get("/register/" + CodeOf(id).token + "/").status, 200);
}

TEST_P(ScimReach, HR1AListDoesNotGrowByManyOperations) {
    const std::string id = Make("ann");
    std::string operations;
    for (int i = 0; i < 101; ++i)
        operations += fmt::format(
            R"({}{{"op":"add","path":"phoneNumbers","value":[{{"value":"{}","type":"work"}}]}})",
            i == 0 ? "" : ",", i);
    const Answer answer = Patch("/Users/" + id, operations);
    EXPECT_EQ(answer.status, 400);
    EXPECT_THAT(answer.body, HasSubstr("at most 100 values"));
    EXPECT_THAT(Get("/Users/" + id).body, Not(HasSubstr("phoneNumbers")));
}

}  // namespace
}  // namespace ostiary
