#pragma once

// The header Idempotency-Key: a request that is sent again gets the first answer again, for a day,
// on every node and after a restart. Answers that say no are not kept: nothing has happened, so the
// same key may try again.

#include "core/world.h"
#include "http/message.h"
#include "http/router.h"
#include "util/result.h"

namespace ostiary {

// Whether this request's answer is kept; it then waits for the store.
bool IsKeyed(const Route&, const Request&);

// The route's handler, or its earlier answer. kInvalid for a key that is none, kReused for one that
// came with another request, kConflict while the first is under way.
Result<Response> AnswerOnce(const Route&, const Request&, World&);

}  // namespace ostiary
