#include "store/writer.h"

#include <chrono>
#include <stdexcept>
#include <thread>

#include "sql.h"

namespace ostiary {
namespace {

constexpr int kTries = 8;
constexpr int kLostTries = 3;
constexpr std::chrono::milliseconds kPatience{5000}, kPatienceWhileDown{250}, kFirstPause{20},
    kLongestPause{400};

// The work itself was fine, the moment was not.
bool IsWorthAnotherTry(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const StoreFailure& store) {
        return store.trouble == StoreTrouble::kAgain || store.trouble == StoreTrouble::kUnique ||
               store.trouble == StoreTrouble::kLost;
    } catch (...) {
        return false;
    }
}

// Thrown where one unit's trouble took the others' work along; each then runs alone.
struct GroupSpoiled {};

}  // namespace

Writer::Writer(Opener open, std::unique_ptr<Connection> db, const Vault& vault, Random& random,
               const Clock& clock, ClaimVerb decide)
    : open_(std::move(open)),
      db_(std::move(db)),
      clock_(clock),
      decide_(std::move(decide)),
      node_(NewUuid(random, clock.Now())),
      desk_(db_.get(), vault, random, [this] { BeforeWrite(); }),
      ports_(desk_) {
    SawForeignCommit();
}

void Writer::Run(Group& group) {
    const auto units = UnitsOf(group);
    for (int lost = 0; lost < kLostTries; ++lost) {
        switch (Attempt(units)) {
            case Outcome::kCommitted: return;
            case Outcome::kLost: continue;
            case Outcome::kUnknown: return FailAll(units, trouble_);
            case Outcome::kSpoiled: break;
        }
        if (units.size() == 1 && !IsWorthAnotherTry(trouble_)) return Fail(units[0], trouble_);
        for (const Unit& unit : units) RunAlone(unit);
        return;
    }
    FailAll(units, trouble_);
}

std::vector<Writer::Unit> Writer::UnitsOf(Group& group) {
    std::vector<Unit> units;
    if (!group.claims.empty()) units.push_back({&group, nullptr});
    for (Errand* errand : group.errands) units.push_back({&group, errand});
    return units;
}

void Writer::RunAlone(const Unit& unit) {
    for (int attempt = 1; attempt <= kTries; ++attempt) {
        const Outcome outcome = Attempt({&unit, 1});
        if (outcome == Outcome::kCommitted) return;
        if (outcome == Outcome::kUnknown || !IsWorthAnotherTry(trouble_)) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(attempt));
    }
    Fail(unit, trouble_);
}

Writer::Outcome Writer::Attempt(std::span<const Unit> units) {
    transaction_wrote_ = has_savepoint_ = savepoint_is_fresh_ = false;
    desk_.used.clear();
    try {
        EnsureConnection();
        db_->RunScript(db_->begin());
        for (const Unit& unit : units) RunUnit(unit);
        return Commit();
    } catch (const GroupSpoiled&) {
        // Whose fault it was is in trouble_ already.
    } catch (...) {
        trouble_ = std::current_exception();
    }
    Abandon();
    return db_ && db_->alive() ? Outcome::kSpoiled : Outcome::kLost;
}

void Writer::RunUnit(const Unit& unit) {
    unit_wrote_ = false;
    bool keep = false;
    try {
        keep = Answer(unit);
    } catch (...) {
        const auto failure = std::current_exception();
        trouble_ = failure;
        // Nothing of it is known to be undone alone, or it deserves another try: the group starts
        // again.
        if (!db_->alive() || IsWorthAnotherTry(failure)) throw;
        Fail(unit, failure);
    }
    if (!keep) UndoUnit();
}

bool Writer::Answer(const Unit& unit) {
    if (unit.errand) {
        unit.errand->failure = nullptr;
        unit.errand->answer = (*unit.errand->body)(ports_.work());
        return unit.errand->answer->ok();
    }
    Group& group = *unit.group;
    group.claims_failure = nullptr;
    group.claim_answers = decide_(ports_.work(), group.claims, clock_.Now());
    if (group.claim_answers.size() != group.claims.size())
        throw std::logic_error("not one answer for every claim");
    return true;
}

