// CODE-11: somebody leaves, and the codes they made are kept, revoked or handed over; a code never
// gives more than whoever stands behind it may.

#include "core/departures.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>

#include "core/accounts.h"
#include "core/recalls.h"
#include "support/house.h"

namespace ostiary {
namespace {

class Leaving : public testing::TestWithParam<DatabaseKind> {
protected:
    static std::string IdOf(const boost::json::object& code) {
        return std::to_string(code.at("id").as_int64());
    }
    Answer Leave(std::string_view username, const std::string& body) {
        return house.Post("/api/users/" + house.AccountId(username) + "/deactivate/", body, "ada");
    }
    std::string About(const boost::json::object& code, const char* what) {
        return house.Get("/api/invite-codes/" + IdOf(code) + "/", "ada").Text(what);
    }
    Answer Redeem(const boost::json::object& code) {
        return house.Post("/api/redemptions/",
                          fmt::format(R"({{"code": "{}", "subject": "guest"}})",
                                      std::string(code.at("code").as_string())),
                          "ada");
    }
    std::int64_t Left(std::string_view username) {
        const Actor ada = house.ActorOf("ada");
        return CountLeftCodes(ada.Ask<Permission::kUsersWrite>().value(), house.world,
                              house.AccountId(username))
            .value();
    }
    std::size_t Count(EventKind kind) {
        const auto events = house.Events();
        return static_cast<std::size_t>(std::ranges::count(events, kind, &Event::kind));
    }
    bool IsActive(std::string_view username) {
        return house.Get("/api/users/" + house.AccountId(username) + "/", "ada")
            .At("is_active")
            .as_bool();
    }

