#include "api/scim_match.h"

#include <fmt/format.h>

#include <algorithm>

#include "util/text.h"

namespace ostiary::scim {
namespace {

namespace json = boost::json;
using enum Filter::Kind;
using enum Filter::Operator;
using By = ScimLookup::By;

// Of something with parts its "value" is compared.
const Attribute& Leaf(const Attribute& attribute) {
    const Attribute* value = attribute.type == Type::kComplex ? attribute.Sub("value") : nullptr;
    return value ? *value : attribute;
}

Result<void> CheckComparison(const Attribute& attribute, const Filter& filter,
                             const std::string& name) {
    const Attribute& leaf = Leaf(attribute);
    if (filter.value.is_null()) {
        if (filter.compare == kEq || filter.compare == kNe) return {};
        return Refused("invalidFilter", "null is compared with eq and ne only");
    }
    if (leaf.type == Type::kComplex)
        return Refused("invalidFilter", fmt::format("{} has parts; compare one of them", name));
    const bool is_equality = filter.compare == kEq || filter.compare == kNe;
    if (leaf.type == Type::kFlag) {
        if (!is_equality)
            return Refused("invalidFilter",
                           fmt::format("{} is true or false: eq and ne only", name));
        const bool is_word =
            filter.value.is_string() && (SameName(filter.value.get_string(), "true") ||
                                         SameName(filter.value.get_string(), "false"));
        if (filter.value.is_bool() || is_word) return {};
        return Refused("invalidFilter", fmt::format("{} is compared with true or false", name));
    }
    if (!filter.value.is_string())
        return Refused("invalidFilter", fmt::format("{} is compared with a text, in quotes", name));
    const bool is_part = filter.compare == kCo || filter.compare == kSw || filter.compare == kEw;
    if (leaf.type == Type::kMoment && !is_part &&
        !ParseMoment(std::string(filter.value.get_string()), ""))
        return Refused(
            "invalidFilter",
            fmt::format("{} is compared with a moment such as 2026-05-01T12:00:00Z", name));
    return {};
}

// The text of a value as it is compared: folded, unless letters count as they are.
std::string KeyOf(const Attribute& leaf, const json::value& value) {
    if (value.is_bool()) return value.get_bool() ? "true" : "false";
    if (!value.is_string()) return json::serialize(value);
    const std::string text(value.get_string());
    return leaf.Is(Traits::kExactCase) ? text : Fold(text);
}

bool Compare(const Attribute& leaf, const json::value& is, const Filter& filter) {
    if (leaf.type == Type::kMoment && is.is_string()) {
        const auto moment = ParseMoment(std::string(is.get_string()), "");
        const auto wanted = ParseMoment(std::string(filter.value.get_string()), "");
        if (moment && wanted) switch (filter.compare) {
                case kEq: return *moment == *wanted;
                case kGt: return *moment > *wanted;
                case kGe: return *moment >= *wanted;
                case kLt: return *moment < *wanted;
                case kLe: return *moment <= *wanted;
                default: break;
            }
    }
    const std::string key = KeyOf(leaf, is), wanted = KeyOf(leaf, filter.value);
    switch (filter.compare) {
        case kEq:
        case kNe: return key == wanted;
        case kCo: return key.find(wanted) != key.npos;
        case kSw: return key.starts_with(wanted);
        case kEw: return key.ends_with(wanted);
        case kGt: return key > wanted;
        case kGe: return key >= wanted;
        case kLt: return key < wanted;
        case kLe: break;
    }
    return key <= wanted;
}

const json::value* PartOf(const json::value& value, const Attribute& part) {
    const json::object* object = value.if_object();
    return object ? object->if_contains(part.name) : nullptr;
}

bool IsThere(const json::value* value) {
    if (!value || value->is_null()) return false;
    if (const auto* text = value->if_string()) return !text->empty();
    if (const auto* list = value->if_array()) return !list->empty();
    if (const auto* object = value->if_object()) return !object->empty();
    return true;
}

// Whatever stands at the place, one by one: the values of a list, or of a part of each.
std::vector<const json::value*> ValuesAt(const json::value* value, const Attribute* sub) {
    std::vector<const json::value*> values;
    const auto add = [&](const json::value& one) {
        const json::value* found = sub ? PartOf(one, *sub) : &one;
        if (IsThere(found)) values.push_back(found);
    };
    if (!value) return values;
    if (const auto* list = value->if_array())
        for (const json::value& one : *list) add(one);
    else
        add(*value);
    return values;
}

bool CompareAny(const Attribute& attribute, const std::vector<const json::value*>& values,
                const Filter& filter) {
    if (filter.value.is_null()) return values.empty() == (filter.compare == kEq);
    const Attribute& leaf = Leaf(attribute);
    const bool fits = std::ranges::any_of(values, [&](const json::value* one) {
        const json::value* compared = &leaf == &attribute ? one : PartOf(*one, leaf);
        return compared && Compare(leaf, *compared, filter);
    });
    return filter.compare == kNe ? !fits : fits;
}

// What a name in brackets stands for; of a list of plain values it is "value".
const Attribute* Within(const Attribute& attribute, const AttributePath& path) {
    if (!path.urn.empty() || !path.sub.empty()) return nullptr;
    return attribute.Sub(path.name);
}

}  // namespace

Result<void> CheckWithin(const Attribute& attribute, const Filter& filter) {
    switch (filter.kind) {
        case kAnd:
        case kOr:
        case kNot:
            for (const Filter& part : filter.parts) TRY(CheckWithin(attribute, part));
            return {};
        case kAny: return Refused("invalidFilter", "Brackets do not stand in others");
        case kCompare:
        case kPresent: break;
    }
    const Attribute* part = Within(attribute, filter.path);
    if (!part)
        return Refused("invalidFilter",
                       fmt::format("{} has no {}", attribute.name, Write(filter.path)));
    if (filter.kind == kPresent) return {};
    return CheckComparison(*part, filter, Write(filter.path));
}

Result<void> CheckFilter(const ResourceType& type, const Filter& filter) {
    if (filter.kind == kAnd || filter.kind == kOr || filter.kind == kNot) {
        for (const Filter& part : filter.parts) TRY(CheckFilter(type, part));
        return {};
    }
    const auto place = FindPlace(type, filter.path);
    if (!place || !place->attribute)
        return Refused("invalidFilter",
                       fmt::format("There is no attribute {}", Write(filter.path)));
    if (filter.kind == kPresent) return {};
    if (filter.kind == kCompare) return CheckComparison(*place->leaf(), filter, Write(filter.path));
    if (place->sub || place->attribute->subs.empty())
        return Refused("invalidFilter", fmt::format("{} takes no brackets", Write(filter.path)));
    return CheckWithin(*place->attribute, filter.parts.front());
}

bool FitsWithin(const Attribute& attribute, const json::value& one, const Filter& filter) {
    switch (filter.kind) {
        case kAnd:
            return FitsWithin(attribute, one, filter.parts[0]) &&
                   FitsWithin(attribute, one, filter.parts[1]);
        case kOr:
            return FitsWithin(attribute, one, filter.parts[0]) ||
                   FitsWithin(attribute, one, filter.parts[1]);
        case kNot: return !FitsWithin(attribute, one, filter.parts[0]);
        case kAny: return false;
        case kCompare:
        case kPresent: break;
    }
    const Attribute* part = Within(attribute, filter.path);
    if (!part) return false;
    const auto values = ValuesAt(&one, part);
    return filter.kind == kPresent ? !values.empty() : CompareAny(*part, values, filter);
}

bool Fits(const ResourceType& type, const json::object& resource, const Filter& filter) {
    switch (filter.kind) {
        case kAnd:
            return Fits(type, resource, filter.parts[0]) && Fits(type, resource, filter.parts[1]);
        case kOr:
            return Fits(type, resource, filter.parts[0]) || Fits(type, resource, filter.parts[1]);
        case kNot: return !Fits(type, resource, filter.parts[0]);
        case kAny:
        case kCompare:
        case kPresent: break;
    }
    const auto place = FindPlace(type, filter.path);
    if (!place || !place->attribute) return false;
    const json::value* value = ValueAt(resource, {place->urn, place->attribute, nullptr});
    const auto values = ValuesAt(value, place->sub);
    if (filter.kind == kPresent) return !values.empty();
    if (filter.kind == kCompare) return CompareAny(*place->leaf(), values, filter);
    return std::ranges::any_of(values, [&](const json::value* one) {
        return FitsWithin(*place->attribute, *one, filter.parts.front());
    });
}

std::optional<ScimLookup> LookupIn(const ResourceType& type, const Filter& filter) {
    if (filter.kind == kAnd) {
        if (auto left = LookupIn(type, filter.parts[0])) return left;
        return LookupIn(type, filter.parts[1]);
    }
    // emails[type eq "work" and value eq "…"]: whoever fits has the value.
    if (filter.kind == kAny) {
        const auto place = FindPlace(type, filter.path);
        if (!place || !place->attribute || place->attribute->name != "emails") return std::nullopt;
        const auto value = [](const auto& self, const Filter& one) -> const Filter* {
            if (one.kind == kCompare && one.compare == kEq && SameName(one.path.name, "value") &&
                one.value.is_string())
                return &one;
            if (one.kind != kAnd) return nullptr;
            const Filter* left = self(self, one.parts[0]);
            return left ? left : self(self, one.parts[1]);
        };
        const Filter* found = value(value, filter.parts.front());
        if (!found) return std::nullopt;
        return ScimLookup{By::kEmail, std::string(found->value.get_string())};
    }
    if (filter.kind != kCompare || filter.compare != kEq || !filter.value.is_string())
        return std::nullopt;
    const auto place = FindPlace(type, filter.path);
    if (!place || !place->urn.empty() || !place->attribute) return std::nullopt;
    static constexpr std::pair<std::string_view, By> kFound[] = {{"id", By::kId},
                                                                 {"userName", By::kUserName},
                                                                 {"externalId", By::kExternalId},
                                                                 {"emails", By::kEmail},
                                                                 {"displayName", By::kDisplayName}};
    for (const auto& [name, by] : kFound) {
        const bool is_value = !place->sub || place->sub->name == "value";
        if (place->attribute->name == name && is_value)
            return ScimLookup{by, std::string(filter.value.get_string())};
    }
    return std::nullopt;
}

const json::value* ValueAt(const json::object& resource, const Place& place) {
    const json::object* root = &resource;
    if (!place.urn.empty()) {
        const json::value* extension = resource.if_contains(place.urn);
        root = extension ? extension->if_object() : nullptr;
        if (!place.attribute) return extension;
    }
    const json::value* value =
        root && place.attribute ? root->if_contains(place.attribute->name) : nullptr;
    return value && place.sub ? PartOf(*value, *place.sub) : value;
}

void Sort(const ResourceType&, const Place& by, SortOrder order,
          std::vector<json::object>& resources) {
    const Attribute& attribute = *by.leaf();
    const Attribute& leaf = Leaf(attribute);
    const auto key = [&](const json::object& resource) -> std::optional<std::string> {
        const json::value* value = ValueAt(resource, {by.urn, by.attribute, nullptr});
        if (value && value->is_array()) {
            const json::array& list = value->get_array();
            const auto primary = std::ranges::find_if(list, [](const json::value& one) {
                const json::object* object = one.if_object();
                const json::value* flag = object ? object->if_contains("primary") : nullptr;
                return flag && flag->is_bool() && flag->get_bool();
            });
            value = primary != list.end() ? &*primary : list.empty() ? nullptr : &list.front();
        }
        const Attribute* part = by.sub ? by.sub : &leaf != &attribute ? &leaf : nullptr;
        if (value && part && value->is_object()) value = PartOf(*value, *part);
        if (!IsThere(value)) return std::nullopt;
        return KeyOf(leaf, *value);
    };
    std::vector<std::pair<std::optional<std::string>, std::size_t>> keys;
    for (std::size_t i = 0; i < resources.size(); ++i) keys.emplace_back(key(resources[i]), i);
    std::ranges::stable_sort(keys, [&](const auto& a, const auto& b) {
        if (!a.first || !b.first)
            return order == SortOrder::kAscending ? a.first && !b.first : !a.first && b.first;
        return order == SortOrder::kAscending ? *a.first < *b.first : *b.first < *a.first;
    });
    std::vector<json::object> sorted;
    sorted.reserve(resources.size());
    for (const auto& [ignored, index] : keys) sorted.push_back(std::move(resources[index]));
    resources = std::move(sorted);
}

}  // namespace ostiary::scim
