// People, aircraft, tokens, redemptions and many codes at once, through the API (API-2).

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <thread>

#include "core/tokens.h"
#include "support/house.h"
#include "support/visitor.h"
#include "util/text.h"

namespace ostiary {
namespace {

using testing::ElementsAre;

class Things : public testing::TestWithParam<DatabaseKind> {
protected:
    Answer Bulk(std::string_view body, std::string_view as = "ada") {
        return house.Post("/api/invite-codes/bulk/", body, as);
    }
    std::string Vic() { return "/api/users/" + house.AccountId("vic") + "/"; }
    Answer Redeem(std::string_view code, std::string_view subject, std::string_view as = "ada") {
        return house.Post("/api/redemptions/",
                          fmt::format(R"({{"code": "{}", "subject": "{}"}})", code, subject), as);
    }
    static std::string Word(const boost::json::object& code) {
        return std::string(code.at("code").as_string());
    }
    static std::int64_t Id(const boost::json::object& code) { return code.at("id").as_int64(); }
    EventKind LastEvent() { return house.Events(1).at(0).kind; }

    House house{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, Things, testing::ValuesIn(kEveryDatabase), NameOfDatabase);

// ADM-4, AUD-1
TEST_P(Things, APersonIsChangedWithOneCallAndOneEvent) {
    const auto events = house.Events().size();
    const Answer changed = house.Ask(
        Method::kPatch, Vic(),
        R"({"role": "manager", "task_group": "laundry", "is_staff": true, "name": "Vic Blue",
            "aircraft_access": [{"aircraft": "n12345", "role": "owner"},
                                {"aircraft": "N67890", "role": "pilot"}]})",
        "ada");
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(changed.Text("message"), "Account updated: vic");
    EXPECT_EQ(changed.Text("data.role"), "manager");
    EXPECT_EQ(changed.Text("data.task_group"), "laundry");
    EXPECT_EQ(changed.At("data.is_staff"), true);
    EXPECT_EQ(changed.Text("data.aircraft_access.0.role"), "owner");
    ASSERT_EQ(house.Events().size(), events + 1);
    const Event event = house.Events(1).at(0);
    EXPECT_EQ(event.kind, EventKind::kAccountEdited);
    EXPECT_NE(event.details.find(R"x("aircraft_roles":["—","N12345 (owner), N67890 (pilot)"])x"),
              std::string::npos)
        << event.details;
    const Answer fewer =
        house.Ask(Method::kPatch, Vic(),
                  R"({"aircraft_access": [{"aircraft": "N67890", "role": "owner"}]})", "ada");
    EXPECT_EQ(boost::json::serialize(fewer.At("data.aircraft_access")),
              R"([{"aircraft":"N67890","role":"owner"}])");
    EXPECT_EQ(fewer.Text("data.name"), "Vic Blue") << "the rest stays";
}

TEST_P(Things, AWrongAircraftChangesNothingOfAPerson) {
    const Answer wrong = house.Ask(
        Method::kPatch, Vic(),
        R"({"role": "manager", "aircraft_access": [{"aircraft": "N12345", "role": "owner"},
                                                   {"aircraft": "N00000", "role": "owner"}]})",
        "ada");
    EXPECT_EQ(wrong.status, 400);
    const Answer vic = house.Get(Vic(), "ada");
    EXPECT_EQ(vic.Text("role"), "viewer");
    EXPECT_EQ(boost::json::serialize(vic.At("aircraft_access")), "[]");
}

// PERM-6, PERM-7
TEST_P(Things, PeopleAreDeactivatedAndComeBack) {
    EXPECT_EQ(house.Post(Vic() + "deactivate/", "", "ada").At("data.is_active"), false);
    EXPECT_EQ(house.Get("/api/me/", "vic").status, 401);
    EXPECT_EQ(house.Post(Vic() + "deactivate/", "", "ada").status, 200) << "again: the same";
    EXPECT_EQ(house.Post(Vic() + "reactivate/", "", "ada").At("data.is_active"), true);
    EXPECT_EQ(house.Get("/api/me/", "vic").status, 200);
    const std::string ada = "/api/users/" + house.AccountId("ada") + "/";
    EXPECT_EQ(house.Post(ada + "deactivate/", "", "ada").Text("code"), "account.last_superuser");
    EXPECT_EQ(house.Ask(Method::kPatch, ada, R"({"is_superuser": false})", "ada").status, 409);
}

