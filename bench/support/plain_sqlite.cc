#include "support/plain_sqlite.h"

#include <stdexcept>

#include "support/installation.h"

namespace ostiary::bench {
namespace {

constexpr const char* kSettings =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
    "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 1000;";

constexpr const char* kFind = "SELECT id FROM code WHERE code_hash = ?1 AND deleted_at IS NULL";

// sql/codes.sql's TakeUses, for one. RETURNING would be shorter, and slower.
constexpr const char* kTake = R"sql(
UPDATE code
   SET used_count = used_count + 1, last_taken = 1, last_used_at = ?2
 WHERE id = ?1 AND deleted_at IS NULL AND approval = 0 AND deactivated_at IS NULL
   AND (starts_at IS NULL OR starts_at <= ?2)
   AND (expires_at IS NULL OR expires_at > ?2)
   AND (max_uses IS NULL OR used_count < max_uses)
)sql";

constexpr const char* kRedeem = R"sql(
INSERT INTO redemption (code_id, redeemed_at, application, subject, role, task_group)
VALUES (?1, ?2, ?3, ?4, 'staff', 'general')
)sql";

constexpr const char* kRemember = R"sql(
INSERT INTO event (at, kind, code_id, actor_id, actor_name, subject_id, subject_name, door, address,
                   request_id)
VALUES (?2, 'code.redeemed', ?1, ?3, 'application', ?4, 'Summer crew', 'api', '127.0.0.1',
        '0123456789abcdef')
)sql";

void BindText(sqlite3_stmt* statement, int place, const std::string& text) {
    sqlite3_bind_text(statement, place, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
}

}  // namespace

PlainSqlite::PlainSqlite(const std::string& path, const Vault& vault) : vault_(vault) {
    if (sqlite3_open_v2(path.c_str(), &db_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr) !=
        0)
        throw std::runtime_error("cannot open " + path);
    Run(kSettings);
    const auto prepare = [this](const char* text, sqlite3_stmt*& statement) {
        if (sqlite3_prepare_v3(db_, text, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != 0)
            throw std::runtime_error(sqlite3_errmsg(db_));
    };
    prepare("BEGIN IMMEDIATE", begin_);
    prepare(kFind, find_);
    prepare(kTake, take_);
    prepare(kRedeem, redeem_);
    prepare(kRemember, remember_);
    prepare("COMMIT", commit_);
}

PlainSqlite::~PlainSqlite() {
    for (sqlite3_stmt* statement : {begin_, find_, take_, redeem_, remember_, commit_})
        sqlite3_finalize(statement);
    sqlite3_close(db_);
}

void PlainSqlite::Redeem(std::string_view normalized, std::uint64_t number) {
    static const Actor application = SomeApplication();
    const std::string hash = vault_.Hash(Purpose::kCode, normalized), subject = SubjectOf(number);
    const Millis now = SystemClock().Now();
    Step(begin_);
    BindText(find_, 1, hash);
    if (sqlite3_step(find_) != SQLITE_ROW) throw std::runtime_error("there is no such code");
    const std::int64_t code = sqlite3_column_int64(find_, 0);
    sqlite3_reset(find_);
    sqlite3_bind_int64(take_, 1, code);
    sqlite3_bind_int64(take_, 2, now);
    Step(take_);
    if (sqlite3_changes(db_) != 1) throw std::runtime_error("the code gave nothing");
    for (sqlite3_stmt* statement : {redeem_, remember_}) {
        sqlite3_bind_int64(statement, 1, code);
        sqlite3_bind_int64(statement, 2, now);
        BindText(statement, 3, application.account_id);
        BindText(statement, 4, subject);
        Step(statement);
    }
    Step(commit_);
}

Rate PlainSqlite::Measure(std::chrono::milliseconds time,
                          const std::function<std::string(std::uint64_t)>& pick) {
    return CallFrom(1, time, [&](std::uint64_t number) { Redeem(pick(number), number); });
}

void PlainSqlite::Run(const char* script) {
    if (sqlite3_exec(db_, script, nullptr, nullptr, nullptr) != SQLITE_OK)
        throw std::runtime_error(sqlite3_errmsg(db_));
}

void PlainSqlite::Step(sqlite3_stmt* statement) {
    const int got = sqlite3_step(statement);
    sqlite3_reset(statement);
    if (got != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(db_));
}

}  // namespace ostiary::bench
