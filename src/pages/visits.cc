#include "pages/visits.h"

#include <algorithm>
#include <array>
#include <vector>

#include "http/cookies.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

constexpr std::string_view kCookie = "ostiary_opened";
constexpr std::size_t kMostRemembered = 12;  // codes, for each browser

// What programs that only look call themselves, in lower case.
constexpr std::array<std::string_view, 16> kProgramWords = {
    "bot",       "crawl",     "spider",        "preview",  "unfurl", "facebookexternalhit",
    "whatsapp/", "embedly",   "headless",      "scanner",  "proxy",  "monitor",
    "slurp",     "validator", "mediapartners", "cfnetwork"};
constexpr std::string_view kPhoneWithBot = "cubot";  // a maker of telephones

struct Opened {
    CodeId code = 0;
    bool started = false;
};

// "7 12s": the latest last, those in which somebody has begun with an s.
std::vector<Opened> OpenedBy(const Request& request, const World& world) {
    std::vector<Opened> opened;
    const std::string_view box = request.Cookie(kCookie);
    const auto text = box.empty() ? std::nullopt : world.vault.Open(box);
    if (!text) return opened;
    for (const std::string& word : SplitList(*text, ' ')) {
        const bool started = word.ends_with('s');
        if (const auto code = ParseInt(word.substr(0, word.size() - (started ? 1 : 0))))
            opened.push_back({*code, started});
    }
    return opened;
}

void Remember(Response& response, World& world, std::vector<Opened> opened) {
    if (opened.size() > kMostRemembered)
        opened.erase(opened.begin(), opened.end() - kMostRemembered);
    std::string text;
    for (const Opened& one : opened)
        text += (text.empty() ? "" : " ") + std::to_string(one.code) + (one.started ? "s" : "");
    SetCookie(response, world.config, kCookie, world.vault.Seal(world.random, text));
}

bool NamesAProgram(std::string_view agent) {
    std::string low = LowerAscii(agent);
    if (const auto phone = low.find(kPhoneWithBot); phone != low.npos)
        low.erase(phone, kPhoneWithBot.size());
    return std::ranges::any_of(kProgramWords,
                               [&](std::string_view word) { return low.find(word) != low.npos; });
}

}  // namespace

bool IsByPerson(const Request& request) {
    if (request.method == Method::kHead) return false;
    // Every browser says which languages its owner reads; what unfurls links does not.
    if (request.HeaderValue("accept-language").empty()) return false;
    for (const char* header : {"sec-purpose", "purpose", "x-moz"})
        if (request.HeaderValue(header).find("prefetch") != std::string_view::npos) return false;
    const std::string_view agent = request.HeaderValue("user-agent");
    return (agent.starts_with("Mozilla/") || agent.starts_with("Opera/")) && !NamesAProgram(agent);
}

void CountOpened(const Request& request, World& world, CodeId code, Response& response) {
    if (world.visits == nullptr) return;
    if (!IsByPerson(request)) {
        world.visits->Count(code, Visit::kPreviewed);
        return;
    }
    auto opened = OpenedBy(request, world);
    if (std::ranges::find(opened, code, &Opened::code) != opened.end()) return;
    world.visits->Count(code, Visit::kOpened);
    opened.push_back({code});
    Remember(response, world, std::move(opened));
}

void CountStarted(const Request& request, World& world, CodeId code, Response& response) {
    if (world.visits == nullptr || !IsByPerson(request)) return;
    auto opened = OpenedBy(request, world);
    const auto found = std::ranges::find(opened, code, &Opened::code);
    if (found == opened.end() || found->started) return;
    world.visits->Count(code, Visit::kStarted);
    found->started = true;
    Remember(response, world, std::move(opened));
}

void CountStarted(const Request& request, World& world, Response& response) {
    const auto opened = OpenedBy(request, world);
    if (!opened.empty()) CountStarted(request, world, opened.back().code, response);
}

}  // namespace ostiary::pages
