// OPS-6: what the program counts about itself, and who is told.

#include <gmock/gmock.h>

#include "support/house.h"

namespace ostiary {
namespace {

using testing::HasSubstr;
using testing::Not;

class MetricsOfAHouse : public testing::TestWithParam<DatabaseKind> {
protected:
    MetricsOfAHouse() { house.config.base_url.clear(); }
    Response Ask(std::string_view from, std::vector<Header> headers = {}) {
        Request request;
        request.path = "/metrics";
        request.client_address = from;
        request.headers = std::move(headers);
        return house.dispatcher.Answer(request);
    }
    int Status(std::string_view from, std::vector<Header> headers = {}) {
        return Ask(from, std::move(headers)).status;
    }
    std::string Text() {
        const Response answer = Ask("127.0.0.1");
        EXPECT_EQ(answer.status, 200) << answer.body;
        return answer.body;
    }

    House house{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, MetricsOfAHouse, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(MetricsOfAHouse, CountRequestsByRouteAndNeverByWhatWasAskedFor) {
    const auto code = house.Create(R"({"label": "Spring guests", "max_uses": 2})");
    const std::string letters(code.at("code").as_string());
    const std::string path = "/api/invite-codes/" + std::to_string(code.at("id").as_int64()) + "/";
    for (int i = 0; i < 3; ++i) EXPECT_EQ(house.Get(path, "ada").status, 200);
    EXPECT_EQ(house.Get("/api/invite-codes/4711/", "ada").status, 404);
    EXPECT_EQ(house.Get("/no-such-page-at-all/").status, 404);
    const std::string text = Text();
    EXPECT_THAT(text, HasSubstr("# TYPE ostiary_http_requests_total counter\n"));
    EXPECT_THAT(text,
                HasSubstr("ostiary_http_requests_total{method=\"GET\",route=\"api.codes.get\","
                          "status=\"2xx\"} 3\n"));
    EXPECT_THAT(text,
                HasSubstr("ostiary_http_requests_total{method=\"GET\",route=\"api.codes.get\","
                          "status=\"4xx\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("ostiary_http_requests_total{method=\"GET\",route=\"none\","
                                "status=\"4xx\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("ostiary_http_request_duration_seconds_count{method=\"GET\","
                                "route=\"api.codes.get\"} 4\n"));
    for (const std::string& secret :
         {letters, std::string("Spring"), std::string("no-such-page"), std::string("4711"),
          std::string("ada"), std::string("192.0.2")})
        EXPECT_THAT(text, Not(HasSubstr(secret)));
}

TEST_P(MetricsOfAHouse, CountUsesByHowTheyEnded) {
    const auto code = house.Create(R"({"max_uses": 3})");
    const std::string letters(code.at("code").as_string());
    EXPECT_EQ(house.Register(letters, "ann").status, 201);
    EXPECT_EQ(house.Register(letters, "ann").status, 400);
    const std::string claim = R"({"code": ")" + letters + R"(", "subject": "zoe"})";
    EXPECT_EQ(house.Post("/api/redemptions/", claim, "ada").status, 201);
    EXPECT_EQ(house.Post("/api/redemptions/", claim, "ada").status, 200);
    const std::string text = Text();
    const auto uses = [](std::string_view by, std::string_view outcome) {
        return "ostiary_code_uses_total{by=\"" + std::string(by) + "\",outcome=\"" +
               std::string(outcome) + "\"} ";
    };
    EXPECT_THAT(text, HasSubstr(uses("registration", "done") + "1\n"));
    EXPECT_THAT(text, HasSubstr(uses("registration", "refused") + "1\n"));
    EXPECT_THAT(text, HasSubstr(uses("application", "done") + "1\n"));
    EXPECT_THAT(text, HasSubstr(uses("application", "repeated") + "1\n"));
    EXPECT_THAT(text, HasSubstr(uses("application", "failed") + "0\n"));
}

TEST_P(MetricsOfAHouse, TellOfCodesAccountsQueuesAndCommits) {
    house.Create("{}");
    house.Create(R"({"starts_at": "2030-01-01T00:00:00Z"})");
    const std::string text = Text();
    EXPECT_THAT(text, HasSubstr("ostiary_codes{status=\"active\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("ostiary_codes{status=\"scheduled\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("ostiary_codes{status=\"expired\"} 0\n"));
    EXPECT_THAT(text, HasSubstr("ostiary_accounts_active 5\n"));
    EXPECT_THAT(text, HasSubstr("ostiary_webhook_deliveries_due 0\n"));
    EXPECT_THAT(text, HasSubstr("ostiary_mails_due 0\n"));
    EXPECT_THAT(text, HasSubstr("# TYPE ostiary_audit_unlinked gauge\n"));
    EXPECT_THAT(text, HasSubstr("ostiary_database_up 1\n"));
    EXPECT_THAT(text, HasSubstr("ostiary_build_info{version=\""));
    EXPECT_THAT(text, HasSubstr("# TYPE ostiary_commit_duration_seconds histogram\n"));
    EXPECT_THAT(text, HasSubstr("ostiary_commit_callers_bucket{le=\"1\"} "));
}

TEST_P(MetricsOfAHouse, AreForThisMachineAlone) {
    EXPECT_EQ(Status("127.0.0.1"), 200);
    EXPECT_EQ(Status("127.8.8.8"), 200);
    EXPECT_EQ(Status("::1"), 200);
    EXPECT_EQ(Status("192.0.2.7"), 403);
    EXPECT_EQ(Status("10.0.0.1"), 403);
    EXPECT_EQ(Status("127.0.0.1", {{"x-forwarded-for", "127.0.0.1"}}), 403) << "a proxy asks";
    EXPECT_EQ(Status("127.0.0.1", {{"via", "1.1 proxy"}}), 403);
    EXPECT_EQ(Status("192.0.2.7", {{"authorization", "Bearer " + house.TokenOf("ada")}}), 403)
        << "nobody's own token opens it";
    house.config.base_url = "https://invite.example.org";
    EXPECT_EQ(Status("127.0.0.1"), 403) << "there is a proxy that we know nothing of";
}

TEST_P(MetricsOfAHouse, AreForWhoeverSendsTheTokenOnceThereIsOne) {
    house.config.metrics_token = "a-token-for-scraping";
    const auto ask = [&](std::string authorization) {
        return Status("192.0.2.7", {{"authorization", std::move(authorization)}});
    };
    EXPECT_EQ(Status("127.0.0.1"), 401) << "then everybody needs it";
    EXPECT_EQ(ask("Bearer a-token-for-scraping"), 200);
    EXPECT_EQ(ask("bearer  a-token-for-scraping"), 200);
    EXPECT_EQ(ask(""), 401);
    EXPECT_EQ(ask("Bearer"), 401);
    EXPECT_EQ(ask("Bearer a-token-for-scrapinG"), 401);
    EXPECT_EQ(ask("Basic a-token-for-scraping"), 401);
}

}  // namespace
}  // namespace ostiary
