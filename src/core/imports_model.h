#pragma once

// An import as the store keeps it (BULK-2).

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/origin.h"
#include "util/clock.h"
#include "util/sentence.h"

namespace ostiary {

enum class ImportState : std::uint8_t {
    kDraft,      // looked at, and nothing done
    kRunning,    // codes are being made
    kUndoing,    // the unused ones are being deleted; then it is what `ending` says
    kDone,       // made
    kRefused,    // nothing is left of it: something was wrong after all
    kCancelled,  // somebody stopped it
    kUndone,     // somebody took it back
    kCount
};
inline constexpr std::array<std::string_view, static_cast<std::size_t>(ImportState::kCount)>
    kImportStates = {"draft", "running", "undoing", "done", "refused", "cancelled", "undone"};
constexpr std::string_view NameOf(ImportState state) {
    return kImportStates[static_cast<std::size_t>(state)];
}

// Every row or none, or those that are right.
enum class ImportMode : std::uint8_t { kAll, kGood };
constexpr std::string_view NameOf(ImportMode mode) {
    return mode == ImportMode::kGood ? "good" : "all";
}

// Column → field, as a person said it; an empty field: the column is left out.
using ImportMap = std::vector<std::pair<std::string, std::string>>;

struct Import {
    std::string id;  // UUIDv7; the batch of its codes, too
    ImportState state = ImportState::kDraft;
    ImportState ending = ImportState::kDone;
    std::string content_hash;
    ImportMode mode = ImportMode::kAll;
    bool again = false;  // rows that were imported before are made again
    bool label_required = false;
    ImportMap map;
    std::int64_t rows = 0, looked_at = 0, created = 0, refused = 0, repeated = 0;
    std::int64_t undone = 0;  // codes
    Sentence trouble;         // why it did not come to its end
    std::string created_by_id, created_by;
    std::string ended_by_id, ended_by;  // who stopped it or took it back
    Origin origin;                      // of whoever did the latest of this
    Millis created_at = 0, updated_at = 0;

    bool goes_on() const {
        return state == ImportState::kRunning || state == ImportState::kUndoing;
    }
};

// One thing that is wrong with one row.
struct ImportError {
    std::int64_t row = 0;    // of CSV the line, of JSON the place in the list; the first is 1
    std::int64_t place = 0;  // among those of the row
    std::string field, reason;
    Sentence sentence;
};

// What the core asks of storage; see core/store.h.
class Imports {
public:
    virtual ~Imports() = default;
    virtual void Add(const Import&) = 0;
    virtual std::optional<Import> Find(std::string_view id) = 0;
    virtual std::optional<Import> FindForUpdate(std::string_view id) = 0;
    virtual void Save(const Import&) = 0;          // all but whose it is; the caller holds the row
    virtual void Delete(std::string_view id) = 0;  // and all that belongs to it
    // The latest of this content that is under way or done.
    virtual std::optional<Import> FindSame(std::string_view content_hash) = 0;
    // Newest first, drafts aside; of one person, or of everybody where the id is empty.
    virtual std::vector<Import> List(std::string_view created_by_id, std::size_t most) = 0;

    // Ids of those that somebody must go on with.
    virtual std::vector<std::string> ListDue(Millis now) = 0;
    // Nobody else's until `until`; again under the same lease: longer. False: somebody else's, or
    // there is nothing to be done.
    virtual bool Claim(std::string_view id, std::string_view lease, Millis now, Millis until) = 0;
    virtual void Release(std::string_view id, std::string_view lease) = 0;

    // The file, in pieces from 0 on; sealed.
    virtual void AddPiece(std::string_view id, std::int64_t place, std::string_view text) = 0;
    virtual std::optional<std::string> FindPiece(std::string_view id, std::int64_t place) = 0;
    virtual void DeletePieces(std::string_view id) = 0;

    virtual void AddErrors(std::string_view id, std::span<const ImportError>) = 0;
    // In order of row and place, beginning after one.
    virtual std::vector<ImportError> ListErrors(std::string_view id, std::int64_t after_row,
                                                std::int64_t after_place, std::size_t most) = 0;

    // Which of these hashes of rows became codes, sorted.
    virtual std::vector<std::string> KnownRows(std::span<const std::string> hashes) = 0;
    virtual void AddRows(std::string_view id, std::span<const std::string> hashes) = 0;
    virtual void ForgetRows(std::string_view id) = 0;

    // Drafts that nobody went on with; how many.
    virtual std::size_t DeleteDrafts(Millis made_before, std::size_t most) = 0;
    // Of one person all but the newest so many.
    virtual void DeleteSurplusDrafts(std::string_view created_by_id, std::size_t kept) = 0;
};

}  // namespace ostiary
