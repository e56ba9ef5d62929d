#include "support/visitor.h"

#include "http/forms.h"

namespace ostiary {
namespace {

std::string CsrfIn(const std::string& page) {
    constexpr std::string_view kMark = "name=\"csrf_token\" value=\"";
    const auto at = page.find(kMark);
    if (at == page.npos) return {};
    const auto begin = at + kMark.size();
    return page.substr(begin, page.find('"', begin) - begin);
}

}  // namespace

Answer Visitor::Ask(Method method, std::string_view path, std::string body) {
    std::string cookies;
    for (const auto& [name, value] : cookies_)
        cookies += (cookies.empty() ? "" : "; ") + name + "=" + value;
    std::vector<Header> headers = headers_;
    headers.emplace_back("accept", "text/html");
    if (!cookies.empty()) headers.emplace_back("cookie", cookies);
    if (!body.empty()) headers.emplace_back("content-type", "application/x-www-form-urlencoded");
    Answer answer = house_.Ask(method, path, body, "", std::move(headers));
    for (const auto& [name, value] : answer.headers) {
        if (name != "set-cookie") continue;
        const auto equals = value.find('=');
        cookies_[value.substr(0, equals)] = value.substr(equals + 1, value.find(';') - equals - 1);
    }
    if (const std::string token = CsrfIn(answer.body); !token.empty()) csrf_token_ = token;
    return answer;
}

std::vector<Header> Visitor::BrowserHeaders() {
    return {
        {"user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"},
        {"accept-language", "en-GB,en;q=0.9"}};
}

Answer Visitor::Get(std::string_view path) { return Ask(Method::kGet, path, ""); }

Answer Visitor::Post(std::string_view path, const Form& form) {
    std::string body = "csrf_token=" + EncodeQueryValue(csrf_token_);
    for (const auto& [name, value] : form) body += "&" + name + "=" + EncodeQueryValue(value);
    return Ask(Method::kPost, path, std::move(body));
}

Answer Visitor::Submit(std::string_view page, std::string_view path, const Form& form) {
    Get(page);
    return Post(path, form);
}

Answer Visitor::LogIn(std::string_view username, std::string_view password) {
    return Submit("/login/", "/login/",
                  {{"username", std::string(username)}, {"password", std::string(password)}});
}

}  // namespace ostiary
