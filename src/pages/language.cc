#include "pages/language.h"

#include <algorithm>
#include <boost/locale/gnu_gettext.hpp>
#include <boost/locale/message.hpp>
#include <locale>
#include <map>
#include <stdexcept>

#include "embedded_words.h"

namespace ostiary::pages {
namespace {

constexpr std::array kLanguages = {
    Language{"en", "English"},
    Language{"de", "Deutsch"},
};

std::vector<char> CatalogueOf(const std::string& tag) {
    for (const EmbeddedWords& words : AllEmbeddedWords())
        if (words.tag == tag) return {words.begin, words.end};
    throw std::logic_error("no words in the language " + tag);
}

std::locale MakeLocale(std::string_view tag) {
    if (tag == kLanguages.front().tag) return std::locale::classic();
    namespace gettext = boost::locale::gnu_gettext;
    gettext::messages_info info;
    info.language = tag;
    info.encoding = "UTF-8";
    info.domains.emplace_back("ostiary");
    info.paths.emplace_back("");
    info.callback = [tag](const std::string&, const std::string&) {
        return CatalogueOf(std::string(tag));
    };
    return {std::locale::classic(), gettext::create_messages_facet<char>(info)};
}

const std::locale& LocaleOf(std::string_view tag) {
    static const auto* const locales = [] {
        auto* made = new std::map<std::string_view, std::locale>;
        for (const Language& language : kLanguages)
            made->emplace(language.tag, MakeLocale(language.tag));
        return made;
    }();
    return locales->at(tag);
}

thread_local std::string_view spoken = kLanguages.front().tag;

const Language* FindLanguage(std::string_view tag) {
    const auto found = std::ranges::find(kLanguages, tag, &Language::tag);
    return found == kLanguages.end() ? nullptr : &*found;
}

std::string_view Trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

// English has no catalogue, and is said as it stands: the library would drop every letter of it
// that is not ASCII.
bool SpeaksEnglish(const std::locale& locale) {
    return !std::has_facet<boost::locale::message_format<char>>(locale);
}

// Where a sentence is broken in its template says nothing about the sentence.
std::string OnOneLine(std::string_view text) {
    std::string line;
    for (const char c : text) {
        const bool is_space = c == ' ' || c == '\n';
        if (!is_space || (!line.empty() && line.back() != ' ')) line += is_space ? ' ' : c;
    }
    return line;
}

std::string Say(const std::locale& locale, std::string_view sentence) {
    if (SpeaksEnglish(locale)) return std::string(sentence);
    return boost::locale::gettext(std::string(sentence).c_str(), locale);
}

}  // namespace

std::span<const Language> Languages() { return kLanguages; }

// Browsers list languages by preference, so weights need no reading but for q=0.
std::string_view ChooseLanguage(std::string_view chosen, std::string_view accept_language) {
    if (const Language* language = FindLanguage(chosen)) return language->tag;
    while (!accept_language.empty()) {
        const auto comma = accept_language.find(',');
        const std::string_view entry = Trimmed(accept_language.substr(0, comma));
        accept_language.remove_prefix(comma == entry.npos ? accept_language.size() : comma + 1);
        const Language* language = FindLanguage(entry.substr(0, entry.find_first_of("-;")));
        if (language && !entry.ends_with(";q=0")) return language->tag;
    }
    return kLanguages.front().tag;
}

void Speak(std::string_view tag) {
    const Language* language = FindLanguage(tag);
    spoken = language ? language->tag : kLanguages.front().tag;
}

std::string_view Spoken() { return spoken; }

std::string T(std::string_view sentence) { return Say(LocaleOf(spoken), sentence); }

std::string InGroups(std::int64_t number) {
    constexpr std::size_t kGroup = 3;
    std::string text = std::to_string(number);
    const std::size_t sign = number < 0 ? 1 : 0;
    for (std::size_t at = text.size(); at > kGroup + sign;) text.insert(at -= kGroup, "\u202f");
    return text;
}

std::string TN(std::string_view one, std::string_view many, std::int64_t n) {
    const std::locale& locale = LocaleOf(spoken);
    const std::string chosen =
        SpeaksEnglish(locale) ? std::string(n == 1 ? one : many)
                              : boost::locale::ngettext(
                                    std::string(one).c_str(), std::string(many).c_str(),
                                    static_cast<int>(std::min<std::int64_t>(n, 1'000'000)), locale);
    return fmt::format(fmt::runtime(chosen), InGroups(n));
}

std::string SayTemplate(std::string_view tag, std::string_view text) {
    const std::locale& locale = LocaleOf(tag);
    std::string said;
    for (auto open = text.find("[["); open != text.npos; open = text.find("[[")) {
        const auto close = text.find("]]", open);
        if (close == text.npos) throw std::logic_error("a template opens [[ and never closes it");
        said += text.substr(0, open);
        said += Say(locale, OnOneLine(text.substr(open + 2, close - open - 2)));
        text.remove_prefix(close + 2);
    }
    return said.append(text);
}

}  // namespace ostiary::pages
