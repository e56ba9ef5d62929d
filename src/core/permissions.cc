#include "core/permissions.h"

#include <algorithm>

namespace ostiary {
namespace {

constexpr std::string_view kConsolePrefix = "console:";

}  // namespace

bool Actor::May(Permission permission) const {
    const Grant& grant = GrantOf(permission);
    if (scopes && (grant.scope.empty() || std::ranges::find(*scopes, grant.scope) == scopes->end()))
        return false;
    return grant.signed_in || (grant.superuser && is_superuser) || (grant.manager && is_manager) ||
           (grant.staff_flag && is_staff_flag);
}

Error Actor::Denied() {
    return {ErrorKind::kForbidden, "access.denied", "Access denied",
            "You do not have permission to manage invite codes"};
}

Actor Actor::Console(std::string_view system_user) {
    Actor console;
    console.username = std::string(kConsolePrefix) + std::string(system_user);
    console.name = console.username;
    console.is_superuser = true;
    console.origin.door = Door::kConsole;
    return console;
}

bool Actor::IsConsole(std::string_view username) { return username.starts_with(kConsolePrefix); }

}  // namespace ostiary
