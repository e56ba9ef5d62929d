#include "app/doctor.h"

#include <fmt/format.h>

#include "core/audit_verify.h"
#include "store/store.h"
#include "util/failure.h"
#include "util/text.h"

namespace ostiary::app {
namespace {

using cli::Check;
using enum cli::Verdict;

Check CheckLayout(const SchemaState& schema) {
    constexpr const char* kSubject = "layout";
    if (schema.too_new)
        return {kFail, kSubject,
                fmt::format("{} is newer than this program knows ({}); use a newer program",
                            schema.database, schema.program)};
    if (schema.database == 0)
        return {kWarn, kSubject, "nothing there yet; the first start makes it"};
    if (!schema.pending.empty())
        return {kWarn, kSubject,
                fmt::format("{} migrations pend; serve or migrate applies them",
                            schema.pending.size())};
    return {kOk, kSubject, fmt::format("{}, the newest", schema.database)};
}

Check CheckCounts(const Config& config) {
    const auto wrong = FindMiscounts(config);
    if (wrong.empty())
        return {kOk, "counters", "every code's counter is its number of redemptions"};
    return {kFail, "counters",
            fmt::format("{} codes miscount; the first is {}: {} uses, {} redemptions", wrong.size(),
                        wrong[0].id, wrong[0].used_count, wrong[0].redemptions)};
}

std::string AsFarAs(const AuditHead& head) {
    return fmt::format("entry {}{}", head.position,
                       head.at > 0 ? " (" + FormatRfc3339(head.at) + ")" : "");
}

Check CheckAudit(const Config& config) {
    const AuditStanding standing = InspectAuditLog(config);
    if (standing.trouble) return {kFail, "audit log", *standing.trouble};
    std::string finding =
        standing.last ? "linked up to " + AsFarAs(*standing.last) : "nothing is linked yet";
    if (standing.waiting > 0)
        finding += fmt::format(", {}{} events wait",
                               standing.waiting_is_at_least ? "at least " : "", standing.waiting);
    finding += standing.anchor ? ", its end remembered up to " + AsFarAs(*standing.anchor)
                               : ", its end not remembered outside the database yet";
    finding += standing.verified.empty() ? "; never verified: run ostiary audit verify"
                                         : "; verified " + standing.verified;
    return {kOk, "audit log", finding};
}

}  // namespace

namespace {

enum class Counting { kYes, kNo };

std::vector<Check> Examine(const Config& config, Counting counting) {
    const std::string kind =
        config.UsesPostgres() ? "PostgreSQL" : "SQLite, " + config.DatabaseUrl();
    std::vector<Check> checks;
    try {
        const SchemaState schema = InspectSchema(config);
        checks.push_back({kOk, "database", kind});
        checks.push_back(CheckLayout(schema));
        if (counting == Counting::kYes && schema.database > 0 && !schema.too_new &&
            schema.pending.empty())
            checks.push_back(CheckCounts(config));
        if (schema.database > 0 && !schema.too_new && schema.pending.empty())
            checks.push_back(CheckAudit(config));
    } catch (const WorldFailure& failure) {  // what a doctor is for
        checks.push_back({kFail, "database", fmt::format("{}: {}", kind, failure.what())});
    }
    return checks;
}

}  // namespace

std::vector<Check> ExamineDatabase(const Config& config) { return Examine(config, Counting::kYes); }

std::vector<Check> ExamineLayout(const Config& config) { return Examine(config, Counting::kNo); }

}  // namespace ostiary::app
