#pragma once

// What the pages of password reset links show.

#include <optional>
#include <string>

#include "core/password_reset.h"
#include "pages/views.h"

namespace ostiary::pages {

enum class ResetStep : std::uint8_t { kAsking, kAsked, kLinkIsDead };
struct ResetStartPage {  // reset/start
    ResetStep step = ResetStep::kAsking;
};
struct ResetFormPage {  // reset/form
    Account account;
    std::string token;
    std::optional<Error> error;
};
struct ResetLinkPage {  // reset/link
    FreshResetLink link;
};

View ViewOf(const Scene&, const ResetStartPage&);
View ViewOf(const Scene&, const ResetFormPage&);
View ViewOf(const Scene&, const ResetLinkPage&);

}  // namespace ostiary::pages
