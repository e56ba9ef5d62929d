#pragma once

// What the wire itself refuses, before anybody could know what was meant. The connection closes
// after it.

#include <string_view>

#include "http/message.h"

namespace ostiary {

struct Refusal {
    int status = 400;
    std::string_view reason;   // stable and public: "http.header"
    std::string_view details;  // one sentence
};

namespace refusals {
inline constexpr Refusal kMalformed{400, "http.malformed",
                                    "This is not a well-formed HTTP/1.1 request"};
inline constexpr Refusal kCharacters{
    400, "http.characters", "Control characters and bare line ends have no place in a request"};
inline constexpr Refusal kFolding{400, "http.folding", "Header lines must not be folded"};
inline constexpr Refusal kHost{400, "http.host", "Send exactly one valid Host header"};
inline constexpr Refusal kLength{
    400, "http.length", "Send one Content-Length, or Transfer-Encoding: chunked, and not both"};
inline constexpr Refusal kCoding{501, "http.coding",
                                 "The only transfer coding understood is chunked"};
inline constexpr Refusal kTarget{400, "http.target",
                                 "The target of a request is a path, or a http URL"};
inline constexpr Refusal kTimeout{408, "http.timeout", "The request took too long to arrive"};
inline constexpr Refusal kBody{413, "http.body", "The body is larger than this server accepts"};
inline constexpr Refusal kUrl{414, "http.url", "The URL is longer than this server accepts"};
inline constexpr Refusal kExpect{417, "http.expect",
                                 "The only expectation understood is 100-continue"};
inline constexpr Refusal kHead{431, "http.head",
                               "The headers are larger or more than this server accepts"};
inline constexpr Refusal kMethod{501, "http.method", "This method is not known here"};
inline constexpr Refusal kBusy{503, "http.busy",
                               "The server has more to do than it can; try again in a moment"};
inline constexpr Refusal kVersion{505, "http.version", "This server speaks HTTP/1.1 and HTTP/1.0"};
}  // namespace refusals

// The same shape as every error of the API.
Response AnswerTo(const Refusal&, std::string_view request_id);

}  // namespace ostiary
