// Users and aircraft in the portals (MNG-4, ADM-4, ADM-5).

#include <gmock/gmock.h>

#include "core/accounts.h"
#include "support/visitor.h"

namespace ostiary {
namespace {

using testing::HasSubstr;
using testing::Not;

class UserPages : public testing::TestWithParam<DatabaseKind> {
protected:
    void SetUp() override { ASSERT_EQ(ada.LogIn("ada").status, 303); }
    std::string PathOf(std::string_view username) {
        return "/admin/users/" + house.AccountId(username) + "/";
    }

    House house{GetParam()};
    Visitor ada{house};
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, UserPages, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

// MNG-4
TEST_P(UserPages, ListEverybodyAndOfferTheAdminPageToSuperusersOnly) {
    ASSERT_EQ(ada.Submit(PathOf("vic"), PathOf("vic") + "aircraft-roles/",
                         {{"aircraft", "N12345"}, {"aircraft_role", "owner"}})
                  .status,
              303);
    const std::string list = ada.Get("/manage/users/").body;
    for (const char* heading : {"Username", "Name", "Email", "Staff", "Status", "Joined",
                                "Last Login", "Aircraft Access", "N12345 (owner)", "Edit in Admin"})
        EXPECT_THAT(list, HasSubstr(heading));
    Visitor sam(house);
    ASSERT_EQ(sam.LogIn("sam").status, 303);
    const std::string of_sam = sam.Get("/manage/users/").body;
    EXPECT_THAT(of_sam, HasSubstr("vic@ostiary.test"));
    EXPECT_THAT(of_sam, Not(HasSubstr("Edit in Admin")));
    EXPECT_EQ(sam.Get(PathOf("vic")).status, 403);
}

TEST_P(UserPages, AreFilteredByTheirAddress) {
    const auto has = [&](const char* query, const char* username) {
        return ada.Get(std::string("/admin/users/") + query)
                   .body.find(std::string(username) + "@ostiary.test") != std::string::npos;
    };
    EXPECT_TRUE(has("?flag=staff", "sam"));
    EXPECT_FALSE(has("?flag=staff", "vic"));
    EXPECT_TRUE(has("?role=viewer", "vic"));
    EXPECT_FALSE(has("?role=viewer", "max"));
    EXPECT_TRUE(has("?task_group=cleaning&search=MAX", "max"));
    EXPECT_FALSE(has("?state=inactive", "max"));
    EXPECT_THAT(ada.Get("/admin/users/?search=nobody-at-all").body, HasSubstr("Nobody matches"));
}

TEST_P(UserPages, TellBeforeADeactivationWhatItWillDo) {
    Visitor max(house);
    ASSERT_EQ(max.LogIn("max").status, 303);
    const std::string path = PathOf("max");
    const std::string question = ada.Get(path + "deactivate/").body;
    EXPECT_THAT(question, HasSubstr("1 session"));
    EXPECT_THAT(question, HasSubstr("1 API token"));
    EXPECT_EQ(ada.Submit(path, path + "deactivate/", {}).status, 303);
    EXPECT_EQ(max.Get("/manager/").status, 303);  // to the log-in: PERM-6
    EXPECT_THAT(ada.Get("/admin/users/?state=inactive").body, HasSubstr("max@ostiary.test"));
    EXPECT_EQ(ada.Submit(path, path + "reactivate/", {}).status, 303);
}

// PERM-7
TEST_P(UserPages, TheLastSuperuserStaysAndTheReasonIsSaid) {
    const std::string own = PathOf("ada");
    EXPECT_THAT(ada.Get(own + "deactivate/").body, HasSubstr("your own account"));
    EXPECT_EQ(ada.Submit(own, own + "deactivate/", {}).status, 303);
    EXPECT_THAT(ada.Get(own).body, HasSubstr("last active superuser"));
}

TEST_P(UserPages, LeadToTheCodeSomebodyJoinedWith) {
    const auto code = house.Create(R"({"label": "Spring pilots"})");
    ASSERT_EQ(house.Register(code.at("code").as_string(), "ann").status, 201);
    const std::string page = ada.Get(PathOf("ann")).body;
    EXPECT_THAT(page, HasSubstr("Spring pilots"));
    EXPECT_THAT(page,
                HasSubstr("/admin/invite-codes/" + std::to_string(code.at("id").as_int64()) + "/"));
    EXPECT_THAT(ada.Get(PathOf("vic")).body, HasSubstr("made by hand"));
}

// ADM-5
TEST_P(UserPages, AnAircraftIsEditedRetiredAndBroughtBack) {
    const auto code = house.Create(
        R"({"label": "Owners", "aircraft_roles": [{"aircraft": "N12345", "role": "owner"}]})");
    ASSERT_EQ(house.Register(code.at("code").as_string(), "ann").status, 201);
    const auto open = house.Create(
        R"({"label": "Still open", "aircraft_roles": [{"aircraft": "N12345", "role": "pilot"}]})");
    const std::string path = "/admin/aircraft/N12345/";
    const std::string page = ada.Get(path).body;
    EXPECT_THAT(page, HasSubstr(">ann<"));
    EXPECT_THAT(page, HasSubstr("Still open"));
    EXPECT_THAT(page, Not(HasSubstr("Owners")));  // used up: nobody can join with it any more

    const Answer saved =
        ada.Submit(path, path, {{"registration", "n12346"}, {"name", "Cessna, blue"}});
    EXPECT_EQ(saved.status, 303);
    EXPECT_EQ(saved.HeaderValue("location"), "/admin/aircraft/N12346/");
    EXPECT_EQ(ada.Get(path).status, 404);
    const std::string moved = "/admin/aircraft/N12346/";
    EXPECT_EQ(ada.Submit(moved, moved, {{"registration", "N67890"}, {"name", ""}}).status, 409);
    EXPECT_THAT(ada.Get("/admin/aircraft/?search=BLUE").body, HasSubstr("N12346"));
    EXPECT_THAT(ada.Get("/admin/aircraft/?search=BLUE").body, Not(HasSubstr("N67890")));

    EXPECT_THAT(ada.Get(moved + "retire/").body, HasSubstr("1 code that grants it already"));
    EXPECT_EQ(ada.Submit(moved, moved + "retire/", {}).status, 303);
    EXPECT_THAT(ada.Get(moved).body, HasSubstr("Bring back into service"));
    EXPECT_THAT(ada.Get("/admin/aircraft/?state=retired").body, HasSubstr("N12346"));
    EXPECT_EQ(ada.Submit(moved, moved + "return/", {}).status, 303);
    const auto events = house.Events(3);
    EXPECT_EQ(events[0].kind, EventKind::kAircraftReturned);
    EXPECT_EQ(events[1].kind, EventKind::kAircraftRetired);
    EXPECT_EQ(events[2].kind, EventKind::kAircraftEdited);
    EXPECT_THAT(events[2].details, HasSubstr(R"("registration":["N12345","N12346"])"));
}

}  // namespace
}  // namespace ostiary
