#pragma once

#include <map>
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
// kStale aircraft.changed, here and below, if it is no longer the version that was looked at.
Result<Aircraft> RetireAircraft(Permit<Permission::kAircraftWrite>, World&,
                                std::string_view registration,
                                std::optional<std::int64_t> expected_version = {});
Result<Aircraft> ReturnAircraft(Permit<Permission::kAircraftWrite>, World&,
                                std::string_view registration,
                                std::optional<std::int64_t> expected_version = {});
// What is absent stays as it is; the registration by which it is known until now comes first.
Result<Aircraft> EditAircraft(Permit<Permission::kAircraftWrite>, World&, std::string_view known_as,
                              std::optional<std::string_view> registration,
                              std::optional<std::string_view> name,
                              std::optional<std::int64_t> expected_version = {});
// kConflict aircraft.in_use where somebody or some code holds a role on it: retire it instead.
Result<void> DeleteAircraft(Permit<Permission::kAircraftWrite>, World&,
                            std::string_view registration);

// Who may use one, and which living codes let others do so too.
struct AircraftAccess {
    Aircraft aircraft;
    std::vector<AircraftHolder> holders;
    bool more_holders = false;
    struct Granting {
        Code code;
        std::string role;
    };
    std::vector<Granting> codes;
};
Result<AircraftAccess> GetAircraftAccess(Permit<Permission::kAircraftWrite>, World&,
                                         std::string_view registration,
                                         std::string_view holders_after);
// How many people may use each, by id.
Result<std::map<std::string, std::int64_t>> CountAircraftHolders(Permit<Permission::kAircraftWrite>,
                                                                 World&);

Result<Aircraft> GetAircraft(Permit<Permission::kAircraftRead>, World&,
                             std::string_view registration);
Result<std::vector<Aircraft>> ListAircraft(Permit<Permission::kAircraftRead>, World&);
std::string NormalizeRegistration(std::string_view typed);
// By what was typed; nothing for texts that could be no registration.
std::optional<Aircraft> FindAircraft(Work&, std::string_view typed);

}  // namespace ostiary
