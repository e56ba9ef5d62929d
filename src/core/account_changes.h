#pragma once

// What the verbs of core/accounts.h and core/recalls.h do to one account: the rules once, within a
// transaction that is under way.

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/events.h"
#include "core/model.h"
#include "core/permissions.h"
#include "core/world.h"

namespace ostiary {

Error NoSuchAccount();  // kNotFound account.unknown
Result<void> CheckVersion(const Account&, std::optional<std::int64_t> expected);  // kStale

// Whom a caller may see: a manager, the own team; the staff flag and superusers, everybody, which
// is said by an empty text.
std::string TeamSeenBy(const Actor&, const Catalogue&);

// Locks it out, and ends its sessions; its tokens open nothing while it is so.
void DeactivateInPlace(Work&, Account&, Millis now);

// What was had with an old password is of no use while it still opens the door.
void RevokeAllTokens(Work&, std::string_view account_id, Millis now);

using AccountChange = std::function<Result<void>(Work&, Account&, Millis now)>;

// Holds the account's row, lets `change` have its way with it, sees that a superuser remains
// (PERM-7), and saves what came of it with one event. As it is afterwards, its version too.
Result<Account> ChangeAccountWithin(Work&, World&, const Actor&, std::string_view id, EventKind,
                                    const AccountChange& change);

}  // namespace ostiary
