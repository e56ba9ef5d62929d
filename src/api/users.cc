#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "api/answers.h"
#include "api/api.h"
#include "api/binder.h"
#include "core/accounts.h"
#include "core/departures.h"
#include "core/exports.h"
#include "core/shapes.h"
#include "http/respond.h"

namespace ostiary::api {
namespace {

using enum Permission;
namespace json = boost::json;

Thing ThingOf(const World& world, const AccountWithAccess& person) {
    return {person.account.id, person.account.version, AccountJson(person, world.clock.Now())};
}

void CheckChoice(const Fields& query, std::string_view name,
                 std::initializer_list<std::string_view> known, std::vector<FieldError>& errors) {
    const auto typed = query.Find(name);
    if (!typed || std::ranges::find(known, *typed) != known.end()) return;
    errors.push_back({std::string(name), std::string(name) + ".unknown",
                      Say("{} is one of: {}", name, fmt::format("{}", fmt::join(known, ", ")))});
}

Result<AccountQuery> FiltersOf(const Fields& fields, const Catalogue& catalogue) {
    AccountQuery query;
    std::vector<FieldError> errors;
    if (const auto role = fields.Find("role")) {
        if (const auto* known = catalogue.FindRole(*role))
            query.role = known->name;
        else
            errors.push_back(
                {"role", "role.unknown", Say("Role must be one of: {}", catalogue.RoleNames())});
    }
    if (const auto group = fields.Find("task_group")) {
        if (const auto* known = catalogue.FindTaskGroup(*group))
            query.task_group = known->name;
        else
            errors.push_back({"task_group", "task_group.unknown",
                              Say("Task group must be one of: {}", catalogue.TaskGroupNames())});
    }
    CheckChoice(fields, "flag", {"staff", "superuser", "none"}, errors);
    CheckChoice(fields, "state", {"active", "inactive"}, errors);
    if (!errors.empty()) return InvalidFields(std::move(errors));
    query.flag = fields.Get("flag");
    query.state = fields.Get("state");
    query.search = fields.Get("search");
    return query;
}

Result<AccountQuery> QueryOf(const Request& request, const Catalogue& catalogue) {
    TRY(KnowOnly(request,
                 {"search", "role", "task_group", "flag", "state", "page_size", "cursor"}));
    const Fields fields = request.Query();
    AccountQuery query = TRY(FiltersOf(fields, catalogue));
    query.cursor = fields.Get("cursor");
    query.strange_cursor = StrangeCursor::kRefuse;
    query.page_size = TRY(PageSizeOf(fields));
    return query;
}

// As whoever changed it sees the person afterwards.
Result<Response> Changed(const Request& request, World& world, std::string_view id,
                         std::string_view what) {
    const auto reading = TRY(request.actor->Ask<kUsersWrite>());
    const AccountWithAccess person = TRY(GetChangedAccount(reading, world, id));
    return Tell(world, 200, fmt::format("Account {}: {}", what, person.account.username),
                ThingOf(world, person));
}

Result<Departure> DepartureIn(const Request& request) {
    const json::object body = TRY(MaybeBodyOf(request));
    Binder binder(body);
    const std::string codes = binder.Text("codes");
    Departure departure;
    departure.heir = binder.Text("hand_over_to");
    TRY(binder.Finish());
    const auto known = FindLeftCodes(codes.empty() ? "keep" : codes);
    if (!known)
        return InvalidFields(
            {{"codes", "codes.unknown", "codes is one of: keep, revoke, hand-over"}});
    departure.codes = *known;
    return departure;
}

}  // namespace

Result<Response> MeGet(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kOwnAccount>());
    TRY(KnowOnly(request, {}));
    return Show(request, world, ThingOf(world, TRY(Me(permit, world))));
}

Result<Response> UserList(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kUsersRead>());
    const AccountPage page =
        TRY(ListAccounts(permit, world, TRY(QueryOf(request, world.config.catalogue))));
    Listed list{{}, page.next, page.previous, {}};
    for (const AccountWithAccess& person : page.accounts)
        list.shapes.push_back(AccountJson(person, world.clock.Now()));
    return ShowList(request, world, list);
}

Result<Response> UserGet(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kUsersRead>());
    TRY(KnowOnly(request, {}));
    return Show(request, world,
                ThingOf(world, TRY(GetAccount(permit, world, request.PathValue("id")))));
}

Result<Response> UsersCsv(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kUsersRead>());
    TRY(KnowOnly(request, {"search", "role", "task_group", "flag", "state"}));
    const AccountQuery query = TRY(FiltersOf(request.Query(), world.config.catalogue));
    TextFile file;
    if (request.method != Method::kHead) file = TRY(ExportUsers(permit, world, query));
    return CsvFile("users.csv", std::move(file));
}

Result<Response> UserPatch(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kUsersWrite>());
    const json::object body = TRY(BodyOf(request));
    Binder binder(body);
    AccountDraft draft;
    draft.name = binder.MaybeText("name");
    draft.email = binder.MaybeText("email");
    draft.role = binder.MaybeText("role");
    draft.task_group = binder.MaybeText("task_group");
    draft.is_staff = binder.MaybeFlag("is_staff");
    draft.is_superuser = binder.MaybeFlag("is_superuser");
    draft.quota_codes = binder.MaybeNumber("quota_codes");
    draft.quota_uses = binder.MaybeNumber("quota_uses");
    draft.aircraft_roles = binder.MaybeAircraftRoles("aircraft_access");
    TRY(binder.Finish());
    const std::string_view id = request.PathValue("id");
    TRY(EditAccount(permit, world, id, draft, ExpectedVersion(request, id)));
    return Changed(request, world, id, "updated");
}

Result<Response> UserDeactivate(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kUsersWrite>());
    const Departure departure = TRY(DepartureIn(request));
    const std::string_view id = request.PathValue("id");
    TRY(DeactivateLeaver(permit, world, id, departure, ExpectedVersion(request, id)));
    return Changed(request, world, id, "deactivated");
}

Result<Response> UserReactivate(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kUsersWrite>());
    TRY(TakeNothing(request));
    const std::string_view id = request.PathValue("id");
    TRY(ReactivateAccount(permit, world, id, ExpectedVersion(request, id)));
    return Changed(request, world, id, "reactivated");
}

}  // namespace ostiary::api
