#include "http/access.h"

#include <algorithm>

#include "core/sessions.h"
#include "core/tokens.h"
#include "http/cookies.h"
#include "http/csrf.h"

namespace ostiary {
namespace {

// The token of "Authorization: Bearer …"; nothing if there is no such header.
std::optional<std::string_view> BearerToken(const Request& request) {
    constexpr std::string_view kScheme = "bearer ";
    const std::string_view header = request.HeaderValue("authorization");
    const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a | 0x20 : a) == b; };
    if (!std::ranges::equal(header.substr(0, kScheme.size()), kScheme, same)) return std::nullopt;
    const auto start = header.find_first_not_of(' ', kScheme.size());
    return start == std::string_view::npos ? std::string_view{} : header.substr(start);
}

Error NobodyThere() {
    return {ErrorKind::kSignedOut, "auth.required", "Authentication required",
            "Log in, or send an API token as Authorization: Bearer"};
}

Error NoSuchToken() {
    return {ErrorKind::kSignedOut, "auth.token", "Authentication required",
            "This API token is unknown, expired or revoked"};
}

}  // namespace

Result<void> Identify(Request& request, World& world) {
    const auto bearer = IsMachinePath(request.path) ? BearerToken(request) : std::nullopt;
    if (bearer) {
        auto holder = ActorOfToken(world, *bearer, request.MakeOrigin());
        if (!holder.ok()) return NoSuchToken();
        request.actor = std::move(holder).value();
        return {};
    }
    request.visitor = VisitorOf(request, world.config);
    const std::string_view cookie = request.Cookie(SessionCookieName(world.config));
    if (cookie.empty()) return {};
    auto holder = ActorOfSession(world, cookie, request.MakeOrigin());
    if (!holder.ok()) return {};
    request.actor = std::move(holder).value();
    request.session_token = cookie;
    return {};
}

Result<void> CheckAccess(const Route& route, const Request& request) {
    if (route.access.anyone) return {};
    if (!request.actor) return NobodyThere();
    if (!request.actor->May(route.access.needed)) return Actor::Denied();
    return {};
}

}  // namespace ostiary
