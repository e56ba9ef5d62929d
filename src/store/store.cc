#include "store/store.h"

#include <thread>

#include "core/audit_verify.h"
#include "core/happenings.h"
#include "sql.h"
#include "store/codes_shelves.h"
#include "store/group_commit.h"
#include "store/peek_cache.h"
#include "store/ports.h"
#include "store/readers.h"

namespace ostiary {
namespace {

constexpr std::string_view kFingerprintFact = "vault_fingerprint", kLayoutFact = "layout";
constexpr Millis kOldMarker = 30 * kDay;
// SQLite readers are bound by the processor, but a slow one should not make the quick ones wait.
constexpr std::size_t kSqliteReaders = 16;
constexpr std::size_t kSettledAtOnce = 5000, kLinkedAtOnce = 10'000, kCountedAtOnce = 50'000;
constexpr std::chrono::milliseconds kBetweenLooks{20};

std::optional<CodeSummary> ReadSummary(Desk& desk, std::string_view normalized) {
    const std::string hash = desk.vault.Hash(Purpose::kCode, normalized);
    std::optional<CodeSummary> found;
    desk.Run(sql::kPeekCode, {hash}, [&](const Row& row) {
        Columns columns(row);
        CodeSummary& summary = found.emplace();
        summary.id = columns.Int();
        summary.role = columns.String();
        summary.task_group = columns.String();
        summary.email = columns.String();
        summary.name = columns.String();
        summary.max_uses = columns.MaybeInt();
        summary.used_count = columns.Int();
        summary.starts_at = columns.MaybeInt();
        summary.expires_at = columns.MaybeInt();
        summary.deactivated_at = columns.MaybeInt();
        summary.approval = static_cast<Approval>(columns.Int());
    });
    return found;
}

// A key file that was lost and made anew would find no code and open none: better not to start.
void RefuseAnotherKey(Connection& db, const Vault& vault) {
    db.Run(sql::kSettleFact, {kFingerprintFact, vault.Fingerprint()});
    std::string settled;
    db.Run(sql::kGetFact, {kFingerprintFact}, [&](const Row& row) { settled = row.Text(0); });
    if (settled != vault.Fingerprint())
        throw StoreFailure(
            "this database was sealed with another key; give back the key file it was made with");
}

// That a newer program took the database over is remembered, whichever command did it; a new
// database was taken over from nobody.
void RememberLayout(Connection& db, const Vault& vault, const Clock& clock, Random& random) {
    const std::string newest(std::end(sql::kMigrations)[-1].name);
    Desk desk(&db, vault, random, [] {});
    const auto facts = FactsAt(desk);
    if (facts->Get(kLayoutFact) == newest) return;
    db.RunScript(db.begin());
    if (db.dialect() == Dialect::kPostgres) db.Run(sql::kLockSchema, {});
    const std::string before = facts->Get(kLayoutFact).value_or("");
    const auto events = EventsAt(desk);
    if (before != newest && !events->Latest(1).empty()) {
        Event event;
        event.kind = EventKind::kDatabaseMigrated;
        event.at = clock.Now();
        event.origin.door = Door::kProgram;
        event.details = DifferenceDetails({{"layout", before, newest}});
        events->Append(event);
    }
    facts->Set(kLayoutFact, newest);
    db.RunScript("COMMIT");
}

// Before anybody lists or counts them: what was there before there were shelves and counters, and
// what a program that was killed has left over. Where another node settles codes, that is waited
// for.
void SettleAll(Connection& db, const Vault& vault, const Clock& clock, Random& random) {
    Desk desk(&db, vault, random, [] {});
    std::optional<std::size_t> settled = kSettledAtOnce;
    while (!settled || *settled == kSettledAtOnce) {
        if (!settled) std::this_thread::sleep_for(kBetweenLooks);
        db.RunScript(db.begin());
        settled = 0;
        if (IsAnyUnsettled(desk, clock.Now()))
            settled = SettleCodes(desk, clock.Now(), kSettledAtOnce);
        db.RunScript("COMMIT");
    }
    const auto audit = AuditTrailAt(desk);
    for (std::size_t linked = kLinkedAtOnce; linked == kLinkedAtOnce;) {
        db.RunScript(db.begin());
        linked = audit->CountUnlinked(1) > 0 ? audit->LinkUp(kLinkedAtOnce) : 0;
        db.RunScript("COMMIT");
    }
    const auto reports = ReportsAt(desk);
    for (std::size_t counted = kCountedAtOnce; counted == kCountedAtOnce;) {
        db.RunScript(db.begin());
        counted = reports->IsBehind() ? reports->CountUp(kCountedAtOnce) : 0;
        db.RunScript("COMMIT");
    }
}

class SqlStore final : public Store {
public:
    SqlStore(const Config& config, std::unique_ptr<Connection> db, const Vault& vault,
             const Clock& clock, Random& random, ClaimVerb decide, CommitTold told)
        : postgres_(config.UsesPostgres()),
          readers_([config] { return OpenConnection(config, OpenFor::kRead); },
                   postgres_ ? static_cast<std::size_t>(config.pool_size) : kSqliteReaders, vault,
                   random),
          writer_(
              std::make_unique<Writer>([config] { return OpenConnection(config, OpenFor::kWrite); },
                                       std::move(db), vault, random, clock, std::move(decide)),
              [this](const Touched& touched) { cache_.Forget(touched); },
              [this](Writer& writer) { LookForForeignCommits(writer); }, std::move(told)) {}

