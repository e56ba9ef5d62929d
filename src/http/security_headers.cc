#include "http/security_headers.h"

#include <algorithm>
#include <span>

namespace ostiary {
namespace {

constexpr const char* kContentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src "
    "'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

constexpr const char* kNothingAllowed = "default-src 'none'; frame-ancestors 'none'";

constexpr const char* kPermissionsPolicy =
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()";

bool Has(const Response& response, std::string_view name) {
    return std::ranges::any_of(response.headers,
                               [&](const Header& header) { return header.first == name; });
}

void AddMissing(Response& response, const std::vector<Header>& headers, std::size_t own) {
    for (const Header& header : headers) {
        const auto mine = std::span(response.headers).first(own);
        if (std::ranges::none_of(mine,
                                 [&](const Header& set) { return set.first == header.first; }))
            response.headers.push_back(header);
    }
}

}  // namespace

SecurityHeaders::SecurityHeaders(const Config& config)
    : others_{{"content-security-policy", kNothingAllowed},
              {"x-content-type-options", "nosniff"},
              {"x-frame-options", "DENY"}},
      dynamic_{{"cache-control", "no-store"}, {"x-robots-tag", "noindex"}} {
    if (config.IsHttps())
        others_.push_back({"strict-transport-security", "max-age=31536000; includeSubDomains"});
    pages_ = others_;
    pages_.front().second = kContentSecurityPolicy;
    pages_.push_back({"permissions-policy", kPermissionsPolicy});
    pages_.push_back({"cross-origin-opener-policy", "same-origin"});
}

void SecurityHeaders::AddTo(Response& response, const Request& request) const {
    const std::size_t own = response.headers.size();
    const bool is_page = response.content_type.starts_with("text/html");
    response.headers.reserve(own + pages_.size() + dynamic_.size() + 2);
    AddMissing(response, is_page ? pages_ : others_, own);
    // Who said how long it may be kept has thought about it: an asset.
    if (!Has(response, "cache-control")) AddMissing(response, dynamic_, own);
    if (Has(response, "referrer-policy")) return;
    // Their URLs are invitations and keys.
    const bool has_token =
        request.path.starts_with("/register/") || request.path.starts_with("/password-reset/");
    response.With("referrer-policy", has_token ? "no-referrer" : "same-origin");
}

}  // namespace ostiary
