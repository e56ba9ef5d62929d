#include "http/limits.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <list>
#include <mutex>
#include <unordered_map>

#include "http/client_address.h"

namespace ostiary {
namespace {

constexpr std::size_t kShards = 16, kMostBuckets = 200'000;

// By address, and by account: one account may be another application that speaks for many people.
struct Rates {
    std::string_view name;
    Rate by_address, by_account;
};

constexpr Rates kBrowseRates{"browse", {600, 1200, kMinute, 256}, {3000, 6000, kMinute, 512}};
constexpr Rates kWriteRates{"write", {300, 600, kMinute, 128}, {1500, 3000, kMinute, 512}};
constexpr Rates kGuessRates{"guess", {30, 10, 3 * kMinute, 64}, {300, 200, kMinute, 256}};

const Rates& RatesOf(Limit kind) {
    switch (kind) {
        case Limit::kBrowse: return kBrowseRates;
        case Limit::kWrite: return kWriteRates;
        case Limit::kGuess: return kGuessRates;
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

std::string KeyOf(Limit kind, const Request& request) {
    std::string key(RatesOf(kind).name);
    return key + (IsByAccount(kind, request) ? ":a:" + request.actor->account_id
                                             : ":" + NeighbourhoodOf(request.client_address));
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
    };

    explicit Shard(std::size_t most) : most_buckets(most) {}

    const std::size_t most_buckets;
    mutable std::mutex mutex;
    std::list<Bucket> buckets;  // the one used last in front
    std::unordered_map<std::string_view, std::list<Bucket>::iterator> by_key;

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
    const double per_token = static_cast<double>(rate.per) / rate.count;
    Shard& shard = ShardOf(key);
    const std::lock_guard lock(shard.mutex);
    Shard::Bucket& bucket = shard.Open(key, rate, now);
    const double refill = static_cast<double>(std::max<Millis>(now - bucket.at, 0)) / per_token;
    bucket.tokens = std::min(bucket.tokens + refill, static_cast<double>(rate.burst));
    bucket.at = std::max(bucket.at, now);
    Balance balance;
    // What is under way may yet be refunded: it counts against its own bound first.
    balance.granted = bucket.tokens + bucket.under_way >= 1 && bucket.under_way < rate.at_once;
    if (balance.granted) {
        bucket.tokens -= 1;
        ++bucket.under_way;
    } else {
        balance.retry_in =
            static_cast<Millis>(std::ceil(std::max(1 - bucket.tokens, 0.0) * per_token));
    }
    balance.remaining = std::max(0, static_cast<int>(bucket.tokens));
    balance.refilled_in = static_cast<Millis>((rate.burst - bucket.tokens) * per_token);
    return balance;
}

void MemoryBuckets::Settle(std::string_view key, const Rate& rate, Outcome outcome) {
    Shard& shard = ShardOf(key);
    const std::lock_guard lock(shard.mutex);
    const auto known = shard.by_key.find(key);
    if (known == shard.by_key.end()) return;
    Shard::Bucket& bucket = *known->second;
    bucket.under_way = std::max(bucket.under_way - 1, 0);
    if (outcome == Outcome::kRefunded)
        bucket.tokens = std::min(bucket.tokens + 1, static_cast<double>(rate.burst));
}

std::size_t MemoryBuckets::size() const {
    std::size_t all = 0;
    for (const auto& shard : shards_) {
        const std::lock_guard lock(shard->mutex);
        all += shard->buckets.size();
    }
    return all;
}

Limits::Limits(const Clock& clock) : Limits(clock, std::make_unique<MemoryBuckets>(kMostBuckets)) {}

Limits::Limits(const Clock& clock, std::unique_ptr<Buckets> buckets)
    : clock_(clock), buckets_(std::move(buckets)) {}

Rate Limits::RateOf(Limit kind, const Request& request) {
    return IsByAccount(kind, request) ? RatesOf(kind).by_account : RatesOf(kind).by_address;
}

Result<Limits::Ticket> Limits::Take(Limit kind, const Request& request) {
    if (kind == Limit::kFree) return Ticket{};
    Ticket ticket{KeyOf(kind, request), RateOf(kind, request), kind, {}};
    ticket.balance = buckets_->Take(ticket.key, ticket.rate, clock_.Now());
    if (ticket.balance.granted) return ticket;
    const int wait_s = std::max(Seconds(ticket.balance.retry_in), 1);
    Error error{ErrorKind::kTooMany, "limit." + std::string(RatesOf(kind).name),
                "Too many requests", Say("Too many attempts; try again in {} seconds", wait_s)};
    error.retry_after_s = wait_s;
    return error;
}

void Limits::Settle(const Ticket& ticket, const Response& response) {
    if (ticket.key.empty()) return;
    const bool refunds = ticket.kind == Limit::kGuess && !IsMiss(response);
    buckets_->Settle(ticket.key, ticket.rate,
                     refunds ? Buckets::Outcome::kRefunded : Buckets::Outcome::kSpent);
}

void Limits::Describe(const Ticket& ticket, Response& response) {
    if (ticket.key.empty()) return;
    const Rate& rate = ticket.rate;
    const std::string name = "\"" + std::string(RatesOf(ticket.kind).name) + "\"";
    const std::string burst = std::to_string(rate.burst);
    const std::string window_s = std::to_string(rate.per * rate.burst / rate.count / kSecond);
    const std::string remaining = std::to_string(ticket.balance.remaining);
    const std::string reset_s = std::to_string(Seconds(ticket.balance.refilled_in));
    // As the draft of the IETF has it, and as most clients still read it.
    response.With("ratelimit-policy", name + ";q=" + burst + ";w=" + window_s)
        .With("ratelimit", name + ";r=" + remaining + ";t=" + reset_s)
        .With("ratelimit-limit", burst)
        .With("ratelimit-remaining", remaining)
        .With("ratelimit-reset", reset_s);
}

}  // namespace ostiary
