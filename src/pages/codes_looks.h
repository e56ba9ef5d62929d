#pragma once

// How a code looks in a portal, and what may be done with it there. Core has the last word on each
// deed; this decides which buttons are worth showing (CODE-5, CODE-6).

#include <array>
#include <span>
#include <string_view>

#include "core/codes.h"
#include "core/portals.h"
#include "pages/scene.h"

namespace ostiary::pages {

struct Column {
    std::string_view kind;  // as templates/parts/code_cell.html knows it
    std::string_view heading;
};

enum class FormSize : std::uint8_t { kShort, kFull };  // five fields, or all of them
enum class SwitchOff : std::uint8_t { kAtOnce, kAfterAsking };

// The words and columns that are the pages' own affair; the rest of the difference is in
// core/portals.h.
struct PortalLook {
    PortalId portal;
    std::span<const Column> columns;
    std::string_view codes_title;    // over the list
    std::string_view code_noun;      // "invitation code"
    std::string_view create_submit;  // on the form's button
    FormSize form;
    SwitchOff switch_off;
};
const PortalLook& LookOf(const Portal&);

struct Badge {
    std::string_view tone, icon;
    std::string word;
};
Badge BadgeOf(const Portal&, CodeStatus);

struct Deeds {
    bool edit = false, switch_off = false, switch_on = false, remove = false, approve = false,
         reject = false;
    bool asks = false;  // switching on needs a new expiry or more uses
};
Deeds DeedsOf(const Scene&, const Code&);

// What every row and page of a code shows: names, badge, usage, expiry, links, deeds.
void SetCode(View&, const Scene&, const Code&);

std::string CodePath(const Portal&, CodeId);  // "/manage/invitations/7/"

}  // namespace ostiary::pages
