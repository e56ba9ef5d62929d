// Users.

#include "pages/brought_views.h"
#include "pages/codes_form.h"
#include "pages/codes_looks.h"
#include "pages/filters.h"
#include "pages/language.h"
#include "pages/recalls_views.h"
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
    view.Flag("IS_STAFF", account.is_staff)
        .Flag("IS_SUPERUSER", account.is_superuser)
        .Flag("NEITHER", !account.is_staff && !account.is_superuser);
    view.Set("TONE", active ? "active" : "inactive")
        .Set("ICON", active ? "check" : "pause")
        .Set("STATUS", active ? T("Active") : T("Inactive"));
    view.Flag("IS_ACTIVE", active).Set("ACCESS_SUMMARY", AccessSummary(user.aircraft_access));
    view.Set("EDIT_URL", scene.May(Permission::kUsersWrite) ? kAdminUsers + account.id + "/" : "");
    SetMoment(view, "JOINED", account.joined_at, scene);
    SetMoment(view, "LAST_LOGIN", account.last_login_at, scene);
}

Filters FiltersOf(const Scene& scene, const AccountQuery& query) {
    Filters filters(ListPath(scene));
    filters.Search("search", T("Search"), query.search)
        .Choice("role", T("Role"), T("Any role"), RoleOptions(scene.catalogue()), query.role)
        .Choice("task_group", T("Task Group"), T("Any task group"),
                TaskGroupOptions(scene.catalogue()), query.task_group)
        .Choice("flag", T("Flags"), T("Any flag"),
                {{"staff", T("Staff")}, {"superuser", T("Superuser")}, {"none", T("Neither flag")}},
                query.flag)
        .Choice("state", T("Status"), T("Any status"),
                {{"active", T("Active")}, {"inactive", T("Inactive")}}, query.state);
    return filters;
}

const std::vector<FieldError>& ErrorsIn(const std::optional<Error>& error) {
    static const std::vector<FieldError> none;
    return error ? error->fields : none;
}

}  // namespace

View ViewOf(const Scene& scene, const UsersPage& list) {
    View view("users/list");
    view.Set("TITLE", T("Users"));
    const Filters filters = FiltersOf(scene, list.query);
    filters.AddTo(view);
    const std::string list_address = filters.Address();
    const auto rest = list_address.find('?');
    view.Set("BROUGHT_URL", BroughtPath(*scene.portal));
    view.Set("CSV_URL", ListPath(scene) + "export.csv" +
                            (rest == list_address.npos ? "" : list_address.substr(rest)));
    view.Flag("MAY_EDIT", scene.May(Permission::kUsersWrite)).List("ROWS");
    for (const AccountWithAccess& user : list.page.accounts) SetUser(view.Add("ROWS"), scene, user);
    const auto address = [&](const std::string& cursor) {
        return cursor.empty() ? "" : filters.Address({}, "cursor", cursor);
    };
    view.Set("NEXT_URL", address(list.page.next)).Set("PREVIOUS_URL", address(list.page.previous));
    return view;
}

static std::string TextOf(const std::optional<std::int64_t>& number) {
    return number ? std::to_string(*number) : std::string();
}

static std::string QuotaHint(int usual) {
    return usual == 0 ? T("Blank: any number, as for everybody. 0: any number.")
                      : T("Blank: {}, as for everybody. 0: any number.", usual);
}

Fields FieldsOf(const Account& account) {
    return Fields({{"username", account.username},
                   {"name", account.name},
                   {"email", account.email},
                   {"role", account.role},
                   {"task_group", account.task_group},
                   {"is_staff", account.is_staff ? "1" : "0"},
                   {"is_superuser", account.is_superuser ? "1" : "0"},
                   {"quota_codes", TextOf(account.quota_codes)},
                   {"quota_uses", TextOf(account.quota_uses)}});
}

namespace {

// How the person came in, and the link that gives them a new password.
void SetWayIn(View& view, const Scene& scene, const UserPage& page) {
    const Account& account = page.user.account;
    view.Set("JOINED_URL", page.joined_with ? CodePath(*scene.portal, page.joined_with->id) : "");
    view.Set("JOINED_WITH", page.joined_with ? NameOf(*page.joined_with) : "");
    view.Flag("JOINED_WITH_DELETED", account.joined_with != 0 && !page.joined_with);
    view.Flag("IS_SELF", scene.actor && scene.actor->account_id == account.id);
    view.Flag("HAS_RESET", page.reset.has_value());
    SetMoment(view, "RESET_UNTIL",
              page.reset ? std::optional(page.reset->expires_at) : std::nullopt, scene);
    SetMoment(view, "ENDS", account.ends_at, scene);
    const Account* by = page.tree.above.empty() ? nullptr : &page.tree.above.back();
    view.Set("BROUGHT_BY", by == nullptr ? "" : by->username)
        .Set("BROUGHT_BY_URL", by == nullptr ? "" : kAdminUsers + by->id + "/")
        .Set("BROUGHT_URL", BroughtPath(*scene.portal, account.id))
        .Set("BROUGHT", TN("{} person", "{} people", page.tree.person.brought))
        .Set("RECALL_URL", RecallAddress(*scene.portal, RecallScope::kPerson, account.username));
}

}  // namespace

