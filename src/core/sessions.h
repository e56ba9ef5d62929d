#pragma once

// Browser sessions: kept on the server, rotated at log-in, listed and revocable (SEC-2).

#include <string>
#include <string_view>
#include <vector>

#include "core/model.h"
#include "core/permissions.h"
#include "core/world.h"

namespace ostiary {

struct SignedIn {
    Account account;
    std::string session_token;  // the cookie's value, told once
};

// Username or address. One error for every cause, in equal time (SEC-3): kSignedOut login.refused.
Result<SignedIn> LogIn(World&, const Origin&, std::string_view login, std::string_view password,
                       std::string_view user_agent, std::string_view earlier_session_token);
void LogOut(World&, const Actor&);
// The same judgement without a session, for tokens. Remembers refusals.
Result<Account> CheckPassword(World&, const Origin&, std::string_view login,
                              std::string_view password);

// Who holds this cookie now; flags as they are at this moment (PERM-6). kSignedOut if nobody.
Result<Actor> ActorOfSession(World&, std::string_view session_token, const Origin&);
Actor MakeActor(const Catalogue&, const Account&, const Origin&);

Result<std::vector<Session>> OwnSessions(Permit<Permission::kOwnAccount>, World&);
Result<void> EndOwnSession(Permit<Permission::kOwnAccount>, World&, std::string_view id_hash);
Result<void> EndOtherSessions(Permit<Permission::kOwnAccount>, World&);

// Somebody else's.
Result<void> EndSession(Permit<Permission::kUsersWrite>, World&, std::string_view id_hash);

// The session's id hash and row for a person who just proved who they are; to be added in their
// transaction.
struct FreshSession {
    std::string token;
    Session row;
};
FreshSession MakeSession(World&, std::string_view account_id, const Origin&,
                         std::string_view user_agent);

}  // namespace ostiary
