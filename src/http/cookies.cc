#include "http/cookies.h"

namespace ostiary {
namespace {

constexpr std::string_view kUntilClosed = "";
constexpr std::string_view kAYear = "31536000";

std::string MakeCookie(const Config& config, std::string_view name, std::string_view value,
                       std::string_view max_age) {
    std::string cookie(name);
    cookie.append("=").append(value).append("; Path=/; HttpOnly; SameSite=Lax");
    if (config.IsHttps()) cookie.append("; Secure");
    if (max_age != kUntilClosed) cookie.append("; Max-Age=").append(max_age);
    return cookie;
}

}  // namespace

std::string_view SessionCookieName(const Config& config) {
    return config.IsHttps() ? "__Host-ostiary_session" : "ostiary_session";
}

std::string_view VisitorCookieName(const Config& config) {
    return config.IsHttps() ? "__Host-ostiary_visitor" : "ostiary_visitor";
}

void SetCookie(Response& response, const Config& config, std::string_view name,
               std::string_view value, std::optional<std::int64_t> max_age_s) {
    response.With("set-cookie",
                  MakeCookie(config, name, value, max_age_s ? std::to_string(*max_age_s) : ""));
}

void SetSessionCookie(Response& response, const Config& config, std::string_view token,
                      std::int64_t max_age_s) {
    response.With("set-cookie",
                  MakeCookie(config, SessionCookieName(config), token, std::to_string(max_age_s)));
}

void ClearSessionCookie(Response& response, const Config& config) {
    response.With("set-cookie", MakeCookie(config, SessionCookieName(config), "", "0"));
}

void SetVisitorCookie(Response& response, const Config& config, std::string_view visitor) {
    response.With("set-cookie",
                  MakeCookie(config, VisitorCookieName(config), visitor, kUntilClosed));
}

void SetLanguageCookie(Response& response, const Config& config, std::string_view tag) {
    response.With("set-cookie", MakeCookie(config, kLanguageCookie, tag, kAYear));
}

}  // namespace ostiary
