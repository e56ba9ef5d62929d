// How guests come in: by link, or by typing a code.

#include "core/registration.h"

#include <algorithm>

#include "http/cookies.h"
#include "http/forms.h"
#include "http/limits.h"
#include "http/respond.h"
#include "pages/ask.h"
#include "pages/pages.h"
#include "pages/views.h"
#include "pages/visits.h"
#include "util/passwords.h"
#include "util/random.h"

namespace ostiary::pages {
namespace {

using enum Permission;

constexpr std::size_t kKeyBytes = 16;

// Whoever has the address has the code: it goes into no referrer and no index (REG-2).
Response Private(Response response) {
    response.With("referrer-policy", "no-referrer").With("x-robots-tag", "noindex, nofollow");
    return response;
}

// Messengers and mail programs take what stands around a link for a part of it:
// "…?code=ABC12345),".
std::string Bare(std::string_view text) {
    constexpr std::string_view kAround = " <>()[]{}.,;:!?\"'*";
    text.remove_prefix(std::min(text.find_first_not_of(kAround), text.size()));
    return std::string(text.substr(0, text.find_last_not_of(kAround) + 1));
}

bool IsInvalidCode(const Error& error) { return error.reason == InvalidInviteCode().reason; }

// The same page for every cause (REG-4), with the box to try another code.
Response ShowInvalid(const Scene& scene, const Presented& presented, int status) {
    return Private(ShowPage(scene, CodeBoxPage{presented.code, InvalidInviteCode()}, status));
}

Response ShowForm(const Scene& scene, World& world, Invitation invitation, Presented presented,
                  Fields typed, std::optional<Error> error) {
    const int status = error ? StatusOf(ErrorKind::kInvalid) : 200;
    return Private(ShowPage(
        scene,
        RegistrationPage{std::move(invitation), std::move(presented),
                         RandomToken(world.random, kKeyBytes), std::move(typed), std::move(error)},
        status));
}

Result<Response> ShowOffer(const Request& request, World& world, Invitation invitation,
                           Presented presented, std::optional<Error> error) {
    auto me = TRY(Me(TRY(PermitOf<kOwnAccount>(request)), world));
    const int status = error ? StatusOf(error->kind) : 200;
    return Private(ShowPage(SceneOf(request, world),
                            AddAccessPage{std::move(invitation), std::move(presented),
                                          std::move(me.aircraft_access), std::move(error)},
                            status));
}

Result<Response> Open(const Request& request, World& world, Presented presented) {
    auto invitation = OpenInvitation(world, presented);
    if (!invitation.ok()) {
        if (!IsInvalidCode(invitation.error())) return invitation.error();
        return ShowInvalid(SceneOf(request, world), presented, StatusOf(ErrorKind::kNotFound));
    }
    const CodeId code = invitation.value().code.id;
    Response response = request.actor
        ? TRY(ShowOffer(request, world, std::move(invitation).value(), std::move(presented), {}))
            : ShowForm(SceneOf(request, world), world, std::move(invitation).value(),
                       std::move(presented), {}, {});
            CountOpened(request, world, code, response);
            return response;
}

Result<Response> Add(const Request& request, World& world, Presented presented) {
    const auto added = AddAccess(TRY(PermitOf<kOwnAccount>(request)), world, presented);
    if (added.ok()) {
        Response response = SeeOtherAndTell(world, "/account/", NoticeKind::kAccessAdded,
                                            AccessSummary(added.value().aircraft_access));
        CountStarted(request, world, added.value().code.id, response);
        return response;
    }
    if (IsInvalidCode(added.error()))
        return ShowInvalid(SceneOf(request, world), presented, StatusOf(added.error().kind));
    auto invitation = OpenInvitation(world, presented);
    if (!invitation.ok() || !IsForTheForm(added.error())) return added.error();
    return ShowOffer(request, world, std::move(invitation).value(), std::move(presented),
                     added.error());
}

RegistrationForm FormOf(const Request& request, const Fields& typed, const Presented& presented) {
    return {presented,
            Typed(typed, "username"),
            Typed(typed, "name"),
            Typed(typed, "email"),
            Typed(typed, "password"),
            Typed(typed, "password_confirm"),
            Typed(typed, "time_zone"),
            Typed(typed, "idempotency_key"),
            std::string(request.HeaderValue("user-agent")),
            request.session_token};
}

Result<Response> Submit(const Request& request, World& world, const Fields& typed,
                        Presented presented) {
    if (typed.Get("add") == "1") return Add(request, world, std::move(presented));
    const auto registered =
        Register(world, request.MakeOrigin(), FormOf(request, typed, presented), SignIn::kYes);
    if (registered.ok()) {
        Response response = SeeOther("/welcome/");
        SetSessionCookie(response, world.config, registered.value().session_token,
                         world.config.session_days * kDay / kSecond);
        CountStarted(request, world, registered.value().code.id, response);
        return response;
    }
    const Error& error = registered.error();
    if (IsInvalidCode(error))
        return ShowInvalid(SceneOf(request, world), presented, StatusOf(error.kind));
    if (!IsForTheForm(error)) return error;
    auto invitation = OpenInvitation(world, presented);
    if (!invitation.ok())
        return ShowInvalid(SceneOf(request, world), presented, StatusOf(ErrorKind::kInvalid));
    const CodeId code = invitation.value().code.id;
    Response again = ShowForm(SceneOf(request, world), world, std::move(invitation).value(),
                              std::move(presented), typed, error);
    CountStarted(request, world, code, again);
    again.guess = IsMiss(error) ? Guess::kMissed : Guess::kHit;
    return again;
}

}  // namespace

Result<Response> RegisterStart(const Request& request, World& world) {
    const Fields query = request.Query();
    if (query.Get("code").empty()) return Private(ShowPage(SceneOf(request, world), CodeBoxPage{}));
    return Open(request, world, {Bare(Typed(query, "code")), {}});
}

Result<Response> RegisterByCode(const Request& request, World& world) {
    const Fields form = request.Form();
    const Presented presented{Bare(Typed(form, "code")), {}};
    if (!form.Find("username") && form.Get("add").empty()) return Open(request, world, presented);
    return Submit(request, world, form, presented);
}

Result<Response> RegisterForm(const Request& request, World& world) {
    return Open(request, world, {{}, std::string(request.PathValue("token"))});
}

Result<Response> RegisterSubmit(const Request& request, World& world) {
    return Submit(request, world, request.Form(), {{}, std::string(request.PathValue("token"))});
}

Result<Response> RegisterTidy(const Request& request, World&) {
    if (!Bare(request.PathValue("rest")).empty())
        return Error{ErrorKind::kNotFound, "path.unknown", "Not found",
                     "There is nothing at this address"};
    return SeeOther("/register/" + EncodeQueryValue(request.PathValue("token")) + "/");
}

// Asked while somebody types. What is judged here is judged again when the form comes.
Result<Response> PasswordCheck(const Request& request, World& world) {
    const Fields form = request.Form();
    Response response =
        ShowPage(SceneOf(request, world),
                 PasswordPage{Typed(form, "password"), Typed(form, "password_confirm"),
                              JudgePassword(form.Get("password"), form.Get("username"),
                                            form.Get("email"), form.Get("name"))});
    CountStarted(request, world, response);
    return response;
}

Result<Response> Welcome(const Request& request, World& world) {
    return ShowPage(
        SceneOf(request, world),
        WelcomePage { TRY(Me(TRY(PermitOf<kOwnAccount>(request)), world)) });
}

}  // namespace ostiary::pages
