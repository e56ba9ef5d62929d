// Nobody learns from a refusal what there is: not from its text, not from its headers, not from the
// work it took (REG-4, SEC-3).

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>

#include "core/accounts.h"
#include "core/sessions.h"
#include "core/tokens.h"
#include "support/house.h"
#include "util/text.h"

namespace ostiary {
namespace {

using testing::Each;

class Oracle : public testing::TestWithParam<DatabaseKind> {
protected:
    // What an answer says, without what is different every time.
    static std::string Told(const Answer& answer) {
        std::string told = fmt::format("{}\n", answer.status);
        for (const auto& [name, value] : answer.headers)
            if (name != "x-request-id") told += name + ": " + value + "\n";
        auto body = answer.json().as_object();
        body.erase("request_id");
        return told + boost::json::serialize(body);
    }

    // One of every kind that cannot be used now, and one that never was.
    std::vector<std::string> Unusable() {
        const auto word = [](const boost::json::object& code) {
            return std::string(code.at("code").as_string());
        };
        const auto used = house.Create("{}"), off = house.Create("{}");
        EXPECT_EQ(house.Register(word(used), "first").status, 201);
        house.Post(fmt::format("/api/invite-codes/{}/revoke/", off.at("id").as_int64()), "", "ada");
        const auto deleted = house.Create("{}"), expired = house.Create(R"({"expires_days": 1})");
        house.Ask(Method::kDelete,
                  fmt::format("/api/invite-codes/{}/", deleted.at("id").as_int64()), "", "ada");
        const auto pending = house.Create(R"({"role": "admin"})", "max");
        const std::string pending_word =
            house.Get(fmt::format("/api/invite-codes/{}/", pending.at("id").as_int64()), "ada")
                .Text("code");
        const auto later = house.Create(
            fmt::format(R"({{"starts_at": "{}"}})", FormatRfc3339(house.clock.Now() + 9 * kDay)));
        house.clock.Pass(2 * kDay);
        return {"NEVERWAS",    word(used),   word(off),  word(deleted),
                word(expired), pending_word, word(later)};
    }

    Header TillToken() {
        const Actor console = Actor::Console("test");
        return {"authorization",
                "Bearer " + CreateTokenFor(console.Ask<Permission::kTokensWrite>().value(),
                                           house.world, "ada", "till", {"redeem"}, "")
                                ->token};
    }

    House house{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, Oracle, testing::ValuesIn(kEveryDatabase), NameOfDatabase);

TEST_P(Oracle, EveryUnusableCodeIsRefusedInTheSameWords) {  // REG-4
    const auto codes = Unusable();
    const Header till = TillToken();
    std::vector<std::string> validated, registered, redeemed;
    int guest = 0;
    for (const std::string& code : codes) {
        validated.push_back(Told(
            house.Post("/api/invite-codes/validate/", fmt::format(R"({{"code": "{}"}})", code))));
        registered.push_back(Told(house.Register(code, fmt::format("guest{}", ++guest))));
        redeemed.push_back(
            Told(house.Ask(Method::kPost, "/api/redemptions/",
                           fmt::format(R"({{"code": "{}", "subject": "s"}})", code), "", {till})));
    }
    EXPECT_THAT(validated, Each(validated.front()));
    EXPECT_THAT(registered, Each(registered.front()));
    EXPECT_THAT(redeemed, Each(redeemed.front()));
}

// REG-11: without a usable code nobody learns whose name or address is taken.
TEST_P(Oracle, WithoutACodeNamesAreNotLookedUp) {
    const auto ask = [&](const char* name) { return Told(house.Register("NEVERWAS", name)); };
    EXPECT_EQ(ask("ada"), ask("nobody"));
}

TEST_P(Oracle, LogInsOfKnownAndUnknownNamesAreRefusedInTheSameWords) {  // SEC-3
    const Actor ada = house.ActorOf("ada");
    ASSERT_TRUE(DeactivateAccount(ada.Ask<Permission::kUsersWrite>().value(), house.world,
                                  house.AccountId("vic"))
                    .ok());
    std::vector<std::string> told;
    for (const char* name : {"ada", "ADA@ostiary.test", "nobody", "nobody@example.org", "vic", ""})
        told.push_back(
            Told(house.Post("/api/auth/token/",
                            fmt::format(R"({{"username": "{}", "password": "wrong"}})", name))));
    EXPECT_THAT(told, Each(told.front()));
}

// The same work: a password is hashed whether or not there is somebody to compare it with. A hash
// takes so much longer than all the rest that half of the time tells it from none.
TEST_P(Oracle, ALogInHashesForNobodyToo) {  // SEC-3
    Passwords slow(32 * 1024, 2, 1);
    World world{house.world.store, house.clock, house.random, house.vault, slow, house.config};
    const Actor ada = house.ActorOf("ada");
    ASSERT_TRUE(SetPassword(ada.Ask<Permission::kUsersWrite>().value(), world,
                            house.AccountId("max"), "Another-4-heron!")
                    .ok());
    // By turns, and of each the quickest: whatever else runs here slows both or neither.
    const auto once = [&](const char* name) {
        const auto start = std::chrono::steady_clock::now();
        EXPECT_FALSE(CheckPassword(world, {}, name, "wrong").ok());
        return std::chrono::steady_clock::now() - start;
    };
    auto known = once("max"), unknown = once("nobody");
    for (int n = 0; n < 9; ++n) {
        known = std::min(known, once("max"));
        unknown = std::min(unknown, once("nobody"));
    }
    EXPECT_GT(2 * unknown, known);
    EXPECT_GT(2 * known, unknown);
}

}  // namespace
}  // namespace ostiary
