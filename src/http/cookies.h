#pragma once

// Who is signed in; before that, which browser a form was given to; and what it speaks.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"
#include "util/config.h"

namespace ostiary {

// "ostiary_session", and "__Host-ostiary_session" where the base URL is https.
std::string_view SessionCookieName(const Config&);
std::string_view VisitorCookieName(const Config&);

// For scripts and other sites out of reach, at every path; without an age until the browser closes.
void SetCookie(Response&, const Config&, std::string_view name, std::string_view value,
               std::optional<std::int64_t> max_age_s = {});
void SetSessionCookie(Response&, const Config&, std::string_view token, std::int64_t max_age_s);
void ClearSessionCookie(Response&, const Config&);
void SetVisitorCookie(Response&, const Config&,
                      std::string_view visitor);  // until the browser closes

inline constexpr std::string_view kLanguageCookie = "ostiary_language";
void SetLanguageCookie(Response&, const Config&, std::string_view tag);  // for a year

}  // namespace ostiary
