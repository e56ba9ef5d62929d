#include "core/receipts.h"

#include "core/redemptions.h"

namespace ostiary {
namespace {

constexpr Millis kClaimLasts = kMinute;
constexpr std::size_t kDeletedAtOnce = 1000;
// The answer went to the caller by itself; what was written must not stay.
constexpr std::string_view kSpoiled = "receipt.spoiled";

// Ours, or what somebody else made of the key.
Attempt Take(World& world, Work& work, const KeyedRequest& asked) {
    const Millis now = world.clock.Now();
    const Receipt mine{asked.key_hash, asked.request_hash, now, now + kClaimLasts, {}};
    if (work.receipts.Claim(mine, now - kReceiptsKept)) return {};
    const auto theirs = work.receipts.Find(asked.key_hash);
    if (!theirs) return {Attempt::Kind::kUnderWay, {}};  // it was given back just now
    if (theirs->request_hash != asked.request_hash) return {Attempt::Kind::kReused, {}};
    if (theirs->answer.empty()) return {Attempt::Kind::kUnderWay, {}};
    auto answer = world.vault.Open(theirs->answer);
    if (!answer) return {Attempt::Kind::kReused, {}};
    return {Attempt::Kind::kAnswered, *std::move(answer)};
}

void Keep(World& world, Work& work, const KeyedRequest& asked,
          const std::optional<std::string>& answer) {
    if (answer)
        work.receipts.Settle(asked.key_hash, world.vault.Seal(world.random, *answer));
    else
        work.receipts.Release(asked.key_hash);
}

}  // namespace

Result<void> JoinedStore::Transact(const std::function<Result<void>(Work&)>& body) {
    auto done = body(work_);
    if (!done.ok()) is_spoiled_ = true;
    return done;
}

Result<Redemption> JoinedStore::Redeem(const SubjectClaim& claim) {
    auto answers = RedeemTogether(work_, {&claim, 1}, outer_.config.catalogue, outer_.clock.Now());
    return std::move(answers.front());
}

void JoinedStore::Redeem(SubjectClaim claim, std::function<void(ClaimOutcome)> done) {
    done({Redeem(claim), nullptr});
}

std::optional<CodeSummary> JoinedStore::Peek(std::string_view normalized_code, Millis now) {
    return outer_.store.Peek(normalized_code, now);
}

KeyedRequest MakeKeyedRequest(const World& world, std::string_view asker, std::string_view where,
                              std::string_view key, std::string_view request) {
    const auto joined = [](std::initializer_list<std::string_view> parts) {
        std::string all;
        for (const std::string_view part : parts) all.append(part).append("\n");
        return all;
    };
    return {world.vault.Hash(Purpose::kReceipt, joined({"key", asker, where, key})),
            world.vault.Hash(Purpose::kReceipt, joined({"request", request}))};
}

Attempt DoOnce(World& world, const KeyedRequest& asked, const Act& act) {
    Attempt attempt;
    const auto done = world.store.Transact([&](Work& work) -> Result<void> {
        attempt = Take(world, work, asked);
        if (attempt.kind != Attempt::Kind::kFirst) return {};
        JoinedStore joined(world, work);
        World inner = world.With(joined);
        const auto answer = act(inner);
        if (joined.is_spoiled()) return Error{ErrorKind::kConflict, std::string(kSpoiled)};
        Keep(world, work, asked, answer);
        return {};
    });
    attempt.is_kept = done.ok();
    return attempt;
}

Attempt ClaimOnce(World& world, const KeyedRequest& asked) {
    Attempt attempt;
    world.store.Write([&](Work& work) { attempt = Take(world, work, asked); });
    return attempt;
}

void SettleClaim(World& world, const KeyedRequest& asked,
                 const std::optional<std::string>& answer) {
    world.store.Write([&](Work& work) { Keep(world, work, asked, answer); });
}

void DeleteOldReceipts(World& world) {
    const Millis then = world.clock.Now() - kReceiptsKept;
    for (std::size_t deleted = kDeletedAtOnce; deleted == kDeletedAtOnce;) {
        world.store.Write(
            [&](Work& work) { deleted = work.receipts.DeleteMadeBefore(then, kDeletedAtOnce); });
    }
}

}  // namespace ostiary
