#include "api/binder.h"

#include "core/accounts.h"
#include "util/text.h"

namespace ostiary::api {

namespace json = boost::json;

constexpr std::size_t kMostErrors = 20;  // an answer is no place to repeat a megabyte of nonsense

const json::value* Binder::Take(std::string_view name) {
    known_.emplace(name);
    return body_.if_contains(name);
}

void Binder::Blame(std::string_view name, std::string message) {
    errors_.push_back({std::string(name), "type.wrong", std::move(message)});
}

std::string Binder::Text(std::string_view name) { return MaybeText(name).value_or(""); }

std::optional<std::string> Binder::MaybeText(std::string_view name) {
    const json::value* value = Take(name);
    if (!value) return std::nullopt;
    if (value->is_null()) return "";
    if (value->is_string()) return std::string(value->as_string());
    Blame(name, "This field must be a text");
    return std::nullopt;
}

std::optional<std::string> Binder::MaybeNumber(std::string_view name) {
    const json::value* value = Take(name);
    if (!value) return std::nullopt;
    if (value->is_null()) return "";
    if (value->is_string()) return std::string(value->as_string());
    if (value->is_int64()) return std::to_string(value->as_int64());
    // Too large or with a fraction: its text is refused by the field's own rule, which says what is
    // right.
    if (value->is_number()) return json::serialize(*value);
    Blame(name, "This field must be a number");
    return std::nullopt;
}

std::optional<bool> Binder::MaybeFlag(std::string_view name) {
    const json::value* value = Take(name);
    if (!value) return std::nullopt;
    if (value->is_bool()) return value->as_bool();
    Blame(name, "This field must be true or false");
    return std::nullopt;
}

std::optional<std::vector<std::string>> Binder::MaybeTexts(std::string_view name) {
    const json::value* value = Take(name);
    if (!value) return std::nullopt;
    if (value->is_null()) return std::vector<std::string>{};
    if (value->is_string()) return SplitList(value->as_string(), ',');
    std::vector<std::string> texts;
    if (value->is_array()) {
        for (const json::value& item : value->as_array())
            if (item.is_string()) texts.emplace_back(item.as_string());
        if (texts.size() == value->as_array().size()) return texts;
    }
    Blame(name, "This field must be a list of texts");
    return std::nullopt;
}

std::optional<std::vector<std::pair<std::string, std::string>>> Binder::MaybeAircraftRoles(
    std::string_view name) {
    const json::value* value = Take(name);
    if (!value) return std::nullopt;
    std::vector<std::pair<std::string, std::string>> roles;
    if (value->is_null()) return roles;
    if (value->is_array()) {
        for (const json::value& item : value->as_array()) {
            const json::object* object = item.if_object();
            const json::value* aircraft = object ? object->if_contains("aircraft") : nullptr;
            const json::value* role = object ? object->if_contains("role") : nullptr;
            if (!aircraft || !role || !aircraft->is_string() || !role->is_string() ||
                object->size() != 2)
                break;
            roles.emplace_back(aircraft->as_string(), role->as_string());
        }
        if (roles.size() == value->as_array().size()) return roles;
    }
    Blame(name, R"(This field must be a list such as [{"aircraft": "N12345", "role": "pilot"}])");
    return std::nullopt;
}

Result<void> Binder::Finish() {
    for (const auto& member : body_)
        if (errors_.size() < kMostErrors && !known_.contains(member.key()))
            errors_.push_back({std::string(member.key()).substr(0, 100), "field.unknown",
                               "There is no such field"});
    if (errors_.empty()) return {};
    return InvalidFields(std::move(errors_));
}

}  // namespace ostiary::api
