// Lists of codes: filters, orders, cursors, search, and the status they filter by.

#include <gmock/gmock.h>

#include <algorithm>
#include <random>
#include <set>

#include "core/codes.h"
#include "store/contract.h"

namespace ostiary {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class ListsContract : public Contract {
protected:
    // As the verb does, which looks at what has become due before it lists.
    void CatchUp() {
        while (Read([&](Work& work) { return work.codes.IsBehind(clock.Now()); }))
            ASSERT_TRUE(Write([&](Work& work) { work.codes.CatchUp(clock.Now(), 500); }).ok());
    }
    CodePage Page(const CodeQuery& query) {
        if (!query.status.empty()) CatchUp();
        return Read([&](Work& work) { return work.codes.List(query, clock.Now()); });
    }
    std::vector<std::string> Texts(const CodeQuery& query) {
        std::vector<std::string> texts;
        for (const Code& code : Page(query).codes) texts.push_back(code.code);
        return texts;
    }
    std::vector<std::string> Search(const std::string& text) {
        CodeQuery query = EveryCode();
        query.search = text;
        return Texts(query);
    }
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, ListsContract, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

// Every combination of what a status depends on, at, just before and just after each boundary.
std::vector<Code> EverySortOfCode(Millis now) {
    const std::vector<std::optional<Millis>> moments = {std::nullopt, now - 1, now, now + 1};
    const std::vector<std::pair<std::optional<std::int64_t>, std::int64_t>> uses = {
        {std::nullopt, 0},
        {std::nullopt, 99},
        {1, 0},
        {1, 1},
        {2, 0},
        {2, 1},
        {2, 2},
        {4, 2},
        {4, 3},
        {5, 3},
        {5, 4},
        {5, 5},
        {10, 7},
        {10, 8},
        {1000, 799},
        {1000, 800},
        {1000, 1000}};
    std::vector<Code> codes;
    for (const Approval approval : {Approval::kApproved, Approval::kPending, Approval::kRejected})
        for (const bool active : {true, false})
            for (const auto& starts : moments)
                for (const auto& expires : moments)
                    for (const auto& [max, used] : uses) {
                        Code code = MakeCode("C0DE" + std::to_string(codes.size()));
                        code.approval = approval;
                        if (!active) code.deactivated_at = now - 5;
                        code.starts_at = starts;
                        code.expires_at = expires;
                        code.max_uses = max;
                        code.used_count = used;
                        codes.push_back(code);
                    }
    return codes;
}

// CODE-4
TEST_P(ListsContract, SqlAndTheFunctionAgreeOnTheStatusAtEveryBoundary) {
    const Millis now = clock.Now();
    ASSERT_TRUE(Write([&](Work& work) -> Result<void> {
                    for (const Code& code : EverySortOfCode(now)) TRY(work.codes.Add(code));
                    return {};
                }).ok());
    std::size_t seen = 0;
    const auto walk = [&](const std::string& status, auto expected) {
        CodeQuery query = EveryCode();
        query.status = status;
        query.page_size = 10'000;
        query.count = true;
        const CodePage page = Page(query);
        EXPECT_EQ(page.total, static_cast<std::int64_t>(page.codes.size()));
        EXPECT_FALSE(page.codes.empty()) << status;
        for (const Code& code : page.codes)
            EXPECT_TRUE(expected(StatusAt(code, now))) << status << code.code;
        return page.codes.size();
    };
    for (int number = 0; number <= static_cast<int>(CodeStatus::kActive); ++number) {
        const auto status = static_cast<CodeStatus>(number);
        seen +=
            walk(std::string(NameOf(status)), [&](CodeStatus found) { return found == status; });
    }
    EXPECT_EQ(seen, EverySortOfCode(now).size());
    const auto usable = walk("usable", IsUsable);
    EXPECT_EQ(usable, walk("active", [](CodeStatus s) { return s == CodeStatus::kActive; }) +
                          walk("warning", [](CodeStatus s) { return s == CodeStatus::kWarning; }));
}

// CODE-4
TEST_P(ListsContract, UsesAreGivenExactlyWhereTheStatusIsUsable) {
    const Millis now = clock.Now();
    std::vector<CodeId> ids;
    ASSERT_TRUE(Write([&](Work& work) -> Result<void> {
                    ids.clear();
                    for (const Code& code : EverySortOfCode(now))
                        ids.push_back(TRY(work.codes.Add(code)));
                    return {};
                }).ok());
    ASSERT_TRUE(Write([&](Work& work) {
                    for (const CodeId id : ids) {
                        const bool usable = IsUsable(StatusAt(*work.codes.Find(id), now));
                        EXPECT_EQ(work.codes.TakeUses(id, 1, now), usable ? 1 : 0) << id;
                    }
                }).ok());
}

TEST_P(ListsContract, EveryFilterNarrowsTheList) {
    AddAccount("max");
    Code a = MakeCode("AAAAAAAA"), b = MakeCode("BBBBBBBB"), c = MakeCode("CCCCCCCC");
    a.role = "viewer";
    a.tags = {"spring", "crew"};
    b.task_group = "laundry";
    b.created_by = "max";
    b.created_by_id = "account-max";
    c.tags = {"springtime", "50%_off"};
    for (const Code& code : {a, b, c}) AddCode(code);
    const auto with = [&](auto set) {
        CodeQuery query = EveryCode();
        set(query);
        return Texts(query);
    };
    EXPECT_THAT(with([](CodeQuery&) {}), ElementsAre("CCCCCCCC", "BBBBBBBB", "AAAAAAAA"));
    EXPECT_THAT(with([](CodeQuery& q) { q.role = "viewer"; }), ElementsAre("AAAAAAAA"));
    EXPECT_THAT(with([](CodeQuery& q) { q.task_group = "laundry"; }), ElementsAre("BBBBBBBB"));
    EXPECT_THAT(with([](CodeQuery& q) { q.created_by = "max"; }), ElementsAre("BBBBBBBB"));
    EXPECT_THAT(with([](CodeQuery& q) { q.tag = "spring"; }), ElementsAre("AAAAAAAA"));
    EXPECT_THAT(with([](CodeQuery& q) { q.tag = "50%_off"; }), ElementsAre("CCCCCCCC"));
    EXPECT_THAT(with([](CodeQuery& q) { q.tag = "%"; }), IsEmpty());
    // PERM-4
    EXPECT_THAT(with([](CodeQuery& q) {
                    q.scope = {false, "laundry", "account-ann"};
                }),
                ElementsAre("BBBBBBBB"));
    EXPECT_THAT(with([](CodeQuery& q) {
                    q.scope = {false, "lawn_pool", "account-max"};
                }),
                ElementsAre("BBBBBBBB"));
    EXPECT_THAT(with([](CodeQuery& q) { q.scope = {false, "lawn_pool", ""}; }), IsEmpty());
}

// CODE-2
TEST_P(ListsContract, AnyThreeLettersOfAShortCodeFindIt) {
    AddCode(MakeCode("ABC12345"));
    AddCode(MakeCode("45ABCXYZ"));
    Code chosen = MakeCode("SPR1NG26");
    chosen.shown = "SPRING-26";
    AddCode(chosen);
    EXPECT_THAT(Search("ABC"), ElementsAre("45ABCXYZ", "ABC12345"));
    EXPECT_THAT(Search("bc1"), ElementsAre("ABC12345"));
    EXPECT_THAT(Search("ABC12345"), ElementsAre("ABC12345"));
    EXPECT_THAT(Search("abc-l2"), ElementsAre("ABC12345"));
    EXPECT_THAT(Search("ing"), ElementsAre("SPR1NG26"));
    EXPECT_THAT(Search("2345ABC"), IsEmpty()) << "all its fragments are there, but in two codes";
    EXPECT_THAT(Search("C1"), IsEmpty()) << "two letters are not enough";
}

// Who may not be shown a code must not find it letter by letter either.
TEST_P(ListsContract, WhoMayNotBeShownACodeDoesNotFindItByItsLetters) {
    Code secret = MakeCode("ABC12345");
    secret.label = "the ABC label";
    AddCode(secret);
    AddCode(MakeCode("ABC99999"));
    CodeQuery query = EveryCode();
    query.may_find_by_code = [](const Code& code) { return code.code != "ABC12345"; };
    query.search = "BC1";
    EXPECT_THAT(Texts(query), IsEmpty());
    query.search = "BC9";
    EXPECT_THAT(Texts(query), ElementsAre("ABC99999"));
    query.search = "abc";
    EXPECT_THAT(Texts(query), ElementsAre("ABC99999", "ABC12345")) << "the other by its label";
}

TEST_P(ListsContract, SearchLooksInLabelNotesCreatorAddressAndNameWhateverTheCase) {
    Code code = MakeCode("ZZZZZZZZ");
    code.label = "Straße 7";
    code.notes = "50% off_season \\ 'quoted'";
    code.created_by = "Ada";
    code.email = "Ann@Example.org";
    code.name = "ANN ÅNGSTRÖM";
    AddCode(code);
    for (const char* text :
         {"strasse", "STRASSE 7", "50% OFF", "off_s", "\\ 'q", "ada", "ann@example", "ångström"})
        EXPECT_THAT(Search(text), ElementsAre("ZZZZZZZZ")) << text;
    for (const char* text : {"5%off", "off?season", "offXseason", "bob"})
        EXPECT_THAT(Search(text), IsEmpty()) << text;
    Code plain = MakeCode("YYYYYYYY");
    plain.label = "nothing special";
    AddCode(plain);
    EXPECT_THAT(Search("%"), ElementsAre("ZZZZZZZZ"));
    EXPECT_THAT(Search("_"), ElementsAre("ZZZZZZZZ"));
}

TEST_P(ListsContract, EveryOrderIsKept) {
    Code a = MakeCode("AAAAAAAA"), b = MakeCode("BBBBBBBB"), c = MakeCode("CCCCCCCC");
    a.label = "beta", b.label = "Alpha", c.label = "gamma";
    a.expires_at = 3000, c.expires_at = 2000;
    b.used_count = 9, c.used_count = 3;
    a.last_used_at = 5, b.last_used_at = 1;
    for (const Code& code : {a, b, c}) AddCode(code);
    const auto by = [&](CodeOrder order) {
        CodeQuery query = EveryCode();
        query.order = order;
        return Texts(query);
    };
    EXPECT_THAT(by(CodeOrder::kNewest), ElementsAre("CCCCCCCC", "BBBBBBBB", "AAAAAAAA"));
    EXPECT_THAT(by(CodeOrder::kOldest), ElementsAre("AAAAAAAA", "BBBBBBBB", "CCCCCCCC"));
    EXPECT_THAT(by(CodeOrder::kSoonestExpiry), ElementsAre("CCCCCCCC", "AAAAAAAA", "BBBBBBBB"));
    EXPECT_THAT(by(CodeOrder::kMostUsed), ElementsAre("BBBBBBBB", "CCCCCCCC", "AAAAAAAA"));
    EXPECT_THAT(by(CodeOrder::kRecentlyUsed), ElementsAre("AAAAAAAA", "BBBBBBBB", "CCCCCCCC"));
    EXPECT_THAT(by(CodeOrder::kLabel), ElementsAre("BBBBBBBB", "AAAAAAAA", "CCCCCCCC"));
}

// API-6
TEST_P(ListsContract, CursorsWalkEachCodeExactlyOnceThereAndBack) {
    std::mt19937 draw(42);
    ASSERT_TRUE(Write([&](Work& work) -> Result<void> {
                    for (int i = 0; i < 57; ++i) {
                        Code code = MakeCode("WA1K" + std::to_string(1000 + i));
                        code.label = std::string(1, static_cast<char>('a' + draw() % 4)) + "|";
                        if (draw() % 3) code.expires_at = static_cast<Millis>(draw() % 5);
                        if (draw() % 2) code.last_used_at = static_cast<Millis>(draw() % 5);
                        code.used_count = static_cast<std::int64_t>(draw() % 4);
                        TRY(work.codes.Add(code));
                    }
                    return {};
                }).ok());
    for (int number = 0; number <= static_cast<int>(CodeOrder::kLabel); ++number) {
        CodeQuery query = EveryCode();
        query.order = static_cast<CodeOrder>(number);
        query.page_size = 1000;
        const auto all = Texts(query);
        ASSERT_EQ(all.size(), 57u);
        query.page_size = 10;
        std::vector<std::vector<std::string>> pages;
        std::vector<std::string> walked;
        CodePage page = Page(query);
        EXPECT_EQ(page.previous, "");
        for (;; page = Page(query)) {
            auto& texts = pages.emplace_back();
            for (const Code& code : page.codes) texts.push_back(code.code);
            walked.insert(walked.end(), texts.begin(), texts.end());
            if (page.next.empty()) break;
            query.cursor = page.next;
        }
        EXPECT_EQ(walked, all) << number;
        for (std::size_t back = pages.size() - 1; back-- > 0;) {
            ASSERT_NE(page.previous, "") << number;
            query.cursor = page.previous;
            page = Page(query);
            std::vector<std::string> texts;
            for (const Code& code : page.codes) texts.push_back(code.code);
            EXPECT_EQ(texts, pages[back]) << number << " page " << back;
        }
        EXPECT_EQ(page.previous, "") << number;
        EXPECT_NE(page.next, "") << number;
    }
}

TEST_P(ListsContract, ACursorThatIsNotOursIsTheFirstPage) {
    for (const char* text : {"AAAAAAAA", "BBBBBBBB", "CCCCCCCC"}) AddCode(MakeCode(text));
    CodeQuery query = EveryCode();
    query.page_size = 1;
    const std::string second = Page(query).next;
    query.cursor = second;
    EXPECT_THAT(Texts(query), ElementsAre("BBBBBBBB"));
    EXPECT_FALSE(Page(query).cursor_was_strange);
    std::string bent = second;
    bent[bent.size() / 2] = bent[bent.size() / 2] == 'A' ? 'B' : 'A';
    for (const std::string& cursor :
         {bent, std::string("x"), std::string("%%%"), second + second}) {
        query.cursor = cursor;
        EXPECT_THAT(Texts(query), ElementsAre("CCCCCCCC")) << cursor;
        EXPECT_TRUE(Page(query).cursor_was_strange) << cursor;
    }
    query.cursor = second;
    query.order = CodeOrder::kLabel;
    EXPECT_THAT(Texts(query), ElementsAre("AAAAAAAA")) << "a cursor belongs to its order";
}

}  // namespace
}  // namespace ostiary
