#include "store/migrate.h"

#include <filesystem>
#include <iterator>

#include "sql.h"

namespace ostiary {
namespace {

struct Applied {
    int number;
    std::string name, checksum;
};

std::vector<Applied> ReadApplied(Connection& db) {
    std::vector<Applied> applied;
    db.Run(sql::kAppliedMigrations, {}, [&](const Row& row) {
        applied.push_back(
            {static_cast<int>(row.Int(0)), std::string(row.Text(1)), std::string(row.Text(2))});
    });
    return applied;
}

const Migration& Newest() { return std::end(sql::kMigrations)[-1]; }

void RefuseWhatIsNotOurs(const std::vector<Applied>& applied) {
    for (const Applied& one : applied) {
        if (one.number > Newest().number)
            throw StoreFailure("this database was made by a newer program (its layout is " +
                               one.name + ", this program knows " + std::string(Newest().name) +
                               "); run that program, or a newer one");
        for (const Migration& known : sql::kMigrations)
            if (known.number == one.number && known.checksum != one.checksum)
                throw StoreFailure("the migration " + one.name +
                                   " is not the one this database was made with; " +
                                   "use a released program");
    }
}

bool IsApplied(const std::vector<Applied>& applied, const Migration& migration) {
    for (const Applied& one : applied)
        if (one.number == migration.number) return true;
    return false;
}

// Applies the first that is pending, under a lock that lets one program at a time; nothing if there
// is none.
std::string ApplyNext(Connection& db, Millis now) {
    std::string name;
    db.RunScript(db.begin());
    try {
        if (db.dialect() == Dialect::kPostgres) db.Run(sql::kLockSchema, {});
        db.Run(sql::kCreateSchemaTable, {});
        const auto applied = ReadApplied(db);
        RefuseWhatIsNotOurs(applied);
        for (const Migration& migration : sql::kMigrations) {
            if (IsApplied(applied, migration)) continue;
            db.RunScript(migration.For(db.dialect()));
            db.Run(sql::kRecordMigration,
                   {migration.number, migration.name, migration.checksum, now});
            name = migration.name;
            break;
        }
        db.RunScript("COMMIT");
    } catch (...) {
        if (db.alive() && db.transaction() != TransactionState::kNone) db.RunScript("ROLLBACK");
        throw;
    }
    return name;
}

bool IsThere(const Config& config) {
    return config.UsesPostgres() || std::filesystem::exists(config.DatabaseUrl());
}

}  // namespace

std::unique_ptr<Connection> OpenConnection(const Config& config, OpenFor access) {
    if (!config.UsesPostgres()) return OpenSqlite(config.DatabaseUrl(), access);
    return OpenPostgres(config.DatabaseUrl(), access,
                        config.prepared_statements ? Prepared::kNamed : Prepared::kUnnamed);
}

SchemaState InspectSchema(const Config& config) {
    SchemaState state;
    state.program = Newest().number;
    std::vector<Applied> applied;
    if (IsThere(config)) {
        const auto db = OpenConnection(config, OpenFor::kRead);
        if (db->Run(sql::kSchemaTableExists, {}) > 0) applied = ReadApplied(*db);
    }
    for (const Applied& one : applied) {
        state.applied.push_back(one.name);
        state.database = std::max(state.database, one.number);
    }
    for (const Migration& migration : sql::kMigrations)
        if (!IsApplied(applied, migration)) state.pending.emplace_back(migration.name);
    state.too_new = state.database > state.program;
    return state;
}

std::vector<std::string> MigrateAt(Connection& db, const Clock& clock) {
    std::vector<std::string> names;
    for (std::string name = ApplyNext(db, clock.Now()); !name.empty();
         name = ApplyNext(db, clock.Now()))
        names.push_back(name);
    return names;
}

std::vector<std::string> Migrate(const Config& config, const Clock& clock) {
    const auto db = OpenConnection(config, OpenFor::kWrite);
    return MigrateAt(*db, clock);
}

}  // namespace ostiary
