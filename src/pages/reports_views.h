#pragma once

// What the page of reports shows.

#include <optional>
#include <vector>

#include "core/reports.h"
#include "pages/scene.h"
#include "pages/view.h"

namespace ostiary::pages {

struct ReportPage {  // reports/report
    Report report;
    std::vector<Code> most_used;
    PeriodAsked asked;           // as it was typed
    std::optional<Error> error;  // of what was typed; the report is then of the usual period
};
View ViewOf(const Scene&, const ReportPage&);

// For {{>CHART_BARS}}: who came on each day of the period, or in each of its weeks or months.
void SetUsesOverTime(View&, const Report&);

// Why somebody could not register, as people say it.
std::string RefusalWords(std::string_view reason);

}  // namespace ostiary::pages
