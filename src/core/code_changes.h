#pragma once

// What the verbs of core/codes.h and core/codes_bulk.h do to one code: the rules once, for one at a
// time and for thousands.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/codes.h"
#include "core/events.h"

namespace ostiary {

Error CodeNotFound();
Error CodeConflict(std::string reason, Sentence details);
Result<void> CheckVersion(const Code&, std::optional<std::int64_t> expected);

// ── Each has its way with a code and writes nothing, or says why it may not ────────────────────

Result<void> EditInPlace(Work&, World&, const Actor&, const DoorRules&, const CodeDraft&,
                         Millis now, Code&);
void RevokeInPlace(Code&, Millis now);
Result<void> ReactivateInPlace(World&, const Actor&, const CodeDraft&, Millis now, Code&);
// What a door with locked used codes lets be edited (CODE-6).
Result<void> CheckEditable(const DoorRules&, const Code&, Millis now);
Result<void> CheckDeletable(const DoorRules&, const Code&);

// ── Making one ─────────────────────────────────────────────────────────────────────────────────

// A code as the draft says, checked; without letters of its own unless they were chosen.
Result<Code> CodeOfDraft(World&, const Actor&, const DoorRules&, const CodeDraft&);
// Stores it with one event. Letters that were not chosen are drawn here. kInvalid code.taken;
// kConflict quota.… (core/quotas.h).
// Of several made together only the first asks approvers by mail.
enum class AskApprovers : std::uint8_t { kYes, kNo };
Result<void> AddWithin(Work&, World&, const Actor&, const CodeDraft&, Code&);
// The same of one that is stored together with others, for all of which the quota was asked.
Result<void> AddOneOfWithin(Work&, World&, const Actor&, const CodeDraft&, Code&, AskApprovers);
// Letters for so many codes, to be drawn before anybody waits.
std::vector<Codes::Letters> DrawLetters(World&, std::size_t count);
// As many of them at once as there are letters, with one event each; their ids. Those whose letters
// are in use get others.
Result<std::vector<CodeId>> AddBatchWithin(Work&, World&, const Actor&, Code model,
                                           std::vector<Codes::Letters>);

// Codes that differ, as their drafts said, checked; each with one event. Letters are drawn here for
// those without any. The id of each, in order; nothing where letters that were chosen are in use.
Result<std::vector<std::optional<CodeId>>> AddAllWithin(Work&, World&, const Actor&,
                                                        std::vector<Code>&, AskApprovers);

// Each approver is told that it waits for them, by mail and in the pages.
void AskForApproval(Work&, const World&, const Actor&, const Code&);

// ── Within a transaction that is under way ─────────────────────────────────────────────────────

using CodeChange = std::function<Result<void>(Work&, Code&, Millis now)>;

struct ChangedCode {
    Code code;             // as the actor may see it
    bool differs = false;  // false: it was so before, and nothing was written
};

// Holds the code's row, lets `change` have its way with it, judges who stands behind it now, and
// saves what came of it with one event. What is put back as it was (Judge::kNo) is not judged anew.
enum class Judge : std::uint8_t { kYes, kNo };
Result<ChangedCode> ChangeWithin(Work&, World&, const Actor&, const CodeScope&, CodeId, EventKind,
                                 const CodeChange& change, Judge = Judge::kYes);
Result<Code> DeleteWithin(Work&, World&, const Actor&, const DoorRules&, CodeId,
                          std::optional<std::int64_t> expected_version = {});

}  // namespace ostiary
