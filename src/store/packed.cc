#include "store/packed.h"

#include <algorithm>

namespace ostiary {
namespace {

// The separators never occur in what core lets in; should one, a blurred word is better than a torn
// list.
std::string WithoutSeparators(std::string_view text) {
    std::string clean(text);
    std::replace_if(
        clean.begin(), clean.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
    return clean;
}

template <class Part>
void ForEachPart(std::string_view text, char separator, Part part) {
    while (!text.empty()) {
        const auto end = std::min(text.find(separator), text.size());
        if (end > 0) part(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

}  // namespace

std::string PackLines(const std::vector<std::string>& lines) {
    if (lines.empty()) return {};
    std::string packed = "\n";
    for (const auto& line : lines) (packed += WithoutSeparators(line)) += '\n';
    return packed;
}

std::vector<std::string> UnpackLines(std::string_view packed) {
    std::vector<std::string> lines;
    ForEachPart(packed, '\n', [&](std::string_view line) { lines.emplace_back(line); });
    return lines;
}

std::string PackGrants(const std::vector<AircraftGrant>& grants) {
    std::string packed;
    for (const auto& grant : grants) {
        if (!packed.empty()) packed += '\n';
        ((packed += WithoutSeparators(grant.aircraft_id)) += '\t') +=
            WithoutSeparators(grant.registration);
        (packed += '\t') += WithoutSeparators(grant.role);
    }
    return packed;
}

std::vector<AircraftGrant> UnpackGrants(std::string_view packed) {
    std::vector<AircraftGrant> grants;
    ForEachPart(packed, '\n', [&](std::string_view line) {
        const auto first = line.find('\t'), second = line.find('\t', first + 1);
        if (second == line.npos) return;
        grants.push_back({std::string(line.substr(0, first)),
                          std::string(line.substr(first + 1, second - first - 1)),
                          std::string(line.substr(second + 1))});
    });
    std::sort(grants.begin(), grants.end(),
              [](const auto& a, const auto& b) { return a.registration < b.registration; });
    return grants;
}

std::string LikeLiterally(std::string_view text) {
    std::string pattern;
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern;
}

std::string LikeAnywhere(std::string_view text) { return "%" + LikeLiterally(text) + "%"; }

}  // namespace ostiary
