// Users and aircraft.

#include "http/forms.h"
#include "pages/codes_form.h"
#include "pages/views.h"
#include "pages/words.h"

namespace ostiary::pages {
namespace {

// Where accounts are edited, whoever's list one came from.
const std::string kAdminUsers = std::string(PortalOf(PortalId::kAdmin).home) + "users/";

std::string ListPath(const Scene& scene) { return std::string(scene.portal->home) + "users/"; }

void SetUser(View& view, const Scene& scene, const AccountWithAccess& user) {
    const Account& account = user.account;
    const bool active = account.IsActiveAt(scene.now);
    view.Set("USERNAME", account.username)
        .Set("USER_NAME", account.name)
        .Set("USER_EMAIL", account.email);
    view.Set("ROLE", RoleLabel(scene.catalogue(), account.role))
        .Set("TASK_GROUP", TaskGroupLabel(scene.catalogue(), account.task_group));
    view.Flag("IS_STAFF", account.is_staff).Flag("IS_SUPERUSER", account.is_superuser);
    view.Set("TONE", active ? "active" : "inactive")
        .Set("ICON", active ? "check" : "pause")
        .Set("STATUS", active ? "Active" : "Inactive");
    view.Flag("IS_ACTIVE", active).Set("ACCESS_SUMMARY", AccessSummary(user.aircraft_access));
    view.Set("EDIT_URL", scene.May(Permission::kUsersWrite) ? kAdminUsers + account.id + "/" : "");
    SetMoment(view, "JOINED", account.joined_at, scene);
    SetMoment(view, "LAST_LOGIN", account.last_login_at, scene);
}

std::string PageAddress(const Scene& scene, const AccountQuery& query) {
    std::string address = ListPath(scene) + "?cursor=" + EncodeQueryValue(query.cursor);
    if (!query.search.empty()) address += "&search=" + EncodeQueryValue(query.search);
    return address;
}

const std::vector<FieldError>& ErrorsIn(const std::optional<Error>& error) {
    static const std::vector<FieldError> none;
    return error ? error->fields : none;
}

}  // namespace

View ViewOf(const Scene& scene, const UsersPage& list) {
    View view("users/list");
    view.Set("TITLE", "Users")
        .Set("LIST_URL", ListPath(scene))
        .Flag("SEARCHED", !list.query.search.empty());
    AddField(view, "SEARCH", "filter", {"search", "search", "Search", "", list.query.search}, {});
    view.List("ROWS");
    for (const AccountWithAccess& user : list.page.accounts) SetUser(view.Add("ROWS"), scene, user);
    AccountQuery next = list.query;
    next.cursor = list.page.next;
    view.Set("NEXT_URL", list.page.next.empty() ? "" : PageAddress(scene, next));
    view.Set("PREVIOUS_URL", "").Set("FIRST_URL", list.query.cursor.empty() ? "" : ListPath(scene));
    return view;
}

Fields FieldsOf(const Account& account) {
    return Fields({{"username", account.username},
                   {"name", account.name},
                   {"email", account.email},
                   {"role", account.role},
                   {"task_group", account.task_group},
                   {"is_staff", account.is_staff ? "1" : "0"},
                   {"is_superuser", account.is_superuser ? "1" : "0"}});
}

View ViewOf(const Scene& scene, const UserPage& page) {
    View view("users/detail");
    const std::string path = kAdminUsers + page.user.account.id + "/";
    SetUser(view, scene, page.user);
    view.Set("TITLE", page.user.account.username)
        .Set("LIST_URL", kAdminUsers)
        .Set("HERE_URL", path);
    view.Set("VERSION", page.user.account.version)
        .Set("OFF_URL", path + "deactivate/")
        .Set("ON_URL", path + "reactivate/");
    view.Set("AIRCRAFT_URL", path + "aircraft-roles/")
        .Set("AIRCRAFT_NOUN", scene.catalogue().aircraft_noun);
    std::vector<Option> roles, groups;
    for (const auto& role : scene.catalogue().roles) roles.push_back({role.name, role.label});
    for (const auto& group : scene.catalogue().task_groups)
        groups.push_back({group.name, group.label});
    const auto add = [&](Field field) {
        const auto all = page.typed.All(field.name);
        field.value = all.empty() ? "" : std::string(all.back());
        AddField(view, "FIELDS", "user", field, ErrorsIn(page.error));
    };
    add({"word", "username", "Username", "", "", {}, "off", "required", "150"});
    add({"text", "name", "Name", "", "", {}, "off", "", "200"});
    add({"email", "email", "Email", "", "", {}, "off", "required", "254"});
    add({"choice", "role", "Role", "", "", roles});
    add({"choice", "task_group", "Task Group", "", "", groups});
    add({"check", "is_staff", "Staff", "May open the management portal."});
    add({"check", "is_superuser", "Superuser", "May do everything."});
    SetErrors(view, "user", page.error ? &*page.error : nullptr);
    view.List("ACCESS").Flag("HAVE_FLEET", !page.fleet.empty());
    for (const AircraftGrant& grant : page.user.aircraft_access)
        view.Add("ACCESS")
            .Set("REGISTRATION", grant.registration)
            .Set("AIRCRAFT_ROLE", AircraftRoleLabel(scene.catalogue(), grant.role));
    AddAircraftOptions(view, scene, page.fleet, "", "");
    return view;
}

View ViewOf(const Scene& scene, const UserAskPage& page) {
    View view("users/ask");
    const std::string path = kAdminUsers + page.user.account.id + "/";
    SetUser(view, scene, page.user);
    view.Set("TITLE", "Deactivate " + page.user.account.username)
        .Set("HERE_URL", path)
        .Set("OFF_URL", path + "deactivate/");
    return view;
}

View ViewOf(const Scene& scene, const FleetPage& page) {
    View view("aircraft/list");
    std::string plural = scene.catalogue().aircraft_noun_plural;
    if (!plural.empty() && plural[0] >= 'a' && plural[0] <= 'z')
        plural[0] = static_cast<char>(plural[0] - 32);
    view.Set("TITLE", plural)
        .Set("AIRCRAFT_NOUN", scene.catalogue().aircraft_noun)
        .Set("LIST_URL", std::string(scene.portal->home) + "aircraft/");
    AddField(view, "FIELDS", "aircraft",
             {"text",
              "registration",
              "Registration",
              "Letters, digits and dashes, such as N12345.",
              Typed(page.typed, "registration"),
              {},
              "off",
              "required",
              "16"},
             ErrorsIn(page.error));
    AddField(view, "FIELDS", "aircraft",
             {"text",
              "name",
              "Name",
              "Such as “Cessna 172, blue”.",
              Typed(page.typed, "name"),
              {},
              "off",
              "",
              "200"},
             ErrorsIn(page.error));
    SetErrors(view, "aircraft", page.error ? &*page.error : nullptr);
    view.List("ROWS");
    for (const Aircraft& aircraft : page.fleet) {
        View& row = view.Add("ROWS");
        row.Set("REGISTRATION", aircraft.registration)
            .Set("AIRCRAFT_NAME", aircraft.name)
            .Flag("RETIRED", aircraft.retired_at.has_value());
        row.Set("RETIRE_URL", std::string(scene.portal->home) + "aircraft/" +
                                  EncodeQueryValue(aircraft.registration) + "/retire/");
        row.Set("TONE", aircraft.retired_at ? "inactive" : "active")
            .Set("ICON", aircraft.retired_at ? "pause" : "check");
        row.Set("STATUS", aircraft.retired_at ? "Retired" : "Active");
        SetMoment(row, "CREATED", aircraft.created_at, scene);
    }
    return view;
}

}  // namespace ostiary::pages
