#include "http/limits.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <list>
#include <mutex>
#include <unordered_map>

#include "http/client_address.h"
#include "http/json_body.h"
#include "util/text.h"

namespace ostiary {
namespace {

constexpr std::size_t kShards = 16, kMostBuckets = 200'000;

constexpr std::size_t kMostHeard = 10'000;
constexpr Millis kClocksDiffer = 10 * kSecond;  // from node to node
constexpr std::string_view kTarget = "target:";

// By address, by account and by token: one account may be several applications, and one application
// speaks for many people.
struct Rates {
    std::string_view name;
    Rate by_address, by_account, by_token;
};

constexpr Rates kBrowseRates{
    "browse", {600, 1200, kMinute, 256}, {3000, 6000, kMinute, 512}, {2000, 4000, kMinute, 512}};
constexpr Rates kWriteRates{
    "write", {300, 600, kMinute, 128}, {1500, 3000, kMinute, 512}, {1000, 2000, kMinute, 512}};
constexpr Rates kGuessRates{"guess",
                            {30, 10, 3 * kMinute, 64, true},
                            {300, 200, kMinute, 256, true},
                            {200, 150, kMinute, 256, true}};
constexpr Rates kAskRates{"ask", {10, 10, kHour, 8}, {30, 30, kHour, 16}, {30, 30, kHour, 16}};
constexpr Rate kTargetRate{60, 20, kMinute, 0, true};

const Rates& RatesOf(Limit kind) {
    switch (kind) {
        case Limit::kBrowse: return kBrowseRates;
        case Limit::kWrite: return kWriteRates;
        case Limit::kGuess: return kGuessRates;
        case Limit::kAsk: return kAskRates;
        case Limit::kFree: break;
    }
    return kBrowseRates;
}

// Guessing is no cheaper for who has an account; an application with a token speaks for many
// people.
bool IsByAccount(Limit kind, const Request& request) {
    if (!request.actor || request.actor->account_id.empty()) return false;
    return kind != Limit::kGuess || request.actor->scopes.has_value();
}

// Of a bucket that another node spoke of.
const Rate& RateOfGuess(std::string_view key) {
    key.remove_prefix(std::min(key.size(), kGuessRates.name.size()));
    if (key.starts_with(":a:")) return kGuessRates.by_account;
    return key.starts_with(":t:") ? kGuessRates.by_token : kGuessRates.by_address;
}

int Seconds(Millis time) { return static_cast<int>((time + kSecond - 1) / kSecond); }

// Too late, taken, or our own fault is no miss.
bool IsMiss(const Response& response) {
    const int status = response.status;
    if (response.guess != Guess::kByStatus) return response.guess == Guess::kMissed;
    return status == 400 || status == 401 || status == 404;
}

// Names and addresses can be guessed like codes (SEC-3).
bool TellsWhoIsThere(const Error& error) {
    return std::ranges::any_of(error.fields, [](const FieldError& field) {
        return field.reason == "username.taken" || field.reason == "email.taken";
    });
}

}  // namespace

bool IsMiss(const Error& error) {
    const bool blames_other_fields =
        !error.fields.empty() && !error.reason.starts_with("code.") && !TellsWhoIsThere(error);
    return error.kind == ErrorKind::kSignedOut || error.kind == ErrorKind::kNotFound ||
           (error.kind == ErrorKind::kInvalid && !blames_other_fields);
}

struct MemoryBuckets::Shard {
    struct Bucket {
        std::string key;
        double tokens;
        Millis at;
        int under_way = 0;

        void Refill(const Rate& rate, Millis now) {
            const double refill =
                static_cast<double>(std::max<Millis>(now - at, 0)) * rate.count / rate.per;
            tokens = std::min(tokens + refill, static_cast<double>(rate.burst));
            at = std::max(at, now);
        }

        Balance Tell(const Rate& rate) const {
            const double per_token = static_cast<double>(rate.per) / rate.count;
            Balance balance;
            balance.remaining = std::max(0, static_cast<int>(tokens));
            balance.refilled_in = static_cast<Millis>((rate.burst - tokens) * per_token);
            balance.retry_in =
                static_cast<Millis>(std::ceil(std::max(1 - tokens, 0.0) * per_token));
            return balance;
        }
    };

