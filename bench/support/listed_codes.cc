#include "support/listed_codes.h"

#include <fmt/format.h>

#include <array>
#include <random>

#include "store/connection.h"
#include "store/migrate.h"
#include "support/many_codes.h"
#include "support/table.h"

namespace ostiary::bench {
namespace {

constexpr std::array kRoles = {"staff", "manager", "admin", "viewer"};
constexpr std::array kGroups = {"general", "cleaning", "maintenance", "laundry", "lawn_pool"};
constexpr std::array kWords = {"summer",  "crew",   "pilots", "harbour", "night", "shift",
                               "welcome", "spring", "garden", "hangar",  "guest", "autumn"};
constexpr std::uint64_t kCreators = 20;

std::string CreatorNumbered(std::uint64_t n) { return fmt::format("creator{:02}", n); }

Account MakeCreator(const std::string& name) {
    Account account;
    account.id = "account-" + name;
    account.username = account.username_key = name;
    account.email = account.email_key = name + "@example.org";
    account.role = "manager";
    account.task_group = "cleaning";
    account.joined_at = 1;
    return account;
}

Code MakeOriginal(std::uint64_t n, Millis now, std::mt19937_64& draw) {
    const auto word = [&] { return std::string(kWords[draw() % kWords.size()]); };
    Code code;
    code.code = code.shown = CodeNumbered(n);
    code.token = fmt::format("token-of-listed-code-{:08}", n);
    code.role = kRoles[draw() % kRoles.size()];
    code.task_group = kGroups[draw() % kGroups.size()];
    code.created_by = CreatorNumbered(draw() % kCreators);
    code.created_by_id = "account-" + code.created_by;
    code.label = word() + " " + word() + " " + std::to_string(draw() % 1000);
    code.notes = "for the " + word() + " of the " + word();
    if (draw() % 3 == 0) code.email = fmt::format("{}{}@example.org", word(), draw() % 10000);
    if (draw() % 4 == 0) code.tags = {word()};
    code.approved_by = "console:bench";
    code.created_at = code.updated_at = now - static_cast<Millis>(draw() % 90) * kDay;
    if (draw() % 20 == 0) code.approval = Approval::kPending;
    if (draw() % 10 == 0) code.deactivated_at = code.created_at;
    if (draw() % 20 == 0) code.starts_at = now + kDay;
    if (draw() % 2) code.expires_at = now + static_cast<Millis>(draw() % 120) * kDay - 29 * kDay;
    if (draw() % 2) code.max_uses = 1 + static_cast<std::int64_t>(draw() % 20);
    code.used_count = static_cast<std::int64_t>(
        draw() % (code.max_uses ? static_cast<std::uint64_t>(*code.max_uses) + 1 : 50));
    if (code.used_count > 0) code.last_used_at = now - static_cast<Millis>(draw() % 1000) * kHour;
    return code;
}

void MakeOriginals(const Config& config) {
    Installation house(config);
    std::mt19937_64 draw(1);
    const auto made = house.store->Transact([&](Work& work) -> Result<void> {
        for (std::uint64_t n = 0; n < kCreators; ++n)
            TRY(work.accounts.Add(MakeCreator(CreatorNumbered(n))));
        for (std::uint64_t n = 0; n < kOriginals; ++n)
            TRY(work.codes.Add(MakeOriginal(n, house.clock.Now(), draw)));
        return {};
    });
    if (!made.ok()) throw std::runtime_error("refused: " + made.error().reason);
}

// Every code once more in each copy, another label and other moments, and fragments of a code of
// its own.
constexpr std::string_view kCopies = R"(
WITH RECURSIVE copies (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n < $COPIES)
INSERT INTO code (id, used_count, max_uses, starts_at, expires_at, deactivated_at, last_used_at,
                  approval, version, created_at, updated_at, code_hash, token_hash, sealed, role,
                  task_group, email, name, label, created_by_id, created_by, approved_by, tags,
                  search_key, notes)
SELECT c.id + n * 1000, c.used_count, c.max_uses, c.starts_at, c.expires_at + n * 977,
       c.deactivated_at, c.last_used_at - n * 991, c.approval, c.version, c.created_at,
       c.updated_at, c.code_hash || '-' || n, c.token_hash || '-' || n, c.sealed, c.role,
       c.task_group, c.email, c.name, c.label || ' ' || n, c.created_by_id, c.created_by,
       c.approved_by, c.tags, c.search_key || ' ' || n, c.notes
  FROM copies CROSS JOIN code c WHERE c.id <= 1000 ORDER BY n, c.id;
WITH RECURSIVE copies (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n < $COPIES)
INSERT INTO code_fragment (hash, code_id)
SELECT (f.hash + 2147483648 + n * 2654435761) % 4294967296 - 2147483648, f.code_id + n * 1000
  FROM copies CROSS JOIN code_fragment f WHERE f.code_id <= 1000 ORDER BY 1, 2;
WITH RECURSIVE copies (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n < $COPIES)
INSERT INTO code_tag (tag, code_id)
SELECT t.tag, t.code_id + n * 1000
  FROM copies CROSS JOIN code_tag t WHERE t.code_id <= 1000 ORDER BY 1, 2;
INSERT INTO unsettled_code (code_id) SELECT id FROM code WHERE id > 1000 ORDER BY id;
)";

std::string CopiesScript(std::uint64_t copies) {
    std::string script(kCopies);
    for (auto at = script.find("$COPIES"); at != script.npos; at = script.find("$COPIES"))
        script.replace(at, 7, std::to_string(copies));
    return script;
}

std::string TextOf(Connection& db, std::string_view query) {
    const Statement statement{-1, "bench", query, query};
    std::string text;
    db.Run(statement, {}, [&](const Row& row) { text = row.Text(0); });
    return text;
}

// The index for searching is made afterwards, in one go.
void CopyOnSqlite(Connection& db, std::uint64_t copies) {
    const std::string trigger =
        TextOf(db, "SELECT sql FROM sqlite_master WHERE name = 'code_search_added'");
    db.RunScript("BEGIN IMMEDIATE; DROP TRIGGER code_search_added;");
    db.RunScript(CopiesScript(copies));
    db.RunScript("INSERT INTO code_search (code_search) VALUES ('rebuild')");
    db.RunScript(trigger);
    db.RunScript("COMMIT");
}

void CopyOnPostgres(Connection& db, std::uint64_t copies) {
    const std::string index =
        TextOf(db, "SELECT CAST(pg_get_indexdef('code_search'::regclass) AS TEXT)");
    db.RunScript("DROP INDEX code_search");
    db.RunScript("SET session_replication_role = replica");  // keys that need no checking
    db.RunScript(CopiesScript(copies));
    db.RunScript("SELECT setval(pg_get_serial_sequence('code', 'id'), (SELECT max(id) FROM code))");
    db.RunScript("SET maintenance_work_mem = '512MB'");
    db.RunScript(index);
}

}  // namespace

void FillWithListedCodes(const Config& config, std::uint64_t count) {
    Note(fmt::format("making {} codes", count));
    MakeOriginals(config);
    if (count > kOriginals) {
        const auto db = OpenConnection(config, OpenFor::kWrite);
        const std::uint64_t copies = count / kOriginals - 1;
        if (db->dialect() == Dialect::kSqlite)
            CopyOnSqlite(*db, copies);
        else
            CopyOnPostgres(*db, copies);
    }
    Note("putting them on their shelves");
    { const Installation settled(config); }
    if (!config.UsesPostgres()) return;
    OpenConnection(config, OpenFor::kRead)->RunScript("VACUUM ANALYZE");
}

}  // namespace ostiary::bench
