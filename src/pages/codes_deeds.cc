// What can be done with one code besides editing it. Whatever does harm asks first, on a page of
// its own.

#include <algorithm>

#include "core/codes.h"
#include "http/respond.h"
#include "pages/ask.h"
#include "pages/codes_looks.h"
#include "pages/codes_views.h"
#include "pages/pages.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

using enum Permission;

constexpr std::size_t kLongestReason = 1000;

Result<Code> CodeHere(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<kCodesRead>(request));
    return GetCode(permit, world, RulesHere(request, world).scope, TRY(CodeIdOf(request)));
}

std::string PathHere(const Request& request, CodeId id) {
    return CodePath(*PortalAt(request.path), id);
}

// Back to the code with what came of it: a notice, or the reason why not.
Result<Response> Report(const Request& request, World& world, CodeId id, const Result<Code>& done,
                        NoticeKind kind, std::string_view subject = {}) {
    const std::string back = NextOr(request.Form(), PathHere(request, id));
    if (done.ok()) {
        Response response = SeeOther(back);
        Notice notice{kind, subject.empty() ? NameOf(done.value()) : std::string(subject)};
        if (kind == NoticeKind::kCodeSwitchedOff)
            notice.undo = PathHere(request, id) + "reactivate/";
        Tell(response, world, notice);
        return response;
    }
    if (!IsForTheForm(done.error())) return done.error();
    return SeeOtherAndRefuse(world, back, done.error());
}

Result<Response> Ask(const Request& request, World& world, Asked asked) {
    const Scene scene = SceneOf(request, world);
    View view = ViewOf(
        scene, CodeAskPage {
            TRY(CodeHere(request, world))
            , asked
        });
    return Show(scene, view);
}

Response ShowRenewal(const Scene& scene, Code code, Fields typed, std::optional<Error> error) {
    const int status = error ? StatusOf(error->kind) : 200;
    View view = ViewOf(scene, CodeRenewPage{std::move(code), std::move(typed), std::move(error)});
    return Show(scene, view, status);
}

}  // namespace

Result<Response> CodeRevokeAsk(const Request& request, World& world) {
    return Ask(request, world, Asked::kSwitchOff);
}

Result<Response> CodeRevoke(const Request& request, World& world) {
    const CodeId id = TRY(CodeIdOf(request));
    const auto permit = TRY(PermitOf<kCodesWrite>(request));
    return Report(request, world, id, RevokeCode(permit, world, RulesHere(request, world), id),
                  NoticeKind::kCodeSwitchedOff);
}

Result<Response> CodeReactivateAsk(const Request& request, World& world) {
    return ShowRenewal(SceneOf(request, world), TRY(CodeHere(request, world)), {}, {});
}

Result<Response> CodeReactivate(const Request& request, World& world) {
    const CodeId id = TRY(CodeIdOf(request));
    const Fields form = request.Form();
    const auto permit = TRY(PermitOf<kCodesWrite>(request));
    const auto done = ReactivateCode(permit, world, RulesHere(request, world), id, DraftOf(form));
    const bool needs_more = !done.ok() && (done.error().kind == ErrorKind::kInvalid ||
                                           done.error().reason == "code.needs_expiry" ||
                                           done.error().reason == "code.needs_uses");
    if (needs_more)
        return ShowRenewal(SceneOf(request, world), TRY(CodeHere(request, world)), form,
                           done.error());
    return Report(request, world, id, done, NoticeKind::kCodeSwitchedOn);
}

Result<Response> CodeExtendAsk(const Request& request, World& world) {
    const Scene scene = SceneOf(request, world);
    View view = ViewOf(
        scene, CodeExtendPage { TRY(CodeHere(request, world)) });
    return Show(scene, view);
}

// From its end, or from now if that has passed.
Result<Response> CodeExtend(const Request& request, World& world) {
    const Code code = TRY(CodeHere(request, world));
    const Fields form = request.Form();
    const auto permit = TRY(PermitOf<kCodesWrite>(request));
    const auto days = ParseInt(form.Get("days"));
    if (!days || *days < 1 || *days > world.config.expires_days_limit || !code.expires_at)
        return Report(request, world, code.id,
                      Error{ErrorKind::kInvalid, "expires.invalid", "Invalid expiration",
                            "Choose by how many days the code shall work longer"},
                      NoticeKind::kRefused);
    const Millis end = std::max(*code.expires_at, world.clock.Now()) + *days * kDay;
    CodeDraft draft;
    draft.expires_at = FormatRfc3339(end);
    return Report(request, world, code.id,
                  EditCode(permit, world, RulesHere(request, world), code.id, draft,
                           ParseInt(form.Get("version"))),
                  NoticeKind::kCodeExtended);
}

