#include "api/scim_patch.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "api/scim_match.h"

namespace ostiary::scim {
namespace {

namespace json = boost::json;
using enum Operation::Kind;

constexpr std::size_t kMostOperations = 1000;

bool IsNothing(const json::value& value) {
    if (value.is_null()) return true;
    if (const auto* text = value.if_string()) return text->empty();
    const auto* list = value.if_array();
    return list && list->empty();
}

// Whether two values of a list are the same one: by "value" where there is one, and type.
bool IsSame(const json::value& a, const json::value& b) {
    if (!a.is_object() || !b.is_object()) return a == b;
    const auto part = [](const json::value& one, std::string_view name) {
        const json::value* found = one.get_object().if_contains(name);
        return found ? *found : json::value();
    };
    if (part(a, "value").is_null() && part(b, "value").is_null()) return a == b;
    return part(a, "value") == part(b, "value") &&
           (part(a, "type") == part(b, "type") || part(b, "type").is_null());
}

// One operation on one resource.
class Patching {
public:
    Patching(const ResourceType& type, json::object& resource) : type_(type), resource_(resource) {}

    Result<void> Do(const Operation& operation) {
        if (operation.path.empty()) return WithoutPath(operation);
        const Target target = TRY(ParseTarget(operation.path));
        const auto place = FindPlace(type_, target.path);
        if (!place)
            return Refused("invalidPath", fmt::format("There is no attribute {}", operation.path));
        return At(*place, target, operation.kind, operation.value);
    }

private:
    Result<void> WithoutPath(const Operation& operation) {
        if (operation.kind == kRemove)
            return Refused("noTarget", "To remove something, name it in path");
        const json::object* said = operation.value.if_object();
        if (!said) return Refused("invalidValue", "Without a path, value must be an object");
        for (const auto& [key, value] : *said) {
            const auto target = ParseTarget(key);
            if (!target.ok()) continue;
            const auto place = FindPlace(type_, target->path);
            if (!place || IsFixed(*place)) continue;
            TRY(At(*place, target.value(), operation.kind, value));
        }
        return {};
    }

    static bool IsFixed(const Place& place) {
        return place.attribute && (place.attribute->Is(Traits::kReadOnly) ||
                                   (place.sub && place.sub->Is(Traits::kReadOnly)));
    }

    Result<void> At(const Place& place, const Target& target, Operation::Kind kind,
                    const json::value& value) {
        if (IsFixed(place))
            return Refused("mutability", fmt::format("{} cannot be changed", Write(target.path)));
        if (!place.attribute) return Extension(place, kind, value);
        if (kind == kReplace && IsNothing(value) && place.attribute->name != "members")
            kind = kRemove;
        const bool is_whole = !place.sub && target.filter.empty();
        if (kind == kRemove && is_whole && place.attribute->Is(Traits::kRequired))
            return Refused("mutability", fmt::format("{} is required", place.attribute->name));
        if (!target.filter.empty()) return Chosen(place, target.filter.front(), kind, value);
        json::object& root = RootOf(place.urn);
        if (place.sub) return Part(root, place, kind, value);
        if (kind == kRemove) return Remove(root, *place.attribute, value);
        return Set(root, *place.attribute, kind, value);
    }

    json::object& RootOf(std::string_view urn) {
        if (urn.empty()) return resource_;
        json::value& extension = resource_[urn];
        if (!extension.is_object()) extension.emplace_object();
        return extension.get_object();
    }

    // All of an extension at once.
    Result<void> Extension(const Place& place, Operation::Kind kind, const json::value& value) {
        if (place.urn.empty()) return Refused("invalidPath", "Name an attribute of the resource");
        if (kind == kRemove) {
            resource_.erase(place.urn);
            return {};
        }
        const json::object* said = value.if_object();
        if (!said) return Refused("invalidValue", fmt::format("{} must be an object", place.urn));
        for (const auto& [key, inner] : *said) {
            AttributePath path;
            path.urn = place.urn;
            path.name = key;
            const auto within = FindPlace(type_, path);
            if (!within || IsFixed(*within)) continue;
            TRY(At(*within, {path, {}}, kind, inner));
        }
        return {};
    }

