#pragma once

// A new password without the old one: by a link that a superuser makes and hands over. It works
// once, for some hours, and only the latest one of an account does.

#include <optional>
#include <string>
#include <string_view>

#include "core/model.h"
#include "core/permissions.h"
#include "core/world.h"

namespace ostiary {

struct FreshResetLink {
    Account account;
    std::string token, url;  // told once
    Millis expires_at = 0;
    bool is_mailed = false;  // to the account's address as well
};

// Ends the account's earlier link. kConflict account.inactive where the person could not log in
// anyhow.
Result<FreshResetLink> MakeResetLink(Permit<Permission::kUsersWrite>, World&,
                                     std::string_view account_id);
Result<Account> WithdrawResetLink(Permit<Permission::kUsersWrite>, World&,
                                  std::string_view account_id);
// Until when the account's link works; nothing if there is none.
Result<std::optional<PasswordReset>> LivingResetLink(Permit<Permission::kUsersRead>, World&,
                                                     std::string_view account_id);

// Somebody says they forgot the password of this account. Remembers it, if there is such an
// account, and never says whether there is (SEC-3). Where mail is sent, whoever it is gets a link,
// in that language.
void AskForReset(World&, const Origin&, std::string_view login, std::string_view language);

// The one message for links that are unknown, used, replaced, withdrawn or too old.
Error InvalidResetLink();

// Whose password the link will set; uses nothing up.
Result<Account> OpenResetLink(World&, std::string_view token);
// Ends the link, every session and every token of the account.
Result<Account> ResetPassword(World&, const Origin&, std::string_view token, std::string_view fresh,
                              std::string_view fresh_again);

// ── Within a transaction that is under way ─────────────────────────────────────────────────────

std::string ResetUrl(const Config&, std::string_view token);
// Takes the place of the account's earlier link; tells the token.
std::string PutResetLink(Work&, World&, const Account&, std::string_view made_by);
std::optional<PasswordReset> FindResetLink(Work&, const World&, std::string_view token);
// By username or address; takes as long whether there is anybody or not.
std::optional<Account> FindByLogin(Work&, std::string_view login);

}  // namespace ostiary
