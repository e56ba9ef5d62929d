#pragma once

// Runs groups of work in one transaction each, so that one flush to the disk serves them all.

#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/store.h"
#include "store/connection.h"
#include "store/desk.h"
#include "store/ports.h"
#include "util/clock.h"

namespace ostiary {

using Body = std::function<Result<void>(Work&)>;
// Decides claims that arrived together; one answer each, in order. RedeemTogether of
// core/redemptions.h.
using ClaimVerb = std::function<std::vector<Result<Redemption>>(
    Work&, std::span<const SubjectClaim>, Millis now)>;
// Of one commit: how many callers it served, and how long they waited for it together.
using CommitTold = std::function<void(std::size_t callers, std::chrono::nanoseconds took)>;
using Opener = std::function<std::unique_ptr<Connection>()>;

// One caller's body, and afterwards either its answer or what it threw.
struct Errand {
    const Body* body;
    std::optional<Result<void>> answer = std::nullopt;
    std::exception_ptr failure = nullptr;
};

// What runs in one transaction: the claims, decided together, then the bodies one after another.
struct Group {
    std::vector<SubjectClaim> claims;
    std::vector<Errand*> errands;
    std::vector<Result<Redemption>> claim_answers;  // one per claim, unless …
    std::exception_ptr claims_failure;

    std::size_t size() const { return claims.size() + errands.size(); }
};

class Writer {
public:
    Writer(Opener, std::unique_ptr<Connection>, const Vault&, Random&, const Clock&, ClaimVerb);

    // Answers everybody in the group; what was answered with success is durable. A body that fails
    // or refuses is undone alone. Work that lost a race or its connection is run again.
    void Run(Group&);

    // Codes changed by the groups so far; whoever reads them clears them.
    Touched& touched() { return desk_.touched; }

    // Whether another connection has committed since we last asked (SQLite).
    bool SawForeignCommit();

private:
    // A body, or all claims.
    struct Unit {
        Group* group;
        Errand* errand;  // null: the claims
    };
    // Spoiled: nothing was kept, and who is to blame is not known alone. Lost: nothing was kept,
    // the connection is gone.
    enum class Outcome : std::uint8_t { kCommitted, kSpoiled, kLost, kUnknown };

    static std::vector<Unit> UnitsOf(Group&);
    void RunAlone(const Unit&);
    Outcome Attempt(std::span<const Unit>);
    void RunUnit(const Unit&);
    bool Answer(const Unit&);  // false: it refused, and what it wrote must go
    void BeforeWrite();
    void UndoUnit();
    Outcome Commit();
    Outcome OutcomeOfLostCommit();
    void EnsureConnection();
    void Abandon();
    static void Fail(const Unit&, std::exception_ptr);
    static void FailAll(std::span<const Unit>, const std::exception_ptr&);

    const Opener open_;
    std::unique_ptr<Connection> db_;
    const Clock& clock_;
    const ClaimVerb decide_;
    const std::string node_;
    Desk desk_;
    Ports ports_;
    std::int64_t batch_ = 0;
    std::int64_t data_version_ = 0;
    bool was_down_ = false;
    std::exception_ptr trouble_;  // why the latest attempt was spoiled

    // Of the transaction under way.
    bool transaction_wrote_ = false, unit_wrote_ = false, has_savepoint_ = false,
         savepoint_is_fresh_ = false;
};

}  // namespace ostiary
