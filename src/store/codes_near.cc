#include "store/codes_near.h"

#include <algorithm>

namespace ostiary {
namespace {

// What a normalized code can hold: Crockford's letters, and the U that a chosen code may have.
constexpr std::string_view kLetters = "0123456789ABCDEFGHJKMNPQRSTUVWXYZ";
constexpr std::size_t kLongest = 32;

}  // namespace

std::vector<std::string> OneSlipAway(std::string_view normalized) {
    std::vector<std::string> near;
    if (normalized.empty() || normalized.size() > kLongest + 1) return near;
    const std::string typed(normalized);
    for (std::size_t i = 0; i <= typed.size(); ++i) {
        for (const char letter : kLetters) near.push_back(std::string(typed).insert(i, 1, letter));
        if (i == typed.size()) break;
        for (const char letter : kLetters) (near.emplace_back(typed))[i] = letter;
        near.push_back(std::string(typed).erase(i, 1));
        if (i > 0) {
            std::string& swapped = near.emplace_back(typed);
            std::swap(swapped[i - 1], swapped[i]);
        }
    }
    std::sort(near.begin(), near.end());
    near.erase(std::unique(near.begin(), near.end()), near.end());
    std::erase(near, typed);
    return near;
}

}  // namespace ostiary
