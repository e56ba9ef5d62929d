// NTFY-1: what stands in the head of a mail cannot be used to write more of it.

#include "util/mailbox.h"

#include <gtest/gtest.h>

#include "util/signing.h"

namespace ostiary {
namespace {

// The text that encoded words say.
std::string Decoded(const std::string& header) {
    std::string text;
    for (std::size_t at = 0; (at = header.find("=?UTF-8?B?", at)) != std::string::npos;) {
        const std::size_t end = header.find("?=", at);
        EXPECT_LE(end + 2 - at, 75u);
        text += FromBase64(header.substr(at + 10, end - at - 10)).value_or("broken");
        at = end;
    }
    return text;
}

TEST(Mailbox, NTFY1AnAddressHasNoLineBreaksAndNoForeignLetters) {
    EXPECT_TRUE(EmailAddress::Parse("ann@example.org"));
    for (const char* text :
         {"", "ann", "ann@example.org\r\nBcc: eve@example.org", "ann@example.org\n",
          "ann@example.org ", "<ann@example.org>", "ann@example.org,eve@example.org",
          "jörg@example.org", "ann@exämple.org", "ann@[127.0.0.1]", "\"a b\"@example.org"})
        EXPECT_FALSE(EmailAddress::Parse(text)) << text;
}

TEST(Mailbox, NTFY1ASenderIsANameAndAnAddress) {
    EXPECT_EQ(ParseMailbox("Club <club@example.org>")->name, "Club");
    EXPECT_EQ(ParseMailbox("\"The Club, e.V.\" <club@example.org>")->name, "The Club, e.V.");
    EXPECT_EQ(ParseMailbox("club@example.org")->address.text(), "club@example.org");
    for (const char* text : {"", "Club", "Club <>", "Club <club>", "A<b>c <club@example.org>",
                             "Club\r\nBcc: x <club@example.org>"})
        EXPECT_FALSE(ParseMailbox(text)) << text;
}

TEST(Mailbox, NTFY1NamesAreQuotedOrEncodedAndNeverBreakTheLine) {
    const auto text = [](std::string name) {
        return MailboxText({std::move(name), *EmailAddress::Parse("ann@example.org")});
    };
    EXPECT_EQ(text(""), "<ann@example.org>");
    EXPECT_EQ(text("Ann, Bob"), "\"Ann, Bob\" <ann@example.org>");
    EXPECT_EQ(text("a\"b\\c"), "\"a\\\"b\\\\c\" <ann@example.org>");
    EXPECT_EQ(text("Ann\r\nBcc: eve@example.org"),
              "\"Ann  Bcc: eve@example.org\" <ann@example.org>");
    EXPECT_EQ(Decoded(text("Jörg")), "Jörg");
    EXPECT_EQ(Decoded(text("=?UTF-8?B?QQ==?=")), "=?UTF-8?B?QQ==?=");
}

TEST(Mailbox, NTFY1SubjectsAreEncodedInWordsThatAreWholeByThemselves) {
    EXPECT_EQ(SubjectText("Your invitation"), "Your invitation");
    EXPECT_EQ(SubjectText("One\r\nBcc: eve@example.org\tx"), "One  Bcc: eve@example.org x");
    std::string longer;
    for (int i = 0; i < 60; ++i) longer += "日ö";
    const std::string header = SubjectText(longer);
    EXPECT_EQ(Decoded(header), longer);
    for (std::size_t at = 0; (at = header.find("\r\n", at)) != std::string::npos; at += 2)
        EXPECT_EQ(header.substr(at, 13), "\r\n =?UTF-8?B?");
    EXPECT_EQ(SubjectText("\xFF\xFE"), "??");
}

TEST(Mailbox, NTFY1DatesAreWrittenAsMailWantsThem) {
    EXPECT_EQ(DateText(1'760'356'800'000), "Mon, 13 Oct 2025 12:00:00 +0000");
}

}  // namespace
}  // namespace ostiary
