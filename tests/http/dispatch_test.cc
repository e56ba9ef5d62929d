// The way of a request: who is let in, what the refused are told, and what every answer carries.

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "http/small_world.h"

namespace ostiary {
namespace {

TEST(Dispatch, AStrangerWhoWantsAPageIsSentToLogInAndBack) {
    SmallWorld world;
    const Response answer = world.Get("/own/?tab=a&b=c");
    EXPECT_EQ(answer.status, 303);
    EXPECT_EQ(HeaderIn(answer, "location"), "/login/?next=%2Fown%2F%3Ftab%3Da%26b%3Dc");
}

TEST(Dispatch, AStrangerAtTheApiIsAskedWhoTheyAre) {
    SmallWorld world;
    const Response answer = world.Get("/api/own/");
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(HeaderIn(answer, "www-authenticate"), "Bearer");
    EXPECT_EQ(boost::json::parse(answer.body).at("error"), "Authentication required");
}

TEST(Dispatch, WhoMayNotIsToldSo) {
    SmallWorld world;
    const Response page = world.Get("/codes/", {world.CookieOf("vic")});
    EXPECT_EQ(page.status, 403);
    EXPECT_EQ(page.body, "403 Access denied: You do not have permission to manage invite codes");
    const Response api = world.Get("/api/codes/", {world.CookieOf("vic")});
    EXPECT_EQ(api.status, 403);
    EXPECT_EQ(boost::json::parse(api.body).at("error"), "Access denied");
    EXPECT_EQ(boost::json::parse(api.body).at("details"),
              "You do not have permission to manage invite codes");
    EXPECT_EQ(world.Get("/codes/", {world.CookieOf("ada")}).status, 200);
}

TEST(Dispatch, TokensSpeakAtTheApiAndNowhereElse) {  // API-4
    SmallWorld world;
    EXPECT_EQ(world.Get("/api/own/", {world.BearerOf("vic")}).body, "vic");
    EXPECT_EQ(world.Get("/own/", {world.BearerOf("vic")}).status, 303);
    EXPECT_EQ(world.Get("/api/codes/", {world.BearerOf("ada")}).status, 403)
        << "the token's scopes do not reach";
    EXPECT_EQ(world.Post("/api/public/", {{"authorization", "Bearer nonsense"}}).status, 401)
        << "even where anyone may";
    EXPECT_EQ(world.Post("/api/own/", {world.BearerOf("vic")}).status, 200)
        << "a token needs no CSRF";
}

TEST(Dispatch, ErrorsOfTheApiHaveOneShape) {  // API-5
    SmallWorld world;
    const Response answer = world.Get("/api/fields/");
    const auto body = boost::json::parse(answer.body).as_object();
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(body.at("error"), "Invalid role");
    EXPECT_EQ(body.at("code"), "role.unknown");
    EXPECT_EQ(boost::json::serialize(body.at("fields")),
              R"({"role":["Role must be one of: staff","Second"],"max_uses":["Third"]})");
    EXPECT_EQ(body.at("request_id").as_string(), HeaderIn(answer, "x-request-id"));
    EXPECT_EQ(body.at("request_id").as_string().size(), 16u);
}

TEST(Dispatch, EveryKindOfErrorHasItsStatusAndTitle) {  // API-5
    SmallWorld world;
    const std::pair<int, const char*> expected[] = {{400, "Invalid request"},
                                                    {401, "Authentication required"},
                                                    {403, "Access denied"},
                                                    {404, "Not found"},
                                                    {409, "Conflict"},
                                                    {412, "Changed meanwhile"},
                                                    {413, "Too large"},
                                                    {415, "Unsupported media type"},
                                                    {422, "Idempotency key reused"},
                                                    {429, "Too many requests"},
                                                    {503, "Service unavailable"}};
    char kind = 'a';
    for (const auto& [status, title] : expected) {
        const Response answer = world.Get(std::string("/api/kinds/") + kind++ + "/");
        EXPECT_EQ(answer.status, status);
        EXPECT_EQ(boost::json::parse(answer.body).at("error"), title);
    }
}

TEST(Dispatch, ProblemsComeAsProblemsWhereTheyAreAsked) {  // API-5, RFC 9457
    SmallWorld world;
    const Response answer = world.Get("/api/fields/", {{"accept", "application/problem+json"}});
    const auto body = boost::json::parse(answer.body).as_object();
    EXPECT_EQ(answer.content_type, "application/problem+json");
    EXPECT_EQ(body.at("status"), 400);
    EXPECT_EQ(body.at("title"), "Invalid role");
    EXPECT_EQ(body.at("detail"), "Role must be one of: staff");
    EXPECT_EQ(body.at("type"), "urn:ostiary:role.unknown");
    EXPECT_EQ(body.at("instance"), "/api/fields/");
}

TEST(Dispatch, UnknownPathsAndMethodsAreAnswered) {
    SmallWorld world;
    EXPECT_EQ(world.Get("/nothing/").status, 404);
    EXPECT_EQ(world.Get("/api/nothing/").content_type, "application/json");
    const Response wrong = world.Ask(Method::kDelete, "/api/own");
    EXPECT_EQ(wrong.status, 405);
    EXPECT_EQ(HeaderIn(wrong, "allow"), "GET, HEAD, POST, OPTIONS");
    EXPECT_EQ(boost::json::parse(wrong.body).at("error"), "Method not allowed");
    const Response options = world.Ask(Method::kOptions, "/api/own/");
    EXPECT_EQ(options.status, 204);
    EXPECT_EQ(HeaderIn(options, "allow"), "GET, HEAD, POST, OPTIONS");
    EXPECT_EQ(world.Ask(Method::kHead, "/page/").status, 200);
}

TEST(Dispatch, ABrokenWorldTellsNothingButAnId) {  // API-5
    SmallWorld world;
    const Response api = world.Get("/api/breaks/");
    EXPECT_EQ(api.status, 500);
    EXPECT_EQ(boost::json::parse(api.body).at("error"), "Internal server error");
    EXPECT_EQ(boost::json::parse(api.body).at("details"), "An unexpected error occurred");
    EXPECT_EQ(api.body.find("disk"), std::string::npos);
    EXPECT_EQ(world.Get("/breaks/").body,
              "500 Internal server error: An unexpected error occurred");
}

TEST(Dispatch, AnAnswerThatComesLaterIsDressedLikeAnyOther) {
    SmallWorld world;
    const Response said = world.Post("/api/later/said/", {world.BearerOf("vic")});
    EXPECT_EQ(said.body, "vic");
    EXPECT_EQ(HeaderIn(said, "x-content-type-options"), "nosniff");
    EXPECT_EQ(HeaderIn(said, "x-request-id").size(), 16u);
    EXPECT_FALSE(HeaderIn(said, "ratelimit").empty());
    for (int i = 0; i < 40; ++i)
        EXPECT_EQ(world.Post("/api/later/said/").status, 200) << "a hit costs nothing";
    const Response missed = world.Post("/api/later/missed/");
    EXPECT_EQ(missed.status, 400);
    EXPECT_EQ(boost::json::parse(missed.body).at("error"), "Invalid invite code");
    const Response broken = world.Post("/api/later/broken/");
    EXPECT_EQ(broken.status, 500);
    EXPECT_EQ(broken.body.find("secret"), std::string::npos);
    for (int i = 0; i < 29; ++i) EXPECT_EQ(world.Post("/api/later/missed/").status, 400) << i;
    EXPECT_EQ(world.Post("/api/later/said/").status, 429) << "each miss was counted";
}

TEST(Dispatch, EveryAnswerForbidsTheBrowserWhatItCan) {  // SEC-1
    SmallWorld world;
    for (const char* path :
         {"/page/", "/own/", "/nothing/", "/breaks/", "/api/own/", "/api/breaks/"}) {
        const Response answer = world.Get(path);
        const std::string policy = HeaderIn(answer, "content-security-policy");
        const bool is_page = answer.content_type.starts_with("text/html");
        EXPECT_EQ(policy.find("script-src 'self'") != std::string::npos, is_page) << path;
        EXPECT_TRUE(policy.starts_with("default-src 'none'; ")) << path;
        EXPECT_EQ(policy.find("unsafe"), std::string::npos);
        EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos);
        EXPECT_EQ(HeaderIn(answer, "x-content-type-options"), "nosniff");
        EXPECT_EQ(HeaderIn(answer, "x-frame-options"), "DENY");
        EXPECT_EQ(HeaderIn(answer, "cache-control"), "no-store");
        EXPECT_EQ(HeaderIn(answer, "x-robots-tag"), "noindex");
        EXPECT_EQ(HeaderIn(answer, "referrer-policy"), "same-origin");
        EXPECT_EQ(HeaderIn(answer, "strict-transport-security"), "") << "the base URL is http";
    }
    EXPECT_EQ(HeaderIn(world.Get("/register/abc/"), "referrer-policy"), "no-referrer");
}

TEST(Dispatch, BehindTlsCookiesAndAnswersSaySo) {  // SEC-1
    Config config;
    config.base_url = "https://ostiary.test";
    SmallWorld world(config);
    const Response page = world.Get("/page/");
    EXPECT_NE(HeaderIn(page, "strict-transport-security"), "");
    const std::string cookie = HeaderIn(page, "set-cookie");
    EXPECT_TRUE(cookie.starts_with("__Host-ostiary_visitor="));
    for (const char* part : {"; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"})
        EXPECT_NE(cookie.find(part), std::string::npos);
    EXPECT_EQ(world.Get("/api/own/", {world.CookieOf("vic")}).body, "vic");
}

TEST(Dispatch, OnlyTrustedProxiesSpeakForOthers) {
    Config config;
    config.trusted_proxies = {"10.0.0.0/8", "2001:db8::1"};
    SmallWorld world(config);
    world.peer = "10.1.2.3";
    EXPECT_EQ(HeaderIn(world.Get("/page/", {{"x-request-id", "abc-1"}}), "x-request-id"), "abc-1");
    EXPECT_NE(HeaderIn(world.Get("/page/", {{"x-request-id", "bad id"}}), "x-request-id"),
              "bad id");
    world.peer = "203.0.113.7";
    EXPECT_NE(HeaderIn(world.Get("/page/", {{"x-request-id", "abc-1"}}), "x-request-id"), "abc-1");

    const TrustedProxies proxies(config.trusted_proxies);
    Request request;
    request.headers = {{"x-forwarded-for", "6.6.6.6, 198.51.100.1"},
                       {"x-forwarded-for", "10.9.9.9"}};
    EXPECT_EQ(proxies.ClientOf(request, "10.1.2.3"), "198.51.100.1")
        << "from the right, past our own";
    EXPECT_EQ(proxies.ClientOf(request, "203.0.113.7"), "203.0.113.7");
    request.headers = {{"x-forwarded-for", "nonsense"}};
    EXPECT_EQ(proxies.ClientOf(request, "2001:db8::1"), "2001:db8::1");
}

TEST(Dispatch, BrokenTextIsRefusedByTheNameOfItsField) {
    SmallWorld world;
    const Response query = world.Get("/api/long/?q=%ff&ok=1");
    EXPECT_EQ(query.status, 400);
    EXPECT_NE(query.body.find(R"("fields":{"q":)"), std::string::npos) << query.body;
    const Response form = world.Post(
        "/api/public/", {{"content-type", "application/x-www-form-urlencoded"}}, "name=a%00b");
    EXPECT_EQ(form.status, 400);
    EXPECT_NE(form.body.find(R"("name")"), std::string::npos);
}

// The thread has just spoken to somebody else; nothing of that is left when a handler begins.
TEST(Dispatch, EveryPageIsSpokenInTheLanguageOfWhoeverAsks) {
    SmallWorld world;
    for (const char* language : {"de", "en", "de"})
        EXPECT_EQ(world.Get("/spoken/", {{"accept-language", language}}).body, language);
}

TEST(Dispatch, LongAnswersArePackedForThoseWhoCanUnpack) {
    SmallWorld world;
    const Response packed = world.Get("/api/long/", {{"accept-encoding", "br, gzip;q=0.5"}});
    EXPECT_EQ(HeaderIn(packed, "content-encoding"), "gzip");
    EXPECT_LT(packed.body.size(), 1000u);
    EXPECT_EQ(packed.body.substr(0, 2), "\x1f\x8b");
    EXPECT_EQ(HeaderIn(packed, "vary"), "accept-encoding");
    EXPECT_EQ(world.Get("/api/long/").body.size(), 20'000u);
    EXPECT_EQ(world.Get("/api/long/", {{"accept-encoding", "gzip;q=0"}}).body.size(), 20'000u);
    EXPECT_EQ(HeaderIn(world.Get("/page/", {{"accept-encoding", "gzip"}}), "content-encoding"), "")
        << "too short";
}

TEST(Dispatch, OnPostgresFastThingsThatAskTheStoreMayWait) {
    SmallWorld world;
    Request request;
    request.path = "/own/";
    EXPECT_EQ(world.dispatcher.CostOf(request), Cost::kFast);
    world.config.database = "postgresql://localhost/x";
    EXPECT_EQ(world.dispatcher.CostOf(request), Cost::kSlow);
    request.path = "/breaks/";
    EXPECT_EQ(world.dispatcher.CostOf(request), Cost::kFast)
        << "nothing that is free asks the store";
}

}  // namespace
}  // namespace ostiary
