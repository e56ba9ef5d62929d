#pragma once

// An answer as it goes over the wire.

#include <string>
#include <string_view>

#include "http/message.h"

namespace ostiary {

struct Framing {
    bool keep_alive = true;
    bool is_http10 = false;
    bool head_only = false;  // answers HEAD
};

// Appends head and body. Of a streamed answer only the head; its body follows in chunks, or until
// the connection closes where HTTP/1.0 knows none. A header that could split the answer is left out
// and logged.
void AppendResponse(std::string& out, const Response&, const Framing&, std::string_view date);

void AppendChunk(std::string& out, std::string_view data);

std::string HttpDate(Millis);  // Sun, 06 Nov 1994 08:49:37 GMT

}  // namespace ostiary
