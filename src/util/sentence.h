#pragma once

// An English sentence that remembers how it was made, so that a page can say it in another
// language. To everybody else it is a text.

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

namespace ostiary {

struct Sentence : std::string {
    Sentence() = default;
    Sentence(const char* text) : std::string(text) {}
    Sentence(std::string text) : std::string(std::move(text)) {}

    std::string pattern = {};  // with {} where an argument goes; empty: the text itself
    std::vector<std::string> arguments = {};  // as they stand in the text
};

// A sentence with arguments; the pattern is a literal, so that it can be gathered for translation.
template <class... Args>
Sentence Say(std::string_view pattern, const Args&... args) {
    Sentence sentence(fmt::format(fmt::runtime(pattern), args...));
    sentence.pattern = pattern;
    sentence.arguments = {fmt::format("{}", args)...};
    return sentence;
}

}  // namespace ostiary
