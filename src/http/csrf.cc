#include "http/csrf.h"

#include <algorithm>

#include "http/cookies.h"
#include "http/request_id.h"

namespace ostiary {
namespace {

constexpr std::size_t kVisitorLetters = 22, kSecretBytes = 16;

bool ChangesSomething(Method method) {
    return method != Method::kGet && method != Method::kHead && method != Method::kOptions;
}

// What only this browser and we know, under the mask.
std::string SecretOf(const Request& request, const World& world) {
    const bool has_session = !request.session_token.empty();
    const std::string text =
        has_session ? "session:" + request.session_token : "visitor:" + request.visitor;
    return FromBase64Url(world.vault.Hash(Purpose::kCsrf, text)).value_or("");
}

std::string Xor(std::string_view a, std::string_view b) {
    std::string mixed(a);
    std::transform(mixed.begin(), mixed.end(), b.begin(), mixed.begin(),
                   [](char x, char y) { return static_cast<char>(x ^ y); });
    return mixed;
}

bool IsTokenOf(std::string_view token, const Request& request, const World& world) {
    const auto bytes = FromBase64Url(token);
    if (!bytes || bytes->size() != 2 * kSecretBytes) return false;
    const std::string_view pad = std::string_view(*bytes).substr(0, kSecretBytes);
    const std::string_view masked = std::string_view(*bytes).substr(kSecretBytes);
    return EqualInConstantTime(Xor(masked, pad), SecretOf(request, world));
}

// scheme://host[:port] in lower case, the scheme's own port left out as browsers do.
std::string OriginPart(std::string_view url) {
    const auto scheme_end = url.find("://");
    if (scheme_end == std::string_view::npos) return {};
    std::string origin(url.substr(0, url.find_first_of("/?#", scheme_end + 3)));
    std::ranges::transform(origin, origin.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    });
    const std::string_view usual_port = origin.starts_with("https:") ? ":443" : ":80";
    if (origin.ends_with(usual_port)) origin.resize(origin.size() - usual_port.size());
    return origin;
}

bool IsOwnOrigin(std::string_view origin, const Request& request, const World& world) {
    const std::string asked = OriginPart(origin);
    if (asked.empty()) return false;
    if (asked == OriginPart(world.config.BaseUrl())) return true;
    const std::string scheme = asked.substr(0, asked.find("://") + 3);
    return asked == OriginPart(scheme + std::string(request.HeaderValue("host")));
}

// Browsers say where a request comes from. "null" says nothing: pages without referrer send it to
// themselves.
bool ComesFromElsewhere(const Request& request, const World& world) {
    const std::string_view site = request.HeaderValue("sec-fetch-site");
    if (site == "cross-site" || site == "same-site") return true;
    const std::string_view origin = request.HeaderValue("origin");
    return !origin.empty() && origin != "null" && !IsOwnOrigin(origin, request, world);
}

bool ProvesSameOrigin(const Request& request, const World& world) {
    return request.HeaderValue("sec-fetch-site") == "same-origin" &&
           IsOwnOrigin(request.HeaderValue("origin"), request, world);
}

Error Refused() {
    return {
        ErrorKind::kForbidden, "csrf.refused", "Access denied",
        "This form was not sent from a current page of this site; reload the page and try again"};
}

}  // namespace

std::string CsrfToken(const Request& request, World& world) {
    std::string pad(kSecretBytes, '\0');
    world.random.Fill({reinterpret_cast<std::uint8_t*>(pad.data()), pad.size()});
    return Base64Url(pad + Xor(SecretOf(request, world), pad));
}

Result<void> CheckCsrf(const Request& request, World& world) {
    if (!ChangesSomething(request.method)) return {};
    const bool is_machine = IsMachinePath(request.path);
    if (is_machine && request.session_token.empty()) return {};
    if (ComesFromElsewhere(request, world)) return Refused();
    if (is_machine && ProvesSameOrigin(request, world)) return {};
    const bool is_anybody = request.session_token.empty() && request.visitor.empty();
    if (is_anybody) return Refused();
    if (IsTokenOf(request.HeaderValue(kCsrfHeader), request, world)) return {};
    if (!is_machine && IsTokenOf(request.Form().Get(kCsrfField), request, world)) return {};
    return Refused();
}

std::string VisitorOf(const Request& request, const Config& config) {
    const std::string_view cookie = request.Cookie(VisitorCookieName(config));
    return cookie.size() == kVisitorLetters && IsRequestId(cookie) ? std::string(cookie)
                                                                   : std::string();
}

}  // namespace ostiary