Result<Response> CodeDeleteAsk(const Request& request, World& world) {
    return Ask(request, world, Asked::kDelete);
}

Result<Response> CodeDelete(const Request& request, World& world) {
    const Code code = TRY(CodeHere(request, world));
    const auto permit = TRY(PermitOf<kCodesWrite>(request));
    const auto done = DeleteCode(permit, world, RulesHere(request, world), code.id);
    if (done.ok())
        return SeeOtherAndTell(world, std::string(PortalAt(request.path)->codes_path),
                               NoticeKind::kCodeDeleted, NameOf(code));
    return Report(request, world, code.id, done.error(), NoticeKind::kRefused);
}

namespace {

Result<std::string> ReasonIn(const Fields& form) {
    const std::string_view reason = form.Get("reason");
    if (!IsCleanText(reason, Lines::kMany) || CountCharacters(reason) > kLongestReason)
        return Error{ErrorKind::kInvalid, "reason.invalid", "Invalid reason",
                     "A reason has at most 1000 characters"};
    return std::string(reason);
}

// The version of the code that the form was shown for.
std::optional<std::int64_t> VersionOf(const Request& request) {
    const Fields form = request.Form();
    return ParseInt(form.Get("version"));
}

}  // namespace

Result<Response> CodeApprove(const Request& request, World& world) {
    const CodeId id = TRY(CodeIdOf(request));
    const auto permit = TRY(PermitOf<kCodesApprove>(request));
    const auto reason = ReasonIn(request.Form());
    if (!reason.ok()) return Report(request, world, id, reason.error(), NoticeKind::kRefused);
    return Report(request, world, id,
                  ApproveCode(permit, world, id, reason.value(), VersionOf(request)),
                  NoticeKind::kCodeApproved);
}

Result<Response> CodeRejectAsk(const Request& request, World& world) {
    return Ask(request, world, Asked::kReject);
}

Result<Response> CodeReject(const Request& request, World& world) {
    const CodeId id = TRY(CodeIdOf(request));
    const auto permit = TRY(PermitOf<kCodesApprove>(request));
    const auto reason = ReasonIn(request.Form());
    if (!reason.ok()) return Report(request, world, id, reason.error(), NoticeKind::kRefused);
    return Report(request, world, id,
                  RejectCode(permit, world, id, reason.value(), VersionOf(request)),
                  NoticeKind::kCodeRejected);
}

Result<Response> CodeAircraftSet(const Request& request, World& world) {
    const CodeId id = TRY(CodeIdOf(request));
    const Fields form = request.Form();
    const auto permit = TRY(PermitOf<kCodesWrite>(request));
    const std::string_view registration = form.Get("aircraft");
    return Report(request, world, id,
                  SetCodeAircraftRole(permit, world, RulesHere(request, world), id, registration,
                                      form.Get("aircraft_role")),
                  NoticeKind::kCodeAircraftSet, registration);
}

Result<Response> CodeAircraftRemove(const Request& request, World& world) {
    const CodeId id = TRY(CodeIdOf(request));
    const Fields form = request.Form();
    const auto permit = TRY(PermitOf<kCodesWrite>(request));
    const std::string_view registration = form.Get("aircraft");
    return Report(
        request, world, id,
        RemoveCodeAircraftRole(permit, world, RulesHere(request, world), id, registration),
        NoticeKind::kCodeAircraftRemoved, registration);
}

Result<Response> CodeQr(const Request& request, World& world) {
    const Code code = TRY(CodeHere(request, world));
    if (IsRedacted(code)) return Actor::Denied();
    const Scene scene = SceneOf(request, world);
    View view = ViewOf(scene, CodeQrPage{code});
    return Show(scene, view);
}

}  // namespace ostiary::pages
