// A list of people is typed, looked at, invited and followed (BULK-3).

#include <algorithm>

#include "core/templates.h"
#include "http/respond.h"
#include "pages/ask.h"
#include "pages/codes_form.h"
#include "pages/codes_invite_views.h"
#include "pages/codes_views.h"
#include "pages/language.h"
#include "pages/pages.h"
#include "pages/words.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

using enum Permission;

// Of a field that was left open nothing is said: the template says it, or what is usual.
CodeDraft ModelOf(const Fields& form) {
    CodeDraft model = DraftOf(form);
    for (auto* field : {&model.role, &model.task_group, &model.template_name, &model.expires_days,
                        &model.label, &model.welcome})
        if (*field && Trim(**field).empty()) field->reset();
    return model;
}

struct ReadForm {
    InviteeList list;
    InviteRequest invitation;
};

ReadForm Read(const Fields& form) {
    ReadForm typed;
    typed.list = ReadInvitees(form.Get("people"));
    typed.invitation = {ModelOf(form), std::string(form.Get("batch")), typed.list.people,
                        std::string(form.Get("message")), std::string(Spoken())};
    return typed;
}

Result<Response> ShowForm(const Request& request, World& world, Fields typed,
                          std::optional<Error> error) {
    const Scene scene = SceneOf(request, world);
    const int status = error ? StatusOf(error->kind) : 200;
    InvitePage page{std::move(typed), {}, {}, std::move(error)};
    page.templates = TRY(ListTemplates(TRY(PermitOf<kTemplatesRead>(request)), world));
    if (const std::string batch(page.typed.Get("batch")); !batch.empty())
        page.like = TRY(FirstOfBatch(request, world, batch));
    page.quota = OwnQuota(TRY(PermitOf<kCodesWrite>(request)), world);
    View view = ViewOf(scene, page);
    return Show(scene, view, status);
}

}  // namespace

Result<Response> CodesInvite(const Request& request, World& world) {
    TRY(PermitOf<kCodesWrite>(request));
    return ShowForm(request, world, request.Query(), {});
}

Result<Response> CodesInviteRun(const Request& request, World& world) {
    const Fields form = request.Form();
    const auto permit = TRY(PermitOf<kCodesWrite>(request));
    if (form.Find("back")) return ShowForm(request, world, form, {});
    const DoorRules rules = RulesHere(request, world);
    auto [list, invitation] = Read(form);
    const auto refuse = [&](const Error& error) -> Result<Response> {
        if (!IsForTheForm(error) && error.kind != ErrorKind::kTooMany) return error;
        return ShowForm(request, world, form, error);
    };
    if (form.Get("agreed") != "1") {
        auto outcome = PreviewInvitations(permit, world, rules, invitation);
        if (!outcome.ok()) return refuse(outcome.error());
        const Scene scene = SceneOf(request, world);
        View view = ViewOf(scene, InviteAskPage{form, std::move(list), std::move(outcome).value()});
        return Show(scene, view);
    }
    const auto done = InvitePeople(permit, world, rules, invitation);
    if (!done.ok()) return refuse(done.error());
    const auto count = static_cast<std::int64_t>(done->invited.size());
    if (count == 0) return ShowForm(request, world, form, {});
    return SeeOtherAndTell(world, BatchPath(*PortalAt(request.path), done->batch),
                           NoticeKind::kPeopleInvited, TN("{} person", "{} people", count));
}

Result<Response> CodesRemind(const Request& request, World& world) {
    const Fields form = request.Form();
    const std::string batch(request.PathValue("batch"));
    const std::string words(form.Get("message"));
    const CodeScope scope = RulesHere(request, world).scope;
    const auto reminded =
        RemindInvited(TRY(PermitOf<kCodesWrite>(request)), world, scope, batch, words, Spoken());
    if (reminded.ok())
        return SeeOtherAndTell(
            world, BatchPath(*PortalAt(request.path), batch), NoticeKind::kPeopleReminded,
            TN("{} mail", "{} mails", static_cast<std::int64_t>(reminded.value())));
    if (!IsForTheForm(reminded.error()) && reminded.error().kind != ErrorKind::kTooMany)
        return reminded.error();
    InvitedPage page {
        batch, TRY(ListInvited(TRY(PermitOf<kCodesRead>(request)), world, scope, batch))
        , words, reminded.error()
    };
    const Scene scene = SceneOf(request, world);
    View view = ViewOf(scene, page);
    return Show(scene, view, StatusOf(reminded.error().kind));
}

}  // namespace ostiary::pages
