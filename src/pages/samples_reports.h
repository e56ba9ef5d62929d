#pragma once

// Reports for the samples of pages.

#include <string>

#include "core/reports.h"
#include "pages/housekeeping_views.h"

namespace ostiary::pages {

Report EmptyReport(Millis now, Day days);
Report BusyReport(const std::string& words, Millis now, Day days);
HousekeepingPage BusyHousekeeping(const std::string& words, Millis now);

}  // namespace ostiary::pages
