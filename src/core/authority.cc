#include "core/authority.h"

#include <algorithm>

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

bool Covers(const Authority& authority, const Catalogue& catalogue, const Code& code) {
    return authority.Covers(catalogue, code.role, code.task_group, code.aircraft_roles);
}

bool GrantsTheSame(const Code& a, const Code& b) {
    return a.role == b.role && a.task_group == b.task_group && a.aircraft_roles == b.aircraft_roles;
}

// Nothing stands for no bound: later than any moment, more than any number.
template <class Bound>
bool IsLooser(const std::optional<Bound>& before, const std::optional<Bound>& after) {
    return before && (!after || *after > *before);
}

// Whether more people, other people, or people for longer may come in than before. Words and
// tightening are nobody's business but the editor's.
bool Widens(const Code& before, const Code& after) {
    return before.email != after.email || before.email_domains != after.email_domains ||
           IsLooser(before.max_uses, after.max_uses) ||
           IsLooser(before.expires_at, after.expires_at) ||
           IsLooser(before.account_days, after.account_days) ||
           (before.starts_at && (!after.starts_at || *after.starts_at < *before.starts_at)) ||
           (before.deactivated_at && !after.deactivated_at);
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

Authority AuthorityOfActor(Work& work, const Catalogue& catalogue, const Actor& actor) {
    if (actor.account_id
            .empty()) {  // the console: whoever may run the program on the machine itself
        Authority everything;
        everything.everything = true;
        return everything;
    }
    const auto account = work.accounts.Find(actor.account_id);
    if (!account) return {};
    return AuthorityOf(catalogue, *account, work.accounts.AircraftRoles(account->id));
}

// PERM-5: what exceeds the person's own authority waits until somebody vouches for it. Whoever
// changes what another's code grants vouches for it, as an approver does.
void JudgeGrants(const Authority& own, const Catalogue& catalogue, const Actor& actor, Code& code) {
    const bool covered = Covers(own, catalogue, code);
    const bool is_own = !actor.account_id.empty() && code.created_by_id == actor.account_id;
    code.approval = covered ? Approval::kApproved : Approval::kPending;
    code.approved_by = covered && !is_own ? actor.username : std::string();
}

// Who stands behind the code after somebody changed it.
void JudgeChange(const Authority& own, const Catalogue& catalogue, const Actor& actor,
                 const Code& before, Code& after) {
    if (!GrantsTheSame(before, after)) return JudgeGrants(own, catalogue, actor, after);
    if (!Widens(before, after) || Covers(own, catalogue, after)) return;
    after.approval = Approval::kPending;
    after.approved_by.clear();
}

bool MayHandOut(const Authority& own, const Catalogue& catalogue, const Actor& actor,
                const Code& code) {
    if (!actor.May(Permission::kCodesRead)) return false;
    const bool is_own = !actor.account_id.empty() && code.created_by_id == actor.account_id;
    return is_own || Covers(own, catalogue, code);
}

void RedactFor(const Authority& own, const Catalogue& catalogue, const Actor& actor, Code& code) {
    if (MayHandOut(own, catalogue, actor, code)) return;
    code.code.clear();
    code.shown.clear();
    code.token.clear();
}

}  // namespace ostiary
