// Statements for the browser of raw data. Names of tables and columns come from their declaration
// (core/raw_data.h) and never from a request; everything that was asked for is a parameter.

#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "core/raw_tables.h"
#include "sql.h"
#include "store/packed.h"
#include "store/ports.h"
#include "util/text.h"

namespace ostiary {
namespace {

// A statement that grows, with its parameters; each stands at its number.
class Question {
public:
    explicit Question(std::string text) : text_(std::move(text)) {}

    Question& Say(std::string_view words) {
        text_ += words;
        return *this;
    }

    // $n for this text; for what is no text in the database, its number. False if it is none.
    bool Ask(const RawColumn& column, const std::string& typed) {
        const bool is_text = column.kind == RawKind::kText || column.kind == RawKind::kLong;
        if (is_text) {
            AskText(typed);
            return true;
        }
        const auto number = ParseInt(typed);
        if (!number) return false;
        values_.emplace_back(*number);
        text_ += fmt::format("${}", values_.size());
        return true;
    }

    void AskText(std::string text) {
        values_.emplace_back(texts_.emplace_back(std::move(text)));
        text_ += fmt::format("${}", values_.size());
    }

    std::int64_t Run(Desk& desk, EachRow each) const {
        const Statement statement(-1, "raw", text_, text_);
        return desk.Run(statement, values_, each);
    }

private:
    std::string text_;
    std::deque<std::string> texts_;  // values refer to them
    std::vector<Value> values_;
};

// A column that is masked is read only where the row could not be found again without it.
std::string Selected(const RawTable& table) {
    std::string list;
    for (const RawColumn& column : table.columns) {
        if (!list.empty()) list += ", ";
        if (column.masked() && !column.Is(RawUse::kKey))
            list += fmt::format("CASE WHEN {} IS NULL THEN NULL ELSE 1 END", column.name);
        else
            list += column.name;
    }
    return fmt::format("SELECT {} FROM {} WHERE 1 = 1", list, table.name);
}

std::vector<const RawColumn*> KeyOf(const RawTable& table) {
    std::vector<const RawColumn*> key;
    for (const RawColumn& column : table.columns)
        if (column.Is(RawUse::kKey)) key.push_back(&column);
    return key;
}

RawRow ReadRow(const RawTable& table, const Row& row) {
    RawRow values;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const RawColumn& column = table.columns[i];
        const int at = static_cast<int>(i);
        if (row.IsNull(at))
            values.emplace_back();
        else if (column.masked() && !column.Is(RawUse::kKey))
            values.emplace_back("");
        else if (column.kind == RawKind::kText || column.kind == RawKind::kLong)
            values.emplace_back(row.Text(at));
        else
            values.emplace_back(std::to_string(row.Int(at)));
    }
    return values;
}

// (a, b) < ($1, $2), in whichever direction; false if the key cannot be one of this table.
bool AskBeyond(Question& question, const RawTable& table, const RawKey& key,
               std::string_view comparison) {
    const auto columns = KeyOf(table);
    if (key.size() != columns.size()) return false;
    std::string names;
    for (const RawColumn* column : columns)
        names += (names.empty() ? "" : ", ") + std::string(column->name);
    question.Say(fmt::format(" AND ({}) {} (", names, comparison));
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (i > 0) question.Say(", ");
        if (!question.Ask(*columns[i], key[i])) return false;
    }
    question.Say(")");
    return true;
}

void AskSearch(Question& question, const RawTable& table, const std::string& search) {
    const std::string pattern = LikeAnywhere(Fold(search));
    std::string_view word = " AND (";
    for (const RawColumn& column : table.columns) {
        if (!column.Is(RawUse::kSearched)) continue;
        question.Say(fmt::format("{}lower({}) LIKE ", word, column.name));
        question.AskText(pattern);
        question.Say(" ESCAPE '\\'");
        word = " OR ";
    }
    if (word == " OR ") question.Say(")");
}

std::string OrderOf(const RawTable& table, std::string_view direction) {
    std::string order;
    for (const RawColumn* column : KeyOf(table))
        order += fmt::format("{} {} {}", order.empty() ? "" : ",", column->name, direction);
    return " ORDER BY" + order;
}

class SqlRawTables final : public RawTables {
public:
    explicit SqlRawTables(Desk& desk) : desk_(desk) {}

    bool Has(const RawTable& table) override {
        return desk_.Run(sql::kTableExists, {table.name}) > 0;
    }

    RawPage List(const RawTable& table, const RawQuery& query) override {
        RawPage page;
        Question question(Selected(table));
        if (!query.search.empty()) AskSearch(question, table, query.search);
        if (query.column != nullptr) {
            question.Say(fmt::format(" AND {} = ", query.column->name));
            if (!question.Ask(*query.column, query.value)) return page;
        }
        if (!query.beyond.empty() &&
            !AskBeyond(question, table, query.beyond, query.back ? ">" : "<"))
            return page;
        question.Say(OrderOf(table, query.back ? "ASC" : "DESC"));
        question.Say(fmt::format(" LIMIT {}", query.page_size + 1));
        question.Run(desk_, [&](const Row& row) { page.rows.push_back(ReadRow(table, row)); });
        const bool more = page.rows.size() > query.page_size;
        if (more) page.rows.pop_back();
        if (query.back) std::ranges::reverse(page.rows);
        page.has_next = query.back || more;
        page.has_previous = query.back ? more : !query.beyond.empty();
        return page;
    }

    std::optional<RawRow> Find(const RawTable& table, const RawKey& key) override {
        std::optional<RawRow> found;
        Question question(Selected(table));
        if (!AskBeyond(question, table, key, "=")) return found;
        question.Run(desk_, [&](const Row& row) { found = ReadRow(table, row); });
        return found;
    }

private:
    Desk& desk_;
};

}  // namespace

std::unique_ptr<RawTables> RawTablesAt(Desk& desk) { return std::make_unique<SqlRawTables>(desk); }

}  // namespace ostiary
