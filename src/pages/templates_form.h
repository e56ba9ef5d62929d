#pragma once

// Templates in the form of a new code: what there is to choose, and what one fills in.

#include <string>
#include <string_view>
#include <vector>

#include "core/templates.h"
#include "http/message.h"
#include "pages/scene.h"
#include "pages/view.h"

namespace ostiary::pages {

// By its name in any case; null if there is none.
const Template* TemplateNamed(const std::vector<Template>&, std::string_view name);

// The form with what a template fills in. What another put there before, and nobody changed, is
// taken out again; everything else that was typed stays. Either may be null.
Fields FilledIn(const Scene&, const Fields& typed, const Template* before, const Template* now);

// TEMPLATE_OPTIONS, TEMPLATE_WAS, and what the template in use does, as a hint.
void AddTemplateChoice(View&, const Scene&, const Fields& typed, const std::vector<Template>&);

// What is typed, and what a template brings along that the short form has no fields for.
Fields WithWhatIsHidden(const Scene&, const Fields& typed, const std::vector<Template>&);

// "Staff · General · 1 use · 30 days"; what is left open is left out.
std::string TemplateInShort(const Scene&, const Template&);

}  // namespace ostiary::pages
