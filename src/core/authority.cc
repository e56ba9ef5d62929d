#include "core/authority.h"

#include <algorithm>

#include "core/accounts.h"

namespace ostiary {
namespace {

constexpr std::size_t kMostApprovers = 100;

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

// Although the person holds what the code grants. The console is whoever runs the program.
bool WaitsByRule(ApprovalRule rule, const Actor& actor, const Code& code) {
    if (actor.account_id.empty()) return false;
    const bool vouches = actor.is_superuser && !IsOwn(actor, code);
    if (rule == ApprovalRule::kAlways) return !vouches;
    return rule == ApprovalRule::kManagers && !actor.is_superuser && !actor.is_staff_flag;
}

Error Exceeds(const Authority& own, const Catalogue& catalogue, const Code& code) {
    constexpr std::string_view kRule =
        "This is more than you hold yourself, and nothing is approved here";
    const auto covers = [&](std::string_view group, const std::vector<AircraftGrant>& aircraft) {
        return own.Covers(catalogue, code.role, group, aircraft);
    };
    const char* field = covers(code.task_group, {})  ? "aircraft_roles"
                        : covers(own.task_group, {}) ? "task_group"
                                                     : "role";
    return InvalidFields({{field, std::string(field) + ".exceeds", std::string(kRule)}});
}

}  // namespace

bool IsOwn(const Actor& actor, const Code& code) {
    return !actor.account_id.empty() && code.created_by_id == actor.account_id;
}

std::vector<Account> ApproversBesides(Work& work, const Actor& actor, Millis now) {
    AccountQuery superusers;
    superusers.flag = "superuser";
    superusers.state = "active";
    superusers.page_size = kMostApprovers;
    std::vector<Account> approvers;
    for (AccountWithAccess& one : work.accounts.List(superusers, now).accounts)
        if (one.account.id != actor.account_id) approvers.push_back(std::move(one.account));
    return approvers;
}

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

Result<void> JudgeGrants(const Authority& own, const Config& config, const Actor& actor,
                         Code& code) {
    const bool covered = Covers(own, config.catalogue, code);
    if (!covered && config.approvals == ApprovalRule::kNever)
        return Exceeds(own, config.catalogue, code);
    const bool waits = !covered || WaitsByRule(config.approvals, actor, code);
    code.approval = waits ? Approval::kPending : Approval::kApproved;
    code.approved_by = !waits && !IsOwn(actor, code) ? actor.username : std::string();
    return {};
}

// Who stands behind the code after somebody changed it.
Result<void> JudgeChange(const Authority& own, const Config& config, const Actor& actor,
                         const Code& before, Code& after) {
    if (!GrantsTheSame(before, after)) return JudgeGrants(own, config, actor, after);
    if (!Widens(before, after)) return {};
    if (Covers(own, config.catalogue, after) && !WaitsByRule(config.approvals, actor, after))
        return {};
    after.approval = Approval::kPending;
    after.approved_by.clear();
    return {};
}

bool MayHandOut(const Authority& own, const Catalogue& catalogue, const Actor& actor,
                const Code& code) {
    if (!actor.May(Permission::kCodesRead)) return false;
    return IsOwn(actor, code) || Covers(own, catalogue, code);
}

void RedactFor(const Authority& own, const Catalogue& catalogue, const Actor& actor, Code& code) {
    if (MayHandOut(own, catalogue, actor, code)) return;
    code.code.clear();
    code.shown.clear();
    code.token.clear();
}

}  // namespace ostiary
