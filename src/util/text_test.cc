#include "util/text.h"

#include <gtest/gtest.h>

namespace ostiary {
namespace {

TEST(CleanText, RefusesBrokenUtf8AndControlCharacters) {
    EXPECT_TRUE(IsCleanText("Zoë Müller 李", Lines::kOne));
    EXPECT_TRUE(IsCleanText("", Lines::kOne));
    for (const std::string_view bad :
         {std::string_view("a\0b", 3), std::string_view("a\nb"), std::string_view("a\x7F"),
          std::string_view("\xC2\x85"), std::string_view("\xE2\x80\xA8"), std::string_view("\xFF"),
          std::string_view("\xC0\xAF"), std::string_view("\xED\xA0\x80"),
          std::string_view("\xF4\x90\x80\x80"), std::string_view("\xE2\x82")})
        EXPECT_FALSE(IsCleanText(bad, Lines::kOne)) << bad;
}

TEST(CleanText, LineBreaksAndTabsOnlyWhereThereAreManyLines) {
    EXPECT_TRUE(IsCleanText("one\r\ntwo\tthree", Lines::kMany));
    EXPECT_FALSE(IsCleanText("one\ttwo", Lines::kOne));
    EXPECT_FALSE(IsCleanText("bell\x07", Lines::kMany));
}

TEST(VisibleWord, HasNothingHiddenInIt) {
    for (const char* good : {"ada", "ada.lovelace@example", "Zoë", "李雷"})
        EXPECT_TRUE(IsVisibleWord(good)) << good;
    for (const char* bad : {"a b", "a\tb",
                            "a\xE2\x80\xAE"
                            "b",
                            "a\xE2\x80\x8B"
                            "b",
                            "a\xC2\xA0"
                            "b",
                            "\xFF"})
        EXPECT_FALSE(IsVisibleWord(bad)) << bad;
}

TEST(Fold, MakesEqualWhatReadsEqual) {
    EXPECT_EQ(Fold("AdA"), "ada");
    EXPECT_EQ(Fold("Ａｄａ"), "ada");
    EXPECT_EQ(Fold("Straße"), Fold("STRASSE"));
    EXPECT_EQ(Fold("e\xCC\x81"), Fold("É"));
    EXPECT_EQ(Fold("ad\xE2\x80\x8B"
                   "a"),
              "ada");  // a space of no width
    EXPECT_EQ(Fold(Fold("ǅungla ﬁn")), Fold("ǅungla ﬁn"));
}

TEST(Code, IsReadForgivingly) {  // CODE-1
    EXPECT_EQ(NormalizeCode("abc1 2345"), "ABC12345");
    EXPECT_EQ(NormalizeCode(" abc-l2o45\n"), "ABC12045");
    EXPECT_EQ(NormalizeCode("iIlL oO"), "111100");
    EXPECT_EQ(NormalizeCode("SPRING-26"), "SPR1NG26");
    EXPECT_EQ(NormalizeCode("ＡＢＣ１２３４５"), "ABC12345");
    EXPECT_EQ(NormalizeCode("ABC1\xE2\x80\x94"
                            "2345"),
              "ABC12345");  // em dash of a phone keyboard
    EXPECT_EQ(NormalizeCode("\xEF\xBB\xBF"
                            "ABC1\xC2\xA0"
                            "2345"),
              "ABC12345");
}

TEST(Code, ThatCouldBeNoneMatchesNone) {
    EXPECT_EQ(NormalizeCode("ABC_2345"), "ABC_2345");
    EXPECT_EQ(NormalizeCode(std::string_view("ABC\0", 4)), std::string("ABC\0", 4));
    EXPECT_EQ(NormalizeCode("\xFF\xFE"), "\xFF\xFE");
    EXPECT_EQ(NormalizeCode(""), "");
}

TEST(Code, IsShownInGroupsOfFourUnlessSomebodyChoseIt) {
    EXPECT_EQ(CodeForTheEye("ABC12345"), "ABC1 2345");
    EXPECT_EQ(CodeForTheEye("SPRING-26"), "SPRING-26");
    EXPECT_EQ(CodeForTheEye("SPRING26"), "SPRING26");
    EXPECT_EQ(CodeForTheEye("ABCD123456"), "ABCD 1234 56");
}

TEST(Int, IsAWholeNumberAndNothingElse) {
    EXPECT_EQ(ParseInt("0"), 0);
    EXPECT_EQ(ParseInt("-42"), -42);
    EXPECT_EQ(ParseInt("9223372036854775807"), INT64_MAX);
    for (const char* bad : {"", "+1", " 1", "1 ", "1.0", "0x1", "9223372036854775808", "--1", "-"})
        EXPECT_EQ(ParseInt(bad), std::nullopt) << bad;
}

TEST(Lists, AreTrimmedAndEmptyPartsDropped) {
    EXPECT_EQ(SplitList(" a, ,b ,", ','), (std::vector<std::string>{"a", "b"}));
    EXPECT_TRUE(SplitList("", ',').empty());
    EXPECT_EQ(Join({"a", "b", "c"}, ", "), "a, b, c");
    EXPECT_EQ(Join({}, ", "), "");
    EXPECT_EQ(Trim("\t a b \r\n"), "a b");
    EXPECT_EQ(CountCharacters("Zoë"), 3u);
}

TEST(EmailAddress, IsTheCommonSubset) {
    for (const char* good : {"ann@example.org", "a.b+tag@sub.example.co", "x@xn--bcher-kva.example",
                             "üwe@bücher.example", "o'neil@example.org"})
        EXPECT_TRUE(IsEmailAddress(good)) << good;
    for (const char* bad : {"",
                            "ann",
                            "@example.org",
                            "ann@",
                            "ann@localhost",
                            "a@b@c.org",
                            "ann @example.org",
                            "ann@exa mple.org",
                            "\"ann\"@example.org",
                            "<ann@example.org>",
                            "ann@example.org,",
                            "ann@example.org\r\nBcc: x@y.z",
                            ".ann@example.org",
                            "a..b@example.org",
                            "ann@-x.org",
                            "ann@x-.org",
                            "ann@x..org",
                            "ann@x.org.",
                            "ann@127.0.0.1",
                            "ann@[127.0.0.1]",
                            "a\xE2\x80\xAE"
                            "b@example.org",
                            "a\xC2\xA0"
                            "b@example.org",
                            "\xFF@example.org",
                            "a\xE2\x80\x8B"
                            "b@example.org"})
        EXPECT_FALSE(IsEmailAddress(bad)) << bad;
    EXPECT_FALSE(IsEmailAddress(std::string(65, 'a') + "@example.org"));
    EXPECT_FALSE(IsEmailAddress("a@" + std::string(64, 'a') + ".org"));
    EXPECT_EQ(EmailDomain("ann@example.org"), "example.org");
}

}  // namespace
}  // namespace ostiary
