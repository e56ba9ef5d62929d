#pragma once

// Many codes changed at once, as the store keeps it (ADM-2).

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model.h"
#include "core/origin.h"
#include "util/clock.h"
#include "util/sentence.h"

namespace ostiary {

enum class BulkDeed : std::uint8_t { kRevoke, kReactivate, kEdit, kDelete };
inline constexpr std::array<std::string_view, 4> kBulkDeeds = {"revoke", "reactivate", "edit",
                                                               "delete"};
constexpr std::string_view NameOf(BulkDeed deed) {
    return kBulkDeeds[static_cast<std::size_t>(deed)];
}

// What an edit of many may change; what is absent stays as it is.
struct BulkEdit {
    std::optional<std::string> max_uses, expires_days, expires_at, notes;
    std::optional<std::string> role, task_group, starts_at, account_days, label, welcome;
    std::vector<std::string> add_tags, remove_tags;

    bool operator==(const BulkEdit&) const = default;
};

enum class BulkJobState : std::uint8_t {
    kRunning,    // codes are being changed
    kUndoing,    // those that were changed are being put back
    kDone,       // each was looked at
    kCancelled,  // somebody stopped it, or it could not go on; what was changed is changed
    kUndone,     // put back, but for those that somebody changed since
    kCount
};
inline constexpr std::array<std::string_view, static_cast<std::size_t>(BulkJobState::kCount)>
    kBulkJobStates = {"running", "undoing", "done", "cancelled", "undone"};
constexpr std::string_view NameOf(BulkJobState state) {
    return kBulkJobStates[static_cast<std::size_t>(state)];
}

struct BulkJob {
    std::string id;  // UUIDv7
    BulkJobState state = BulkJobState::kRunning;
    BulkDeed deed = BulkDeed::kRevoke;
    BulkEdit edit;
    std::int64_t chosen = 0;
    CodeId reached = 0;  // the last that was looked at, or put back: they come in rising order
    std::int64_t looked_at = 0, changed = 0;
    std::int64_t people = 0;                  // who had joined with the changed ones
    std::int64_t brought_back = 0, kept = 0;  // by undoing
    Sentence trouble;                         // why it did not come to its end
    std::string created_by_id, created_by;
    std::string ended_by_id, ended_by;  // who stopped it or took it back
    Origin origin;                      // of whoever did the latest of this
    Millis created_at = 0, updated_at = 0;

    bool goes_on() const {
        return state == BulkJobState::kRunning || state == BulkJobState::kUndoing;
    }
    std::int64_t spared() const { return looked_at - changed; }
    // Deleting is for good.
    bool may_be_undone() const {
        return !goes_on() && state != BulkJobState::kUndone && deed != BulkDeed::kDelete &&
               changed > brought_back + kept;
    }
};

// What came of one code.
struct BulkJobCode {
    CodeId id = 0;
    std::int64_t version = 0;  // that it had afterwards; 0: not changed, or put back
    std::string before;        // of an edit: what stood there, as JSON
    std::string reason;        // why it was left alone, or not put back; empty: nothing to tell
    Sentence sentence;
    std::string label;  // as it is now; where ListLeft tells it
};

// What the core asks of storage; see core/store.h.
class BulkJobs {
public:
    virtual ~BulkJobs() = default;
    virtual void Add(const BulkJob&, std::string_view lease, Millis lease_until) = 0;
    virtual std::optional<BulkJob> Find(std::string_view id) = 0;
    virtual std::optional<BulkJob> FindForUpdate(std::string_view id) = 0;
    virtual void Save(const BulkJob&) = 0;  // but for what it was made of; the caller holds the row
    // Newest first, beginning after one; of one person, or of everybody where the id is empty.
    virtual std::vector<BulkJob> List(std::string_view created_by_id, std::string_view after,
                                      std::size_t most) = 0;

    // Ids of those that somebody must go on with.
    virtual std::vector<std::string> ListDue(Millis now) = 0;
    // Nobody else's until `until`; again under the same lease: longer. False: somebody else's, or
    // there is nothing to be done.
    virtual bool Claim(std::string_view id, std::string_view lease, Millis now, Millis until) = 0;
    virtual void Release(std::string_view id, std::string_view lease) = 0;

    virtual void AddCodes(std::string_view id, std::span<const CodeId> codes) = 0;
    virtual void Settle(std::string_view id, const BulkJobCode&) = 0;
    // In the order of their ids, beginning after one.
    virtual std::vector<BulkJobCode> ListCodes(std::string_view id, CodeId after,
                                               std::size_t most) = 0;
    virtual std::vector<BulkJobCode> ListLeft(std::string_view id, CodeId after,
                                              std::size_t most) = 0;  // those with a reason

    // Those that ended before this, with all that belongs to them; how many.
    virtual std::size_t DeleteEnded(Millis ended_before, std::size_t most) = 0;
};

}  // namespace ostiary
