#include "support/many_codes.h"

#include <sqlite3.h>

#include <stdexcept>
#include <vector>

#include "support/installation.h"

namespace ostiary::bench {
namespace {

constexpr std::string_view kLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

class Filling {
public:
    Filling(const std::string& path, const Vault& vault) : vault_(vault) {
        if (sqlite3_open(path.c_str(), &db_) != SQLITE_OK) Fail();
        Run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1048576;"
            "PRAGMA temp_store = MEMORY;");
    }
    ~Filling() { sqlite3_close(db_); }
    Filling(const Filling&) = delete;

    // Indexes are made afterwards, sorted: a million insertions into them in disorder take far
    // longer. Nobody will search these codes, so the triggers for it wait as well.
    void CopyFirstCode(std::uint64_t count) {
        constexpr const char* kOfCode =
            "FROM sqlite_master WHERE type IN ('index', 'trigger') AND tbl_name = 'code' AND sql "
            "IS NOT NULL";
        const auto made = Texts(std::string("SELECT sql ") + kOfCode);
        for (const std::string& name : Texts(std::string("SELECT type || ' ' || name ") + kOfCode))
            Run("DROP " + name);
        Run("BEGIN");
        CopyRows(count);
        for (const std::string& one : made) Run(one);
        Run("COMMIT; PRAGMA journal_mode = WAL;");
    }

private:
    void CopyRows(std::uint64_t count) {
        std::string columns;
        for (const std::string& column :
             Texts("SELECT name FROM pragma_table_info('code') WHERE name NOT IN "
                   "('id', 'code_hash', 'token_hash', 'sealed')"))
            columns += ", " + column;
        sqlite3_stmt* copy = nullptr;
        const std::string text = "INSERT INTO code (code_hash, token_hash, sealed" + columns +
                                 ") SELECT ?1, ?2, ?3" + columns + " FROM code WHERE id = 1";
        if (sqlite3_prepare_v2(db_, text.c_str(), -1, &copy, nullptr) != SQLITE_OK) Fail();
        SystemRandom random;
        for (std::uint64_t n = 1; n < count; ++n) {
            const std::string code = CodeNumbered(n), token = RandomToken(random, 16);
            const std::string secrets[] = {vault_.Hash(Purpose::kCode, code),
                                           vault_.Hash(Purpose::kLink, token),
                                           vault_.Seal(random, code + "\n" + token)};
            for (int i = 0; i < 3; ++i)
                sqlite3_bind_text(copy, i + 1, secrets[i].data(),
                                  static_cast<int>(secrets[i].size()), SQLITE_STATIC);
            if (sqlite3_step(copy) != SQLITE_DONE) Fail();
            sqlite3_reset(copy);
        }
        sqlite3_finalize(copy);
    }

    std::vector<std::string> Texts(const std::string& query) {
        std::vector<std::string> texts;
        const auto read = [](void* into, int, char** values, char**) {
            static_cast<std::vector<std::string>*>(into)->emplace_back(values[0]);
            return 0;
        };
        if (sqlite3_exec(db_, query.c_str(), read, &texts, nullptr) != SQLITE_OK) Fail();
        return texts;
    }

    void Run(const std::string& script) {
        if (sqlite3_exec(db_, script.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) Fail();
    }

    [[noreturn]] void Fail() { throw std::runtime_error(sqlite3_errmsg(db_)); }

    const Vault& vault_;
    sqlite3* db_ = nullptr;
};

}  // namespace

std::string CodeNumbered(std::uint64_t n) {
    // Odd, so that no two numbers below 2^40 become the same.
    std::uint64_t bits = n * 0x9E3779B97F4A7C15 + 0x1234567;
    std::string code(8, '0');
    for (char& letter : code) {
        letter = kLetters[bits & 31];
        bits >>= 5;
    }
    return code;
}

std::string SomeCode(std::uint64_t number, std::uint64_t count) {
    std::uint64_t bits = number + 0x9E3779B97F4A7C15;  // splitmix64
    bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
    bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
    return CodeNumbered((bits ^ (bits >> 31)) % count);
}

void FillWithCodes(const std::string& folder, std::uint64_t count) {
    const auto vault = [&] {
        Installation installation(folder);
        installation.AddCode(CodeNumbered(0));
        return installation.vault;
    }();
    Filling(DatabaseIn(folder), vault).CopyFirstCode(count);
}

}  // namespace ostiary::bench
