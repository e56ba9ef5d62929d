// Nobody else's page can make a browser act here (SEC-1).

#include <gtest/gtest.h>

#include "http/small_world.h"

namespace ostiary {
namespace {

const Header kForm{"content-type", "application/x-www-form-urlencoded"};

std::string Field(const std::string& token) { return "csrf_token=" + token; }

// The visitor's cookie as a browser sends it back.
Header Returned(const Response& page) {
    const std::string cookie = HeaderIn(page, "set-cookie");
    return {"cookie", cookie.substr(0, cookie.find(';'))};
}

TEST(Csrf, AVisitorsFormCarriesTheVisitorsToken) {
    SmallWorld world;
    const Response page = world.Get("/page/");
    const Header visitor = Returned(page);
    EXPECT_EQ(world.Post("/page/", {kForm, visitor}, Field(page.body)).status, 200);
    EXPECT_EQ(world.Post("/page/", {visitor, {"x-csrf-token", page.body}}).status, 200);
    EXPECT_EQ(world.Post("/page/", {kForm, visitor}).status, 403) << "no token";
    EXPECT_EQ(world.Post("/page/", {kForm}, Field(page.body)).status, 403) << "no cookie";
    EXPECT_EQ(world.Post("/page/", {kForm, Returned(world.Get("/page/"))}, Field(page.body)).status,
              403)
        << "another's";
    EXPECT_EQ(HeaderIn(world.Get("/page/", {visitor}), "set-cookie"), "")
        << "a known visitor keeps the cookie";
}

TEST(Csrf, ASessionsFormCarriesTheSessionsToken) {
    SmallWorld world;
    const Header ada = world.CookieOf("ada");
    const Response page = world.Get("/page/", {ada});
    EXPECT_EQ(HeaderIn(page, "set-cookie"), "");
    EXPECT_EQ(world.Post("/own/", {kForm, ada}, Field(page.body)).body, "ada");
    EXPECT_EQ(world.Post("/own/", {kForm, world.CookieOf("vic")}, Field(page.body)).status, 403);
    const Response visitor_page = world.Get("/page/");
    EXPECT_EQ(
        world.Post("/own/", {kForm, ada, Returned(visitor_page)}, Field(visitor_page.body)).status,
        403)
        << "a token from before the log-in";
}

TEST(Csrf, ATokenIsNeverTheSameTwiceAndNeverForged) {
    SmallWorld world;
    const Header ada = world.CookieOf("ada");
    const std::string token = world.Get("/page/", {ada}).body;
    EXPECT_NE(world.Get("/page/", {ada}).body, token);
    for (std::size_t i = 0; i < token.size(); i += 5) {
        std::string forged = token;
        forged[i] = forged[i] == 'A' ? 'B' : 'A';
        EXPECT_EQ(world.Post("/own/", {kForm, ada}, Field(forged)).status, 403);
    }
    for (const char* nonsense : {"", "x", "%00", "AAAA"})
        EXPECT_EQ(world.Post("/own/", {kForm, ada}, Field(nonsense)).status, 403);
}

TEST(Csrf, AFormFromElsewhereIsRefusedEvenWithAToken) {
    SmallWorld world;
    const Header ada = world.CookieOf("ada"), host{"host", "10.0.0.5:8080"};
    const std::string field = Field(world.Get("/page/", {ada}).body);
    const auto status_with = [&](Header header) {
        return world.Post("/own/", {kForm, ada, host, std::move(header)}, field).status;
    };
    EXPECT_EQ(status_with({"origin", "https://evil.example"}), 403);
    EXPECT_EQ(status_with({"origin", "http://ostiary.test.evil.example"}), 403);
    EXPECT_EQ(status_with({"sec-fetch-site", "cross-site"}), 403);
    EXPECT_EQ(status_with({"origin", "http://ostiary.test"}), 200) << "the base URL";
    EXPECT_EQ(status_with({"origin", "http://10.0.0.5:8080"}), 200) << "the host that was asked";
    EXPECT_EQ(status_with({"origin", "null"}), 200) << "a page without referrer; the token decides";
}

TEST(Csrf, CookiesAtTheApiNeedATokenOrTheBrowsersWord) {  // API-4
    SmallWorld world;
    const Header ada = world.CookieOf("ada");
    EXPECT_EQ(world.Post("/api/own/", {ada}).status, 403);
    EXPECT_EQ(world.Get("/api/own/", {ada}).status, 200);
    const std::string token = world.Get("/page/", {ada}).body;
    EXPECT_EQ(world.Post("/api/own/", {ada, {"x-csrf-token", token}}).status, 200);
    const Header same{"sec-fetch-site", "same-origin"};
    EXPECT_EQ(world.Post("/api/own/", {ada, same, {"origin", "http://ostiary.test"}}).status, 200);
    EXPECT_EQ(world.Post("/api/own/", {ada, same}).status, 403);
    EXPECT_EQ(world.Post("/api/own/", {ada, same, {"origin", "http://evil.example"}}).status, 403);
}

TEST(Csrf, WithoutACookieThereIsNothingToAbuse) {
    SmallWorld world;
    EXPECT_EQ(world.Post("/api/public/", {{"origin", "https://evil.example"}}).body, "nobody");
    EXPECT_EQ(world.Post("/api/public/", {{"cookie", "ostiary_session=ended"}}).body, "nobody");
}

TEST(Csrf, ASessionThatEndedLeavesAVisitor) {
    SmallWorld world;
    const Response page = world.Get("/page/", {{"cookie", "ostiary_session=ended"}});
    EXPECT_TRUE(HeaderIn(page, "set-cookie").starts_with("ostiary_visitor="));
    const Response away = world.Get("/own/", {{"cookie", "ostiary_session=ended"}});
    EXPECT_EQ(away.status, 303);
    EXPECT_NE(HeaderIn(away, "set-cookie").find("Max-Age=0"), std::string::npos)
        << "the useless cookie goes";
}

}  // namespace
}  // namespace ostiary
