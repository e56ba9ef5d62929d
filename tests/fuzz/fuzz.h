#pragma once

// What every fuzzer needs: a claim that ends the program when it does not hold.

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string_view>

namespace ostiary::fuzz {

inline void Claim(bool holds, std::string_view what) {
    if (holds) return;
    std::cerr << "Not true: " << what << '\n';
    std::abort();
}

inline std::string_view Bytes(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

}  // namespace ostiary::fuzz
