// HR-1: people over SCIM: invited, joined, changed, let go and back again.

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

constexpr std::string_view kAccess = "urn:ostiary:params:scim:schemas:1.0:Access";

class ScimUsersApi : public Scim {
protected:
    std::string State(const std::string& id) {
        return boost::json::serialize(Get("/Users/" + id).json().at(kAccess).at("state"));
    }
    std::string Role(const std::string& id) {
        return boost::json::serialize(Get("/Users/" + id).json().at(kAccess).at("role"));
    }
    AccountWithAccess Account(std::string_view username) {
        const Actor ada = house.ActorOf("ada");
        return GetAccountByUsername(ada.Ask<Permission::kUsersRead>().value(), house.world,
                                    username)
            .value();
    }
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, ScimUsersApi, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(ScimUsersApi, HR1APersonIsInvitedByAnAddressBoundCodeAndAMail) {
    house.ConfigureMail();
    const std::string id = Make("ann");
    const Code code = CodeOf(id);
    EXPECT_EQ(code.email, "ann@example.org");
    EXPECT_EQ(code.name, "ann Amsel");
    EXPECT_EQ(code.max_uses, 1);
    EXPECT_EQ(code.role, house.config.catalogue.default_role);
    ASSERT_THAT(Mails(code.id), SizeIs(1));
    EXPECT_EQ(Mails(code.id)[0].kind, MailKind::kInvitation);
    EXPECT_THAT(LastEvents(2),
                UnorderedElementsAre(EventKind::kCodeCreated, EventKind::kCodeMailed));
    EXPECT_EQ(house.Events(1).at(0).actor_name, "ada");
    const Answer ann = Get("/Users/" + id);
    EXPECT_EQ(ann.status, 200);
    EXPECT_EQ(ann.Text("externalId"), "x-ann");
    EXPECT_EQ(ann.Text("name.givenName"), "ann");
    EXPECT_EQ(ann.Text("emails.0.value"), "ann@example.org");
    EXPECT_EQ(ann.At("active"), true);
    EXPECT_EQ(ann.Text("meta.resourceType"), "User");
    EXPECT_EQ(ann.Text("meta.location"), "http://ostiary.test/scim/v2/Users/" + id);
    EXPECT_EQ(State(id), R"("invited")");
    EXPECT_THAT(ann.body, Not(HasSubstr(code.code))) << "the code is the person's alone";
}

TEST_P(ScimUsersApi, HR1WhoeverJoinsByTheLinkKeepsTheirId) {
    const std::string id = Make(
        "ann", R"(,"urn:ostiary:params:scim:schemas:1.0:Access":{"role":"staff",)"
               R"("taskGroup":"cleaning","aircraftRoles":[{"aircraft":"N12345","role":"pilot"}]})");
    Join(id, "ann");
    const Answer ann = Get("/Users/" + id);
    EXPECT_EQ(ann.Text("id"), id);
    EXPECT_EQ(ann.Text("userName"), "ann@example.org");
    EXPECT_EQ(ann.At("active"), true);
    EXPECT_EQ(ann.Text("externalId"), "x-ann");
    EXPECT_EQ(State(id), R"("joined")");
    EXPECT_EQ(ann.json().at(kAccess).at("username"), "ann");
    EXPECT_EQ(ann.json().at(kAccess).at("aircraftRoles").at(0).at("role"), "pilot");
    EXPECT_EQ(Account("ann").account.task_group, "cleaning");
    EXPECT_THAT(Names(R"(userName eq "ann@example.org")"), SizeIs(1)) << "one person, not two";
    EXPECT_EQ(Get("/Users?count=0").Number("totalResults"), 6);
}

TEST_P(ScimUsersApi, HR1InactiveWithdrawsTheInvitationAndActiveGivesItBack) {
    house.ConfigureMail();
    const std::string id = Make("ann");
    const std::string word = CodeOf(id).code;
    const Answer off = Patch("/Users/" + id, R"({"op":"replace","path":"active","value":false})");
    EXPECT_EQ(off.status, 200) << off.body;
    EXPECT_EQ(off.At("active"), false);
    EXPECT_THAT(LastEvents(1), ElementsAre(EventKind::kCodeRevoked));
    EXPECT_EQ(house.Register(word, "ann").status, 400);
    EXPECT_EQ(State(id), R"("withdrawn")");
    EXPECT_EQ(Patch("/Users/" + id, R"({"op":"replace","value":{"active":true}})").At("active"),
              true);
    EXPECT_THAT(LastEvents(2), Contains(EventKind::kCodeReactivated));
    EXPECT_THAT(Mails(CodeOf(id).id), SizeIs(2)) << "a link that works again is sent again";
    EXPECT_EQ(house.Register(word, "ann").status, 201);
}

TEST_P(ScimUsersApi, HR1InactiveDeactivatesTheAccountAndActiveReactivatesIt) {
    const std::string id = Make("ann");
    Join(id, "ann");
    EXPECT_EQ(Patch("/Users/" + id, R"({"op":"Replace","path":"active","value":"False"})").status,
              200);
    EXPECT_THAT(LastEvents(1), ElementsAre(EventKind::kAccountDeactivated));
    EXPECT_TRUE(Account("ann").account.deactivated_at);
    EXPECT_EQ(State(id), R"("deactivated")");
    EXPECT_EQ(Patch("/Users/" + id, R"({"op":"Replace","path":"active","value":"True"})").status,
              200);
    EXPECT_FALSE(Account("ann").account.deactivated_at);
    EXPECT_THAT(LastEvents(1), ElementsAre(EventKind::kAccountReactivated));
}

TEST_P(ScimUsersApi, HR1DeletingWithdrawsAndTheIdIsKnownNoLonger) {
    const std::string ann = Make("ann"), bob = Make("bob");
    Join(bob, "bob");
    for (const std::string& id : {ann, bob}) {
        EXPECT_EQ(Delete("/Users/" + id).status, 204);
        EXPECT_EQ(Get("/Users/" + id).status, 404);
        EXPECT_EQ(Delete("/Users/" + id).status, 404);
        EXPECT_EQ(Patch("/Users/" + id, R"({"op":"remove","path":"title"})").status, 404);
    }
    EXPECT_THAT(LastEvents(2),
                ElementsAre(EventKind::kAccountDeactivated, EventKind::kCodeRevoked));
    EXPECT_TRUE(Account("bob").account.deactivated_at);
    EXPECT_THAT(Names(R"(externalId eq "x-bob")"), IsEmpty());
    EXPECT_THAT(Names(R"(userName eq "bob@example.org")"), IsEmpty());
    EXPECT_EQ(
        house.database.Number(
            "SELECT count(*) FROM scim_user WHERE sealed IS NOT NULL OR user_name IS NOT NULL"),
        0)
        << "nothing of the person stays";
}

TEST_P(ScimUsersApi, HR1WhoeverWasLetGoComesBackWithTheirAccountAndOnlyWhatTheyAreGiven) {
    const std::string first =
        Make("bob", R"(,"urn:ostiary:params:scim:schemas:1.0:Access":{"role":"manager"})");
    Join(first, "bob");
    EXPECT_EQ(Delete("/Users/" + first).status, 204);
    const std::string second = Make("bob");
    EXPECT_NE(second, first);
    EXPECT_EQ(Get("/Users/" + first).status, 404);
    EXPECT_EQ(State(second), R"("joined")");
    EXPECT_FALSE(Account("bob").account.deactivated_at);
    EXPECT_EQ(Account("bob").account.role, house.config.catalogue.default_role);
    EXPECT_EQ(Delete("/Users/" + second).status, 204);
    EXPECT_EQ(State(Make("bob")), R"("joined")") << "again and again";
}

TEST_P(ScimUsersApi, HR1RolesFollowToTheCodeAndToTheAccount) {
    const std::string id = Make("ann");
    const std::string role = std::string(kAccess) + ":role";
    const auto set = [&](std::string_view name, std::string_view value) {
        return Patch(
            "/Users/" + id,
            fmt::format(R"({{"op":"replace","path":"{}:{}","value":"{}"}})", kAccess, name, value));
    };
    EXPECT_EQ(set("role", "manager").status, 200);
    EXPECT_EQ(CodeOf(id).role, "manager");
    EXPECT_THAT(LastEvents(1), ElementsAre(EventKind::kCodeEdited));
    EXPECT_EQ(set("taskGroup", "cleaning").status, 200);
    EXPECT_EQ(CodeOf(id).task_group, "cleaning");
    Join(id, "ann");
    EXPECT_EQ(Account("ann").account.role, "manager");
    EXPECT_EQ(set("role", "staff").status, 200);
    EXPECT_EQ(Account("ann").account.role, "staff");
    EXPECT_THAT(LastEvents(1), ElementsAre(EventKind::kAccountEdited));
    const Answer wrong = set("role", "emperor");
    EXPECT_EQ(wrong.status, 400);
    EXPECT_EQ(wrong.Text("scimType"), "invalidValue");
    EXPECT_THAT(wrong.Text("detail"), HasSubstr("Role must be one of"));
}

TEST_P(ScimUsersApi, HR1AircraftRolesAreAllThatIsSaid) {
    const std::string id = Make("ann");
    Join(id, "ann");
    const auto path = fmt::format("{}:aircraftRoles", kAccess);
    EXPECT_EQ(Patch("/Users/" + id, fmt::format(R"({{"op":"add","path":"{}","value":[)"
                                                R"({{"aircraft":"N12345","role":"pilot"}},)"
                                                R"({{"aircraft":"N67890","role":"owner"}}]}})",
                                                path))
                  .status,
              200);
    EXPECT_THAT(Account("ann").aircraft_access, SizeIs(2));
    EXPECT_EQ(Patch("/Users/" + id,
                    fmt::format(R"({{"op":"remove","path":"{}[aircraft eq \"N12345\"]"}})", path))
                  .status,
              200);
    ASSERT_THAT(Account("ann").aircraft_access, SizeIs(1));
    EXPECT_EQ(Account("ann").aircraft_access[0].registration, "N67890");
    EXPECT_EQ(Patch("/Users/" + id, fmt::format(R"({{"op":"remove","path":"{}"}})", path)).status,
              200);
    EXPECT_THAT(Account("ann").aircraft_access, IsEmpty());
    EXPECT_EQ(Patch("/Users/" + id, fmt::format(R"({{"op":"add","path":"{}","value":)"
                                                R"([{{"aircraft":"N00000","role":"pilot"}}]}})",
                                                path))
                  .status,
              400);
}

TEST_P(ScimUsersApi, HR1AnAddressThatChangesTakesTheInvitationAlong) {
    house.ConfigureMail();
    const std::string id = Make("ann");
    EXPECT_EQ(Patch("/Users/" + id, R"({"op":"replace","path":"emails[type eq \"work\"].value",)"
                                    R"("value":"anna@example.org"})")
                  .Text("emails.0.value"),
              "anna@example.org");
    EXPECT_EQ(CodeOf(id).email, "anna@example.org");
    EXPECT_EQ(Mails(CodeOf(id).id).front().recipient, "anna@example.org");
    EXPECT_EQ(house.Register(CodeOf(id).code, "ann").status, 400) << "the old one opens nothing";
    Join(id, "anna");
    EXPECT_EQ(Patch("/Users/" + id,
                    R"({"op":"replace","path":"emails","value":[{"value":"a@example.net"}]})")
                  .status,
              200);
    EXPECT_EQ(Account("anna").account.email, "a@example.net");
    EXPECT_THAT(Names(R"(emails.value eq "A@Example.net")"), ElementsAre("ann"));
}

TEST_P(ScimUsersApi, HR1APutClearsWhatItDoesNotSayButForAccess) {
    const std::string id = Make(
        "ann", R"(,"title":"Pilot","urn:ostiary:params:scim:schemas:1.0:Access":{"role":"staff"})");
    const Answer put =
        Put("/Users/" + id, R"({"userName":"anna@example.org","displayName":"Anna",)"
                            R"("emails":[{"value":"ann@example.org","primary":true}]})");
    EXPECT_EQ(put.status, 200) << put.body;
    EXPECT_EQ(put.Text("userName"), "anna@example.org");
    EXPECT_TRUE(put.At("title").is_null());
    EXPECT_TRUE(put.At("externalId").is_null());
    EXPECT_TRUE(put.At("name").is_null());
    EXPECT_EQ(Role(id), R"("staff")");
    EXPECT_EQ(put.At("active"), true);
    EXPECT_EQ(Put("/Users/" + id, R"({"displayName":"Anna"})").status, 400);
    EXPECT_EQ(Put("/Users/nobody", R"({"userName":"x"})").status, 404);
}

TEST_P(ScimUsersApi, HR1EverybodyTheTokenMaySeeIsThere) {
    Make("ann");
    EXPECT_THAT(Names(R"(userName ew "@ostiary.test")"),
                UnorderedElementsAre("ada", "gil", "max", "sam", "vic"));
    const std::string vic = house.AccountId("vic");
    EXPECT_EQ(Get("/Users/" + vic).Text("emails.0.value"), "vic@ostiary.test");
    EXPECT_EQ(Patch("/Users/" + vic, R"({"op":"add","path":"externalId","value":"x-vic"})").status,
              200);
    EXPECT_THAT(Names(R"(externalId eq "x-vic")"), ElementsAre("vic"));
    EXPECT_EQ(Get("/Users/" + vic).Text("id"), vic) << "the id stays";
    EXPECT_EQ(Get("/Users?count=0").Number("totalResults"), 6);
    EXPECT_EQ(Delete("/Users/" + vic).status, 204);
    EXPECT_EQ(Get("/Users/" + vic).status, 404);
    EXPECT_TRUE(Account("vic").account.deactivated_at);
    const Actor ada = house.ActorOf("ada");
    ASSERT_TRUE(
        ReactivateAccount(ada.Ask<Permission::kUsersWrite>().value(), house.world, vic).ok());
    EXPECT_EQ(Get("/Users/" + vic).status, 200) << "somebody let them in again";
    EXPECT_EQ(Patch("/Users/" + vic, R"({"op":"add","path":"title","value":"Guest"})").status, 200);
    EXPECT_EQ(Get("/Users/" + vic).Text("title"), "Guest");
}

// AUD-1
TEST_P(ScimUsersApi, HR1WhatTheDirectorySaysOfSomebodyIsInTheLogWithoutItsValues) {
    const std::string id = Make("ann");
    EXPECT_EQ(Patch("/Users/" + id, R"({"op":"add","path":"title","value":"Pilot"},)"
                                    R"({"op":"add","path":"externalId","value":"e-7"})")
                  .status,
              200);
    const Event event = house.Events(1).at(0);
    EXPECT_EQ(event.kind, EventKind::kCodeEdited);
    EXPECT_EQ(event.code_id, CodeOf(id).id);
    EXPECT_EQ(event.details, R"({"external_id":["x-ann","e-7"],"directory":["","title"]})");
    EXPECT_EQ(event.origin.door, Door::kApi);
    EXPECT_EQ(Patch("/Users/" + id, R"({"op":"add","path":"title","value":"Pilot"})").status, 200);
    EXPECT_EQ(house.Events(1).at(0).id, event.id) << "said again, nothing was changed";
}

TEST_P(ScimUsersApi, HR1TwoPeopleCannotBeTheSame) {
    Make("ann");
    const Answer again = Post("/Users", R"({"userName":"ANN@example.org"})");
    EXPECT_EQ(again.status, 409);
    EXPECT_EQ(again.Text("scimType"), "uniqueness");
    EXPECT_EQ(Post("/Users", R"({"userName":"x","emails":[{"value":"ann@Example.org"}]})").status,
              409);
    EXPECT_EQ(Post("/Users", R"({"userName":"x","emails":[{"value":"vic@ostiary.test"}]})").status,
              409);
    EXPECT_EQ(Post("/Users", R"({"userName":"vic@ostiary.test","emails":"v@example.org"})").status,
              409);
    const std::string bob = Make("bob");
    EXPECT_EQ(
        Patch("/Users/" + bob, R"({"op":"replace","path":"userName","value":"ann@example.org"})")
            .status,
        409);
    EXPECT_EQ(Patch("/Users/" + bob,
                    R"({"op":"replace","path":"emails.value","value":"vic@ostiary.test"})")
                  .Text("scimType"),
              "uniqueness");
    EXPECT_EQ(Get("/Users/" + bob).Text("userName"), "bob@example.org") << "nothing was changed";
}

TEST_P(ScimUsersApi, HR1WhatIsWrongIsNamed) {
    const auto refused = [&](std::string_view body) {
        const Answer answer = Post("/Users", body);
        return fmt::format("{} {}", answer.status, answer.Text("scimType"));
    };
    EXPECT_EQ(refused(R"({"displayName":"No name"})"), "400 invalidValue");
    EXPECT_EQ(refused(R"({"userName":""})"), "400 invalidValue");
    EXPECT_EQ(refused(R"({"userName":"ann"})"), "400 invalidValue") << "no address";
    EXPECT_EQ(refused(R"({"userName":"ann","emails":[{"value":"nonsense"}]})"), "400 invalidValue");
    EXPECT_EQ(refused(R"({"userName":5.5})"), "400 invalidValue");
    EXPECT_EQ(refused(R"({"userName":"a@b.example","active":"perhaps"})"), "400 invalidValue");
    std::string wide = R"({"userName":")";
    for (int i = 0; i < 254; ++i) wide += "ﷺ";
    wide += R"("})";
    EXPECT_EQ(refused(wide), "400 invalidValue") << "longer than any index takes once it is folded";
    EXPECT_EQ(refused(R"({"userName":"a@b.example","externalId":"a\nb"})"), "400 invalidValue");
    EXPECT_EQ(refused("{"), "400 invalidSyntax");
    EXPECT_EQ(refused("[]"), "400 invalidSyntax");
    EXPECT_EQ(Ask(Method::kPost, "/Users", "").status, 415);
    EXPECT_EQ(Get("/Users/nobody").status, 404);
    EXPECT_EQ(Get("/Nobody").status, 404);
    EXPECT_EQ(Ask(Method::kPatch, "/Users", "{}").status, 405);
    EXPECT_EQ(Get("/Users?filter=" + Escaped("colour eq 5")).Text("scimType"), "invalidFilter");
    EXPECT_EQ(Get("/Users?filter=" + Escaped("userName")).Text("scimType"), "invalidFilter");
    EXPECT_EQ(Get("/Users?sortBy=colour").Text("scimType"), "invalidPath");
    EXPECT_EQ(Get("/Users?count=many").Text("scimType"), "invalidValue");
    EXPECT_EQ(Get("/Users?sortBy=title&sortOrder=sideways").Text("scimType"), "invalidValue");
    EXPECT_THAT(Names("active eq true"), SizeIs(5)) << "nobody was made";
}

