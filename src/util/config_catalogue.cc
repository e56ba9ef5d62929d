// The words of the organisation, and what must be true of them.

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "util/config.h"
#include "util/text.h"

namespace ostiary {
namespace {

template <class Entry>
const Entry* Find(const std::vector<Entry>& entries, std::string_view name) {
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [&](const Entry& e) { return e.name == name; });
    return found == entries.end() ? nullptr : &*found;
}

template <class Entry>
std::string Names(const std::vector<Entry>& entries) {
    std::vector<std::string> names;
    for (const Entry& entry : entries) names.push_back(entry.name);
    return Join(names, ", ");
}

bool IsName(std::string_view name) {
    return !name.empty() && name.size() <= 32 &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == name.npos;
}

template <class Entry>
std::optional<std::string> FlawOf(std::string_view list, const std::vector<Entry>& entries) {
    if (entries.empty()) return fmt::format("{} must have at least one entry", list);
    std::set<std::string> seen;
    for (const Entry& entry : entries) {
        if (!IsName(entry.name))
            return fmt::format(
                "{}: the name \"{}\" must be 1 to 32 of the characters a-z, 0-9 and _", list,
                entry.name);
        if (!seen.insert(entry.name).second)
            return fmt::format("{}: \"{}\" stands there twice", list, entry.name);
        if (entry.label.empty() || CountCharacters(entry.label) > 64 ||
            !IsCleanText(entry.label, Lines::kOne))
            return fmt::format("{}: the label of \"{}\" must be 1 to 64 characters", list,
                               entry.name);
    }
    return std::nullopt;
}

std::optional<std::string> FlawOfAliases(const Catalogue& catalogue) {
    for (const auto& [alias, role] : catalogue.role_aliases) {
        if (!IsName(alias))
            return fmt::format(
                "catalogue.role_aliases: the name \"{}\" must be 1 to 32 of the "
                "characters a-z, 0-9 and _",
                alias);
        if (Find(catalogue.roles, alias) != nullptr)
            return fmt::format("catalogue.role_aliases: \"{}\" is a role itself", alias);
        if (Find(catalogue.roles, role) == nullptr)
            return fmt::format(
                "catalogue.role_aliases: \"{}\" stands for \"{}\", which is no role; "
                "roles are: {}",
                alias, role, catalogue.RoleNames());
    }
    return std::nullopt;
}

}  // namespace

Catalogue Catalogue::Default() {
    return {.roles = {{"staff", "Staff", 1, Reach::kNone},
                      {"manager", "Manager", 2, Reach::kTeam},
                      {"admin", "Admin", 3, Reach::kEverything},
                      {"viewer", "Viewer", 0, Reach::kNone}},
            .task_groups = {{"general", "General"},
                            {"cleaning", "Cleaning"},
                            {"maintenance", "Maintenance"},
                            {"laundry", "Laundry"},
                            {"lawn_pool", "Lawn/Pool"}},
            .aircraft_roles = {{"pilot", "Pilot", 0}, {"owner", "Owner", 1}},
            .role_aliases = {{"member", "staff"}},
            .default_role = "staff",
            .default_task_group = "general",
            .general_group = "general",
            .aircraft_noun = "aircraft",
            .aircraft_noun_plural = "aircraft"};
}

const RoleEntry* Catalogue::FindRole(std::string_view name) const {
    const auto alias = role_aliases.find(name);
    return Find(roles, alias == role_aliases.end() ? name : std::string_view(alias->second));
}

const GroupEntry* Catalogue::FindTaskGroup(std::string_view name) const {
    return Find(task_groups, name);
}

const AircraftRoleEntry* Catalogue::FindAircraftRole(std::string_view name) const {
    return Find(aircraft_roles, name);
}

std::string Catalogue::RoleNames() const { return Names(roles); }
std::string Catalogue::TaskGroupNames() const { return Names(task_groups); }
std::string Catalogue::AircraftRoleNames() const { return Names(aircraft_roles); }

std::optional<std::string> Catalogue::Flaw() const {
    if (auto flaw = FlawOf("catalogue.roles", roles)) return flaw;
    if (auto flaw = FlawOf("catalogue.task_groups", task_groups)) return flaw;
    if (auto flaw = FlawOf("catalogue.aircraft_roles", aircraft_roles)) return flaw;
    if (auto flaw = FlawOfAliases(*this)) return flaw;
    if (Find(roles, default_role) == nullptr)
        return fmt::format("catalogue.default_role: \"{}\" is no role; roles are: {}", default_role,
                           RoleNames());
    if (FindTaskGroup(default_task_group) == nullptr)
        return fmt::format(
            "catalogue.default_task_group: \"{}\" is no task group; task groups are: {}",
            default_task_group, TaskGroupNames());
    if (!general_group.empty() && FindTaskGroup(general_group) == nullptr)
        return fmt::format("catalogue.general_group: \"{}\" is no task group; task groups are: {}",
                           general_group, TaskGroupNames());
    if (std::none_of(roles.begin(), roles.end(),
                     [](const RoleEntry& role) { return role.reach == Reach::kEverything; }))
        return "catalogue.roles: one role must have reach = \"everything\", or nobody could govern";
    return std::nullopt;
}

}  // namespace ostiary
