// attributes and excludedAttributes (RFC 7644, 3.9).

#include <algorithm>

#include "api/scim_match.h"
#include "util/text.h"

namespace ostiary::scim {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostNames = 100;

std::vector<Place> PlacesOf(const ResourceType& type, std::string_view names) {
    std::vector<Place> places;
    for (const std::string& name : SplitList(names, ',')) {
        if (places.size() == kMostNames) break;
        const auto path = ParseAttributePath(name);
        if (!path.ok()) continue;
        if (const auto place = FindPlace(type, path.value())) places.push_back(*place);
    }
    return places;
}

bool IsAlwaysTold(std::string_view name) { return name == "schemas" || name == "id"; }

// One part of what stands there, and of each where there are several.
json::value PartsOf(const json::value& value, const Attribute& sub) {
    if (const auto* list = value.if_array()) {
        json::array parts;
        for (const json::value& one : *list) parts.push_back(PartsOf(one, sub));
        return parts;
    }
    json::object part;
    if (const auto* object = value.if_object())
        if (const json::value* found = object->if_contains(sub.name)) part[sub.name] = *found;
    return part;
}

void TakeOut(json::value& value, const Attribute& sub) {
    if (auto* list = value.if_array())
        for (json::value& one : *list) TakeOut(one, sub);
    if (auto* object = value.if_object()) object->erase(sub.name);
}

json::object* RootOf(json::object& resource, std::string_view urn) {
    if (urn.empty()) return &resource;
    json::value* extension = resource.if_contains(urn);
    return extension ? extension->if_object() : nullptr;
}

void Merge(json::value& into, const json::value& more) {
    if (into.is_array() && more.is_array()) {
        for (std::size_t i = 0; i < into.get_array().size() && i < more.get_array().size(); ++i)
            Merge(into.get_array()[i], more.get_array()[i]);
    } else if (into.is_object() && more.is_object()) {
        for (const auto& [key, value] : more.get_object()) into.get_object()[key] = value;
    }
}

json::object Only(const std::vector<Place>& places, const json::object& resource) {
    json::object told;
    for (const auto& [key, value] : resource)
        if (IsAlwaysTold(key)) told[key] = value;
    for (const Place& place : places) {
        const json::value* value = ValueAt(resource, {place.urn, place.attribute, nullptr});
        if (!value) continue;
        if (!place.attribute) {
            told[place.urn] = *value;
            continue;
        }
        json::object* root = &told;
        if (!place.urn.empty()) {
            json::value& extension = told[place.urn];
            if (!extension.is_object()) extension.emplace_object();
            root = &extension.get_object();
        }
        json::value part = place.sub ? PartsOf(*value, *place.sub) : *value;
        json::value& at = (*root)[place.attribute->name];
        if (at.is_null())
            at = std::move(part);
        else
            Merge(at, part);
    }
    return told;
}

}  // namespace

bool Projection::Tells(std::string_view root_attribute) const {
    const auto is_it = [&](const Place& place) {
        return place.urn.empty() && place.attribute && place.attribute->name == root_attribute;
    };
    if (lists) return std::ranges::any_of(only, is_it);
    return std::ranges::none_of(without,
                                [&](const Place& place) { return is_it(place) && !place.sub; });
}

Projection ReadProjection(const ResourceType& type, std::string_view attributes,
                          std::string_view excluded_attributes) {
    return {!Trim(attributes).empty(), PlacesOf(type, attributes),
            PlacesOf(type, excluded_attributes)};
}

json::object Project(const Projection& projection, json::object resource) {
    if (projection.lists) return Only(projection.only, resource);
    for (const Place& place : projection.without) {
        if (!place.attribute) {
            resource.erase(place.urn);
            continue;
        }
        json::object* root = RootOf(resource, place.urn);
        if (!root || (place.urn.empty() && IsAlwaysTold(place.attribute->name))) continue;
        json::value* value = root->if_contains(place.attribute->name);
        if (value && place.sub)
            TakeOut(*value, *place.sub);
        else
            root->erase(place.attribute->name);
    }
    return resource;
}

}  // namespace ostiary::scim
