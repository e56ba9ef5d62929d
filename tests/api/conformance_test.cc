// Every call of the API against its contract (API-2, API-5): right, and wrong in every way it can
// be, as everybody. A call that api/calls.cc does not know is a failure.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <set>

#include "api/calls.h"
#include "app/routes.h"
#include "core/alerts.h"
#include "core/bulk_jobs.h"
#include "core/pulls.h"
#include "core/tokens.h"
#include "support/house.h"

namespace ostiary {
namespace {

using testing::UnorderedElementsAreArray;

namespace json = boost::json;

std::string Replaced(std::string text, std::string_view what, const std::string& with) {
    for (auto at = text.find(what); at != text.npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

class Conformance : public testing::TestWithParam<DatabaseKind> {
protected:
    Conformance() {
        house.config.mail_server = "smtp://127.0.0.1:2525";  // nobody is there, and nobody asks
        house.config.mail_from = "invite@example.org";
        house.config.pull_source = "/people.csv";
        house.config.requests_open = house.config.requests_task_groups = true;
    }

    std::int64_t MakeCode(std::string_view body, std::string_view as = "ada") {
        return house.Create(body, as).at("id").as_int64();
    }

    void MakeUsedUp() {
        const auto code = house.Create(R"({"max_uses": 2, "task_group": "cleaning"})");
        house.Register(code.at("code").as_string(), fmt::format("guest{}", ++guests_));
        house.config.alert_used_percent = 50;
    }

    std::string MakeRequest() {
        house.clock.Pass(kHour);  // nobody asks without end
        const std::string email = fmt::format("asker{}@example.org", ++requests_);
        house.Post("/api/requests/",
                   fmt::format(R"({{"email": "{}", "name": "Una", "message": "please"}})", email));
        for (const auto& one : house.Get("/api/requests/?page_size=100", "ada").Rows())
            if (one.at("email").as_string() == email) return json::serialize(one.at("id"));
        return {};
    }
    std::string MakeJob() {
        const std::string body =
            fmt::format(R"({{"action": "revoke", "as_job": true, "ids": [{}]}})", MakeCode("{}"));
        return house.Post("/api/invite-codes/bulk/", body, "ada").Text("job");
    }
    std::string MakeRecall() {
        const std::string body =
            fmt::format(R"({{"scope": "code", "subject": {}}})", MakeCode("{}"));
        return house.Post("/api/recalls/", body, "ada").Text("data.id");
    }

    std::string FilledWithMany(std::string text) {
        const auto fill = [&](std::string_view what, auto make) {
            if (text.find(what) != text.npos) text = Replaced(text, what, make());
        };
        fill("{import}", [&] {
            return house
                .Post("/api/invite-codes/import/",
                      fmt::format(R"([{{"label": "Import {}"}}])", ++imports_), "ada")
                .Text("import");
        });
        fill("{job}", [&] { return MakeJob(); });
        fill("{changed}", [&] {
            const std::string job = MakeJob();
            AdvanceBulkJob(house.world, job, kMinute);
            return job;
        });
        fill("{recall}", [&] { return MakeRecall(); });
        fill("{pull}", [&] { return MakePull(); });
        fill("{request}", [&] { return MakeRequest(); });
        return text;
    }

    // A file with one more person in it than before.
    std::string MakePull() {
        AdvancePulls(house.world, kMinute);
        const Actor ada = house.ActorOf("ada");
        EXPECT_TRUE(AskForPull(ada.Ask<Permission::kUsersWrite>().value(), house.world).ok());
        const PullTask task = TakePullTask(house.world).value();
        people_ += fmt::format("new{}@example.org\n", people_.size());
        TakePulled(house.world, task, "email\n" + people_);
        return task.id;
    }

    // What the placeholders stand for, made when they are first asked for.
    std::string Filled(std::string_view pattern) {
        std::string text = FilledWithMany(std::string(pattern));
        const auto fill = [&](std::string_view what, auto make) {
            if (text.find(what) != text.npos) text = Replaced(text, what, make());
        };
        fill("{code}", [&] { return std::to_string(MakeCode(R"({"task_group": "cleaning"})")); });
        fill("{bound}", [&] {
            house.clock.Pass(kHour);  // nobody mails without end
            return std::to_string(MakeCode(R"({"email": "ann@example.org"})"));
        });
        fill("{word}", [&] {
            return std::string(house.Create(R"({"max_uses": 50})").at("code").as_string());
        });
        fill("{used}", [&] {
            const auto code = house.Create(R"({"max_uses": 5})");
            house.Register(code.at("code").as_string(), fmt::format("guest{}", ++guests_));
            return std::to_string(code.at("id").as_int64());
        });
        fill("{revoked}", [&] {
            const auto id = MakeCode("{}");
            house.Post(fmt::format("/api/invite-codes/{}/revoke/", id), "", "ada");
            return std::to_string(id);
        });
        fill("{pending}", [&] { return std::to_string(MakeCode(R"({"role": "admin"})", "max")); });
        fill("{flying}", [&] {
            return std::to_string(
                MakeCode(R"({"aircraft_roles": [{"aircraft": "N12345", "role": "pilot"}]})"));
        });
        fill("{alert}", [&] {
            MakeUsedUp();
            LookForAlerts(house.world, 100'000);
            return house.Get("/api/alerts/?kind=nearly_used_up", "ada").Text("results.0.id");
        });
        fill("{user}", [&] { return house.AccountId("vic"); });
        fill("{aircraft}", [&] {
            const std::string registration = fmt::format("T-{}", ++aircraft_);
            house.Post("/api/aircraft/", fmt::format(R"({{"registration": "{}"}})", registration),
                       "ada");
            return registration;
        });
        fill("{hook}", [&] {
            hook_ = house.Post("/api/webhooks/", R"({"url": "https://hooks.example.org/"})", "ada")
                        .Text("data.id");
            return hook_;
        });
        fill("{delivery}", [&] {
            house.Post("/api/webhooks/" + hook_ + "/test/", "", "ada");
            return house.Get("/api/webhooks/" + hook_ + "/deliveries/", "ada").Text("results.0.id");
        });
        fill("{fresh}", [&] { return std::to_string(++templates_); });
        fill("{template}", [&] {
            return std::to_string(
                house
                    .Post("/api/templates/",
                          fmt::format(R"({{"name": "Template {}"}})", ++templates_), "ada")
                    .Number("data.id"));
        });
        fill("{own}", [&] {
            return house.Post("/api/tokens/", R"({"scopes": ["me"]})", "ada").Text("data.id");
        });
        return text;
    }

    // The same path with an id that nothing has.
    static std::string Absent(std::string_view pattern) {
        std::string path(pattern);
        const auto open = path.find('{');
        if (open == path.npos) return {};
        const auto close = path.find('}');
        return path.replace(open, close - open + 1,
                            path.find("invite-codes") != path.npos ? "999999" : "T-999");
    }

    Answer AskWith(const Call& call, const std::string& path, const std::string& body,
                   std::string_view as = "ada", std::vector<Header> more = {}) {
        if (call.name == "api.requests.create") house.clock.Pass(kHour);  // few may be sent
        return house.Ask(call.method, path, body, call.scope.empty() ? "" : as, std::move(more));
    }

    static std::string Joined(const std::string& path, std::string_view query) {
        return path + (path.find('?') == path.npos ? "?" : "&") + std::string(query);
    }

    // The one shape of everything that went wrong.
    static void ExpectError(const Answer& answer, int status, const std::string& why) {
        SCOPED_TRACE(why);
        ASSERT_EQ(answer.status, status) << answer.body;
        const auto value = json::parse(answer.body);
        std::vector<std::string> keys;
        for (const auto& member : value.as_object()) keys.emplace_back(member.key());
        EXPECT_THAT(
            keys, UnorderedElementsAreArray({"error", "details", "code", "fields", "request_id"}));
        EXPECT_FALSE(answer.Text("error").empty());
        EXPECT_FALSE(answer.Text("details").empty());
        EXPECT_EQ(answer.Text("request_id"), answer.HeaderValue("x-request-id"));
    }

    static void ExpectBlamed(const Answer& answer, std::string_view field, std::string_view error,
                             const std::string& why) {
        ExpectError(answer, 400, why);
        if (answer.status != 400) return;
        EXPECT_TRUE(json::parse(answer.body).at("fields").as_object().contains(field))
            << why << answer.body;
        if (!error.empty()) {
            EXPECT_EQ(answer.Text("error"), error) << why << answer.body;
        }
    }

    std::string TokenWith(const std::vector<std::string>& scopes) {
        const Actor console = Actor::Console("test");
        return CreateTokenFor(console.Ask<Permission::kTokensWrite>().value(), house.world, "ada",
                              "test", scopes, "")
            .value()
            .token;
    }

    House house{GetParam()};

private:
    std::string people_;
    int guests_ = 0, aircraft_ = 0, templates_ = 0, imports_ = 0, requests_ = 0;
    std::string hook_;
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, Conformance, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST(ConformanceTable, KnowsEveryRouteOfTheApi) {
    std::multiset<std::string> known;
    for (const Call& call : Calls()) known.insert(std::string(call.name));
    for (const Route& route : Routes())
        if (route.path.starts_with("/api/")) {
            EXPECT_EQ(known.count(std::string(route.name)), 1u)
                << NameOf(route.method) << " " << route.path << " has no row in tests/api/calls.h";
        }
    for (const Call& call : Calls()) {
        const auto routes = Routes();
        const auto its = std::ranges::find(routes, call.name, &Route::name);
        ASSERT_NE(its, routes.end()) << call.name;
        EXPECT_EQ(its->method, call.method) << call.name;
        EXPECT_EQ(its->access.anyone, call.scope.empty()) << call.name;
        if (its->access.anyone) continue;
        EXPECT_EQ(GrantOf(its->access.needed).scope, call.scope);
    }
}

TEST_P(Conformance, RightCallsAreAnsweredAsTheContractSays) {
    for (const Call& call : Calls()) {
        SCOPED_TRACE(std::string(call.name));
        const Answer answer = AskWith(call, Filled(call.path), Filled(call.right));
        ASSERT_EQ(answer.status, call.status) << answer.body;
        if (call.keys.empty()) continue;
        auto shape = json::parse(answer.body).as_object();
        if (call.status == 201 || shape.contains("success")) {
            if (shape.contains("success")) {
                EXPECT_EQ(shape.at("success"), true);
            }
            auto inner = shape.at("data").as_object();
            shape = std::move(inner);
        }
        std::vector<std::string> keys;
        for (const auto& member : shape) keys.emplace_back(member.key());
        EXPECT_THAT(keys, UnorderedElementsAreArray(
                              std::vector<std::string>(call.keys.begin(), call.keys.end())));
        for (const std::string_view query : call.query)
            EXPECT_EQ(AskWith(call, Joined(Filled(call.path), query), "").status, 200) << query;
    }
}

TEST_P(Conformance, EveryWrongFieldIsBlamedByItsName) {
    for (const Call& call : Calls()) {
        SCOPED_TRACE(std::string(call.name));
        const std::string path = Filled(call.path);
        for (const WrongBody& wrong : call.wrong)
            ExpectBlamed(AskWith(call, path, Filled(wrong.body)), wrong.field, wrong.error,
                         std::string(wrong.body));
        for (const BodyField& field : call.fields) {
            std::vector<std::string> values = {R"({"a": 1})"};
            if (field.takes == Takes::kText) values.insert(values.end(), {"5", "true", "[]"});
            if (field.takes == Takes::kNumber) values.insert(values.end(), {"true", "[]"});
            if (field.takes == Takes::kFlag) values.insert(values.end(), {"1", R"("yes")", "null"});
            if (field.takes == Takes::kTexts) values.insert(values.end(), {"5", "[5]"});
            if (field.takes == Takes::kRoles)
                values.insert(values.end(), {"5", R"("x")", "[5]", R"([{"aircraft": "N12345"}])"});
            for (const std::string& value : values) {
                const std::string body = fmt::format(R"({{"{}": {}}})", field.name, value);
                ExpectBlamed(AskWith(call, path, body), field.name, "", body);
            }
        }
        for (const WrongBody& wrong : call.wrong_query)
            ExpectBlamed(AskWith(call, Joined(path, wrong.body), ""), wrong.field, wrong.error,
                         std::string(wrong.body));
    }
}

TEST_P(Conformance, WhatTheContractDoesNotKnowIsRefused) {
    for (const Call& call : Calls()) {
        if (call.name == "api.docs") continue;  // a page for people
        SCOPED_TRACE(std::string(call.name));
        const std::string path = Filled(call.path);
        ExpectBlamed(AskWith(call, Joined(path, "colour=red"), Filled(call.right)), "colour",
                     "Invalid request", "unknown parameter");
        if (call.method == Method::kGet) continue;
        ExpectBlamed(AskWith(call, path, R"({"colour": "red"})"),
                     call.takes_file ? "file" : "colour", "", "unknown field");
        const bool takes_body = !call.right.empty();
        for (const char* broken : {"{", "[]", "5", "{\"a\": 1, \"a\": 2}", "{\"a\": \"\xff\"}"})
            ExpectError(AskWith(call, path, broken), 400, broken);
        ExpectError(AskWith(call, path, "role=staff", "ada", {{"content-type", "text/plain"}}), 415,
                    "content type");
        const std::set<std::string_view> may_be_empty = {
            "api.codes.create",     "api.codes.add",  "api.codes.reactivate", "api.codes.approve",
            "api.codes.reject",     "api.codes.mail", "api.users.deactivate", "api.requests.accept",
            "api.requests.decline", "api.pulls.apply"};
        if (takes_body && !may_be_empty.contains(call.name)) {
            EXPECT_GE(AskWith(call, path, "").status, 400) << "no body";
        }
    }
}

TEST_P(Conformance, WrongMethodsAreToldTheRightOnes) {
    for (const Call& call : Calls()) {
        SCOPED_TRACE(std::string(call.name));
        const std::string path = Filled(call.path);
        for (const Method method :
             {Method::kGet, Method::kPost, Method::kPut, Method::kPatch, Method::kDelete}) {
            // A literal wins over a value: explain is no id for others than GET either.
            const Answer answer = house.Ask(method, path, "", "");
            if (answer.status != 405) continue;
            ExpectError(answer, 405, std::string(NameOf(method)));
            const auto allow = answer.HeaderValue("allow");
            EXPECT_NE(allow.find(NameOf(call.method)), allow.npos) << allow;
            EXPECT_EQ(allow.find(std::string(NameOf(method)) + ","), allow.npos) << allow;
        }
    }
}

TEST_P(Conformance, OnlyWhoMayIsAnsweredAndOnlyWithTheScope) {  // PERM-1, API-4
    const auto all = AllScopes();
    for (const Call& call : Calls()) {
        if (call.scope.empty()) continue;
        SCOPED_TRACE(std::string(call.name));
        const std::string path = Filled(call.path);
        const Answer stranger = house.Ask(call.method, path, "", "");
        ExpectError(stranger, 401, "nobody");
        EXPECT_EQ(stranger.Text("error"), "Authentication required");
        const Header nonsense{"authorization", "Bearer ost_nonsense"};
        ExpectError(house.Ask(call.method, path, "", "", {nonsense}), 401, "no token");
        std::vector<std::string> others;
        for (const std::string_view scope : all)
            if (scope != call.scope) others.emplace_back(scope);
        const Header narrow{"authorization", "Bearer " + TokenWith(others)};
        const Answer outside = house.Ask(call.method, path, "", "", {narrow});
        ExpectError(outside, 403, "without the scope");
        EXPECT_EQ(outside.Text("error"), "Access denied");
        EXPECT_EQ(outside.Text("details"), "You do not have permission to manage invite codes");
        const auto routes = Routes();
        const Permission needed = std::ranges::find(routes, call.name, &Route::name)->access.needed;
        for (const char* person : {"max", "gil", "sam", "vic"}) {
            const bool may = house.ActorOf(person).May(needed);
            const Answer answer = house.Ask(call.method, Joined(path, "colour=red"), "", person);
            if (may) {
                EXPECT_NE(answer.status, 403) << person << answer.body;
            } else {
                ExpectError(answer, 403, person);
            }
        }
    }
}

TEST_P(Conformance, WhatIsAbsentAndWhatIsAnothersLookTheSame) {  // PERM-4
    const std::string theirs =
        std::to_string(MakeCode(R"({"task_group": "maintenance", "max_uses": 5})"));
    for (const Call& call : Calls()) {
        const std::string absent = Absent(call.path);
        if (absent.empty()) continue;
        SCOPED_TRACE(std::string(call.name));
        const std::string body = Filled(call.right);
        const Answer none = AskWith(call, absent, body);
        ExpectError(none, 404, absent);
        const bool is_code = absent.find("invite-codes") != absent.npos;
        EXPECT_EQ(none.Text("error"), is_code ? "Invite code not found" : "Not found");
        if (!is_code) continue;
        EXPECT_EQ(none.Text("details"), "The requested invite code does not exist");
        for (const char* odd : {"0", "-1", "abc", "99999999999999999999", "1%00"})
            EXPECT_EQ(AskWith(call, Replaced(absent, "999999", odd), body).status, 404) << odd;
        if (call.name == "api.codes.approve" || call.name == "api.codes.reject") continue;
        const Answer foreign = AskWith(call, Replaced(absent, "999999", theirs), body, "max");
        const Answer unknown = AskWith(call, absent, body, "max");
        EXPECT_EQ(foreign.status, 404) << foreign.body;
        EXPECT_EQ(foreign.Text("code"), unknown.Text("code"));
        EXPECT_EQ(foreign.Text("details"), unknown.Text("details"));
    }
}

TEST_P(Conformance, ProblemsComeWithTheSameFacts) {  // API-5, RFC 9457
    for (const Call& call : Calls()) {
        if (call.name == "api.docs") continue;  // a page for people
        SCOPED_TRACE(std::string(call.name));
        const Answer answer = AskWith(call, Joined(Filled(call.path), "colour=red"), "", "ada",
                                      {{"accept", "application/problem+json"}});
        ASSERT_GE(answer.status, 400);
        EXPECT_EQ(answer.Number("status"), answer.status);
        EXPECT_TRUE(answer.Text("type").starts_with("urn:ostiary:"));
        EXPECT_FALSE(answer.Text("title").empty());
    }
}

}  // namespace
}  // namespace ostiary
