#include "core/pulls_rows.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

#include "core/accounts.h"
#include "core/code_changes.h"
#include "core/imports_fields.h"
#include "core/imports_text.h"
#include "core/pulls.h"
#include "core/receipts.h"
#include "util/text.h"

namespace ostiary {
namespace {

constexpr std::size_t kJudgedTogether = 250, kLongestKey = 200, kLongestUserName = 254;

enum class Column : std::uint8_t {
    kId,
    kUserName,
    kName,
    kGivenName,
    kFamilyName,
    kEmail,
    kRole,
    kTaskGroup,
    kAircraftRoles,
    kActive,
    kCount
};

struct ColumnRow {
    std::string_view name;               // as errors say it
    std::optional<ImportField> as = {};  // called what a file of codes calls it, or
    std::string_view labels;             // these, as ImportFieldRow
};

// clang-format off
constexpr std::array<ColumnRow, static_cast<std::size_t>(Column::kCount)> kColumns = {{
    {"external_id",    {},                          "externalid,employeeid,employeenumber,personnelnumber,personid,staffid,personalnummer,mitarbeiternummer,uid,id"},
    {"user_name",      {},                          "username,login,loginname,userprincipalname,benutzername"},
    {"name",           ImportField::kName,          "displayname"},
    {"name",           {},                          "firstname,givenname,vorname"},
    {"name",           {},                          "lastname,familyname,surname,nachname"},
    {"email",          ImportField::kEmail,         "workemail,primaryemail,dienstadresse"},
    {"role",           ImportField::kRole,          ""},
    {"task_group",     ImportField::kTaskGroup,     "abteilung"},
    {"aircraft_roles", ImportField::kAircraftRoles, ""},
    {"active",         ImportField::kActive,        "aktiv,employmentstatus"},
}};
constexpr std::array<std::string_view, 14> kActiveWords = {
    "1", "yes", "true", "on", "y", "ja", "j", "wahr", "active", "enabled", "employed", "current", "aktiv", "x"};
constexpr std::array<std::string_view, 17> kLeftWords = {
    "0", "no", "false", "off", "n", "nein", "falsch", "inactive", "disabled", "terminated", "left", "suspended", "former",
    "inaktiv", "ausgetreten", "gesperrt", "revoked"};
// clang-format on

std::string_view NameOf(Column column) { return kColumns[static_cast<std::size_t>(column)].name; }

// Where each column stands; of two that are called alike, the first label's, then the first.
class Layout {
public:
    explicit Layout(const std::vector<std::string>& headings) {
        std::unordered_map<std::string, std::size_t> places;
        for (std::size_t at = 0; at < headings.size(); ++at)
            places.try_emplace(PlainHeading(headings[at]), at);
        for (std::size_t column = 0; column < kColumns.size(); ++column) {
            std::string labels;
            if (kColumns[column].as)
                labels = ImportFields()[static_cast<std::size_t>(*kColumns[column].as)].labels;
            for (const std::string& label :
                 SplitList(labels + "," + std::string(kColumns[column].labels), ',')) {
                if (const auto found = places.find(label); found != places.end() && !at_[column])
                    at_[column] = found->second;
            }
        }
    }

    bool Has(Column column) const { return At(column).has_value(); }
    // Nothing where there is no such column; of a short row, a blank.
    std::optional<std::string> Cell(const ImportLine& line, Column column) const {
        const auto at = At(column);
        if (!at) return {};
        return *at < line.cells.size() ? std::string(Trim(line.cells[*at])) : std::string();
    }

private:
    const std::optional<std::size_t>& At(Column column) const {
        return at_[static_cast<std::size_t>(column)];
    }
    std::array<std::optional<std::size_t>, kColumns.size()> at_;
};

// Of one row, before anybody is asked about roles and aircraft.
class RowReader {
public:
    RowReader(const Layout& layout, const ImportLine& line) : layout_(layout), line_(line) {}

    PullRow Read() {
        row_.number = line_.number;
        if (!IsClean()) return std::move(row_);
        for (const auto& [column, field] : {std::pair(Column::kUserName, pull::kUserName),
                                            {Column::kEmail, pull::kEmail},
                                            {Column::kRole, pull::kRole},
                                            {Column::kTaskGroup, pull::kTaskGroup}})
            Say(field, layout_.Cell(line_, column).value_or(""));
        Say(pull::kName, FullName());
        if (const auto roles = layout_.Cell(line_, Column::kAircraftRoles))
            row_.words.emplace(pull::kAircraftRoles, *roles);
        Active();
        Key();
        return std::move(row_);
    }

private:
    void Say(std::string_view field, const std::string& word) {
        if (!word.empty()) row_.words.emplace(field, word);
    }
    void Wrong(Column column, std::string reason, Sentence sentence) {
        row_.errors.push_back(
            {std::string(NameOf(column)), std::move(reason), std::move(sentence)});
    }

    bool IsClean() {
        for (std::size_t column = 0; column < kColumns.size(); ++column) {
            const auto cell = layout_.Cell(line_, static_cast<Column>(column));
            if (!cell || IsCleanText(*cell, Lines::kOne)) continue;
            Wrong(static_cast<Column>(column), "text.broken",
                  "This must be one line of UTF-8 text without control characters");
        }
        return row_.errors.empty();
    }

    std::string FullName() const {
        const std::string whole = layout_.Cell(line_, Column::kName).value_or("");
        if (!whole.empty()) return whole;
        return std::string(Trim(layout_.Cell(line_, Column::kGivenName).value_or("") + " " +
                                layout_.Cell(line_, Column::kFamilyName).value_or("")));
    }

