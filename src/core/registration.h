#pragma once

// How somebody gets in (REG-1 … REG-13).

#include <optional>
#include <string>
#include <string_view>

#include "core/model.h"
#include "core/permissions.h"
#include "core/world.h"

namespace ostiary {

// A code is presented as typed, or as the token of a link.
struct Presented {
    std::string code;   // as typed, or empty
    std::string token;  // of the link, stray punctuation at its end forgiven; or empty
};

// What a visitor may see before registering: never the code's limits or its other guests.
struct Invitation {
    Code code;               // for the pages' prefill; not to be shown whole
    std::string invited_by;  // the creator's display name, as it is now, or as it was
};

// The one message for unknown, inactive, expired, exhausted, pending and scheduled alike (REG-4):
// kInvalid, title "Invalid invite code".
Error InvalidInviteCode();

Result<Invitation> OpenInvitation(World&, const Presented&);  // uses nothing up (REG-2)

struct RegistrationForm {
    Presented presented;
    std::string username, name, email, password, password_confirm;
    std::string time_zone;
    std::string idempotency_key;  // of the form or the header; empty: none
    std::string user_agent;
    std::string earlier_session_token;  // of the browser, which the new session replaces
};

struct Registered {
    Account account;
    std::vector<AircraftGrant> aircraft_access;
    Code code;
    std::string session_token;  // the person is logged in; empty for API registrations
    bool is_repeated = false;   // the first answer again
};

enum class SignIn { kYes, kNo };  // whether the person is logged in afterwards

// Judges the code first (REG-11), then the fields, hashes the password outside the transaction,
// then spends, adds and grants in one. A retry with the same idempotency key gets the first answer
// again (REG-7).
Result<Registered> Register(World&, const Origin&, const RegistrationForm&, SignIn);

// An account that is logged in adds a code's aircraft roles to its own (REG-8, REG-10).
struct Added {
    Code code;
    std::vector<AircraftGrant> aircraft_access;  // all that the account holds now
};
Result<Added> AddAccess(Permit<Permission::kOwnAccount>, World&, const Presented&);

// ── For other applications (API-3) ─────────────────────────────────────────────────────────────

// What is asked, checked as far as it can be without the store, whose Redeem decides it.
Result<SubjectClaim> ClaimForSubject(Permit<Permission::kRedeem>, const World&,
                                     std::string_view typed_code, std::string_view subject,
                                     std::string_view email);

// What another application redeemed with the caller's account, after the redemption with this id.
Result<std::vector<Redemption>> RedemptionsSince(Permit<Permission::kRedeem>, World&,
                                                 RedemptionId after, std::size_t most);

}  // namespace ostiary
