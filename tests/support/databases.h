#pragma once

// A fresh database for one test: a SQLite file of its own, or a schema of its own on the PostgreSQL
// that OSTIARY_TEST_POSTGRES names (./dev test starts one). Without one the PostgreSQL half fails
// rather than pass unseen; OSTIARY_TEST_POSTGRES=skip leaves it out on purpose.

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "util/config.h"

namespace ostiary {

enum class DatabaseKind : std::uint8_t { kSqlite, kPostgres };

// What a parameterised suite runs on.
std::vector<DatabaseKind> EveryDatabase();
inline const std::vector<DatabaseKind> kEveryDatabase = EveryDatabase();
std::string NameOfDatabase(const testing::TestParamInfo<DatabaseKind>&);

class Database {
public:
    explicit Database(DatabaseKind);
    ~Database();  // everything is gone
    Database(const Database&) = delete;

    DatabaseKind kind() const { return kind_; }
    const std::string& url() const { return url_; }
    Config config() const;  // that opens it

    // Past the store: SQL of the test's own.
    void Execute(std::string_view script) const;
    std::int64_t Number(std::string_view query) const;             // first column of the first row
    std::vector<std::string> Texts(std::string_view query) const;  // first column of every row

    // Every byte it keeps, as a thief would read it.
    std::string Bytes() const;

    // Breaks every connection to it, as a fail-over does (PostgreSQL).
    void CutConnections() const;

private:
    const DatabaseKind kind_;
    std::string folder_;  // SQLite
    std::string schema_;  // PostgreSQL
    std::string url_;
};

}  // namespace ostiary
