// One hot code on PostgreSQL, 64 callers: our grouping writer against pgbench, whose 64 clients run
// the same three statements in a plain transaction each, on the same tables. The server syncs.

#include <fmt/format.h>

#include <stdexcept>

#include "support/callers.h"
#include "support/installation.h"
#include "support/postgres.h"
#include "support/process.h"
#include "support/table.h"
#include "util/text.h"

namespace ostiary::bench {
namespace {

constexpr int kCallers = 64;
constexpr const char *kOurCode = "HTCD2345", *kTheirCode = "PGCD2345";

// sql/codes.sql's TakeUses for one, and the two rows, as a plain program would send them.
std::string Script(std::string_view code_hash, Millis now) {
    const Actor application = SomeApplication();
    return fmt::format(
        "\\set number random(1, 9000000000000000000)\n"
        "BEGIN;\n"
        "UPDATE code SET used_count = used_count + 1, last_taken = 1, last_used_at = {1} WHERE "
        "code_hash = '{0}'"
        " AND deleted_at IS NULL AND approval = 0 AND deactivated_at IS NULL"
        " AND (starts_at IS NULL OR starts_at <= {1}) AND (expires_at IS NULL OR expires_at > {1})"
        " AND (max_uses IS NULL OR used_count < max_uses) RETURNING id AS code_id \\gset\n"
        "INSERT INTO redemption (code_id, redeemed_at, application, subject, role, task_group)"
        " VALUES (:code_id, {1}, '{2}', 'person-' || CAST(:number AS bigint), 'staff', "
        "'general');\n"
        "INSERT INTO event (at, kind, code_id, actor_id, actor_name, subject_id, subject_name, "
        "door, address,"
        " request_id) VALUES ({1}, 'code.redeemed', :code_id, '{2}', 'application',"
        " 'person-' || CAST(:number AS bigint), 'Summer crew', 'api', '127.0.0.1', "
        "'0123456789abcdef');\n"
        "COMMIT;\n",
        code_hash, now, application.account_id);
}

// Transactions per second, as pgbench says.
double Pgbench(const std::string& url, const std::string& script, std::chrono::milliseconds time) {
    const auto seconds = std::max<long>(3, time.count() / 1000);
    const std::string said = OutputOf({"pgbench", "--no-vacuum", "--protocol=prepared",
                                       fmt::format("--client={}", kCallers), "--jobs=2",
                                       fmt::format("--time={}", seconds), "--file", script, url});
    const auto at = said.find("tps = ");
    if (at == said.npos) throw std::runtime_error("pgbench did not say how fast it was: " + said);
    return std::stod(said.substr(at + 6));
}

void Measure(const Options& options) {
    const Cluster cluster;
    if (Query(cluster.url(), "SHOW fsync") != "on" ||
        Query(cluster.url(), "SHOW synchronous_commit") != "on")
        throw std::runtime_error(
            "OSTIARY_TEST_POSTGRES does not sync: nothing would be shown by it");
    const Database database(cluster.url());
    const TempFolder folder;
    Config config = ConfigIn(folder.path());
    config.database = database.url();
    Installation ours(config);
    ours.AddCode(kOurCode);
    ours.AddCode(kTheirCode);
    WriteWhole(folder / "script",
               Script(ours.vault.Hash(Purpose::kCode, kTheirCode), ours.clock.Now()));

    const Actor application = SomeApplication();
    const Pair rates = InTurns(
        options.rounds(),
        [&] {
            const Rate rate = CallFrom(kCallers, options.time(), [&](std::uint64_t number) {
                RedeemOnce(ours, application, kOurCode, number);
            });
            Note("ours: " + rate.ToText());
            return rate.per_second;
        },
        [&] { return Pgbench(database.url(), folder / "script", options.time()); });
    PrintRatio("redemptions, one hot code, PostgreSQL", rates.ours, rates.theirs, 10);
}

}  // namespace
}  // namespace ostiary::bench

int main(int argc, char** argv) {
    return ostiary::bench::Main(argc, argv, ostiary::bench::Measure);
}
