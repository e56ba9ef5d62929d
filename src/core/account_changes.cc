#include "core/account_changes.h"

#include <algorithm>

#include "core/accounts.h"
#include "core/happenings.h"
#include "core/setup.h"

namespace ostiary {
namespace {

Error LastSuperuser() {
    return {ErrorKind::kConflict, "account.last_superuser", "Conflict",
            "This is the last active superuser; make another one first"};
}

// The object with one more pair in it.
std::string WithAircraft(std::string details, const std::vector<AircraftGrant>& before,
                         const std::vector<AircraftGrant>& after) {
    const std::string more =
        DifferenceDetails({{"aircraft_roles", AccessSummary(before), AccessSummary(after)}});
    if (details == "{}") return more;
    details.back() = ',';
    return details + more.substr(1);
}

// PERM-7, with every superuser's row held so that two cannot leave at once.
Result<void> CheckSuperuserRemains(Work& work, const Account& before, const Account& after,
                                   Millis now) {
    const auto rules = [&](const Account& account) {
        return account.is_superuser && account.IsActiveAt(now);
    };
    if (!rules(before) || rules(after)) return {};
    const auto holders = work.accounts.HoldActiveSuperusers();
    if (std::ranges::any_of(holders, [&](const std::string& id) { return id != before.id; }))
        return {};
    return LastSuperuser();
}

}  // namespace

Error NoSuchAccount() {
    return {ErrorKind::kNotFound, "account.unknown", "Not found", "There is no such account"};
}

Result<void> CheckVersion(const Account& account, std::optional<std::int64_t> expected) {
    if (!expected || *expected == account.version) return {};
    return Error{
        ErrorKind::kStale, "account.changed", "Changed meanwhile",
        "Somebody changed this account while you were editing it; look again and save again"};
}

std::string TeamSeenBy(const Actor& actor, const Catalogue& catalogue) {
    if (actor.is_superuser || actor.is_staff_flag || actor.task_group == catalogue.general_group)
        return {};
    return actor.task_group;
}

void DeactivateInPlace(Work& work, Account& account, Millis now) {
    if (!account.deactivated_at) account.deactivated_at = now;
    work.sessions.EndAllOf(account.id, "", now);
}

void RevokeAllTokens(Work& work, std::string_view account_id, Millis now) {
    for (const ApiToken& token : work.tokens.ListOf(account_id)) work.tokens.Revoke(token.id, now);
}

Result<Account> ChangeAccountWithin(Work& work, World& world, const Actor& actor,
                                    std::string_view id, EventKind kind,
                                    const AccountChange& change) {
    const Millis now = world.clock.Now();
    const auto before = work.accounts.FindForUpdate(id);
    if (!before) return NoSuchAccount();
    Account changed = *before;
    const auto held = work.accounts.AircraftRoles(id);
    TRY(change(work, changed, now));
    const auto holds = work.accounts.AircraftRoles(id);
    TRY(CheckSuperuserRemains(work, *before, changed, now));
    if (changed.is_superuser && !before->is_superuser) RetireFirstSuperuserLink(work, now);
    std::string details = ChangeDetails(*before, changed);
    if (held != holds) details = WithAircraft(std::move(details), held, holds);
    const bool new_password = before->password_hash != changed.password_hash;
    if (details == "{}" && !new_password) return changed;
    // A link that was made for the old state of things must not undo the new one.
    if (new_password || changed.deactivated_at) work.resets.End(changed.id);
    ++changed.version;
    TRY(work.accounts.Save(changed));
    work.events.Append(With(About(Happened(kind, actor, now), changed), details));
    return changed;
}

}  // namespace ostiary
