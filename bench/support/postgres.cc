#include "support/postgres.h"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <stdlib.h>
#include <unistd.h>

#include <atomic>
#include <memory>
#include <stdexcept>

#include "support/process.h"
#include "support/table.h"
#include "util/text.h"

namespace ostiary::bench {
namespace {

constexpr const char* kScript = OSTIARY_SOURCE_DIR "/tests/support/postgres.sh";

}  // namespace

Cluster::Cluster() {
    const char* given = std::getenv("OSTIARY_TEST_POSTGRES");
    url_ = given ? given : Start();
}

Cluster::~Cluster() {
    if (!folder_.empty()) Process({kScript, "stop", folder_}, {}, "/dev/null").Wait();
}

std::string Cluster::Start() {
    folder_ = "/var/tmp/ostiary-bench-postgres.XXXXXX";
    if (mkdtemp(folder_.data()) == nullptr) throw std::runtime_error("cannot make a folder");
    return std::string(Trim(OutputOf({kScript, "start", folder_, "durable"})));
}

Database::Database(std::string cluster) : cluster_(std::move(cluster)) {
    static std::atomic<int> count = 0;
    name_ = fmt::format("ostiary_bench_{}_{}", getpid(), ++count);
    Query(cluster_, "CREATE DATABASE " + name_);
}

Database::~Database() {
    try {
        Query(cluster_, "DROP DATABASE " + name_ + " WITH (FORCE)");
    } catch (const std::exception& failure) {
        Note(failure.what());
    }
}

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

}  // namespace ostiary::bench
