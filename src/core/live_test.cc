#include "core/live.h"

#include <gmock/gmock.h>

namespace ostiary {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Ear final : Watcher {
    bool Tell(const News& one) override {
        heard.push_back(one);
        return is_there;
    }
    bool KeepAlive() override { return is_there; }
    void End() override { has_ended = true; }

    std::vector<News> heard;
    bool is_there = true, has_ended = false;
};

Happening OfCode(std::int64_t id, CodeId code, std::string task_group, std::string creator = "") {
    Happening one;
    one.id = id;
    one.kind = EventKind::kCodeRedeemed;
    one.code_id = code;
    one.task_group = std::move(task_group);
    one.creator_id = std::move(creator);
    return one;
}

struct Live1 : ::testing::Test {
    std::shared_ptr<Ear> Join(std::string account, CodeScope scope, std::int64_t since = 0) {
        auto ear = std::make_shared<Ear>();
        EXPECT_TRUE(feed.Join(std::move(account), std::move(scope), since, ear));
        return ear;
    }
    void Publish(std::vector<Happening> happenings) { feed.Publish(happenings); }

    LiveFeed feed;
};

TEST_F(Live1, EverybodyIsToldOfTheCodesInTheirScopeAndOfNoOthers) {
    const auto all = Join("ada", CodeScope::All());
    const auto team = Join("max", {false, "laundry", "max"});
    Publish({OfCode(7, 3, "laundry"), OfCode(8, 1, "cleaning"), OfCode(9, 3, "laundry"),
             OfCode(10, 5, "cleaning", "max")});
    ASSERT_EQ(all->heard.size(), 1U);
    EXPECT_THAT(all->heard[0].codes, ElementsAre(1, 3, 5));
    EXPECT_EQ(all->heard[0].last_event, 10);
    ASSERT_EQ(team->heard.size(), 1U);
    EXPECT_THAT(team->heard[0].codes, ElementsAre(3, 5));
    Publish({OfCode(11, 1, "cleaning")});
    EXPECT_EQ(team->heard.size(), 1U);
}

TEST_F(Live1, WhatIsAboutNoCodeIsToldToThoseWhoSeeEverything) {
    const auto all = Join("ada", CodeScope::All());
    const auto team = Join("max", {false, "", "max"});
    Happening login;
    login.id = 4;
    login.kind = EventKind::kLoggedIn;
    Publish({login});
    ASSERT_EQ(all->heard.size(), 1U);
    EXPECT_THAT(all->heard[0].codes, ElementsAre(0));
    EXPECT_THAT(team->heard, IsEmpty());
}

TEST_F(Live1, WhoWasAwayIsToldWhatTheyMissed) {
    feed.PublishTooMuch(100);
    Publish({OfCode(101, 1, "laundry"), OfCode(102, 2, "laundry"), OfCode(103, 3, "cleaning")});
    EXPECT_EQ(feed.LastEvent(), 103);
    const auto some = Join("max", {false, "laundry", ""}, 101);
    ASSERT_EQ(some->heard.size(), 1U);
    EXPECT_THAT(some->heard[0].codes, ElementsAre(2));
    EXPECT_THAT(Join("max", {false, "laundry", ""}, 102)->heard, IsEmpty());
    EXPECT_THAT(Join("max", {false, "laundry", ""})->heard, IsEmpty());
    const auto long_away = Join("max", {false, "laundry", ""}, 99);
    ASSERT_EQ(long_away->heard.size(), 1U);
    EXPECT_THAT(long_away->heard[0].codes, IsEmpty());  // anything may look different
    EXPECT_EQ(long_away->heard[0].last_event, 103);
}

TEST_F(Live1, OnlyTheLatestIsRemembered) {
    for (std::int64_t id = 1; id <= 1500; ++id) Publish({OfCode(id, id, "laundry")});
    const auto known = Join("ada", CodeScope::All(), 1400);
    ASSERT_EQ(known->heard.size(), 1U);
    EXPECT_EQ(known->heard[0].codes.size(), 100U);
    EXPECT_THAT(Join("ada", CodeScope::All(), 400)->heard.at(0).codes, IsEmpty());
}

TEST_F(Live1, WhoseRightsChangeMustAskAnewAndNobodyElse) {
    const auto max = Join("max", {false, "laundry", "max"});
    const auto ada = Join("ada", CodeScope::All());
    Happening dismissed;
    dismissed.kind = EventKind::kAccountDeactivated;
    dismissed.subject_id = "max";
    Publish({dismissed});
    EXPECT_TRUE(max->has_ended);
    EXPECT_FALSE(ada->has_ended);
    EXPECT_EQ(feed.Count(), 1U);
}

TEST_F(Live1, WhoHasGoneIsForgotten) {
    const auto ear = Join("ada", CodeScope::All());
    ear->is_there = false;
    feed.KeepAlive();
    EXPECT_EQ(feed.Count(), 0U);
}

TEST_F(Live1, OneAccountCannotTakeAllPlaces) {
    for (std::size_t i = 0; i < LiveFeed::kMostOfOne; ++i) Join("ada", CodeScope::All());
    EXPECT_FALSE(feed.Join("ada", CodeScope::All(), 0, std::make_shared<Ear>()));
    Join("max", CodeScope::All());
}

TEST_F(Live1, AtTheEndEverybodyLeaves) {
    const auto before = Join("ada", CodeScope::All());
    feed.EndAll();
    EXPECT_TRUE(before->has_ended);
    EXPECT_TRUE(Join("max", CodeScope::All())->has_ended);
    EXPECT_EQ(feed.Count(), 0U);
}

}  // namespace
}  // namespace ostiary
