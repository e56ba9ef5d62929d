#include <fmt/format.h>

#include <algorithm>

#include "core/accounts.h"
#include "core/authority.h"
#include "core/codes.h"
#include "util/text.h"

namespace ostiary {

using enum Permission;

namespace {

constexpr std::size_t kLongestSearch = 200;
// Settled at a time, so that nobody who writes waits long; and as often as a list waits for.
constexpr std::size_t kSettledAtOnce = 500, kMostSettled = 50'000, kMostSettledForOrder = 2'000;

void CheckSearched(std::string_view field, std::string_view text, std::vector<FieldError>& errors) {
    if (IsCleanText(text, Lines::kOne) && CountCharacters(text) <= kLongestSearch) return;
    errors.push_back({std::string(field), std::string(field) + ".invalid",
                      "Search for one line of at most 200 characters"});
}

Result<void> CheckQuery(const Catalogue& catalogue, CodeQuery& query) {
    std::vector<FieldError> errors;
    if (const auto* role = catalogue.FindRole(query.role))
        query.role = role->name;
    else if (!query.role.empty())
        errors.push_back(
            {"role", "role.unknown", Say("Role must be one of: {}", catalogue.RoleNames())});
    if (!query.task_group.empty() && !catalogue.FindTaskGroup(query.task_group))
        errors.push_back({"task_group", "task_group.unknown",
                          Say("Task group must be one of: {}", catalogue.TaskGroupNames())});
    constexpr std::string_view kStatuses[] = {"active",    "inactive", "expired", "usable",
                                              "exhausted", "warning",  "pending", "scheduled"};
    if (!query.status.empty() && std::ranges::find(kStatuses, query.status) == std::end(kStatuses))
        errors.push_back(
            {"status", "status.unknown",
             Say("Status must be one of: {}", fmt::format("{}", fmt::join(kStatuses, ", ")))});
    CheckSearched("search", query.search, errors);
    CheckSearched("created_by", query.created_by, errors);
    CheckSearched("tag", query.tag, errors);
    CheckSearched("template", query.template_name, errors);
    CheckSearched("batch", query.batch, errors);
    if (!errors.empty()) return InvalidFields(std::move(errors));
    return {};
}

// Whoever may not hand out a code must not find it by its letters. The query refers to all three.
void KeepLettersFrom(const Authority& own, const Catalogue& catalogue, const Actor& actor,
                     CodeQuery& query) {
    if (own.everything) return;
    query.may_find_by_code = [&](const Code& code) {
        return MayHandOut(own, catalogue, actor, code);
    };
}

bool IsByUse(CodeOrder order) {
    return order == CodeOrder::kMostUsed || order == CodeOrder::kLeastUsed ||
           order == CodeOrder::kRecentlyUsed || order == CodeOrder::kLongestUnused;
}

void CatchUpFor(World& world, const CodeQuery& query, Millis now) {
    if (!query.status.empty() || !query.batch.empty())
        CatchUpLists(world, now, kMostSettled);
    else if (IsByUse(query.order))
        CatchUpLists(world, now, kMostSettledForOrder);
}

}  // namespace

void CatchUpLists(World& world, Millis now, std::size_t most) {
    bool behind = false;
    world.store.Read([&](Work& work) { behind = work.codes.IsBehind(now); });
    for (std::size_t settled = 0, last = kSettledAtOnce;
         behind && last == kSettledAtOnce && settled < most; settled += last) {
        world.store.Write([&](Work& work) { last = work.codes.CatchUp(now, kSettledAtOnce); });
    }
}

Result<CodePage> ListCodes(Permit<kCodesRead> permit, World& world, CodeQuery query) {
    const Actor& actor = permit.holder();
    const Catalogue& catalogue = world.config.catalogue;
    TRY(CheckQuery(catalogue, query));
    const Millis now = world.clock.Now();
    CatchUpFor(world, query, now);
    CodePage page;
    world.store.Read([&](Work& work) {
        const Authority own = AuthorityOfActor(work, catalogue, actor);
        KeepLettersFrom(own, catalogue, actor, query);
        page = work.codes.List(query, now);
        for (Code& code : page.codes) RedactFor(own, catalogue, actor, code);
    });
    if (page.cursor_was_strange && query.strange_cursor == StrangeCursor::kRefuse)
        return InvalidFields({{"cursor", "cursor.invalid",
                               "Cursor must be one that an earlier page of this list gave"}});
    return page;
}

Result<std::vector<CodeId>> ListCodeIds(Permit<kCodesRead> permit, World& world, CodeQuery query,
                                        CodeId after, std::size_t most) {
    const Actor& actor = permit.holder();
    const Catalogue& catalogue = world.config.catalogue;
    TRY(CheckQuery(catalogue, query));
    const Millis now = world.clock.Now();
    CatchUpFor(world, query, now);
    std::vector<CodeId> ids;
    world.store.Read([&](Work& work) {
        const Authority own = AuthorityOfActor(work, catalogue, actor);
        KeepLettersFrom(own, catalogue, actor, query);
        ids = work.codes.ListIds(query, after, most);
    });
    return ids;
}

Result<std::vector<CodeTally>> TallyOf(Permit<kCodesRead>, World& world, const CodeScope& scope) {
    CatchUpLists(world, world.clock.Now(), kMostSettled);
    std::vector<CodeTally> tally;
    world.store.Read([&](Work& work) { tally = work.codes.Tally(scope); });
    return tally;
}

}  // namespace ostiary
