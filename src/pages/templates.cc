#include "core/templates.h"

#include "core/aircraft.h"
#include "http/respond.h"
#include "pages/ask.h"
#include "pages/codes_form.h"
#include "pages/pages.h"
#include "pages/templates_views.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

using enum Permission;

constexpr std::string_view kHere = "/admin/templates/";

// What is no number is no template.
TemplateId IdOf(const Request& request) { return ParseInt(request.PathValue("id")).value_or(0); }

TemplateDraft TemplateDraftOf(const Fields& form) {
    TemplateDraft draft;
    draft.name = Typed(form, "name");
    draft.description = Typed(form, "description");
    draft.code = DraftOf(form);
    draft.code.name.reset();
    return draft;
}

Result<Response> ShowForm(const Request& request, World& world, TemplatePage page) {
    page.fleet = TRY(ListAircraft(TRY(PermitOf<kAircraftRead>(request)), world));
    const int status = page.error ? StatusOf(page.error->kind) : 200;
    return ShowPage(SceneOf(request, world), page, status);
}

Result<Template> Asked(const Request& request, World& world) {
    return GetTemplate(TRY(PermitOf<kTemplatesRead>(request)), world, IdOf(request));
}

}  // namespace

Result<Response> Templates(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<kTemplatesRead>(request));
    TemplatesPage page;
    page.templates = TRY(ListTemplates(permit, world));
    page.codes = TRY(CountTemplateCodes(permit, world));
    return ShowPage(SceneOf(request, world), page);
}

Result<Response> TemplateNew(const Request& request, World& world) {
    TRY(PermitOf<kTemplatesWrite>(request));
    TemplatePage page;
    if (const auto id = ParseInt(request.Query().Get("code"))) {
        const auto permit = TRY(PermitOf<kCodesRead>(request));
        const Code code = TRY(GetCode(permit, world, RulesHere(request, world).scope, *id));
        page.typed = FieldsOf(TemplateLike(world.config, code));
    }
    return ShowForm(request, world, std::move(page));
}

Result<Response> TemplateCreate(const Request& request, World& world) {
    const Fields form = request.Form();
    const auto permit = TRY(PermitOf<kTemplatesWrite>(request));
    const auto made = CreateTemplate(permit, world, TemplateDraftOf(form));
    if (made.ok())
        return SeeOtherAndTell(world, std::string(kHere), NoticeKind::kTemplateMade, made->name);
    if (!IsForTheForm(made.error())) return made.error();
    return ShowForm(request, world, {{}, {}, form, made.error()});
}

Result<Response> TemplateDetail(const Request& request, World& world) {
    Template known = TRY(Asked(request, world));
    Fields fields = FieldsOf(known);
    return ShowForm(request, world, {std::move(known), {}, std::move(fields), {}});
}

Result<Response> TemplateSave(const Request& request, World& world) {
    const Fields form = request.Form();
    const auto permit = TRY(PermitOf<kTemplatesWrite>(request));
    const auto saved = EditTemplate(permit, world, IdOf(request), TemplateDraftOf(form),
                                    ParseInt(form.Get("version")));
    if (saved.ok())
        return SeeOtherAndTell(world, std::string(kHere), NoticeKind::kTemplateSaved, saved->name);
    if (!IsForTheForm(saved.error())) return saved.error();
    // With the version of now: saving again is then deliberate.
    return ShowForm(request, world, {
        TRY(Asked(request, world))
        , {}, form, saved.error()
    });
}

Result<Response> TemplateDeleteAsk(const Request& request, World& world) {
    TemplateAskPage page;
    page.known = TRY(Asked(request, world));
    const auto codes = TRY(CountTemplateCodes(TRY(PermitOf<kTemplatesRead>(request)), world));
    if (const auto found = codes.find(page.known.id); found != codes.end())
        page.codes = found->second;
    return ShowPage(SceneOf(request, world), page);
}

Result<Response> TemplateDelete(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<kTemplatesWrite>(request));
    const Template known = TRY(Asked(request, world));
    TRY(DeleteTemplate(permit, world, known.id, ParseInt(request.Form().Get("version"))));
    return SeeOtherAndTell(world, std::string(kHere), NoticeKind::kTemplateDeleted, known.name);
}

}  // namespace ostiary::pages
