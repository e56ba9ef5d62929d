#pragma once

#include <string>
#include <string_view>

#include "http/message.h"

namespace ostiary {

// gzip, where the client takes it, the type gains by it and the body is worth it.
void Compress(const Request&, Response&);

bool AcceptsGzip(const Request&);

}  // namespace ostiary
