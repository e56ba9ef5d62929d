#include "core/imports_shapes.h"

#include <boost/json.hpp>

#include "util/text.h"

namespace ostiary {
namespace {

namespace json = boost::json;

json::array ErrorsOf(const std::vector<ImportError>& errors) {
    json::array list;
    for (const ImportError& one : errors)
        list.push_back({{"row", one.row},
                        {"field", one.field},
                        {"reason", one.reason},
                        {"details", static_cast<const std::string&>(one.sentence)}});
    return list;
}

json::value TextOrNull(const std::string& id) {
    return id.empty() ? json::value(nullptr) : json::value(id);
}

json::object Counts(const Import& import, std::string_view state) {
    const bool is_kept = !import.id.empty();
    return {{"import", TextOrNull(import.id)},
            {"batch", TextOrNull(is_kept && import.state != ImportState::kDraft ? import.id : "")},
            {"state", json::string(state)},
            {"rows", import.rows},
            {"looked_at", import.looked_at},
            {"created", import.created},
            {"refused", import.refused},
            {"repeated", import.repeated}};
}

}  // namespace

std::string_view StateOf(const ImportReport& report) {
    if (report.same) return "repeated";
    return report.import.state == ImportState::kDraft ? "checked" : NameOf(report.import.state);
}

std::string ImportReportJson(const ImportReport& report) {
    json::object shape = Counts(report.same ? *report.same : report.import, StateOf(report));
    if (report.same) shape["created"] = 0;
    json::array columns;
    for (const ImportColumn& column : report.columns)
        columns.push_back({{"column", column.name},
                           {"field", column.field ? json::value(json::string(NameOf(*column.field)))
                                                  : json::value(nullptr)}});
    shape["columns"] = std::move(columns);
    shape["errors"] = ErrorsOf(report.errors);
    return json::serialize(shape);
}

std::string ImportJson(const Import& import, const std::vector<ImportError>& errors) {
    json::object shape = Counts(import, NameOf(import.state));
    shape["undone"] = import.undone;
    shape["trouble"] = TextOrNull(import.trouble);
    shape["created_by"] = import.created_by;
    shape["created_at"] = FormatRfc3339(import.created_at);
    shape["updated_at"] = FormatRfc3339(import.updated_at);
    shape["errors"] = ErrorsOf(errors);
    return json::serialize(shape);
}

}  // namespace ostiary
