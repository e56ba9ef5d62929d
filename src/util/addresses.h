#pragma once

// Which addresses of the internet protocol belong to everybody.

#include <optional>
#include <string>
#include <string_view>

namespace ostiary {

// 4 or 16 bytes in network order; nothing if the text is no literal address. Brackets are forgiven.
std::optional<std::string> ParseAddress(std::string_view text);
std::string FormatAddress(std::string_view bytes);

// Whether this is an address in the public internet: not one's own machine or network (private,
// loopback, link-local, shared, multicast, documentation, reserved), also not by way of IPv6
// (mapped, 6to4, NAT64, Teredo). Anything but 4 or 16 bytes is not.
bool IsPublicAddress(std::string_view bytes);

}  // namespace ostiary
