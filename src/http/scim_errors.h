#pragma once

// Errors as SCIM has them (RFC 7644, 3.12): everything below /scim/ answers so.

#include <string>
#include <string_view>

#include "util/result.h"

namespace ostiary {

inline constexpr std::string_view kScimType = "application/scim+json";

bool IsScimPath(std::string_view path);
// What is taken is a conflict here, though it is a wrong field elsewhere.
int ScimStatusOf(int status, const Error&);
// {"schemas", "status", "scimType", "detail"}
std::string ScimErrorBody(int status, const Error&);

}  // namespace ostiary
