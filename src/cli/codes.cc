// ostiary code …

#include "core/codes.h"

#include <fmt/format.h>

#include "cli/code_filters.h"
#include "cli/codes_shown.h"
#include "cli/command.h"
#include "cli/paging.h"
#include "core/codes_bulk.h"
#include "core/shapes.h"
#include "util/text.h"

namespace ostiary::cli {
namespace {

using enum Permission;

constexpr std::size_t kFewestCodeCharacters = 6;  // what is shorter can only be an id
constexpr std::size_t kMostRedemptions = 1'000'000;
constexpr std::size_t kReadTogether = 500;

const Option kWhich{"CODE", "CODE", "The code, or its number", Takes::kRequired};
const Option kReason{"--reason", "TEXT", "Why; the creator will read it"};

Error NoSuchCode() {
    return {ErrorKind::kNotFound, "code.unknown", "Invite code not found",
            "The requested invite code does not exist"};
}

// Ids and short codes can look alike: six digits and more are a code if there is one, else an id.
Result<CodeId> Which(Call& call) {
    const std::string typed = call.given.Get("CODE");
    const auto number = ParseInt(typed);
    if (number && typed.size() < kFewestCodeCharacters) return *number;
    const auto answer = TRY(
        ExplainCode(TRY(call.actor.Ask<kCodesExplain>()), call.world(), CodeScope::All(), typed));
    if (answer.code) return answer.code->id;
    if (number) return *number;
    return NoSuchCode();
}

DoorRules Rules(Call& call) { return ApiRules(call.actor, call.world()); }

// ── What a code is to be ──────────────────────────────────────────────────────────────────────

std::vector<Option> DraftOptions() {
    return {
        {"--role", "ROLE", "The role it grants; staff unless given"},
        {"--task-group", "GROUP", "The task group; general unless given"},
        {"--aircraft", "REG:ROLE", "A role on an aircraft, as in N12345:pilot", Takes::kMany},
        {"--max-uses", "N", "How many can use it; 1 unless given, 0 for any number"},
        {"--expires-days", "N", "Days until it expires; never unless given"},
        {"--expires-at", "MOMENT", "2026-11-21T14:00:00Z, or a day, whose end is meant"},
        {"--starts-at", "MOMENT", "Not usable before"},
        {"--label", "TEXT", "What you call it"},
        {"--email", "EMAIL", "For this person alone"},
        {"--name", "TEXT", "The person's name, to fill in the form"},
        {"--email-domain", "DOMAIN", "For addresses of this domain only", Takes::kMany},
        {"--account-days", "N", "Days that an account made with it lives"},
        {"--welcome", "TEXT", "What the person reads after registering"},
        {"--tag", "TEXT", "A word to find it by", Takes::kMany},
        {"--notes", "TEXT", "For yourselves"},
        {"--template", "NAME", "A template to begin with; what else is given wins"},
        {"--code", "CODE", "Choose the code: 6 to 32 letters, digits and dashes"},
    };
}

Result<std::vector<std::pair<std::string, std::string>>> AircraftRoles(
    const std::vector<std::string>& given) {
    std::vector<std::pair<std::string, std::string>> roles;
    for (const std::string& text : given) {
        const std::size_t colon = text.rfind(':');
        if (colon == text.npos)
            return WrongUsage(
                fmt::format("--aircraft {} names no role; write {}:pilot", text, text));
        roles.emplace_back(text.substr(0, colon), text.substr(colon + 1));
    }
    return roles;
}

Result<CodeDraft> DraftOf(const Arguments& given) {
    CodeDraft draft;
    draft.role = given.Find("--role");
    draft.task_group = given.Find("--task-group");
    draft.label = given.Find("--label");
    draft.email = given.Find("--email");
    draft.name = given.Find("--name");
    draft.notes = given.Find("--notes");
    draft.welcome = given.Find("--welcome");
    draft.code = given.Find("--code");
    draft.template_name = given.Find("--template");
    draft.max_uses = given.Find("--max-uses");
    draft.expires_days = given.Find("--expires-days");
    draft.expires_at = given.Find("--expires-at");
    draft.starts_at = given.Find("--starts-at");
    draft.account_days = given.Find("--account-days");
    if (given.Has("--email-domain")) draft.email_domains = given.All("--email-domain");
    if (given.Has("--tag")) draft.tags = given.All("--tag");
    if (given.Has("--aircraft")) draft.aircraft_roles = TRY(AircraftRoles(given.All("--aircraft")));
    return draft;
}

std::vector<Option> CreateOptions() {
    std::vector<Option> options = DraftOptions();
    options.push_back({"--count", "N", "So many that are alike, all of them or none"});
    return options;
}

Result<void> CreateSeveral(Call& call, const CodeDraft& draft, std::size_t count) {
    const auto permit = TRY(call.actor.Ask<kCodesWrite>());
    const BulkOutcome made = TRY(CreateCodes(permit, call.world(), Rules(call), draft, count));
    CodeQuery query;
    query.scope = CodeScope::All();
    query.batch = made.batch;
    query.order = CodeOrder::kOldest;
    query.page_size = kReadTogether;
    std::vector<Row> rows;
    std::vector<std::string> shapes;
    const Millis now = call.world().clock.Now();
    do {
        const CodePage page =
            TRY(ListCodes(TRY(call.actor.Ask<kCodesRead>()), call.world(), query));
        for (const Code& code : page.codes) {
            if (call.AsJson())
                shapes.push_back(CodeJson(call.config, code, now, Secrets::kShown));
            else
                rows.push_back(CodeRow(code, now));
        }
        query.cursor = page.next;
    } while (!query.cursor.empty());
    PrintList(call, CodeHeadings(), rows, shapes, "");
    return {};
}

Result<void> Create(Call& call) {
    const auto permit = TRY(call.actor.Ask<kCodesWrite>());
    const CodeDraft draft = TRY(DraftOf(call.given));
    const auto count = ParseInt(call.given.Find("--count").value_or("1"));
    if (count != 1)
        return CreateSeveral(call, draft,
                             count && *count > 0 ? static_cast<std::size_t>(*count) : 0);
    PrintDone(call, "created", TRY(CreateCode(permit, call.world(), Rules(call), draft)));
    return {};
}

Result<void> Edit(Call& call) {
    const auto permit = TRY(call.actor.Ask<kCodesWrite>());
    const CodeDraft draft = TRY(DraftOf(call.given));
    const CodeId id = TRY(Which(call));
    PrintDone(call, "changed",
              TRY(EditCode(permit, call.world(), Rules(call), id, draft, std::nullopt)));
    return {};
}

Result<void> Reactivate(Call& call) {
    const auto permit = TRY(call.actor.Ask<kCodesWrite>());
    const CodeDraft draft = TRY(DraftOf(call.given));
    const CodeId id = TRY(Which(call));
    PrintDone(call, "reactivated",
              TRY(ReactivateCode(permit, call.world(), Rules(call), id, draft)));
    return {};
}

// ── What happens to it ────────────────────────────────────────────────────────────────────────

Result<void> Revoke(Call& call) {
    const auto permit = TRY(call.actor.Ask<kCodesWrite>());
    const CodeId id = TRY(Which(call));
    PrintDone(call, "revoked", TRY(RevokeCode(permit, call.world(), Rules(call), id)));
    return {};
}

Result<void> Delete(Call& call) {
    const auto permit = TRY(call.actor.Ask<kCodesWrite>());
    TRY(DeleteCode(permit, call.world(), Rules(call), TRY(Which(call))));
    call.Say("Invite code deleted: " + call.given.Get("CODE"));
    return {};
}

Result<void> Approve(Call& call) {
    const auto permit = TRY(call.actor.Ask<kCodesApprove>());
    const CodeId id = TRY(Which(call));
    PrintDone(call, "approved",
              TRY(ApproveCode(permit, call.world(), id, call.given.Get("--reason"), {})));
    return {};
}

Result<void> Reject(Call& call) {
    const auto permit = TRY(call.actor.Ask<kCodesApprove>());
    const CodeId id = TRY(Which(call));
    PrintDone(call, "rejected",
              TRY(RejectCode(permit, call.world(), id, call.given.Get("--reason"), {})));
    return {};
}

// ── Looking ───────────────────────────────────────────────────────────────────────────────────

Result<void> Show(Call& call) {
    const auto permit = TRY(call.actor.Ask<kCodesRead>());
    const CodeId id = TRY(Which(call));
    PrintCode(call, TRY(GetCode(permit, call.world(), CodeScope::All(), id)));
    return {};
}

Result<void> Redemptions(Call& call) {
    const auto permit = TRY(call.actor.Ask<kCodesRead>());
    const CodeId id = TRY(Which(call));
    PrintRedemptions(
        call, TRY(RedemptionsOf(permit, call.world(), CodeScope::All(), id, 0, kMostRedemptions)));
    return {};
}

Result<void> Explain(Call& call) {
    const auto permit = TRY(call.actor.Ask<kCodesExplain>());
    PrintExplanation(
        call, TRY(ExplainCode(permit, call.world(), CodeScope::All(), call.given.Get("CODE"))));
    return {};
}

constexpr std::pair<std::string_view, CodeOrder> kOrders[] = {
    {"newest", CodeOrder::kNewest},         {"oldest", CodeOrder::kOldest},
    {"expiry", CodeOrder::kSoonestExpiry},  {"uses", CodeOrder::kMostUsed},
    {"last-use", CodeOrder::kRecentlyUsed}, {"label", CodeOrder::kLabel}};

Result<CodeOrder> OrderOf(const Arguments& given) {
    const std::string asked = given.Find("--order").value_or("newest");
    for (const auto& [name, order] : kOrders)
        if (name == asked) return order;
    return WrongUsage("--order must be newest, oldest, expiry, uses, last-use or label");
}

Result<CodeQuery> QueryOf(const Arguments& given) {
    CodeQuery query = CodeFiltersOf(given);
    query.order = TRY(OrderOf(given));
    query.strange_cursor = StrangeCursor::kRefuse;
    return query;
}

Result<void> List(Call& call) {
    const auto permit = TRY(call.actor.Ask<kCodesRead>());
    CodeQuery query = TRY(QueryOf(call.given));
    const auto found = TRY(ReadPages<Code>(
        call, [&](const std::string& cursor, std::size_t size) -> Result<PageOf<Code>> {
            query.cursor = cursor;
            query.page_size = size;
            CodePage page = TRY(ListCodes(permit, call.world(), query));
            return PageOf<Code>{std::move(page.codes), std::move(page.next)};
        }));
    const Millis now = call.world().clock.Now();
    std::vector<Row> rows;
    std::vector<std::string> shapes;
    for (const Code& code : found.rows) {
        if (call.AsJson())
            shapes.push_back(CodeJson(call.config, code, now, Secrets::kShown));
        else
            rows.push_back(CodeRow(code, now));
    }
    PrintList(call, CodeHeadings(), rows, shapes, found.next);
    return {};
}

std::vector<Option> ListOptions() {
    std::vector<Option> options = CodeFilterOptions(
        "pending, inactive, expired, exhausted, scheduled, warning, active or usable");
    options.push_back({"--order", "ORDER", "newest, oldest, expiry, uses, last-use or label"});
    AddPaging(options);
    return options;
}

std::vector<Option> EditOptions() {
    std::vector<Option> options = DraftOptions();
    std::erase_if(options, [](const Option& option) { return option.name == "--code"; });
    for (Option& option : options)  // what is not given stays
        option.about = option.about.substr(0, option.about.find("; "));
    options.insert(options.begin(), kWhich);
    return options;
}

Command CodeCommand(std::string verb, std::string about, std::vector<Option> options, Prints prints,
                    Result<void> (*run)(Call&), std::string example = {}) {
    return {
        "code", std::move(verb), std::move(about), std::move(options), prints, std::move(example),
        run};
}

}  // namespace

std::vector<Command> CodeCommands() {
    using enum Prints;
    return {
        CodeCommand(
            "create", "Make an invitation code", CreateOptions(), kData, Create,
            "code create --role staff --task-group cleaning --max-uses 5 --expires-days 30"),
        CodeCommand("list", "List codes", ListOptions(), kData, List,
                    "code list --status usable --order expiry"),
        CodeCommand("show", "Show everything about a code", {kWhich}, kData, Show),
        CodeCommand("redemptions", "List who used a code", {kWhich}, kData, Redemptions),
        CodeCommand("explain", "Say why a code does not work, or which was meant", {kWhich}, kData,
                    Explain, "code explain ABC12345"),
        CodeCommand("edit", "Change a code that nobody has used yet", EditOptions(), kData, Edit,
                    "code edit ABC12345 --max-uses 10"),
        CodeCommand("revoke", "Switch a code off", {kWhich}, kData, Revoke),
        CodeCommand("reactivate", "Switch a code on again",
                    {kWhich,
                     {"--expires-days", "N", "Days until it expires, if it has"},
                     {"--expires-at", "MOMENT", "The same as a moment or a day"},
                     {"--max-uses", "N", "More uses, if they are used up; 0 for any number"}},
                    kData, Reactivate, "code reactivate ABC12345 --expires-days 30"),
        CodeCommand("delete", "Delete a code; its history stays", {kWhich}, kWords, Delete),
        CodeCommand("approve", "Release a code that waits for approval", {kWhich, kReason}, kData,
                    Approve),
        CodeCommand("reject", "Refuse a code that waits for approval", {kWhich, kReason}, kData,
                    Reject),
    };
}

}  // namespace ostiary::cli
