#pragma once

// What the page of alerts shows.

#include <string>
#include <vector>

#include "core/alerts.h"
#include "pages/samples.h"
#include "pages/views.h"

namespace ostiary::pages {

struct AlertsPage {  // alerts/list
    AlertQuery query;
    std::vector<Alert> alerts;
    bool has_more = false;
};
View ViewOf(const Scene&, const AlertsPage&);

std::string AlertsPath(const Portal&);   // "/admin/alerts/"
std::string AlertTitle(AlertKind);       // "Unusual use"
std::string AlertSubject(const Alert&);  // as people call it
// Sets what one row of alerts shows, for templates/parts/alert.html; afterwards one is at `next`.
void SetAlert(View&, const Scene&, const Alert&, const std::string& next);

std::vector<Sample> AlertSamples(const std::string& words, Millis now);

}  // namespace ostiary::pages
