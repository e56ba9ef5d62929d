#pragma once

// How often somebody may ask (API-8). Whoever is signed in is counted by account, and a program by
// its token besides; everybody else by address, an IPv6 address by its /64. Of guesses only the bad
// ones are kept in mind, so an office of thirty behind one address can register in one afternoon
// and still nobody can try a million codes. Those are counted for all nodes together, and by what
// was guessed at. A target that was guessed at too often is closed to those who guessed wrong
// lately, and to nobody else: so nobody can lock out the person whom a code or an account belongs
// to.

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/store.h"
#include "http/message.h"
#include "http/router.h"
#include "util/clock.h"
#include "util/result.h"
#include "util/vault.h"

namespace ostiary {

// Whether this error told somebody that what they tried was wrong, so that it counts as a guess.
// A wrong field beside a good code does not, unless it tells who is there.
bool IsMiss(const Error&);

// A bucket holds `burst` and refills with `count` per `per`; `at_once` of them may be under way.
struct Rate {
    int burst, count;
    Millis per;
    int at_once;
    bool is_shared = false;  // by all nodes, as far as it was drained for good

    Millis per_token() const { return per / count; }
};

// What is left of one bucket.
struct Balance {
    bool granted = true;
    int remaining = 0;
    Millis refilled_in = 0;  // until it is full again
    Millis retry_in = 0;     // until it would grant, where it did not
};

// Tokens that are gone for good and that other nodes do not know of yet.
struct Drained {
    std::string key;
    Rate rate{};
    int tokens = 0;
};

// Never more than so many buckets; the one unused for longest makes room.
class MemoryBuckets {
public:
    explicit MemoryBuckets(std::size_t most);
    ~MemoryBuckets();

    // Takes one token, or says when to come back.
    Balance Take(std::string_view key, const Rate&, Millis now);
    // The request is over; a refunded one gives its token back.
    enum class Outcome { kSpent, kRefunded };
    void Settle(std::string_view key, const Rate&, Outcome);
    // One token less, whether or not there is one.
    Balance Drain(std::string_view key, const Rate&, Millis now);
    Balance Look(std::string_view key, const Rate&, Millis now);

    // What shared buckets lost since the last time. Whoever cannot pass it on gives it back.
    std::vector<Drained> TakeDrained();
    void GiveBack(const std::vector<Drained>&);
    // Other nodes have drained it so far that it is full again only then.
    void Adopt(std::string_view key, const Rate&, Millis full_at, Millis now);

    std::size_t size() const;

private:
    struct Shard;
    std::vector<std::unique_ptr<Shard>> shards_;
    Shard& ShardOf(std::string_view key) const;
};

class Limits {
public:
    struct Charge {
        std::string key;
        Rate rate{};
        Balance balance;
    };

    // A permission to go on with one request.
    struct Ticket {
        Limit kind = Limit::kFree;
        std::vector<Charge> charges;  // none: not limited

        const Charge& tightest() const;
    };

    explicit Limits(const Clock&);
    // With a vault, guesses are counted by what was guessed at, too: a code, or the name of a
    // log-in.
    Limits(const Clock&, const Vault&);

    Result<Ticket> Take(Limit, const Request&);
    // To be called when the request is answered: a guess that hit gives its token back.
    void Settle(const Ticket&, const Response&);
    void Settle(const Ticket&, const Response&, const Request&);

    // Tells the other nodes what was guessed wrong here, and hears what was there. To be called
    // again and again, off the way of requests; until it succeeds this node goes by its own memory.
    void Share(Store&);

    // RateLimit-* of this request, for whoever wants to pace itself.
    static void Describe(const Ticket&, Response&);
    static Rate RateOf(Limit, const Request&);

private:
    Result<void> CheckTarget(const Ticket&, const Request&);
    std::string TargetOf(const Request&) const;

    const Clock& clock_;
    const Vault* vault_ = nullptr;
    MemoryBuckets buckets_;
    // Until then some target may be guarded: before, nobody need look whose it is.
    std::atomic<Millis> guarded_until_{0};
    Millis heard_at_ = 0;
};

}  // namespace ostiary
