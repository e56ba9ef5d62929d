#pragma once

// Making codes of a file (BULK-2): looked at first, with every wrong row named; then made, all of
// them or those that are right. A file that was imported before makes nothing, and of a mended one
// only the rows that are new are made. docs/decisions/0024 says how.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/codes_bulk.h"
#include "core/exports.h"
#include "core/imports_fields.h"
#include "core/imports_model.h"

namespace ostiary {

inline constexpr std::int64_t kMostImported = 100'000;
// Up to so many are one transaction; more are made in small ones, and taken back if one fails.
inline constexpr std::int64_t kMostImportedAtOnce = 10'000;

std::optional<ImportMode> FindImportMode(std::string_view name);  // "all" or "good"

struct ImportAsked {
    ImportMap map;
    ImportMode mode = ImportMode::kAll;
    bool again = false;
};

// Hands over the file from its beginning, in pieces, as often as it is called.
using ImportSource = std::function<void(const WriteText&)>;
ImportSource SourceOf(std::string_view text);  // borrowed

struct ImportReport {
    Import import;  // its id is empty where nothing was stored
    std::vector<ImportColumn> columns;
    std::vector<std::vector<std::string>> sample;  // the cells of the first rows
    std::vector<ImportError> errors;               // in the order of the file
    std::vector<std::int64_t> repeated;            // the first rows that were imported before
    std::int64_t good = 0;                         // rows that became codes, or would
    std::int64_t pending = 0;                      // of those, that wait for approval
    std::optional<Import> same;  // this file was imported by that one; nothing was made
};

// What would come of it, with nothing stored. kInvalid file.*, map.*; wrong rows are no error but
// what is asked for.
Result<ImportReport> CheckImport(Permit<Permission::kCodesWrite>, World&, const DoorRules&,
                                 const ImportAsked&, const ImportSource&);
// Does it. Afterwards it is kDone; kRunning where there is more to be done than one transaction
// should; kRefused, with nothing stored, where rows are wrong and all were asked for; and a kDraft
// where the file was imported before.
Result<ImportReport> RunImport(Permit<Permission::kCodesWrite>, World&, const DoorRules&,
                               const ImportAsked&, const ImportSource&);

// ── Drafts: files that were sent to be looked at ───────────────────────────────────────────────

// Keeps it for a day, sealed; its id. Of a person's drafts the newest few are kept.
Result<std::string> KeepImport(Permit<Permission::kCodesWrite>, World&, const ImportAsked&,
                               const ImportSource&);
// Asks for it otherwise than before. kNotFound import.unknown; kConflict import.ended where it is
// no draft any more; so with the other two.
Result<void> ChangeImport(Permit<Permission::kCodesWrite>, World&, std::string_view id,
                          const ImportAsked&);
// The same verbs for a file that is here, as was asked last.
Result<ImportReport> CheckKeptImport(Permit<Permission::kCodesWrite>, World&, const DoorRules&,
                                     std::string_view id);
Result<ImportReport> RunKeptImport(Permit<Permission::kCodesWrite>, World&, const DoorRules&,
                                   std::string_view id);

// ── What came of it ────────────────────────────────────────────────────────────────────────────

// One's own; everybody's for whoever works with all codes. kNotFound import.unknown.
Result<Import> GetImport(Permit<Permission::kCodesRead>, World&, const CodeScope&,
                         std::string_view id);
Result<std::vector<Import>> ListImports(Permit<Permission::kCodesRead>, World&, const CodeScope&,
                                        std::size_t most);
Result<std::vector<ImportError>> ErrorsOfImport(Permit<Permission::kCodesRead>, World&,
                                                const CodeScope&, std::string_view id,
                                                std::size_t most);
// CSV: row, field, reason, what is wrong. Of a draft, as it would be now.
Result<TextFile> ExportImportErrors(Permit<Permission::kCodesWrite>, World&, const DoorRules&,
                                    std::string_view id);
// Stops what is under way, and deletes the codes that nobody used yet; of good rows alone, those
// that are made stay when it is stopped. kConflict import.ended.
Result<Import> UndoImport(Permit<Permission::kCodesWrite>, World&, const CodeScope&,
                          std::string_view id);

// ── Going on ───────────────────────────────────────────────────────────────────────────────────

// Goes on with one import that is under way, if nobody else does, for about so long; false: it is
// at its end, or somebody else's.
bool AdvanceImport(World&, std::string_view id, Millis patience);
void AdvanceImports(World&, Millis patience);  // all of them
void DeleteOldDrafts(World&);                  // that nobody went on with

}  // namespace ostiary
