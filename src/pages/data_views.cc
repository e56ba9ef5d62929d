#include "pages/data_views.h"

#include "http/forms.h"
#include "pages/filters.h"
#include "pages/language.h"
#include "pages/words.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

const std::string kData = std::string(PortalOf(PortalId::kAdmin).home) + "data/";
constexpr std::size_t kListedLetters = 60;

// So many letters and an ellipsis, never half a letter.
std::string Shortened(const std::string& text) {
    std::size_t letters = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
        if (begins && ++letters > kListedLetters) return text.substr(0, at) + "…";
    }
    return text;
}

std::string InWords(const Scene& scene, const RawColumn& column, const std::string& value) {
    const auto number = ParseInt(value);
    switch (column.kind) {
        case RawKind::kMoment: return number ? MomentInWords(*number, scene.time_zone) : value;
        case RawKind::kSwitch: return value == "1" ? T("Yes") : T("No");
        case RawKind::kText:
        case RawKind::kLong:
        case RawKind::kNumber: break;
    }
    return value;
}

void SetCell(View& view, const Scene& scene, const RawColumn& column,
             const std::optional<std::string>& value) {
    const bool masked = column.masked() && value;
    view.Set("COLUMN", column.name)
        .Flag("IS_MASKED", masked)
        .Flag("IS_NULL", !value)
        .Flag("IS_KEY", column.Is(RawUse::kKey));
    view.Set("CELL", value && !masked ? InWords(scene, column, *value) : "");
    const RawTable* there = column.leads_to.empty() ? nullptr : FindRawTable(column.leads_to);
    view.Set("CELL_URL", there && value && !value->empty() ? RowPath(*there, *value) : "");
}

// What names a row in a heading: its key, or its place where the key is a secret.
std::string NameOf(const RawTable& table, const RawRecord& record) {
    if (table.HasMaskedKey()) return std::string(table.label);
    std::string name;
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        if (table.columns[i].Is(RawUse::kKey))
            name += (name.empty() ? "" : " · ") + record.values[i].value_or("");
    return name;
}

std::string_view KindOf(const RawColumn& column) {
    if (column.masked()) return "password";
    switch (column.kind) {
        case RawKind::kNumber: return "number";
        case RawKind::kMoment: return "moment";
        case RawKind::kSwitch: return "check";
        case RawKind::kLong: return "area";
        case RawKind::kText: break;
    }
    return "text";
}

void AddFields(View& view, const Scene& scene, const RawTable& table, RawUse use,
               const Fields& typed, const std::optional<Error>& error) {
    const std::vector<FieldError> none;
    view.List("FIELDS");
    for (const RawColumn& column : table.columns) {
        if (!column.Is(use)) continue;
        Field field{KindOf(column), column.name, std::string(column.name)};
        if (column.masked()) {
            field.label = "password";
            field.hint = use == RawUse::kEdited ? T("Empty: the password stays as it is.") : "";
            field.autocomplete = "new-password";
        } else {
            const auto all = typed.All(column.name);
            field.value = all.empty() ? "" : std::string(all.back());
        }
        if (column.kind == RawKind::kMoment) field.hint = ZoneName(scene.time_zone);
        AddField(view, "FIELDS", "row", field, error ? error->fields : none);
    }
    SetErrors(view, "row", error ? &*error : nullptr);
}

void SetTable(View& view, const RawTable& table) {
    view.Set("TABLE_LABEL", T(table.label))
        .Set("TABLE_NAME", table.name)
        .Set("ABOUT", T(table.about))
        .Set("RULE", table.rule.empty() ? "" : T(table.rule));
    view.Set("TABLES_URL", kData).Set("TABLE_URL", TablePath(table));
    view.Flag("MAY_ADD", Has(table.deeds, RawDeeds::kAdd))
        .Flag("MAY_EDIT", Has(table.deeds, RawDeeds::kEdit))
        .Flag("MAY_REMOVE", Has(table.deeds, RawDeeds::kRemove));
    view.Set("NEW_URL", TablePath(table) + "new/");
}

void SetRow(View& view, const Scene& scene, const RawTable& table, const RawRecord& record) {
    SetTable(view, table);
    const std::string path = RowPath(table, record.address);
    view.Set("ROW_NAME", NameOf(table, record))
        .Set("HERE_URL", path)
        .Set("REMOVE_URL", path + "remove/")
        .Set("VERSION", "");
    view.List("CELLS");
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        SetCell(view.Add("CELLS"), scene, table.columns[i], record.values[i]);
        if (table.columns[i].name == "version") view.Set("VERSION", record.values[i].value_or(""));
    }
}

