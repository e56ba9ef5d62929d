#pragma once

// Many codes are changed little by little (ADM-2): it is agreed to at once, which codes and how
// many, and goes on by itself, survives a stop of the program, tells how far it is, can be stopped
// and, where the deed is none that is for good, undone. docs/decisions/0030 says how.

#include <string>
#include <string_view>
#include <vector>

#include "core/bulk_jobs_model.h"
#include "core/codes_bulk.h"

namespace ostiary {

// Begins it, and does what can be done within `patience`; the rest goes on by itself. Errors as
// RunBulk's, where more than kMostCodesChosen are too many; and kInvalid codes.none of no code at
// all.
Result<BulkJob> StartBulk(Permit<Permission::kCodesWrite>, World&, const DoorRules&,
                          const CodeChoice&, BulkDeed, const BulkEdit&, Millis patience);

// What is changed stays as it is; of an undoing, what is put back. kConflict job.ended.
Result<BulkJob> CancelBulk(Permit<Permission::kCodesWrite>, World&, const CodeScope&,
                           std::string_view id);
// Makes those codes as they were that nobody has changed since, as far as `patience` allows; the
// rest goes on by itself. kConflict job.running, job.undone, job.final of what was deleted,
// job.nothing.
Result<BulkJob> UndoBulk(Permit<Permission::kCodesWrite>, World&, const CodeScope&,
                         std::string_view id, Millis patience);

// ── Looking: one's own; everybody's for whoever works with all codes ───────────────────────────

Result<BulkJob> GetBulkJob(Permit<Permission::kCodesRead>, World&, const CodeScope&,
                           std::string_view id);  // kNotFound job.unknown
// Newest first, beginning after one.
Result<std::vector<BulkJob>> ListBulkJobs(Permit<Permission::kCodesRead>, World&, const CodeScope&,
                                          std::string_view after, std::size_t most);
// Which codes were left alone, or not put back, and why; rising, beginning after one.
Result<std::vector<SparedCode>> ListSparedCodes(Permit<Permission::kCodesRead>, World&,
                                                const CodeScope&, std::string_view id, CodeId after,
                                                std::size_t most);

// ── Going on ───────────────────────────────────────────────────────────────────────────────────

// Goes on with one that is under way, if nobody else does, for about so long; false: it is at its
// end, or somebody else's.
bool AdvanceBulkJob(World&, std::string_view id, Millis patience);
void AdvanceBulkJobs(World&, Millis patience);  // all of them
// Those that ended a month ago; until then they can be looked at and undone.
void DeleteOldBulkJobs(World&);

}  // namespace ostiary
