#pragma once

// Forms that bring a file: multipart/form-data (RFC 7578), on routes that take one.

#include "http/message.h"

namespace ostiary {

bool IsMultipart(const Request&);  // says so, and its route takes files

// The fields in order, a file's content as the value of its field; none where the body is no such
// form.
Fields DecodeMultipart(const Request&);

}  // namespace ostiary
