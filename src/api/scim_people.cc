#include "api/scim_people.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "util/text.h"

namespace ostiary::scim {
namespace {

namespace json = boost::json;

constexpr std::size_t kLargestProfile = 32'768;

json::object ProfileOf(const ScimPerson& person) {
    json::error_code code;
    const json::value profile = json::parse(person.row.profile, code);
    if (code || !profile.is_object()) return {};
    return profile.get_object();
}

std::string_view TextAt(const json::value& value, std::string_view name) {
    const json::object* object = value.if_object();
    const json::value* text = object ? object->if_contains(name) : nullptr;
    return text && text->is_string() ? std::string_view(text->get_string()) : std::string_view{};
}

// Of several addresses the one that counts: the primary one, or the one for work, or the first.
json::value* MainOf(json::array& emails) {
    const auto primary = std::ranges::find_if(emails, IsPrimary);
    if (primary != emails.end()) return &*primary;
    const auto work = std::ranges::find_if(
        emails, [](const json::value& one) { return SameName(TextAt(one, "type"), "work"); });
    if (work != emails.end()) return &*work;
    return emails.empty() ? nullptr : &emails.front();
}

// What the directory said, with the address that they have now.
json::array EmailsOf(const json::object& profile, const std::string& email) {
    json::array emails;
    if (const json::value* said = profile.if_contains("emails"); said && said->is_array())
        emails = said->get_array();
    json::value* main = MainOf(emails);
    if (email.empty()) return emails;
    if (!main)
        emails.push_back(json::object{{"value", email}, {"type", "work"}, {"primary", true}});
    else if (TextAt(*main, "value") != email)
        main->get_object()["value"] = email;
    return emails;
}

json::array AircraftOf(const ScimPerson& person) {
    json::array roles;
    for (const AircraftGrant& grant : person.aircraft_roles)
        roles.push_back(json::object{{"aircraft", grant.registration}, {"role", grant.role}});
    return roles;
}

std::string TextOr(const json::object& resource, std::string_view name) {
    const json::value* value = resource.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::string DisplayNameIn(const json::object& resource) {
    if (std::string name = TextOr(resource, "displayName"); !name.empty()) return name;
    const json::value* parts = resource.if_contains("name");
    if (!parts || !parts->is_object()) return {};
    const json::object& name = parts->get_object();
    if (std::string formatted = TextOr(name, "formatted"); !formatted.empty()) return formatted;
    const std::string given = TextOr(name, "givenName"), family = TextOr(name, "familyName");
    return given.empty() || family.empty() ? given + family : given + " " + family;
}

std::string EmailIn(const json::object& resource) {
    if (const json::value* emails = resource.if_contains("emails"); emails && emails->is_array()) {
        json::array list = emails->get_array();
        if (const json::value* main = MainOf(list)) return std::string(TextAt(*main, "value"));
    }
    return {};
}

void ReadAccess(const json::object& resource, ScimWish& wish) {
    const json::value* said = resource.if_contains(kAccessUrn);
    if (!said || !said->is_object()) return;
    const json::object& access = said->get_object();
    if (const std::string role = TextOr(access, "role"); !role.empty()) wish.role = role;
    if (const std::string group = TextOr(access, "taskGroup"); !group.empty())
        wish.task_group = group;
    const json::value* roles = access.if_contains("aircraftRoles");
    if (!roles || !roles->is_array()) return;
    wish.aircraft_roles.emplace();
    for (const json::value& one : roles->get_array())
        wish.aircraft_roles->emplace_back(TextAt(one, "aircraft"), TextAt(one, "role"));
}

// What indexes hold: folding makes some letters many.
bool IsShortLine(std::string_view text) {
    constexpr std::size_t kLongestWord = 254, kLongestKey = 2000;
    return IsCleanText(text, Lines::kOne) && CountCharacters(text) <= kLongestWord &&
           Fold(text).size() <= kLongestKey;
}

Error BadWord(std::string_view what) {
    return Refused("invalidValue", fmt::format("{} has at most 254 characters, on one line", what));
}

// What is kept as it was said: everything that stands nowhere else.
std::string ProfileIn(const json::object& resource) {
    json::object profile;
    for (const auto& [key, value] : resource) {
        const bool is_empty = (value.is_object() && value.get_object().empty()) ||
                              (value.is_array() && value.get_array().empty());
        const bool is_elsewhere = key == "userName" || key == "externalId" ||
                                  key == "displayName" || key == "active" || key == kAccessUrn ||
                                  key == "groups";
        if (!is_empty && !is_elsewhere) profile[key] = value;
    }
    return json::serialize(profile);
}

}  // namespace

std::string BaseOf(const Config& config) { return config.BaseUrl() + "/scim/v2"; }

std::string LocationOf(const Config& config, const ResourceType& type, std::string_view id) {
    return BaseOf(config) + std::string(type.endpoint) + "/" + std::string(id);
}

json::object WritableOf(const ScimPerson& person, Millis now) {
    json::object resource = ProfileOf(person);
    resource["userName"] = ScimUserNameOf(person);
    if (!person.row.external_id.empty()) resource["externalId"] = person.row.external_id;
    if (const std::string name = ScimDisplayNameOf(person); !name.empty())
        resource["displayName"] = name;
    resource["active"] = person.IsActiveAt(now);
    json::array emails = EmailsOf(resource, ScimEmailOf(person));
    if (!emails.empty()) resource["emails"] = std::move(emails);
    json::object access{{"role", ScimRoleOf(person)}, {"taskGroup", ScimTaskGroupOf(person)}};
    access["aircraftRoles"] = AircraftOf(person);
    resource[kAccessUrn] = std::move(access);
    return resource;
}

json::object UserResource(const World& world, const ScimPerson& person) {
    const Millis now = world.clock.Now();
    json::object resource;
    json::array schemas{json::string(kUserUrn), json::string(kAccessUrn)};
    json::object writable = WritableOf(person, now);
    if (writable.contains(kEnterpriseUrn)) schemas.emplace_back(json::string(kEnterpriseUrn));
    resource["schemas"] = std::move(schemas);
    resource["id"] = person.row.id;
    for (auto& [key, value] : writable) resource[key] = std::move(value);
    json::object& access = resource[kAccessUrn].get_object();
    if (person.account) access["username"] = person.account->username;
    access["state"] = json::string(ScimStateOf(person, now));
    json::array groups;
    for (const Group& group : GroupsOf(world.config.catalogue))
        if (group.Has(person))
            groups.push_back(
                json::object{{"value", group.id()},
                             {"$ref", LocationOf(world.config, GroupType(), group.id())},
                             {"display", group.label},
                             {"type", "direct"}});
    resource["groups"] = std::move(groups);
    json::object meta{{"resourceType", "User"}, {"created", FormatRfc3339(person.row.created_at)}};
    // An account does not remember when it was changed; one that never was was not changed since.
    if (!person.account)
        meta["lastModified"] = FormatRfc3339(
            std::max(person.row.updated_at, person.code ? person.code->updated_at : 0));
    else if (person.account->version == 1)
        meta["lastModified"] =
            FormatRfc3339(std::max(person.row.updated_at, person.account->joined_at));
    meta["location"] = LocationOf(world.config, UserType(), person.row.id);
    resource["meta"] = std::move(meta);
    AddVersion(world, resource);
    return resource;
}

Result<ScimWish> WishOf(const json::object& resource, Said said) {
    ScimWish wish;
    wish.user_name = TextOr(resource, "userName");
    if (Trim(*wish.user_name).empty() || !IsShortLine(*wish.user_name))
        return BadWord("userName is required, and");
    if (const json::value* active = resource.if_contains("active"); active && active->is_bool())
        wish.active = active->get_bool();
    std::string email = EmailIn(resource);
    // Many directories name people by their address, and say no more.
    if (email.empty() && said == Said::kNew && IsEmailAddress(*wish.user_name))
        email = *wish.user_name;
    if (!email.empty()) wish.email = email;
    const std::string name = DisplayNameIn(resource);
    if (!name.empty() || said == Said::kNew) wish.display_name = name;
    wish.external_id = TextOr(resource, "externalId");
    if (!IsShortLine(*wish.external_id)) return BadWord("externalId");
    ReadAccess(resource, wish);
    json::object whole = resource;
    if (!whole.contains("emails") && !email.empty()) whole["emails"] = EmailsOf({}, email);
    wish.profile = ProfileIn(whole);
    if (wish.profile->size() > kLargestProfile)
        return Refused("invalidValue",
                       fmt::format("A person takes at most {} bytes", kLargestProfile));
    return wish;
}

std::string Group::id() const { return (of == Of::kRole ? "role." : "task_group.") + name; }

bool Group::Has(const ScimPerson& person) const {
    return name == (of == Of::kRole ? ScimRoleOf(person) : ScimTaskGroupOf(person));
}

std::vector<Group> GroupsOf(const Catalogue& catalogue) {
    std::vector<Group> groups;
    for (const RoleEntry& role : catalogue.roles)
        groups.push_back({Group::Of::kRole, role.name, role.label});
    for (const GroupEntry& group : catalogue.task_groups)
        groups.push_back({Group::Of::kTaskGroup, group.name, group.label});
    // A directory finds groups by what they are called.
    std::vector<std::string> called;
    for (Group& group : groups) {
        const auto is_taken = [&] {
            return std::ranges::any_of(
                called, [&](const std::string& one) { return one == Fold(group.label); });
        };
        if (is_taken()) group.label += group.of == Group::Of::kRole ? " (role)" : " (task group)";
        if (is_taken()) group.label = group.id();
        called.push_back(Fold(group.label));
    }
    return groups;
}

json::object GroupResource(const World& world, const Group& group,
                           const std::vector<ScimPerson>& members) {
    json::object resource;
    resource["schemas"] = json::array{json::string(kGroupUrn)};
    resource["id"] = group.id();
    resource["displayName"] = group.label;
    json::array list;
    for (const ScimPerson& person : members)
        list.push_back(json::object{{"value", person.row.id},
                                    {"$ref", LocationOf(world.config, UserType(), person.row.id)},
                                    {"display", ScimUserNameOf(person)},
                                    {"type", "User"}});
    resource["members"] = std::move(list);
    resource["meta"] = json::object{
        {"resourceType", "Group"}, {"location", LocationOf(world.config, GroupType(), group.id())}};
    AddVersion(world, resource);
    return resource;
}

void AddVersion(const World& world, json::object& resource) {
    const std::string version =
        "W/\"" + world.vault.Hash(Purpose::kCache, json::serialize(resource)) + "\"";
    resource["meta"].get_object()["version"] = version;
}

std::string VersionOf(const json::object& resource) {
    return std::string(resource.at("meta").at("version").as_string());
}

}  // namespace ostiary::scim
