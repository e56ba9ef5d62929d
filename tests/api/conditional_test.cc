// Which version somebody has seen: nothing is overwritten unseen, nothing is sent twice (CODE-8).

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/accounts.h"
#include "support/house.h"

namespace ostiary {
namespace {

class Conditional : public testing::TestWithParam<DatabaseKind> {
protected:
    Answer With(Method method, const std::string& path, std::string_view body, const char* header,
                std::string_view tag) {
        return house.Ask(method, path, body, "ada", {{header, std::string(tag)}});
    }
    std::string TagOf(const std::string& path) {
        return std::string(house.Get(path, "ada").HeaderValue("etag"));
    }
    std::string CodePath(std::string_view body = "{}") {
        return fmt::format("/api/invite-codes/{}/", house.Create(body).at("id").as_int64());
    }

    // One thing of each kind, and a body that changes it.
    std::vector<std::pair<std::string, std::string>> Things() {
        return {{CodePath(), R"({{"label": "{}"}})"},
                {"/api/users/" + house.AccountId("vic") + "/", R"({{"name": "{}"}})"},
                {"/api/aircraft/N12345/", R"({{"name": "{}"}})"}};
    }

    House house{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, Conditional, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(Conditional, TheLaterOfTwoChangesIsTold) {
    for (const auto& [path, pattern] : Things()) {
        SCOPED_TRACE(path);
        const auto body = [&](const char* text) {
            return fmt::format(fmt::runtime(pattern), text);
        };
        const std::string seen = TagOf(path);
        ASSERT_TRUE(seen.starts_with('"')) << "a strong tag: " << seen;
        const Answer first = With(Method::kPatch, path, body("first"), "if-match", seen);
        ASSERT_EQ(first.status, 200) << first.body;
        EXPECT_EQ(first.HeaderValue("etag"), TagOf(path)) << "a change tells the tag of what is";
        const Answer later = With(Method::kPatch, path, body("later"), "if-match", seen);
        EXPECT_EQ(later.status, 412);
        EXPECT_EQ(later.Text("error"), "Changed meanwhile");
        EXPECT_NE(house.Get(path, "ada").body.find("first"), std::string::npos);
        const std::string both = seen + ", W/" + TagOf(path);
        EXPECT_EQ(With(Method::kPatch, path, body("either"), "if-match", both).status, 200);
        EXPECT_EQ(With(Method::kPatch, path, body("any"), "if-match", "*").status, 200);
        for (const char* none : {"\"\"", "nonsense", "\"1\"", "\"x.1.y\"", ","})
            EXPECT_EQ(With(Method::kPatch, path, body("no"), "if-match", none).status, 412) << none;
    }
}

TEST_P(Conditional, EveryDeedHonoursIt) {
    const std::string stale = "\"0.0.0\"";
    const std::string code =
        CodePath(R"({"aircraft_roles": [{"aircraft": "N12345", "role": "pilot"}]})");
    const std::string user = "/api/users/" + house.AccountId("vic") + "/";
    const std::pair<Method, std::string> deeds[] = {
        {Method::kDelete, code},
        {Method::kPost, code + "revoke/"},
        {Method::kPost, code + "reactivate/"},
        {Method::kPost, code + "approve/"},
        {Method::kPost, code + "reject/"},
        {Method::kDelete, code + "aircraft-roles/N12345/"},
        {Method::kPost, user + "deactivate/"},
        {Method::kPost, user + "reactivate/"},
        {Method::kPost, "/api/aircraft/N12345/retire/"},
        {Method::kPost, "/api/aircraft/N12345/return/"}};
    for (const auto& [method, path] : deeds)
        EXPECT_EQ(With(method, path, "", "if-match", stale).status, 412) << path;
    EXPECT_EQ(With(Method::kPut, code + "aircraft-roles/N67890/", R"({"role": "pilot"})",
                   "if-match", stale)
                  .status,
              412);
    EXPECT_EQ(With(Method::kDelete, code, "", "if-match", TagOf(code)).status, 204);
}

TEST_P(Conditional, WhatIsKnownIsNotSentAgain) {
    for (const auto& [path, pattern] : Things()) {
        SCOPED_TRACE(path);
        const std::string tag = TagOf(path);
        const Answer same = With(Method::kGet, path, "", "if-none-match", tag);
        EXPECT_EQ(same.status, 304);
        EXPECT_TRUE(same.body.empty());
        EXPECT_EQ(same.HeaderValue("etag"), tag);
        EXPECT_EQ(With(Method::kGet, path, "", "if-none-match", "W/" + tag + ", \"x\"").status,
                  304);
        EXPECT_EQ(With(Method::kGet, path, "", "if-none-match", "\"x\"").status, 200);
        const std::string body = fmt::format(fmt::runtime(pattern), "changed");
        ASSERT_EQ(house.Ask(Method::kPatch, path, body, "ada").status, 200);
        EXPECT_EQ(With(Method::kGet, path, "", "if-none-match", tag).status, 200);
    }
}

// What a code looks like changes with its uses and with time; its version does not, so nobody's
// edit is refused for it.
TEST_P(Conditional, UseAndTimeChangeTheTagAndNotTheVersion) {
    const auto code = house.Create(R"({"max_uses": 5, "expires_days": 1})");
    const std::string path = fmt::format("/api/invite-codes/{}/", code.at("id").as_int64());
    const std::string fresh = TagOf(path);
    ASSERT_EQ(house.Register(code.at("code").as_string(), "ann").status, 201);
    EXPECT_EQ(With(Method::kGet, path, "", "if-none-match", fresh).status, 200);
    const std::string used = TagOf(path);
    EXPECT_EQ(With(Method::kPost, path + "revoke/", "", "if-match", fresh).status, 200);
    ASSERT_EQ(house.Post(path + "reactivate/", "", "ada").status, 200);
    const std::string back = TagOf(path);
    house.clock.Pass(2 * kDay);
    EXPECT_EQ(With(Method::kGet, path, "", "if-none-match", back).status, 200) << "it has expired";
}

// A role on an aircraft is part of the person.
TEST_P(Conditional, AnAircraftRoleIsAChangeOfThePerson) {
    const std::string path = "/api/users/" + house.AccountId("vic") + "/";
    const std::string seen = TagOf(path);
    const Actor ada = house.ActorOf("ada");
    ASSERT_TRUE(SetAircraftRole(ada.Ask<Permission::kUsersWrite>().value(), house.world,
                                house.AccountId("vic"), "N12345", "pilot")
                    .ok());
    EXPECT_EQ(With(Method::kPatch, path, R"({"name": "x"})", "if-match", seen).status, 412);
}

}  // namespace
}  // namespace ostiary
