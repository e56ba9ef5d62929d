// How often somebody may ask (API-8, SEC-5).

#include "http/limits.h"

#include <gtest/gtest.h>

#include "http/small_world.h"

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

}  // namespace
}  // namespace ostiary
