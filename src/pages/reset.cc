// A new password for somebody who forgot the old one.

#include "core/password_reset.h"
#include "http/cookies.h"
#include "http/respond.h"
#include "pages/ask.h"
#include "pages/language.h"
#include "pages/pages.h"
#include "pages/reset_views.h"

namespace ostiary::pages {
namespace {

using enum Permission;

// Whoever has the address can set the password: it goes into no referrer and no index.
Response Private(Response response) {
    response.With("referrer-policy", "no-referrer").With("x-robots-tag", "noindex, nofollow");
    return response;
}

Response ShowDead(const Request& request, World& world) {
    return Private(ShowPage(SceneOf(request, world), ResetStartPage{ResetStep::kLinkIsDead},
                            StatusOf(ErrorKind::kNotFound)));
}

bool IsDead(const Error& error) { return error.reason == InvalidResetLink().reason; }

std::string TokenIn(const Request& request) { return std::string(request.PathValue("token")); }

}  // namespace

Result<Response> ResetStart(const Request& request, World& world) {
    return ShowPage(SceneOf(request, world), ResetStartPage{});
}

Result<Response> ResetAsk(const Request& request, World& world) {
    const Scene scene = SceneOf(request, world);
    AskForReset(world, request.MakeOrigin(), request.Form().Get("username"), Spoken());
    Response answer = ShowPage(scene, ResetStartPage{ResetStep::kAsked});
    answer.guess = Guess::kMissed;  // each asking is remembered: nobody may ask without end
    return answer;
}

Result<Response> ResetForm(const Request& request, World& world) {
    auto account = OpenResetLink(world, TokenIn(request));
    if (!account.ok()) return ShowDead(request, world);
    return Private(ShowPage(SceneOf(request, world),
                            ResetFormPage{std::move(account).value(), TokenIn(request), {}}));
}

Result<Response> ResetSubmit(const Request& request, World& world) {
    const Fields form = request.Form();
    const auto done = ResetPassword(world, request.MakeOrigin(), TokenIn(request),
                                    form.Get("password"), form.Get("password_confirm"));
    if (done.ok()) {
        Response response = Private(SeeOtherAndTell(world, "/login/", NoticeKind::kPasswordReset));
        ClearSessionCookie(response, world.config);
        return response;
    }
    if (IsDead(done.error())) return ShowDead(request, world);
    if (!IsForTheForm(done.error())) return done.error();
    auto account = OpenResetLink(world, TokenIn(request));
    if (!account.ok()) return ShowDead(request, world);
    Response again =
        Private(ShowPage(SceneOf(request, world),
                         ResetFormPage{std::move(account).value(), TokenIn(request), done.error()},
                         StatusOf(done.error().kind)));
    again.guess = Guess::kHit;  // the link was good; only the password was not
    return again;
}

Result<Response> UserResetLink(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<kUsersWrite>(request));
    auto link = MakeResetLink(permit, world, request.PathValue("id"));
    if (!link.ok()) {
        if (!IsForTheForm(link.error())) return link.error();
        return SeeOtherAndRefuse(
            world, "/admin/users/" + std::string(request.PathValue("id")) + "/", link.error());
    }
    return Private(ShowPage(SceneOf(request, world), ResetLinkPage{std::move(link).value()}));
}

Result<Response> UserResetWithdraw(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<kUsersWrite>(request));
    const Account account = TRY(WithdrawResetLink(permit, world, request.PathValue("id")));
    return SeeOtherAndTell(world, "/admin/users/" + account.id + "/",
                           NoticeKind::kResetLinkWithdrawn, account.username);
}

}  // namespace ostiary::pages
