#pragma once

// From anywhere to anything: codes, people, aircraft and pages, as far as the person may open them.

#include <string>
#include <vector>

#include "pages/scene.h"
#include "pages/view.h"

namespace ostiary::pages {

struct PaletteHit {
    std::string title, note, url;
    std::string icon;
};
struct PaletteGroup {
    std::string title;
    std::vector<PaletteHit> hits;
};
struct PalettePage {  // palette/palette
    std::string typed;
    std::vector<PaletteGroup> groups;
};

View ViewOf(const Scene&, const PalettePage&);

}  // namespace ostiary::pages
