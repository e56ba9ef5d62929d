// HR-1: what Okta sends, in the order in which its documentation has it.

#include "core/accounts.h"
#include "scim_house.h"

namespace ostiary {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

using ScimOkta = Scim;
INSTANTIATE_TEST_SUITE_P(EveryDatabase, ScimOkta, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

constexpr const char* kNewUser = R"({
    "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
    "userName": "tim.taube@example.org",
    "name": {"givenName": "Tim", "familyName": "Taube"},
    "emails": [{"primary": true, "value": "tim.taube@example.org", "type": "work"}],
    "displayName": "Tim Taube",
    "locale": "en-US",
    "externalId": "00ujl29u0le5T6Aj10h7",
    "groups": [],
    "password": "1mz050nq",
    "active": true})";

// The whole profile again, as it was told, with what has changed.
std::string Profile(const std::string& id, std::string_view family_name, bool active) {
    return fmt::format(
        R"({{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"{}",)"
        R"("userName":"tim.taube@example.org","name":{{"givenName":"Tim","familyName":"{}"}},)"
        R"("emails":[{{"primary":true,"value":"tim.taube@example.org","type":"work"}}],)"
        R"("displayName":"Tim {}","active":{},"groups":[],)"
        R"("meta":{{"resourceType":"User"}}}})",
        id, family_name, family_name, active);
}

TEST_P(ScimOkta, HR1APersonIsMadeAndTheirProfilePushed) {
    EXPECT_EQ(Get("/Users?filter=" + Escaped(R"(userName eq "tim.taube@example.org")") +
                  "&startIndex=1&count=100")
                  .Number("totalResults"),
              0);
    const Answer made = Post("/Users", kNewUser);
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_THAT(made.body, testing::Not(HasSubstr("1mz050nq")));
    const std::string id = made.Text("id");
    EXPECT_EQ(Get("/Users/" + id).Text("userName"), "tim.taube@example.org");
    const Answer pushed = Put("/Users/" + id, Profile(id, "Turmfalke", true));
    EXPECT_EQ(pushed.status, 200) << pushed.body;
    EXPECT_EQ(pushed.Text("name.familyName"), "Turmfalke");
    EXPECT_EQ(CodeOf(id).name, "Tim Turmfalke");
    Join(id, "tim.taube");
    EXPECT_EQ(Put("/Users/" + id, Profile(id, "Tukan", true)).Text("displayName"), "Tim Tukan");
    EXPECT_EQ(house.Get("/api/users/" + house.AccountId("tim.taube") + "/", "ada").Text("name"),
              "Tim Tukan");
    EXPECT_EQ(Post("/Users", kNewUser).status, 409) << "made twice";
}

TEST_P(ScimOkta, HR1APersonIsDeactivatedAndReactivated) {
    const std::string id = Post("/Users", kNewUser).Text("id"), user = "/Users/" + id;
    Join(id, "tim.taube");
    const Answer off = Patch(user, R"({"op":"replace","value":{"active":false}})");
    EXPECT_EQ(off.status, 200) << off.body;
    EXPECT_EQ(off.At("active"), false);
    EXPECT_EQ(Put(user, Profile(id, "Taube", true)).At("active"), true);
    EXPECT_EQ(Put(user, Profile(id, "Taube", false)).At("active"), false);
    EXPECT_EQ(Patch(user, R"({"op":"replace","value":{"active":true}})").At("active"), true);
}

TEST_P(ScimOkta, HR1PeopleAreImportedPageByPage) {
    for (const char* name : {"ann", "bob", "cec"}) Make(name);
    std::size_t seen = 0;
    for (int start = 1; start < 10; start += 3) {
        const Answer page = Get(fmt::format("/Users?startIndex={}&count=3", start));
        EXPECT_EQ(page.Number("totalResults"), 8);
        seen += page.At("Resources").as_array().size();
    }
    EXPECT_EQ(seen, 8u);
    EXPECT_EQ(Get("/Groups?startIndex=1&count=100").status, 200);
}

TEST_P(ScimOkta, HR1GroupsThatAreThereAreLinkedAndPushed) {
    const std::string id = Make("ann");
    const Answer known =
        Post("/Groups", R"({"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],)"
                        R"("displayName":"Manager","members":[]})");
    EXPECT_EQ(known.status, 409);
    const std::string group = "/Groups/" + Get("/Groups?startIndex=1&count=100&filter=" +
                                               Escaped(R"(displayName eq "Manager")"))
                                               .Text("Resources.0.id");
    EXPECT_EQ(
        Patch(group, R"({"op":"replace","value":{"id":"role.manager","displayName":"Manager"}})")
            .status,
        204);
    EXPECT_EQ(
        Patch(group, fmt::format(R"({{"op":"add","path":"members",)"
                                 R"("value":[{{"value":"{}","display":"ann@example.org"}}]}})",
                                 id))
            .status,
        204);
    EXPECT_EQ(CodeOf(id).role, "manager");
    EXPECT_EQ(
        Patch(group, fmt::format(R"({{"op":"remove","path":"members[value eq \"{}\"]"}})", id))
            .status,
        204);
    EXPECT_EQ(CodeOf(id).role, house.config.catalogue.default_role);
    const Answer put =
        Put("/Groups/task_group.cleaning",
            fmt::format(R"({{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],)"
                        R"("id":"task_group.cleaning","displayName":"Cleaning",)"
                        R"("members":[{{"value":"{}","display":"ann@example.org"}}]}})",
                        id));
    EXPECT_EQ(put.status, 200) << put.body;
    EXPECT_THAT(put.At("members").as_array(), SizeIs(1));
}

}  // namespace
}  // namespace ostiary
