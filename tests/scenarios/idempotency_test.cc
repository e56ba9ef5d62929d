// The same request twice: one effect, one answer, whatever happens in between (API-3, REG-7).

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <barrier>
#include <set>
#include <thread>

#include "app/routes.h"
#include "core/receipts.h"
#include "support/house.h"
#include "util/failure.h"

namespace ostiary {
namespace {

class Idempotency : public testing::TestWithParam<DatabaseKind> {
protected:
    Answer Send(std::string_view path, std::string_view body, std::string_view key,
                std::string_view as = "ada") {
        return house.Ask(Method::kPost, path, body, as, {{"idempotency-key", std::string(key)}});
    }
    std::int64_t CountCodes() {
        return house.Get("/api/invite-codes/?count=true", "ada").Number("count");
    }
    static void ExpectSame(const Answer& first, const Answer& again) {
        EXPECT_EQ(again.status, first.status) << again.body;
        EXPECT_EQ(again.body, first.body);
        EXPECT_EQ(again.HeaderValue("etag"), first.HeaderValue("etag"));
        EXPECT_EQ(first.HeaderValue("idempotency-replayed"), "");
        EXPECT_EQ(again.HeaderValue("idempotency-replayed"), "true");
    }

    House house{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, Idempotency, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(Idempotency, EveryCallThatMakesSomethingMakesItOnce) {
    const auto code = house.Create(R"({"max_uses": 50})");
    const std::string word(code.at("code").as_string());
    const std::pair<std::string, std::string> calls[] = {
        {"/api/invite-codes/create/", R"({"label": "one"})"},
        {"/api/invite-codes/", R"({"label": "two"})"},
        {"/api/invite-codes/bulk/", R"({"action": "create", "count": 3})"},
        {"/api/redemptions/", fmt::format(R"({{"code": "{}", "subject": "u-1"}})", word)},
        {"/api/aircraft/", R"({"registration": "D-EABC"})"},
        {"/api/tokens/", R"({"scopes": ["me"]})"},
    };
    for (const auto& [path, body] : calls) {
        SCOPED_TRACE(path);
        const Answer first = Send(path, body, "key-1");
        ASSERT_LT(first.status, 300) << first.body;
        const auto events = house.Events().size();
        house.clock.Pass(kHour);
        ExpectSame(first, Send(path, body, "key-1"));
        EXPECT_EQ(house.Events().size(), events) << "nothing happened a second time";
    }
    EXPECT_EQ(CountCodes(), 1 + 1 + 1 + 3);
    EXPECT_EQ(house.Uses(code.at("id").as_int64()), 1);
}

TEST_P(Idempotency, AnotherBodyWithTheSameKeyIsRefused) {
    ASSERT_EQ(Send("/api/invite-codes/", R"({"label": "one"})", "k").status, 201);
    const Answer other = Send("/api/invite-codes/", R"({"label": "two"})", "k");
    EXPECT_EQ(other.status, 422);
    EXPECT_EQ(other.Text("error"), "Idempotency key reused");
    EXPECT_EQ(CountCodes(), 1);
}

TEST_P(Idempotency, AKeyBelongsToOnePersonAndOneCall) {
    const Answer first = Send("/api/invite-codes/", "{}", "k", "ada");
    const Answer theirs = Send("/api/invite-codes/", "{}", "k", "sam");
    EXPECT_EQ(theirs.status, 201);
    EXPECT_NE(theirs.Number("data.id"), first.Number("data.id"));
    EXPECT_EQ(Send("/api/invite-codes/create/", "{}", "k", "ada").status, 201);
    EXPECT_EQ(CountCodes(), 3);
}

TEST_P(Idempotency, AKeyIsForgottenAfterADay) {
    ASSERT_EQ(Send("/api/invite-codes/", "{}", "k").status, 201);
    house.clock.Pass(kDay);
    EXPECT_EQ(Send("/api/invite-codes/", "{}", "k").HeaderValue("idempotency-replayed"), "true");
    house.clock.Pass(1);
    EXPECT_EQ(Send("/api/invite-codes/", "{}", "k").HeaderValue("idempotency-replayed"), "");
    EXPECT_EQ(CountCodes(), 2);
    house.clock.Pass(kDay + 1);
    DeleteOldReceipts(house.world);
    EXPECT_EQ(house.database.Number("SELECT count(*) FROM receipt"), 0);
}

TEST_P(Idempotency, WhatWasRefusedMayBeTriedAgain) {
    const auto code = house.Create("{}");
    const std::string path = fmt::format("/api/invite-codes/{}/", code.at("id").as_int64());
    const std::string body = fmt::format(R"({{"code": "{}", "subject": "u"}})",
                                         std::string(code.at("code").as_string()));
    ASSERT_EQ(house.Post(path + "revoke/", "", "ada").status, 200);
    EXPECT_EQ(Send("/api/redemptions/", body, "k").status, 400);
    EXPECT_EQ(Send("/api/redemptions/", R"({"code": "x"})", "k").status, 400)
        << "nothing was done with the key";
    ASSERT_EQ(house.Post(path + "reactivate/", "", "ada").status, 200);
    const Answer first = Send("/api/redemptions/", body, "k");
    EXPECT_EQ(first.status, 201);
    ExpectSame(first, Send("/api/redemptions/", body, "k"));
    EXPECT_EQ(house.Post("/api/redemptions/", body, "ada").status, 200) << "without the key";
}

TEST_P(Idempotency, ARefusalLeavesNothingBehind) {
    ASSERT_EQ(Send("/api/aircraft/", R"({"registration": "D-EABC"})", "a").status, 201);
    const auto events = house.Events().size();
    EXPECT_EQ(Send("/api/aircraft/", R"({"registration": "D-EABC"})", "b").status, 409);
    EXPECT_EQ(house.Events().size(), events);
    EXPECT_EQ(house.database.Number("SELECT count(*) FROM receipt"), 1);
}

TEST_P(Idempotency, KeysAreShortAndClean) {
    for (const std::string& key : {std::string(201, 'k'), std::string("a\tb"), std::string("  ")})
        EXPECT_EQ(Send("/api/invite-codes/", "{}", key).Text("code"), "idempotency_key.invalid");
    EXPECT_EQ(Send("/api/invite-codes/", "{}", std::string(200, 'k')).status, 201);
    EXPECT_EQ(CountCodes(), 1);
}

TEST_P(Idempotency, ManyAtOnceWithOneKeyGetOneAnswer) {
    constexpr int kThreads = 12;
    for (int round = 0; round < 5; ++round) {
        std::mutex gathering;
        std::set<std::string> bodies;
        std::barrier start(kThreads);
        std::vector<std::thread> senders;
        const std::string key = fmt::format("round-{}", round);
        for (int n = 0; n < kThreads; ++n)
            senders.emplace_back([&] {
                start.arrive_and_wait();
                const Answer answer = Send("/api/invite-codes/", "{}", key);
                const std::lock_guard lock(gathering);
                EXPECT_EQ(answer.status, 201) << answer.body;
                bodies.insert(answer.body);
            });
        for (auto& sender : senders) sender.join();
        EXPECT_EQ(bodies.size(), 1u);
    }
    EXPECT_EQ(CountCodes(), 5);
}

// Another node on the same database, and one that comes after a restart.
TEST_P(Idempotency, EveryNodeKnowsTheAnswer) {
    const Answer first = Send("/api/invite-codes/", "{}", "k");
    const auto store = OpenStore(house.config, house.vault, house.clock, house.random, {});
    World other{*store, house.clock, house.random, house.vault, house.passwords, house.config};
    Dispatcher dispatcher(Routes(), other, {});
    Request request;
    request.method = Method::kPost;
    request.path = "/api/invite-codes/";
    request.body = "{}";
    request.client_address = "198.51.100.7";
    request.headers = {{"host", "ostiary.test"},
                       {"content-type", "application/json"},
                       {"idempotency-key", "k"},
                       {"authorization", "Bearer " + house.TokenOf("ada")}};
    const Response again = dispatcher.Answer(request);
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(again.body, first.body);
}

// A crash at any moment: the effect and its receipt are there both, or neither.
TEST_P(Idempotency, ABrokenTransactionKeepsNeitherTheEffectNorTheKey) {
    const KeyedRequest asked = MakeKeyedRequest(house.world, "ada", "somewhere", "k", "{}");
    const auto make = [&](World& world) {
        const Actor ada = house.ActorOf("ada");
        return CreateCode(ada.Ask<Permission::kCodesWrite>().value(), world, ApiRules(ada, world),
                          {});
    };
    EXPECT_THROW(DoOnce(house.world, asked,
                        [&](World& world) -> std::optional<std::string> {
                            EXPECT_TRUE(make(world).ok());
                            throw WorldFailure("the lights went out");
                        }),
                 WorldFailure);
    EXPECT_EQ(CountCodes(), 0);
    const auto act = [&](World& world) {
        return std::optional(std::to_string(make(world).value().id));
    };
    const Attempt first = DoOnce(house.world, asked, act);
    EXPECT_EQ(first.kind, Attempt::Kind::kFirst);
    EXPECT_TRUE(first.is_kept);
    const Attempt again = DoOnce(house.world, asked, act);
    EXPECT_EQ(again.kind, Attempt::Kind::kAnswered);
    EXPECT_EQ(CountCodes(), 1);
}

// A claim that nobody settled, because the program died, does not hold its key for good.
TEST_P(Idempotency, AnOrphanedClaimRunsOut) {
    const KeyedRequest asked = MakeKeyedRequest(house.world, "ada", "somewhere", "k", "{}");
    const KeyedRequest other = MakeKeyedRequest(house.world, "ada", "somewhere", "k", "[]");
    EXPECT_EQ(ClaimOnce(house.world, asked).kind, Attempt::Kind::kFirst);
    EXPECT_EQ(ClaimOnce(house.world, asked).kind, Attempt::Kind::kUnderWay);
    EXPECT_EQ(ClaimOnce(house.world, other).kind, Attempt::Kind::kReused);
    house.clock.Pass(kMinute);
    EXPECT_EQ(ClaimOnce(house.world, other).kind, Attempt::Kind::kReused);
    EXPECT_EQ(ClaimOnce(house.world, asked).kind, Attempt::Kind::kFirst);
    SettleClaim(house.world, asked, "done");
    EXPECT_EQ(ClaimOnce(house.world, asked).answer, "done");
    house.clock.Pass(kDay + 1);
    EXPECT_EQ(ClaimOnce(house.world, other).kind, Attempt::Kind::kFirst);
}

// Registering hashes a password, which no transaction waits for.
TEST_P(Idempotency, ARegistrationIsAnsweredAgainAndItsKeyFitsNoOther) {
    const auto code = house.Create(R"({"max_uses": 5})");
    const std::string word(code.at("code").as_string());
    const Answer first = house.Register(word, "ann", {{"idempotency-key", "k"}});
    ASSERT_EQ(first.status, 201);
    ExpectSame(first, house.Register(word, "ann", {{"idempotency-key", "k"}}));
    EXPECT_EQ(house.Register(word, "bob", {{"idempotency-key", "k"}}).status, 422);
    EXPECT_EQ(house.Uses(code.at("id").as_int64()), 1);
}

TEST_P(Idempotency, ManyCodesWithAKeyChangeTogetherOrBecomeAJob) {
    ASSERT_EQ(Send("/api/invite-codes/bulk/", R"({"action": "create", "count": 1000})", "a").status,
              200);
    house.Create("{}");
    const Answer many = Send("/api/invite-codes/bulk/",
                             R"({"action": "revoke", "filter": {}, "expected": 1001})", "b");
    EXPECT_EQ(many.status, 202) << many.body;  // more than a thousand are a job: see bulk_jobs_test
    EXPECT_EQ(many.Number("matched"), 1001);
}

// What was answered may hold a code or a token, and lies in the database for a day.
TEST_P(Idempotency, AThiefReadsNoAnswer) {  // CODE-2
    const Answer made = Send("/api/tokens/", R"({"scopes": ["me"]})", "k-of-mine");
    const Answer code = Send("/api/invite-codes/", "{}", "k-of-mine");
    const std::string bytes = house.database.Bytes();
    EXPECT_EQ(bytes.find(made.Text("data.token")), bytes.npos);
    EXPECT_EQ(bytes.find(code.Text("data.code")), bytes.npos);
    EXPECT_EQ(bytes.find("k-of-mine"), bytes.npos);
}

}  // namespace
}  // namespace ostiary
