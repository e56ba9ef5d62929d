#include "api/code_drafts.h"

#include "core/shapes.h"
#include "util/text.h"

namespace ostiary::api {

CodeId CodeIdOf(const Request& request) { return ParseInt(request.PathValue("id")).value_or(0); }

Thing ThingOf(const World& world, const Code& code) {
    return {std::to_string(code.id), code.version,
            CodeJson(world.config, code, world.clock.Now(), Secrets::kShown)};
}

CodeDraft BindTerms(Binder& binder) {
    CodeDraft draft;
    draft.role = binder.MaybeText("role");
    draft.task_group = binder.MaybeText("task_group");
    draft.max_uses = binder.MaybeNumber("max_uses");
    draft.expires_days = binder.MaybeNumber("expires_days");
    draft.label = binder.MaybeText("label");
    draft.notes = binder.MaybeText("notes");
    draft.welcome = binder.MaybeText("welcome");
    draft.account_days = binder.MaybeNumber("account_days");
    draft.aircraft_roles = binder.MaybeAircraftRoles("aircraft_roles");
    draft.email_domains = binder.MaybeTexts("email_domains");
    draft.tags = binder.MaybeTexts("tags");
    return draft;
}

CodeDraft BindModel(Binder& binder) {
    CodeDraft draft = BindTerms(binder);
    draft.expires_at = binder.MaybeText("expires_at");
    draft.starts_at = binder.MaybeText("starts_at");
    draft.template_name = binder.MaybeText("template");
    return draft;
}

CodeDraft BindCode(Binder& binder) {
    CodeDraft draft = BindModel(binder);
    draft.email = binder.MaybeText("email");
    draft.name = binder.MaybeText("name");
    return draft;
}

CodeDraft BindNewCode(Binder& binder) {
    CodeDraft draft = BindCode(binder);
    draft.code = binder.MaybeText("code");
    return draft;
}

CodeQuery BindFilter(Binder& binder) {
    CodeQuery query;
    query.role = binder.Text("role");
    query.task_group = binder.Text("task_group");
    query.status = binder.Text("status");
    query.search = binder.Text("search");
    query.created_by = binder.Text("created_by");
    query.tag = binder.Text("tag");
    query.template_name = binder.Text("template");
    query.batch = binder.Text("batch");
    return query;
}

}  // namespace ostiary::api