TEST_P(ScimUsersApi, HR1ListsAreFilteredSortedAndTurnedOver) {
    for (const char* name : {"dan", "ann", "cec", "bob"}) {
        Make(name, R"(,"title":"Guest")");
        house.clock.Pass(1);
    }
    EXPECT_THAT(Names(R"(title eq "guest")", "&sortBy=userName"),
                ElementsAre("ann", "bob", "cec", "dan"));
    EXPECT_THAT(Names(R"(title eq "guest")", "&sortBy=emails&sortOrder=descending"),
                ElementsAre("dan", "cec", "bob", "ann"));
    EXPECT_THAT(Names(R"(title eq "guest")", "&sortBy=userName&startIndex=2&count=2"),
                ElementsAre("bob", "cec"));
    const Answer page = Get("/Users?filter=" + Escaped(R"(title pr)") + "&startIndex=2&count=2");
    EXPECT_EQ(page.Number("totalResults"), 4);
    EXPECT_EQ(page.Number("startIndex"), 2);
    EXPECT_EQ(page.Number("itemsPerPage"), 2);
    EXPECT_EQ(page.Text("Resources.0.userName"), "ann@example.org") << "in the order they came";
    std::vector<std::string> walked;
    for (int start = 1; start < 12; start += 4) {
        const Answer some = Get(fmt::format("/Users?startIndex={}&count=4", start));
        EXPECT_EQ(some.Number("totalResults"), 9);
        for (const auto& one : Listed(some, "Resources"))
            walked.emplace_back(one.at("id").as_string());
    }
    EXPECT_THAT(walked, SizeIs(9));
    EXPECT_TRUE(std::ranges::is_sorted(walked));
    EXPECT_THAT(Get("/Users?count=0").At("Resources").as_array(), IsEmpty());
    EXPECT_EQ(Get("/Users?startIndex=-5&count=-1").Number("startIndex"), 1);
    EXPECT_THAT(Names(R"(displayName eq "ann Amsel")"), ElementsAre("ann"));
    EXPECT_THAT(Names(R"(displayName eq "vic")"), ElementsAre("vic"));
    EXPECT_THAT(Names(R"(active eq true and title pr and userName ne "ann@example.org")"),
                UnorderedElementsAre("bob", "cec", "dan"));
    const Answer found = Post(
        "/Users/.search", R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],)"
                          R"("filter":"title pr","sortBy":"userName","attributes":["userName"],)"
                          R"("startIndex":1,"count":1})");
    EXPECT_EQ(found.Text("Resources.0.userName"), "ann@example.org");
    EXPECT_TRUE(found.At("Resources.0.emails").is_null());
    EXPECT_EQ(found.Number("totalResults"), 4);
}

