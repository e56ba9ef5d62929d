#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model.h"
#include "core/permissions.h"
#include "core/world.h"

namespace ostiary {

// Letters, digits and dashes, 2 to 16, read upper case. kConflict aircraft.taken.
Result<Aircraft> AddAircraft(Permit<Permission::kAircraftWrite>, World&,
                             std::string_view registration, std::string_view name);
Result<Aircraft> RetireAircraft(Permit<Permission::kAircraftWrite>, World&,
                                std::string_view registration);
Result<std::vector<Aircraft>> ListAircraft(Permit<Permission::kAircraftRead>, World&);
std::string NormalizeRegistration(std::string_view typed);
// By what was typed; nothing for texts that could be no registration.
std::optional<Aircraft> FindAircraft(Work&, std::string_view typed);

}  // namespace ostiary
