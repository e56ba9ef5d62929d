#include "api/scim_schema.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

namespace ostiary::scim {
namespace {

namespace json = boost::json;
using enum Traits;
using enum Type;

// clang-format off
constexpr std::array kName = {
    Attribute{"formatted",       kText, kNone, "The whole name"},
    Attribute{"familyName",      kText, kNone, "The family name"},
    Attribute{"givenName",       kText, kNone, "The given name"},
    Attribute{"middleName",      kText, kNone, "The middle name"},
    Attribute{"honorificPrefix", kText, kNone, "What stands before the name"},
    Attribute{"honorificSuffix", kText, kNone, "What stands after the name"},
};
constexpr std::array kPlural = {
    Attribute{"value",   kText, kNone, "The value itself"},
    Attribute{"display", kText, kNone, "What people read"},
    Attribute{"type",    kText, kNone, "What it is for: work, home, mobile, other"},
    Attribute{"primary", kFlag, kNone, "Whether it is the one to be used; of one at most"},
};
constexpr std::array kAddress = {
    Attribute{"formatted",     kText, kNone, "The whole address"},
    Attribute{"streetAddress", kText, kNone, "Street and number"},
    Attribute{"locality",      kText, kNone, "City"},
    Attribute{"region",        kText, kNone, "State or region"},
    Attribute{"postalCode",    kText, kNone, "Postal code"},
    Attribute{"country",       kText, kNone, "Country"},
    Attribute{"type",          kText, kNone, "What it is for: work, home, other"},
    Attribute{"primary",       kFlag, kNone, "Whether it is the one to be used; of one at most"},
};
constexpr std::array kGroupOfUser = {
    Attribute{"value",   kText,      kReadOnly | kExactCase, "The id of the group"},
    Attribute{"$ref",    kReference, kReadOnly | kExactCase, "Its address"},
    Attribute{"display", kText,      kReadOnly,              "Its name"},
    Attribute{"type",    kText,      kReadOnly,              "direct"},
};
constexpr std::array kUser = {
    Attribute{"userName",          kText,      kRequired | kUnique, "What the directory calls the person; of somebody whom no directory has named, their address"},
    Attribute{"name",              kComplex,   kNone, "The parts of the name, as the directory has them", kName},
    Attribute{"displayName",       kText,      kExactCase, "The name that is shown"},
    Attribute{"nickName",          kText,      kNone, "How they are called"},
    Attribute{"profileUrl",        kReference, kNone, "A page about them"},
    Attribute{"title",             kText,      kNone, "Their title"},
    Attribute{"userType",          kText,      kNone, "Employee, Contractor, …"},
    Attribute{"preferredLanguage", kText,      kNone, "The language they prefer"},
    Attribute{"locale",            kText,      kNone, "How numbers and dates are written for them"},
    Attribute{"timezone",          kText,      kNone, "Their time zone"},
    Attribute{"active",            kFlag,      kNone, "False: the invitation is withdrawn, or the account deactivated"},
    Attribute{"emails",            kComplex,   kMany, "The first one, or the primary one, is where the invitation is mailed to, and the account's", kPlural},
    Attribute{"phoneNumbers",      kComplex,   kMany, "Telephones", kPlural},
    Attribute{"addresses",         kComplex,   kMany, "Where they live and work", kAddress},
    Attribute{"groups",            kComplex,   kMany | kReadOnly, "Their role and their task group", kGroupOfUser},
};
constexpr std::array kMember = {
    Attribute{"value",   kText,      kExactCase,             "The id of a person"},
    Attribute{"$ref",    kReference, kReadOnly | kExactCase, "Their address"},
    Attribute{"display", kText,      kReadOnly,              "Their name"},
    Attribute{"type",    kText,      kReadOnly,              "User"},
};
constexpr std::array kGroup = {
    Attribute{"displayName", kText,    kReadOnly | kUnique, "The name of a role or a task group; the configuration says which there are"},
    Attribute{"members",     kComplex, kMany,               "Who has this role, or is in this task group; everybody has one of each", kMember},
};
constexpr std::array kManager = {
    Attribute{"value",       kText,      kExactCase, "The id of the manager"},
    Attribute{"$ref",        kReference, kExactCase, "Their address"},
    Attribute{"displayName", kText,      kNone,      "Their name"},
};
constexpr std::array kEnterprise = {
    Attribute{"employeeNumber", kText,    kNone, "The number of the employee"},
    Attribute{"costCenter",     kText,    kNone, "The cost center"},
    Attribute{"organization",   kText,    kNone, "The organization"},
    Attribute{"division",       kText,    kNone, "The division"},
    Attribute{"department",     kText,    kNone, "The department"},
    Attribute{"manager",        kComplex, kNone, "Who leads them", kManager},
};
constexpr std::array kAircraftRole = {
    Attribute{"aircraft", kText, kRequired | kExactCase, "The registration"},
    Attribute{"role",     kText, kRequired | kClosed,    "The role on it"},
};
constexpr std::array kAccess = {
    Attribute{"role",          kText,    kClosed,   "Their role"},
    Attribute{"taskGroup",     kText,    kClosed,   "Their task group"},
    Attribute{"aircraftRoles", kComplex, kMany,     "All roles on aircraft", kAircraftRole},
    Attribute{"username",      kText,    kReadOnly, "What they log in with, once they have joined"},
    Attribute{"state",         kText,    kReadOnly, "joined or deactivated; before: invited, scheduled, waiting for approval, expired, used or withdrawn"},
};
// What every resource has.
constexpr std::array kMeta = {
    Attribute{"resourceType", kText,      kReadOnly | kExactCase, ""},
    Attribute{"created",      kMoment,    kReadOnly, ""},
    Attribute{"lastModified", kMoment,    kReadOnly, ""},
    Attribute{"location",     kReference, kReadOnly | kExactCase, ""},
    Attribute{"version",      kText,      kReadOnly | kExactCase, ""},
};
constexpr std::array kCommon = {
    Attribute{"schemas",    kReference, kMany | kReadOnly | kExactCase | kAlways, ""},
    Attribute{"id",         kText,      kReadOnly | kExactCase | kAlways | kUnique, ""},
    Attribute{"externalId", kText,      kExactCase, ""},
    Attribute{"meta",       kComplex,   kReadOnly, "", kMeta},
};

constexpr Schema kUserSchema{kUserUrn, "User", "A person: invited, or with an account", kUser};
constexpr Schema kGroupSchema{kGroupUrn, "Group", "A role or a task group", kGroup};
constexpr Schema kEnterpriseSchema{kEnterpriseUrn, "EnterpriseUser", "What an employer knows of a person", kEnterprise};
constexpr Schema kAccessSchema{kAccessUrn, "Access", "What a person may use", kAccess};
constexpr std::array kSchemas = {&kUserSchema, &kGroupSchema, &kEnterpriseSchema, &kAccessSchema};
constexpr std::array kUserSchemas = {&kUserSchema, &kEnterpriseSchema, &kAccessSchema};
constexpr std::array kGroupSchemas = {&kGroupSchema};
constexpr ResourceType kUserType{"User", "/Users", "People", kUserSchemas};
constexpr ResourceType kGroupType{"Group", "/Groups", "Roles and task groups", kGroupSchemas};
// clang-format on

const Attribute* Named(std::span<const Attribute> attributes, std::string_view name) {
    const auto found = std::ranges::find_if(
        attributes, [&](const Attribute& one) { return SameName(one.name, name); });
    return found == attributes.end() ? nullptr : &*found;
}

std::string_view NameOf(Type type) {
    switch (type) {
        case kText: return "string";
        case kFlag: return "boolean";
        case kMoment: return "dateTime";
        case kReference: return "reference";
        case kComplex: break;
    }
    return "complex";
}

template <class Entries>
json::array NamesOf(const Entries& entries) {
    json::array names;
    for (const auto& entry : entries) names.emplace_back(entry.name);
    return names;
}

// What is in the catalogue now.
json::array Choices(const Schema& schema, const Attribute& attribute, bool within,
                    const Catalogue& catalogue) {
    if (within) return NamesOf(catalogue.aircraft_roles);
    if (attribute.name == "role" && schema.urn == kAccessUrn) return NamesOf(catalogue.roles);
    return NamesOf(catalogue.task_groups);
}

json::object DescribeOne(const Schema& schema, const Attribute& attribute, bool within,
                         const Catalogue& catalogue) {
    json::object told;
    told["name"] = attribute.name;
    told["type"] = NameOf(attribute.type);
    told["multiValued"] = attribute.many();
    told["description"] = attribute.about;
    told["required"] = attribute.Is(kRequired);
    told["mutability"] = attribute.Is(kReadOnly) ? "readOnly" : "readWrite";
    told["returned"] = attribute.Is(kAlways) ? "always" : "default";
    if (attribute.type != kFlag && attribute.type != kComplex)
        told["caseExact"] = attribute.Is(kExactCase);
    told["uniqueness"] = attribute.Is(kUnique) ? "server" : "none";
    if (attribute.Is(kClosed))
        told["canonicalValues"] = Choices(schema, attribute, within, catalogue);
    if (attribute.type == kReference)
        told["referenceTypes"] = json::array{attribute.name == "profileUrl" ? "external" : "User"};
    if (!attribute.subs.empty()) {
        json::array subs;
        for (const Attribute& sub : attribute.subs)
            subs.push_back(DescribeOne(schema, sub, true, catalogue));
        told["subAttributes"] = std::move(subs);
    }
    return told;
}

std::optional<Place> PlaceIn(std::string_view urn, const Attribute* attribute,
                             const AttributePath& path) {
    if (!attribute) return std::nullopt;
    Place place{urn, attribute, nullptr};
    if (!path.sub.empty()) {
        place.sub = attribute->Sub(path.sub);
        if (!place.sub) return std::nullopt;
    }
    return place;
}

}  // namespace

const Attribute* Attribute::Sub(std::string_view sub_name) const { return Named(subs, sub_name); }
const Attribute* Schema::Find(std::string_view attribute_name) const {
    return Named(attributes, attribute_name);
}

const ResourceType& UserType() { return kUserType; }
const ResourceType& GroupType() { return kGroupType; }
std::span<const Schema* const> AllSchemas() { return kSchemas; }

std::optional<Place> FindPlace(const ResourceType& type, const AttributePath& path) {
    for (std::size_t i = 0; i < type.schemas.size(); ++i) {
        const Schema& schema = *type.schemas[i];
        const std::string_view urn = i == 0 ? std::string_view{} : schema.urn;
        if (path.sub.empty() && SameName(path.urn + ":" + path.name, schema.urn))
            return Place{urn, nullptr, nullptr};
        if (!path.urn.empty() && !SameName(path.urn, schema.urn)) continue;
        if (i == 0)
            if (const auto common = PlaceIn({}, Named(kCommon, path.name), path)) return common;
        if (const auto place = PlaceIn(urn, schema.Find(path.name), path)) return place;
    }
    return std::nullopt;
}

json::object Describe(const Schema& schema, const Catalogue& catalogue) {
    json::object told;
    told["schemas"] = json::array{"urn:ietf:params:scim:schemas:core:2.0:Schema"};
    told["id"] = schema.urn;
    told["name"] = schema.name;
    told["description"] = schema.about;
    json::array attributes;
    for (const Attribute& attribute : schema.attributes)
        attributes.push_back(DescribeOne(schema, attribute, false, catalogue));
    told["attributes"] = std::move(attributes);
    return told;
}

json::object Describe(const ResourceType& type, std::string_view base) {
    json::object told;
    told["schemas"] = json::array{"urn:ietf:params:scim:schemas:core:2.0:ResourceType"};
    told["id"] = type.name;
    told["name"] = type.name;
    told["endpoint"] = type.endpoint;
    told["description"] = type.about;
    told["schema"] = type.schemas.front()->urn;
    json::array extensions;
    for (const Schema* schema : type.schemas.subspan(1))
        extensions.push_back(json::object{{"schema", schema->urn}, {"required", false}});
    told["schemaExtensions"] = std::move(extensions);
    told["meta"] =
        json::object{{"resourceType", "ResourceType"},
                     {"location", std::string(base) + "/ResourceTypes/" + std::string(type.name)}};
    return told;
}

Error Refused(std::string_view word, std::string what, ErrorKind kind) {
    return {kind, "scim." + std::string(word), "Invalid request", Sentence(std::move(what))};
}

const json::value* Member(const json::object& object, std::string_view name) {
    for (const auto& [key, value] : object)
        if (SameName(key, name)) return &value;
    return nullptr;
}

bool IsPrimary(const json::value& value) {
    const json::object* object = value.if_object();
    const json::value* flag = object ? object->if_contains("primary") : nullptr;
    return flag && flag->is_bool() && flag->get_bool();
}

}  // namespace ostiary::scim
