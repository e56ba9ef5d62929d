// One's own account: profile, password, sessions, tokens.

#include "core/accounts.h"

#include "core/mails.h"
#include "core/sessions.h"
#include "core/tokens.h"
#include "http/respond.h"
#include "pages/ask.h"
#include "pages/pages.h"
#include "pages/views.h"

namespace ostiary::pages {
namespace {

using enum Permission;

Result<Response> ShowAccount(const Request& request, World& world, std::string_view form,
                             Fields typed, std::optional<Error> error) {
    AccountPageFacts page;
    page.me = TRY(Me(TRY(PermitOf<kOwnAccount>(request)), world));
    page.sessions = TRY(OwnSessions(TRY(PermitOf<kOwnAccount>(request)), world));
    page.tokens = TRY(OwnTokens(TRY(PermitOf<kOwnAccount>(request)), world));
    page.access = TRY(GetOwnAccess(TRY(PermitOf<kOwnAccount>(request)), world));
    page.takes_mails = TakesMails(TRY(PermitOf<kOwnAccount>(request)), world);
    page.form = form;
    page.typed = std::move(typed);
    const int status = error ? StatusOf(error->kind) : 200;
    page.error = std::move(error);
    return ShowPage(SceneOf(request, world), page, status);
}

// Back to the account with a notice, or the form again with what is wrong.
template <class T>
Result<Response> Finish(const Request& request, World& world, const Result<T>& done,
                        NoticeKind kind, std::string_view form, std::string_view subject = {}) {
    if (done.ok()) return SeeOtherAndTell(world, "/account/", kind, subject);
    if (!IsForTheForm(done.error())) return done.error();
    return ShowAccount(request, world, form, request.Form(), done.error());
}

}  // namespace

Result<Response> AccountHome(const Request& request, World& world) {
    return ShowAccount(request, world, "", {}, {});
}

Result<Response> AccountProfile(const Request& request, World& world) {
    const Fields form = request.Form();
    const auto permit = TRY(PermitOf<kOwnAccount>(request));
    return Finish(request, world,
                  EditProfile(permit, world, form.Get("name"), form.Get("time_zone")),
                  NoticeKind::kProfileSaved, "profile");
}

Result<Response> AccountPassword(const Request& request, World& world) {
    const Fields form = request.Form();
    const auto permit = TRY(PermitOf<kOwnAccount>(request));
    return Finish(request, world,
                  ChangePassword(permit, world, form.Get("current_password"), form.Get("password"),
                                 form.Get("password_confirm")),
                  NoticeKind::kPasswordChanged, "password");
}

Result<Response> AccountMails(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<kOwnAccount>(request));
    const Fields form = request.Form();
    const auto said = form.All("mails");  // "0" always, and "1" where it is ticked
    const bool takes = !said.empty() && said.back() == "1";
    return Finish(request, world,
                  SetTakesMails(permit, world, takes ? TakeMails::kYes : TakeMails::kNo),
                  NoticeKind::kProfileSaved, "mails");
}

Result<Response> SessionEnd(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<kOwnAccount>(request));
    return Finish(request, world, EndOwnSession(permit, world, request.Form().Get("session")),
                  NoticeKind::kSessionEnded, "sessions");
}

Result<Response> SessionEndOthers(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<kOwnAccount>(request));
    return Finish(request, world, EndOtherSessions(permit, world), NoticeKind::kOtherSessionsEnded,
                  "sessions");
}

Result<Response> TokenCreate(const Request& request, World& world) {
    const Fields form = request.Form();
    std::vector<std::string> scopes;
    for (const std::string_view scope : form.All("scopes")) scopes.emplace_back(scope);
    const auto permit = TRY(PermitOf<kOwnAccount>(request));
    const auto made = CreateOwnToken(permit, world, form.Get("label"), scopes, form.Get("days"));
    return Finish(request, world, made, NoticeKind::kTokenCreated, "token",
                  made.ok() ? made.value().token : "");
}

Result<Response> TokenRevoke(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<kOwnAccount>(request));
    return Finish(request, world, RevokeOwnToken(permit, world, request.PathValue("id")),
                  NoticeKind::kTokenRevoked, "tokens");
}

}  // namespace ostiary::pages
