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
struct VisitSums {
    VisitCounts visits;
    std::int64_t uses = 0, mailed = 0;     // uses; codes whose invitation was mailed
    std::int64_t settled = 0, stayed = 0;  // of those who joined long enough ago
};

class Visits {
public:
    virtual ~Visits() = default;

    virtual void Add(CodeId, const VisitCounts&) = 0;  // to what is there
    // Of those who joined until `joined_until`, `most` at most are looked at; who was seen `later`
    // than they joined has stayed.
    virtual VisitSums Sum(std::span<const CodeId>, Millis joined_until, Millis later,
                          std::size_t most) = 0;
};

}  // namespace ostiary
