#pragma once

// The filters and paths of SCIM (RFC 7644, 3.4.2.2 and 3.5.2), read into trees. What they mean is
// another matter: api/scim_match.h.

#include <boost/json/value.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "util/result.h"

namespace ostiary::scim {

// "urn:…:User:name.familyName": the URN, the attribute, and what is within it; the first and the
// last may be empty. As they were written.
struct AttributePath {
    std::string urn, name, sub;
};

struct Filter {
    enum class Kind : std::uint8_t { kAnd, kOr, kNot, kCompare, kPresent, kAny };
    enum class Operator : std::uint8_t { kEq, kNe, kCo, kSw, kEw, kGt, kGe, kLt, kLe };

    Kind kind = Kind::kPresent;
    // kAnd, kOr: two. kNot: one. kAny, which is path[…]: one, about each value of the path.
    std::vector<Filter> parts;
    AttributePath path;  // kCompare, kPresent, kAny
    Operator compare = Operator::kEq;
    boost::json::value value;  // kCompare: a text, a number, true, false or null
};

// Where an operation of PATCH is done: attribute, attribute.sub, attribute[filter] or
// attribute[filter].sub.
struct Target {
    AttributePath path;          // path.sub stands after the filter, where there is one
    std::vector<Filter> filter;  // none or one
};

inline constexpr std::size_t kLongestFilter = 4000;  // bytes
inline constexpr int kDeepestFilter = 32;            // of parentheses, brackets and not

// kInvalid scim.invalidFilter, which says where it stops making sense.
Result<Filter> ParseFilter(std::string_view);
// kInvalid scim.invalidPath.
Result<Target> ParseTarget(std::string_view);
// A name alone, as in sortBy and attributes. kInvalid scim.invalidPath.
Result<AttributePath> ParseAttributePath(std::string_view);

// The same, written as the RFC writes it.
std::string Write(const Filter&);
std::string Write(const AttributePath&);

// As attribute names are compared: ASCII letters in any case.
bool SameName(std::string_view, std::string_view);

}  // namespace ostiary::scim
