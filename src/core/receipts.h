#pragma once

// Requests that are sent twice. What was answered to an idempotency key is kept in the transaction
// of what was done, so that a key is answered if and only if its effect is there.

#include <functional>
#include <optional>
#include <string>

#include "core/store.h"
#include "core/world.h"

namespace ostiary {

inline constexpr Millis kReceiptsKept = kDay;

// A store whose transactions are part of one that is under way: verbs that know nothing of receipts
// do their work within it.
class JoinedStore final : public Store {
public:
    JoinedStore(World& outer, Work& work) : outer_(outer), work_(work) {}

    Result<void> Transact(const std::function<Result<void>(Work&)>& body) override;
    void Read(const std::function<void(Work&)>& body) override { body(work_); }
    Result<Redemption> Redeem(const SubjectClaim&) override;
    void Redeem(SubjectClaim, std::function<void(ClaimOutcome)> done) override;
    std::optional<CodeSummary> Peek(std::string_view normalized_code, Millis now) override;
    void Ping() override { outer_.store.Ping(); }

    // Whether one of them was refused, and may have left something that must not stay.
    bool is_spoiled() const { return is_spoiled_; }

private:
    World& outer_;
    Work& work_;
    bool is_spoiled_ = false;
};

// What became of a request with a key.
struct Attempt {
    enum class Kind : std::uint8_t { kFirst, kAnswered, kUnderWay, kReused };
    Kind kind = Kind::kFirst;
    std::string answer;    // kAnswered: what was told the first time
    bool is_kept = false;  // kFirst: what was done is there to stay
};

struct KeyedRequest {
    std::string key_hash, request_hash;
};
KeyedRequest MakeKeyedRequest(const World&, std::string_view asker, std::string_view where,
                              std::string_view key, std::string_view request);

// Does the work in one transaction together with its receipt. `act` gets a world that it can work
// in as in any other; it may run again, and on another thread. It gives the answer to be kept, or
// nothing where there is nothing worth keeping. What it wrote stays then, too, unless one of its
// own transactions was refused.
using Act = std::function<std::optional<std::string>(World&)>;
Attempt DoOnce(World&, const KeyedRequest&, const Act& act);

// For work that cannot be one transaction and knows its own repeats: takes the key before it, and
// keeps or forgets it after. A claim that was never settled runs out.
Attempt ClaimOnce(World&, const KeyedRequest&);
void SettleClaim(World&, const KeyedRequest&, const std::optional<std::string>& answer);

// Forgets what was answered too long ago.
void DeleteOldReceipts(World&);

}  // namespace ostiary
