#include "core/requests.h"

#include <fmt/format.h>

#include "api/answers.h"
#include "api/api.h"
#include "api/binder.h"
#include "api/code_drafts.h"
#include "core/accounts.h"
#include "core/shapes.h"
#include "http/json_body.h"
#include "util/text.h"

namespace ostiary::api {
namespace {

using enum Permission;
namespace json = boost::json;

RequestId RequestIdOf(const Request& request) {
    return ParseInt(request.PathValue("id")).value_or(0);
}

Result<RequestQuery> QueryOf(const Request& request, const World& world) {
    TRY(KnowOnly(request, {"state", "page_size", "cursor"}));
    const Fields fields = request.Query();
    RequestQuery query;
    query.scope = ScopeOf(*request.actor, world);
    query.page_size = TRY(PageSizeOf(fields));
    query.cursor = TRY(IdCursorOf(fields, "cursor"));
    const std::string_view state = fields.Get("state");
    if (state.empty()) return query;
    for (const auto one : {RequestState::kOpen, RequestState::kAccepted, RequestState::kDeclined})
        if (NameOf(one) == state) {
            query.state = one;
            return query;
        }
    return InvalidFields({{"state", "state.unknown", "state is one of: open, accepted, declined"}});
}

}  // namespace

// The same for everybody: neither the answer nor what it takes says whether the address is known.
Result<Response> RequestCreate(const Request& request, World& world) {
    TRY(KnowOnly(request, {}));
    TRY(CheckRequestsOpen(world.config));
    const json::object body = TRY(ReadFormOrJson(request));
    Binder binder(body);
    RequestDraft draft;
    draft.email = binder.Text("email");
    draft.name = binder.Text("name");
    draft.words = binder.Text("message");
    draft.task_group = binder.Text("task_group");
    TRY(binder.Finish());
    TRY(AskForInvitation(world, request.MakeOrigin(), draft, world.config.mail_language));
    return Tell(202, "Somebody reads this and decides",
                fmt::format(R"({{"email":{}}})", JsonText(Trim(draft.email))));
}

Result<Response> RequestList(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesRead>());
    RequestQuery query = TRY(QueryOf(request, world));
    const std::size_t size = query.page_size++;
    return ShowList(request, world,
                    FirstOf(TRY(ListRequests(permit, world, query)), size, RequestJson,
                            [](const InvitationRequest& one) { return std::to_string(one.id); }));
}

Result<Response> RequestGet(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesRead>());
    TRY(TakeNothing(request));
    return Json(200, RequestJson(TRY(GetRequest(permit, world, ScopeOf(*request.actor, world),
                                                RequestIdOf(request)))));
}

Result<Response> RequestAccept(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesWrite>());
    const json::object body = TRY(MaybeBodyOf(request));
    Binder binder(body);
    const CodeDraft draft = BindModel(binder);
    const std::string words = binder.Text("message");
    TRY(binder.Finish());
    if (draft.max_uses.value_or("1") != "1")
        return InvalidFields(
            {{"max_uses", "max_uses.invalid", "An invitation is for one person, once"}});
    const AcceptedRequest done = TRY(AcceptRequest(permit, world, ApiRules(*request.actor, world),
                                                   RequestIdOf(request), draft, words));
    const std::string code = CodeJson(world.config, done.code, world.clock.Now(),
                                      IsRedacted(done.code) ? Secrets::kHidden : Secrets::kShown);
    return Tell(200, "Request accepted",
                fmt::format(R"({{"request":{},"code":{},"mailed":{}}})", RequestJson(done.request),
                            code, done.is_mailed));
}

Result<Response> RequestDecline(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesWrite>());
    const json::object body = TRY(MaybeBodyOf(request));
    Binder binder(body);
    const std::string reason = binder.Text("reason");
    const auto tell = binder.MaybeFlag("mail").value_or(false) ? TellAsker::kYes : TellAsker::kNo;
    TRY(binder.Finish());
    return Tell(200, "Request declined",
                RequestJson(TRY(DeclineRequest(permit, world, ScopeOf(*request.actor, world),
                                               RequestIdOf(request), reason, tell))));
}

}  // namespace ostiary::api
