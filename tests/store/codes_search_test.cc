// Searches of lists among very many codes: bounded, and honest about it.

#include <gmock/gmock.h>

#include "store/contract.h"

namespace ostiary {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr int kMany = 1100;

class SearchContract : public Contract {
protected:
    void SetUp() override {
        ASSERT_TRUE(Write([&](Work& work) -> Result<void> {
                        for (int i = 0; i < kMany; ++i) {
                            Code code = MakeCode("SEEK" + std::to_string(10000 + i));
                            code.label = "spring crew " + std::to_string(i);
                            code.role = i % 100 ? "staff" : "viewer";
                            if (i % 2) code.tags = {"odd"};
                            TRY(work.codes.Add(code));
                        }
                        return {};
                    }).ok());
    }
    CodePage Page(const CodeQuery& query) {
        return Read([&](Work& work) { return work.codes.List(query, clock.Now()); });
    }
    std::vector<std::string> Labels(const CodeQuery& query) {
        std::vector<std::string> labels;
        for (const Code& code : Page(query).codes) labels.push_back(code.label);
        return labels;
    }
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, SearchContract, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(SearchContract, TotalsAreExactUpToAThousandFinds) {
    CodeQuery query = EveryCode();
    query.count = true;
    EXPECT_EQ(Page(query).total, kMany);
    EXPECT_FALSE(Page(query).total_is_at_least);
    query.search = "spring";
    EXPECT_EQ(Page(query).total, 1000);
    EXPECT_TRUE(Page(query).total_is_at_least);
    query.role = "viewer";
    EXPECT_EQ(Page(query).total, 11);
    EXPECT_FALSE(Page(query).total_is_at_least);
    query.role.clear();
    query.search = "crew 77";
    EXPECT_EQ(Page(query).total, 11);
    query.search.clear();
    query.tag = "odd";
    EXPECT_EQ(Page(query).total, kMany / 2);
}

TEST_P(SearchContract, FindsAreWalkedToTheLastHoweverManyThereAre) {
    for (const CodeOrder order : {CodeOrder::kNewest, CodeOrder::kOldest}) {
        CodeQuery query = EveryCode();
        query.search = "spring";
        query.order = order;
        query.page_size = 90;
        std::size_t seen = 0;
        CodePage page = Page(query);
        for (;; page = Page(query)) {
            seen += page.codes.size();
            if (page.next.empty()) break;
            query.cursor = page.next;
        }
        EXPECT_EQ(seen, static_cast<std::size_t>(kMany));
        EXPECT_FALSE(page.searched_newest);
        query.cursor = page.previous;
        EXPECT_THAT(Page(query).codes, SizeIs(90));
    }
}

TEST_P(SearchContract, OtherOrdersSortTheNewestFindsAndSaySo) {
    CodeQuery query = EveryCode();
    query.search = "spring";
    query.order = CodeOrder::kLabel;
    query.page_size = 3;
    EXPECT_THAT(Labels(query),
                ElementsAre("spring crew 100", "spring crew 1000", "spring crew 1001"));
    EXPECT_EQ(Page(query).searched_newest, 1000);
    query.search = "crew 77";
    EXPECT_THAT(Labels(query), ElementsAre("spring crew 77", "spring crew 770", "spring crew 771"));
    EXPECT_FALSE(Page(query).searched_newest);
}

TEST_P(SearchContract, ATextTooShortForTheIndexIsLookedForInTheNewestCodes) {
    CodeQuery query = EveryCode();
    query.search = "99";
    query.page_size = 2;
    EXPECT_THAT(Labels(query), ElementsAre("spring crew 1099", "spring crew 999"));
    EXPECT_EQ(Page(query).searched_newest, 1000);
    query.page_size = 100;
    EXPECT_THAT(Labels(query), testing::Not(testing::Contains("spring crew 99")))
        << "it is the hundredth from the start";
}

TEST_P(SearchContract, AllThatIsFoundCanBeGatheredInChunks) {
    CodeQuery query = EveryCode();
    query.search = "SEEK1000";
    const auto by_letters = Read([&](Work& work) { return work.codes.ListIds(query, 0, 100); });
    EXPECT_THAT(by_letters, SizeIs(10));
    query.search = "spring";
    query.tag = "odd";
    CodeId after = 0;
    std::size_t seen = 0;
    for (;;) {
        const auto chunk = Read([&](Work& work) { return work.codes.ListIds(query, after, 200); });
        seen += chunk.size();
        EXPECT_TRUE(std::ranges::is_sorted(chunk));
        if (chunk.size() < 200) break;
        after = chunk.back();
    }
    EXPECT_EQ(seen, static_cast<std::size_t>(kMany / 2));
}

TEST_P(SearchContract, WhatHasChangedIsFoundByItsNewWordsAndNoMoreByTheOld) {
    CodeQuery query = EveryCode();
    query.search = "crew 1099";
    Code code = Page(query).codes.at(0);
    code.label = "autumn";
    code.tags = {"leaf"};
    ASSERT_TRUE(Write([&](Work& work) { work.codes.Save(code); }).ok());
    EXPECT_THAT(Labels(query), IsEmpty());
    query.search = "autumn";
    query.tag = "leaf";
    EXPECT_THAT(Labels(query), ElementsAre("autumn"));
    ASSERT_TRUE(Write([&](Work& work) { work.codes.Delete(code.id, 5); }).ok());
    EXPECT_THAT(Labels(query), IsEmpty());
}

TEST_P(SearchContract, NoTextUpsetsTheIndex) {
    for (const char* text : {"\"\"\"", "a\"b OR c", "***", "NEAR(", "search_key : x", "%%%", "___",
                             "\\\\\\", "---", "日本語", "'''", "a b c"}) {
        CodeQuery query = EveryCode();
        query.search = text;
        query.count = true;
        EXPECT_THAT(Labels(query), IsEmpty()) << text;
        query.search.clear();
        query.tag = text;
        EXPECT_THAT(Labels(query), IsEmpty()) << text;
    }
}

}  // namespace
}  // namespace ostiary
