#include "core/codes.h"

#include <fmt/format.h>

#include "api/answers.h"
#include "api/api.h"
#include "api/binder.h"
#include "api/code_drafts.h"
#include "core/accounts.h"
#include "core/shapes.h"
#include "util/text.h"

namespace ostiary::api {
namespace {

using enum Permission;
namespace json = boost::json;

Response CodeAnswer(const World& world, const Code& code, int status, std::string_view what) {
    const std::string message =
        fmt::format("Invite code {}: {}", what, IsRedacted(code) ? ShortName(code) : code.shown);
    return Tell(world, status, message, ThingOf(world, code));
}

std::optional<std::int64_t> ExpectedVersionOf(const Request& request) {
    return ExpectedVersion(request, std::to_string(CodeIdOf(request)));
}

}  // namespace

Result<Response> CodeCreate(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesWrite>());
    const json::object body = TRY(MaybeBodyOf(request));
    Binder binder(body);
    const CodeDraft draft = BindNewCode(binder);
    TRY(binder.Finish());
    const Code code = TRY(CreateCode(permit, world, ApiRules(*request.actor, world), draft));
    return CodeAnswer(world, code, 201, "created");
}

Result<Response> CodeGet(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesRead>());
    TRY(KnowOnly(request, {}));
    const Code code =
        TRY(GetCode(permit, world, ScopeOf(*request.actor, world), CodeIdOf(request)));
    return Show(request, world, ThingOf(world, code));
}

Result<Response> CodePatch(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesWrite>());
    const json::object body = TRY(BodyOf(request));
    Binder binder(body);
    CodeDraft draft = BindCode(binder);
    draft.is_active = binder.MaybeFlag("is_active");
    TRY(binder.Finish());
    return CodeAnswer(world,
                      TRY(EditCode(permit, world, ApiRules(*request.actor, world),
                                   CodeIdOf(request), draft, ExpectedVersionOf(request))),
                      200, "updated");
}

Result<Response> CodeDelete(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesWrite>());
    TRY(TakeNothing(request));
    TRY(DeleteCode(permit, world, ApiRules(*request.actor, world), CodeIdOf(request),
                   ExpectedVersionOf(request)));
    return NoContent();
}

Result<Response> CodeRevoke(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesWrite>());
    TRY(TakeNothing(request));
    return CodeAnswer(world,
                      TRY(RevokeCode(permit, world, ApiRules(*request.actor, world),
                                     CodeIdOf(request), ExpectedVersionOf(request))),
                      200, "revoked");
}

Result<Response> CodeReactivate(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesWrite>());
    const json::object body = TRY(MaybeBodyOf(request));
    Binder binder(body);
    CodeDraft draft;
    draft.max_uses = binder.MaybeNumber("max_uses");
    draft.expires_days = binder.MaybeNumber("expires_days");
    draft.expires_at = binder.MaybeText("expires_at");
    TRY(binder.Finish());
    return CodeAnswer(world,
                      TRY(ReactivateCode(permit, world, ApiRules(*request.actor, world),
                                         CodeIdOf(request), draft, ExpectedVersionOf(request))),
                      200, "reactivated");
}

namespace {

Result<std::string> ReasonOf(const Request& request) {
    const json::object body = TRY(MaybeBodyOf(request));
    Binder binder(body);
    std::string reason = binder.Text("reason");
    TRY(binder.Finish());
    if (!IsCleanText(reason, Lines::kMany) || CountCharacters(reason) > 1000)
        return InvalidFields(
            {{"reason", "reason.invalid", "A reason has at most 1000 characters"}});
    return reason;
}

}  // namespace

Result<Response> CodeApprove(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesApprove>());
    const std::string reason = TRY(ReasonOf(request));
    return CodeAnswer(
        world,
        TRY(ApproveCode(permit, world, CodeIdOf(request), reason, ExpectedVersionOf(request))), 200,
        "approved");
}

Result<Response> CodeReject(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesApprove>());
    const std::string reason = TRY(ReasonOf(request));
    return CodeAnswer(
        world,
        TRY(RejectCode(permit, world, CodeIdOf(request), reason, ExpectedVersionOf(request))), 200,
        "rejected");
}

Result<Response> CodeAircraftRolePut(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesWrite>());
    const json::object body = TRY(BodyOf(request));
    Binder binder(body);
    const std::string role = binder.Text("role");
    TRY(binder.Finish());
    const Code code = TRY(SetCodeAircraftRole(permit, world, ApiRules(*request.actor, world),
                                              CodeIdOf(request), request.PathValue("registration"),
                                              role, ExpectedVersionOf(request)));
    return CodeAnswer(world, code, 200, "updated");
}

Result<Response> CodeAircraftRoleDelete(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesWrite>());
    TRY(TakeNothing(request));
    TRY(RemoveCodeAircraftRole(permit, world, ApiRules(*request.actor, world), CodeIdOf(request),
                               request.PathValue("registration"), ExpectedVersionOf(request)));
    return NoContent();
}

}  // namespace ostiary::api
