// People who ask for an invitation: the form for everybody, and the pages of whoever decides.

#include "core/requests.h"

#include "core/templates.h"
#include "http/respond.h"
#include "pages/ask.h"
#include "pages/codes_form.h"
#include "pages/codes_looks.h"
#include "pages/language.h"
#include "pages/pages.h"
#include "pages/requests_views.h"
#include "pages/words.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

using enum Permission;

RequestId RequestIdOf(const Request& request) {
    return ParseInt(request.PathValue("request")).value_or(0);
}

// What was left open is as the template has it, or as usual.
CodeDraft TermsIn(const Fields& form) {
    CodeDraft draft;
    draft.template_name = Typed(form, "template");  // none, if it is empty
    for (const auto& [field, name] :
         {std::pair{&draft.role, "role"}, {&draft.task_group, "task_group"}})
        if (!form.Get(name).empty()) *field = Typed(form, name);
    return draft;
}

Result<Response> ShowRequest(const Request& request, World& world, std::string form,
                             const Fields& typed, std::optional<Error> error) {
    const auto permit = TRY(PermitOf<kCodesRead>(request));
    const CodeScope scope = RulesHere(request, world).scope;
    RequestPage page;
    page.request = TRY(GetRequest(permit, world, scope, RequestIdOf(request)));
    page.templates = TRY(ListTemplates(TRY(PermitOf<kTemplatesRead>(request)), world));
    if (const auto sees = PermitOf<kUsersRead>(request); sees.ok())
        page.has_account = HasAccount(sees.value(), world, page.request);
    const RequestTerms terms = TermsFor(permit, world, page.request);
    page.accept = Fields({{"template", terms.template_name}, {"task_group", terms.task_group}});
    if (error) (form == "accept" ? page.accept : page.decline) = typed;
    page.form = std::move(form);
    page.error = std::move(error);
    const int status = page.error ? StatusOf(page.error->kind) : 200;
    return ShowPage(SceneOf(request, world), page, status);
}

Result<Response> Refuse(const Request& request, World& world, std::string form, const Fields& typed,
                        const Error& error) {
    if (!IsForTheForm(error) && error.kind != ErrorKind::kTooMany) return error;
    return ShowRequest(request, world, std::move(form), typed, error);
}

}  // namespace

Result<Response> RequestForm(const Request& request, World& world) {
    TRY(CheckRequestsOpen(world.config));
    return ShowPage(SceneOf(request, world), RequestFormPage{});
}

Result<Response> RequestSend(const Request& request, World& world) {
    const Fields form = request.Form();
    const RequestDraft draft{Typed(form, "email"), Typed(form, "name"), Typed(form, "message"),
                             Typed(form, "task_group")};
    const auto asked = AskForInvitation(world, request.MakeOrigin(), draft, Spoken());
    const Scene scene = SceneOf(request, world);
    if (asked.ok()) return ShowPage(scene, RequestFormPage{{}, {}, true});
    const Error& error = asked.error();
    if (!IsForTheForm(error) && error.kind != ErrorKind::kUnavailable) return error;
    return ShowPage(scene, RequestFormPage{form, error}, StatusOf(error.kind));
}

Result<Response> RequestDetail(const Request& request, World& world) {
    return ShowRequest(request, world, "accept", {}, {});
}

Result<Response> RequestAccept(const Request& request, World& world) {
    const Fields form = request.Form();
    const auto permit = TRY(PermitOf<kCodesWrite>(request));
    const auto done = AcceptRequest(permit, world, RulesHere(request, world), RequestIdOf(request),
                                    TermsIn(form), form.Get("message"));
    if (!done.ok()) return Refuse(request, world, "accept", form, done.error());
    const bool waits = done->code.approval == Approval::kPending;
    const NoticeKind kind = done->is_mailed ? NoticeKind::kRequestMailed
                            : waits         ? NoticeKind::kCodeCreatedPending
                                            : NoticeKind::kCodeCreated;
    return SeeOtherAndTell(world, CodePath(*PortalAt(request.path), done->code.id), kind,
                           done->is_mailed ? done->request.email : NameOf(done->code));
}

Result<Response> RequestDecline(const Request& request, World& world) {
    const Fields form = request.Form();
    const auto permit = TRY(PermitOf<kCodesWrite>(request));
    const TellAsker tell = form.All("mail").empty() || form.All("mail").back() != "1"
                               ? TellAsker::kNo
                               : TellAsker::kYes;
    const auto done = DeclineRequest(permit, world, RulesHere(request, world).scope,
                                     RequestIdOf(request), form.Get("reason"), tell);
    if (!done.ok()) return Refuse(request, world, "decline", form, done.error());
    return SeeOtherAndTell(world, ApprovalsPath(*PortalAt(request.path)),
                           NoticeKind::kRequestDeclined, done->name);
}

}  // namespace ostiary::pages
