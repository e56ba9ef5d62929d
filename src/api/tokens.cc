#include "core/tokens.h"

#include "api/answers.h"
#include "api/api.h"
#include "api/binder.h"
#include "core/shapes.h"

namespace ostiary::api {
namespace {

using enum Permission;
namespace json = boost::json;

// Everybody's; the one member more says whose.
std::string HeldTokenJson(const HeldToken& held) {
    std::string shape = TokenJson(held.token);
    shape.pop_back();
    return shape + R"(,"username":)" + JsonText(held.username) + "}";
}

Result<Response> ListEverybodys(const Request& request, World& world, std::size_t size) {
    const auto permit = TRY(request.actor->Ask<kTokensWrite>());
    const auto held = TRY(ListTokens(permit, world, request.Query().Get("cursor"), size + 1));
    const auto id = [](const HeldToken& one) { return one.token.id; };
    return ShowList(request, world, FirstOf(held, size, HeldTokenJson, id));
}

}  // namespace

Result<Response> TokenList(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kOwnAccount>());
    TRY(KnowOnly(request, {"all", "page_size", "cursor"}));
    const Fields query = request.Query();
    const std::size_t size = TRY(PageSizeOf(query));
    if (TRY(FlagOf(query, "all"))) return ListEverybodys(request, world, size);
    Listed list;
    for (const ApiToken& token : TRY(OwnTokens(permit, world)))
        list.shapes.push_back(TokenJson(token));
    return ShowList(request, world, list);
}

Result<Response> TokenCreate(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kOwnAccount>());
    const json::object body = TRY(BodyOf(request));
    Binder binder(body);
    const std::string label = binder.Text("label");
    const auto scopes = binder.MaybeTexts("scopes").value_or(std::vector<std::string>{});
    const std::string days = binder.MaybeNumber("days").value_or("");
    const auto username = binder.MaybeText("username");
    TRY(binder.Finish());
    const bool is_own = !username || *username == request.actor->username;
    const FreshToken fresh = TRY(is_own ? CreateOwnToken(permit, world, label, scopes, days)
                                        : CreateTokenFor(TRY(request.actor->Ask<kTokensWrite>()),
                                                         world, *username, label, scopes, days));
    return Tell(201, "Token created; it is shown this once", FreshTokenJson(fresh));
}

Result<Response> TokenDelete(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kOwnAccount>());
    TRY(TakeNothing(request));
    const std::string_view id = request.PathValue("id");
    auto revoked = RevokeOwnToken(permit, world, id);
    if (!revoked.ok() && request.actor->May(kTokensWrite))
        revoked = RevokeToken(TRY(request.actor->Ask<kTokensWrite>()), world, id);
    if (!revoked.ok()) return std::move(revoked).error();
    return NoContent();
}

}  // namespace ostiary::api
