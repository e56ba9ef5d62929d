#include "pages/notice.h"

#include <gtest/gtest.h>

#include "support/no_store.h"

namespace ostiary::pages {
namespace {

class Hands final : public Clock {
public:
    Millis now = 1'760'000'000'000;
    Millis Now() const override { return now; }
};

class NoticeTest : public testing::Test {
protected:
    // What the browser sends back on its next request.
    Request After(const Response& response) {
        for (const auto& [name, value] : response.headers)
            if (name == "set-cookie") {
                Request request;
                request.headers.emplace_back("cookie", value.substr(0, value.find(';')));
                return request;
            }
        return {};
    }

    NoStore store_;
    Hands clock_;
    SystemRandom random_;
    Vault vault_{Vault::Key{}};
    Passwords passwords_{8192, 1, 1};
    Config config_;
    World world_{store_, clock_, random_, vault_, passwords_, config_};
};

TEST_F(NoticeTest, IsToldOnTheNextPage) {
    const Response response =
        SeeOtherAndTell(world_, "/account/", NoticeKind::kCodeSaved, "Frühling <1>");
    EXPECT_EQ(response.status, 303);
    const auto notice = ToldTo(After(response), world_);
    ASSERT_TRUE(notice);
    EXPECT_EQ(notice->kind, NoticeKind::kCodeSaved);
    EXPECT_EQ(notice->subject, "Frühling <1>");
}

TEST_F(NoticeTest, WaitsForThePageThatThePersonOpens) {
    const Request page = After(SeeOtherAndTell(world_, "/account/", NoticeKind::kCodeSaved, "x"));
    for (const char* header : {"hx-request", "x-requested-with"}) {
        Request part = page;
        part.headers.emplace_back(header, "true");
        EXPECT_FALSE(ToldTo(part, world_)) << header;
    }
    EXPECT_TRUE(ToldTo(page, world_));
}

TEST_F(NoticeTest, IsForgottenAfterTwoMinutes) {
    const Request request =
        After(SeeOtherAndTell(world_, "/account/", NoticeKind::kCodeSaved, "x"));
    clock_.now += 3 * kMinute;
    EXPECT_FALSE(ToldTo(request, world_));
}

TEST_F(NoticeTest, NobodyElseCanWriteOne) {
    Request request = After(SeeOtherAndTell(world_, "/account/", NoticeKind::kCodeSaved, "x"));
    request.headers.back().second += "A";
    EXPECT_FALSE(ToldTo(request, world_));
    request.headers.back().second = "ostiary_notice=9999999999999 1 x";
    EXPECT_FALSE(ToldTo(request, world_));
}

TEST_F(NoticeTest, IsShortenedBetweenCharacters) {
    std::string words;
    for (int i = 0; i < 500; ++i) words += "✈✈";
    const auto notice =
        ToldTo(After(SeeOtherAndTell(world_, "/", NoticeKind::kCodeSaved, words)), world_);
    ASSERT_TRUE(notice);
    EXPECT_LT(notice->subject.size(), 1100u);
    EXPECT_TRUE(notice->subject.ends_with("✈…"));
}

TEST_F(NoticeTest, FormsLeadToOurOwnPagesOnly) {
    const auto next = [](std::string value) {
        return NextOr(Fields({{"next", std::move(value)}}), "/account/");
    };
    EXPECT_EQ(next("/admin/?a=b"), "/admin/?a=b");
    EXPECT_EQ(next(""), "/account/");
    for (const char* evil :
         {"//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"})
        EXPECT_EQ(next(evil).find("evil"), std::string::npos) << evil;
}

}  // namespace
}  // namespace ostiary::pages
