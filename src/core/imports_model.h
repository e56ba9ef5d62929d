#pragma once

// An import as the store keeps it (BULK-2).

#include <cstdint>
#include <string>
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
// Every row or none, or those that are right.
enum class ImportMode : std::uint8_t { kAll, kGood };

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
    Origin origin;
    Millis created_at = 0, updated_at = 0;
};

// One thing that is wrong with one row.
struct ImportError {
    std::int64_t row = 0;    // of CSV the line, of JSON the place in the list; the first is 1
    std::int64_t place = 0;  // among those of the row
    std::string field, reason;
    Sentence sentence;
};

}  // namespace ostiary
