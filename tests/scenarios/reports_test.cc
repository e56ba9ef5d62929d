// REP-1, ADM-7, MGR-1: numbers about codes and who came, against a small house where everything can
// be counted by hand.

#include <gmock/gmock.h>

#include "core/reports.h"
#include "outbox/housekeeping.h"
#include "support/house.h"
#include "support/visitor.h"

namespace ostiary {
namespace {

using testing::HasSubstr;

class ReportsOfAHouse : public testing::TestWithParam<DatabaseKind> {
protected:
    // Seven codes: of six, one is used up, one expired, one revoked, one waits, one was used by an
    // application; the seventh is the team's of cleaning. Three people came, two could not.
    void Fill() {
        const std::string single = CodeOf(R"({"max_uses": 1, "label": "single"})");
        const std::string several = CodeOf(R"({"max_uses": 9, "role": "viewer"})");
        CodeOf(R"({"expires_days": 1, "label": "short"})");
        CodeOf(R"({"expires_days": 20})");
        const auto revoked = house.Create("{}");
        house.Post("/api/invite-codes/" + std::to_string(revoked.at("id").as_int64()) + "/revoke/",
                   "", "ada");
        house.Create(R"({"role": "admin"})", "max");
        const std::string team = CodeOf(R"({"task_group": "cleaning", "max_uses": 4})");
        EXPECT_EQ(house.Register(single, "ann").status, 201);
        house.clock.Pass(2 * kDay);
        EXPECT_EQ(house.Register(several, "bob").status, 201);
        EXPECT_EQ(house.Register(team, "cec").status, 201);
        EXPECT_EQ(house.Register(single, "dan").status, 400);
        EXPECT_EQ(house.Register(team, "bob").status, 400);
        EXPECT_EQ(house
                      .Post("/api/redemptions/",
                            R"({"code": ")" + several + R"(", "subject": "zoe"})", "ada")
                      .status,
                  201);
    }

    std::string CodeOf(std::string_view body) {
        return std::string(house.Create(body).at("code").as_string());
    }

    Answer Stats(const std::string& path, std::string_view as = "ada") {
        return house.Get("/api/stats/" + path, as);
    }

