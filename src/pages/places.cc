// Oversight and operation: what waits for approval, everybody's tokens, settings.

#include "core/tokens.h"
#include "http/respond.h"
#include "pages/ask.h"
#include "pages/pages.h"
#include "pages/places_views.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

using enum Permission;

constexpr std::size_t kTokensPerPage = 50, kRequestsPerPage = 50;

}  // namespace

// Codes that wait are for who may approve them; requests, for whoever may make their codes.
Result<Response> Approvals(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<kCodesRead>(request));
    const Fields asked = request.Query();
    const CodeScope scope = RulesHere(request, world).scope;
    const std::string_view show = asked.Get("show");
    ApprovalsPage page;
    if (show == "accepted") page.show = RequestState::kAccepted;
    if (show == "declined") page.show = RequestState::kDeclined;
    const RequestId beyond = ParseInt(asked.Get("beyond")).value_or(0);
    page.requests =
        TRY(ListRequests(permit, world, {scope, page.show, beyond, kRequestsPerPage + 1}));
    page.has_more_requests = page.requests.size() > kRequestsPerPage;
    if (page.has_more_requests) page.requests.pop_back();
    if (request.actor->May(kCodesApprove) && page.show == RequestState::kOpen) {
        CodeQuery query;
        query.scope = scope;
        query.status = "pending";
        query.order = CodeOrder::kOldest;
        query.cursor = Typed(asked, "cursor");
        page.page = TRY(ListCodes(permit, world, query));
    }
    return ShowPage(SceneOf(request, world), page);
}

Result<Response> AllTokens(const Request& request, World& world) {
    const std::string before = Typed(request.Query(), "before");
    TokensPage page;
    page.show = Typed(request.Query(), "show");
    const TokenConcern concern = page.show == "endless"  ? TokenConcern::kEndless
                                 : page.show == "unused" ? TokenConcern::kUnused
                                                         : TokenConcern::kNone;
    page.is_first = before.empty();
    page.tokens = TRY(ListTokens(TRY(PermitOf<kTokensWrite>(request)), world, before,
                                 kTokensPerPage + 1, concern));
    page.has_more = page.tokens.size() > kTokensPerPage;
    if (page.has_more) page.tokens.pop_back();
    return ShowPage(SceneOf(request, world), page);
}

Result<Response> AnyTokenRevoke(const Request& request, World& world) {
    TRY(RevokeToken(TRY(PermitOf<kTokensWrite>(request)), world, request.PathValue("id")));
    return SeeOtherAndTell(world, "/admin/tokens/", NoticeKind::kTokenRevoked);
}

Result<Response> Settings(const Request& request, World& world) {
    return ShowPage(SceneOf(request, world), SettingsPage{});
}

}  // namespace ostiary::pages
