#pragma once

// Whom a mail goes to and comes from, and what may stand in the head of one (RFC 5322, RFC 2047).
// Nothing made here can hold CR, LF or any other control character but those of folding.

#include <optional>
#include <string>
#include <string_view>

#include "util/clock.h"

namespace ostiary {

// An address that any mail server takes: sound (util/text.h) and of ASCII letters alone.
class EmailAddress {
public:
    static std::optional<EmailAddress> Parse(std::string_view);
    const std::string& text() const { return text_; }

private:
    explicit EmailAddress(std::string_view text) : text_(text) {}
    std::string text_;
};

struct Mailbox {
    std::string name;  // one clean line; may be empty
    EmailAddress address;
};

// "Name <address>" or an address alone; nothing if it is neither.
std::optional<Mailbox> ParseMailbox(std::string_view);

// As the value of From or To: a foreign or dangerous name is quoted or encoded.
std::string MailboxText(const Mailbox&);
// As the value of Subject: in encoded words, folded, where plain letters would not do. Control
// characters become spaces.
std::string SubjectText(std::string_view utf8);
// As the value of Date: "Tue, 13 Oct 2026 12:00:00 +0000".
std::string DateText(Millis);

}  // namespace ostiary
