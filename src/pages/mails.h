#pragma once

// What mails say: templates/mail/{noun}.subject, .txt and .html.

#include <string>
#include <string_view>
#include <vector>

#include "core/mails.h"
#include "pages/codes_looks.h"

namespace ostiary::pages {

// In the letter's language, whatever is spoken here.
MailText ComposeMail(const Config&, const Letter&);

// The state of a mail as people read it; the moment stands beside it.
Badge BadgeOf(const Mail&);

// The part of a code's page about mailing its invitation: MAIL_CARD and what it asks for.
void SetMailCard(View&, const Scene&, const Code&, const std::vector<Mail>&,
                 std::string_view typed_words);

}  // namespace ostiary::pages
