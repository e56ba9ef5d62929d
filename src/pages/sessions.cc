// Logging in and out.

#include "core/sessions.h"

#include "http/cookies.h"
#include "http/redirects.h"
#include "http/respond.h"
#include "pages/ask.h"
#include "pages/pages.h"
#include "pages/views.h"

namespace ostiary::pages {

Result<Response> LoginForm(const Request& request, World& world) {
    const Fields query = request.Query();
    if (request.actor)
        return SeeOther(query.Get("next").empty() ? HomeOf(*request.actor)
                                                  : SafeNext(query.Get("next")));
    return ShowPage(SceneOf(request, world), LoginPage{"", Typed(query, "next"), {}});
}

Result<Response> LoginSubmit(const Request& request, World& world) {
    const Fields form = request.Form();
    const auto signed_in =
        LogIn(world, request.MakeOrigin(), form.Get("username"), form.Get("password"),
              request.HeaderValue("user-agent"), request.session_token);
    if (!signed_in.ok()) {
        if (signed_in.error().kind != ErrorKind::kSignedOut && !IsForTheForm(signed_in.error()))
            return signed_in.error();
        return ShowPage(SceneOf(request, world),
                        LoginPage{Typed(form, "username"), Typed(form, "next"), signed_in.error()},
                        StatusOf(signed_in.error().kind));
    }
    const Actor actor =
        MakeActor(world.config.catalogue, signed_in.value().account, request.MakeOrigin());
    Response response = SeeOther(NextOr(form, HomeOf(actor)));
    SetSessionCookie(response, world.config, signed_in.value().session_token,
                     world.config.session_days * kDay / kSecond);
    return response;
}

Result<Response> LogoutForm(const Request& request, World& world) {
    return ShowPage(SceneOf(request, world), LogoutPage{});
}

Result<Response> LogoutSubmit(const Request& request, World& world) {
    if (request.actor) LogOut(world, *request.actor);
    Response response = SeeOtherAndTell(world, "/login/", NoticeKind::kLoggedOut);
    ClearSessionCookie(response, world.config);
    return response;
}

}  // namespace ostiary::pages
