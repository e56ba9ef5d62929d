// REP-2: codes, uses and users as files: filtered as their lists, of what one may see, safe in a
// spreadsheet, and remembered.

#include <gmock/gmock.h>

#include "support/house.h"
#include "support/visitor.h"

namespace ostiary {
namespace {

using testing::HasSubstr;
using testing::Not;

std::vector<std::string> LinesOf(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0, end; (end = text.find("\r\n", at)) != text.npos; at = end + 2)
        lines.push_back(text.substr(at, end - at));
    return lines;
}

class ExportsOfAHouse : public testing::TestWithParam<DatabaseKind> {
protected:
    std::string Letters(const boost::json::object& code) {
        return std::string(code.at("code").as_string());
    }
    void Fill() {
        open_ = house.Create(R"({"label": "=cmd()|'x'", "max_uses": 5})");
        team_ = house.Create(R"({"task_group": "cleaning", "label": "Team", "max_uses": 5})");
        EXPECT_EQ(house.Register(Letters(open_), "ann").status, 201);
        house.clock.Pass(3 * kDay);
        EXPECT_EQ(house.Register(Letters(team_), "bob").status, 201);
        EXPECT_EQ(house
                      .Post("/api/redemptions/",
                            R"({"code": ")" + Letters(team_) + R"(", "subject": "+1 zoe"})", "sam")
                      .status,
                  201);
    }
    std::vector<std::string> Uses(const std::string& query, std::string_view as = "ada") {
        const Answer answer = house.Get("/api/redemptions/export.csv" + query, as);
        EXPECT_EQ(answer.status, 200) << answer.body;
        EXPECT_EQ(answer.HeaderValue("cache-control"), "no-store");
        return LinesOf(answer.body);
    }

    House house{GetParam()};
    boost::json::object open_, team_;
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, ExportsOfAHouse, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(ExportsOfAHouse, HaveALineForEachUse) {
    Fill();
    const auto lines = Uses("");
    ASSERT_EQ(lines.size(), 4u);
    EXPECT_THAT(lines[0], HasSubstr(R"("When","Code","Label","Who","Email","Role","Task Group")"));
    EXPECT_THAT(lines[1], HasSubstr(R"("ann","ann@example.org")"));
    EXPECT_THAT(lines[1], HasSubstr(R"("'=cmd()|'x'")")) << "a formula stays a text";
    EXPECT_THAT(lines[2], HasSubstr(R"("bob")"));
    EXPECT_THAT(lines[3], HasSubstr(R"("sam","'+1 zoe","ada")"))
        << "the application, its person, and who made the code";
}

TEST_P(ExportsOfAHouse, OfUsesAreFiltered) {
    Fill();
    EXPECT_EQ(Uses("?days=1").size(), 3u);
    EXPECT_EQ(Uses("?task_group=cleaning").size(), 3u);
    EXPECT_EQ(Uses("?role=viewer").size(), 1u);
    EXPECT_EQ(Uses("?code=" + std::to_string(open_.at("id").as_int64())).size(), 2u);
    const Answer wrong = house.Get("/api/redemptions/export.csv?code=x&from=soon", "ada");
    EXPECT_EQ(wrong.status, 400);
}

TEST_P(ExportsOfAHouse, ShowEverybodyWhatTheyMaySeeAndNoMore) {
    Fill();
    const auto uses = Uses("", "max");
    ASSERT_EQ(uses.size(), 3u) << "the team's";
    EXPECT_THAT(uses[1], HasSubstr("\"Team\""));
    const Answer people = house.Get("/api/users/export.csv", "max");
    EXPECT_EQ(people.status, 200);
    EXPECT_THAT(people.body, HasSubstr("\"bob\""));
    EXPECT_THAT(people.body, Not(HasSubstr("\"ann\"")));
    for (const char* path :
         {"/api/redemptions/export.csv", "/api/users/export.csv", "/api/invite-codes/export.csv"}) {
        EXPECT_EQ(house.Get(path, "vic").status, 403) << path;
        EXPECT_EQ(house.Get(path).status, 401) << path;
    }
}

TEST_P(ExportsOfAHouse, KeepTheLettersOfACodeFromWhoMayNotGrantIt) {
    const auto code = house.Create(
        R"({"role": "admin", "task_group": "cleaning", "label": "High", "max_uses": 3})");
    EXPECT_EQ(house.Register(Letters(code), "eve").status, 201);
    EXPECT_THAT(Uses("", "ada").at(1), HasSubstr(Letters(code)));
    const auto lines = Uses("", "max");
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_THAT(lines[1], HasSubstr("\"High\""));
    EXPECT_THAT(lines[1], Not(HasSubstr(Letters(code))));
}

TEST_P(ExportsOfAHouse, OfUsersAreFilteredAsTheirList) {
    Fill();
    const auto all = LinesOf(house.Get("/api/users/export.csv", "ada").body);
    EXPECT_EQ(all.size(), 1u + 5 + 2);
    EXPECT_EQ(LinesOf(house.Get("/api/users/export.csv?role=manager", "ada").body).size(), 3u);
    EXPECT_EQ(LinesOf(house.Get("/api/users/export.csv?search=ann", "ada").body).size(), 2u);
    EXPECT_EQ(LinesOf(house.Get("/api/users/export.csv?flag=superuser", "ada").body).size(), 2u);
    for (const std::string& line : all) EXPECT_THAT(line, Not(HasSubstr("argon2")));
}

TEST_P(ExportsOfAHouse, AreRememberedWithoutWhatWasSearchedFor) {
    Fill();
    house.Get("/api/users/export.csv?search=ann", "ada");
    Event event = house.Events(1).front();
    EXPECT_EQ(event.kind, EventKind::kUsersExported);
    EXPECT_EQ(event.actor_name, "ada");
    EXPECT_THAT(event.details, Not(HasSubstr("ann")));
    Uses("?days=2", "max");
    event = house.Events(1).front();
    EXPECT_EQ(event.kind, EventKind::kUsageExported);
    EXPECT_EQ(event.actor_name, "max");
    house.Ask(Method::kHead, "/api/users/export.csv", "", "ada");
    EXPECT_EQ(house.Events(1).front().kind, EventKind::kUsageExported) << "no file, no event";
}

TEST_P(ExportsOfAHouse, StandBehindButtonsInThePortals) {
    Fill();
    Visitor ada(house);
    EXPECT_EQ(ada.LogIn("ada").status, 303);
    EXPECT_THAT(ada.Get("/admin/users/?role=manager").body,
                HasSubstr("/admin/users/export.csv?role=manager"));
    const Answer people = ada.Get("/admin/users/export.csv?role=manager");
    EXPECT_EQ(people.status, 200);
    EXPECT_EQ(LinesOf(people.body).size(), 3u);
    EXPECT_THAT(std::string(people.HeaderValue("content-disposition")), HasSubstr("-users.csv\""));
    EXPECT_THAT(ada.Get("/admin/reports/").body, HasSubstr("/admin/reports/redemptions.csv?from="));
    EXPECT_EQ(LinesOf(ada.Get("/admin/reports/redemptions.csv").body).size(), 4u);
    Visitor max(house);
    EXPECT_EQ(max.LogIn("max").status, 303);
    EXPECT_EQ(LinesOf(max.Get("/manager/reports/redemptions.csv").body).size(), 3u);
    EXPECT_EQ(max.Get("/admin/users/export.csv").status, 403);
    Visitor sam(house);
    EXPECT_EQ(sam.LogIn("sam").status, 303);
    EXPECT_EQ(sam.Get("/manage/users/export.csv").status, 200);
}

}  // namespace
}  // namespace ostiary
