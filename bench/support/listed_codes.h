#pragma once

// Codes of every kind there can be, for lists: a thousand made one by one, and as many copies as
// asked for, which differ in words and moments.

#include <cstdint>

#include "support/installation.h"

namespace ostiary::bench {

inline constexpr std::uint64_t kOriginals = 1000;

// What fills a database; its store must not be open meanwhile. `count` is a multiple of kOriginals.
void FillWithListedCodes(const Config&, std::uint64_t count);

}  // namespace ostiary::bench
