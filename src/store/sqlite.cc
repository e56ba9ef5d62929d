#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <boost/json.hpp>
#include <filesystem>
#include <thread>

#include "store/checkpoints.h"
#include "store/connection.h"

namespace ostiary {
namespace {

constexpr int kBusyTimeoutMs = 10'000;
constexpr int kTriesToSetUp = 50;

// WAL: readers never wait for the writer. FULL: a commit that was answered survives a power cut.
// A longer log would be copied more rarely, and its copying would hold up some commit for longer:
// at a million codes 4,000 pages give no more redemptions a second, and twice the p99.
constexpr const char* kWriterSettings =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA "
    "temp_store = MEMORY;"
    "PRAGMA cache_size = -65536; PRAGMA journal_size_limit = "
    "67108864;";
constexpr const char* kReaderSettings =
    "PRAGMA query_only = ON; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA "
    "cache_size = -8192;";

StoreTrouble TroubleOf(int extended) {
    switch (extended) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID: return StoreTrouble::kUnique;
        default: break;
    }
    switch (extended & 0xFF) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return StoreTrouble::kAgain;
        case SQLITE_CONSTRAINT: return StoreTrouble::kConstraint;
        default: return StoreTrouble::kOther;
    }
}

struct SqliteRow final : Row {
    explicit SqliteRow(sqlite3_stmt* statement_) : statement(statement_) {}
    bool IsNull(int column) const override {
        return sqlite3_column_type(statement, column) == SQLITE_NULL;
    }
    std::int64_t Int(int column) const override { return sqlite3_column_int64(statement, column); }
    std::string_view Text(int column) const override {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
        return text ? std::string_view(
                          text, static_cast<std::size_t>(sqlite3_column_bytes(statement, column)))
                    : std::string_view();
    }
    sqlite3_stmt* statement;
};

struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

// Left running, a statement would keep its snapshot, and a RETURNING its lock.
struct ResetAtEnd {
    explicit ResetAtEnd(sqlite3_stmt* statement_) : statement(statement_) {}
    ~ResetAtEnd() { sqlite3_reset(statement); }
    ResetAtEnd(const ResetAtEnd&) = delete;
    sqlite3_stmt* statement;
};

class Sqlite final : public Connection {
public:
    Sqlite(const std::string& path, OpenFor access) {
        // Its counting of every allocation is a lock that all threads share.
        [[maybe_unused]] static const int once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
        if (access == OpenFor::kWrite) flags |= SQLITE_OPEN_CREATE;
        const int code = sqlite3_open_v2(path.c_str(), &db_, flags, nullptr);
        if (code != SQLITE_OK) {
            const std::string why = db_ ? sqlite3_errmsg(db_) : "out of memory";
            sqlite3_close(db_);
            throw StoreFailure("cannot open the database " + path + ": " + why);
        }
        sqlite3_busy_timeout(db_, kBusyTimeoutMs);
        try {
            SetUp(access == OpenFor::kWrite ? kWriterSettings : kReaderSettings);
            if (access == OpenFor::kWrite) sqlite3_wal_hook(db_, AfterCommit, &checkpoints_);
        } catch (...) {
            sqlite3_close(db_);
            throw;
        }
    }
    ~Sqlite() override {
        prepared_.clear();
        sqlite3_close(db_);
    }
    Sqlite(const Sqlite&) = delete;

    using Connection::Run;

    Dialect dialect() const override { return Dialect::kSqlite; }
    std::string_view begin() const override { return "BEGIN IMMEDIATE"; }
    bool alive() const override { return true; }
    TransactionState transaction() const override {
        return sqlite3_get_autocommit(db_) ? TransactionState::kNone : TransactionState::kOpen;
    }

    void RunScript(std::string_view script) override {
        Check(sqlite3_exec(db_, std::string(script).c_str(), nullptr, nullptr, nullptr));
    }

    void RunAndCommit(const Statement& statement, std::initializer_list<Value> values) override {
        Run(statement, values);
        RunScript("COMMIT");
    }

    void Prepare(const Statement& statement) override { PreparedFor(statement); }

    std::int64_t Run(const Statement& statement, std::span<const Value> values,
                     EachRow each) override {
        if (statement.index < 0) {
            const Ready once = MakeReady(statement);
            return Step(once, values, each);
        }
        return Step(PreparedFor(statement), values, each);
    }

private:
    static constexpr std::size_t kMostParameters = 32;

    struct Ready {
        std::unique_ptr<sqlite3_stmt, Finalize> statement;
        std::array<std::uint8_t, kMostParameters> place{};  // of $1, $2, …
        int parameters = 0;
        bool gives_rows = false;
    };

