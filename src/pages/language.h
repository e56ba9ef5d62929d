#pragma once

// The languages that pages speak. English stands where it is said, in the code and the templates;
// every other language is a file words/xx.po, and words/ostiary.pot lists what there is to
// translate (`./dev words` gathers it). https://www.gnu.org/software/gettext/manual/

#include <fmt/format.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace ostiary::pages {

struct Language {
    std::string_view tag;   // as in lang="de"
    std::string_view name;  // in itself: "Deutsch"
};
std::span<const Language> Languages();  // English first

// The chosen language if we speak it, else the first of Accept-Language (RFC 9110, 12.5.4) that we
// do, else English.
std::string_view ChooseLanguage(std::string_view chosen, std::string_view accept_language);

// What this thread speaks from now on. SpeakTo (pages.h) says it for each request.
void Speak(std::string_view tag);
std::string_view Spoken();

// The sentence in the language spoken here. Arguments in English fill {} or {0}, {1}…; a
// translation may put them in another order. Takes literals, so that they can be gathered.
std::string T(std::string_view sentence);
template <class... Args>
std::string T(std::string_view sentence, const Args&... args) {
    return fmt::format(fmt::runtime(T(sentence)), args...);
}
std::string InGroups(std::int64_t number);  // "1 204 300": narrow spaces that do not break
// Of a number; {} is the number, in groups.
std::string TN(std::string_view one, std::string_view many, std::int64_t n);

// Marks a literal for translation that is only said later, by T or TN of a variable.
constexpr std::string_view N(std::string_view sentence) { return sentence; }
struct Plural {
    std::string_view one, many;
};
constexpr Plural NN(std::string_view one, std::string_view many) { return {one, many}; }
inline std::string TN(const Plural& plural, std::int64_t n) {
    return TN(plural.one, plural.many, n);
}

// A template's text with each [[sentence]] said in that language.
std::string SayTemplate(std::string_view tag, std::string_view text);

}  // namespace ostiary::pages
