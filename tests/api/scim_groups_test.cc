// HR-1: roles and task groups as groups; what the server says of itself; many requests in one.

#include "core/accounts.h"
#include "scim_house.h"

namespace ostiary {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::UnorderedElementsAre;

class ScimGroupsApi : public Scim {
protected:
    std::vector<std::string> Members(std::string_view group) {
        std::vector<std::string> names;
        for (const auto& one : Listed(Get("/Groups/" + std::string(group)), "members")) {
            const std::string name(one.at("display").as_string());
            names.push_back(name.substr(0, name.find('@')));
        }
        return names;
    }
    std::string RoleOf(const std::string& id) {
        return std::string(Get("/Users/" + id)
                               .json()
                               .at("urn:ostiary:params:scim:schemas:1.0:Access")
                               .at("role")
                               .as_string());
    }
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, ScimGroupsApi, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(ScimGroupsApi, HR1EveryRoleAndTaskGroupIsAGroup) {
    const Answer all = Get("/Groups");
    const Catalogue& catalogue = house.config.catalogue;
    EXPECT_EQ(static_cast<std::size_t>(all.Number("totalResults")),
              catalogue.roles.size() + catalogue.task_groups.size());
    EXPECT_EQ(Get("/Groups/role.manager").Text("displayName"), "Manager");
    EXPECT_THAT(Members("role.manager"), UnorderedElementsAre("gil", "max"));
    EXPECT_THAT(Members("task_group.cleaning"), ElementsAre("max"));
    const Answer found =
        Get("/Groups?excludedAttributes=members&filter=" + Escaped(R"(displayName eq "manager")"));
    EXPECT_EQ(found.Number("totalResults"), 1);
    EXPECT_EQ(found.Text("Resources.0.id"), "role.manager");
    EXPECT_TRUE(found.At("Resources.0.members").is_null());
    EXPECT_TRUE(found.At("Resources.0.meta.version").is_null()) << "which has its members in it";
    EXPECT_EQ(
        Get("/Groups?filter=" + Escaped(fmt::format(R"(members eq "{}")", house.AccountId("max"))))
            .Number("totalResults"),
        2)
        << "a role and a task group";
    EXPECT_EQ(Get("/Groups/role.emperor").status, 404);
    EXPECT_EQ(Post("/Groups/.search", R"({"filter":"id sw \"role.\""})").Number("totalResults"),
              static_cast<std::int64_t>(catalogue.roles.size()));
}

TEST_P(ScimGroupsApi, HR1WhoeverIsAddedHasTheRoleAndWhoeverIsRemovedTheDefaultOne) {
    const std::string ann = Make("ann"), bob = Make("bob");
    Join(bob, "bob");
    EXPECT_EQ(Patch("/Groups/role.manager",
                    fmt::format(R"({{"op":"add","path":"members",)"
                                R"("value":[{{"value":"{}"}},{{"value":"{}"}}]}})",
                                ann, bob))
                  .status,
              204);
    EXPECT_EQ(CodeOf(ann).role, "manager");
    EXPECT_EQ(RoleOf(bob), "manager");
    EXPECT_THAT(LastEvents(2),
                UnorderedElementsAre(EventKind::kCodeEdited, EventKind::kAccountEdited));
    EXPECT_THAT(Members("role.manager"), UnorderedElementsAre("ann", "bob", "gil", "max"));
    EXPECT_EQ(Patch("/Groups/role.manager",
                    fmt::format(R"({{"op":"remove","path":"members[value eq \"{}\"]"}})", ann))
                  .status,
              204);
    EXPECT_EQ(RoleOf(ann), house.config.catalogue.default_role);
    EXPECT_EQ(
        Patch("/Groups/role.manager",
              fmt::format(R"({{"op":"Remove","path":"members","value":[{{"value":"{}"}}]}})", bob))
            .status,
        204);
    EXPECT_EQ(RoleOf(bob), house.config.catalogue.default_role);
    EXPECT_EQ(Patch("/Groups/task_group.cleaning",
                    fmt::format(R"({{"op":"add","value":{{"members":[{{"value":"{}"}}]}}}})", ann))
                  .status,
              204);
    EXPECT_EQ(CodeOf(ann).task_group, "cleaning");
}

TEST_P(ScimGroupsApi, HR1MembersCanBeReplacedAndRemovedAll) {
    const std::string ann = Make("ann"), bob = Make("bob");
    const auto replace = [&](const std::string& id) {
        return Patch(
            "/Groups/task_group.cleaning",
            fmt::format(R"({{"op":"replace","path":"members","value":[{{"value":"{}"}}]}})", id));
    };
    EXPECT_EQ(replace(ann).status, 204);
    EXPECT_THAT(Members("task_group.cleaning"), ElementsAre("ann"));
    const Answer put =
        Put("/Groups/task_group.cleaning",
            fmt::format(R"({{"displayName":"Cleaning","members":[{{"value":"{}"}}]}})", bob));
    EXPECT_EQ(put.status, 200) << put.body;
    EXPECT_THAT(Members("task_group.cleaning"), ElementsAre("bob"));
    EXPECT_EQ(Patch("/Groups/task_group.cleaning", R"({"op":"remove","path":"members"})").status,
              204);
    EXPECT_THAT(Members("task_group.cleaning"), IsEmpty());
}

TEST_P(ScimGroupsApi, HR1AGroupIsChangedWholeOrNotAtAll) {
    const std::string ann = Make("ann");
    const Answer wrong = Patch("/Groups/role.manager",
                               fmt::format(R"({{"op":"add","path":"members",)"
                                           R"("value":[{{"value":"{}"}},{{"value":"nobody"}}]}})",
                                           ann));
    EXPECT_EQ(wrong.status, 400);
    EXPECT_THAT(wrong.Text("detail"), HasSubstr("nobody"));
    EXPECT_NE(RoleOf(ann), "manager");
    EXPECT_EQ(Patch("/Groups/role.manager",
                    R"({"op":"remove","path":"members","value":[{"value":"nobody"}]})")
                  .status,
              204);
    EXPECT_EQ(Patch("/Groups/role.admin", R"({"op":"remove","path":"members"})").status, 403);
    house.config.scim_superusers = true;
    EXPECT_EQ(Patch("/Groups/role.admin", R"({"op":"remove","path":"members"})").status, 409)
        << "the last superuser";
    EXPECT_EQ(RoleOf(house.AccountId("ada")), "admin");
}

TEST_P(ScimGroupsApi, HR1GroupsAreNeitherMadeNorRenamedNorDeleted) {
    const Answer known = Post("/Groups", R"({"displayName":"MANAGER","members":[]})");
    EXPECT_EQ(known.status, 409);
    EXPECT_EQ(known.Text("scimType"), "uniqueness");
    EXPECT_THAT(known.Text("detail"), HasSubstr("role.manager"));
    const Answer unknown = Post("/Groups", R"({"displayName":"Emperors"})");
    EXPECT_EQ(unknown.status, 403);
    EXPECT_THAT(unknown.Text("detail"), HasSubstr("configuration"));
    EXPECT_EQ(Post("/Groups", "{}").status, 400);
    EXPECT_EQ(Delete("/Groups/role.manager").status, 403);
    const auto rename = [&](std::string_view name) {
        return Patch("/Groups/role.manager",
                     fmt::format(R"({{"op":"replace","value":{{"displayName":"{}"}}}})", name));
    };
    EXPECT_EQ(rename("Manager").status, 204) << "it is called so";
    EXPECT_EQ(rename("Boss").Text("scimType"), "mutability");
    EXPECT_EQ(Patch("/Groups/role.manager", R"({"op":"add","path":"colour","value":"red"})")
                  .Text("scimType"),
              "invalidPath");
    EXPECT_EQ(
        Patch("/Groups/role.manager", R"({"op":"add","path":"id","value":"red"})").Text("scimType"),
        "mutability");
}

TEST_P(ScimGroupsApi, HR1TheServerSaysWhatItCanAndNoMore) {
    const Answer config = Get("/ServiceProviderConfig");
    for (const char* feature : {"patch", "bulk", "filter", "sort", "etag"})
        EXPECT_EQ(config.At(std::string(feature) + ".supported"), true) << feature;
    EXPECT_EQ(config.At("changePassword.supported"), false);
    EXPECT_EQ(config.Text("authenticationSchemes.0.type"), "oauthbearertoken");
    EXPECT_EQ(Get("/ResourceTypes").Number("totalResults"), 2);
    EXPECT_EQ(Get("/ResourceTypes/User").Text("endpoint"), "/Users");
    EXPECT_EQ(Get("/ResourceTypes/Robot").status, 404);
    EXPECT_EQ(Get("/ResourceTypes?filter=" + Escaped("name pr")).status, 403);
    const Answer schemas = Get("/Schemas");
    EXPECT_EQ(schemas.Number("totalResults"), 4);
    std::set<std::string> told;
    for (const auto& schema : Listed(schemas, "Resources"))
        told.emplace(schema.at("id").as_string());
    EXPECT_TRUE(told.contains("urn:ostiary:params:scim:schemas:1.0:Access"));
    EXPECT_THAT(Get("/Schemas/urn:ostiary:params:scim:schemas:1.0:Access").body,
                HasSubstr(R"("canonicalValues")"));
    EXPECT_EQ(Get("/Schemas/urn:nothing").status, 404);
    // Whatever is told of somebody is in a schema.
    const std::string id = Make("ann", R"(,"title":"Pilot","phoneNumbers":[{"value":"1"}])");
    std::set<std::string> known = {"schemas", "id", "externalId", "meta"};
    for (const auto& schema : Listed(schemas, "Resources")) {
        known.emplace(schema.at("id").as_string());
        for (const auto& attribute : schema.at("attributes").as_array())
            known.emplace(attribute.at("name").as_string());
    }
    const boost::json::value ann = Get("/Users/" + id).json();
    for (const auto& [name, value] : ann.as_object())
        EXPECT_TRUE(known.contains(std::string(name))) << std::string(name);
}

TEST_P(ScimGroupsApi, HR1ManyRequestsComeInOne) {
    const Answer bulk =
        Post("/Bulk", R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
        "Operations":[
          {"method":"POST","path":"/Users","bulkId":"ann","data":{"userName":"ann@example.org"}},
          {"method":"PATCH","path":"/Groups/role.manager","data":{"Operations":[
             {"op":"add","path":"members","value":[{"value":"bulkId:ann"}]}]}},
          {"method":"PATCH","path":"/Users/bulkId:ann","data":{"Operations":[
             {"op":"add","path":"title","value":"Pilot"}]}},
          {"method":"POST","path":"/Users","bulkId":"again","data":{"userName":"ann@example.org"}},
          {"method":"DELETE","path":"/Users/bulkId:nobody"},
          {"method":"GET","path":"/Users"},
          {"method":"POST","path":"/Users","data":{"userName":"bob@example.org"}}]})");
    ASSERT_EQ(bulk.status, 200) << bulk.body;
    std::vector<std::string> statuses;
    for (const auto& one : Listed(bulk, "Operations"))
        statuses.emplace_back(one.at("status").as_string());
    EXPECT_THAT(statuses, ElementsAre("201", "204", "200", "409", "409", "400", "400"));
    EXPECT_EQ(bulk.Text("Operations.3.response.scimType"), "uniqueness");
    EXPECT_EQ(bulk.Text("Operations.0.bulkId"), "ann");
    const std::string location = bulk.Text("Operations.0.location");
    const std::string id = location.substr(location.rfind('/') + 1);
    EXPECT_EQ(Get("/Users/" + id).Text("title"), "Pilot");
    EXPECT_EQ(RoleOf(id), "manager");
    const Answer stopped = Post("/Bulk", R"({"failOnErrors":1,"Operations":[
          {"method":"DELETE","path":"/Users/nobody"},
          {"method":"POST","path":"/Users","bulkId":"b","data":{"userName":"bob@example.org"}}]})");
    EXPECT_THAT(stopped.At("Operations").as_array(), SizeIs(1));
    EXPECT_THAT(Names(R"(userName eq "bob@example.org")"), IsEmpty());
    EXPECT_EQ(Post("/Bulk", R"({"Operations":[{"method":"DELETE","path":"/Users/x","version":5}]})")
                  .Text("Operations.0.status"),
              "404");
    EXPECT_EQ(Post("/Bulk", "{}").status, 400);
}

TEST_P(ScimGroupsApi, HR1PeopleAndGroupsAreSearchedTogether) {
    Make("ann");
    const Answer both = Post("/.search", R"({"filter":"displayName pr","count":3})");
    EXPECT_EQ(both.status, 200) << both.body;
    EXPECT_EQ(both.Number("itemsPerPage"), 3);
    EXPECT_GT(both.Number("totalResults"), 6);
    EXPECT_EQ(Post("/.search", R"({"filter":"userName sw \"ann\""})").Number("totalResults"), 1);
    EXPECT_EQ(Post("/.search", R"({"filter":"colour eq 5"})").status, 400);
    EXPECT_EQ(Post("/.search", R"({"startIndex":150,"count":100})").Text("scimType"), "tooMany");
}

}  // namespace
}  // namespace ostiary
