#pragma once

// How often somebody may ask (API-8). Whoever is signed in is counted by account, everybody else by
// address, an IPv6 address by its /64. Of guesses only the bad ones are kept in mind, so an office
// of thirty behind one address can register in one afternoon and still nobody can try a million
// codes.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"
#include "http/router.h"
#include "util/clock.h"
#include "util/result.h"

namespace ostiary {

// Whether this error told somebody that what they tried was wrong, so that it counts as a guess.
// A wrong field beside a good code does not, unless it tells who is there.
bool IsMiss(const Error&);

// A bucket holds `burst` and refills with `count` per `per`; `at_once` of them may be under way.
struct Rate {
    int burst, count;
    Millis per;
    int at_once;
};

// What is left of one bucket.
struct Balance {
    bool granted = true;
    int remaining = 0;
    Millis refilled_in = 0;  // until it is full again
    Millis retry_in = 0;     // until it would grant, where it did not
};

// Where buckets live: in this process, or shared by all nodes.
class Buckets {
public:
    virtual ~Buckets() = default;
    // Takes one token, or says when to come back.
    virtual Balance Take(std::string_view key, const Rate&, Millis now) = 0;
    // The request is over; a refunded one gives its token back.
    enum class Outcome { kSpent, kRefunded };
    virtual void Settle(std::string_view key, const Rate&, Outcome) = 0;
};

// Never more than so many buckets; the one unused for longest makes room.
class MemoryBuckets final : public Buckets {
public:
    explicit MemoryBuckets(std::size_t most);
    ~MemoryBuckets() override;
    Balance Take(std::string_view key, const Rate&, Millis now) override;
    void Settle(std::string_view key, const Rate&, Outcome) override;
    std::size_t size() const;

private:
    struct Shard;
    std::vector<std::unique_ptr<Shard>> shards_;
    Shard& ShardOf(std::string_view key) const;
};

class Limits {
public:
    // A permission to go on with one request.
    struct Ticket {
        std::string key;  // empty: not limited
        Rate rate{};
        Limit kind = Limit::kFree;
        Balance balance;
    };

    explicit Limits(const Clock&);
    Limits(const Clock&, std::unique_ptr<Buckets>);

    Result<Ticket> Take(Limit, const Request&);
    // To be called when the request is answered: a guess that hit gives its token back.
    void Settle(const Ticket&, const Response&);

    // RateLimit-* of this request, for whoever wants to pace itself.
    static void Describe(const Ticket&, Response&);
    static Rate RateOf(Limit, const Request&);

private:
    const Clock& clock_;
    std::unique_ptr<Buckets> buckets_;
};

}  // namespace ostiary
