#pragma once

// From an invitation to a member, as a part of pages about codes and as a page of its own.

#include <utility>
#include <vector>

#include "core/visits.h"
#include "pages/scene.h"
#include "pages/view.h"

namespace ostiary::pages {

// For {{>FUNNEL}}.
void SetFunnel(View&, const Funnel&);

struct FunnelPage {  // codes/funnel
    CodeQuery query;
    Funnel funnel;
    std::vector<std::pair<std::string, Funnel>> templates = {};  // by name
};
View ViewOf(const Scene&, const FunnelPage&);

// {codes}funnel/ with the filters of the list.
std::string FunnelAddress(const Portal&, const CodeQuery&);

}  // namespace ostiary::pages