    House house{GetParam()};
};

INSTANTIATE_TEST_SUITE_P(EveryDatabase, Leaving, testing::ValuesIn(kEveryDatabase), NameOfDatabase);

TEST_P(Leaving, OnlyCodesThatSomebodyMayYetJoinWithAreCounted) {
    const auto off = house.Create("{}", "max");
    house.Create(R"({"expires_days": 1})", "max");
    house.Create(R"({"role": "admin"})", "max");
    house.Create("{}", "ada");
    house.Post("/api/invite-codes/" + IdOf(off) + "/revoke/", "", "ada");
    EXPECT_EQ(Left("max"), 2);
    house.clock.Pass(2 * kDay);
    EXPECT_EQ(Left("max"), 1);
}

TEST_P(Leaving, KeptCodesWaitForApprovalOnceSomebodyComesWithOne) {
    const auto code = house.Create(R"({"max_uses": 5})", "max");
    ASSERT_EQ(Leave("max", "").status, 200);
    EXPECT_EQ(About(code, "status"), "active");
    EXPECT_EQ(Redeem(code).status, 400);
    EXPECT_EQ(About(code, "status"), "pending");
}

TEST_P(Leaving, RevokedCodesAreARecallThatCanBeUndone) {
    const auto code = house.Create(R"({"max_uses": 5})", "max");
    ASSERT_EQ(Leave("max", R"({"codes": "revoke"})").status, 200);
    EXPECT_FALSE(IsActive("max"));
    EXPECT_EQ(About(code, "status"), "inactive");
    const Answer recalls = house.Get("/api/recalls/", "ada");
    EXPECT_EQ(recalls.Text("results.0.subject_name"), "max");
    EXPECT_EQ(recalls.Number("results.0.codes"), 1);
    ASSERT_EQ(
        house.Post("/api/recalls/" + recalls.Text("results.0.id") + "/undo/", "", "ada").status,
        200);
    EXPECT_EQ(About(code, "status"), "active");
}

// CODE-11
TEST_P(Leaving, HandedOverCodesWorkUnderWhoeverTookThem) {
    const auto code = house.Create(R"({"label": "Crew", "max_uses": 5})", "max");
    const auto other = house.Create(R"({"max_uses": 5})", "ada");
    const auto off = house.Create("{}", "max");
    house.Post("/api/invite-codes/" + IdOf(off) + "/revoke/", "", "ada");
    const Answer left = Leave("max", R"({"codes": "hand-over", "hand_over_to": "gil"})");
    ASSERT_EQ(left.status, 200) << left.body;
    EXPECT_FALSE(IsActive("max"));
    EXPECT_EQ(About(code, "created_by"), "gil");
    EXPECT_EQ(About(code, "status"), "active");
    EXPECT_EQ(About(off, "created_by"), "max") << "nobody needs it";
    EXPECT_EQ(About(other, "created_by"), "ada");
    EXPECT_EQ(Redeem(code).status, 201);
    EXPECT_EQ(Count(EventKind::kCodeHandedOver), 1u);
    EXPECT_EQ(Left("max"), 0);
    EXPECT_EQ(Left("gil"), 1);
    const Answer list = house.Get("/api/invite-codes/?created_by=gil", "ada");
    EXPECT_EQ(list.Rows().size(), 1u) << "in the lists, too";
    EXPECT_EQ(house.Get("/api/invite-codes/?created_by=max", "ada").Rows().size(), 1u);
}

// APPR-1
TEST_P(Leaving, ApproversAreToldOnceOfWhatWaitsAfterAHandOver) {
    for (int i = 0; i < 3; ++i) house.Create(R"({"role": "admin", "max_uses": 5})");
    ASSERT_EQ(house
                  .Ask(Method::kPatch, "/api/users/" + house.AccountId("sam") + "/",
                       R"({"is_superuser": true})", "ada")
                  .status,
              200);
    const Actor ada = house.ActorOf("ada");
    const auto permit = ada.Ask<Permission::kUsersWrite>().value();
    ASSERT_EQ(HandOverCodes(permit, house.world, ada.account_id, "gil")->waiting, 3u);
    EXPECT_EQ(house.database.Texts("SELECT account_id FROM notification"),
              std::vector{house.AccountId("sam")});
}

// CODE-11, PERM-5
TEST_P(Leaving, WhatTheHeirMayNotGrantWaitsForApproval) {
    const auto high = house.Create(R"({"role": "admin", "max_uses": 5})");
    const auto approved = house.Create(R"({"role": "admin", "max_uses": 5})", "max");
    const auto low = house.Create(R"({"max_uses": 5})");
    ASSERT_EQ(house.Post("/api/invite-codes/" + IdOf(approved) + "/approve/", "", "ada").status,
              200);
    const Actor ada = house.ActorOf("ada");
    const auto permit = ada.Ask<Permission::kUsersWrite>().value();
    const auto done = HandOverCodes(permit, house.world, ada.account_id, "gil");
    ASSERT_TRUE(done.ok()) << done.error().reason;
    EXPECT_EQ(done->codes, 2u);
    EXPECT_EQ(done->waiting, 1u);
    EXPECT_EQ(About(high, "status"), "pending");
    EXPECT_EQ(About(low, "status"), "active");
    EXPECT_EQ(Redeem(high).status, 400);
    ASSERT_TRUE(HandOverCodes(permit, house.world, house.AccountId("max"), "gil").ok());
    EXPECT_EQ(About(approved, "status"), "active") << "somebody else vouches for it";

    house.config.approvals = ApprovalRule::kNever;
    const auto last = house.Create(R"({"role": "admin", "label": "Last", "max_uses": 5})");
    const auto refused = HandOverCodes(permit, house.world, ada.account_id, "gil");
    ASSERT_EQ(refused->spared.size(), 1u);
    EXPECT_EQ(refused->spared[0].reason, "role.exceeds");
    EXPECT_EQ(About(last, "created_by"), "ada");
}

TEST_P(Leaving, AnHeirMustBeSomebodyWhoMayMakeCodes) {
    const auto reason_of = [&](const std::string& heir) {
        return Leave("max", fmt::format(R"({{"codes": "hand-over", "hand_over_to": "{}"}})", heir))
            .Text("code");
    };
    house.Create("{}", "max");
    EXPECT_EQ(reason_of("vic"), "heir.may_not");
    EXPECT_EQ(reason_of("nobody"), "account.unknown");
    EXPECT_EQ(reason_of("max"), "heir.same");
    EXPECT_EQ(reason_of(""), "heir.required");
    ASSERT_EQ(Leave("sam", "").status, 200);
    EXPECT_EQ(reason_of("sam"), "heir.inactive");
    EXPECT_EQ(Leave("max", R"({"codes": "burn"})").Text("code"), "codes.unknown");
    EXPECT_TRUE(IsActive("max")) << "nothing is done before all is right";
}

// GATE-3: the tree remembers who brought somebody, whoever the code is handed to.
TEST_P(Leaving, TheTreeKeepsWhoBroughtSomebodyWhenACodeIsHandedOver) {
    const auto code = house.Create(R"({"max_uses": 5})", "max");
    ASSERT_EQ(house.Register(code.at("code").as_string(), "ann").status, 201);
    ASSERT_EQ(Leave("max", R"({"codes": "hand-over", "hand_over_to": "gil"})").status, 200);
    ASSERT_EQ(house.Register(code.at("code").as_string(), "bob").status, 201);
    const auto brought = [&](std::string_view who) {
        std::vector<std::string> names;
        const auto rows =
            house.Get("/api/users/" + house.AccountId(who) + "/brought/", "ada").Rows();
        for (const auto& one : rows) names.emplace_back(one.at("username").as_string());
        return names;
    };
    EXPECT_THAT(brought("max"), testing::ElementsAre("ann"));
    EXPECT_THAT(brought("gil"), testing::ElementsAre("bob"));
}

// GATE-3, PERM-4
TEST_P(Leaving, TheTreeIsReadPageByPageAndAManagerSeesTheTeam) {
    const auto code = house.Create(R"({"max_uses": 9, "task_group": "cleaning"})", "max");
    const auto far = house.Create(R"({"max_uses": 9, "task_group": "laundry"})");
    const std::string max = house.AccountId("max");
    std::vector<std::string> joined;
    for (int n = 0; n < 5; ++n) {
        house.clock.Pass(kSecond);
        joined.push_back(fmt::format("guest-{}", n));
        ASSERT_EQ(house.Register(code.at("code").as_string(), joined.back()).status, 201);
    }
    ASSERT_EQ(house.Register(far.at("code").as_string(), "zoe").status, 201);
    std::vector<std::string> read;
    std::string cursor;
    do {
        const Answer page = house.Get("/api/users/" + max + "/brought/?page_size=2" +
                                          (cursor.empty() ? "" : "&cursor=" + cursor),
                                      "max");
        ASSERT_EQ(page.status, 200) << page.body;
        for (const auto& one : page.Rows()) read.emplace_back(one.at("username").as_string());
        cursor = page.At("next").is_string() ? page.Text("next") : "";
    } while (!cursor.empty());
    EXPECT_EQ(read, joined);

    const auto roots = [&](std::string_view who) {
        std::vector<std::string> names;
        const auto rows = house.Get("/api/users/brought/?page_size=100", who).Rows();
        for (const auto& one : rows)
            names.push_back(fmt::format("{} {}", std::string(one.at("username").as_string()),
                                        one.at("brought").as_int64()));
        return names;
    };
    EXPECT_THAT(roots("ada"), testing::IsSupersetOf({"ada 1", "max 5", "gil 0"}));
    EXPECT_THAT(roots("max"), testing::ElementsAre("max 5"));
    EXPECT_EQ(house.Get("/api/users/" + house.AccountId("zoe") + "/brought/", "max").status, 404);
    EXPECT_EQ(house.Get("/api/users/" + max + "/brought/", "vic").status, 403);
}

}  // namespace
}  // namespace ostiary
