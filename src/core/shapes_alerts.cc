// Alerts as JSON.

#include <boost/json.hpp>

#include "core/alerts.h"
#include "core/shapes.h"
#include "util/text.h"

namespace ostiary {
namespace {

namespace json = boost::json;

json::value OrNull(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}
json::value Moment(const std::optional<Millis>& at) {
    return at ? json::value(FormatRfc3339(*at)) : json::value(nullptr);
}

}  // namespace

std::string AlertJson(const Alert& alert, Millis now) {
    return json::serialize(json::object{
        {"id", alert.id},
        {"kind", NameOf(alert.kind)},
        {"state", NameOf(alert.StateAt(now))},
        {"subject", OrNull(alert.subject_name)},
        {"code_id", alert.code_id == 0 ? json::value(nullptr) : json::value(alert.code_id)},
        {"batch", OrNull(alert.batch)},
        {"explanation", std::string(WhyAlerted(alert, now))},
        {"times", alert.times},
        {"raised_at", FormatRfc3339(alert.raised_at)},
        {"seen_at", FormatRfc3339(alert.seen_at)},
        {"acknowledged_at", Moment(alert.acknowledged_at)},
        {"acknowledged_by", OrNull(alert.acknowledged_by)},
        {"snoozed_until", Moment(alert.snoozed_until)},
        {"closed_at", Moment(alert.closed_at)}});
}

}  // namespace ostiary
