#include "http/request_id.h"

#include <algorithm>
#include <array>

namespace ostiary {

std::string NewRequestId(Random& random) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::array<std::uint8_t, 8> bytes;
    random.Fill(bytes);
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
