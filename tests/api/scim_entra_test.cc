// HR-1: what Microsoft Entra ID sends, in the order in which its documentation has it.

#include "core/accounts.h"
#include "scim_house.h"

namespace ostiary {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

using ScimEntra = Scim;
INSTANTIATE_TEST_SUITE_P(EveryDatabase, ScimEntra, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

// With everything that its usual mapping of attributes says.
constexpr const char* kNewUser = R"({
    "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User",
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
    "externalId": "58342554-38d6-4ec8-948c-50044d0a33fd",
    "userName": "lea.lerche@example.org",
    "active": true,
    "displayName": "Lea Lerche",
    "title": "Pilot",
    "preferredLanguage": "de",
    "emails": [{"primary": true, "type": "work", "value": "lea.lerche@example.org"}],
    "meta": {"resourceType": "User"},
    "name": {"formatted": "Lea Lerche", "familyName": "Lerche", "givenName": "Lea"},
    "addresses": [{"primary": false, "type": "work", "country": "Germany", "locality": "Ulm"}],
    "phoneNumbers": [{"primary": false, "type": "mobile", "value": "0731 555"}],
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
        {"employeeNumber": "4711", "department": "Flight"},
    "roles": []})";

TEST_P(ScimEntra, HR1TestConnectionAsksForSomebodyWhoIsNot) {
    const Answer nobody =
        Get("/Users?filter=" + Escaped(R"(userName eq "ba1e9b67-93c5-4d3f-9d8e-1f1c8b4a6d11")"));
    EXPECT_EQ(nobody.status, 200);
    EXPECT_EQ(nobody.Number("totalResults"), 0);
    EXPECT_THAT(nobody.At("Resources").as_array(), IsEmpty());
    EXPECT_EQ(nobody.Text("schemas.0"), "urn:ietf:params:scim:api:messages:2.0:ListResponse");
    EXPECT_EQ(Get("/Groups?excludedAttributes=members&filter=" +
                  Escaped(R"(displayName eq "c1b3f2d4-0000")"))
                  .Number("totalResults"),
              0);
}

TEST_P(ScimEntra, HR1APersonIsMadeChangedDisabledEnabledAndDeleted) {
    const std::string matching =
        "/Users?filter=" + Escaped(R"(userName eq "lea.lerche@example.org")");
    EXPECT_EQ(Get(matching).Number("totalResults"), 0);
    const Answer made = Post("/Users", kNewUser);
    ASSERT_EQ(made.status, 201) << made.body;
    const std::string id = made.Text("id"), user = "/Users/" + id;
    EXPECT_EQ(made.HeaderValue("location"), "http://ostiary.test/scim/v2" + user);
    EXPECT_EQ(Get(matching).Text("Resources.0.id"), id);
    EXPECT_EQ(Get(user).Text("externalId"), "58342554-38d6-4ec8-948c-50044d0a33fd");

    // Several attributes at once, of several kinds.
    const Answer changed =
        Patch(user,
              R"({"op":"Replace","path":"emails[type eq \"work\"].value","value":"lea@example.org"},
           {"op":"Replace","path":"name.familyName","value":"Laubsänger"},
           {"op":"Add","path":"phoneNumbers[type eq \"work\"].value","value":"0731 556"},
           {"op":"Replace","path":"addresses[type eq \"work\"].locality","value":"Neu-Ulm"},
           {"op":"Add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager",
            "value":"9a1d"},
           {"op":"Replace","path":
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
            "value":"Ground"},
           {"op":"Remove","path":"title"})");
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(changed.Text("emails.0.value"), "lea@example.org");
    EXPECT_EQ(changed.Text("name.familyName"), "Laubsänger");
    EXPECT_EQ(changed.Text("name.givenName"), "Lea");
    EXPECT_EQ(changed.Text("phoneNumbers.1.value"), "0731 556");
    EXPECT_EQ(changed.Text("addresses.0.locality"), "Neu-Ulm");
    EXPECT_TRUE(changed.At("title").is_null());
    EXPECT_EQ(CodeOf(id).email, "lea@example.org");
    EXPECT_EQ(Get("/Users?attributes=id&filter=" +
                  Escaped(fmt::format(R"(id eq "{}" and manager eq "9a1d")", id)))
                  .Number("totalResults"),
              1);

    // One of one: the matching attribute.
    EXPECT_EQ(Patch(user, R"({"op":"Replace","path":"userName","value":"lea@example.org"})").status,
              200);
    EXPECT_THAT(Names(R"(userName eq "lea@example.org")"), SizeIs(1));

    Join(id, "lea");
    EXPECT_EQ(Patch(user, R"({"op":"Replace","path":"active","value":false})").At("active"), false);
    EXPECT_EQ(Patch(user, R"({"op":"Replace","path":"active","value":"True"})").At("active"), true);
    EXPECT_EQ(Patch(user, R"({"op":"Replace","value":{"active":"False","displayName":"Lea L."}})")
                  .Text("displayName"),
              "Lea L.");
    EXPECT_EQ(Delete(user).status, 204);
    EXPECT_EQ(Get(user).status, 404);
    EXPECT_EQ(Get(matching).Number("totalResults"), 0);
}

TEST_P(ScimEntra, HR1WhoeverHasAnAccountIsMatchedByTheirAddress) {
    const Answer found = Get("/Users?filter=" + Escaped(R"(userName eq "vic@ostiary.test")"));
    ASSERT_EQ(found.Number("totalResults"), 1);
    const std::string id = found.Text("Resources.0.id");
    EXPECT_EQ(Patch("/Users/" + id, R"({"op":"Add","path":"externalId","value":"e-1"},)"
                                    R"({"op":"Replace","path":"displayName","value":"Vic Violet"})")
                  .status,
              200);
    EXPECT_EQ(house.Get("/api/users/" + house.AccountId("vic") + "/", "ada").Text("name"),
              "Vic Violet");
}

TEST_P(ScimEntra, HR1GroupsAreMatchedByNameAndMembersComeAndGo) {
    const std::string id = Make("ann");
    const Answer found =
        Get("/Groups?excludedAttributes=members&filter=" + Escaped(R"(displayName eq "Manager")"));
    ASSERT_EQ(found.Number("totalResults"), 1);
    const std::string group = "/Groups/" + found.Text("Resources.0.id");
    EXPECT_EQ(Get(group + "?excludedAttributes=members").status, 200);
    EXPECT_EQ(Patch(group, fmt::format(R"({{"op":"Add","path":"members",)"
                                       R"("value":[{{"$ref":null,"value":"{}"}}]}})",
                                       id))
                  .status,
              204);
    EXPECT_EQ(CodeOf(id).role, "manager");
    EXPECT_EQ(Get("/Groups?filter=" +
                  Escaped(fmt::format(R"(id eq "role.manager" and members eq "{}")", id)))
                  .Number("totalResults"),
              1);
    EXPECT_EQ(Patch(group, fmt::format(R"({{"op":"Remove","path":"members",)"
                                       R"("value":[{{"$ref":null,"value":"{}"}}]}})",
                                       id))
                  .status,
              204);
    EXPECT_EQ(CodeOf(id).role, house.config.catalogue.default_role);
    EXPECT_EQ(Patch(group, R"({"op":"Replace","path":"displayName","value":"Managers"})").status,
              400);
}

}  // namespace
}  // namespace ostiary