TEST_P(ScimUsersApi, HR1AVersionThatWasSeenIsTheOneThatIsChanged) {
    const std::string path = "/Users/" + Make("ann");
    const Answer ann = Get(path);
    const std::string version(ann.HeaderValue("etag"));
    EXPECT_EQ(ann.Text("meta.version"), version);
    EXPECT_EQ(Ask(Method::kGet, path, "", {{"if-none-match", version}}).status, 304);
    const std::string title = R"({"Operations":[{"op":"replace","path":"title","value":"Pilot"}]})";
    EXPECT_EQ(Ask(Method::kPatch, path, title, {{"if-match", version}}).status, 200);
    EXPECT_NE(Get(path).HeaderValue("etag"), version);
    EXPECT_EQ(Ask(Method::kPatch, path, title, {{"if-match", version}}).status, 412);
    EXPECT_EQ(Ask(Method::kPut, path, R"({"userName":"x"})", {{"if-match", version}}).status, 412);
    EXPECT_EQ(Ask(Method::kDelete, path, "", {{"if-match", version}}).status, 412);
    EXPECT_EQ(Ask(Method::kPatch, path, title, {{"if-match", "*"}}).status, 200);
    EXPECT_EQ(Ask(Method::kGet, path, "", {{"if-none-match", version}}).status, 200);
}