TEST_P(Things, PeopleAreFoundByWhatTheyAre) {  // API-6
    const auto names = [&](std::string_view query, std::string_view as = "ada") {
        std::vector<std::string> all;
        for (const auto& row : house.Get("/api/users/?" + std::string(query), as).Rows())
            all.emplace_back(row.at("username").as_string());
        return all;
    };
    EXPECT_THAT(names("role=manager"), ElementsAre("gil", "max"));
    EXPECT_THAT(names("task_group=cleaning"), ElementsAre("max"));
    EXPECT_THAT(names("flag=staff"), ElementsAre("sam"));
    EXPECT_THAT(names("flag=superuser&state=active"), ElementsAre("ada"));
    EXPECT_THAT(names("search=vic@"), ElementsAre("vic"));
    EXPECT_THAT(names("task_group=general", "max"), ElementsAre()) << "max sees the own team";
    std::vector<std::string> walked;
    std::string path = "/api/users/?page_size=2";
    for (int pages = 0; pages < 10; ++pages) {
        const Answer page = house.Get(path, "ada");
        for (const auto& row : page.Rows()) walked.emplace_back(row.at("username").as_string());
        if (page.At("next").is_null()) break;
        EXPECT_NE(page.HeaderValue("link").find("rel=\"next\""), std::string::npos);
        path = "/api/users/?page_size=2&cursor=" + page.Text("next");
    }
    EXPECT_THAT(walked, ElementsAre("ada", "gil", "max", "sam", "vic"));
}

// ADM-5
TEST_P(Things, AnAircraftHasALife) {
    ASSERT_EQ(house.Post("/api/aircraft/", R"({"registration": "d-eabc"})", "ada").status, 201);
    const Answer named =
        house.Ask(Method::kPatch, "/api/aircraft/D-EABC/", R"({"name": "Blue"})", "ada");
    EXPECT_EQ(named.Text("data.name"), "Blue");
    EXPECT_EQ(named.Text("data.registration"), "D-EABC");
    EXPECT_EQ(LastEvent(), EventKind::kAircraftEdited);
    EXPECT_FALSE(
        house.Post("/api/aircraft/D-EABC/retire/", "", "ada").At("data.retired_at").is_null());
    EXPECT_EQ(LastEvent(), EventKind::kAircraftRetired);
    EXPECT_EQ(house
                  .Post("/api/invite-codes/",
                        R"({"aircraft_roles": [{"aircraft": "D-EABC", "role": "pilot"}]})", "ada")
                  .status,
              400);
    EXPECT_TRUE(
        house.Post("/api/aircraft/D-EABC/return/", "", "ada").At("data.retired_at").is_null());
    EXPECT_EQ(
        house.Ask(Method::kPatch, "/api/aircraft/D-EABC/", R"({"registration": "N12345"})", "ada")
            .Text("code"),
        "aircraft.taken");
    EXPECT_EQ(house.Get("/api/aircraft/d-eabc/", "sam").Text("name"), "Blue");
    EXPECT_EQ(house.Post("/api/aircraft/D-EABC/retire/", "", "sam").status, 403);
}

// API-4
TEST_P(Things, ATokenIsShownOnceAndEndsWhenItIsTakenBack) {
    const Answer made =
        house.Post("/api/tokens/", R"({"label": "till", "scopes": ["me"], "days": 30})", "vic");
    ASSERT_EQ(made.status, 201) << made.body;
    const Header bearer{"authorization", "Bearer " + made.Text("data.token")};
    EXPECT_EQ(house.Ask(Method::kGet, "/api/me/", "", "", {bearer}).Text("username"), "vic");
    const Answer list = house.Get("/api/tokens/", "vic");
    EXPECT_EQ(list.body.find(made.Text("data.token")), std::string::npos);
    EXPECT_EQ(list.Rows().size(), 2u);
    const std::string path = "/api/tokens/" + made.Text("data.id") + "/";
    EXPECT_EQ(house.Ask(Method::kDelete, path, "", "sam").status, 404) << "it is none of sam's";
    EXPECT_EQ(house.Ask(Method::kDelete, path, "", "vic").status, 204);
    EXPECT_EQ(house.Ask(Method::kDelete, path, "", "vic").status, 204) << "again: the same";
    EXPECT_EQ(house.Ask(Method::kGet, "/api/me/", "", "", {bearer}).status, 401);
}

// A program must not grow beyond what it was given.
TEST_P(Things, ATokenMakesNoTokenThatCanDoMoreOrLastsLonger) {  // API-4
    const Answer small =
        house.Post("/api/tokens/", R"({"scopes": ["me", "codes:read"], "days": 2})", "ada");
    const Header bearer{"authorization", "Bearer " + small.Text("data.token")};
    const auto make = [&](const char* body) {
        return house.Ask(Method::kPost, "/api/tokens/", body, "", {bearer});
    };
    EXPECT_EQ(make(R"({"scopes": ["codes:write"]})").Text("code"), "scope.beyond");
    for (const char* body :
         {R"({"scopes": ["me"]})", R"({"scopes": ["codes:read"], "days": 365})"}) {
        const Answer child = make(body);
        ASSERT_EQ(child.status, 201) << child.body;
        EXPECT_EQ(child.Text("data.expires_at"), small.Text("data.expires_at"));
    }
    EXPECT_EQ(make(R"({"scopes": ["me"], "username": "vic"})").status, 403);
    EXPECT_EQ(house.Get("/api/tokens/?all=true", "ada").status, 403) << "no token opens that";
}

