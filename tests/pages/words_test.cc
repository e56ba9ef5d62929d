#include "pages/words.h"

#include <gtest/gtest.h>

#include "pages/codes_form.h"
#include "pages/views.h"

namespace ostiary::pages {
namespace {

constexpr Millis kNow = 1'760'000'000'000;

TEST(Words, SayHowLongAgo) {
    EXPECT_EQ(Ago(kNow, kNow), "just now");
    EXPECT_EQ(Ago(kNow - kMinute, kNow), "1 minute ago");
    EXPECT_EQ(Ago(kNow - 2 * kHour, kNow), "2 hours ago");
    EXPECT_EQ(Ago(kNow + 3 * kDay, kNow), "in 3 days");
    EXPECT_EQ(Ago(kNow - 90 * kDay, kNow), "3 months ago");
    EXPECT_EQ(Ago(kNow + 800 * kDay, kNow), "in 3 years");
}

TEST(Words, CountUses) {
    EXPECT_EQ(Uses(3, 10), "3 / 10");
    EXPECT_EQ(Uses(3, {}), "3 / ∞");
    EXPECT_EQ(UsesInWords(0, 1), "0 of 1 use");
    EXPECT_EQ(UsesInWords(1, {}), "1 use, unlimited");
}

TEST(Words, SayToWhatAnInvitationIs) {
    const Catalogue catalogue = Catalogue::Default();
    Code code;
    code.role = "staff";
    code.task_group = catalogue.general_group;
    EXPECT_EQ(InvitedAs(catalogue, code), "as Staff");
    code.task_group = "cleaning";
    EXPECT_EQ(InvitedAs(catalogue, code), "as Staff in Cleaning");
    code.aircraft_roles = {{"1", "N12345", "pilot"}};
    EXPECT_EQ(InvitedAs(catalogue, code), "as a pilot of N12345");
    code.aircraft_roles.push_back({"2", "N67890", "owner"});
    EXPECT_EQ(InvitedAs(catalogue, code), "as a pilot of N12345 and an owner of N67890");
}

TEST(Words, SayTheConsequenceAndTheNumber) {
    Code code;
    code.used_count = 31;
    EXPECT_EQ(
        SwitchOffConsequence(code),
        "Nobody can join with it any more. The 31 people who already did keep their accounts.");
}

TEST(TextWithLinks, LinksAddressesAndNothingElse) {
    View view;
    AddTextWithLinks(view, "PIECES", "See https://example.org/a?b=c, or javascript:alert(1).");
    const auto& pieces = *view.FindList("PIECES");
    ASSERT_EQ(pieces.size(), 3u);
    auto piece = pieces.begin();
    EXPECT_EQ(*piece->FindValue("LINK_URL"), "");
    EXPECT_EQ(*(++piece)->FindValue("LINK_URL"), "https://example.org/a?b=c");
    EXPECT_EQ(*(++piece)->FindValue("WORDS"), ", or javascript:alert(1).");
}

// A field that was not in the form stays absent, so that saving never resets it (CODE-9).
TEST(CodeDrafts, HoldOnlyWhatWasInTheForm) {
    const CodeDraft draft = DraftOf(Fields({{"label", "x"}, {"tags", "a, b,,"}}));
    EXPECT_EQ(draft.label, "x");
    EXPECT_EQ(draft.tags, (std::vector<std::string>{"a", "b"}));
    EXPECT_FALSE(draft.role || draft.max_uses || draft.expires_at || draft.is_active ||
                 draft.aircraft_roles);
}

TEST(CodeDrafts, ReadCheckBoxesAndPairs) {
    const CodeDraft draft = DraftOf(Fields({{"is_active", "0"},
                                            {"is_active", "1"},
                                            {"aircraft", "N12345"},
                                            {"aircraft_role", "pilot"},
                                            {"aircraft", ""},
                                            {"aircraft_role", "owner"}}));
    EXPECT_EQ(draft.is_active, true);
    ASSERT_TRUE(draft.aircraft_roles);
    EXPECT_EQ(draft.aircraft_roles->size(), 1u);
    EXPECT_EQ(DraftOf(Fields({{"is_active", "0"}, {"label", ""}})).is_active, false);
}

}  // namespace
}  // namespace ostiary::pages
