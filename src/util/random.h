#pragma once

// The only source of chance. Tests hand out one that repeats.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "util/clock.h"

namespace ostiary {

class Random {
public:
    virtual ~Random() = default;
    virtual void Fill(std::span<std::uint8_t> bytes) = 0;  // cryptographic, safe from any thread
};

class SystemRandom final : public Random {
public:
    void Fill(std::span<std::uint8_t> bytes) override;
};

// Version 7 of RFC 9562: 48 bits of time, then chance. Sorts by age.
std::string NewUuid(Random&, Millis now);

// So many random bytes as unpadded URL-safe base64: 16 bytes become 22 letters.
std::string RandomToken(Random&, std::size_t bytes);

// A number in [0, bound), every one as likely as the next.
std::uint32_t RandomBelow(Random&, std::uint32_t bound);

}  // namespace ostiary
