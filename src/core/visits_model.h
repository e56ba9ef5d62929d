#pragma once

// Visits of invitations, as the store keeps them (core/visits.h).

#include <cstdint>
#include <span>

#include "core/model.h"
#include "util/clock.h"

namespace ostiary {

// How often an invitation was looked at (core/visits.h).
struct VisitCounts {
    std::int64_t previewed = 0, opened = 0, started = 0;
};

// What became of the invitations of some codes.
struct Funnel {
    std::int64_t codes = 0;
    bool are_more = false;                 // and only the oldest of them were looked at
    std::int64_t mailed = 0;               // codes whose invitation went out as a mail
    std::int64_t previewed = 0;            // by programs
    std::int64_t opened = 0, started = 0;  // browsers
    std::int64_t joined = 0;               // uses
    // Of those who joined long enough ago, and have their account still: so many were looked at,
    // and so many of these were there later.
    std::int64_t settled = 0, stayed = 0;
};

class Visits {
public:
    virtual ~Visits() = default;

    virtual void Add(CodeId, const VisitCounts&) = 0;  // to what is there
    // Of those who joined until `joined_until`, `most` at most are looked at; who was seen `later`
    // than they joined has stayed.
    virtual Funnel Sum(std::span<const CodeId>, Millis joined_until, Millis later,
                       std::size_t most) = 0;
};

}  // namespace ostiary
