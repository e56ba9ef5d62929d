#pragma once

// What the page of housekeeping shows.

#include <optional>
#include <string>
#include <vector>

#include "core/reports.h"
#include "core/tokens.h"
#include "pages/scene.h"
#include "pages/view.h"

namespace ostiary::pages {

// Counted no further than kMostPeopleCounted.
inline constexpr std::size_t kMostPeopleCounted = 1000;
struct PeopleCounted {
    std::size_t superusers = 0, staff = 0, inactive = 0;
    std::vector<std::pair<std::string, std::size_t>> leaders;  // by role that reaches a team
};

struct HousekeepingPage {  // places/housekeeping
    std::vector<CodeTally> codes;
    Report week;                          // the last seven days
    std::optional<PeopleCounted> people;  // for whoever oversees everybody
    std::optional<TokenConcerns> tokens;
};
View ViewOf(const Scene&, const HousekeepingPage&);

}  // namespace ostiary::pages
