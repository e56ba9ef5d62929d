// MAINT-1: what comes round each week, month and quarter, and the clean-up that goes with it.

#include <gmock/gmock.h>

#include "core/tokens.h"
#include "support/house.h"
#include "support/visitor.h"

namespace ostiary {
namespace {

using testing::HasSubstr;
using testing::Not;

class HousekeepingOfAHouse : public testing::TestWithParam<DatabaseKind> {
protected:
    HousekeepingOfAHouse() {
        house.Create(R"({"label": "Gone unused", "expires_days": 1})");
        house.Create(R"({"label": "Gone unused too", "expires_days": 1})");
        const auto used = house.Create(R"({"label": "Gone but used", "expires_days": 1})");
        house.Register(std::string(used.at("code").as_string()), "ann");
        house.clock.Pass(2 * kDay);
        house.Create(R"({"label": "Boss", "role": "admin", "expires_days": 300})");
        house.Create(R"({"label": "Team", "task_group": "cleaning", "expires_days": 300})");
    }

    // The number beside a link.
    static std::string CountAt(const std::string& page, const std::string& address) {
        const auto link = page.find("href=\"" + address + "\"");
        if (link == page.npos) return "no link to " + address;
        const std::string mark = "look-count\">";
        const auto begin = page.find(mark, link) + mark.size();
        return page.substr(begin, page.find('<', begin) - begin);
    }

    House house{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, HousekeepingOfAHouse, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(HousekeepingOfAHouse, CountsWhatThereIsToLookAtAndLeadsThere) {
    Visitor ada(house);
    ASSERT_EQ(ada.LogIn("ada").status, 303);
    const Answer answer = ada.Get("/admin/housekeeping/");
    ASSERT_EQ(answer.status, 200);
    const std::string& page = answer.body;
    const std::string list = "/admin/invite-codes/?status=";
    EXPECT_EQ(CountAt(page, list + "usable"), "2");
    EXPECT_EQ(CountAt(page, "/admin/reports/?days=7"), "1");
    EXPECT_EQ(CountAt(page, list + "expired"), "3");
    EXPECT_EQ(CountAt(page, list + "usable&amp;order=least-used"), "2");
    EXPECT_EQ(CountAt(page, list + "usable&amp;role=admin"), "1");
    EXPECT_EQ(CountAt(page, "/admin/users/?state=active&amp;flag=superuser"), "1");
    EXPECT_EQ(CountAt(page, "/admin/users/?state=active&amp;flag=staff"), "1");
    EXPECT_EQ(CountAt(page, "/admin/users/?state=active&amp;role=manager"), "2");
    EXPECT_EQ(CountAt(page, "/admin/tokens/?show=endless"), "5");
    EXPECT_EQ(CountAt(page, "/admin/tokens/?show=unused"), "0");
    for (const std::string& address : {list + "usable&order=least-used", list + "expired"})
        EXPECT_EQ(ada.Get(address).status, 200) << address;
}

TEST_P(HousekeepingOfAHouse, CleansUpWhatExpiredUnusedAfterShowingIt) {
    Visitor ada(house);
    ASSERT_EQ(ada.LogIn("ada").status, 303);
    EXPECT_THAT(ada.Get("/admin/housekeeping/").body, HasSubstr("Clean up 2 expired codes"));
    const std::string bulk = "/admin/invite-codes/bulk/";
    const Visitor::Form form = {{"all", "1"}, {"status", "expired"}, {"action", "delete"}};
    const Answer shown = ada.Post(bulk, form);
    ASSERT_EQ(shown.status, 200);
    EXPECT_THAT(shown.body, HasSubstr("Gone but used")) << "what stays is named";
    EXPECT_EQ(house.Get("/api/invite-codes/?status=expired&count=true", "ada").Number("count"), 3)
        << "nothing is done yet";
    Visitor::Form agreed = form;
    agreed.emplace_back("matching", "3");
    const Answer done = ada.Post(bulk + "run/", agreed);
    ASSERT_EQ(done.status, 303);
    EXPECT_THAT(ada.Get(std::string(done.HeaderValue("location"))).body,
                HasSubstr("Gone but used"));
    EXPECT_EQ(house.Get("/api/invite-codes/?status=expired&count=true", "ada").Number("count"), 1);
    EXPECT_THAT(ada.Get("/admin/housekeeping/").body, HasSubstr("There is nothing to clean up."));
}

TEST_P(HousekeepingOfAHouse, IsOfTheTeamForAManager) {
    Visitor max(house);
    ASSERT_EQ(max.LogIn("max").status, 303);
    const Answer page = max.Get("/manager/housekeeping/");
    ASSERT_EQ(page.status, 200);
    EXPECT_EQ(CountAt(page.body, "/manager/invite-codes/?status=usable"), "1");
    EXPECT_EQ(CountAt(page.body, "/manager/invite-codes/?status=expired"), "0");
    EXPECT_THAT(page.body, Not(HasSubstr("Superusers")));
    EXPECT_THAT(page.body, Not(HasSubstr("/tokens/")));
    EXPECT_EQ(max.Get("/admin/housekeeping/").status, 403);
    Visitor vic(house);
    ASSERT_EQ(vic.LogIn("vic").status, 303);
    EXPECT_EQ(vic.Get("/manager/housekeeping/").status, 403);
}

TEST_P(HousekeepingOfAHouse, ListsTokensThatDeserveALook) {
    const Actor console = Actor::Console("test");
    const auto permit = console.Ask<Permission::kTokensWrite>().value();
    const auto fresh =
        CreateTokenFor(permit, house.world, "ada", "with an end", {"me"}, "365").value();
    house.clock.Pass(100 * kDay);
    EXPECT_EQ(house.Get("/api/me/", "ada").status, 200);
    const auto of = [&](TokenConcern concern) {
        std::vector<std::string> labels;
        for (const HeldToken& held : ListTokens(permit, house.world, "", 50, concern).value())
            labels.push_back(held.username + " " + held.token.label);
        return labels;
    };
    EXPECT_THAT(
        of(TokenConcern::kEndless),
        testing::UnorderedElementsAre("ada test", "max test", "gil test", "sam test", "vic test"));
    EXPECT_THAT(of(TokenConcern::kUnused),
                testing::UnorderedElementsAre("ada with an end", "max test", "gil test", "sam test",
                                              "vic test"));
    ASSERT_TRUE(RevokeToken(permit, house.world, fresh.row.id).ok());
    const TokenConcerns concerns = CountTokenConcerns(permit, house.world).value();
    EXPECT_EQ(concerns.endless, 5);
    EXPECT_EQ(concerns.unused, 4);
    const auto first = ListTokens(permit, house.world, "", 2, TokenConcern::kUnused).value();
    ASSERT_EQ(first.size(), 2u);
    EXPECT_EQ(ListTokens(permit, house.world, first[1].token.id, 50, TokenConcern::kUnused)
                  .value()
                  .size(),
              2u);
}

}  // namespace
}  // namespace ostiary
