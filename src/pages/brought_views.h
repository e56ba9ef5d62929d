#pragma once

// The tree of who brought whom (GATE-3): levels are opened one by one, each by a link.

#include <optional>
#include <string>
#include <vector>

#include "core/brought.h"
#include "pages/scene.h"
#include "pages/view.h"

namespace ostiary::pages {

inline constexpr std::size_t kBroughtLevels = 3;  // on one page; further down, a page of their own

struct BroughtBranch {
    Brought person;
    std::vector<BroughtBranch> below;  // if it is open
    bool is_open = false, has_more = false;
};
struct BroughtTreePage {                  // brought/tree
    std::optional<BroughtPerson> person;  // below whom; nothing: whom nobody brought
    std::vector<BroughtBranch> people;
    std::string cursor, next;       // of this page and the one after it
    std::vector<std::string> open;  // ids, as the address says
    bool is_teams = false;          // whoever looks sees a team
};

View ViewOf(const Scene&, const BroughtTreePage&);

// {home}brought/, of one person where there is an id.
std::string BroughtPath(const Portal&, std::string_view id = "");

}  // namespace ostiary::pages
