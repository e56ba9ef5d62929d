#include "util/addresses.h"

#include <arpa/inet.h>

#include <array>
#include <cstdint>

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

std::uint8_t At(std::string_view bytes, std::size_t i) {
    return static_cast<std::uint8_t>(bytes[i]);
}

bool IsPublicV4(std::string_view bytes) {
    std::uint32_t address = 0;
    for (std::size_t i = 0; i < 4; ++i) address = address << 8 | At(bytes, i);
    for (const Block& block : kNotPublic)
        if ((address ^ block.first) >> (32 - block.bits) == 0) return false;
    return true;
}

bool BeginsWith(std::string_view bytes, std::initializer_list<int> first) {
    std::size_t i = 0;
    for (const int byte : first)
        if (At(bytes, i++) != byte) return false;
    return true;
}

// Everything that is assigned stands below 2000::/3, but for the two that hold an old address.
bool IsPublicV6(std::string_view bytes) {
    if (BeginsWith(bytes, {0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0}))  // NAT64
        return IsPublicV4(bytes.substr(12));
    if (BeginsWith(bytes, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF}))  // mapped
        return IsPublicV4(bytes.substr(12));
    if ((At(bytes, 0) & 0xE0) != 0x20) return false;
    if (BeginsWith(bytes, {0x20, 0x02})) return IsPublicV4(bytes.substr(2, 4));       // 6to4
    if (BeginsWith(bytes, {0x20, 0x01}) && (At(bytes, 2) & 0xFE) == 0) return false;  // Teredo …
    if (BeginsWith(bytes, {0x20, 0x01, 0x0D, 0xB8})) return false;     // documentation
    return !(BeginsWith(bytes, {0x3F, 0xFF}) && At(bytes, 2) < 0x10);  // documentation
}

}  // namespace

std::optional<std::string> ParseAddress(std::string_view text) {
    if (text.size() > 2 && text.front() == '[' && text.back() == ']')
        text = text.substr(1, text.size() - 2);
    const std::string literal(text);
    std::array<char, 16> bytes{};
    if (inet_pton(AF_INET, literal.c_str(), bytes.data()) == 1) return std::string(bytes.data(), 4);
    if (inet_pton(AF_INET6, literal.c_str(), bytes.data()) == 1)
        return std::string(bytes.data(), 16);
    return std::nullopt;
}

std::string FormatAddress(std::string_view bytes) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    const int family = bytes.size() == 4 ? AF_INET : AF_INET6;
    if (bytes.size() != 4 && bytes.size() != 16) return {};
    return inet_ntop(family, bytes.data(), text.data(), text.size()) ? text.data() : "";
}

bool IsPublicAddress(std::string_view bytes) {
    if (bytes.size() == 4) return IsPublicV4(bytes);
    return bytes.size() == 16 && IsPublicV6(bytes);
}

}  // namespace ostiary
