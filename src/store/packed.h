#pragma once

// Small lists kept in one text column, so that a row is read whole by one statement.

#include <string>
#include <string_view>
#include <vector>

#include "core/model.h"

namespace ostiary {

// One per line, a line break before the first and after the last: LIKE finds one by its neighbours.
std::string PackLines(const std::vector<std::string>&);
std::vector<std::string> UnpackLines(std::string_view);

// aircraft id, registration and role, a tab between; one per line. Unpacked they are in the order
// of registrations.
std::string PackGrants(const std::vector<AircraftGrant>&);
std::vector<AircraftGrant> UnpackGrants(std::string_view);

// What LIKE … ESCAPE '\' takes for exactly this text; and for any text with it inside.
std::string LikeLiterally(std::string_view);
std::string LikeAnywhere(std::string_view);

}  // namespace ostiary
