// Whose codes somebody works with, and what they may hand out.

#include <algorithm>

#include "core/codes.h"

namespace ostiary {
namespace {

CodeScope TeamOf(const Actor& actor, std::string_view general_group) {
    if (actor.task_group == general_group) return CodeScope::All();
    return {false, actor.task_group, actor.account_id};
}

bool CoversAircraft(const Catalogue& catalogue, const Authority& authority,
                    const AircraftGrant& wanted) {
    const auto* role = catalogue.FindAircraftRole(wanted.role);
    return role && std::ranges::any_of(authority.aircraft, [&](const AircraftGrant& held) {
               const auto* held_role = catalogue.FindAircraftRole(held.role);
               return held.aircraft_id == wanted.aircraft_id && held_role &&
                      held_role->rank >= role->rank;
           });
}

}  // namespace

CodeScope ScopeOf(const Actor& actor, const World& world) {
    if (actor.is_superuser || actor.is_staff_flag) return CodeScope::All();
    return TeamOf(actor, world.config.catalogue.general_group);
}

CodeScope ScopeOf(const Actor& actor, const Portal& portal, const World& world) {
    if (portal.everything || actor.is_superuser) return CodeScope::All();
    return TeamOf(actor, world.config.catalogue.general_group);
}

bool IsWithin(const CodeScope& scope, const Code& code) {
    return scope.all || code.task_group == scope.task_group ||
           (!scope.creator_id.empty() && code.created_by_id == scope.creator_id);
}

Authority AuthorityOf(const Catalogue& catalogue, const Account& account,
                      std::vector<AircraftGrant> held) {
    Authority authority;
    authority.everything = account.is_superuser;
    if (const auto* role = catalogue.FindRole(account.role)) authority.rank = role->rank;
    authority.task_group = account.task_group;
    authority.aircraft = std::move(held);
    authority.any_task_group = account.task_group == catalogue.general_group;
    if (account.is_staff) {
        // Handing out ordinary places and aircraft is what the management portal is for.
        authority.rank = std::max(authority.rank, catalogue.FindRole(catalogue.default_role)->rank);
        authority.any_task_group = authority.any_aircraft = true;
    }
    return authority;
}

bool Authority::Covers(const Catalogue& catalogue, std::string_view role_name,
                       std::string_view group,
                       const std::vector<AircraftGrant>& aircraft_roles) const {
    if (everything) return true;
    const auto* role = catalogue.FindRole(role_name);
    if (!role || role->rank > rank) return false;
    // A role without reach may also be placed in the general group; a leader's place is in one's
    // own team.
    const bool own_place = group == task_group ||
                           (role->reach == Reach::kNone && group == catalogue.default_task_group);
    if (!any_task_group && !own_place) return false;
    return any_aircraft || std::ranges::all_of(aircraft_roles, [&](const AircraftGrant& wanted) {
               return CoversAircraft(catalogue, *this, wanted);
           });
}

}  // namespace ostiary
