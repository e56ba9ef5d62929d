#include "http/request_id.h"

#include <algorithm>
#include <array>

namespace ostiary {

namespace {

constexpr std::size_t kIdBytes = 8;

// Chance for many ids at once: the kernel is asked for it once in 64 requests. It is no secret.
std::span<const std::uint8_t> NextChance(Random& random) {
    thread_local std::array<std::uint8_t, 64 * kIdBytes> stock;
    thread_local std::size_t used = stock.size();
    if (used == stock.size()) {
        random.Fill(stock);
        used = 0;
    }
    used += kIdBytes;
    return std::span(stock).subspan(used - kIdBytes, kIdBytes);
}

}  // namespace

std::string NewRequestId(Random& random) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    const auto bytes = NextChance(random);
    std::string id;
    id.reserve(2 * bytes.size());
    for (const std::uint8_t byte : bytes) id.append({kDigits[byte >> 4], kDigits[byte & 15]});
    return id;
}

bool IsRequestId(std::string_view text) {
    constexpr auto kIsFine = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
               c == '_' || c == '-';
    };
    return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, kIsFine);
}

}  // namespace ostiary
