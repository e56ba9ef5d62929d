#include "core/exports.h"

#include <map>

#include "core/authority.h"
#include "core/happenings.h"
#include "util/csv.h"
#include "util/text.h"

namespace ostiary {
namespace {

using enum Permission;

constexpr std::size_t kReadTogether = 500;

std::string Moment(const std::optional<Millis>& at) { return at ? FormatRfc3339(*at) : ""; }

std::string Grants(const std::vector<AircraftGrant>& roles) {
    std::vector<std::string> grants;
    for (const AircraftGrant& grant : roles)
        grants.push_back(grant.registration + ":" + grant.role);
    return Join(grants, ", ");
}

Result<void> Remember(World& world, const Actor& actor, EventKind kind,
                      const std::vector<std::pair<std::string, std::string>>& details) {
    return world.store.Transact([&](Work& work) -> Result<void> {
        work.events.Append(With(Happened(kind, actor, world.clock.Now()), PairDetails(details)));
        return {};
    });
}

// ── People ─────────────────────────────────────────────────────────────────────────────────────

std::string LineOf(const AccountWithAccess& one, Millis now) {
    const Account& account = one.account;
    std::vector<std::string> flags;
    if (account.is_superuser) flags.emplace_back("superuser");
    if (account.is_staff) flags.emplace_back("staff");
    return CsvLine({account.username, account.name, account.email, account.role, account.task_group,
                    Join(flags, ", "), account.IsActiveAt(now) ? "active" : "inactive",
                    Grants(one.aircraft_access), Moment(account.joined_at),
                    account.joined_with == 0 ? "" : std::to_string(account.joined_with),
                    Moment(account.last_login_at), Moment(account.ends_at), account.id});
}

void WriteUsers(const Actor& actor, World& world, AccountQuery query, const WriteText& write) {
    query.page_size = kReadTogether;
    query.cursor.clear();
    do {
        const auto permit = actor.Ask<kUsersRead>();
        if (!permit.ok()) return;
        const auto page = ListAccounts(permit.value(), world, query);
        if (!page.ok()) return;
        const Millis now = world.clock.Now();
        std::string lines;
        for (const AccountWithAccess& one : page->accounts) lines += LineOf(one, now);
        if (!write(lines)) return;
        query.cursor = page->next;
    } while (!query.cursor.empty());
}

// ── Uses ───────────────────────────────────────────────────────────────────────────────────────

// The codes and applications that the lines at hand are about. Few codes are used very often, so
// what was found is kept, but not without end.
class Known {
public:
    Known(const Actor& actor, World& world, Work& work)
        : actor_(actor),
          catalogue_(world.config.catalogue),
          work_(work),
          own_(AuthorityOfActor(work, catalogue_, actor)) {}

    const Code& CodeOf(CodeId id) {
        const auto [at, fresh] = codes_.try_emplace(id);
        if (fresh) {
            if (auto code = work_.codes.Find(id)) at->second = *std::move(code);
            RedactFor(own_, catalogue_, actor_, at->second);
        }
        return at->second;
    }