TEST_P(Things, ASuperuserAtTheBrowserSeesAndEndsEverybodysTokens) {
    Visitor ada(house);
    ASSERT_EQ(ada.LogIn("ada").status, 303);
    const Answer all = ada.Get("/api/tokens/?all=true&page_size=2");
    ASSERT_EQ(all.status, 200) << all.body;
    EXPECT_EQ(all.Rows().size(), 2u);
    EXPECT_TRUE(all.At("results.0.username").is_string());
    EXPECT_EQ(ada.Get("/api/tokens/?all=true&page_size=2&cursor=" + all.Text("next")).Rows().size(),
              2u);
    Visitor sam(house);
    ASSERT_EQ(sam.LogIn("sam").status, 303);
    EXPECT_EQ(sam.Get("/api/tokens/?all=true").status, 403);
    EXPECT_EQ(sam.Get("/api/tokens/").status, 200);
}

// API-3
TEST_P(Things, AnApplicationCatchesUpWithWhatItRedeemed) {
    const auto code = house.Create(R"({"max_uses": 0})");
    std::vector<std::int64_t> ids;
    for (int n = 0; n < 5; ++n)
        ids.push_back(Redeem(Word(code), fmt::format("u-{}", n)).Number("data.id"));
    Redeem(Word(code), "theirs", "sam");
    house.clock.Pass(2 * kSecond);
    const Answer all = house.Get("/api/redemptions/", "ada");
    ASSERT_EQ(all.Rows().size(), 5u) << "one's own, and all of them";
    EXPECT_EQ(all.Text("results.0.subject"), "u-0");
    const Answer page =
        house.Get(fmt::format("/api/redemptions/?since={}&page_size=2", ids[1]), "ada");
    EXPECT_EQ(page.Number("results.0.id"), ids[2]);
    EXPECT_EQ(page.Number("results.1.id"), ids[3]);
    const Answer rest =
        house.Get("/api/redemptions/?page_size=2&cursor=" + page.Text("next"), "ada");
    EXPECT_EQ(rest.Rows().size(), 1u);
    EXPECT_TRUE(rest.At("next").is_null());
}

// API-3: the exact reason is for those who may look at the code anyway.
TEST_P(Things, WhyACodeIsRefusedIsToldToWhoMayLookAtIt) {
    const auto off = house.Create(R"({"task_group": "maintenance"})");
    house.Post(fmt::format("/api/invite-codes/{}/revoke/", Id(off)), "", "ada");
    const auto used = house.Create("{}");
    ASSERT_EQ(Redeem(Word(used), "first").status, 201);
    const auto bound = house.Create(R"({"email": "ann@example.org"})");
    const auto domain = house.Create(R"({"email_domains": ["example.org"]})");
    const auto pending = house.Create(R"({"role": "admin"})", "max");
    const auto ending = house.Create(R"({"expires_days": 1})");
    const auto later = house.Create(
        fmt::format(R"({{"starts_at": "{}"}})", FormatRfc3339(house.clock.Now() + 9 * kDay)));
    house.clock.Pass(2 * kDay);
    const std::pair<std::string, const char*> expected[] = {
        {Word(off), "code.inactive"},    {Word(used), "code.exhausted"},
        {Word(bound), "email.bound"},    {Word(domain), "email.domain"},
        {Word(pending), "code.pending"}, {Word(ending), "code.expired"},
        {Word(later), "code.scheduled"}, {"NEVERWAS", "code.unknown"}};
    const Actor console = Actor::Console("test");
    const auto narrow = CreateTokenFor(console.Ask<Permission::kTokensWrite>().value(), house.world,
                                       "ada", "till", {"redeem"}, "");
    const Header bearer{"authorization", "Bearer " + narrow->token};
    for (const auto& [word, reason] : expected) {
        const Answer told = Redeem(word, "second");
        EXPECT_EQ(told.status, 400);
        EXPECT_EQ(told.Text("code"), reason) << word;
        EXPECT_EQ(told.Text("error"), "Invalid invite code");
        const Answer untold =
            house.Ask(Method::kPost, "/api/redemptions/",
                      fmt::format(R"({{"code": "{}", "subject": "second"}})", word), "", {bearer});
        EXPECT_EQ(untold.Text("code"), "code.invalid");
    }
    EXPECT_EQ(Redeem(Word(off), "u", "max").Text("code"), "code.unknown") << "another team's";
}

