#pragma once

// For whoever watches over the program.

#include "core/world.h"
#include "http/message.h"
#include "util/result.h"

namespace ostiary::app {

Result<Response> Healthz(const Request&, World&);     // the program runs
Result<Response> HealthPage(const Request&, World&);  // the same and more, for people
Result<Response> Readyz(const Request&, World&);      // and can be sent work: 503 otherwise

// From now on Readyz answers 503, so that proxies turn elsewhere.
void SayStopping();

}  // namespace ostiary::app