TEST_P(ScimUsersApi, HR1OnlyASuperusersTokenWithItsScopeMay) {
    EXPECT_EQ(house.Get("/scim/v2/Users").status, 401);
    EXPECT_EQ(house.Get("/scim/v2/Users", "max").status, 403);
    const Actor console = Actor::Console("test");
    const std::string other = CreateTokenFor(console.Ask<Permission::kTokensWrite>().value(),
                                             house.world, "ada", "t", {"users:write"}, "")
                                  ->token;
    EXPECT_EQ(
        house.Ask(Method::kGet, "/scim/v2/Users", "", "", {{"authorization", "Bearer " + other}})
            .status,
        403);
    EXPECT_EQ(Get("/Users").status, 200);
}

TEST_P(ScimUsersApi, HR1TheLastSuperuserStays) {
    house.config.scim_superusers = true;
    const std::string ada = "/Users/" + house.AccountId("ada");
    EXPECT_EQ(Patch(ada, R"({"op":"replace","path":"active","value":false})").status, 409);
    EXPECT_EQ(Delete(ada).status, 409);
    EXPECT_EQ(Get(ada).At("active"), true);
}

TEST_P(ScimUsersApi, HR1WhatWaitsForApprovalIsNotMailedBefore) {
    house.ConfigureMail();
    const std::string id = Make("ann");
    house.store->Write([&](Work& work) { work.codes.MarkPending(CodeOf(id).id, 5); });
    EXPECT_EQ(State(id), R"("waiting")");
    const std::size_t mails = Mails(CodeOf(id).id).size();
    EXPECT_EQ(Patch("/Users/" + id, R"({"op":"replace","path":"active","value":false})").status,
              200);
    EXPECT_EQ(Patch("/Users/" + id, R"({"op":"replace","path":"active","value":true})").status,
              200);
    ASSERT_THAT(Mails(CodeOf(id).id), SizeIs(mails + 1));
    EXPECT_EQ(Mails(CodeOf(id).id).front().state, MailState::kHeld) << "until it is approved";
}

