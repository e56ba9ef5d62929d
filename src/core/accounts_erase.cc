// Taking a person out of the history without breaking it (AUD-2, docs/decisions/0017).

#include "core/accounts.h"
#include "core/happenings.h"
#include "util/text.h"

namespace ostiary {
namespace {

using enum Permission;

Error NobodyToErase() {
    return {ErrorKind::kNotFound, "account.unknown", "Not found",
            "There is no such account, and none was deleted that had this name or id"};
}

std::optional<Account> FindLiving(Work& work, std::string_view name_or_id) {
    if (auto account = work.accounts.FindByUsername(Fold(name_or_id))) return account;
    return work.accounts.Find(name_or_id);
}

Result<Erased> WhoIs(Work& work, std::string_view name_or_id) {
    if (const auto account = FindLiving(work, name_or_id)) {
        if (!account->deactivated_at)
            return Error{ErrorKind::kConflict, "account.active", "Conflict",
                         "Deactivate this account first; then the person can be erased"};
        return Erased{account->id, true};
    }
    constexpr std::size_t kEnoughToDoubt = 2;
    const auto ids = work.audit.DeletedAccounts(name_or_id, kEnoughToDoubt);
    if (ids.empty()) return NobodyToErase();
    if (ids.size() > 1)
        return Error{ErrorKind::kConflict, "account.several", "Conflict",
                     "Several deleted accounts had this name; give the id of the one you mean, "
                     "which the audit log has"};
    return Erased{ids.front(), false};
}

}  // namespace

Result<Erased> EraseAccount(Permit<kUsersWrite> permit, World& world, std::string_view name_or_id) {
    if (!IsCleanText(name_or_id, Lines::kOne)) return NobodyToErase();
    Erased erased;
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        erased = TRY(WhoIs(work, Trim(name_or_id)));
        if (!work.audit.ErasePerson(erased.account_id))
            return Error{ErrorKind::kConflict, "audit.behind", "Conflict",
                         "The audit log is still being linked; try again in a minute"};
        work.requests.Erase(erased.account_id);
        if (erased.had_account) work.accounts.Delete(erased.account_id);
        work.pulls.ErasePerson(erased.account_id);
        work.scim.Erase(erased.account_id);
        Event event = Happened(EventKind::kAccountErased, permit.holder(), world.clock.Now());
        event.subject_id = erased.account_id;
        work.events.Append(event);
        return {};
    }));
    return erased;
}

}  // namespace ostiary
