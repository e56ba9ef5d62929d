// How often somebody may ask (API-8, SEC-5).

#include "http/limits.h"

#include <gtest/gtest.h>

#include "http/small_world.h"
#include "util/failure.h"

namespace ostiary {
namespace {

Request From(std::string address) {
    Request request;
    request.client_address = std::move(address);
    return request;
}

Response Ended(int status) {
    Response response;
    response.status = status;
    return response;
}

TEST(Limits, GuessesRunOutAndComeBack) {
    PassingClock clock;
    Limits limits(clock);
    const auto guess = [&] {
        auto ticket = limits.Take(Limit::kGuess, From("192.0.2.1"));
        if (ticket.ok()) limits.Settle(ticket.value(), Ended(404));
        return ticket;
    };
    for (int i = 0; i < 30; ++i) ASSERT_TRUE(guess().ok()) << i;
    const auto refused = guess();
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().kind, ErrorKind::kTooMany);
    EXPECT_EQ(refused.error().retry_after_s, 18);
    EXPECT_TRUE(limits.Take(Limit::kGuess, From("192.0.2.2")).ok()) << "somebody else";
    EXPECT_TRUE(limits.Take(Limit::kBrowse, From("192.0.2.1")).ok()) << "reading goes on";
    clock.now += 18 * kSecond;
    EXPECT_TRUE(guess().ok());
    EXPECT_FALSE(guess().ok());
}

TEST(Limits, AnOfficeMayRegisterInOneAfternoon) {
    PassingClock clock;
    Limits limits(clock);
    for (int i = 0; i < 500; ++i) {
        const auto ticket = limits.Take(Limit::kGuess, From("192.0.2.1"));
        ASSERT_TRUE(ticket.ok());
        limits.Settle(ticket.value(), Ended(i % 3 == 0 ? 409 : 303));
    }
}

TEST(Limits, FortyMayTryAtTheSameTimeButNotAThousand) {
    PassingClock clock;
    Limits limits(clock);
    std::vector<Limits::Ticket> under_way;
    for (int i = 0; i < 64; ++i) {
        auto ticket = limits.Take(Limit::kGuess, From("192.0.2.1"));
        ASSERT_TRUE(ticket.ok());
        under_way.push_back(std::move(ticket).value());
    }
    EXPECT_FALSE(limits.Take(Limit::kGuess, From("192.0.2.1")).ok());
    for (const auto& ticket : under_way) limits.Settle(ticket, Ended(201));
    EXPECT_TRUE(limits.Take(Limit::kGuess, From("192.0.2.1")).ok());
}

TEST(Limits, TheHandlerKnowsBetterThanTheStatus) {
    PassingClock clock;
    Limits limits(clock);
    Response missed = Ended(200);
    missed.guess = Guess::kMissed;
    for (int i = 0; i < 30; ++i)
        limits.Settle(limits.Take(Limit::kGuess, From("192.0.2.1")).value(), missed);
    EXPECT_FALSE(limits.Take(Limit::kGuess, From("192.0.2.1")).ok());
}

TEST(Limits, AnIpv6NeighbourhoodIsOneAddress) {
    PassingClock clock;
    Limits limits(clock);
    for (int i = 0; i < 30; ++i)
        limits.Settle(limits.Take(Limit::kGuess, From("2001:db8::" + std::to_string(i))).value(),
                      Ended(404));
    EXPECT_FALSE(limits.Take(Limit::kGuess, From("2001:db8::ffff:1")).ok());
    EXPECT_TRUE(limits.Take(Limit::kGuess, From("2001:db8:0:1::1")).ok());
}

TEST(Limits, BucketsAreBounded) {
    MemoryBuckets buckets(160);
    for (int i = 0; i < 10'000; ++i) buckets.Take(std::to_string(i), {1, 1, kSecond, 1}, 0);
    EXPECT_LE(buckets.size(), 160u);
}

TEST(Limits, TheRefusedAreToldWhenToComeBack) {
    SmallWorld world;
    Response answer;
    for (int i = 0; i < 40 && answer.status != 429; ++i) answer = world.Post("/api/missed/");
    EXPECT_EQ(answer.status, 429);
    EXPECT_EQ(HeaderIn(answer, "retry-after"), "18");
    EXPECT_NE(answer.body.find(R"("error":"Too many requests")"), std::string::npos);
    EXPECT_EQ(world.Post("/api/hit/").status, 429) << "another door to the same guessing";
    EXPECT_EQ(world.Post("/api/hit/", {world.BearerOf("vic")}).status, 200)
        << "an account counts by itself";
}

TEST(Limits, AnswersOfTheApiTellWhatIsLeft) {
    SmallWorld world;
    const Response answer = world.Post("/api/missed/");
    EXPECT_EQ(HeaderIn(answer, "ratelimit-policy"), "\"guess\";q=30;w=540");
    EXPECT_EQ(HeaderIn(answer, "ratelimit"), "\"guess\";r=29;t=18");
    EXPECT_EQ(HeaderIn(answer, "ratelimit-remaining"), "29");
    EXPECT_EQ(HeaderIn(world.Get("/page/"), "ratelimit"), "");
}

TEST(Limits, TheyCanBeLifted) {
    Config config;
    config.limits = false;
    SmallWorld world(config);
    for (int i = 0; i < 100; ++i) ASSERT_EQ(world.Post("/api/missed/").status, 400);
}

// ── By token, by what was guessed at, and for all nodes together ───────────────────────────────

Request Guessing(std::string address, std::string body) {
    Request request = From(std::move(address));
    request.method = Method::kPost;
    request.headers = {{"content-type", "application/json"}};
    request.body = std::move(body);
    return request;
}

class Guessers : public testing::Test {
protected:
    // Whether it was let in; whoever is, misses.
    bool Miss(Limits& limits, const Request& request) {
        const auto ticket = limits.Take(Limit::kGuess, request);
        if (!ticket.ok()) return false;
        limits.Settle(ticket.value(), Ended(400), request);
        return true;
    }

    SmallWorld world;
};

TEST_F(Guessers, ATokenCountsByItselfWithinItsAccount) {
    Limits limits(world.clock);
    Request request = From("192.0.2.1");
    request.actor = Actor{};
    request.actor->account_id = "ada";
    request.actor->scopes = {"redeem"};
    request.actor->token_id = "one";
    int granted = 0;
    while (Miss(limits, request)) ++granted;
    EXPECT_EQ(granted, 200) << "as much as a token may";
    request.actor->token_id = "two";
    granted = 0;
    while (Miss(limits, request)) ++granted;
    EXPECT_EQ(granted, 100) << "and no more than its account may";
}

// A botnet that tries one code (or one account) from everywhere.
TEST_F(Guessers, ATargetIsClosedToWhoGuessedWrongLatelyAndToNobodyElse) {  // API-8
    for (const char* body : {R"({"invite_code": "abc-12345", "username": "x"})",
                             R"({"username": "Ada", "password": "x"})"}) {
        Limits limits(world.clock, world.vault);
        for (int n = 0; n < 60; ++n)
            ASSERT_TRUE(Miss(limits, Guessing("198.51.100." + std::to_string(n), body)));
        const Request again = Guessing("198.51.100.1", body);
        EXPECT_FALSE(Miss(limits, again)) << "guessed wrong a moment ago";
        EXPECT_EQ(limits.Take(Limit::kGuess, again).error().reason, "limit.target");
        EXPECT_TRUE(Miss(limits, Guessing("198.51.100.1", R"({"invite_code": "OTHER123"})")))
            << "another target";
        const Request invited = Guessing("203.0.113.9", body);
        EXPECT_TRUE(limits.Take(Limit::kGuess, invited).ok()) << "the person it belongs to";
        world.clock.now += 3 * kSecond;
        EXPECT_TRUE(Miss(limits, again)) << "a token has come back";
        EXPECT_FALSE(Miss(limits, again));
    }
}

TEST_F(Guessers, OneCodeIsOneTargetHoweverItIsTyped) {
    Limits limits(world.clock, world.vault);
    for (int n = 0; n < 60; ++n)
        Miss(limits, Guessing("198.51.100." + std::to_string(n), R"({"code": "abc1 2345"})"));
    EXPECT_FALSE(Miss(limits, Guessing("198.51.100.1", R"({"invite_code": "ABCI2345"})")));
}

TEST_F(Guessers, WhatOneNodeSawTheOthersHear) {  // API-8
    Limits one(world.clock, world.vault), two(world.clock, world.vault);
    for (int n = 0; n < 30; ++n) ASSERT_TRUE(Miss(one, From("192.0.2.1")));
    EXPECT_TRUE(Miss(two, From("192.0.2.1"))) << "it has not heard yet";
    one.Share(*world.store);
    two.Share(*world.store);
    EXPECT_FALSE(Miss(two, From("192.0.2.1")));
    EXPECT_TRUE(Miss(two, From("192.0.2.2")));
    Limits after_a_restart(world.clock, world.vault);
    after_a_restart.Share(*world.store);
    EXPECT_FALSE(Miss(after_a_restart, From("192.0.2.1")));
    world.clock.now += 40 * kSecond;
    EXPECT_TRUE(Miss(after_a_restart, From("192.0.2.1"))) << "it refills as before";
}

TEST_F(Guessers, HitsAndReadingAreNobodysBusiness) {
    Limits limits(world.clock, world.vault);
    for (int n = 0; n < 20; ++n) {
        const Request request = From("192.0.2.1");
        limits.Settle(limits.Take(Limit::kGuess, request).value(), Ended(201), request);
        limits.Settle(limits.Take(Limit::kWrite, request).value(), Ended(400), request);
    }
    limits.Share(*world.store);
    std::size_t shared = 1;
    world.store->Read([&](Work& work) { shared = work.buckets.DrainedSince(0, 9, 0).size(); });
    EXPECT_EQ(shared, 0u);
}

// A database that does not answer: the node goes by its own memory, and tells later.
TEST_F(Guessers, WhatCouldNotBeToldIsToldLater) {
    class Away final : public Store {
    public:
        Result<void> Transact(const std::function<Result<void>(Work&)>&) override {
            Fail();
            return {};
        }
        void Read(const std::function<void(Work&)>&) override { Fail(); }
        Result<Redemption> Redeem(const SubjectClaim&) override { return Redemption{}; }
        void Redeem(SubjectClaim, std::function<void(ClaimOutcome)>) override {}
        std::optional<CodeSummary> Peek(std::string_view, Millis) override { return {}; }
        void Ping() override {}

    private:
        static void Fail() { throw WorldFailure("away"); }
    };
    Away away;
    Limits one(world.clock, world.vault), two(world.clock, world.vault);
    for (int n = 0; n < 30; ++n) ASSERT_TRUE(Miss(one, From("192.0.2.1")));
    EXPECT_THROW(one.Share(away), WorldFailure);
    EXPECT_FALSE(Miss(one, From("192.0.2.1"))) << "it knows by itself";
    one.Share(*world.store);
    two.Share(*world.store);
    EXPECT_FALSE(Miss(two, From("192.0.2.1")));
}

}  // namespace
}  // namespace ostiary
