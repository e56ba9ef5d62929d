// The audit log as JSON.

#include <boost/json.hpp>

#include "core/audit_verify.h"
#include "core/shapes.h"
#include "util/text.h"

namespace ostiary {
namespace {

namespace json = boost::json;

json::value OrNull(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

json::value OrNull(std::int64_t number) {
    return number == 0 ? json::value(nullptr) : json::value(number);
}

json::value Moment(Millis at) {
    return at == 0 ? json::value(nullptr) : json::value(FormatRfc3339(at));
}

json::value HeadShape(const std::optional<AuditHead>& head) {
    if (!head) return nullptr;
    return json::object{
        {"entry", head->position}, {"event", head->event_id}, {"at", Moment(head->at)}};
}

}  // namespace

std::string EventJson(const Event& event) {
    json::error_code broken;
    json::value details = json::parse(event.details.empty() ? "{}" : event.details, broken);
    if (broken || !details.is_object()) details = json::object();
    return json::serialize(json::object{{"id", event.id},
                                        {"at", FormatRfc3339(event.at)},
                                        {"kind", NameOf(event.kind)},
                                        {"actor_id", OrNull(event.actor_id)},
                                        {"actor", OrNull(event.actor_name)},
                                        {"code_id", OrNull(event.code_id)},
                                        {"subject_id", OrNull(event.subject_id)},
                                        {"subject", OrNull(event.subject_name)},
                                        {"details", std::move(details)},
                                        {"door", NameOf(event.origin.door)},
                                        {"address", OrNull(event.origin.address)},
                                        {"request_id", OrNull(event.origin.request_id)},
                                        {"is_erased", event.is_erased}});
}

std::string AuditVerdictJson(const AuditVerdict& verdict) {
    json::value fault = nullptr;
    if (verdict.fault)
        fault = json::object{{"wrong", NameOf(verdict.fault->wrong)},
                             {"entry", OrNull(verdict.fault->position)},
                             {"event", OrNull(verdict.fault->event_id)},
                             {"at", Moment(verdict.fault->at)},
                             {"kind", verdict.fault->kind},
                             {"sentence", verdict.fault->sentence}};
    return json::serialize(json::object{{"is_whole", !verdict.fault},
                                        {"entries", verdict.entries},
                                        {"waiting", verdict.waiting},
                                        {"erased", verdict.erased},
                                        {"last", HeadShape(verdict.last)},
                                        {"anchor", HeadShape(verdict.anchor)},
                                        {"fault", std::move(fault)}});
}

}  // namespace ostiary
