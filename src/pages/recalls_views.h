#pragma once

// Recalls: looked at, run, undone, and to be seen afterwards (GATE-3).

#include <optional>
#include <string>
#include <vector>

#include "core/recalls.h"
#include "http/message.h"
#include "pages/scene.h"
#include "pages/view.h"

namespace ostiary::pages {

struct RecallsPage {  // recalls/list
    std::vector<RecallShown> recalls;
    std::string next;  // the last one's id, where there are more; else empty
    bool is_first = true;
};
struct RecallNewPage {  // recalls/form
    Fields typed;
    std::optional<RecallPreview> preview;  // nothing: nothing was asked yet, or it was wrong
    std::string id;                        // of the form
    std::optional<Error> error;
};
struct RecallPage {  // recalls/detail
    RecallShown shown;
    std::vector<RecallItemShown> items;
    std::string next;  // the last one's place, where there are more; else empty
    bool is_first = true;
};

View ViewOf(const Scene&, const RecallsPage&);
View ViewOf(const Scene&, const RecallNewPage&);
View ViewOf(const Scene&, const RecallPage&);

std::string RecallsPath(const Portal&, std::string_view id = "");  // {home}recalls/{id}/
// {home}recalls/new/ with this chosen.
std::string RecallAddress(const Portal&, RecallScope, std::string_view subject);

}  // namespace ostiary::pages
