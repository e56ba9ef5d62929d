#include "http/router.h"

#include <gtest/gtest.h>

namespace ostiary {
namespace {

Result<Response> Any(const Request&, World&) { return Response{}; }

constexpr Route Row(Method method, std::string_view path, std::string_view name) {
    return {method, path, kAnyone, Limit::kFree, Cost::kFast, Any, name};
}

constexpr Route kRows[] = {
    Row(Method::kGet, "/", "home"),
    Row(Method::kGet, "/codes/", "list"),
    Row(Method::kPost, "/codes/", "add"),
    Row(Method::kGet, "/codes/new/", "new"),
    Row(Method::kGet, "/codes/{id}/", "show"),
    Row(Method::kPost, "/codes/{id}/", "change"),
    Row(Method::kGet, "/codes/{id}/aircraft/{registration}", "aircraft"),
    Row(Method::kOptions, "/free/", "options"),
};
static_assert(NoTwoRowsAnswerTheSameRequest(kRows));

class Routing : public testing::Test {
protected:
    std::string NameOf(Method method, std::string_view path) {
        const Found found = router.Find(method, path);
        return found.route ? std::string(found.route->name) : "nobody";
    }
    Router router{kRows};
};

TEST_F(Routing, LiteralsWinOverValues) {
    EXPECT_EQ(NameOf(Method::kGet, "/codes/new/"), "new");
    EXPECT_EQ(NameOf(Method::kGet, "/codes/7/"), "show");
    EXPECT_EQ(NameOf(Method::kPost, "/codes/new/"), "change")
        << "where the literal has no such method";
}

TEST_F(Routing, ATrailingSlashIsForgivenBothWays) {  // API-1
    EXPECT_EQ(NameOf(Method::kGet, "/codes"), "list");
    EXPECT_EQ(NameOf(Method::kGet, "/codes/7/aircraft/N1/"), "aircraft");
    EXPECT_EQ(NameOf(Method::kGet, "/"), "home");
    EXPECT_EQ(NameOf(Method::kGet, "/codes//"), "nobody");
}

TEST_F(Routing, ValuesAreDecodedOnce) {
    const Found found = router.Find(Method::kGet, "/codes/a%20b+c%252F/aircraft/N%2F1");
    ASSERT_NE(found.route, nullptr);
    EXPECT_EQ(found.path_values[0], (std::pair<std::string_view, std::string>{"id", "a b+c%2F"}));
    EXPECT_EQ(found.path_values[1],
              (std::pair<std::string_view, std::string>{"registration", "N/1"}));
}

TEST_F(Routing, WhatIsNoCleanTextMatchesNothing) {
    for (const char* path : {"/codes/%/", "/codes/%zz/", "/codes/%00/", "/codes/%ff/",
                             "/codes/%0a/", "/codes/%c0%af/"})
        EXPECT_EQ(NameOf(Method::kGet, path), "nobody") << path;
}

TEST_F(Routing, DotsAndEncodedSlashesAreLetters) {
    EXPECT_EQ(NameOf(Method::kGet, "/codes/../codes"), "nobody");
    EXPECT_EQ(NameOf(Method::kGet, "/codes%2fnew"), "nobody");
    EXPECT_EQ(router.Find(Method::kGet, "/codes/..").path_values[0].second, "..");
    EXPECT_EQ(NameOf(Method::kGet, "codes"), "nobody");
    EXPECT_EQ(NameOf(Method::kGet, ""), "nobody");
}

TEST_F(Routing, HeadIsAnsweredByGetAndOthersAreListed) {
    EXPECT_EQ(NameOf(Method::kHead, "/codes/"), "list");
    const Found found = router.Find(Method::kDelete, "/codes/new/");
    EXPECT_EQ(found.route, nullptr);
    EXPECT_EQ(found.allowed,
              (std::vector{Method::kGet, Method::kHead, Method::kPost, Method::kOptions}));
    EXPECT_EQ(NameOf(Method::kOptions, "/free"), "options");
    EXPECT_TRUE(router.Find(Method::kGet, "/nothing").allowed.empty());
}

TEST_F(Routing, ADeepPathIsNotFollowed) {
    std::string path;
    for (int i = 0; i < 4000; ++i) path += "/a";
    EXPECT_EQ(NameOf(Method::kGet, path), "nobody");
}

}  // namespace
}  // namespace ostiary