    Result<void> Set(json::object& root, const Attribute& attribute, Operation::Kind kind,
                     const json::value& value) {
        json::value read = TRY(ReadValue(attribute, attribute.name, value));
        json::value& at = root[attribute.name];
        if (attribute.many() && kind == kAdd && at.is_array()) {
            for (json::value& one : read.get_array()) AddTo(at.get_array(), std::move(one));
            TRY(CheckSize(attribute, at.get_array().size()));
        } else if (attribute.type == Type::kComplex && !attribute.many() && at.is_object()) {
            for (auto& [key, part] : read.get_object()) at.get_object()[key] = std::move(part);
        } else {
            at = std::move(read);
        }
        return {};
    }

    static void AddTo(json::array& list, json::value one) {
        if (IsPrimary(one)) ClearPrimary(list);
        const auto known = std::ranges::find_if(
            list, [&](const json::value& other) { return IsSame(other, one); });
        if (known == list.end())
            list.push_back(std::move(one));
        else if (known->is_object() && one.is_object())
            for (auto& [key, part] : one.get_object()) known->get_object()[key] = std::move(part);
    }

    static void ClearPrimary(json::array& list) {
        for (json::value& one : list)
            if (json::object* object = one.if_object()) object->erase("primary");
    }

    // Without a value all of it; with values, those of the list.
    static Result<void> Remove(json::object& root, const Attribute& attribute,
                               const json::value& value) {
        json::value* at = root.if_contains(attribute.name);
        if (!at) return {};
        if (!attribute.many() || IsNothing(value)) {
            if (attribute.name == "members" || attribute.name == "aircraftRoles")
                at->emplace_array();  // nobody, which is not the same as nothing said
            else
                root.erase(attribute.name);
            return {};
        }
        const json::value gone = TRY(ReadValue(attribute, attribute.name, value));
        json::array kept;
        for (json::value& one : at->get_array())
            if (std::ranges::none_of(gone.get_array(),
                                     [&](const json::value& other) { return IsSame(one, other); }))
                kept.push_back(std::move(one));
        *at = std::move(kept);
        return {};
    }

    // name.familyName, and emails.value: of a list, the primary or first one.
    Result<void> Part(json::object& root, const Place& place, Operation::Kind kind,
                      const json::value& value) {
        json::value& at = root[place.attribute->name];
        if (place.attribute->many()) {
            if (!at.is_array()) at.emplace_array();
            json::array& list = at.get_array();
            if (kind == kRemove) {
                for (json::value& one : list) one.get_object().erase(place.sub->name);
                return {};
            }
            if (list.empty()) list.emplace_back(json::object{});
            const auto primary = std::ranges::find_if(list, IsPrimary);
            return SetPart(primary == list.end() ? list.front() : *primary, place, value);
        }
        if (!at.is_object()) at.emplace_object();
        if (kind == kRemove) {
            at.get_object().erase(place.sub->name);
            if (at.get_object().empty()) root.erase(place.attribute->name);
            return {};
        }
        return SetPart(at, place, value);
    }

    static Result<void> SetPart(json::value& at, const Place& place, const json::value& value) {
        const std::string name = fmt::format("{}.{}", place.attribute->name, place.sub->name);
        at.get_object()[place.sub->name] = TRY(ReadValue(*place.sub, name, value));
        return {};
    }

    // emails[type eq "work"], with or without a part of it.
    Result<void> Chosen(const Place& place, const Filter& filter, Operation::Kind kind,
                        const json::value& value) {
        if (!place.attribute->many() || place.attribute->subs.empty())
            return Refused("invalidPath", fmt::format("{} takes no filter", place.attribute->name));
        TRY(CheckWithin(*place.attribute, filter));
        json::object& root = RootOf(place.urn);
        json::value& at = root[place.attribute->name];
        if (!at.is_array()) at.emplace_array();
        json::array& list = at.get_array();
        if (kind == kRemove) return RemoveChosen(list, place, filter);
        const bool is_found = std::ranges::any_of(list, [&](const json::value& one) {
            return FitsWithin(*place.attribute, one, filter);
        });
        if (!is_found && kind == kReplace)
            return Refused("noTarget", fmt::format("No value of {} fits {}", place.attribute->name,
                                                   Write(filter)));
        TRY(CheckSize(*place.attribute, list.size() + (is_found ? 0 : 1)));
        if (!is_found) list.push_back(TRY(Imagine(*place.attribute, filter)));
        for (json::value& one : list) {
            if (!FitsWithin(*place.attribute, one, filter)) continue;
            json::value changed = one;
            if (place.sub) {
                TRY(SetPart(changed, place, value));
            } else {
                const Attribute single = Single(*place.attribute);
                json::value read = TRY(ReadValue(single, place.attribute->name, value));
                for (auto& [key, part] : read.get_object()) changed.get_object()[key] = part;
            }
            if (IsPrimary(changed) && !IsPrimary(one)) ClearPrimary(list);
            one = std::move(changed);
        }
        return {};
    }