    Result<void> Transact(const Body& body) override { return writer_.Transact(body); }
    Result<Redemption> Redeem(const SubjectClaim& claim) override { return writer_.Redeem(claim); }
    void Redeem(SubjectClaim claim, std::function<void(ClaimOutcome)> done) override {
        writer_.Redeem(std::move(claim), std::move(done));
    }

    void Read(const std::function<void(Work&)>& body) override {
        readers_.With([&](Reader& reader) {
            const Snapshot snapshot(reader.db());
            body(reader.work());
        });
    }

    std::optional<CodeSummary> Peek(std::string_view normalized, Millis) override {
        const auto now = std::chrono::steady_clock::now();
        if (auto known = cache_.Get(normalized, now)) {
            AskForCheck(now);
            return *std::move(known);
        }
        const auto ticket = cache_.Begin(now);
        std::optional<CodeSummary> found;
        readers_.With([&](Reader& reader) { found = ReadSummary(reader.desk(), normalized); });
        cache_.Put(normalized, found, ticket);
        AskForCheck(now);
        return found;
    }

    void Ping() override {
        readers_.With([](Reader& reader) { reader.db().Run(sql::kPing, {}); });
    }

private:
    // On SQLite several reads see one moment.
    struct Snapshot {
        explicit Snapshot(Connection& db_) : db(db_) {
            if (db.dialect() == Dialect::kSqlite) db.Run(sql::kBeginReading, {});
        }
        ~Snapshot() {
            try {
                if (db.transaction() != TransactionState::kNone) db.Run(sql::kEndReading, {});
            } catch (const StoreFailure&) {
                // Still in a transaction, it will not be lent again.
            }
        }
        Snapshot(const Snapshot&) = delete;
        Connection& db;
    };

    // SQLite tells the writer's connection, and no other, of foreign commits alone: it does not
    // count its own.
    void AskForCheck(PeekCache::Moment now) {
        if (postgres_ || !cache_.NeedsCheck(now) || check_asked_.exchange(true)) return;
        writer_.Nudge();
    }

    void LookForForeignCommits(Writer& writer) {
        check_asked_ = false;
        const auto now = std::chrono::steady_clock::now();
        try {
            if (writer.SawForeignCommit()) cache_.ForgetAll();
            cache_.Confirm(now);
        } catch (const StoreFailure&) {
            // Unconfirmed, what is kept grows stale by itself.
        }
    }

    const bool postgres_;
    PeekCache cache_;
    std::atomic<bool> check_asked_{false};
    Readers readers_;
    GroupCommit writer_;  // ends first: it uses all of the above
};

}  // namespace

std::unique_ptr<Store> OpenStore(const Config& config, const Vault& vault, const Clock& clock,
                                 Random& random, ClaimVerb decide, CommitTold told) {
    auto db = OpenConnection(config, OpenFor::kWrite);
    MigrateAt(*db, clock);
    RefuseAnotherKey(*db, vault);
    RememberLayout(*db, vault, clock, random);
    SettleAll(*db, vault, clock, random);
    if (config.UsesPostgres()) db->Run(sql::kRemoveOldCommitMarkers, {clock.Now() - kOldMarker});
    return std::make_unique<SqlStore>(config, std::move(db), vault, clock, random,
                                      std::move(decide), std::move(told));
}

AuditStanding InspectAuditLog(const Config& config) {
    const auto db = OpenConnection(config, OpenFor::kRead);
    const Vault vault(Vault::Key{});  // to look where it stands no key is needed
    SystemRandom random;
    Desk desk(db.get(), vault, random, [] {});
    Ports ports(desk);
    return GetAuditStanding(config, ports.work());
}

std::vector<Miscount> FindMiscounts(const Config& config) {
    std::vector<Miscount> found;
    OpenConnection(config, OpenFor::kRead)->Run(sql::kMiscountedCodes, {}, [&](const Row& row) {
        found.push_back({row.Int(0), row.Int(1), row.Int(2)});
    });
    return found;
}

}  // namespace ostiary