View ViewOf(const Scene& scene, const UserPage& page) {
    View view("users/detail");
    const std::string path = kAdminUsers + page.user.account.id + "/";
    SetUser(view, scene, page.user);
    view.Set("TITLE", page.user.account.username)
        .Set("LIST_URL", kAdminUsers)
        .Set("HERE_URL", path);
    view.Set("VERSION", page.user.account.version)
        .Set("OFF_URL", path + "deactivate/")
        .Set("ON_URL", path + "reactivate/")
        .Set("RESET_LINK_URL", path + "reset-link/")
        .Set("AUDIT_URL",
             Filters("/admin/audit/").Address({}, "person", page.user.account.username));
    view.Set("AIRCRAFT_URL", path + "aircraft-roles/")
        .Set("AIRCRAFT_NOUN", T(scene.catalogue().aircraft_noun));
    SetWayIn(view, scene, page);
    const auto add = [&](Field field) {
        const auto all = page.typed.All(field.name);
        field.value = all.empty() ? "" : std::string(all.back());
        AddField(view, "FIELDS", "user", field, ErrorsIn(page.error));
    };
    add({"word", "username", T("Username"), "", "", {}, "off", "required", "150"});
    add({"text", "name", T("Name"), "", "", {}, "off", "", "200"});
    add({"email", "email", T("Email"), "", "", {}, "off", "required", "254"});
    add({"choice", "role", T("Role"), "", "", RoleOptions(scene.catalogue())});
    add({"choice", "task_group", T("Task Group"), "", "", TaskGroupOptions(scene.catalogue())});
    add({"check", "is_staff", T("Staff"), T("May open the management portal.")});
    add({"check", "is_superuser", T("Superuser"), T("May do everything.")});
    if (!page.user.account.is_superuser) {
        add({"number",
             "quota_codes",
             T("Live codes at most"),
             QuotaHint(scene.config.quota_codes),
             "",
             {},
             "off",
             "",
             "7"});
        add({"number",
             "quota_uses",
             T("Outstanding uses at most"),
             QuotaHint(scene.config.quota_uses),
             "",
             {},
             "off",
             "",
             "7"});
    }
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
    view.Set("TITLE", T("Deactivate {}", page.user.account.username))
        .Set("HERE_URL", path)
        .Set("OFF_URL", path + "deactivate/");
    view.Set("SESSIONS_END",
             TN("{} session", "{} sessions", static_cast<std::int64_t>(page.footprint.sessions)))
        .Set("TOKENS_END",
             TN("{} API token", "{} API tokens", static_cast<std::int64_t>(page.footprint.tokens)));
    view.Flag("IS_SELF", scene.actor && scene.actor->account_id == page.user.account.id);
    view.Set("CODES_LEFT", page.codes == 0 ? "" : TN("{} code", "{} codes", page.codes));
    view.List("FIELDS");
    SetErrors(view, "leaver", page.error ? &*page.error : nullptr);
    if (page.codes == 0) return view;
    const std::string chosen = Typed(page.typed, "codes");
    AddField(view, "FIELDS", "leaver",
             {"choice",
              "codes",
              T("What becomes of them"),
              T("Codes that are kept and that nobody else vouches for wait for approval as soon as "
                "somebody comes with one. Revoking is a recall, which can be undone."),
              chosen.empty() ? "keep" : chosen,
              {{"keep", T("Keep them as they are")},
               {"hand-over", T("Hand them over")},
               {"revoke", T("Revoke them")}}},
             ErrorsIn(page.error));
    AddField(view, "FIELDS", "leaver",
             {"word",
              "hand_over_to",
              T("Handed over to"),
              T("The username of somebody who may make codes. What they may not grant waits for "
                "approval."),
              Typed(page.typed, "hand_over_to"),
              {},
              "off",
              "",
              "150"},
             ErrorsIn(page.error));
    return view;
}

}  // namespace ostiary::pages
