#pragma once

// What a column of an imported file means, and what a row then says of a code (BULK-2).

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/codes.h"
#include "core/imports_model.h"

namespace ostiary {

enum class ImportField : std::uint8_t {
    kLabel,
    kEmail,
    kName,
    kRole,
    kTaskGroup,
    kMaxUses,
    kExpires,  // a number of days, or a moment
    kStarts,
    kAircraftRoles,
    kTags,
    kNotes,
    kWelcome,
    kEmailDomains,
    kAccountDays,
    kActive,  // yes or no; or a status as lists and exports say it
    kTemplate,
    kCode,
    kCount
};

struct ImportFieldRow {
    ImportField field;
    std::string_view name;    // as maps and answers say it; that of the API
    std::string_view labels;  // what columns are called, folded, without spaces, with commas
};
std::span<const ImportFieldRow> ImportFields();
std::string_view NameOf(ImportField);
std::optional<ImportField> FindImportField(std::string_view name);

// A heading as `labels` spells it.
std::string PlainHeading(std::string_view);
// "N12345:pilot, N777:mechanic" → registration, role; nothing where it is not written so.
std::optional<std::vector<std::pair<std::string, std::string>>> AircraftRolesOf(
    std::string_view typed);

// What a column is taken for; nothing: for nothing.
struct ImportColumn {
    std::string name;
    std::optional<ImportField> field;
    // Of our own exports, and meaningless for a new code: uses, creators, links.
    bool is_history = false;
};

// By what a person said, and by name where they said nothing. A field is said by one column: the
// first that is called so. kInvalid map.column, map.field, map.twice.
Result<std::vector<ImportColumn>> RecognizeColumns(const std::vector<std::string>& names,
                                                   const ImportMap&);

// Blank cells say nothing. What cannot be told apart is said in `errors`, by the field's name.
CodeDraft DraftOfRow(const std::vector<ImportColumn>&, const std::vector<std::string>& cells,
                     std::vector<FieldError>& errors);
// What the row says, so that it can be recognised in another file: order, headings and separators
// do not matter.
std::string ContentOfRow(const std::vector<ImportColumn>&, const std::vector<std::string>& cells);

}  // namespace ostiary
