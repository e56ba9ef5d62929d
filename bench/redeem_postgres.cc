// One hot code on PostgreSQL, 64 callers: our grouping writer against pgbench, whose 64 clients run
// the same three statements in a plain transaction each, on the same tables. The server syncs.

#include <fmt/format.h>
#include <libpq-fe.h>

#include <memory>
#include <stdexcept>

#include "support/callers.h"
#include "support/installation.h"
#include "support/process.h"
#include "support/table.h"
#include "util/text.h"

namespace ostiary::bench {
namespace {

constexpr int kCallers = 64;
constexpr const char *kOurCode = "HTCD2345", *kTheirCode = "PGCD2345";

// The one that OSTIARY_TEST_POSTGRES names, or one of our own for as long as this lives.
class Cluster {
public:
    Cluster() {
        const char* given = std::getenv("OSTIARY_TEST_POSTGRES");
        url_ = given ? given : Start();
    }
    ~Cluster() {
        if (!folder_.empty()) Process({kScript, "stop", folder_}, {}, "/dev/null").Wait();
    }
    Cluster(const Cluster&) = delete;
    const std::string& url() const { return url_; }

private:
    static constexpr const char* kScript = OSTIARY_SOURCE_DIR "/tests/support/postgres.sh";

    std::string Start() {
        folder_ = "/var/tmp/ostiary-bench-postgres.XXXXXX";
        if (mkdtemp(folder_.data()) == nullptr) throw std::runtime_error("cannot make a folder");
        return std::string(Trim(OutputOf({kScript, "start", folder_, "durable"})));
    }

    std::string folder_, url_;
};

// One statement without an answer, or with one text.
std::string Query(const std::string& url, const std::string& text) {
    const std::unique_ptr<PGconn, decltype(&PQfinish)> db(PQconnectdb(url.c_str()), PQfinish);
    const std::unique_ptr<PGresult, decltype(&PQclear)> answer(PQexec(db.get(), text.c_str()),
                                                               PQclear);
    const auto status = PQresultStatus(answer.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        throw std::runtime_error(PQerrorMessage(db.get()));
    return status == PGRES_TUPLES_OK && PQntuples(answer.get()) > 0 ? PQgetvalue(answer.get(), 0, 0)
                                                                    : "";
}

// A database in the cluster for as long as this lives.
class Database {
public:
    explicit Database(std::string cluster) : cluster_(std::move(cluster)) {
        name_ = fmt::format("ostiary_bench_{}", getpid());
        Query(cluster_, "CREATE DATABASE " + name_);
    }
    ~Database() {
        try {
            Query(cluster_, "DROP DATABASE " + name_ + " WITH (FORCE)");
        } catch (const std::exception& failure) {
            Note(failure.what());
        }
    }
    Database(const Database&) = delete;
    std::string url() const { return cluster_.substr(0, cluster_.rfind('/') + 1) + name_; }

private:
    const std::string cluster_;
    std::string name_;
};

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
