#include "core/imports_fields.h"

#include <algorithm>

#include "core/accounts.h"
#include "util/text.h"

namespace ostiary {
namespace {

// clang-format off
constexpr std::array kFields = {
    ImportFieldRow{ImportField::kLabel,         "label",          "label,title,bezeichnung"},
    ImportFieldRow{ImportField::kEmail,         "email",          "email,mail,emailaddress,address,adresse,emailadresse"},
    ImportFieldRow{ImportField::kName,          "name",           "name,fullname,person"},
    ImportFieldRow{ImportField::kRole,          "role",           "role,rolle"},
    ImportFieldRow{ImportField::kTaskGroup,     "task_group",     "taskgroup,group,team,department,gruppe"},
    ImportFieldRow{ImportField::kMaxUses,       "max_uses",       "maxuses,maximumuses,uselimit"},
    ImportFieldRow{ImportField::kExpires,       "expires",        "expires,expiresat,expiresdays,expiresindays,expiration,expiry,validuntil,ablauf"},
    ImportFieldRow{ImportField::kStarts,        "starts",         "starts,startsat,validfrom,beginn"},
    ImportFieldRow{ImportField::kAircraftRoles, "aircraft_roles", "aircraftroles,aircraft"},
    ImportFieldRow{ImportField::kTags,          "tags",           "tags,tag"},
    ImportFieldRow{ImportField::kNotes,         "notes",          "notes,note,comment,notizen"},
    ImportFieldRow{ImportField::kWelcome,       "welcome",        "welcome,welcomemessage,welcometext"},
    ImportFieldRow{ImportField::kEmailDomains,  "email_domains",  "emaildomains,domains,emaildomain"},
    ImportFieldRow{ImportField::kAccountDays,   "account_days",   "accountdays,accountlifetime"},
    ImportFieldRow{ImportField::kActive,        "active",         "active,isactive,enabled,status"},
    ImportFieldRow{ImportField::kTemplate,      "template",       "template,vorlage"},
    ImportFieldRow{ImportField::kCode,          "code",           "code,invitecode,invitationcode"},
};
// clang-format on

// Of our lists and exports: what happened to a code, and not what it is.
constexpr std::array<std::string_view, 18> kHistory = {
    "creator",          "createdby",       "usage",      "used",      "usedcount",
    "created",          "lastused",        "lastusedat", "createdat", "updatedat",
    "registrationlink", "registrationurl", "id",         "version",   "approval",
    "approvalreason",   "batch",           "expiresin"};

consteval bool EveryFieldHasOneRowInOrder() {
    if (kFields.size() != static_cast<std::size_t>(ImportField::kCount)) return false;
    for (std::size_t i = 0; i < kFields.size(); ++i)
        if (static_cast<std::size_t>(kFields[i].field) != i) return false;
    return true;
}
static_assert(EveryFieldHasOneRowInOrder());

std::optional<ImportField> FieldCalled(const std::string& plain) {
    for (const ImportFieldRow& row : kFields)
        for (const std::string& label : SplitList(row.labels, ','))
            if (label == plain) return row.field;
    return {};
}

std::string FieldNames() {
    std::vector<std::string> names;
    for (const ImportFieldRow& row : kFields) names.emplace_back(row.name);
    return Join(names, ", ");
}

std::vector<std::string> ListOf(std::string_view typed) {
    std::string list(typed);
    std::ranges::replace(list, ';', ',');
    return SplitList(list, ',');
}

// A code that nobody can join with any more is one that is switched off.
std::optional<bool> ActiveOf(std::string_view typed) {
    constexpr std::array<std::string_view, 12> kYes = {
        "1",      "yes",     "true",          "on",        "y",       "ja",
        "active", "warning", "expiring soon", "scheduled", "pending", "expired"};
    constexpr std::array<std::string_view, 9> kNo = {"0",    "no",       "false",     "off",    "n",
                                                     "nein", "inactive", "exhausted", "revoked"};
    const std::string folded = Fold(typed);
    if (std::ranges::find(kYes, folded) != kYes.end()) return true;
    if (std::ranges::find(kNo, folded) != kNo.end()) return false;
    return {};
}

class RowDraft {
public:
    explicit RowDraft(std::vector<FieldError>& errors) : errors_(errors) {}

    void Take(ImportField field, const std::string& cell) {
        switch (field) {
            case ImportField::kLabel: draft.label = cell; break;
            case ImportField::kEmail: draft.email = cell; break;
            case ImportField::kName: draft.name = cell; break;
            case ImportField::kRole: draft.role = cell; break;
            case ImportField::kTaskGroup: draft.task_group = cell; break;
            case ImportField::kMaxUses:
                draft.max_uses = Fold(cell) == "unlimited" ? "0" : cell;
                break;
            case ImportField::kExpires: Expires(cell); break;
            case ImportField::kStarts: draft.starts_at = cell; break;
            case ImportField::kAircraftRoles: AircraftRoles(cell); break;
            case ImportField::kTags: draft.tags = ListOf(cell); break;
            case ImportField::kNotes: draft.notes = cell; break;
            case ImportField::kWelcome: draft.welcome = cell; break;
            case ImportField::kEmailDomains: draft.email_domains = ListOf(cell); break;
            case ImportField::kAccountDays: draft.account_days = cell; break;
            case ImportField::kActive: Active(cell); break;
            case ImportField::kTemplate: draft.template_name = cell; break;
            case ImportField::kCode: draft.code = cell; break;
            case ImportField::kCount: break;
        }
    }

