#pragma once

// What a deed on many codes does to each of them, for those who do it at once (core/codes_bulk.h)
// and those who do it little by little (core/bulk_jobs.h).

#include <optional>
#include <string>
#include <vector>

#include "core/code_changes.h"
#include "core/codes_bulk.h"

namespace ostiary {

// The ids of a choice, each once and rising. kConflict codes.too_many; kStale codes.choice_changed
// where they are not as many as the person agreed to.
Result<std::vector<CodeId>> IdsOfChoice(const Actor&, World&, const DoorRules&, const CodeChoice&);
// What is wrong with the edit whatever the code: told before anything is done.
Result<void> CheckEdit(const Actor&, World&, const DoorRules&, const BulkEdit&);

// Exactly one of the two is there.
struct EachOutcome {
    std::optional<Code> changed;  // as it is afterwards, or, of a preview, was before
    std::optional<SparedCode> spared;
    std::string before;  // of a code that was edited: what stood there, as JSON
};

// Borrows all it is made of.
class BulkEach {
public:
    BulkEach(World&, const Actor&, const DoorRules&, BulkDeed, const BulkEdit&);

    // What would come of it; an edit that says nothing is asked whether it may be made at all.
    EachOutcome Preview(Work&, CodeId);
    EachOutcome Run(Work&, CodeId);
    // Makes it as it was, if nobody has changed it since.
    EachOutcome Undo(Work&, CodeId, std::int64_t version, std::string_view before);

private:
    Result<void> Change(Work&, Code&, Millis now);
    EachOutcome Spare(CodeId, const std::optional<Code>&, const Error&) const;
    std::optional<Code> Theirs(Work&, CodeId) const;

    World& world_;
    const Actor& actor_;
    const DoorRules& rules_;
    const BulkDeed deed_;
    const BulkEdit& edit_;
};

}  // namespace ostiary