    void Active() {
        const std::string folded = Fold(layout_.Cell(line_, Column::kActive).value_or(""));
        const bool is_active =
            folded.empty() || std::ranges::find(kActiveWords, folded) != kActiveWords.end();
        const bool has_left = std::ranges::find(kLeftWords, folded) != kLeftWords.end();
        if (!is_active && !has_left)
            Wrong(Column::kActive, "active.invalid", "Active must be yes or no");
        row_.words.emplace(pull::kActive, has_left ? pull::kNo : pull::kYes);
    }

    void Key() {
        const std::string email(WordOf(row_.words, pull::kEmail));
        std::vector<FieldError> about_email;
        if (!email.empty()) CheckEmail(email, about_email);
        const bool is_bad = !about_email.empty();
        for (FieldError& one : about_email) row_.errors.push_back(std::move(one));
        row_.has_id = layout_.Has(Column::kId);
        if (row_.has_id) {
            row_.key = *layout_.Cell(line_, Column::kId);
            if (row_.key.empty())
                Wrong(Column::kId, "external_id.missing", "Every row needs its id");
            if (CountCharacters(row_.key) > kLongestKey)
                Wrong(Column::kId, "external_id.long",
                      ostiary::Say("An id has at most {} characters", kLongestKey));
        } else if (email.empty()) {
            Wrong(Column::kEmail, "email.missing", "Every row needs an address");
        } else if (!is_bad) {  // an address with a slip in it is nobody's
            row_.key = Fold(email);
        }
        if (CountCharacters(WordOf(row_.words, pull::kUserName)) > kLongestUserName)
            Wrong(Column::kUserName, "user_name.long",
                  ostiary::Say("A userName has at most {} characters", kLongestUserName));
    }

    const Layout& layout_;
    const ImportLine& line_;
    PullRow row_;
};

Actor Program() {
    Actor program = Actor::Console("");
    program.origin.door = Door::kProgram;
    return program;
}

// By the rules of invitations; what is right is spelt as they spell it.
void Judge(World& world, PullRow& row) {
    CodeDraft draft;
    const auto said = [&](std::string_view field) -> std::optional<std::string> {
        const std::string_view word = WordOf(row.words, field);
        return word.empty() ? std::nullopt : std::optional(std::string(word));
    };
    draft.name = said(pull::kName);
    draft.role = said(pull::kRole);
    draft.task_group = said(pull::kTaskGroup);
    if (const auto roles = said(pull::kAircraftRoles)) {
        draft.aircraft_roles = AircraftRolesOf(*roles);
        if (!draft.aircraft_roles)
            row.errors.push_back({"aircraft_roles", "aircraft_roles.invalid",
                                  "Aircraft roles are written like N12345:pilot, N777:mechanic"});
    }
    const auto code = CodeOfDraft(world, Program(), {CodeScope::All()}, draft);
    if (!code.ok()) {
        std::ranges::copy(code.error().fields, std::back_inserter(row.errors));
        return;
    }
    if (draft.role) row.words[std::string(pull::kRole)] = code.value().role;
    if (draft.task_group) row.words[std::string(pull::kTaskGroup)] = code.value().task_group;
    if (!draft.aircraft_roles) return;
    std::vector<std::pair<std::string, std::string>> roles;
    for (const AircraftGrant& grant : code.value().aircraft_roles)
        roles.emplace_back(grant.registration, grant.role);
    row.words[std::string(pull::kAircraftRoles)] = AircraftWords(std::move(roles));
}

void JudgeAll(World& world, std::vector<PullRow>& rows) {
    for (std::size_t from = 0; from < rows.size(); from += kJudgedTogether)
        world.store.Read([&](Work& work) {
            JoinedStore joined(world, work);
            World inner = world.With(joined);
            for (std::size_t at = from; at < std::min(rows.size(), from + kJudgedTogether); ++at)
                Judge(inner, rows[at]);
        });
}

// A second row about the same person, or with the same address, says nothing that could be done.
void FindRepeated(std::vector<PullRow>& rows) {
    std::unordered_map<std::string, std::int64_t> keys, addresses;
    for (PullRow& row : rows) {
        const auto is_second = [&](auto& seen, std::string_view text, const char* field) {
            if (text.empty()) return;
            const auto [first, is_new] = seen.try_emplace(std::string(text), row.number);
            if (!is_new)
                row.errors.push_back(
                    {field, "row.twice",
                     Say("Row {} is about the same person already", first->second)});
        };
        is_second(keys, row.key, row.has_id ? "external_id" : "email");
        if (row.has_id && row.errors.empty())
            is_second(addresses, Fold(WordOf(row.words, pull::kEmail)), "email");
    }
}

}  // namespace

Result<std::vector<PullRow>> ReadPullRows(World& world, std::string_view text) {
    std::vector<ImportLine> lines;
    ImportReader reader([&](ImportLine line) {
        lines.push_back(std::move(line));
        return lines.size() <= kMostPulled;
    });
    reader.Read(text);
    TRY(reader.End());
    if (lines.size() > kMostPulled)
        return InvalidFields(
            {{"file", "file.rows", Say("A file has at most {} rows", kMostPulled)}});
    const Layout layout(reader.columns());
    const bool is_bare = lines.empty() && reader.columns().empty();  // of JSON: []
    if (!layout.Has(Column::kEmail) && !is_bare)
        return InvalidFields(
            {{"file", "file.columns", "There is no column with the addresses; name it email"}});
    std::vector<PullRow> rows;
    rows.reserve(lines.size());
    for (const ImportLine& line : lines) {
        PullRow row = RowReader(layout, line).Read();
        if (!row.key.empty()) row.hash = PullHash(world, row.key);
        rows.push_back(std::move(row));
    }
    FindRepeated(rows);
    JudgeAll(world, rows);
    return rows;
}

}  // namespace ostiary
