#pragma once

// Who asks, and whether they may. Tokens speak on machine paths only; cookies speak everywhere.

#include "core/world.h"
#include "http/message.h"
#include "http/router.h"

namespace ostiary {

// Fills in actor, session_token and visitor. An Error only for a bearer token that is none: a
// cookie that has ended just leaves the request without an actor.
Result<void> Identify(Request&, World&);

// kSignedOut if somebody is needed and nobody is there, kForbidden if it is the wrong one.
Result<void> CheckAccess(const Route&, const Request&);

}  // namespace ostiary