// A unit that only reads costs no savepoint, nor does the first that writes: undoing it is starting
// over.
void Writer::BeforeWrite() {
    if (unit_wrote_) return;
    unit_wrote_ = true;
    if (!transaction_wrote_) {
        transaction_wrote_ = true;
        return;
    }
    if (!savepoint_is_fresh_)
        db_->RunScript(has_savepoint_ ? "RELEASE SAVEPOINT unit; SAVEPOINT unit"
                                      : "SAVEPOINT unit");
    has_savepoint_ = true;
    savepoint_is_fresh_ = false;
}

void Writer::UndoUnit() {
    const TransactionState state = db_->transaction();
    if (!unit_wrote_ && state == TransactionState::kOpen) return;
    const bool others_wrote = unit_wrote_ ? has_savepoint_ : transaction_wrote_;
    if (!others_wrote) {
        if (state != TransactionState::kNone) db_->RunScript("ROLLBACK");
        db_->RunScript(db_->begin());
        transaction_wrote_ = false;
    } else if (state != TransactionState::kNone && has_savepoint_ &&
               (unit_wrote_ || savepoint_is_fresh_)) {
        db_->RunScript("ROLLBACK TO SAVEPOINT unit");
        savepoint_is_fresh_ = true;
    } else {
        throw GroupSpoiled();
    }
}

Writer::Outcome Writer::Commit() {
    const bool marks = transaction_wrote_ && db_->dialect() == Dialect::kPostgres;
    auto& used = desk_.used;
    if (!transaction_wrote_) used.clear();  // all of it was undone
    std::sort(used.begin(), used.end());
    used.erase(std::unique(used.begin(), used.end()), used.end());
    try {
        if (marks) {
            db_->RunAndCommit(sql::kMarkCommit, {node_, ++batch_, clock_.Now(), used});
        } else {
            if (!used.empty()) db_->Run(sql::kAddUnsettled, {used});
            db_->RunScript("COMMIT");
        }
    } catch (const StoreFailure& failure) {
        if (!marks || failure.trouble != StoreTrouble::kLost) throw;
        trouble_ = std::current_exception();
        return OutcomeOfLostCommit();
    }
    return Outcome::kCommitted;
}

// The connection broke after we said COMMIT. Only the database knows; the marker went with the
// commit or not.
Writer::Outcome Writer::OutcomeOfLostCommit() {
    for (int attempt = 1; attempt <= kLostTries; ++attempt) try {
            EnsureConnection();
            std::int64_t latest = -1;
            db_->RunScript(db_->begin());
            db_->Run(sql::kFindCommitMarker, {node_}, [&](const Row& row) { latest = row.Int(0); });
            db_->RunScript("COMMIT");
            return latest == batch_ ? Outcome::kCommitted : Outcome::kLost;
        } catch (const StoreFailure&) {
            Abandon();
        }
    trouble_ = std::make_exception_ptr(
        StoreFailure("the database went away during a commit; whether it was kept is not known"));
    return Outcome::kUnknown;
}

void Writer::EnsureConnection() {
    if (db_ && db_->alive()) return;
    const auto deadline =
        std::chrono::steady_clock::now() + (was_down_ ? kPatienceWhileDown : kPatience);
    for (auto pause = kFirstPause;; pause = std::min(2 * pause, kLongestPause)) try {
            db_ = open_();
            break;
        } catch (const StoreFailure&) {
            was_down_ = std::chrono::steady_clock::now() + pause > deadline;
            if (was_down_) throw;
            std::this_thread::sleep_for(pause);
        }
    was_down_ = false;
    desk_.MoveTo(db_.get());
}

void Writer::Abandon() {
    try {
        if (db_ && db_->alive() && db_->transaction() != TransactionState::kNone)
            db_->RunScript("ROLLBACK");
    } catch (const StoreFailure&) {
        // It is gone then, and its transaction with it; the next attempt opens another.
    }
}

bool Writer::SawForeignCommit() {
    if (db_->dialect() != Dialect::kSqlite) return false;
    std::int64_t version = 0;
    db_->Run(sql::kDataVersion, {}, [&](const Row& row) { version = row.Int(0); });
    return std::exchange(data_version_, version) != version;
}

void Writer::Fail(const Unit& unit, std::exception_ptr failure) {
    (unit.errand ? unit.errand->failure : unit.group->claims_failure) = std::move(failure);
}

void Writer::FailAll(std::span<const Unit> units, const std::exception_ptr& failure) {
    for (const Unit& unit : units) Fail(unit, failure);
}

}  // namespace ostiary
