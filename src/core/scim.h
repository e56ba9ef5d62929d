#pragma once

// What a directory does with people (HR-1): whom it makes is invited with a code of their own,
// bound to their address and mailed, and has an account once they have joined; the id is the same
// before and after. Everything is done by the rules, and with the events, of codes and accounts.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/permissions.h"
#include "core/scim_model.h"
#include "core/world.h"

namespace ostiary {

// What somebody shall be. What is absent stays as it is, or is what is usual.
struct ScimWish {
    std::optional<std::string> user_name, external_id, display_name, email, role, task_group;
    std::optional<std::vector<std::pair<std::string, std::string>>>
        aircraft_roles;  // registration, role: all of them
    std::optional<bool> active;
    std::optional<std::string> profile;  // a JSON object
};

// kConflict scim.uniqueness where the userName or address is somebody's; kInvalid
// scim.invalidValue, and what is wrong with the address, role, …; kTooMany mail.often. Whoever was
// let go by a directory comes back with the account they had, and a new id.
Result<ScimPerson> CreateScimPerson(Permit<Permission::kScim>, World&, const ScimWish&);

// What they shall be, found out of what they are, within the transaction that changes them; an
// error leaves everything as it was.
using ScimChange = std::function<Result<ScimWish>(const ScimPerson&)>;
// kNotFound scim.unknown; kConflict as above, account.last_superuser.
Result<ScimPerson> ChangeScimPerson(Permit<Permission::kScim>, World&, std::string_view id,
                                    const ScimChange&);
// The invitation is withdrawn, or the account deactivated, and the id is known no longer. `check`
// may object.
Result<void> DeleteScimPerson(Permit<Permission::kScim>, World&, std::string_view id,
                              const std::function<Result<void>(const ScimPerson&)>& check);

Result<ScimPerson> GetScimPerson(Permit<Permission::kScim>, World&, std::string_view id);
std::vector<ScimPerson> FindScimPeople(Permit<Permission::kScim>, World&, const ScimLookup&);
// In order of id, beyond `after`; so many of them left out first.
std::vector<ScimPerson> ListScimPeople(Permit<Permission::kScim>, World&, std::string_view after,
                                       std::size_t skip, std::size_t most);
std::int64_t CountScimPeople(Permit<Permission::kScim>, World&);

// Does all of it in one transaction, or nothing.
Result<void> TogetherOverScim(Permit<Permission::kScim>, World&,
                              const std::function<Result<void>(World&)>& body);

// ── How one is told ────────────────────────────────────────────────────────────────────────────

std::string ScimUserNameOf(const ScimPerson&);  // of those no directory has named: the address
std::string ScimEmailOf(const ScimPerson&);
std::string ScimDisplayNameOf(const ScimPerson&);
std::string ScimRoleOf(const ScimPerson&);
std::string ScimTaskGroupOf(const ScimPerson&);
// "joined", "deactivated", "invited", "scheduled", "waiting" for approval, "expired", "used",
// "withdrawn"
std::string_view ScimStateOf(const ScimPerson&, Millis now);

}  // namespace ostiary