// The rows of other tables that point to this one.
void AddPointers(View& view, const RawTable& table, const RawRecord& record) {
    view.List("POINTERS");
    if (table.HasMaskedKey()) return;
    for (const RawTable& other : kRawTables)
        for (const RawColumn& column : other.columns)
            if (column.leads_to == table.name)
                view.Add("POINTERS")
                    .Set("POINTER_URL", TablePath(other) + "?column=" + std::string(column.name) +
                                            "&value=" + EncodeQueryValue(record.address))
                    .Set("POINTER_TABLE", T(other.label))
                    .Set("POINTER_COLUMN", column.name);
}

}  // namespace

std::string TablePath(const RawTable& table) { return kData + std::string(table.name) + "/"; }

std::string RowPath(const RawTable& table, std::string_view address) {
    return TablePath(table) + "row/" + EncodeQueryValue(address) + "/";
}

Fields FieldsOf(const Scene& scene, const RawTable& table, const RawRecord& record) {
    std::vector<std::pair<std::string, std::string>> fields;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const RawColumn& column = table.columns[i];
        std::string value = column.masked() ? "" : record.values[i].value_or("");
        if (column.kind == RawKind::kMoment && !value.empty())
            value = FormatForInput(ParseInt(value).value_or(0), scene.time_zone);
        fields.emplace_back(column.name, std::move(value));
    }
    return Fields(std::move(fields));
}

View ViewOf(const Scene&, const DataHomePage& page) {
    View view("data/tables");
    view.Set("TITLE", T("Raw data")).List("TABLES");
    for (const RawTable* table : page.tables) SetTable(view.Add("TABLES"), *table);
    return view;
}

View ViewOf(const Scene& scene, const DataTablePage& page) {
    View view("data/list");
    const RawTable& table = *page.table;
    SetTable(view, table);
    view.Set("TITLE", T(table.label));
    std::vector<Option> columns;
    bool searched = false;
    for (const RawColumn& column : table.columns) {
        if (!column.masked())
            columns.push_back({std::string(column.name), std::string(column.name)});
        searched = searched || column.Is(RawUse::kSearched);
    }
    Filters filters(TablePath(table));
    if (searched) filters.Search("search", T("Search"), page.question.search);
    filters.Choice("column", T("Column"), T("Any column"), std::move(columns), page.question.column)
        .Search("value", T("Holds exactly"), page.question.value);
    filters.AddTo(view);
    view.List("HEADINGS").List("ROWS");
    for (const RawColumn& column : table.columns)
        if (column.Is(RawUse::kListed)) view.Add("HEADINGS").Set("HEADING", column.name);
    for (const RawRecord& record : page.listing.rows) {
        View& row = view.Add("ROWS");
        row.Set("ROW_URL", RowPath(table, record.address)).Set("ROW_NAME", NameOf(table, record));
        row.List("CELLS");
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            if (!table.columns[i].Is(RawUse::kListed)) continue;
            auto value = record.values[i];
            if (value && table.columns[i].kind != RawKind::kMoment) value = Shortened(*value);
            SetCell(row.Add("CELLS"), scene, table.columns[i], value);
        }
    }
    const auto address = [&](std::string_view name, const std::string& row) {
        return row.empty() ? "" : filters.Address({}, name, row);
    };
    view.Set("NEXT_URL", address("after", page.listing.next))
        .Set("PREVIOUS_URL", address("before", page.listing.previous));
    return view;
}

View ViewOf(const Scene& scene, const DataRowPage& page) {
    View view("data/row");
    SetRow(view, scene, *page.table, page.record);
    view.Set("TITLE", T(page.table->label) + ": " + NameOf(*page.table, page.record));
    AddFields(view, scene, *page.table, RawUse::kEdited, page.typed, page.error);
    AddPointers(view, *page.table, page.record);
    return view;
}

View ViewOf(const Scene& scene, const DataNewPage& page) {
    View view("data/new");
    SetTable(view, *page.table);
    view.Set("TITLE", T("New row in {}", T(page.table->label)));
    AddFields(view, scene, *page.table, RawUse::kGiven, page.typed, page.error);
    return view;
}

View ViewOf(const Scene& scene, const DataAskPage& page) {
    View view("data/ask");
    SetRow(view, scene, *page.table, page.record);
    view.Set("TITLE", T("Remove a row of {}", T(page.table->label)));
    return view;
}

}  // namespace ostiary::pages
