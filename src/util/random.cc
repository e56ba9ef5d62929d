#include "util/random.h"

#include <sodium.h>

#include <array>
#include <vector>

#include "util/vault.h"

namespace ostiary {

void SystemRandom::Fill(std::span<std::uint8_t> bytes) {
    randombytes_buf(bytes.data(), bytes.size());
}

std::string NewUuid(Random& random, Millis now) {
    std::array<std::uint8_t, 16> bytes;
    random.Fill(bytes);
    for (int i = 0; i < 6; ++i)
        bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(now >> (40 - 8 * i));
    bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0F) | 0x70);
    bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3F) | 0x80);
    std::string text(33, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
    text.resize(32);
    for (const std::size_t at : {20u, 16u, 12u, 8u}) text.insert(at, 1, '-');
    return text;
}

std::string RandomToken(Random& random, std::size_t bytes) {
    std::vector<std::uint8_t> chance(bytes);
    random.Fill(chance);
    return Base64Url({reinterpret_cast<const char*>(chance.data()), chance.size()});
}

std::uint32_t RandomBelow(Random& random, std::uint32_t bound) {
    // Numbers under 2^32 mod bound would make the low remainders likelier: draw again.
    const std::uint32_t reject_below = (0u - bound) % bound;
    for (;;) {
        std::array<std::uint8_t, 4> bytes;
        random.Fill(bytes);
        const std::uint32_t drawn = std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
                                    std::uint32_t{bytes[2]} << 8 | bytes[3];
        if (drawn >= reject_below) return drawn % bound;
    }
}

}  // namespace ostiary
