#pragma once

// The contract of the API, for programs and for people.

#include "core/world.h"
#include "http/message.h"
#include "util/result.h"

namespace ostiary::app {

Result<Response> OpenApiDocument(const Request&, World&);
Result<Response> ApiReference(const Request&, World&);

}  // namespace ostiary::app
