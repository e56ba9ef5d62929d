#pragma once

// What can be done with many codes at once (ADM-2). Each goes through the same rules as by itself,
// and each change appends its own event; what cannot be changed is left alone and named.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/bulk_jobs_model.h"
#include "core/codes.h"

namespace ostiary {

// So many are changed with one answer; more are a job, up to so many (core/bulk_jobs.h).
inline constexpr std::size_t kMostCodesAtOnce = 1'000, kMostCodesChosen = 100'000;

// Those ticked, or all that match a filter.
struct CodeChoice {
    std::vector<CodeId> ids;
    std::optional<CodeQuery> all;          // its scope is set from the rules of the door
    std::optional<std::int64_t> expected;  // how many they were when the person agreed
};

struct SparedCode {
    CodeId id = 0;
    std::string name;    // as ShortName says it; of a code that is not there, its number
    std::string reason;  // stable: "code.used", "code.same", …
    Sentence sentence;   // why
};

struct BulkOutcome {
    std::size_t chosen = 0;
    std::vector<CodeId> changed;  // or that would be
    std::int64_t people = 0;      // who joined with those
    std::vector<SparedCode> spared;
    std::string batch = {};  // of those that were made together
};

// What would come of it, with nothing written. An edit that says nothing yet is asked whether it
// may be made at all.
Result<BulkOutcome> PreviewBulk(Permit<Permission::kCodesWrite>, World&, const DoorRules&,
                                const CodeChoice&, BulkDeed, const BulkEdit&);

// The codes it is of now, by their ids, each once: whoever has looked need not look again. kStale
// codes.choice_changed, kConflict codes.too_many.
Result<CodeChoice> ResolveChoice(Permit<Permission::kCodesWrite>, World&, const DoorRules&,
                                 const CodeChoice&);

// Does it, some at a time. kStale codes.choice_changed if the choice is no longer as many as was
// agreed to, kConflict codes.too_many if it is more than kMostCodesAtOnce; then nothing is done.
// Field errors of the edit come before anything is done, too.
Result<BulkOutcome> RunBulk(Permit<Permission::kCodesWrite>, World&, const DoorRules&,
                            const CodeChoice&, BulkDeed, const BulkEdit&);

inline constexpr std::size_t kMostMadeAtOnce = 10'000;

// So many codes of one draft, all of them or none; `changed` names them. More than one are a batch.
// A chosen code can be given to one only.
Result<BulkOutcome> CreateCodes(Permit<Permission::kCodesWrite>, World&, const DoorRules&,
                                const CodeDraft&, std::size_t count);
// What each of them would be, with nothing written.
Result<Code> PreviewCode(Permit<Permission::kCodesWrite>, World&, const DoorRules&,
                         const CodeDraft&, std::size_t count);
// Whether that could be done, with nothing written.
Result<BulkOutcome> PreviewCreate(Permit<Permission::kCodesWrite>, World&, const DoorRules&,
                                  const CodeDraft&, std::size_t count);

Error NoSuchBatch();  // kNotFound batch.unknown

// Records that the codes were exported, and gives the writer of the file: a line of headings and
// one of each code, without the code and the link where the person may not see them (REP-2). The
// writer reads as it goes, and stops when `write` returns false.
using WriteText = std::function<bool(std::string_view)>;
using CodesFile = std::function<void(const WriteText&)>;
Result<CodesFile> ExportCodes(Permit<Permission::kCodesRead>, World&, const DoorRules&, CodeChoice);

}  // namespace ostiary
