#include "support/databases.h"

#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "store/connection.h"

namespace ostiary {
namespace {

std::string PostgresUrl() {
    const char* url = std::getenv("OSTIARY_TEST_POSTGRES");
    return url ? url : "";
}

Statement AdHoc(std::string_view text) { return {-1, "of a test", text, text}; }

std::unique_ptr<Connection> OpenPostgresServer() {
    if (PostgresUrl().empty())
        throw std::runtime_error(
            "OSTIARY_TEST_POSTGRES names no PostgreSQL; ./dev test starts one, "
            "OSTIARY_TEST_POSTGRES=skip leaves it out");
    return OpenPostgres(PostgresUrl(), OpenFor::kRead, Prepared::kUnnamed);
}

// The schema in the URL, so that the program itself need not know of schemas.
std::string UrlOf(const std::string& schema) {
    const std::string url = PostgresUrl();
    return url + (url.find('?') == url.npos ? "?" : "&") + "application_name=" + schema +
           "&options=-csearch_path%3D" + schema;
}

}  // namespace

std::vector<DatabaseKind> EveryDatabase() {
    if (PostgresUrl() == "skip") return {DatabaseKind::kSqlite};
    return {DatabaseKind::kSqlite, DatabaseKind::kPostgres};
}

std::string NameOfDatabase(const testing::TestParamInfo<DatabaseKind>& info) {
    return info.param == DatabaseKind::kSqlite ? "Sqlite" : "Postgres";
}

Database::Database(DatabaseKind kind) : kind_(kind) {
    if (kind_ == DatabaseKind::kSqlite) {
        std::string path =
            (std::filesystem::temp_directory_path() / "ostiary-test-XXXXXX").string();
        if (!mkdtemp(path.data())) throw std::runtime_error("cannot make a folder for the test");
        folder_ = path;
        url_ = path + "/ostiary.db";
        return;
    }
    static std::atomic<int> count = 0;
    schema_ = "test_" + std::to_string(getpid()) + "_" + std::to_string(++count);
    OpenPostgresServer()->RunScript("DROP SCHEMA IF EXISTS " + schema_ +
                                    " CASCADE; CREATE SCHEMA " + schema_);
    url_ = UrlOf(schema_);
}

Database::~Database() {
    try {
        std::error_code ignored;
        if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
        if (!schema_.empty())
            OpenPostgresServer()->RunScript("DROP SCHEMA " + schema_ + " CASCADE");
    } catch (const std::exception& failure) {
        ADD_FAILURE() << "the test's database stays behind: " << failure.what();
    }
}

Config Database::config() const {
    Config config;
    config.database = url_;
    return config;
}

void Database::Execute(std::string_view script) const {
    if (kind_ == DatabaseKind::kSqlite)
        OpenSqlite(url_, OpenFor::kWrite)->RunScript(script);
    else
        OpenPostgres(url_, OpenFor::kRead, Prepared::kUnnamed)->RunScript(script);
}

std::int64_t Database::Number(std::string_view query) const {
    const auto db = kind_ == DatabaseKind::kSqlite
                        ? OpenSqlite(url_, OpenFor::kWrite)
                        : OpenPostgres(url_, OpenFor::kRead, Prepared::kUnnamed);
    std::int64_t number = -1;
    db->Run(AdHoc(query), {}, [&](const Row& row) { number = row.Int(0); });
    return number;
}

std::vector<std::string> Database::Texts(std::string_view query) const {
    const auto db = kind_ == DatabaseKind::kSqlite
                        ? OpenSqlite(url_, OpenFor::kWrite)
                        : OpenPostgres(url_, OpenFor::kRead, Prepared::kUnnamed);
    std::vector<std::string> texts;
    db->Run(AdHoc(query), {}, [&](const Row& row) { texts.emplace_back(row.Text(0)); });
    return texts;
}

std::string Database::Bytes() const {
    std::string bytes;
    if (kind_ == DatabaseKind::kSqlite) {
        for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
            std::ifstream file(entry.path(), std::ios::binary);
            bytes.append(std::istreambuf_iterator<char>(file), {});
        }
        return bytes;
    }
    const auto db = OpenPostgres(url_, OpenFor::kRead, Prepared::kUnnamed);
    std::vector<std::string> tables;
    db->Run(AdHoc("SELECT CAST(table_name AS TEXT) FROM information_schema.tables "
                  "WHERE table_schema = current_schema()"),
            {}, [&](const Row& row) { tables.emplace_back(row.Text(0)); });
    for (const std::string& table : tables)
        db->Run(AdHoc("SELECT CAST(t AS TEXT) FROM " + table + " t"), {},
                [&](const Row& row) { (bytes += row.Text(0)) += '\n'; });
    return bytes;
}

void Database::CutConnections() const {
    OpenPostgresServer()->Run(AdHoc("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                                    "WHERE application_name = $1"),
                              {schema_});
}

}  // namespace ostiary
