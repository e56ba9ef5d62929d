#include "pages/notice.h"

#include "http/cookies.h"
#include "http/redirects.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

constexpr std::string_view kCookie = "ostiary_notice";
constexpr Millis kLifetime = 2 * kMinute;
constexpr std::size_t kLongestSubject = 1000;  // bytes; a cookie holds 4,096

std::string Shorten(std::string_view text) {
    if (text.size() <= kLongestSubject) return std::string(text);
    std::size_t end = kLongestSubject;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;  // not inside a character
    return std::string(text.substr(0, end)) + "…";
}

}  // namespace

// htmx says so in a header of its own, web/src/ask.js in the customary one.
bool IsByScript(const Request& request) {
    return !request.HeaderValue("hx-request").empty() ||
           !request.HeaderValue("x-requested-with").empty();
}

void Tell(Response& response, World& world, const Notice& notice) {
    // Until when, what, where it is taken back, and of what.
    const std::string undo = notice.undo.value_or("-");
    const std::string text = std::to_string(world.clock.Now() + kLifetime) + " " +
                             std::to_string(static_cast<int>(notice.kind)) + " " + undo + " " +
                             Shorten(notice.subject);
    SetCookie(response, world.config, kCookie, world.vault.Seal(world.random, text),
              kLifetime / kSecond);
}

std::optional<Notice> ToldTo(const Request& request, const World& world) {
    if (IsByScript(request)) return std::nullopt;
    const std::string_view box = request.Cookie(kCookie);
    if (box.empty()) return std::nullopt;
    const auto text = world.vault.Open(box);
    if (!text) return std::nullopt;
    const auto first = text->find(' ');
    const auto second = text->find(' ', first + 1);
    const auto third = text->find(' ', second + 1);
    if (first == text->npos || second == text->npos || third == text->npos) return std::nullopt;
    const auto until = ParseInt(text->substr(0, first));
    const auto kind = ParseInt(text->substr(first + 1, second - first - 1));
    if (!until || *until < world.clock.Now()) return std::nullopt;
    if (!kind || *kind < 0 || *kind >= static_cast<std::int64_t>(NoticeKind::kCount))
        return std::nullopt;
    Notice notice{static_cast<NoticeKind>(*kind), text->substr(third + 1)};
    std::string undo = text->substr(second + 1, third - second - 1);
    if (undo != "-") notice.undo = std::move(undo);
    return notice;
}

void Forget(Response& response) {
    response.With("set-cookie",
                  std::string(kCookie) + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
}

Response SeeOtherAndTell(World& world, std::string location, NoticeKind kind,
                         std::string_view subject) {
    Response response = SeeOther(std::move(location));
    Tell(response, world, {kind, std::string(subject)});
    return response;
}

Response SeeOtherAndRefuse(World& world, std::string location, const Error& error) {
    const Sentence& why = error.fields.empty() ? error.details : error.fields.front().message;
    return SeeOtherAndTell(world, std::move(location), NoticeKind::kRefused,
                           WithFullStop(Said(why)));
}

std::string NextOr(const Fields& form, std::string_view otherwise) {
    const std::string_view next = form.Get("next");
    return next.empty() ? std::string(otherwise) : SafeNext(next);
}

}  // namespace ostiary::pages
