#pragma once

// What the pages about aircraft show.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/aircraft.h"
#include "pages/views.h"

namespace ostiary::pages {

struct FleetPage {                // aircraft/list
    std::vector<Aircraft> fleet;  // those that match
    std::map<std::string, std::int64_t> holders;
    std::string search, state;
    bool any_at_all = false;
    Fields typed;
    std::optional<Error> error;
};
struct AircraftPage {  // aircraft/detail
    AircraftAccess access;
    Fields typed;
    std::optional<Error> error;
};
struct AircraftAskPage {  // aircraft/ask
    AircraftAccess access;
};

View ViewOf(const Scene&, const FleetPage&);
View ViewOf(const Scene&, const AircraftPage&);
View ViewOf(const Scene&, const AircraftAskPage&);

Fields FieldsOf(const Aircraft&);
std::string AircraftPath(std::string_view registration);

}  // namespace ostiary::pages
