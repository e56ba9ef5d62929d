#include "core/pulls_shapes.h"

#include <boost/json.hpp>

#include "util/text.h"

namespace ostiary {
namespace {

namespace json = boost::json;

json::value TextOrNull(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

json::object Shape(const Pull& pull) {
    return {{"id", pull.id},
            {"state", json::string(NameOf(pull.state))},
            {"source", pull.source},
            {"rows", pull.rows},
            {"wrong", pull.wrong},
            {"known", pull.known},
            {"leave", pull.leavers},
            {"change", pull.changes},
            {"link", pull.links},
            {"invite", pull.invites},
            {"done", pull.done},
            {"failed", pull.failed},
            {"must_count_leavers", MustCountLeavers(pull)},
            {"trouble", TextOrNull(pull.trouble)},
            {"asked_by", TextOrNull(pull.asked_by)},
            {"ended_by", TextOrNull(pull.ended_by)},
            {"created_at", FormatRfc3339(pull.created_at)},
            {"updated_at", FormatRfc3339(pull.updated_at)}};
}

}  // namespace

std::string PullJson(const Pull& pull) { return json::serialize(Shape(pull)); }

std::string PullWithErrorsJson(const Pull& pull, const std::vector<ImportError>& errors) {
    json::object shape = Shape(pull);
    json::array list;
    for (const ImportError& one : errors)
        list.push_back({{"row", one.row},
                        {"field", one.field},
                        {"reason", one.reason},
                        {"details", static_cast<const std::string&>(one.sentence)}});
    shape["errors"] = std::move(list);
    return json::serialize(shape);
}

std::string PullChangeJson(const PullChange& change) {
    const PullBody body = UnpackBody(change.body);
    json::array fields;
    for (const PullDifference& one : body.differences)
        fields.push_back({{"field", one.field}, {"before", one.before}, {"after", one.after}});
    if (change.kind == PullKind::kInvite)
        for (const std::string_view field : pull::kFields)
            if (const auto word = WordOf(body.words, field);
                !word.empty() && field != pull::kActive)
                fields.push_back({{"field", json::string(field)},
                                  {"before", ""},
                                  {"after", json::string(word)}});
    const bool is_row = !body.words.empty();
    return json::serialize(
        json::object{{"place", change.place},
                     {"kind", json::string(NameOf(change.kind))},
                     {"key", is_row ? json::value(body.key) : json::value(nullptr)},
                     {"name", TextOrNull(body.name)},
                     {"email", TextOrNull(body.email)},
                     {"person", TextOrNull(change.scim_id)},
                     {"fields", std::move(fields)},
                     {"outcome", json::string(change.outcome.empty() ? "open" : change.outcome)},
                     {"reason", TextOrNull(change.reason)}});
}

}  // namespace ostiary