    CodeDraft draft;

private:
    void Expires(const std::string& cell) {
        if (Fold(cell) == "never")
            draft.expires_at = "";
        else if (ParseInt(cell))
            draft.expires_days = cell;
        else
            draft.expires_at = cell;
    }
    void AircraftRoles(const std::string& cell) {
        draft.aircraft_roles = AircraftRolesOf(cell);
        if (!draft.aircraft_roles)
            errors_.push_back({"aircraft_roles", "aircraft_roles.invalid",
                               "Aircraft roles are written like N12345:pilot, N777:mechanic"});
    }
    void Active(const std::string& cell) {
        draft.is_active = ActiveOf(cell);
        if (!draft.is_active)
            errors_.push_back({"active", "active.invalid", "Active must be yes or no"});
    }

    std::vector<FieldError>& errors_;
};

}  // namespace

std::string PlainHeading(std::string_view heading) {
    std::string plain = Fold(heading);
    std::erase_if(plain, [](char c) { return c == ' ' || c == '_' || c == '-' || c == '.'; });
    return plain;
}

std::optional<std::vector<std::pair<std::string, std::string>>> AircraftRolesOf(
    std::string_view typed) {
    std::vector<std::pair<std::string, std::string>> roles;
    std::string list(typed);
    std::ranges::replace(list, ';', ',');
    for (const std::string& one : SplitList(list, ',')) {
        const auto colon = one.rfind(':');
        if (colon == std::string::npos) return {};
        roles.emplace_back(Trim(std::string_view(one).substr(0, colon)),
                           Trim(std::string_view(one).substr(colon + 1)));
    }
    return roles;
}

std::span<const ImportFieldRow> ImportFields() { return kFields; }

std::string_view NameOf(ImportField field) { return kFields[static_cast<std::size_t>(field)].name; }

std::optional<ImportField> FindImportField(std::string_view name) {
    for (const ImportFieldRow& row : kFields)
        if (row.name == name) return row.field;
    if (!IsCleanText(name, Lines::kOne)) return {};
    return FieldCalled(PlainHeading(name));
}

Result<std::vector<ImportColumn>> RecognizeColumns(const std::vector<std::string>& names,
                                                   const ImportMap& map) {
    std::vector<FieldError> errors;
    std::vector<ImportColumn> columns;
    std::vector<bool> is_said(names.size());
    std::array<const std::string*, kFields.size()> said_by{};
    for (const std::string& name : names) columns.push_back({name, {}, false});
    for (const auto& [column, typed] : map) {
        if (!IsCleanText(column, Lines::kMany))
            return InvalidFields({{"map", "map.column", "A column's name must be UTF-8 text"}});
        const auto found =
            std::ranges::find_if(names, [&, wanted = PlainHeading(column)](auto& name) {
                return name == column || PlainHeading(name) == wanted;
            });
        if (found == names.end()) {
            errors.push_back({"map", "map.column", Say("There is no column “{}”", column)});
            continue;
        }
        const auto at = static_cast<std::size_t>(found - names.begin());
        is_said[at] = true;
        if (typed.empty() || typed == "-") continue;
        const auto field = FindImportField(typed);
        if (!field) {
            const std::string all = FieldNames();
            errors.push_back({"map", "map.field", Say("A column can be one of: {}", all)});
            continue;
        }
        const std::string*& by = said_by.at(static_cast<std::size_t>(*field));
        if (by != nullptr)
            errors.push_back({"map", "map.twice",
                              Say("Both “{}” and “{}” shall be {}; leave one of them out", *by,
                                  *found, NameOf(*field))});
        by = &*found;
        columns[at].field = field;
    }
    if (!errors.empty()) return InvalidFields(std::move(errors));
    for (std::size_t at = 0; at < names.size(); ++at) {
        const std::string plain = PlainHeading(names[at]);
        columns[at].is_history = std::ranges::find(kHistory, plain) != kHistory.end();
        if (is_said[at]) continue;
        const auto field = FieldCalled(plain);
        if (!field || said_by.at(static_cast<std::size_t>(*field)) != nullptr) continue;
        said_by.at(static_cast<std::size_t>(*field)) = &names[at];
        columns[at].field = field;
    }
    return columns;
}

CodeDraft DraftOfRow(const std::vector<ImportColumn>& columns,
                     const std::vector<std::string>& cells, std::vector<FieldError>& errors) {
    RowDraft row(errors);
    for (std::size_t at = 0; at < std::min(columns.size(), cells.size()); ++at) {
        if (!columns[at].field || cells[at].empty()) continue;
        if (IsCleanText(cells[at], Lines::kMany))
            row.Take(*columns[at].field, cells[at]);
        else
            errors.push_back({std::string(NameOf(*columns[at].field)), "text.broken",
                              "This must be UTF-8 text without control characters"});
    }
    return std::move(row.draft);
}

std::string ContentOfRow(const std::vector<ImportColumn>& columns,
                         const std::vector<std::string>& cells) {
    std::array<const std::string*, kFields.size()> said{};
    for (std::size_t at = 0; at < std::min(columns.size(), cells.size()); ++at)
        if (columns[at].field && !cells[at].empty())
            said.at(static_cast<std::size_t>(*columns[at].field)) = &cells[at];
    std::string content;
    for (const ImportFieldRow& row : kFields)
        if (const std::string* cell = said.at(static_cast<std::size_t>(row.field)))
            content.append(row.name).append("=").append(*cell).append("\x1f");
    return content;
}

}  // namespace ostiary
