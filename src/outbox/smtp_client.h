#pragma once

// Handing one mail to the mail server. Everything up to the text may fail and be tried again;
// before its first byte goes out, whoever sends is asked, so that they can remember it.

#include <functional>
#include <string>
#include <vector>

#include "core/mails_delivery.h"
#include "util/config.h"
#include "util/mailbox.h"

namespace ostiary::outbox {

struct SmtpMessage {
    EmailAddress from, to;
    std::vector<std::string> headers;  // "Name: value", folded lines end in CR LF and a space
    std::string text, html;            // lines end in LF
};

struct SmtpAnswer {
    Handed handed = Handed::kLater;
    std::string reason;  // the server's last words, or what was wrong with the way there
};

struct SmtpAsks {
    std::function<bool()> may_begin;  // once, before the text; false: do not send it
    std::function<bool()> must_stop;  // about once a second
};

// Waits at most two minutes. Belongs to one thread at a time.
SmtpAnswer SendBySmtp(const Config&, const SmtpMessage&, const SmtpAsks&);

}  // namespace ostiary::outbox
