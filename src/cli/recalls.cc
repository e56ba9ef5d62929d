// ostiary recall …

#include "core/recalls.h"

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/paging.h"
#include "cli/table.h"
#include "core/recalls_shapes.h"
#include "util/text.h"

namespace ostiary::cli {
namespace {

using enum Permission;

const Option kId{"ID", "ID", "The id of the recall", Takes::kRequired};

Result<RecallAsked> AskedBy(const Arguments& given) {
    RecallAsked asked;
    int meant = 0;
    for (const std::string_view scope : kRecallScopes) {
        const auto subject = given.Find("--" + std::string(scope));
        if (!subject) continue;
        ++meant;
        asked.scope = scope;
        asked.subject = *subject;
    }
    if (meant != 1) return WrongUsage("say one of --code, --batch, --person and --branch");
    asked.since = given.Get("--since");
    asked.reason = given.Get("--reason");
    asked.revoke_codes = !given.Has("--keep-codes");
    asked.deactivate_accounts = given.Has("--accounts");
    return asked;
}

void PrintItems(Call& call, const std::vector<RecallItemShown>& items) {
    std::vector<Row> rows;
    for (const RecallItemShown& one : items) {
        const RecallItem& item = one.item;
        const std::string why = !item.spared.empty() ? item.spared : item.undone;
        rows.push_back({item.is_code() ? "code" : "account",
                        item.is_code() ? std::to_string(item.code_id) : item.account_id, one.name,
                        one.joined_at ? FormatRfc3339(*one.joined_at) : "", why});
    }
    if (!rows.empty())
        PrintTable(call.terminal.out, {"KIND", "ID", "NAME", "JOINED", "LEFT ALONE"}, rows);
}

Result<void> PrintPreview(Call& call, const RecallPreview& preview) {
    if (call.AsJson()) {
        call.Say(RecallPreviewJson(preview));
        return {};
    }
    PrintItems(call, preview.accounts);
    PrintItems(call, preview.codes);
    const RecallTally& tally = preview.tally;
    call.Say(
        fmt::format("{}: {} codes would be revoked, {} left alone; {} accounts deactivated, "
                    "{} left alone. Nothing was done; add --run to do it.",
                    preview.subject_name, tally.codes, tally.codes_spared, tally.accounts,
                    tally.accounts_spared));
    return {};
}

Result<RecallShown> Shown(Call& call, std::string_view id) {
    return GetRecall(TRY(call.actor.Ask<kCodesRead>()), call.world(), CodeScope::All(), id);
}

Result<void> Tell(Call& call, std::string_view what, std::string_view id) {
    const RecallShown shown = TRY(Shown(call, id));
    if (call.AsJson()) {
        call.Say(RecallJson(shown));
        return {};
    }
    const RecallTally& tally = shown.tally;
    call.Say(fmt::format("{}: {} codes and {} accounts, {} left alone, {} brought back, {} not. {}",
                         what, tally.codes, tally.accounts,
                         tally.codes_spared + tally.accounts_spared, tally.brought_back, tally.kept,
                         shown.recall.id));
    return {};
}

Result<void> Start(Call& call) {
    const RecallAsked asked = TRY(AskedBy(call.given));
    const auto permit = TRY(call.actor.Ask<kCodesWrite>());
    if (!call.given.Has("--run"))
        return PrintPreview(call,
                            TRY(PreviewRecall(permit, call.world(), CodeScope::All(), asked)));
    const Recall done = TRY(RunRecall(permit, call.world(), CodeScope::All(), asked));
    return Tell(call, "Recalled", done.id);
}

Result<void> Undo(Call& call) {
    const auto permit = TRY(call.actor.Ask<kCodesWrite>());
    const Recall undone =
        TRY(UndoRecall(permit, call.world(), CodeScope::All(), call.given.Get("ID")));
    return Tell(call, "Undone", undone.id);
}

Result<void> Show(Call& call) {
    const RecallShown shown = TRY(Shown(call, call.given.Get("ID")));
    if (call.AsJson()) return Tell(call, "", shown.recall.id);
    constexpr std::size_t kRead = 200;
    RecallItem last;
    for (std::size_t found = kRead; found == kRead;) {
        const auto items =
            TRY(ListRecallItems(TRY(call.actor.Ask<kCodesRead>()), call.world(), CodeScope::All(),
                                shown.recall.id, last.code_id, last.account_id, kRead));
        PrintItems(call, items);
        found = items.size();
        if (!items.empty()) last = items.back().item;
    }
    return Tell(call, NameOf(shown.recall.state), shown.recall.id);
}

Result<void> List(Call& call) {
    const auto permit = TRY(call.actor.Ask<kCodesRead>());
    const auto found = TRY(ReadPages<RecallShown>(
        call, [&](const std::string& after, std::size_t size) -> Result<PageOf<RecallShown>> {
            auto recalls =
                TRY(ListRecalls(permit, call.world(), CodeScope::All(), after, size + 1));
            PageOf<RecallShown> page;
            if (recalls.size() > size) {
                recalls.pop_back();
                page.next = recalls.back().recall.id;
            }
            page.rows = std::move(recalls);
            return page;
        }));
    std::vector<Row> rows;
    std::vector<std::string> shapes;
    for (const RecallShown& one : found.rows) {
        shapes.push_back(RecallJson(one));
        rows.push_back({one.recall.id, std::string(NameOf(one.recall.state)),
                        std::string(NameOf(one.recall.scope)), one.subject_name,
                        std::to_string(one.tally.codes), std::to_string(one.tally.accounts),
                        one.recall.created_by, FormatRfc3339(one.recall.created_at)});
    }
    PrintList(call, {"ID", "STATE", "SCOPE", "OF", "CODES", "ACCOUNTS", "BY", "WHEN"}, rows, shapes,
              found.next);
    return {};
}

}  // namespace

std::vector<Command> RecallCommands() {
    std::vector<Option> list;
    AddPaging(list);
    return {
        {.noun = "recall",
         .verb = "start",
         .about = "Say what would be taken back; with --run, take it back",
         .options = {{"--code", "ID", "One code"},
                     {"--batch", "BATCH", "Codes that were made together"},
                     {"--person", "NAME", "Everything one person issued"},
                     {"--branch", "NAME", "That, and everything those they brought issued"},
                     {"--since", "MOMENT", "Of accounts: those that joined since"},
                     {"--accounts", "", "Deactivate the accounts that came through them",
                      Takes::kSwitch},
                     {"--keep-codes", "", "Revoke no codes", Takes::kSwitch},
                     {"--reason", "TEXT", "Why; it is kept"},
                     {"--run", "", "Do it", Takes::kSwitch}},
         .prints = Prints::kData,
         .example = "recall start --person bob --accounts --since 2026-11-01",
         .run = Start},
        {.noun = "recall",
         .verb = "list",
         .about = "List what was taken back",
         .options = list,
         .prints = Prints::kData,
         .run = List},
        {.noun = "recall",
         .verb = "show",
         .about = "Say what a recall did to each code and account",
         .options = {kId},
         .prints = Prints::kData,
         .run = Show},
        {.noun = "recall",
         .verb = "undo",
         .about = "Bring back what a recall changed, but for what was changed since",
         .options = {kId},
         .prints = Prints::kData,
         .run = Undo},
    };
}

}  // namespace ostiary::cli
