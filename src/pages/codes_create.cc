// New codes in the portals: the form, with a template or without, for one or for many (TMPL-1,
// BULK-1).

#include "core/aircraft.h"
#include "core/codes_bulk.h"
#include "core/templates.h"
#include "http/respond.h"
#include "pages/ask.h"
#include "pages/codes_looks.h"
#include "pages/codes_views.h"
#include "pages/language.h"
#include "pages/pages.h"
#include "pages/templates_form.h"
#include "pages/words.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

using enum Permission;

Result<Response> ShowForm(const Request& request, World& world, Fields typed,
                          std::vector<Template> templates, std::optional<Error> error) {
    const Scene scene = SceneOf(request, world);
    const int status = error ? StatusOf(error->kind) : 200;
    auto fleet = TRY(ListAircraft(TRY(PermitOf<kAircraftRead>(request)), world));
    View view = ViewOf(
        scene, CodeCreatePage {
            std::move(typed), std::move(fleet), std::move(error), std::move(templates),
                OwnQuota(TRY(PermitOf<kCodesWrite>(request)), world)
        });
    return Show(scene, view, status);
}

Result<std::vector<Template>> TemplatesHere(const Request& request, World& world) {
    return ListTemplates(TRY(PermitOf<kTemplatesRead>(request)), world);
}

// The form once more, with the template that was chosen in it instead of the one that was.
Result<Response> UseTemplate(const Request& request, World& world, const Fields& typed) {
    const auto templates = TRY(TemplatesHere(request, world));
    const std::string_view name = Trim(typed.Get("template"));
    const Template* chosen = TemplateNamed(templates, name);
    std::optional<Error> error;
    if (!chosen && !name.empty())
        error = Error{ErrorKind::kInvalid,
                      "template.unknown",
                      "Invalid request",
                      "There is no template of this name",
                      {{"template", "template.unknown", "There is no template of this name"}}};
    Fields filled = FilledIn(SceneOf(request, world), typed,
                             TemplateNamed(templates, typed.Get("template_was")), chosen);
    return ShowForm(request, world, std::move(filled), templates, std::move(error));
}

// How many are wanted; 0 is no number of codes.
std::size_t CountOf(const Fields& form) {
    const auto typed = Trim(form.Get("count"));
    const auto count = typed.empty() ? std::optional<std::int64_t>(1) : ParseInt(typed);
    return count && *count > 0 ? static_cast<std::size_t>(*count) : 0;
}

// Several at once: what they will be is shown first.
Result<Response> CreateMany(const Request& request, World& world, const Fields& form,
                            std::size_t count) {
    const auto permit = TRY(PermitOf<kCodesWrite>(request));
    const DoorRules rules = RulesHere(request, world);
    const CodeDraft draft = DraftOf(form);
    const auto refuse = [&](const Error& error) -> Result<Response> {
        if (!IsForTheForm(error)) return error;
        return ShowForm(request, world, form, TRY(TemplatesHere(request, world)), error);
    };
    auto code = PreviewCode(permit, world, rules, draft, count);
    if (!code.ok()) return refuse(code.error());
    if (form.Get("agreed") != "1") {
        const Scene scene = SceneOf(request, world);
        View view =
            ViewOf(scene, BatchAskPage{std::move(code).value(), static_cast<std::int64_t>(count),
                                       form, OwnQuota(permit, world)});
        return Show(scene, view);
    }
    const auto made = CreateCodes(permit, world, rules, draft, count);
    if (!made.ok()) return refuse(made.error());
    return SeeOtherAndTell(world, BatchPath(*PortalAt(request.path), made->batch),
                           NoticeKind::kCodesMade,
                           TN("{} code", "{} codes", static_cast<std::int64_t>(count)));
}

}  // namespace

Result<Response> CodeNew(const Request& request, World& world) {
    const Scene scene = SceneOf(request, world);
    const Fields asked = request.Query();
    TRY(PermitOf<kCodesWrite>(request));
    if (const auto like = ParseInt(asked.Get("like")))
        return ShowForm(request, world,
                        LikeCode(scene, TRY(GetCode(TRY(PermitOf<kCodesRead>(request)), world,
                                                    RulesHere(request, world).scope, *like))),
                        TRY(TemplatesHere(request, world)), {});
    if (asked.Find("template_was"))  // while somebody types: the sentence needs to know
        return ShowForm(request, world, Prefilled(scene, asked), TRY(TemplatesHere(request, world)),
                        {});
    return UseTemplate(request, world, Prefilled(scene, asked));
}

Result<Response> CodeCreate(const Request& request, World& world) {
    const Fields form = request.Form();
    const auto permit = TRY(PermitOf<kCodesWrite>(request));
    // Nothing is made of a template before its fields were seen.
    if (form.Find("use_template") || form.Get("template") != form.Get("template_was"))
        return UseTemplate(request, world, form);
    if (form.Find("back"))
        return ShowForm(request, world, form, TRY(TemplatesHere(request, world)), {});
    if (const std::size_t count = CountOf(form); count != 1)
        return CreateMany(request, world, form, count);
    const auto created =
        ostiary::CreateCode(permit, world, RulesHere(request, world), DraftOf(form));
    if (!created.ok()) {
        if (!IsForTheForm(created.error())) return created.error();
        return ShowForm(request, world, form, TRY(TemplatesHere(request, world)), created.error());
    }
    const Code& code = created.value();
    const bool pending = code.approval == Approval::kPending;
    return SeeOtherAndTell(world, CodePath(*PortalAt(request.path), code.id),
                           pending ? NoticeKind::kCodeCreatedPending : NoticeKind::kCodeCreated,
                           NameOf(code));
}

}  // namespace ostiary::pages
