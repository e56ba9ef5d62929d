// From what a client says to what the tables of api/scim_schema.h spell.

#include <fmt/format.h>

#include <boost/json.hpp>

#include "api/scim_schema.h"
#include "util/text.h"

namespace ostiary::scim {
namespace {

namespace json = boost::json;

constexpr std::size_t kLongestText = 1000, kMostValues = 100;

Error BadValue(std::string_view name, std::string_view what) {
    const std::string said = fmt::format("{} {}", name, what);
    Error error{ErrorKind::kInvalid, "scim.invalidValue", "Invalid request", Sentence(said)};
    error.fields.push_back({std::string(name), "scim.invalidValue", Sentence(said)});
    return error;
}

Result<json::value> ReadText(std::string_view name, const json::value& value) {
    if (value.is_int64() || value.is_uint64()) return json::value(json::serialize(value));
    if (!value.is_string()) return BadValue(name, "must be a text");
    const std::string_view text = value.get_string();
    if (!IsCleanText(text, Lines::kMany))
        return BadValue(name, "has characters that cannot be kept");
    if (CountCharacters(text) > kLongestText)
        return BadValue(name, fmt::format("has at most {} characters", kLongestText));
    return json::value(text);
}

// Entra ID sends flags as texts.
Result<json::value> ReadFlag(std::string_view name, const json::value& value) {
    if (value.is_bool()) return value;
    if (value.is_string() && SameName(value.get_string(), "true")) return json::value(true);
    if (value.is_string() && SameName(value.get_string(), "false")) return json::value(false);
    return BadValue(name, "must be true or false");
}

Result<json::value> ReadParts(const Attribute& attribute, std::string_view name,
                              const json::value& value) {
    json::object parts;
    if (!value.is_object()) {
        const Attribute* alone = attribute.Sub("value");
        if (!alone || value.is_array()) return BadValue(name, "must be an object");
        parts[alone->name] = TRY(ReadText(name, value));
        return json::value(std::move(parts));
    }
    for (const auto& [key, part] : value.get_object()) {
        const Attribute* sub = attribute.Sub(key);
        if (!sub || part.is_null()) continue;
        parts[sub->name] = TRY(ReadValue(*sub, fmt::format("{}.{}", name, sub->name), part));
    }
    for (const Attribute& sub : attribute.subs)
        if (sub.Is(Traits::kRequired) && !parts.contains(sub.name))
            return BadValue(fmt::format("{}.{}", name, sub.name), "is required");
    return json::value(std::move(parts));
}

Result<json::value> ReadOne(const Attribute& attribute, std::string_view name,
                            const json::value& value) {
    switch (attribute.type) {
        case Type::kFlag: return ReadFlag(name, value);
        case Type::kComplex: return ReadParts(attribute, name, value);
        case Type::kText:
        case Type::kMoment:
        case Type::kReference: break;
    }
    return ReadText(name, value);
}

Result<void> ReadInto(const Schema& schema, const json::object& said, json::object& read) {
    for (const auto& [key, value] : said) {
        const Attribute* attribute = schema.Find(key);
        if (!attribute || attribute->Is(Traits::kReadOnly) || value.is_null()) continue;
        json::value known = TRY(ReadValue(*attribute, attribute->name, value));
        const bool is_empty = known.is_array() && known.get_array().empty() &&
                              attribute->name != "aircraftRoles" && attribute->name != "members";
        if (!is_empty) read[attribute->name] = std::move(known);
    }
    return {};
}

}  // namespace

Result<json::value> ReadValue(const Attribute& attribute, std::string_view name,
                              const json::value& value) {
    if (!attribute.many()) {
        // One of a list is what a careless client means.
        const bool is_wrapped = value.is_array() && value.get_array().size() == 1;
        return ReadOne(attribute, name, is_wrapped ? value.get_array().front() : value);
    }
    json::array values;
    if (!value.is_array()) {
        values.push_back(TRY(ReadOne(attribute, name, value)));
        return json::value(std::move(values));
    }
    TRY(CheckSize(attribute, value.get_array().size()));
    for (const json::value& one : value.get_array())
        values.push_back(TRY(ReadOne(attribute, name, one)));
    return json::value(std::move(values));
}

Result<void> CheckSize(const Attribute& attribute, std::size_t values) {
    if (attribute.name == "members" || values <= kMostValues) return {};
    return BadValue(attribute.name, fmt::format("has at most {} values", kMostValues));
}

Result<json::object> ReadResource(const ResourceType& type, const json::object& body) {
    json::object read;
    TRY(ReadInto(*type.schemas.front(), body, read));
    for (const auto& [key, value] : body) {
        if (SameName(key, "externalId") && !value.is_null())
            read["externalId"] = TRY(ReadText("externalId", value));
        for (const Schema* schema : type.schemas.subspan(1)) {
            if (!SameName(key, schema->urn)) continue;
            if (!value.is_object()) return BadValue(schema->urn, "must be an object");
            json::object extension;
            TRY(ReadInto(*schema, value.get_object(), extension));
            if (!extension.empty()) read[schema->urn] = std::move(extension);
        }
        // "urn:…:User:department" at the root, as some clients write it.
        if (const auto path = ParseAttributePath(key); path.ok() && !path->urn.empty()) {
            const auto place = FindPlace(type, path.value());
            if (!place || !place->attribute || place->attribute->Is(Traits::kReadOnly)) continue;
            json::value known = TRY(ReadValue(*place->attribute, place->attribute->name, value));
            if (place->urn.empty()) {
                read[place->attribute->name] = std::move(known);
            } else {
                json::value& extension = read[place->urn];
                if (!extension.is_object()) extension.emplace_object();
                extension.get_object()[place->attribute->name] = std::move(known);
            }
        }
    }
    return read;
}

}  // namespace ostiary::scim
