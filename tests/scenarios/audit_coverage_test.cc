// AUD-1: whatever is done through whichever door is remembered by exactly one event, with who did
// it, from where and through which door; what is refused leaves the refusal's own and nothing else.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "core/audit_verify.h"
#include "support/deeds.h"

namespace ostiary {
namespace {

using enum EventKind;

constexpr std::string_view kFromOutside = "192.0.2.1";
constexpr auto kPost = Method::kPost;
constexpr auto kPatch = Method::kPatch;
constexpr auto kDelete = Method::kDelete;
constexpr auto kGet = Method::kGet;

class AuditCoverage : public testing::TestWithParam<DatabaseKind> {
protected:
    AuditCoverage() {
        std::string path =
            (std::filesystem::temp_directory_path() / "ostiary-audit-XXXXXX").string();
        if (mkdtemp(path.data()) == nullptr) throw std::runtime_error("no folder for the test");
        house.config.data = path;
    }
    ~AuditCoverage() override { std::filesystem::remove_all(house.config.data); }

    std::vector<Event> Since(std::int64_t id) {
        std::vector<Event> events = house.Events();
        std::erase_if(events, [&](const Event& event) { return event.id <= id; });
        return events;
    }
    std::int64_t Newest() { return house.Events(1).at(0).id; }
    static std::string KindsOf(const std::vector<Event>& events) {
        std::string kinds;
        for (const Event& event : events) kinds += std::string(NameOf(event.kind)) + " ";
        return kinds;
    }

    House house{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, AuditCoverage, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(AuditCoverage, EveryDeedIsOneEventWithItsActorItsAddressAndItsDoor) {
    Stage stage(house);
    ASSERT_EQ(stage.browser.LogIn("ada").status, 303);
    std::set<EventKind> seen;
    for (const Deed& deed : EveryDeed()) {
        SCOPED_TRACE(NameOf(deed.kind));
        const auto act = deed.prepare(stage);
        const std::int64_t before = Newest();
        act();
        const auto events = Since(before);
        std::string kinds = std::string(NameOf(deed.kind)) + " ";
        for (const EventKind kind : deed.besides) kinds += std::string(NameOf(kind)) + " ";
        ASSERT_EQ(KindsOf(events), kinds);
        const Event& event = events[0];
        EXPECT_EQ(event.actor_name, deed.actor);
        EXPECT_EQ(NameOf(event.origin.door), NameOf(deed.door));
        const bool from_outside = deed.door != Door::kConsole && deed.door != Door::kProgram;
        EXPECT_EQ(event.origin.address, from_outside ? kFromOutside : "");
        EXPECT_EQ(event.at, house.clock.Now());
        seen.insert(deed.kind);
    }
    for (const EventRow& row : kEventRows)
        EXPECT_TRUE(seen.contains(row.kind)) << row.name << " is produced by no deed of this test";
}

TEST_P(AuditCoverage, WhatIsRefusedLeavesNothingButTheRefusal) {
    Stage stage(house);
    const std::string used = stage.Code();
    const std::string word(house.Get("/api/invite-codes/" + used + "/", "ada").Text("code"));
    ASSERT_EQ(house.Register(word, "una").status, 201);
    const std::string vic = house.AccountId("vic"), ada = house.AccountId("ada");
    const std::string codes = "/api/invite-codes/";
    struct Refused {
        Method method;
        std::string path, body, as, kinds;
    };
    for (const Refused& one : std::vector<Refused>{
             {kPost, codes, R"({"role": "captain"})", "ada", ""},
             {kPost, codes, "{}", "vic", ""},
             {kPost, codes, "{}", "", ""},
             {kPatch, codes + used + "/", R"({"notes": "x"})", "ada", ""},
             {kDelete, codes + used + "/", "", "ada", ""},
             {kPost, codes + "999999/revoke/", "", "ada", ""},
             {kPost, codes + used + "/approve/", "", "max", ""},
             {kPatch, "/api/users/" + vic + "/", R"({"role": "captain"})", "ada", ""},
             {kPatch, "/api/users/" + vic + "/", R"({"role": "staff"})", "max", ""},
             {kPost, "/api/users/" + ada + "/deactivate/", "", "ada", ""},
             {kPost, "/api/aircraft/", R"({"registration": "N12345"})", "ada", ""},
             {kPost, "/api/templates/", R"({"name": ""})", "ada", ""},
             {kPost, "/api/tokens/", R"({"scopes": ["everything"]})", "ada", ""},
             {kPost, "/api/webhooks/", R"({"url": "ftp://x"})", "ada", ""},
             {kPost, "/api/redemptions/", R"({"code": "NEVERWAS", "subject": "x"})", "ada", ""},
             {kGet, "/api/audit/", "", "max", ""},
             {kGet, "/api/audit/?from=yesterday", "", "ada", ""},
             {kGet, "/api/audit/export.csv", "", "sam", ""},
             {kGet, "/api/audit/export.json?code=x", "", "ada", ""},
             {kGet, "/api/audit/verify/?from=0", "", "ada", ""},
             {kPost, "/api/auth/token/", R"({"username": "max", "password": "wrong"})", "",
              "session.refused "},
         }) {
        const std::int64_t before = Newest();
        const Answer answer = house.Ask(one.method, one.path, one.body, one.as);
        EXPECT_GE(answer.status, 400) << one.path;
        EXPECT_EQ(KindsOf(Since(before)), one.kinds) << one.path << " " << one.body;
    }
}

}  // namespace
}  // namespace ostiary
