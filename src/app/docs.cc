#include "app/docs.h"

#include <fmt/format.h>

#include <cstdlib>

#include "app/routes.h"
#include "core/events.h"
#include "core/permissions.h"
#include "util/config.h"

namespace ostiary::app {
namespace {

std::string_view NameOf(Permission permission) {
    switch (permission) {
        case Permission::kAdminPortal: return "admin portal";
        case Permission::kManagerPortal: return "manager portal";
        case Permission::kManagePortal: return "manage portal";
        case Permission::kCodesRead: return "codes read";
        case Permission::kCodesWrite: return "codes write";
        case Permission::kCodesApprove: return "codes approve";
        case Permission::kCodesExplain: return "codes explain";
        case Permission::kTemplatesRead: return "templates read";
        case Permission::kTemplatesWrite: return "templates write";
        case Permission::kUsersRead: return "users read";
        case Permission::kUsersWrite: return "users write";
        case Permission::kAircraftRead: return "aircraft read";
        case Permission::kAircraftWrite: return "aircraft write";
        case Permission::kTokensWrite: return "tokens write";
        case Permission::kRedeem: return "redeem";
        case Permission::kAuditRead: return "audit read";
        case Permission::kRawData: return "raw data";
        case Permission::kReportsRead: return "reports read";
        case Permission::kSystemRead: return "system read";
        case Permission::kOwnAccount: return "own account";
        case Permission::kWebhooks: return "webhooks";
        case Permission::kScim: return "scim";
        case Permission::kCount: break;
    }
    std::abort();
}

std::string_view NameOf(Limit limit) {
    switch (limit) {
        case Limit::kBrowse: return "browse";
        case Limit::kWrite: return "write";
        case Limit::kGuess: return "guess";
        case Limit::kAsk: return "ask";
        case Limit::kFree: return "free";
    }
    std::abort();
}

std::string_view NameOf(Cost cost) {
    switch (cost) {
        case Cost::kFast: return "fast";
        case Cost::kSlow: return "slow";
        case Cost::kHash: return "hash";
    }
    std::abort();
}

constexpr std::string_view Tick(int given) { return given ? "✓" : ""; }

std::string Code(std::string_view text) { return text.empty() ? "" : fmt::format("`{}`", text); }

std::string Page(std::string_view title, std::string_view source, std::string_view about) {
    return fmt::format("<!-- Generated from {} by ./dev docs. Do not edit. -->\n\n# {}\n\n{}\n\n",
                       source, title, about);
}

std::string RoutesPage() {
    std::string page = Page(
        "Routes", "src/app/routes.cc",
        "Every address that the program answers. A missing trailing slash is forgiven; `GET` "
        "answers\n"
        "`HEAD` too. *Limit* says how often one may ask, *runs* where the handler works: on the\n"
        "reading thread (fast), on the pool (slow), or where passwords are hashed (hash).");
    page += "| method | path | who may | limit | runs | name |\n|---|---|---|---|---|---|\n";
    for (const Route& route : Routes())
        page +=
            fmt::format("| {} | `{}` | {} | {} | {} | `{}` |\n", NameOf(route.method), route.path,
                        route.access.anyone ? "anyone" : NameOf(route.access.needed),
                        NameOf(route.limit), NameOf(route.cost), route.name);
    return page;
}

std::string PermissionsPage() {
    std::string page = Page(
        "Permissions", "src/core/permissions.h",
        "Who may do what. Rights add up; a manager's codes are those of the team. An API token\n"
        "must carry the scope besides; where there is none, no token opens it.");
    page += "| permission | superuser | manager | staff flag | signed in | API scope |\n";
    page += "|---|---|---|---|---|---|\n";
    for (const Grant& grant : kGrants)
        page += fmt::format("| {} | {} | {} | {} | {} | {} |\n", NameOf(grant.permission),
                            Tick(grant.superuser), Tick(grant.manager), Tick(grant.staff_flag),
                            Tick(grant.signed_in), Code(grant.scope));
    return page;
}

constexpr std::string_view kCatalogueText = R"(
## The catalogue

Roles, task groups and aircraft roles are lists. A list in the file replaces the whole list below,
which is what there is without one. `rank` orders roles: nobody grants a role above their own.
`reach` is `none`, `team` (opens the manager console) or `everything` (makes a superuser).

```toml
[catalogue.role_aliases]  # read, never written
)";

std::string_view NameOf(Reach reach) {
    switch (reach) {
        case Reach::kNone: return "none";
        case Reach::kTeam: return "team";
        case Reach::kEverything: return "everything";
    }
    std::abort();
}

std::string CatalogueSection() {
    const Catalogue catalogue = Catalogue::Default();
    std::string text(kCatalogueText);
    for (const auto& [alias, role] : catalogue.role_aliases)
        text += fmt::format("{} = \"{}\"\n", alias, role);
    for (const RoleEntry& role : catalogue.roles)
        text += fmt::format(
            "\n[[catalogue.roles]]\nname = \"{}\"\nlabel = \"{}\"\nrank = {}\n"
            "reach = \"{}\"\n",
            role.name, role.label, role.rank, NameOf(role.reach));
    for (const GroupEntry& group : catalogue.task_groups)
        text += fmt::format("\n[[catalogue.task_groups]]\nname = \"{}\"\nlabel = \"{}\"\n",
                            group.name, group.label);
    for (const AircraftRoleEntry& role : catalogue.aircraft_roles)
        text += fmt::format(
            "\n[[catalogue.aircraft_roles]]\nname = \"{}\"\nlabel = \"{}\"\n"
            "rank = {}\n",
            role.name, role.label, role.rank);
    return text + "```\n";
}

std::string ConfigurationPage() {
    std::string page = Page(
        "Configuration", "src/util/config_keys.cc",
        "Nothing must be set. What is set comes from a TOML file, then from the environment, then\n"
        "from the flags `--listen`, `--data`, `--database` and `--base-url`; the later wins. The "
        "file\n"
        "is `--config FILE`, else `OSTIARY_CONFIG`, else `ostiary.toml` in the data folder, else\n"
        "`/etc/ostiary/ostiary.toml`. In the file `limits.rates` is the key `rates` of the table\n"
        "`[limits]`. An empty variable counts as none. An unknown key is an error.");
    page += "| key | variable | unless set | what it is |\n|---|---|---|---|\n";
    for (const ConfigKey& key : ConfigKeys())
        page += fmt::format("| `{}` | `{}` | {} | {} |\n", key.name, key.variable,
                            Code(key.show(Config{})), key.about);
    return page + CatalogueSection();
}

std::string EventsPage() {
    std::string page = Page("Events", "src/core/events.h",
                            "What is remembered. Each change appends one of these in its own "
                            "transaction; the names are\nstable.");
    page += "| event | as people read it |\n|---|---|\n";
    for (const EventRow& row : kEventRows)
        page += fmt::format("| `{}` | {} |\n", row.name, row.sentence);
    return page;
}

}  // namespace

Result<std::string> Describe(std::string_view table) {
    if (table == "routes") return RoutesPage();
    if (table == "permissions") return PermissionsPage();
    if (table == "configuration") return ConfigurationPage();
    if (table == "events") return EventsPage();
    return Error{ErrorKind::kInvalid, "usage.wrong", "Wrong usage",
                 "TABLE must be routes, permissions, configuration or events"};
}

}  // namespace ostiary::app