    static Attribute Single(const Attribute& attribute) {
        Attribute single = attribute;
        single.traits = Traits::kNone;
        return single;
    }

    static Result<void> RemoveChosen(json::array& list, const Place& place, const Filter& filter) {
        json::array kept;
        for (json::value& one : list) {
            const bool fits = FitsWithin(*place.attribute, one, filter);
            if (fits && !place.sub) continue;
            if (fits) one.get_object().erase(place.sub->name);
            kept.push_back(std::move(one));
        }
        list = std::move(kept);
        return {};
    }

    // What is added where nothing fits yet: a value of which the filter is true.
    static Result<json::value> Imagine(const Attribute& attribute, const Filter& filter) {
        json::value imagined = json::object{};
        if (!Fulfil(attribute, filter, imagined.get_object()) ||
            !FitsWithin(attribute, imagined, filter))
            return Refused("noTarget",
                           fmt::format("No value of {} fits {}", attribute.name, Write(filter)));
        return imagined;
    }

    static bool Fulfil(const Attribute& attribute, const Filter& filter, json::object& value) {
        if (filter.kind == Filter::Kind::kAnd)
            return Fulfil(attribute, filter.parts[0], value) &&
                   Fulfil(attribute, filter.parts[1], value);
        if (filter.kind != Filter::Kind::kCompare || filter.compare != Filter::Operator::kEq)
            return false;
        const Attribute* sub = attribute.Sub(filter.path.name);
        if (!sub) return false;
        const auto read = ReadValue(*sub, sub->name, filter.value);
        if (!read.ok()) return false;
        value[sub->name] = read.value();
        return true;
    }

    const ResourceType& type_;
    json::object& resource_;
};

}  // namespace

Result<std::vector<Operation>> ReadOperations(const json::object& body) {
    const json::value* list = Member(body, "Operations");
    if (!list || !list->is_array() || list->get_array().empty())
        return Refused("invalidSyntax", "Operations must be a list of what to do");
    if (list->get_array().size() > kMostOperations)
        return Refused("invalidSyntax", fmt::format("At most {} operations", kMostOperations));
    std::vector<Operation> operations;
    for (const json::value& one : list->get_array()) {
        const json::object* said = one.if_object();
        const json::value* op = said ? Member(*said, "op") : nullptr;
        if (!op || !op->is_string())
            return Refused("invalidSyntax", "Every operation has an op: add, replace or remove");
        Operation& operation = operations.emplace_back();
        const std::string_view word = op->get_string();
        if (SameName(word, "add"))
            operation.kind = kAdd;
        else if (SameName(word, "replace"))
            operation.kind = kReplace;
        else if (SameName(word, "remove"))
            operation.kind = kRemove;
        else
            return Refused("invalidSyntax", "op is add, replace or remove");
        const json::value* path = Member(*said, "path");
        if (path && !path->is_null() && !path->is_string())
            return Refused("invalidPath", "path must be a text");
        if (path && path->is_string()) operation.path = path->get_string();
        const json::value* value = Member(*said, "value");
        if (!value && operation.kind != kRemove)
            return Refused("invalidValue", "This operation needs a value");
        if (value) operation.value = *value;
    }
    return operations;
}

Result<void> Apply(const ResourceType& type, const std::vector<Operation>& operations,
                   json::object& resource) {
    for (const Operation& operation : operations) TRY(Patching(type, resource).Do(operation));
    return {};
}

}  // namespace ostiary::scim
