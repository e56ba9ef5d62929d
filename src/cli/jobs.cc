// ostiary jobs …

#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "cli/command.h"
#include "cli/paging.h"
#include "cli/table.h"
#include "core/bulk_jobs.h"
#include "core/bulk_jobs_shapes.h"
#include "util/text.h"

namespace ostiary::cli {
namespace {

using enum Permission;

constexpr Millis kPatience = kSecond;
constexpr std::chrono::milliseconds kPause(300);
constexpr std::size_t kSparedTogether = 500;
const Option kJob{"JOB", "JOB", "The id of the change", Takes::kRequired};

Result<void> ListAll(Call& call) {
    const auto permit = TRY(call.actor.Ask<kCodesRead>());
    const auto found = TRY(ReadPages<BulkJob>(
        call, [&](const std::string& after, std::size_t size) -> Result<PageOf<BulkJob>> {
            PageOf<BulkJob> page;
            page.rows = TRY(ListBulkJobs(permit, call.world(), CodeScope::All(), after, size + 1));
            if (page.rows.size() > size) {
                page.rows.pop_back();
                page.next = page.rows.back().id;
            }
            return page;
        }));
    std::vector<Row> rows;
    std::vector<std::string> shapes;
    for (const BulkJob& job : found.rows) {
        shapes.push_back(BulkJobJson(job));
        rows.push_back({job.id, FormatRfc3339(job.created_at), job.created_by,
                        std::string(NameOf(job.deed)), std::string(NameOf(job.state)),
                        std::to_string(job.chosen), std::to_string(job.changed)});
    }
    PrintList(call, {"ID", "BEGUN", "BY", "ACTION", "STATE", "CODES", "CHANGED"}, rows, shapes,
              found.next);
    return {};
}

Result<void> Print(Call& call, const BulkJob& job) {
    if (call.AsJson()) {
        call.Say(BulkJobJson(job));
        return {};
    }
    const auto permit = TRY(call.actor.Ask<kCodesRead>());
    std::vector<Row> rows;
    std::vector<SparedCode> spared(kSparedTogether);
    for (CodeId after = 0; spared.size() == kSparedTogether;) {
        spared = TRY(ListSparedCodes(permit, call.world(), CodeScope::All(), job.id, after,
                                     kSparedTogether));
        for (const SparedCode& one : spared) {
            rows.push_back({std::to_string(one.id), one.name, one.reason, one.sentence});
            after = one.id;
        }
    }
    if (!rows.empty()) PrintTable(call.terminal.out, {"CODE", "LABEL", "REASON", "WHY"}, rows);
    PrintFacts(call.terminal.out,
               {{"Action", std::string(NameOf(job.deed))},
                {"State", std::string(NameOf(job.state))},
                {"Codes", std::to_string(job.chosen)},
                {"Changed", std::to_string(job.changed)},
                {"Left alone", std::to_string(job.spared())},
                {"Put back", job.brought_back == 0 ? "" : std::to_string(job.brought_back)},
                {"Not put back", job.kept == 0 ? "" : std::to_string(job.kept)},
                {"Trouble", job.trouble}});
    return {};
}

Result<void> Get(Call& call) {
    return Print(call, TRY(GetBulkJob(TRY(call.actor.Ask<kCodesRead>()), call.world(),
                                      CodeScope::All(), call.given.Get("JOB"))));
}

Result<void> Stop(Call& call) {
    return Print(call, TRY(CancelBulk(TRY(call.actor.Ask<kCodesWrite>()), call.world(),
                                      CodeScope::All(), call.given.Get("JOB"))));
}

// Until it is at its end, whoever goes on with it: a server may be quicker.
Result<void> Undo(Call& call) {
    BulkJob job = TRY(UndoBulk(TRY(call.actor.Ask<kCodesWrite>()), call.world(), CodeScope::All(),
                               call.given.Get("JOB"), kPatience));
    while (job.goes_on()) {
        call.terminal.err << fmt::format("{} of {} codes put back\n", job.brought_back,
                                         job.changed);
        if (!AdvanceBulkJob(call.world(), job.id, kPatience)) std::this_thread::sleep_for(kPause);
        job = TRY(
            GetBulkJob(TRY(call.actor.Ask<kCodesRead>()), call.world(), CodeScope::All(), job.id));
    }
    return Print(call, job);
}

}  // namespace

std::vector<Command> JobCommands() {
    std::vector<Option> list;
    AddPaging(list);
    return {{.noun = "jobs",
             .verb = "list",
             .about = "The newest changes of many codes",
             .options = list,
             .prints = Prints::kData,
             .example = "jobs list",
             .run = ListAll},
            {.noun = "jobs",
             .verb = "show",
             .about = "How a change of many codes goes, and which codes were left alone",
             .options = {kJob},
             .prints = Prints::kData,
             .example = "jobs show 01936f0e-1c2d-7a3b-8c4d-5e6f7a8b9c0d",
             .run = Get},
            {.noun = "jobs",
             .verb = "stop",
             .about = "Stop a change of many codes; what is changed stays so",
             .options = {kJob},
             .prints = Prints::kData,
             .example = "jobs stop 01936f0e-1c2d-7a3b-8c4d-5e6f7a8b9c0d",
             .run = Stop},
            {.noun = "jobs",
             .verb = "undo",
             .about = "Put codes back as they were, but for those that were changed since",
             .options = {kJob},
             .prints = Prints::kData,
             .example = "jobs undo 01936f0e-1c2d-7a3b-8c4d-5e6f7a8b9c0d",
             .run = Undo}};
}

}  // namespace ostiary::cli
