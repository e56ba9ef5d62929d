#pragma once

// What work that goes on after its request has in common: whoever has the lease does some of it,
// and lets go.

#include <string>
#include <string_view>

#include "core/permissions.h"
#include "core/world.h"

namespace ostiary {

// Renewed with each bundle; whoever lost it notices before anything is written, so it may be short.
inline constexpr Millis kLease = 5 * kSecond;
std::string NewLease(Random&);

// Whoever asked for the work, as they are now (PERM-6): an account, or the console where there is
// none. kForbidden job.person if they are no longer active.
Result<Actor> WhoeverAsked(World&, std::string_view account_id, std::string_view name,
                           const Origin&);

}  // namespace ostiary
