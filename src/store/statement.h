#pragma once

// What cmake/EmbedSql.cmake makes of sql/: statements and migrations, each in two dialects.

#include <cstdint>
#include <string_view>

namespace ostiary {

enum class Dialect : std::uint8_t { kSqlite, kPostgres };

constexpr bool WritesAnything(std::string_view text) {
    if (text.find("INSERT INTO ") != text.npos || text.find("DELETE FROM ") != text.npos)
        return true;
    for (auto at = text.find("UPDATE "); at != text.npos; at = text.find("UPDATE ", at + 1))
        if (at < 4 || text.substr(at - 4, 4) != "FOR ") return true;
    return false;
}

// A named statement. An empty text: that database has no such statement.
struct Statement {
    int index;  // dense over all statements, for caches; -1: not from sql/, never cached
    std::string_view name;
    std::string_view sqlite, postgres;
    bool writes;

    constexpr Statement(int index_, std::string_view name_, std::string_view sqlite_,
                        std::string_view postgres_)
        : index(index_),
          name(name_),
          sqlite(sqlite_),
          postgres(postgres_),
          writes(WritesAnything(sqlite_) || WritesAnything(postgres_)) {}

    constexpr std::string_view For(Dialect dialect) const {
        return dialect == Dialect::kSqlite ? sqlite : postgres;
    }
};

struct Migration {
    int number;
    std::string_view name;      // 0001_init
    std::string_view checksum;  // of the file
    std::string_view sqlite, postgres;

    constexpr std::string_view For(Dialect dialect) const {
        return dialect == Dialect::kSqlite ? sqlite : postgres;
    }
};

}  // namespace ostiary
