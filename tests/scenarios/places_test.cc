// Oversight and operation in the portals (ADM-7, MGR-1), and the permission walk over pages.

#include <gmock/gmock.h>

#include "app/routes.h"
#include "core/accounts.h"
#include "support/visitor.h"

namespace ostiary {
namespace {

using testing::HasSubstr;
using testing::Not;

class Places : public testing::TestWithParam<DatabaseKind> {
protected:
    void SetUp() override { ASSERT_EQ(ada.LogIn("ada").status, 303); }

    House house{GetParam()};
    Visitor ada{house};
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, Places, testing::ValuesIn(kEveryDatabase), NameOfDatabase);

TEST_P(Places, TheDashboardSaysWhatNeedsSomebodyThenFiguresThenWhatHappened) {
    house.Create(R"({"label": "Spring pilots", "expires_days": 3})");
    house.Create(R"({"label": "Second admin", "role": "admin"})", "max");
    const auto code = house.Create(R"({"label": "Open house", "max_uses": 9})");
    ASSERT_EQ(house.Register(code.at("code").as_string(), "ann").status, 201);
    const std::string page = ada.Get("/admin/").body;
    const auto at = [&](const char* words) { return page.find(words); };
    for (const char* words : {"Second admin", "Spring pilots", "Usable codes", "Joined in 30 days",
                              "ann joined with Open house"})
        EXPECT_THAT(page, HasSubstr(words));
    EXPECT_LT(at("Needs you"), at("Figures"));
    EXPECT_LT(at("Figures"), at("What happened last"));
}

// MGR-1
TEST_P(Places, TheManagersHomeHasQuickActionsAndTheTeamsUsage) {
    const auto own =
        house.Create(R"({"label": "Cleaners", "task_group": "cleaning", "max_uses": 5})", "max");
    house.Create(R"({"label": "Others", "task_group": "laundry", "max_uses": 5})");
    ASSERT_EQ(house.Register(own.at("code").as_string(), "ann").status, 201);
    Visitor max(house);
    ASSERT_EQ(max.LogIn("max").status, 303);
    const std::string page = max.Get("/manager/").body;
    for (const char* words :
         {"Quick Actions", "/manager/invite-codes/", "Cleaners", "1 / 5", "team"})
        EXPECT_THAT(page, HasSubstr(words));
    EXPECT_THAT(page, Not(HasSubstr("Others")));
    EXPECT_THAT(page, Not(HasSubstr("What happened last")));  // that is the audit log's
}

TEST_P(Places, ACodeThatWaitsIsApprovedWhereItIsListed) {
    const auto code = house.Create(R"({"label": "Second admin", "role": "admin"})", "max");
    const std::string page = ada.Get("/admin/approvals/").body;
    EXPECT_THAT(page, HasSubstr("Second admin"));
    EXPECT_THAT(page, HasSubstr(">max<"));
    const std::string path =
        "/admin/invite-codes/" + std::to_string(code.at("id").as_int64()) + "/approve/";
    const Answer done =
        ada.Submit("/admin/approvals/", path, {{"version", "1"}, {"next", "/admin/approvals/"}});
    EXPECT_EQ(done.status, 303);
    EXPECT_EQ(done.HeaderValue("location"), "/admin/approvals/");
    EXPECT_THAT(ada.Get("/admin/approvals/").body, HasSubstr("Nothing waits for you"));
}

// AUD-1
TEST_P(Places, TheAuditLogIsFilteredByKindAndPersonAndShowsBeforeAndAfter) {
    const Actor actor = house.ActorOf("ada");
    AccountDraft draft;
    draft.name = "Victor";
    ASSERT_TRUE(EditAccount(actor.Ask<Permission::kUsersWrite>().value(), house.world,
                            house.AccountId("vic"), draft, {})
                    .ok());
    const std::string all = ada.Get("/admin/audit/").body;
    EXPECT_THAT(all, HasSubstr("ada changed the account vic"));
    EXPECT_THAT(all, HasSubstr("ada logged in"));
    EXPECT_THAT(all, HasSubstr("<ins><bdi>Victor</bdi></ins>"));
    EXPECT_THAT(ada.Get("/admin/audit/?kind=session.").body, Not(HasSubstr("changed the account")));
    EXPECT_THAT(ada.Get("/admin/audit/?person=VIC").body, HasSubstr("changed the account vic"));
    EXPECT_THAT(ada.Get("/admin/audit/?person=vic").body, Not(HasSubstr("ada logged in")));
    EXPECT_THAT(ada.Get("/admin/audit/?person=nobody-known").body, HasSubstr("Nothing found"));
    EXPECT_EQ(ada.Get("/admin/audit/?before=x&after=-5").status, 200);
}

// API-4
TEST_P(Places, AnybodysTokenIsSeenAndRevoked) {
    const std::string page = ada.Get("/admin/tokens/").body;
    EXPECT_THAT(page, HasSubstr(">max<"));
    std::string id;
    house.store->Read(
        [&](Work& work) { id = work.tokens.ListOf(house.AccountId("max")).front().id; });
    EXPECT_EQ(house.Get("/api/me/", "max").status, 200);
    EXPECT_EQ(ada.Submit("/admin/tokens/", "/admin/tokens/" + id + "/revoke/", {}).status, 303);
    EXPECT_EQ(house.Get("/api/me/", "max").status, 401);
    EXPECT_EQ(house.Events(1)[0].subject_name, "max");
    EXPECT_EQ(ada.Submit("/admin/tokens/", "/admin/tokens/none/revoke/", {}).status, 404);
}

TEST_P(Places, SettingsAndHealthAreToldWithoutSecrets) {
    house.config.key = std::string(64, 'a');
    house.config.sources["site_name"] = "ostiary.toml:3";
    const std::string settings = ada.Get("/admin/settings/").body;
    EXPECT_THAT(settings, HasSubstr("ostiary.toml:3"));
    EXPECT_THAT(settings, HasSubstr("OSTIARY_LISTEN"));
    EXPECT_THAT(settings, Not(HasSubstr(house.config.key)));
    const std::string health = ada.Get("/admin/health/").body;
    EXPECT_THAT(health, HasSubstr("the newest"));
    EXPECT_THAT(health, HasSubstr("Rate limits"));
}

// PERM-1, PERM-2: every page × every kind of person, with a browser. What the navigation offers
// opens, and what somebody may not open says so with a 403.
TEST(PlacesForEverybody, EveryPageOpensForWhomTheTableNamesAndForNobodyElse) {
    House house(DatabaseKind::kSqlite);
    for (const char* name : {"ada", "max", "gil", "sam", "vic"}) {
        Visitor visitor(house);
        ASSERT_EQ(visitor.LogIn(name).status, 303);
        const Actor actor = house.ActorOf(name);
        for (const Route& route : Routes()) {
            if (route.method != Method::kGet || route.path.starts_with("/api/")) continue;
            if (route.path.find('{') != route.path.npos) continue;
            if (route.name == "metrics") continue;  // asks for the machine: metrics_test.cc
            SCOPED_TRACE(std::string(name) + " " + std::string(route.path));
            const Answer page = visitor.Get(route.path);
            const bool may = route.access.anyone || actor.May(route.access.needed);
            EXPECT_EQ(page.status == 403, !may);
            EXPECT_LT(page.status, 500);
            if (!may) continue;
            for (std::size_t at = 0;
                 (at = page.body.find("<nav class=\"nav\"", at)) != page.body.npos; ++at) {
                const std::string nav = page.body.substr(at, page.body.find("</nav>", at) - at);
                EXPECT_EQ(nav.find("/admin/") != nav.npos && !actor.May(Permission::kAdminPortal),
                          false);
            }
        }
    }
}

}  // namespace
}  // namespace ostiary
