#pragma once

// Pulls of people: what would change, what came of it (HR-1).

#include <optional>
#include <string>
#include <vector>

#include "core/pulls.h"
#include "http/message.h"
#include "pages/scene.h"
#include "pages/view.h"

namespace ostiary::pages {

struct PullsPage {  // pulls/list
    std::vector<Pull> pulls;
    std::string next;  // the last one's id, where there are more; else empty
    bool is_first = true;
};
struct PullPage {  // pulls/detail
    Pull pull;
    std::vector<PullChange> changes;
    std::int64_t next = 0;  // the last one's place, where there are more; else 0
    bool is_first = true;
    std::vector<ImportError> errors;
    Fields typed;
    std::optional<Error> error;
};

View ViewOf(const Scene&, const PullsPage&);
View ViewOf(const Scene&, const PullPage&);

std::string PullsPath(std::string_view id = "");  // /admin/pulls/{id}/

}  // namespace ostiary::pages