TEST_P(ScimUsersApi, HR1WhenTheCodeIsGoneAnotherIsMade) {
    const std::string id = Make("ann");
    const Code first = CodeOf(id);
    house.Ask(Method::kDelete, fmt::format("/api/invite-codes/{}/", first.id), "", "ada");
    EXPECT_EQ(Get("/Users/" + id).At("active"), false);
    EXPECT_EQ(
        Patch("/Users/" + id, R"({"op":"replace","path":"active","value":true})").At("active"),
        true);
    EXPECT_NE(CodeOf(id).id, first.id);
    EXPECT_EQ(CodeOf(id).email, "ann@example.org");
    Join(id, "ann");
    EXPECT_EQ(State(id), R"("joined")");
}

TEST_P(ScimUsersApi, HR1MadeInactiveSomebodyGetsNoMailAndCannotJoin) {
    house.ConfigureMail();
    const std::string id = Make("ann", R"(,"active":false)");
    EXPECT_THAT(Mails(CodeOf(id).id), IsEmpty());
    EXPECT_EQ(house.Register(CodeOf(id).code, "ann").status, 400);
    EXPECT_EQ(Get("/Users/" + id).At("active"), false);
}

TEST_P(ScimUsersApi, HR1ErasingAPersonErasesWhatTheDirectorySaid) {
    const std::string id = Make("ann", R"(,"title":"Pilot")");
    Join(id, "ann");
    const Actor ada = house.ActorOf("ada");
    const auto permit = ada.Ask<Permission::kUsersWrite>().value();
    house.store->Write([](Work& work) { work.audit.LinkUp(10'000); });
    ASSERT_TRUE(DeactivateAccount(permit, house.world, house.AccountId("ann")).ok());
    house.store->Write([](Work& work) { work.audit.LinkUp(10'000); });
    ASSERT_TRUE(EraseAccount(permit, house.world, "ann").ok());
    EXPECT_EQ(house.database.Number("SELECT count(*) FROM scim_user"), 0);
    EXPECT_EQ(Get("/Users/" + id).status, 404);
    Make("ann");
}

TEST_P(ScimUsersApi, HR1ADirectoryCannotMailWithoutEnd) {
    house.ConfigureMail();
    house.QueueMails("ada", 1000);
    const Answer often = Post("/Users", R"({"userName":"ann@example.org"})");
    EXPECT_EQ(often.status, 429);
    EXPECT_FALSE(often.HeaderValue("retry-after").empty());
    EXPECT_THAT(Names(R"(userName eq "ann@example.org")"), IsEmpty()) << "all or nothing";
}

}  // namespace
}  // namespace ostiary
