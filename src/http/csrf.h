#pragma once

// Nobody else's page can make a browser act here: whatever changes something on a cookie's
// authority, and every form of ours, carries a token that only our pages know (SEC-1).

#include <string>
#include <string_view>

#include "core/world.h"
#include "http/message.h"

namespace ostiary {

inline constexpr std::string_view kCsrfField = "csrf_token";     // of forms
inline constexpr std::string_view kCsrfHeader = "x-csrf-token";  // of scripts

// For this browser, different on every page so that compression tells nothing about it.
std::string CsrfToken(const Request&, World&);

// Whether the request may go on: it changes nothing, brings no cookie's authority to the API, or
// carries the token. Needs `actor`, `session_token` and `visitor` of the request.
Result<void> CheckCsrf(const Request&, World&);

// The browser's pre-session cookie if it is one of ours, or empty.
std::string VisitorOf(const Request&, const Config&);

}  // namespace ostiary
