#include "util/nearest.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace ostiary {

std::size_t LettersApart(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({row[j + 1] + 1, row[j] + 1, changed});
        }
    }
    return row.back();
}

std::string_view NearestOf(std::string_view text, std::span<const std::string_view> known) {
    std::string_view nearest;
    std::size_t least = text.size() / 3 + 1;
    for (const std::string_view candidate : known) {
        const std::size_t distance = LettersApart(text, candidate);
        if (distance > least || (distance == least && !nearest.empty())) continue;
        nearest = candidate;
        least = distance;
    }
    return nearest;
}

}  // namespace ostiary
