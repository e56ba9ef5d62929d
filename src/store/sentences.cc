#include "store/sentences.h"

#include <boost/json.hpp>

namespace ostiary {
namespace {

namespace json = boost::json;

}  // namespace

std::string PackSentence(const Sentence& sentence) {
    if (sentence.empty()) return {};
    json::object packed{{"text", static_cast<const std::string&>(sentence)}};
    if (!sentence.pattern.empty()) {
        packed["pattern"] = sentence.pattern;
        packed["arguments"] = json::array(sentence.arguments.begin(), sentence.arguments.end());
    }
    return json::serialize(packed);
}

Sentence UnpackSentence(std::string_view packed) {
    if (packed.empty()) return {};
    const json::value value = json::parse({packed.data(), packed.size()});
    Sentence sentence(std::string(value.at("text").as_string()));
    if (const json::value* pattern = value.as_object().if_contains("pattern")) {
        sentence.pattern = pattern->as_string();
        for (const json::value& one : value.at("arguments").as_array())
            sentence.arguments.emplace_back(one.as_string());
    }
    return sentence;
}

}  // namespace ostiary