    explicit Shard(std::size_t most) : most_buckets(most) {}

    const std::size_t most_buckets;
    mutable std::mutex mutex;
    std::list<Bucket> buckets;  // the one used last in front
    std::unordered_map<std::string_view, std::list<Bucket>::iterator> by_key;
    std::unordered_map<std::string, Drained> drained;

    void NoteDrained(std::string_view key, const Rate& rate, int tokens) {
        if (!rate.is_shared) return;
        const auto known = drained.find(std::string(key));
        if (known != drained.end())
            known->second.tokens += tokens;
        else if (drained.size() < most_buckets)
            drained.emplace(key, Drained{std::string(key), rate, tokens});
    }

    Bucket& Open(std::string_view key, const Rate& rate, Millis now) {
        const auto known = by_key.find(key);
        if (known != by_key.end()) {
            buckets.splice(buckets.begin(), buckets, known->second);
            return buckets.front();
        }
        if (buckets.size() >= most_buckets) {
            by_key.erase(buckets.back().key);
            buckets.pop_back();
        }
        buckets.push_front({std::string(key), static_cast<double>(rate.burst), now});
        by_key.emplace(buckets.front().key, buckets.begin());
        return buckets.front();
    }
};

MemoryBuckets::MemoryBuckets(std::size_t most) {
    for (std::size_t i = 0; i < kShards; ++i)
        shards_.push_back(std::make_unique<Shard>(std::max<std::size_t>(most / kShards, 1)));
}

MemoryBuckets::~MemoryBuckets() = default;

MemoryBuckets::Shard& MemoryBuckets::ShardOf(std::string_view key) const {
    return *shards_[std::hash<std::string_view>{}(key) % kShards];
}

Balance MemoryBuckets::Take(std::string_view key, const Rate& rate, Millis now) {
    Shard& shard = ShardOf(key);
    const std::lock_guard lock(shard.mutex);
    Shard::Bucket& bucket = shard.Open(key, rate, now);
    bucket.Refill(rate, now);
    // What is under way may yet be refunded: it counts against its own bound first.
    const bool granted = bucket.tokens + bucket.under_way >= 1 && bucket.under_way < rate.at_once;
    if (granted) {
        bucket.tokens -= 1;
        ++bucket.under_way;
    }
    Balance balance = bucket.Tell(rate);
    balance.granted = granted;
    return balance;
}

void MemoryBuckets::Settle(std::string_view key, const Rate& rate, Outcome outcome) {
    Shard& shard = ShardOf(key);
    const std::lock_guard lock(shard.mutex);
    if (outcome == Outcome::kSpent) shard.NoteDrained(key, rate, 1);
    const auto known = shard.by_key.find(key);
    if (known == shard.by_key.end()) return;
    Shard::Bucket& bucket = *known->second;
    bucket.under_way = std::max(bucket.under_way - 1, 0);
    if (outcome == Outcome::kRefunded)
        bucket.tokens = std::min(bucket.tokens + 1, static_cast<double>(rate.burst));
}

Balance MemoryBuckets::Drain(std::string_view key, const Rate& rate, Millis now) {
    Shard& shard = ShardOf(key);
    const std::lock_guard lock(shard.mutex);
    Shard::Bucket& bucket = shard.Open(key, rate, now);
    bucket.Refill(rate, now);
    bucket.tokens = std::max(bucket.tokens - 1, 0.0);
    shard.NoteDrained(key, rate, 1);
    return bucket.Tell(rate);
}

Balance MemoryBuckets::Look(std::string_view key, const Rate& rate, Millis now) {
    Shard& shard = ShardOf(key);
    const std::lock_guard lock(shard.mutex);
    const auto known = shard.by_key.find(key);
    if (known == shard.by_key.end()) return {true, rate.burst, 0, 0};
    known->second->Refill(rate, now);
    return known->second->Tell(rate);
}

std::vector<Drained> MemoryBuckets::TakeDrained() {
    std::vector<Drained> all;
    for (const auto& shard : shards_) {
        const std::lock_guard lock(shard->mutex);
        for (auto& [key, drained] : shard->drained) all.push_back(std::move(drained));
        shard->drained.clear();
    }
    std::ranges::sort(all, {}, &Drained::key);
    return all;
}

void MemoryBuckets::GiveBack(const std::vector<Drained>& all) {
    for (const Drained& one : all) {
        Shard& shard = ShardOf(one.key);
        const std::lock_guard lock(shard.mutex);
        shard.NoteDrained(one.key, one.rate, one.tokens);
    }
}

void MemoryBuckets::Adopt(std::string_view key, const Rate& rate, Millis full_at, Millis now) {
    Shard& shard = ShardOf(key);
    const std::lock_guard lock(shard.mutex);
    Shard::Bucket& bucket = shard.Open(key, rate, now);
    bucket.Refill(rate, now);
    const double missing = static_cast<double>(std::max<Millis>(full_at - now, 0)) * rate.count /
                           static_cast<double>(rate.per);
    // What is under way has taken its token here already.
    bucket.tokens = std::min(bucket.tokens, std::max(rate.burst - missing, 0.0) - bucket.under_way);
}

std::size_t MemoryBuckets::size() const {
    std::size_t all = 0;
    for (const auto& shard : shards_) {
        const std::lock_guard lock(shard->mutex);
        all += shard->buckets.size();
    }
    return all;
}

const Limits::Charge& Limits::Ticket::tightest() const {
    return *std::ranges::min_element(charges, {}, [](const Charge& charge) {
        return static_cast<double>(charge.balance.remaining) / charge.rate.burst;
    });
}

Limits::Limits(const Clock& clock) : clock_(clock), buckets_(kMostBuckets) {}

Limits::Limits(const Clock& clock, const Vault& vault)
    : clock_(clock), vault_(&vault), buckets_(kMostBuckets) {}

Rate Limits::RateOf(Limit kind, const Request& request) {
    return IsByAccount(kind, request) ? RatesOf(kind).by_account : RatesOf(kind).by_address;
}

namespace {

std::vector<Limits::Charge> ChargesOf(Limit kind, const Request& request) {
    const Rates& rates = RatesOf(kind);
    const std::string name(rates.name);
    std::vector<Limits::Charge> charges;
    if (!IsByAccount(kind, request)) {
        charges.push_back(
            {name + ":" + NeighbourhoodOf(request.client_address), rates.by_address, {}});
        return charges;
    }
    charges.reserve(2);
    charges.push_back({name + ":a:" + request.actor->account_id, rates.by_account, {}});
    if (!request.actor->token_id.empty())
        charges.push_back({name + ":t:" + request.actor->token_id, rates.by_token, {}});
    return charges;
}

Error TooMany(std::string reason, Millis retry_in) {
    const int wait_s = std::max(Seconds(retry_in), 1);
    Error error{ErrorKind::kTooMany, std::move(reason), "Too many requests",
                Say("Too many attempts; try again in {} seconds", wait_s)};
    error.retry_after_s = wait_s;
    return error;
}

}  // namespace

Result<Limits::Ticket> Limits::Take(Limit kind, const Request& request) {
    if (kind == Limit::kFree) return Ticket{};
    Ticket ticket{kind, ChargesOf(kind, request)};
    const auto refund = [&](std::size_t taken) {
        for (std::size_t i = 0; i < taken; ++i)
            buckets_.Settle(ticket.charges[i].key, ticket.charges[i].rate,
                            MemoryBuckets::Outcome::kRefunded);
    };
    for (std::size_t i = 0; i < ticket.charges.size(); ++i) {
        Charge& charge = ticket.charges[i];
        charge.balance = buckets_.Take(charge.key, charge.rate, clock_.Now());
        if (charge.balance.granted) continue;
        refund(i);
        return TooMany("limit." + std::string(RatesOf(kind).name), charge.balance.retry_in);
    }
    if (auto open = CheckTarget(ticket, request); !open.ok()) {
        refund(ticket.charges.size());
        return std::move(open).error();
    }
    return ticket;
}

// Whoever has not guessed wrong lately may always try.
Result<void> Limits::CheckTarget(const Ticket& ticket, const Request& request) {
    const Millis now = clock_.Now();
    if (ticket.kind != Limit::kGuess || now >= guarded_until_) return {};
    const Charge& asker = ticket.charges.front();
    if (asker.balance.remaining >= asker.rate.burst - 1) return {};
    const std::string target = TargetOf(request);
    if (target.empty()) return {};
    const Balance left = buckets_.Look(target, kTargetRate, now);
    if (left.remaining >= 1) return {};
    return TooMany("limit.target", left.retry_in);
}

// What was guessed at: the code, or else the name of a log-in; empty if there is nothing of that.
std::string Limits::TargetOf(const Request& request) const {
    if (!vault_ || request.method != Method::kPost) return {};
    const auto body = ReadFormOrJson(request);
    if (!body.ok()) return {};
    const auto text = [&](std::string_view name) -> std::string_view {
        const auto* value = body->if_contains(name);
        if (!value || !value->is_string()) return {};
        const std::string_view typed = value->as_string();
        return IsCleanText(typed, Lines::kOne) ? typed : std::string_view{};
    };
    std::string what;
    for (const std::string_view field : {"invite_code", "code"})
        if (what.empty() && !text(field).empty()) what = "code\n" + NormalizeCode(text(field));
    if (what.empty() && !text("username").empty()) what = "login\n" + Fold(text("username"));
    return what.empty() ? what : std::string(kTarget) + vault_->Hash(Purpose::kLimit, what);
}

void Limits::Settle(const Ticket& ticket, const Response& response) {
    const bool refunds = ticket.kind == Limit::kGuess && !IsMiss(response);
    for (const Charge& charge : ticket.charges)
        buckets_.Settle(
            charge.key, charge.rate,
            refunds ? MemoryBuckets::Outcome::kRefunded : MemoryBuckets::Outcome::kSpent);
}

void Limits::Settle(const Ticket& ticket, const Response& response, const Request& request) {
    Settle(ticket, response);
    if (ticket.kind != Limit::kGuess || !IsMiss(response)) return;
    const std::string target = TargetOf(request);
    if (target.empty()) return;
    const Millis now = clock_.Now();
    const Balance left = buckets_.Drain(target, kTargetRate, now);
    if (left.remaining < 1) guarded_until_ = std::max<Millis>(guarded_until_, now + left.retry_in);
}

void Limits::Share(Store& store) {
    const Millis now = clock_.Now();
    const auto drained = buckets_.TakeDrained();
    std::vector<SharedBucket> heard;
    try {
        if (!drained.empty()) {
            store.Write([&](Work& work) {
                for (const Drained& one : drained)
                    work.buckets.Drain(one.key, one.tokens * one.rate.per_token(),
                                       now + one.rate.burst * one.rate.per_token(), now);
            });
        }
        store.Read(
            [&](Work& work) { heard = work.buckets.DrainedSince(heard_at_, kMostHeard, now); });
    } catch (...) {
        // Told twice, if it was the reading that failed: rather that than not at all.
        buckets_.GiveBack(drained);
        throw;
    }
    heard_at_ = now - kClocksDiffer;
    for (const SharedBucket& bucket : heard) {
        const bool is_target = bucket.key.starts_with(kTarget);
        const Rate& rate = is_target ? kTargetRate : RateOfGuess(bucket.key);
        buckets_.Adopt(bucket.key, rate, bucket.full_at, now);
        if (is_target) guarded_until_ = std::max<Millis>(guarded_until_, bucket.full_at);
    }
}

void Limits::Describe(const Ticket& ticket, Response& response) {
    if (ticket.charges.empty()) return;
    const Charge& charge = ticket.tightest();
    const Rate& rate = charge.rate;
    const std::string name = "\"" + std::string(RatesOf(ticket.kind).name) + "\"";
    const std::string burst = std::to_string(rate.burst);
    const std::string window_s = std::to_string(rate.per * rate.burst / rate.count / kSecond);
    const std::string remaining = std::to_string(charge.balance.remaining);
    const std::string reset_s = std::to_string(Seconds(charge.balance.refilled_in));
    // As the draft of the IETF has it, and as most clients still read it.
    response.With("ratelimit-policy", name + ";q=" + burst + ";w=" + window_s)
        .With("ratelimit", name + ";r=" + remaining + ";t=" + reset_s)
        .With("ratelimit-limit", burst)
        .With("ratelimit-remaining", remaining)
        .With("ratelimit-reset", reset_s);
}

}  // namespace ostiary