    const std::string& ApplicationOf(const std::string& id) {
        const auto [at, fresh] = applications_.try_emplace(id);
        if (fresh && !id.empty()) {
            const auto account = work_.accounts.Find(id);
            at->second = account ? account->username : id;
        }
        return at->second;
    }

private:
    const Actor& actor_;
    const Catalogue& catalogue_;
    Work& work_;
    const Authority own_;
    std::map<CodeId, Code> codes_;
    std::map<std::string, std::string, std::less<>> applications_;
};

std::string LineOf(Known& known, const Redemption& one) {
    const Code& code = known.CodeOf(one.code_id);
    return CsvLine({Moment(one.redeemed_at), code.shown, code.label, one.account_name, one.email,
                    one.role, one.task_group, Grants(one.aircraft_roles),
                    known.ApplicationOf(one.application), one.subject, code.created_by,
                    std::to_string(one.code_id), std::to_string(one.id)});
}

void WriteUsage(const Actor& actor, World& world, RedemptionQuery query, const WriteText& write) {
    query.page_size = kReadTogether;
    for (bool more = true; more;) {
        if (!actor.May(kCodesRead)) return;
        std::string lines;
        world.store.Read([&](Work& work) {
            lines.clear();
            const auto page = work.redemptions.List(query);
            Known known(actor, world, work);
            for (const Redemption& one : page) lines += LineOf(known, one);
            more = page.size() == kReadTogether;
            if (more) query.after = page.back().id;
        });
        if (!lines.empty() && !write(lines)) return;
    }
}

}  // namespace

Result<TextFile> ExportUsers(Permit<kUsersRead> permit, World& world, AccountQuery query) {
    const Actor& actor = permit.holder();
    TRY(Remember(world, actor, EventKind::kUsersExported,
                 {{"role", query.role},
                  {"task_group", query.task_group},
                  {"flag", query.flag},
                  {"state", query.state},
                  {"searched", query.search.empty() ? "" : "yes"}}));
    return TextFile([actor, world = World(world), query](const WriteText& write) mutable {
        if (write(CsvLine({"Username", "Name", "Email", "Role", "Task Group", "Flags", "Status",
                           "Aircraft Roles", "Joined", "Joined With Code Id", "Last Login", "Ends",
                           "Id"})))
            WriteUsers(actor, world, query, write);
    });
}

Result<RedemptionQuery> UsageQueryOf(const World& world, const CodeScope& scope,
                                     const UsageAsked& asked, std::string_view time_zone) {
    const Catalogue& catalogue = world.config.catalogue;
    RedemptionQuery query;
    query.scope = scope;
    if (!asked.period.from.empty() || !asked.period.to.empty() || !asked.period.days.empty()) {
        const Period period = TRY(PeriodOf(asked.period, time_zone, world.clock.Now()));
        query.from = period.from;
        query.until = period.until;
    }
    std::vector<FieldError> errors;
    if (!Trim(asked.code).empty()) {
        query.code_id = ParseInt(Trim(asked.code)).value_or(0);
        if (query.code_id < 1)
            errors.push_back({"code", "code.invalid", "Code must be the number of a code"});
    }
    if (const auto* role = catalogue.FindRole(asked.role))
        query.role = role->name;
    else if (!asked.role.empty())
        errors.push_back(
            {"role", "role.unknown", Say("Role must be one of: {}", catalogue.RoleNames())});
    if (const auto* group = catalogue.FindTaskGroup(asked.task_group))
        query.task_group = group->name;
    else if (!asked.task_group.empty())
        errors.push_back({"task_group", "task_group.unknown",
                          Say("Task group must be one of: {}", catalogue.TaskGroupNames())});
    if (!errors.empty()) return InvalidFields(std::move(errors));
    return query;
}

Result<TextFile> ExportUsage(Permit<kCodesRead> permit, World& world, const CodeScope& scope,
                             const UsageAsked& asked) {
    const Actor& actor = permit.holder();
    const RedemptionQuery query = TRY(UsageQueryOf(world, scope, asked, actor.time_zone));
    TRY(Remember(world, actor, EventKind::kUsageExported,
                 {{"from", query.from == 0 ? "" : FormatRfc3339(query.from)},
                  {"until", query.until == INT64_MAX ? "" : FormatRfc3339(query.until)},
                  {"code", query.code_id == 0 ? "" : std::to_string(query.code_id)},
                  {"role", query.role},
                  {"task_group", query.task_group}}));
    return TextFile([actor, world = World(world), query](const WriteText& write) mutable {
        if (write(CsvLine({"When", "Code", "Label", "Who", "Email", "Role", "Task Group",
                           "Aircraft Roles", "Application", "Subject", "Code Creator", "Code Id",
                           "Id"})))
            WriteUsage(actor, world, query, write);
    });
}

}  // namespace ostiary
