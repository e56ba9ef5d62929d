#include "core/recalls_shapes.h"

#include <boost/json.hpp>

#include "util/text.h"

namespace ostiary {
namespace {

namespace json = boost::json;

json::value Moment(const std::optional<Millis>& at) {
    if (!at) return nullptr;
    return json::string(FormatRfc3339(*at));
}

json::value TextOrNull(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

json::object Meant(const Recall& recall, const std::string& subject_name) {
    return {{"scope", json::string(NameOf(recall.scope))},
            {"subject", recall.subject},
            {"subject_name", TextOrNull(subject_name)},
            {"since", recall.since == 0 ? json::value(nullptr) : Moment(recall.since)},
            {"revoke_codes", recall.revokes_codes},
            {"deactivate_accounts", recall.deactivates_accounts}};
}

void AddTally(json::object& shape, const RecallTally& tally) {
    shape["codes"] = tally.codes;
    shape["codes_spared"] = tally.codes_spared;
    shape["accounts"] = tally.accounts;
    shape["accounts_spared"] = tally.accounts_spared;
}

std::string_view OutcomeOf(const RecallItem& item) {
    if (!item.spared.empty()) return "spared";
    if (item.undone.empty()) return "recalled";
    return item.undone == kBroughtBack ? "brought_back" : "not_brought_back";
}

json::object ItemShape(const RecallItemShown& one) {
    const RecallItem& item = one.item;
    const std::string_view outcome = OutcomeOf(item);
    const std::string reason = !item.spared.empty()            ? item.spared
                               : outcome == "not_brought_back" ? item.undone
                                                               : std::string();
    const std::string words = reason.empty() ? std::string() : std::string(WhySpared(reason));
    return {{"kind", item.is_code() ? "code" : "account"},
            {"id", item.is_code() ? std::to_string(item.code_id) : item.account_id},
            {"name", TextOrNull(one.name)},
            {"joined_at", Moment(one.joined_at)},
            {"outcome", json::string(outcome)},
            {"reason", TextOrNull(reason)},
            {"details", TextOrNull(words)}};
}

}  // namespace

std::string RecallJson(const RecallShown& shown) {
    const Recall& recall = shown.recall;
    json::object shape = Meant(recall, shown.subject_name);
    shape["id"] = recall.id;
    shape["state"] = json::string(NameOf(recall.state));
    shape["reason"] = recall.reason;
    AddTally(shape, shown.tally);
    shape["brought_back"] = shown.tally.brought_back;
    shape["not_brought_back"] = shown.tally.kept;
    shape["created_by"] = recall.created_by;
    shape["created_at"] = Moment(recall.created_at);
    shape["undone_by"] = TextOrNull(recall.undone_by);
    shape["undone_at"] = Moment(recall.undone_at);
    return json::serialize(shape);
}

std::string RecallItemJson(const RecallItemShown& one) { return json::serialize(ItemShape(one)); }

std::string RecallPreviewJson(const RecallPreview& preview) {
    json::object shape = Meant(preview.recall, preview.subject_name);
    AddTally(shape, preview.tally);
    shape["came"] = preview.came;
    json::array items;
    for (const auto& some : {preview.accounts, preview.codes})
        for (const RecallItemShown& one : some) items.push_back(ItemShape(one));
    shape["items"] = std::move(items);
    return json::serialize(shape);
}

std::string BroughtJson(const Brought& one, Millis now) {
    const Account& account = one.account;
    return json::serialize(json::object{{"id", account.id},
                                        {"username", account.username},
                                        {"name", account.name},
                                        {"role", account.role},
                                        {"task_group", account.task_group},
                                        {"is_active", account.IsActiveAt(now)},
                                        {"date_joined", Moment(account.joined_at)},
                                        {"brought", one.brought}});
}

}  // namespace ostiary
