#include "util/addresses.h"

#include <arpa/inet.h>

#include <algorithm>
#include <initializer_list>

namespace ostiary {
namespace {

struct Block {
    std::uint32_t first;
    int bits;
};
// clang-format off
constexpr std::array kNotPublic = {
    Block{0x00000000,  8},  // this network
    Block{0x0A000000,  8},  // private
    Block{0x64400000, 10},  // shared by a provider's customers
    Block{0x7F000000,  8},  // loopback
    Block{0xA9FE0000, 16},  // link-local, where clouds answer about a machine
    Block{0xAC100000, 12},  // private
    Block{0xC0000000, 24},  // protocol assignments
    Block{0xC0000200, 24},  // documentation
    Block{0xC0586300, 24},  // 6to4 relays
    Block{0xC0A80000, 16},  // private
    Block{0xC6120000, 15},  // benchmarks
    Block{0xC6336400, 24},  // documentation
    Block{0xCB007100, 24},  // documentation
    Block{0xE0000000,  4},  // multicast
    Block{0xF0000000,  4},  // reserved, broadcast
};
// clang-format on

constexpr std::array<std::uint8_t, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

bool BeginsWith(const AddressBytes& bytes, std::initializer_list<std::uint8_t> first) {
    return std::equal(first.begin(), first.end(), bytes.begin());
}

// The four bytes from there on.
bool IsPublicV4(const AddressBytes& bytes, std::size_t from) {
    std::uint32_t address = 0;
    for (std::size_t i = from; i < from + 4; ++i) address = address << 8 | bytes[i];
    for (const Block& block : kNotPublic)
        if ((address ^ block.first) >> (32 - block.bits) == 0) return false;
    return true;
}

bool IsMapped(const AddressBytes& bytes) {
    return std::equal(kMapped.begin(), kMapped.end(), bytes.begin());
}

}  // namespace

std::optional<AddressBytes> ParseAddress(std::string_view text) {
    const std::string literal(text);
    AddressBytes bytes{};
    if (inet_pton(AF_INET6, literal.c_str(), bytes.data()) == 1) return bytes;
    std::ranges::copy(kMapped, bytes.begin());
    if (inet_pton(AF_INET, literal.c_str(), bytes.data() + kMapped.size()) == 1) return bytes;
    return std::nullopt;
}

std::string FormatAddress(const AddressBytes& bytes) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    const bool is_v4 = IsMapped(bytes);
    inet_ntop(is_v4 ? AF_INET : AF_INET6, bytes.data() + (is_v4 ? kMapped.size() : 0), text.data(),
              text.size());
    return text.data();
}

// Everything that is assigned stands below 2000::/3, but for the two that hold an old address.
bool IsPublicAddress(const AddressBytes& bytes) {
    if (IsMapped(bytes)) return IsPublicV4(bytes, kMapped.size());
    if (BeginsWith(bytes, {0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0}))  // NAT64
        return IsPublicV4(bytes, 12);
    if ((bytes[0] & 0xE0) != 0x20) return false;
    if (BeginsWith(bytes, {0x20, 0x02})) return IsPublicV4(bytes, 2);             // 6to4
    if (BeginsWith(bytes, {0x20, 0x01}) && (bytes[2] & 0xFE) == 0) return false;  // Teredo …
    if (BeginsWith(bytes, {0x20, 0x01, 0x0D, 0xB8})) return false;                // documentation
    return !(BeginsWith(bytes, {0x3F, 0xFF}) && bytes[2] < 0x10);                 // documentation
}

}  // namespace ostiary
