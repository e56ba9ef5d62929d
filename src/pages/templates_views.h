#pragma once

// What the pages about templates show.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/templates.h"
#include "pages/views.h"

namespace ostiary::pages {

struct TemplatesPage {  // templates/list
    std::vector<Template> templates;
    std::map<TemplateId, std::int64_t> codes;
};
// A new one, where there is none yet.
struct TemplatePage {  // templates/form
    std::optional<Template> known;
    std::vector<Aircraft> fleet;
    Fields typed;
    std::optional<Error> error;
};
struct TemplateAskPage {  // templates/ask
    Template known;
    std::int64_t codes = 0;
};

View ViewOf(const Scene&, const TemplatesPage&);
View ViewOf(const Scene&, const TemplatePage&);
View ViewOf(const Scene&, const TemplateAskPage&);

Fields FieldsOf(const Template&);  // of its form
std::string TemplatePath(TemplateId);

}  // namespace ostiary::pages
