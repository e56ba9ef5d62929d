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

constexpr std::size_t kTokensPerPage = 50;

}  // namespace

Result<Response> Approvals(const Request& request, World& world) {
    CodeQuery query;
    query.scope = RulesHere(request, world).scope;
    query.status = "pending";
    query.order = CodeOrder::kOldest;
    query.cursor = Typed(request.Query(), "cursor");
    return ShowPage(
        SceneOf(request, world),
        ApprovalsPage { TRY(ListCodes(TRY(PermitOf<kCodesRead>(request)), world, query)) });
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
