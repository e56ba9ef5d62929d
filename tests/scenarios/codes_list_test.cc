// The list of codes through its verbs and the API: what it shows is true at that very moment.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <map>

#include "core/codes.h"
#include "outbox/housekeeping.h"
#include "support/house.h"
#include "util/text.h"

namespace ostiary {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class CodesList : public testing::TestWithParam<DatabaseKind> {
protected:
    std::vector<std::string> Labels(std::string_view query) {
        const Answer answer = house.Get(fmt::format("/api/invite-codes/?{}", query), "ada");
        EXPECT_EQ(answer.status, 200) << answer.body;
        std::vector<std::string> labels;
        for (const auto& row : answer.Rows()) labels.emplace_back(row.at("label").as_string());
        return labels;
    }
    std::map<std::string, std::int64_t> TallyOf(const CodeScope& scope) {
        const Actor ada = house.ActorOf("ada");
        std::map<std::string, std::int64_t> codes;
        for (const CodeTally& row :
             ostiary::TallyOf(ada.Ask<Permission::kCodesRead>().value(), house.world, scope)
                 .value())
            codes[std::string(NameOf(row.status))] += row.codes;
        return codes;
    }

    House house{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, CodesList, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

// CODE-4
TEST_P(CodesList, AFilterByStatusKnowsOfARedemptionAtOnce) {
    house.Create(R"({"label": "twice", "max_uses": 2, "code": "TWICE-26"})");
    EXPECT_THAT(Labels("status=active"), ElementsAre("twice"));
    ASSERT_EQ(house.Register("TWICE-26", "ann").status, 201);
    EXPECT_THAT(Labels("status=warning"), ElementsAre("twice"));
    EXPECT_THAT(Labels("status=active"), IsEmpty());
    ASSERT_EQ(house.Register("TWICE-26", "bob").status, 201);
    EXPECT_THAT(Labels("status=exhausted"), ElementsAre("twice"));
    EXPECT_THAT(Labels("status=usable"), IsEmpty());
}

// CODE-4: at expires_at it is expired, and not a millisecond before.
TEST_P(CodesList, AFilterByStatusTurnsAtTheVeryInstant) {
    const auto code = house.Create(R"({"label": "a day", "expires_days": 1})");
    const Millis end = *ParseMoment(std::string_view(code.at("expires_at").as_string()), "");
    house.clock.SetTo(end - 1);
    EXPECT_THAT(Labels("status=usable"), ElementsAre("a day"));
    EXPECT_THAT(Labels("status=expired"), IsEmpty());
    house.clock.SetTo(end);
    EXPECT_THAT(Labels("status=usable"), IsEmpty());
    EXPECT_THAT(Labels("status=expired"), ElementsAre("a day"));
}

TEST_P(CodesList, ATallyCountsWhatThereIsNow) {
    house.Create(R"({"label": "a day", "expires_days": 1, "task_group": "cleaning"})");
    house.Create(R"({"label": "for good", "max_uses": 0, "code": "FOR-GOOD"})");
    const CodeScope cleaning{false, "cleaning", "nobody"};
    EXPECT_EQ(TallyOf(CodeScope::All()), (std::map<std::string, std::int64_t>{{"active", 2}}));
    EXPECT_EQ(TallyOf(cleaning), (std::map<std::string, std::int64_t>{{"active", 1}}));
    house.clock.Pass(kDay);
    EXPECT_EQ(TallyOf(cleaning), (std::map<std::string, std::int64_t>{{"expired", 1}}));
    EXPECT_EQ(TallyOf(CodeScope::All()),
              (std::map<std::string, std::int64_t>{{"active", 1}, {"expired", 1}}));
}

TEST_P(CodesList, HousekeepingLeavesNothingToCatchUpWith) {
    house.Create(R"({"max_uses": 1, "code": "ONCE-26"})");
    ASSERT_EQ(house.Register("ONCE-26", "ann").status, 201);
    const auto is_behind = [&] {
        bool behind = false;
        house.store->Read([&](Work& work) { behind = work.codes.IsBehind(house.clock.Now()); });
        return behind;
    };
    EXPECT_TRUE(is_behind());
    outbox::SettleLists(house.world);
    EXPECT_FALSE(is_behind());
}

// API-6
TEST_P(CodesList, ACursorThatIsNoneIsAnErrorForAProgram) {
    const Answer answer = house.Get("/api/invite-codes/?cursor=nonsense", "ada");
    EXPECT_EQ(answer.status, 400);
    EXPECT_TRUE(answer.At("fields.cursor").is_array()) << answer.body;
    EXPECT_NE(answer.body.find("cursor.invalid"), std::string::npos) << answer.body;
}

TEST_P(CodesList, WhatCannotBeSearchedForIsNamed) {
    for (const char* query : {"search=%FF%FE", "search=a%00b", "tag=%0A", "created_by=%C3"}) {
        const Answer answer = house.Get(fmt::format("/api/invite-codes/?{}", query), "ada");
        EXPECT_EQ(answer.status, 400) << query << answer.body;
    }
    EXPECT_EQ(house.Get("/api/invite-codes/?search=" + std::string(201, 'x'), "ada").status, 400);
}

TEST_P(CodesList, TheIdsOfAllThatIsFoundComeInChunks) {
    for (int i = 0; i < 5; ++i) house.Create(fmt::format(R"({{"label": "spring {}"}})", i));
    house.Create(R"({"label": "autumn"})");
    const Actor ada = house.ActorOf("ada");
    CodeQuery query;
    query.scope = CodeScope::All();
    query.search = "spring";
    std::size_t seen = 0;
    for (CodeId after = 0;;) {
        const auto ids =
            ListCodeIds(ada.Ask<Permission::kCodesRead>().value(), house.world, query, after, 2)
                .value();
        seen += ids.size();
        if (ids.size() < 2) break;
        after = ids.back();
    }
    EXPECT_EQ(seen, 5u);
}

}  // namespace
}  // namespace ostiary
