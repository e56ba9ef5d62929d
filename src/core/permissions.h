#pragma once

// Who may do what. This table is the whole policy: pages, API, command line and tests read it.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/origin.h"
#include "util/clock.h"
#include "util/result.h"

namespace ostiary {

enum class Permission : std::uint8_t {
    kAdminPortal,     // open /admin/
    kManagerPortal,   // open /manager/
    kManagePortal,    // open /manage/
    kCodesRead,       // see codes and hand them out, within the actor's scope (core/codes.h)
    kCodesWrite,      // make and change codes, within the scope
    kCodesApprove,    // release or refuse a pending code
    kCodesExplain,    // ask why a code does not work
    kTemplatesRead,   // see what codes can be made from
    kTemplatesWrite,  // make templates, and change one's own
    kUsersRead,
    kUsersWrite,
    kAircraftRead,
    kAircraftWrite,
    kTokensWrite,  // make tokens for other people
    kRedeem,       // redeem a code for another application's subject
    kAuditRead,
    kRawData,      // look into every table
    kReportsRead,  // numbers about codes and who came, within the actor's scope
    kSystemRead,  // settings and health of the installation
    kOwnAccount,  // one's own profile, password, sessions, tokens
    kWebhooks,    // make and change webhooks, see what they were sent
    kScim,        // let a directory invite, change and withdraw people (core/scim.h)
    kCount
};

// A person may be several kinds at once; rights add up.
struct Grant {
    Permission permission;
    bool superuser, manager, staff_flag, signed_in;
    std::string_view scope;  // what an API token must carry; empty: no token opens this
};

// clang-format off
inline constexpr std::array kGrants = {
    //    permission                    super  manager staff  signed  API scope
    Grant{Permission::kAdminPortal,     true,  false,  false, false,  ""},
    Grant{Permission::kManagerPortal,   true,  true,   false, false,  ""},
    Grant{Permission::kManagePortal,    true,  false,  true,  false,  ""},
    Grant{Permission::kCodesRead,       true,  true,   true,  false,  "codes:read"},
    Grant{Permission::kCodesWrite,      true,  true,   true,  false,  "codes:write"},
    Grant{Permission::kCodesApprove,    true,  false,  false, false,  "codes:write"},
    Grant{Permission::kCodesExplain,    true,  true,   true,  false,  "codes:read"},
    Grant{Permission::kTemplatesRead,   true,  true,   true,  false,  "codes:read"},
    Grant{Permission::kTemplatesWrite,  true,  true,   false, false,  "codes:write"},
    Grant{Permission::kUsersRead,       true,  true,   true,  false,  "users:read"},
    Grant{Permission::kUsersWrite,      true,  false,  false, false,  "users:write"},
    Grant{Permission::kAircraftRead,    true,  true,   true,  false,  "aircraft:read"},
    Grant{Permission::kAircraftWrite,   true,  false,  false, false,  "aircraft:write"},
    Grant{Permission::kTokensWrite,     true,  false,  false, false,  ""},
    Grant{Permission::kRedeem,          true,  true,   true,  false,  "redeem"},
    Grant{Permission::kAuditRead,       true,  false,  false, false,  "audit:read"},
    Grant{Permission::kRawData,         true,  false,  false, false,  ""},
    Grant{Permission::kReportsRead,     true,  true,   false, false,  "stats:read"},
    Grant{Permission::kSystemRead,      true,  false,  false, false,  ""},
    Grant{Permission::kOwnAccount,      true,  true,   true,  true,   "me"},
    Grant{Permission::kWebhooks,        true,  false,  false, false,  "webhooks"},
    Grant{Permission::kScim,            true,  false,  false, false,  "scim"},
};
// clang-format on

consteval bool EveryPermissionHasOneRowInOrder() {
    if (kGrants.size() != static_cast<std::size_t>(Permission::kCount)) return false;
    for (std::size_t i = 0; i < kGrants.size(); ++i)
        if (static_cast<std::size_t>(kGrants[i].permission) != i) return false;
    return true;
}
static_assert(EveryPermissionHasOneRowInOrder());

constexpr const Grant& GrantOf(Permission permission) {
    return kGrants[static_cast<std::size_t>(permission)];
}

struct Actor;

// Proof that somebody was asked and may. Only an Actor can issue one, so a verb that takes a
// Permit<P> cannot be reached by a caller who forgot to ask. It borrows the actor: use it at once.
template <Permission P>
class Permit {
public:
    const Actor& holder() const { return *holder_; }

private:
    friend struct Actor;
    explicit Permit(const Actor& holder) : holder_(&holder) {}
    const Actor* holder_;
};

// Somebody who has signed in, as they are at this request: flags are read afresh each time
// (PERM-6).
struct Actor {
    std::string account_id;  // empty for the console, which is whoever may run the program
    std::string username;
    std::string name;  // as shown: the name, or the username
    std::string role;
    std::string task_group;
    bool is_superuser = false;
    bool is_manager = false;  // the role reaches a team
    bool is_staff_flag = false;
    std::string time_zone;                           // IANA; empty: UTC
    std::optional<std::vector<std::string>> scopes;  // of the API token; nothing: came by session
    std::string token_id;                            // of that token; empty: came by session
    std::optional<Millis> token_ends_at;             // when that token ends, if ever
    std::string session_id;  // of the browser session, hashed; empty otherwise
    Origin origin;

    bool May(Permission) const;

    template <Permission P>
    Result<Permit<P>> Ask() const {
        if (!May(P)) return Denied();
        return Permit<P>(*this);
    }
    static Error Denied();

    // Whoever runs the command line on the machine itself.
    static Actor Console(std::string_view system_user);
    static bool IsConsole(std::string_view username);  // no account's username can look like that
};

}  // namespace ostiary