    // What readers still need stays in the log, and is carried over the next time.
    static int AfterCommit(void* checkpoints, sqlite3* db, const char* name, int pages) {
        if (static_cast<Checkpoints*>(checkpoints)->IsDue(pages))
            sqlite3_wal_checkpoint_v2(db, name, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
        return SQLITE_OK;
    }

    // Switching to WAL needs the file for itself for a moment, and does not wait for it.
    void SetUp(const char* settings) {
        for (int attempt = 1;; ++attempt) try {
                return RunScript(settings);
            } catch (const StoreFailure& failure) {
                if (failure.trouble != StoreTrouble::kAgain || attempt == kTriesToSetUp) throw;
                std::this_thread::sleep_for(std::chrono::milliseconds(20));
            }
    }

    const Ready& PreparedFor(const Statement& statement) {
        const auto index = static_cast<std::size_t>(statement.index);
        if (prepared_.size() <= index) prepared_.resize(NamedStatements().size());
        if (!prepared_[index].statement) prepared_[index] = MakeReady(statement);
        return prepared_[index];
    }

    Ready MakeReady(const Statement& statement) {
        const std::string_view text = statement.sqlite;
        Ready ready;
        sqlite3_stmt* raw = nullptr;
        Check(sqlite3_prepare_v3(db_, text.data(), static_cast<int>(text.size()),
                                 statement.index < 0 ? 0 : SQLITE_PREPARE_PERSISTENT, &raw,
                                 nullptr));
        if (!raw) throw StoreFailure("SQLite has no statement " + std::string(statement.name));
        ready.statement.reset(raw);
        ready.parameters = sqlite3_bind_parameter_count(raw);
        ready.gives_rows = sqlite3_column_count(raw) > 0;
        if (ready.parameters > static_cast<int>(kMostParameters))
            throw StoreFailure("too many parameters");
        for (int n = 1; n <= ready.parameters; ++n) {
            // "$2" is a name to SQLite, numbered by first appearance: ask where it went.
            const int place = sqlite3_bind_parameter_index(raw, ("$" + std::to_string(n)).c_str());
            if (place == 0)
                throw StoreFailure(std::string(statement.name) + " leaves out $" +
                                   std::to_string(n));
            ready.place[static_cast<std::size_t>(n - 1)] = static_cast<std::uint8_t>(place);
        }
        NoteRun(statement, Dialect::kSqlite);
        return ready;
    }

    std::int64_t Step(const Ready& ready, std::span<const Value> values, EachRow each) {
        sqlite3_stmt* statement = ready.statement.get();
        if (static_cast<int>(values.size()) != ready.parameters)
            throw StoreFailure(std::string("wrong number of values for ") + sqlite3_sql(statement));
        const ResetAtEnd reset(statement);
        for (std::size_t i = 0; i < values.size(); ++i)
            Check(Bind(statement, ready.place[i], values[i]));
        const SqliteRow row(statement);
        std::int64_t rows = 0;
        int step = 0;
        while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
            ++rows;
            each(row);
        }
        if (step != SQLITE_DONE) Check(step);
        return ready.gives_rows ? rows : sqlite3_changes64(db_);
    }

    static int Bind(sqlite3_stmt* statement, int place, const Value& value) {
        switch (value.kind()) {
            case Value::Kind::kNull: return sqlite3_bind_null(statement, place);
            case Value::Kind::kInt: return sqlite3_bind_int64(statement, place, value.number());
            case Value::Kind::kText: return BindText(statement, place, value.text(), SQLITE_STATIC);
            case Value::Kind::kInts: {
                std::string json = "[";
                for (const std::int64_t number : value.ints())
                    (json += std::to_string(number)) += ',';
                if (json.size() > 1) json.pop_back();
                return BindText(statement, place, json + "]", SQLITE_TRANSIENT);
            }
            case Value::Kind::kTexts: {
                boost::json::array array;
                for (const std::string_view text : value.texts())
                    array.emplace_back(boost::json::string_view(text));
                return BindText(statement, place, boost::json::serialize(array), SQLITE_TRANSIENT);
            }
        }
        return SQLITE_MISUSE;
    }

    static int BindText(sqlite3_stmt* statement, int place, std::string_view text,
                        sqlite3_destructor_type keep) {
        // A null pointer would bind NULL where an empty text was meant.
        return sqlite3_bind_text64(statement, place, text.data() ? text.data() : "", text.size(),
                                   keep, SQLITE_UTF8);
    }

    void Check(int code) {
        if (code == SQLITE_OK) return;
        throw StoreFailure(TroubleOf(code),
                           std::string("the database says: ") + sqlite3_errmsg(db_));
    }

    sqlite3* db_ = nullptr;
    Checkpoints checkpoints_;
    std::vector<Ready> prepared_;
};

}  // namespace

std::unique_ptr<Connection> OpenSqlite(const std::string& path, OpenFor access) {
    if (access == OpenFor::kWrite) {
        const auto folder = std::filesystem::path(path).parent_path();
        std::error_code ignored;
        if (!folder.empty() && std::filesystem::create_directories(folder, ignored))
            chmod(folder.c_str(), S_IRWXU);
        // For nobody else's eyes. Only where there is none: closing a file that SQLite has open
        // drops its locks.
        const int file =
            open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, S_IRUSR | S_IWUSR);
        if (file >= 0) close(file);
    }
    return std::make_unique<Sqlite>(path, access);
}

}  // namespace ostiary
