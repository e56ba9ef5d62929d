#pragma once

// Many codes that are changed at once: how it goes, and what came of it (ADM-2).

#include <string>
#include <vector>

#include "core/bulk_jobs.h"
#include "pages/scene.h"
#include "pages/view.h"

namespace ostiary::pages {

struct BulkJobsPage {  // codes/jobs
    std::vector<BulkJob> jobs;
    bool is_first = true;
    std::string next = {};  // the last that is shown, if there are more
};
struct BulkJobPage {  // codes/job
    BulkJob job;
    std::vector<SparedCode> spared;  // the first
};

View ViewOf(const Scene&, const BulkJobsPage&);
View ViewOf(const Scene&, const BulkJobPage&);

std::string BulkJobPath(const Portal&, std::string_view id = "");  // {codes}jobs/{id}/

}  // namespace ostiary::pages
