#pragma once

// From an invitation to a member (REP-3): who looked at it, who began, who joined, who stayed.
// Visits are counted by this program alone, without a name and without anybody else's tracker.

#include <cstddef>
#include <map>
#include <mutex>

#include "core/codes.h"

namespace ostiary {

enum class Visit : std::uint8_t {
    kPreviewed,  // a program looked, to show the link to somebody
    kOpened,     // a browser, for the first time
    kStarted     // somebody there has begun to fill in the form
};

// Visits that are not written down yet, so that looking at an invitation costs no commit. What a
// crash takes are visits of some seconds. All methods are for any thread.
class VisitBook {
public:
    void Count(CodeId, Visit);

    std::map<CodeId, VisitCounts> TakeAll();
    void PutBack(const std::map<CodeId, VisitCounts>&);

private:
    std::mutex mutex_;
    std::map<CodeId, VisitCounts> counts_;
};

// Writes down what the book holds. Where the world fails it stays in the book.
void KeepVisits(World&);

inline constexpr std::size_t kMostCodesInAFunnel = 10'000;
inline constexpr Millis kStayedFor = 7 * kDay;

// Of all that the query finds, in its scope; errors as of ListCodes.
Result<Funnel> FunnelOf(Permit<Permission::kCodesRead>, World&, const CodeQuery&);
// kNotFound code.unknown.
Result<Funnel> FunnelOf(Permit<Permission::kCodesRead>, World&, const CodeScope&, CodeId);

}  // namespace ostiary
