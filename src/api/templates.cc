#include "core/templates.h"

#include "api/answers.h"
#include "api/api.h"
#include "api/binder.h"
#include "api/code_drafts.h"
#include "core/shapes.h"
#include "util/text.h"

namespace ostiary::api {
namespace {

using enum Permission;
namespace json = boost::json;

Thing ThingOf(const Template& one) {
    return {std::to_string(one.id), one.version, TemplateJson(one)};
}

// What is no number is no template.
TemplateId IdOf(const Request& request) { return ParseInt(request.PathValue("id")).value_or(0); }

std::optional<std::int64_t> ExpectedVersionOf(const Request& request) {
    return ExpectedVersion(request, std::to_string(IdOf(request)));
}

TemplateDraft Bind(Binder& binder) {
    TemplateDraft draft;
    draft.name = binder.MaybeText("name");
    draft.description = binder.MaybeText("description");
    draft.code = BindTerms(binder);
    return draft;
}

}  // namespace

Result<Response> TemplateList(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kTemplatesRead>());
    TRY(KnowOnly(request, {}));
    Listed list;
    for (const Template& one : TRY(ListTemplates(permit, world)))
        list.shapes.push_back(TemplateJson(one));
    return ShowList(request, world, list);
}

Result<Response> TemplateCreate(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kTemplatesWrite>());
    const json::object body = TRY(BodyOf(request));
    Binder binder(body);
    const TemplateDraft draft = Bind(binder);
    TRY(binder.Finish());
    const Template made = TRY(CreateTemplate(permit, world, draft));
    return Tell(world, 201, "Template created: " + made.name, ThingOf(made));
}

Result<Response> TemplateGet(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kTemplatesRead>());
    TRY(KnowOnly(request, {}));
    return Show(request, world, ThingOf(TRY(GetTemplate(permit, world, IdOf(request)))));
}

Result<Response> TemplatePatch(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kTemplatesWrite>());
    const json::object body = TRY(BodyOf(request));
    Binder binder(body);
    const TemplateDraft draft = Bind(binder);
    TRY(binder.Finish());
    const Template changed =
        TRY(EditTemplate(permit, world, IdOf(request), draft, ExpectedVersionOf(request)));
    return Tell(world, 200, "Template updated: " + changed.name, ThingOf(changed));
}

Result<Response> TemplateDelete(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kTemplatesWrite>());
    TRY(TakeNothing(request));
    TRY(DeleteTemplate(permit, world, IdOf(request), ExpectedVersionOf(request)));
    return NoContent();
}

}  // namespace ostiary::api
