// ostiary user …

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "cli/command.h"
#include "cli/new_password.h"
#include "cli/paging.h"
#include "cli/table.h"
#include "core/accounts.h"
#include "core/departures.h"
#include "core/shapes.h"
#include "util/text.h"

namespace ostiary::cli {
namespace {

using enum Permission;

const Option kName{"NAME", "NAME", "The username", Takes::kRequired};
const Option kPasswordStdin{"--password-stdin", "", "Read the password from standard input",
                            Takes::kSwitch};

Result<AccountWithAccess> Named(Call& call) {
    return GetAccountByUsername(TRY(call.actor.Ask<kUsersRead>()), call.world(),
                                call.given.Get("NAME"));
}

std::string Flags(const Account& account) {
    std::vector<std::string> flags;
    if (account.is_superuser) flags.push_back("superuser");
    if (account.is_staff) flags.push_back("staff");
    return Join(flags, ", ");
}

std::string_view ActivityOf(const Account& account, Millis now) {
    return account.IsActiveAt(now) ? "active" : "inactive";
}

// Of a quota: what is as configured is left out.
std::string InWords(const std::optional<std::int64_t>& quota) {
    if (!quota) return "";
    return *quota == 0 ? "any number" : std::to_string(*quota);
}

std::string Moment(const std::optional<Millis>& at) { return at ? FormatRfc3339(*at) : ""; }

void Print(Call& call, const AccountWithAccess& found) {
    const Account& account = found.account;
    const Millis now = call.world().clock.Now();
    if (call.AsJson()) return call.Say(AccountJson(found, now));
    PrintFacts(call.terminal.out, {{"Username", account.username},
                                   {"Name", account.name},
                                   {"Email", account.email},
                                   {"Role", account.role},
                                   {"Task group", account.task_group},
                                   {"Flags", Flags(account)},
                                   {"Status", std::string(ActivityOf(account, now))},
                                   {"Aircraft", AccessSummary(found.aircraft_access)},
                                   {"Joined", FormatRfc3339(account.joined_at)},
                                   {"Last login", Moment(account.last_login_at)},
                                   {"Ends", Moment(account.ends_at)},
                                   {"Live codes at most", InWords(account.quota_codes)},
                                   {"Uses at most", InWords(account.quota_uses)},
                                   {"Id", account.id}});
}

Result<void> Create(Call& call) {
    const auto permit = TRY(call.actor.Ask<kUsersWrite>());
    AccountDraft draft;
    draft.username = call.given.Get("NAME");
    draft.email = call.given.Get("--email");
    draft.name = call.given.Find("--name");
    draft.role = call.given.Find("--role");
    draft.task_group = call.given.Find("--task-group");
    if (call.given.Has("--superuser")) draft.is_superuser = true;
    if (call.given.Has("--staff")) draft.is_staff = true;
    draft.password = TRY(NewPassword(call));
    const Account account = TRY(CreateAccount(permit, call.world(), draft));
    if (call.AsJson())
        Print(call, {account, {}});
    else
        call.Say(fmt::format("Account created: {} ({})", account.username, account.role));
    return {};
}

// "default" gives back what is configured.
Result<void> SetQuota(Call& call) {
    const auto permit = TRY(call.actor.Ask<kUsersWrite>());
    const auto typed = [&](std::string_view option) {
        auto value = call.given.Find(option);
        if (value == "default") value = "";
        return value;
    };
    AccountDraft draft;
    draft.quota_codes = typed("--codes");
    draft.quota_uses = typed("--uses");
    if (!draft.quota_codes && !draft.quota_uses) return WrongUsage("Give --codes, --uses or both");
    TRY(EditAccount(permit, call.world(), TRY(Named(call)).account.id, draft, {}));
    Print(call, TRY(Named(call)));
    return {};
}

Result<void> List(Call& call) {
    const auto permit = TRY(call.actor.Ask<kUsersRead>());
    AccountQuery query;
    query.search = call.given.Get("--search");
    query.task_group = call.given.Get("--task-group");
    const auto found = TRY(ReadPages<AccountWithAccess>(
        call,
        [&](const std::string& cursor, std::size_t size) -> Result<PageOf<AccountWithAccess>> {
            query.cursor = cursor;
            query.page_size = size;
            AccountPage page = TRY(ListAccounts(permit, call.world(), query));
            return PageOf<AccountWithAccess>{std::move(page.accounts), std::move(page.next)};
        }));
    const Millis now = call.world().clock.Now();
    std::vector<Row> rows;
    std::vector<std::string> shapes;
    for (const AccountWithAccess& one : found.rows) {
        const Account& account = one.account;
        if (call.AsJson())
            shapes.push_back(AccountJson(one, now));
        else
            rows.push_back({account.username, account.name, account.email, account.role,
                            account.task_group, Flags(account),
                            std::string(ActivityOf(account, now)),
                            AccessSummary(one.aircraft_access)});
    }
    PrintList(call, {"USERNAME", "NAME", "EMAIL", "ROLE", "GROUP", "FLAGS", "STATUS", "AIRCRAFT"},
              rows, shapes, found.next);
    return {};
}

Result<void> Show(Call& call) {
    Print(call, TRY(Named(call)));
    return {};
}

// --codes keep, revoke or hand-over=NAME.
Result<Departure> DepartureIn(const Arguments& given) {
    const std::string typed = given.Find("--codes").value_or("keep");
    const auto equals = std::min(typed.find('='), typed.size());
    const auto codes = FindLeftCodes(typed.substr(0, equals));
    const bool has_heir = equals < typed.size();
    if (!codes || has_heir != (codes == LeftCodes::kHandOver))
        return WrongUsage("--codes is one of: keep, revoke, hand-over=NAME");
    return Departure{*codes, has_heir ? typed.substr(equals + 1) : std::string()};
}

Result<void> Deactivate(Call& call) {
    const std::string id = TRY(Named(call))
    .account.id;
    const Departure departure = TRY(DepartureIn(call.given));
    const Departed departed =
        TRY(DeactivateLeaver(TRY(call.actor.Ask<kUsersWrite>()), call.world(), id, departure));
    call.Say(fmt::format("Account deactivated: {}", departed.account.username));
    if (!departed.recall_id.empty())
        call.Say(fmt::format("Codes revoked, which can be undone: ostiary recall undo {}",
                             departed.recall_id));
    if (!departed.handed_over) return {};
    const HandedOver& handed = *departed.handed_over;
    call.Say(fmt::format("Codes handed over to {}: {}, of which {} wait for approval", handed.heir,
                         handed.codes, handed.waiting));
    for (const SparedCode& code : handed.spared)
        call.Say(fmt::format("Not handed over: {}: {}", code.name, std::string(code.sentence)));
    return {};
}

Result<void> Reactivate(Call& call) {
    const std::string id = TRY(Named(call))
    .account.id;
    const Account account =
        TRY(ReactivateAccount(TRY(call.actor.Ask<kUsersWrite>()), call.world(), id));
    call.Say(fmt::format("Account reactivated: {}", account.username));
    return {};
}

Result<void> Password(Call& call) {
    const Account account = TRY(Named(call))
    .account;
    const std::string password = TRY(NewPassword(call));
    TRY(SetPassword(TRY(call.actor.Ask<kUsersWrite>()), call.world(), account.id, password));
    call.Say(fmt::format("Password set, sessions ended: {}", account.username));
    return {};
}

Result<void> Erase(Call& call) {
    const auto permit = TRY(call.actor.Ask<kUsersWrite>());
    if (!call.given.Has("--yes")) return WrongUsage("erasing cannot be undone; add --yes");
    const Erased erased = TRY(EraseAccount(permit, call.world(), call.given.Get("NAME")));
    call.Say(fmt::format("Person erased{}: {}", erased.had_account ? ", and the account" : "",
                         erased.account_id));
    return {};
}

}  // namespace

std::vector<Command> UserCommands() {
    std::vector<Option> list = {{"--search", "TEXT", "In username, name and email"},
                                {"--task-group", "GROUP", "Of this task group"}};
    AddPaging(list);
    return {
        {.noun = "user",
         .verb = "create",
         .about = "Make an account",
         .options = {kName,
                     {"--email", "EMAIL", "The address", Takes::kRequired},
                     {"--name", "TEXT", "The name to show"},
                     {"--role", "ROLE", "staff unless given"},
                     {"--task-group", "GROUP", "general unless given"},
                     {"--superuser", "", "May do everything", Takes::kSwitch},
                     {"--staff", "", "May open /manage/", Takes::kSwitch},
                     kPasswordStdin},
         .prints = Prints::kData,
         .example = "user create ada --email ada@example.org --superuser",
         .run = Create},
        {.noun = "user",
         .verb = "list",
         .about = "List accounts",
         .options = list,
         .prints = Prints::kData,
         .example = "user list --search ada",
         .run = List},
        {.noun = "user",
         .verb = "show",
         .about = "Show one account",
         .options = {kName},
         .prints = Prints::kData,
         .run = Show},
        {.noun = "user",
         .verb = "deactivate",
         .about = "Lock an account out, from its next request on",
         .options = {kName,
                     {"--codes", "WHAT",
                      "What becomes of the codes they made: keep, revoke or hand-over=NAME"}},
         .example = "user deactivate bob --codes hand-over=ada",
         .run = Deactivate},
        {.noun = "user",
         .verb = "reactivate",
         .about = "Let a deactivated account in again",
         .options = {kName},
         .run = Reactivate},
        {.noun = "user",
         .verb = "quota",
         .about = "Say how many live codes and outstanding uses somebody may have",
         .options = {kName,
                     {"--codes", "N",
                      "Live codes at most; 0 for any number, default as configured"},
                     {"--uses", "N", "Outstanding uses at most; the same"}},
         .prints = Prints::kData,
         .example = "user quota max --codes 20 --uses 100",
         .run = SetQuota},
        {.noun = "user",
         .verb = "password",
         .about = "Set a new password and end all sessions",
         .options = {kName, kPasswordStdin},
         .example = "user password ada",
         .run = Password},
        {.noun = "user",
         .verb = "erase",
         .about = "Delete a deactivated account and take the person out of the audit log",
         .options = {{"NAME", "NAME", "The username; of a deleted account also its id",
                      Takes::kRequired},
                     {"--yes", "", "Because it cannot be undone", Takes::kSwitch}},
         .example = "user erase bob --yes",
         .run = Erase},
    };
}

}  // namespace ostiary::cli