// BULK-1
TEST_P(Things, ManyCodesAreMadeWithOneCall) {
    const Answer made = Bulk(
        R"({"action": "create", "count": 25, "max_uses": 2, "tags": ["fair"], "label": "Fair"})");
    ASSERT_EQ(made.status, 200) << made.body;
    EXPECT_EQ(made.Number("matched"), 25);
    EXPECT_EQ(made.Number("changed"), 25);
    EXPECT_TRUE(made.At("job").is_null());
    EXPECT_EQ(made.At("ids").as_array().size(), 25u);
    EXPECT_EQ(house.Get("/api/invite-codes/?tag=fair&count=true", "ada").Number("count"), 25);
    EXPECT_EQ(Bulk(R"({"action": "create", "count": 25, "dry_run": true})").Number("changed"), 25);
    EXPECT_EQ(house.Get("/api/invite-codes/?count=true", "ada").Number("count"), 25);
    const auto created = std::ranges::count(house.Events(), EventKind::kCodeCreated, &Event::kind);
    EXPECT_EQ(created, 25);
}

// ADM-2
TEST_P(Things, ManyCodesAreChangedByIdOrByFilter) {
    const auto one = house.Create(R"({"tags": ["a"]})"), two = house.Create(R"({"tags": ["a"]})");
    const auto used = house.Create(R"({"max_uses": 5, "tags": ["a"]})");
    ASSERT_EQ(house.Register(Word(used), "ann").status, 201);
    const std::string ids = fmt::format("[{},{},{},999999]", Id(one), Id(two), Id(used));
    const auto preview = Bulk(fmt::format(
        R"({{"action": "edit", "ids": {}, "fields": {{"notes": "n"}}, "dry_run": true}})", ids));
    EXPECT_EQ(preview.Number("matched"), 4);
    EXPECT_EQ(preview.Number("changed"), 2);
    EXPECT_EQ(house.Get(fmt::format("/api/invite-codes/{}/", Id(one)), "ada").Text("notes"), "");
    const auto edited = Bulk(fmt::format(
        R"({{"action": "edit", "ids": {}, "fields": {{"notes": "n", "role": "viewer"}}}})", ids));
    EXPECT_EQ(edited.Number("changed"), 2);
    EXPECT_EQ(edited.Text("skipped.0.reason"), "code.used");
    EXPECT_EQ(edited.Text("skipped.1.reason"), "code.unknown");
    EXPECT_EQ(house.Get(fmt::format("/api/invite-codes/{}/", Id(two)), "ada").Text("role"),
              "viewer");
    const auto stale =
        Bulk(R"({"action": "revoke", "filter": {"tag": "a", "role": "viewer"}, "expected": 3})");
    EXPECT_EQ(stale.status, 412);
    EXPECT_EQ(
        Bulk(R"({"action": "revoke", "filter": {"tag": "a"}, "expected": 3})").Number("changed"),
        3);
    EXPECT_EQ(Bulk(R"({"action": "revoke", "filter": {"tag": "a"}})").Text("skipped.0.reason"),
              "code.same");
    EXPECT_EQ(Bulk(R"({"action": "reactivate", "filter": {"tag": "a"}})").Number("changed"), 3);
    EXPECT_EQ(Bulk(R"({"action": "delete", "filter": {"tag": "a"}})").Number("changed"), 2);
    EXPECT_EQ(Bulk(R"({"action": "delete", "filter": {}})", "max").Number("matched"), 0)
        << "the own team only";
}

TEST_P(Things, TheLinkComesAsAPicture) {  // REG-1
    const auto code = house.Create("{}");
    const Answer picture = house.Get(fmt::format("/api/invite-codes/{}/qr.svg", Id(code)), "ada");
    EXPECT_EQ(picture.status, 200);
    EXPECT_TRUE(picture.body.starts_with("<svg "));
    EXPECT_EQ(picture.HeaderValue("cache-control"), "no-store");
    const auto grand = house.Create(R"({"role": "admin", "task_group": "cleaning"})");
    EXPECT_EQ(house.Get(fmt::format("/api/invite-codes/{}/qr.svg", Id(grand)), "max").status, 403)
        << "who may not hand it out may not draw it";
}

TEST_P(Things, AWrongParameterIsToldTheRightOne) {
    const Answer answer = house.Get("/api/invite-codes/?pagesize=5", "ada");
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.Text("fields.pagesize.0"),
              "There is no such parameter; did you mean page_size?");
    EXPECT_EQ(house.Get("/api/me/?verbose=1", "ada").Text("fields.verbose.0"),
              "This call takes no parameters");
}

}  // namespace
}  // namespace ostiary
