// Users: a list for whoever works with codes, and an edit page for superusers.

#include "core/accounts.h"

#include "core/aircraft.h"
#include "core/brought.h"
#include "core/codes.h"
#include "core/departures.h"
#include "core/exports.h"
#include "core/password_reset.h"
#include "http/respond.h"
#include "pages/ask.h"
#include "pages/forms.h"
#include "pages/pages.h"
#include "pages/views.h"
#include "util/calendar.h"

namespace ostiary::pages {
namespace {

using enum Permission;

Result<Response> ShowUser(const Request& request, World& world, std::optional<Fields> typed,
                          std::optional<Error> error) {
    UserPage page;
    page.user = TRY(GetAccount(TRY(PermitOf<kUsersRead>(request)), world, request.PathValue("id")));
    page.fleet = TRY(ListAircraft(TRY(PermitOf<kAircraftRead>(request)), world));
    page.reset =
        TRY(LivingResetLink(TRY(PermitOf<kUsersRead>(request)), world, page.user.account.id));
    if (page.user.account.joined_with != 0) {
        auto code = GetCode(TRY(PermitOf<kCodesRead>(request)), world,
                            RulesHere(request, world).scope, page.user.account.joined_with);
        if (code.ok()) page.joined_with = std::move(code).value();
    }
    page.tree = TRY(GetBrought(TRY(PermitOf<kUsersRead>(request)), world, page.user.account.id));
    page.typed = typed ? *std::move(typed) : FieldsOf(page.user.account);
    const int status = error ? StatusOf(error->kind) : 200;
    page.error = std::move(error);
    return ShowPage(SceneOf(request, world), page, status);
}

std::string UserPath(const Request& request) {
    return "/admin/users/" + std::string(request.PathValue("id")) + "/";
}

template <class T>
Result<Response> Report(const Request& request, World& world, const Result<T>& done,
                        NoticeKind kind, std::string_view subject) {
    if (done.ok()) return SeeOtherAndTell(world, UserPath(request), kind, subject);
    if (!IsForTheForm(done.error())) return done.error();
    return SeeOtherAndRefuse(world, UserPath(request), done.error());
}

AccountDraft DraftFrom(const Fields& form) {
    AccountDraft draft;
    draft.username = Typed(form, "username");
    draft.name = Typed(form, "name");
    draft.email = Typed(form, "email");
    draft.role = Typed(form, "role");
    draft.task_group = Typed(form, "task_group");
    draft.is_staff = IsChecked(form, "is_staff");
    draft.is_superuser = IsChecked(form, "is_superuser");
    if (form.Find("quota_codes")) draft.quota_codes = Typed(form, "quota_codes");
    if (form.Find("quota_uses")) draft.quota_uses = Typed(form, "quota_uses");
    return draft;
}

AccountQuery UsersAskedIn(const Request& request) {
    const Fields fields = request.Query();
    AccountQuery query;
    query.search = Typed(fields, "search");
    query.role = Typed(fields, "role");
    query.task_group = Typed(fields, "task_group");
    query.flag = Typed(fields, "flag");
    query.state = Typed(fields, "state");
    query.cursor = Typed(fields, "cursor");
    return query;
}

}  // namespace

Result<Response> UsersList(const Request& request, World& world) {
    UsersPage list;
    list.query = UsersAskedIn(request);
    list.page = TRY(ListAccounts(TRY(PermitOf<kUsersRead>(request)), world, list.query));
    return ShowPage(SceneOf(request, world), list);
}

Result<Response> UsersCsv(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<kUsersRead>(request));
    const std::string today =
        FormatDay(Calendar(request.actor->time_zone).DayAt(world.clock.Now()));
    TextFile file;
    if (request.method != Method::kHead)
        file = TRY(ExportUsers(permit, world, UsersAskedIn(request)));
    return CsvFile(today + "-users.csv", std::move(file));
}

Result<Response> UserDetail(const Request& request, World& world) {
    return ShowUser(request, world, {}, {});
}

Result<Response> UserSave(const Request& request, World& world) {
    const Fields form = request.Form();
    const auto permit = TRY(PermitOf<kUsersWrite>(request));
    const auto saved = EditAccount(permit, world, request.PathValue("id"), DraftFrom(form),
                                   ParseInt(form.Get("version")));
    if (saved.ok())
        return SeeOtherAndTell(world, UserPath(request), NoticeKind::kUserSaved,
                               saved.value().username);
    if (!IsForTheForm(saved.error())) return saved.error();
    return ShowUser(request, world, form, saved.error());
}

namespace {

Result<Response> AskDeparture(const Request& request, World& world, Fields typed,
                              std::optional<Error> error) {
    UserAskPage page;
    page.typed = std::move(typed);
    page.user = TRY(GetAccount(TRY(PermitOf<kUsersRead>(request)), world, request.PathValue("id")));
    page.footprint =
        TRY(FootprintOf(TRY(PermitOf<kUsersWrite>(request)), world, page.user.account.id));
    page.codes =
        TRY(CountLeftCodes(TRY(PermitOf<kUsersWrite>(request)), world, page.user.account.id));
    const int status = error ? StatusOf(error->kind) : 200;
    page.error = std::move(error);
    return ShowPage(SceneOf(request, world), page, status);
}

}  // namespace

Result<Response> UserDeactivateAsk(const Request& request, World& world) {
    return AskDeparture(request, world, {}, {});
}

Result<Response> UserDeactivate(const Request& request, World& world) {
    const Fields form = request.Form();
    Departure departure;
    departure.codes = FindLeftCodes(form.Get("codes")).value_or(LeftCodes::kKeep);
    departure.heir = Typed(form, "hand_over_to");
    const auto done = DeactivateLeaver(TRY(PermitOf<kUsersWrite>(request)), world,
                                       request.PathValue("id"), departure);
    if (!done.ok() && !done.error().fields.empty())
        return AskDeparture(request, world, form, done.error());
    if (!done.ok() || !done->handed_over)
        return Report(request, world, done, NoticeKind::kUserDeactivated,
                      done.ok() ? done->account.username : "");
    const HandedOver& handed = *done->handed_over;
    if (!handed.spared.empty())
        return SeeOtherAndTell(world, UserPath(request), NoticeKind::kCodesPartlyHandedOver,
                               std::to_string(handed.spared.size()));
    return SeeOtherAndTell(
        world, UserPath(request),
        handed.waiting > 0 ? NoticeKind::kCodesHandedOverWaiting : NoticeKind::kCodesHandedOver,
        handed.heir);
}

Result<Response> UserReactivate(const Request& request, World& world) {
    const auto done =
        ReactivateAccount(TRY(PermitOf<kUsersWrite>(request)), world, request.PathValue("id"));
    return Report(request, world, done, NoticeKind::kUserReactivated,
                  done.ok() ? done.value().username : "");
}

Result<Response> UserAircraftSet(const Request& request, World& world) {
    const Fields form = request.Form();
    const auto permit = TRY(PermitOf<kUsersWrite>(request));
    return Report(request, world,
                  SetAircraftRole(permit, world, request.PathValue("id"), form.Get("aircraft"),
                                  form.Get("aircraft_role")),
                  NoticeKind::kUserAircraftSet, form.Get("aircraft"));
}

Result<Response> UserAircraftRemove(const Request& request, World& world) {
    const Fields form = request.Form();
    const auto permit = TRY(PermitOf<kUsersWrite>(request));
    return Report(request, world,
                  SetAircraftRole(permit, world, request.PathValue("id"), form.Get("aircraft"), ""),
                  NoticeKind::kUserAircraftRemoved, form.Get("aircraft"));
}

}  // namespace ostiary::pages
