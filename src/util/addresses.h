#pragma once

// Addresses of the internet protocol, and which of them belong to everybody.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ostiary {

// In network order; IPv4 in its mapped form (RFC 4291, 2.5.5.2).
using AddressBytes = std::array<std::uint8_t, 16>;

// Nothing if the text is no literal address.
std::optional<AddressBytes> ParseAddress(std::string_view text);
std::string FormatAddress(const AddressBytes&);  // IPv4 with dots

// Whether this is an address in the public internet: not one's own machine or network (private,
// loopback, link-local, shared, multicast, documentation, reserved), also not by way of IPv6
// (mapped, 6to4, NAT64, Teredo).
bool IsPublicAddress(const AddressBytes&);

}  // namespace ostiary