    House house{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, ReportsOfAHouse, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(ReportsOfAHouse, SayWhatCanBeCountedByHandBeforeAndAfterHousekeeping) {
    Fill();
    for (const char* when : {"before", "after"}) {
        const Answer all = Stats("overview/");
        ASSERT_EQ(all.status, 200) << all.body;
        EXPECT_EQ(all.Number("codes.total"), 7) << when;
        EXPECT_EQ(all.Number("codes.usable"), 3);
        EXPECT_EQ(all.Number("codes.used"), 3);
        EXPECT_EQ(all.Number("codes.exhausted"), 1);
        EXPECT_EQ(all.Number("codes.expired"), 1);
        EXPECT_EQ(all.Number("codes.inactive"), 1);
        EXPECT_EQ(all.Number("codes.pending"), 1);
        EXPECT_EQ(all.Number("usage_percent"), 43);
        EXPECT_EQ(all.Number("expiry_percent"), 14);
        EXPECT_EQ(all.Number("ending"), 0);
        EXPECT_EQ(all.Number("sum.joined"), 3);
        EXPECT_EQ(all.Number("sum.redeemed"), 1);
        EXPECT_EQ(all.Number("sum.refused"), 2);
        EXPECT_EQ(all.Number("sum.created"), 7);
        EXPECT_EQ(all.Number("sum_before.joined"), 0);

        const Answer registrations = Stats("registrations/");
        EXPECT_EQ(registrations.Number("success_percent"), 60);
        EXPECT_EQ(registrations.json().at("reasons").as_array().size(), 2u);
        EXPECT_THAT(registrations.body, HasSubstr(R"("reason":"code.exhausted","count":1)"));
        EXPECT_THAT(registrations.body, HasSubstr(R"("reason":"username.taken","count":1)"));

        const Answer usage = Stats("usage/?days=3");
        ASSERT_EQ(usage.json().at("days").as_array().size(), 3u);
        EXPECT_EQ(usage.Number("days.0.sum.joined"), 1);
        EXPECT_EQ(usage.Number("days.0.sum.created"), 7);
        EXPECT_EQ(usage.Number("days.1.sum.joined"), 0);
        EXPECT_EQ(usage.Number("days.2.sum.joined"), 2);
        EXPECT_EQ(usage.Number("days.2.sum.redeemed"), 1);
        EXPECT_EQ(usage.json().at("hours").as_array().size(), 2u);

        for (const auto& role : Stats("roles/").Rows())
            if (role.at("name").as_string() == "viewer") {
                EXPECT_EQ(role.at("sum").at("redeemed").as_int64(), 1);
            }
        for (const auto& group : Stats("task-groups/").Rows())
            if (group.at("name").as_string() == "cleaning") {
                EXPECT_EQ(group.at("sum").at("joined").as_int64(), 1);
            }
        outbox::CountUpForReports(house.world);
        outbox::CountUpForReports(house.world);
    }
}

// PERM-4
TEST_P(ReportsOfAHouse, OfAManagerAreOfTheTeamAndOfNobodyElse) {
    Fill();
    for (const char* when : {"before", "after"}) {
        const Answer team = Stats("overview/", "max");
        ASSERT_EQ(team.status, 200) << when;
        EXPECT_EQ(team.Number("codes.total"), 2) << "the team's, and the one that max made";
        EXPECT_EQ(team.Number("sum.joined"), 1);
        EXPECT_EQ(team.Number("sum.redeemed"), 0);
        EXPECT_EQ(team.Number("sum.refused"), 1) << "with the team's code";
        EXPECT_EQ(Stats("overview/", "gil").Number("codes.total"), 7) << "manager of general";
        outbox::CountUpForReports(house.world);
        outbox::CountUpForReports(house.world);
    }
    EXPECT_EQ(Stats("overview/", "sam").status, 403);
    EXPECT_EQ(Stats("overview/", "").status, 401);
}

TEST_P(ReportsOfAHouse, DaysAreThoseOfThePersonsTimeZone) {
    house.clock.SetTo(*ParseDay("2026-06-10") * kDay +
                      22 * kHour);  // midnight in Berlin, 03:45 in Nepal
    const std::string code = CodeOf(R"({"max_uses": 9})");
    house.clock.Pass(-1);
    EXPECT_EQ(house.Register(code, "ann").status, 201);
    house.clock.Pass(1);
    EXPECT_EQ(house.Register(code, "bob").status, 201);
    const Actor ada = house.ActorOf("ada");
    const auto report = [&](const char* zone, const char* day) {
        const auto period = PeriodOf({day, day, ""}, zone, house.clock.Now());
        return GetReport(ada.Ask<Permission::kReportsRead>().value(), house.world, CodeScope::All(),
                         period.value())
            .value();
    };
    EXPECT_EQ(report("Europe/Berlin", "2026-06-10").sum.joined, 1);
    const Report berlin = report("Europe/Berlin", "2026-06-11");
    EXPECT_EQ(berlin.sum.joined, 1);
    EXPECT_EQ(berlin.week[3][0], 1) << "Thursday after midnight";
    const Report nepal = report("Asia/Kathmandu", "2026-06-11");
    EXPECT_EQ(nepal.sum.joined, 2);
    EXPECT_EQ(nepal.week[3][3], 2) << "both a quarter of an hour before four, or within it";
    EXPECT_EQ(report("", "2026-06-10").sum.joined, 2);
}

TEST_P(ReportsOfAHouse, AWrongPeriodIsRefusedAndItsFieldNamed) {
    struct Row {
        const char* query;
        const char* field;
    };
    for (const auto& [query, field] :
         {Row{"from=0000-01-01", "from"}, Row{"from=99999-01-01", "from"},
          Row{"to=yesterday", "to"}, Row{"from=2026-09-02&to=2026-09-01", "to"},
          Row{"from=0001-01-01", "from"}, Row{"days=0", "days"}, Row{"days=-5", "days"},
          Row{"days=99999999999999999999", "days"}, Row{"days=many", "days"},
          Row{"from=2026-02-30", "from"}, Row{"from=2026-01-01&to=2026-01-02&days=3", "days"},
          Row{"period=year", "period"}}) {
        const Answer refused = Stats(std::string("usage/?") + query);
        EXPECT_EQ(refused.status, 400) << query;
        EXPECT_TRUE(refused.json().at("fields").as_object().contains(field)) << refused.body;
    }
    EXPECT_EQ(Stats("usage/?from=2500-01-01").status, 200);
    EXPECT_EQ(Stats("usage/?to=9999-12-31").status, 200);
    EXPECT_EQ(Stats("usage/?from=2026-09-01&days=3").Text("period.to"), "2026-09-03");
}

TEST_P(ReportsOfAHouse, StandOnPagesOfThePortalsAndInFiles) {
    Fill();
    Visitor ada(house), max(house);
    EXPECT_EQ(ada.LogIn("ada").status, 303);
    EXPECT_EQ(max.LogIn("max").status, 303);
    const auto page = ada.Get("/admin/reports/");
    EXPECT_EQ(page.status, 200);
    EXPECT_THAT(page.body, HasSubstr("60 %"));
    EXPECT_THAT(page.body, HasSubstr("The username was taken"));
    EXPECT_EQ(ada.Get("/admin/reports/?from=nonsense").status, 400);
    EXPECT_THAT(ada.Get("/admin/reports/?from=nonsense").body, HasSubstr("nonsense"));
    EXPECT_EQ(max.Get("/manager/reports/").status, 200);
    EXPECT_EQ(max.Get("/admin/reports/").status, 403);
    EXPECT_THAT(ada.Get("/admin/").body, HasSubstr("Who came in the last 30 days"));
    EXPECT_THAT(max.Get("/manager/").body, HasSubstr("Who came in the last 30 days"));

    const auto file = ada.Get("/admin/reports/registrations.csv");
    EXPECT_EQ(file.status, 200);
    EXPECT_THAT(file.HeaderValue("content-type"), HasSubstr("text/csv"));
    EXPECT_EQ(file.body,
              "\"Outcome\",\"Reason\",\"Count\"\r\n\"Joined\",\"\",\"3\"\r\n"
              "\"Refused\",\"code.exhausted\",\"1\"\r\n\"Refused\",\"username.taken\",\"1\"\r\n");
    for (const char* name : {"codes", "usage", "hours", "roles", "task-groups", "creators"})
        EXPECT_EQ(ada.Get("/admin/reports/" + std::string(name) + ".csv?days=7").status, 200)
            << name;
    EXPECT_THAT(max.Get("/manager/reports/usage.csv?days=1").body, HasSubstr("\"1\",\"0\",\"1\""));
    EXPECT_EQ(ada.Get("/admin/reports/secrets.csv").status, 404);
    EXPECT_EQ(ada.Get("/admin/reports/codes").status, 404);
    EXPECT_EQ(ada.Get("/admin/reports/usage.csv?days=none").status, 400);
}

}  // namespace
}  // namespace ostiary
