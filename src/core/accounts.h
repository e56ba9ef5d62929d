#pragma once

// People: who they are, what they hold, and what may be changed about them.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model.h"
#include "core/permissions.h"
#include "core/world.h"

namespace ostiary {

struct AccountDraft {
    std::optional<std::string> username, name, email, password, role, task_group, time_zone;
    std::optional<bool> is_staff, is_superuser;
    std::optional<std::string> quota_codes, quota_uses;  // empty: as configured; 0: any number
    // Registration, role: all that the account shall hold. Edit only.
    std::optional<std::vector<std::pair<std::string, std::string>>> aircraft_roles;
};

// Field errors: username.taken, username.invalid, email.taken, email.invalid, password.short,
// role.unknown, …
Result<Account> CreateAccount(Permit<Permission::kUsersWrite>, World&, const AccountDraft&);
// kConflict account.last_superuser where the last active superuser would go (PERM-7).
Result<Account> EditAccount(Permit<Permission::kUsersWrite>, World&, std::string_view id,
                            const AccountDraft&, std::optional<std::int64_t> expected_version);
Result<Account> DeactivateAccount(Permit<Permission::kUsersWrite>, World&, std::string_view id,
                                  std::optional<std::int64_t> expected_version = {});
Result<Account> ReactivateAccount(Permit<Permission::kUsersWrite>, World&, std::string_view id,
                                  std::optional<std::int64_t> expected_version = {});
// What the account made and redeemed stays, under the name it had. Asks for it to be deactivated
// first: kConflict account.active.
Result<void> DeleteAccount(Permit<Permission::kUsersWrite>, World&, std::string_view id);
// Takes a person out of what was written about them (AUD-2): the account goes, as in DeleteAccount,
// and with it their name, address and details in the log and in redemptions. Codes they made keep
// the name of who made them (CODE-11). Also for an account that is deleted already, by its name or
// id: kNotFound, or kConflict account.several where the name was several people's.
struct Erased {
    std::string account_id;
    bool had_account = false;
};
Result<Erased> EraseAccount(Permit<Permission::kUsersWrite>, World&, std::string_view name_or_id);
// Ends every session and revokes every token of the account.
Result<void> SetPassword(Permit<Permission::kUsersWrite>, World&, std::string_view id,
                         std::string_view password);
Result<void> SetAircraftRole(Permit<Permission::kUsersWrite>, World&, std::string_view id,
                             std::string_view registration,
                             std::string_view role);  // empty role: remove

// What would end with the account's deactivation.
struct Footprint {
    std::size_t sessions = 0, tokens = 0;
};
Result<Footprint> FootprintOf(Permit<Permission::kUsersWrite>, World&, std::string_view id);

Result<AccountWithAccess> GetAccount(Permit<Permission::kUsersRead>, World&, std::string_view id);
Result<AccountWithAccess> GetAccountByUsername(Permit<Permission::kUsersRead>, World&,
                                               std::string_view username);
// As it is now, for whoever has just changed it.
Result<AccountWithAccess> GetChangedAccount(Permit<Permission::kUsersWrite>, World&,
                                            std::string_view id);
Result<AccountPage> ListAccounts(Permit<Permission::kUsersRead>, World&, AccountQuery);

// ── One's own ──────────────────────────────────────────────────────────────────────────────────

Result<AccountWithAccess> Me(Permit<Permission::kOwnAccount>, World&);
// What one holds, since when, and which code brought it.
struct HeldRole {
    AircraftGrant grant;
    Millis since = 0;
    std::string by_code;  // its label, or as people call it; empty: granted by hand
};
struct OwnAccess {
    std::string joined_with;  // the same of the code one registered with
    std::vector<HeldRole> roles;
};
Result<OwnAccess> GetOwnAccess(Permit<Permission::kOwnAccount>, World&);
Result<Account> EditProfile(Permit<Permission::kOwnAccount>, World&, std::string_view name,
                            std::string_view time_zone);
// Asks for the current password; ends the person's other sessions, and the tokens had by password.
Result<void> ChangePassword(Permit<Permission::kOwnAccount>, World&, std::string_view current,
                            std::string_view fresh, std::string_view fresh_again);

// Appends what is wrong with them to `errors`; used by registration and by CreateAccount alike.
void CheckUsername(std::string_view, std::vector<FieldError>& errors);
void CheckEmail(std::string_view, std::vector<FieldError>& errors);
void CheckName(std::string_view, std::vector<FieldError>& errors);
// A kInvalid error of these fields, titled by the first one.
Error InvalidFields(std::vector<FieldError> fields);

std::string AccessSummary(
    const std::vector<AircraftGrant>&);  // "N12345 (owner), N67890 (pilot)" or "—"

}  // namespace ostiary
