// ostiary pull …

#include "core/pulls.h"

#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "cli/command.h"
#include "cli/paging.h"
#include "cli/table.h"
#include "core/accounts.h"
#include "core/pulls_shapes.h"
#include "util/text.h"

namespace ostiary::cli {
namespace {

using enum Permission;
using namespace std::chrono_literals;

const Option kId{"ID", "ID", "The id of the pull", Takes::kRequired};

constexpr std::size_t kReadTogether = 200, kErrorsShown = 1'000;
constexpr Millis kPatience = kSecond;
constexpr auto kLookAgainAfter = 200ms;

Result<Permit<kUsersWrite>> May(Call& call) { return call.actor.Ask<kUsersWrite>(); }

std::string WordsOf(const PullChange& change) {
    const PullBody body = UnpackBody(change.body);
    std::vector<std::string> words;
    for (const PullDifference& one : body.differences)
        words.push_back(fmt::format("{}: {} → {}", one.field,
                                    one.before.empty() ? "nothing" : one.before,
                                    one.after.empty() ? "nothing" : one.after));
    return Join(words, "; ");
}

Result<void> PrintChanges(Call& call, const Pull& pull) {
    std::vector<Row> rows;
    std::vector<PullChange> some(1);
    do {
        some = TRY(ListPullChanges(TRY(May(call)), call.world(), pull.id, some.back().place,
                                   kReadTogether));
        for (const PullChange& one : some) {
            const PullBody body = UnpackBody(one.body);
            rows.push_back({std::string(NameOf(one.kind)), body.name, body.email, WordsOf(one),
                            one.outcome, one.reason});
        }
    } while (some.size() == kReadTogether);
    if (!rows.empty())
        PrintTable(call.terminal.out, {"KIND", "NAME", "EMAIL", "WHAT", "OUTCOME", "WHY"}, rows);
    const auto errors = TRY(ListPullErrors(TRY(May(call)), call.world(), pull.id, kErrorsShown));
    for (const ImportError& one : errors)
        call.Say(fmt::format("Row {}, {}: {}", one.row, one.field,
                             static_cast<const std::string&>(one.sentence)));
    return {};
}

Result<void> Print(Call& call, const Pull& pull) {
    if (call.AsJson()) {
        call.Say(PullWithErrorsJson(
            pull, TRY(ListPullErrors(TRY(May(call)), call.world(), pull.id, kErrorsShown))));
        return {};
    }
    TRY(PrintChanges(call, pull));
    call.Say(
        fmt::format("{}: {} leave, {} change, {} linked, {} invited, {} rows wrong; {} done, "
                    "{} not. {}",
                    NameOf(pull.state), pull.leavers, pull.changes, pull.links, pull.invites,
                    pull.wrong, pull.done, pull.failed, pull.id));
    if (!pull.trouble.empty()) call.Say(pull.trouble);
    if (pull.state == PullState::kWaiting && !call.AsJson())
        call.Say(fmt::format("Nothing was done. To do it: ostiary pull apply {}{}{}", pull.id,
                             MustCountLeavers(pull) ? " --leavers N" : "",
                             pull.wrong > 0 ? " --good-rows-only" : ""));
    return {};
}

// Here, or by a server that was quicker.
Result<void> Fetch(Call& call) {
    const Pull asked = TRY(AskForPull(TRY(May(call)), call.world()));
    Pull pull = asked;
    while (pull.state == PullState::kFetching) {
        call.outside.fetch_people(call.world());
        pull = TRY(GetPull(TRY(May(call)), call.world(), asked.id));
        if (pull.state == PullState::kFetching) std::this_thread::sleep_for(kLookAgainAfter);
    }
    TRY(Print(call, pull));
    if (pull.state != PullState::kFailed) return {};
    return Error{ErrorKind::kConflict, "pull.failed", "Nothing was pulled", pull.trouble};
}

Result<void> Apply(Call& call) {
    PullAsked asked;
    if (const auto typed = call.given.Find("--leavers")) {
        asked.expected_leavers = ParseInt(*typed);
        if (!asked.expected_leavers) return WrongUsage("--leavers takes a whole number");
    }
    asked.good_rows_only = call.given.Has("--good-rows-only");
    Pull pull = TRY(ApplyPull(TRY(May(call)), call.world(), call.given.Get("ID"), asked));
    while (pull.state == PullState::kApplying) {
        AdvancePulls(call.world(), kPatience);
        pull = TRY(GetPull(TRY(May(call)), call.world(), pull.id));
        if (pull.state != PullState::kApplying) break;
        if (!pull.trouble.empty()) break;  // it waits, and a server goes on with it
        std::this_thread::sleep_for(kLookAgainAfter);
    }
    return Print(call, pull);
}

Result<void> Show(Call& call) {
    return Print(call, TRY(GetPull(TRY(May(call)), call.world(), call.given.Get("ID"))));
}

Result<void> Discard(Call& call) {
    return Print(call, TRY(DiscardPull(TRY(May(call)), call.world(), call.given.Get("ID"))));
}

Result<void> List(Call& call) {
    const auto found = TRY(ReadPages<Pull>(
        call, [&](const std::string& after, std::size_t size) -> Result<PageOf<Pull>> {
            PageOf<Pull> page;
            page.rows = ListPulls(TRY(May(call)), call.world(), after, size + 1);
            if (page.rows.size() > size) {
                page.rows.pop_back();
                page.next = page.rows.back().id;
            }
            return page;
        }));
    std::vector<Row> rows;
    std::vector<std::string> shapes;
    for (const Pull& one : found.rows) {
        shapes.push_back(PullJson(one));
        rows.push_back({one.id, std::string(NameOf(one.state)), std::to_string(one.leavers),
                        std::to_string(one.changes), std::to_string(one.links),
                        std::to_string(one.invites), std::to_string(one.wrong),
                        FormatRfc3339(one.created_at), one.trouble});
    }
    PrintList(call, {"ID", "STATE", "LEAVE", "CHANGE", "LINK", "INVITE", "WRONG", "WHEN", "WHY"},
              rows, shapes, found.next);
    return {};
}

}  // namespace

std::vector<Command> PullCommands() {
    std::vector<Option> list;
    AddPaging(list);
    return {
        {.noun = "pull",
         .verb = "fetch",
         .about = "Fetch the file of people now, and say what would change",
         .options = {},
         .prints = Prints::kData,
         .run = Fetch},
        {.noun = "pull",
         .verb = "apply",
         .about = "Do what a pull would change",
         .options = {kId,
                     {"--leavers", "N", "How many people will leave, where so many would"},
                     {"--good-rows-only", "", "Although other rows are wrong", Takes::kSwitch}},
         .prints = Prints::kData,
         .example = "pull apply 0199c0de-0000-7000-8000-000000000000 --leavers 12",
         .run = Apply},
        {.noun = "pull",
         .verb = "discard",
         .about = "Do nothing of what a pull would change",
         .options = {kId},
         .prints = Prints::kData,
         .run = Discard},
        {.noun = "pull",
         .verb = "list",
         .about = "List what was fetched",
         .options = list,
         .prints = Prints::kData,
         .run = List},
        {.noun = "pull",
         .verb = "show",
         .about = "Say what a pull would change, or did, to each person",
         .options = {kId},
         .prints = Prints::kData,
         .run = Show},
    };
}

}  // namespace ostiary::cli
