#pragma once

// What a plain program would do: one transaction for each redemption, on the very same tables. It
// has the store's own settings, so that what differs is how redemptions are put together.

#include <sqlite3.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "support/callers.h"
#include "util/vault.h"

namespace ostiary::bench {

class PlainSqlite {
public:
    PlainSqlite(const std::string& path, const Vault&);
    ~PlainSqlite();
    PlainSqlite(const PlainSqlite&) = delete;

    // Commits before it returns; throws if the code gave nothing.
    void Redeem(std::string_view normalized, std::uint64_t number);

    // As fast as one thread can, each with the code that `pick` names.
    Rate Measure(std::chrono::milliseconds, const std::function<std::string(std::uint64_t)>& pick);

private:
    void Run(const char* script);
    void Step(sqlite3_stmt*);  // to its end

    const Vault& vault_;
    sqlite3* db_ = nullptr;
    sqlite3_stmt *begin_ = nullptr, *find_ = nullptr, *take_ = nullptr, *redeem_ = nullptr,
                 *remember_ = nullptr, *commit_ = nullptr;
};

}  // namespace ostiary::bench
