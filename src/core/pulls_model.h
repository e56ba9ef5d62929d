#pragma once

// A pull of people as the store keeps it (HR-1).

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/imports_model.h"
#include "core/origin.h"
#include "util/clock.h"
#include "util/sentence.h"

namespace ostiary {

enum class PullState : std::uint8_t {
    kFetching,    // asked for, or under way
    kWaiting,     // for somebody who applies or discards it
    kApplying,    // under way
    kApplied,     // each change was done, or says why not
    kSame,        // the file said nothing new
    kSuperseded,  // a newer one took its place
    kDiscarded,   // somebody did not want it
    kFailed,      // could not be fetched or read
    kCount
};
inline constexpr std::array<std::string_view, static_cast<std::size_t>(PullState::kCount)>
    kPullStates = {"fetching", "waiting",    "applying",  "applied",
                   "same",     "superseded", "discarded", "failed"};
constexpr std::string_view NameOf(PullState state) {
    return kPullStates[static_cast<std::size_t>(state)];
}

// In the order in which they are shown and done.
enum class PullKind : std::uint8_t { kLeave, kChange, kLink, kInvite, kCount };
inline constexpr std::array<std::string_view, static_cast<std::size_t>(PullKind::kCount)>
    kPullKinds = {"leave", "change", "link", "invite"};
constexpr std::string_view NameOf(PullKind kind) {
    return kPullKinds[static_cast<std::size_t>(kind)];
}

struct Pull {
    std::string id;  // UUIDv7
    PullState state = PullState::kFetching;
    std::string source;  // as it may be shown
    std::int64_t rows = 0;
    std::int64_t wrong = 0;    // rows
    std::int64_t unnamed = 0;  // of those, that nobody can be told by
    std::int64_t known = 0;    // people who had come from the source and had not left
    std::int64_t leavers = 0, changes = 0, links = 0, invites = 0;
    std::int64_t done = 0, failed = 0;  // of these
    std::string fingerprint;            // of what would change, or of why it failed
    Sentence trouble;                   // why it failed, or waits
    std::string asked_by;               // empty: it was time
    std::string ended_by_id, ended_by;  // who applied or discarded it
    Origin origin;                      // of that
    Millis created_at = 0, updated_at = 0;

    std::int64_t total() const { return leavers + changes + links + invites; }
};

struct PullChange {
    std::int64_t place = 0;  // from 1 on
    PullKind kind = PullKind::kChange;
    std::string scim_id;  // of whom it is about; of an invitation empty until it is done
    std::string body;     // JSON, read and written by core/pulls_words.h
    std::string outcome;  // "done" or "failed"; empty: neither yet
    Sentence reason;      // why it failed
};
inline constexpr std::string_view kPullWasDone = "done", kPullWasNot = "failed";

// Somebody who came from the source.
struct PullPerson {
    std::string hash;  // keyed, of what the source calls them
    std::string scim_id;
    std::string said;  // JSON: what the source said when that was last applied
};

// What the core asks of storage; see core/store.h.
class Pulls {
public:
    virtual ~Pulls() = default;
    virtual bool Add(const Pull&) = 0;  // to be fetched; false: one is being fetched already
    virtual std::optional<Pull> Find(std::string_view id) = 0;
    virtual std::optional<Pull> FindForUpdate(std::string_view id) = 0;
    virtual std::optional<Pull> FindInState(PullState) = 0;  // the newest
    virtual void Save(const Pull&) = 0;                      // the caller holds the row
    // Newest first, beginning after one.
    virtual std::vector<Pull> List(std::string_view after, std::size_t most) = 0;
    // Those that wait and are older than this one.
    virtual void Supersede(std::string_view id, Millis now) = 0;

    // Ids of those in this state that nobody holds.
    virtual std::vector<std::string> ListDue(PullState, Millis now) = 0;
    // As Imports::Claim, of what is being fetched or applied. Released, it is due again then.
    virtual bool Claim(std::string_view id, std::string_view lease, Millis now, Millis until) = 0;
    virtual void Release(std::string_view id, std::string_view lease, Millis due) = 0;

    virtual void AddChanges(std::string_view id, std::span<const PullChange>) = 0;
    virtual std::vector<PullChange> ListChanges(std::string_view id, std::int64_t after,
                                                std::size_t most) = 0;
    virtual std::vector<PullChange> ListChangesLeft(std::string_view id, std::size_t most) = 0;
    // Outcome, reason and whom it is about; false: it was settled already.
    virtual bool Settle(std::string_view id, const PullChange&) = 0;

    virtual void AddErrors(std::string_view id, std::span<const ImportError>) = 0;
    virtual std::vector<ImportError> ListErrors(std::string_view id, std::int64_t after_row,
                                                std::int64_t after_place, std::size_t most) = 0;
    virtual void Clear(std::string_view id) = 0;  // of its changes and errors

    // In order of hash, beginning after one.
    virtual std::vector<PullPerson> ListPeople(std::string_view after, std::size_t most) = 0;
    virtual std::optional<PullPerson> FindPerson(std::string_view hash) = 0;
    virtual std::optional<PullPerson> FindPersonByScim(std::string_view scim_id) = 0;
    virtual void PutPerson(const PullPerson&) = 0;  // in place of an earlier one
    virtual void DeletePerson(std::string_view hash) = 0;
    virtual void ErasePerson(std::string_view account_id) = 0;  // and what was about them

    // Those that are over, but for the newest of all; how many.
    virtual std::size_t DeleteOld(Millis made_before, std::size_t most) = 0;
};

}  // namespace ostiary
