#pragma once

// What codes are made from again and again (TMPL-1). A template only fills in what its user does
// not say; whoever makes a code from one is judged by their own authority, and codes already made
// never change with it.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/codes.h"

namespace ostiary {

// As typed; what is absent stays, what is empty is left open. Of the code's fields those count that
// Template has.
struct TemplateDraft {
    std::optional<std::string> name, description;
    CodeDraft code;
};

// Field errors: name.required, template.taken, template.beyond (it carries more than its maker may
// grant), and those of a code.
Result<Template> CreateTemplate(Permit<Permission::kTemplatesWrite>, World&, const TemplateDraft&);
// Others' templates are changed and deleted by who may grant everything: kForbidden otherwise.
// kStale template.changed if it is no longer the version that was looked at.
Result<Template> EditTemplate(Permit<Permission::kTemplatesWrite>, World&, TemplateId,
                              const TemplateDraft&,
                              std::optional<std::int64_t> expected_version = {});
Result<void> DeleteTemplate(Permit<Permission::kTemplatesWrite>, World&, TemplateId,
                            std::optional<std::int64_t> expected_version = {});

Result<Template> GetTemplate(Permit<Permission::kTemplatesRead>, World&, TemplateId);
Result<std::vector<Template>> ListTemplates(Permit<Permission::kTemplatesRead>, World&);

// How many living codes were made from each, under the name it has now; no further than this.
inline constexpr std::size_t kMostTemplateCodes = 10'000;
Result<std::map<TemplateId, std::int64_t>> CountTemplateCodes(Permit<Permission::kTemplatesRead>,
                                                              World&);

// By its name as typed; nothing for texts that could be no name.
std::optional<Template> FindTemplate(Work&, std::string_view typed);
// The draft with the template's fields where it has none of its own.
CodeDraft FilledFrom(const Template&, CodeDraft);
// What a code like this one is made from, but for whom.
Template TemplateLike(const Config&, const Code&);

}  // namespace ostiary
