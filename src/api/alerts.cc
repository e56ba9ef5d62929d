#include "core/alerts.h"

#include <algorithm>

#include "api/answers.h"
#include "api/api.h"
#include "api/binder.h"
#include "core/accounts.h"
#include "core/shapes.h"
#include "util/text.h"

namespace ostiary::api {
namespace {

using enum Permission;
namespace json = boost::json;

constexpr std::int64_t kMostHours = kLongestSnooze / kHour;

std::int64_t AlertIdOf(const Request& request) {
    return ParseInt(request.PathValue("id")).value_or(0);
}

Result<AlertQuery> QueryOf(const Request& request, const World& world) {
    TRY(KnowOnly(request, {"state", "kind", "page_size", "cursor"}));
    const Fields fields = request.Query();
    AlertQuery query;
    query.scope = AlertScopeOf(*request.actor, world);
    query.page_size = TRY(PageSizeOf(fields));
    query.before = TRY(IdCursorOf(fields, "cursor"));
    query.kind = fields.Get("kind");
    std::vector<FieldError> errors;
    if (!query.kind.empty() && std::ranges::find(kAlertKinds, query.kind) == kAlertKinds.end())
        errors.push_back({"kind", "kind.unknown",
                          "kind is one of: expiring, nearly_used_up, unusual_use, failures, "
                          "refusals, mail_failed, webhook_off"});
    if (const auto state = fields.Get("state"); !state.empty()) {
        const auto found = std::ranges::find(kAlertStates, state);
        if (found == kAlertStates.end())
            errors.push_back({"state", "state.unknown",
                              "state is one of: waiting, snoozed, acknowledged, closed"});
        else
            query.state = static_cast<AlertState>(found - kAlertStates.begin());
    }
    if (!errors.empty()) return InvalidFields(std::move(errors));
    return query;
}

// Until when: said as a moment, or as so many hours from now.
Result<Millis> SnoozedUntil(const json::object& body, const Actor& actor, Millis now) {
    Binder binder(body);
    const std::string until = binder.Text("until");
    const std::string hours = binder.MaybeNumber("hours").value_or("");
    TRY(binder.Finish());
    if (until.empty() == hours.empty())
        return InvalidFields({{"until", "snooze.until", "Say either until or hours"}});
    if (!hours.empty()) {
        const auto count = ParseInt(hours);
        if (!count || *count < 1 || *count > kMostHours)
            return InvalidFields({{"hours", "snooze.hours", "hours is a number from 1 to 8760"}});
        return now + *count * kHour;
    }
    const auto moment = ParseMoment(until, actor.time_zone);
    if (!moment)
        return InvalidFields(
            {{"until", "snooze.until", "until is a moment such as 2026-11-21T08:00:00Z"}});
    return *moment;
}

}  // namespace

Result<Response> AlertList(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesRead>());
    const AlertQuery query = TRY(QueryOf(request, world));
    const auto alerts = TRY(ListAlerts(permit, world, query));
    const Millis now = world.clock.Now();
    return ShowList(
        request, world,
        FirstOf(
            alerts, query.page_size, [now](const Alert& one) { return AlertJson(one, now); },
            [](const Alert& one) { return std::to_string(one.id); }));
}

Result<Response> AlertAcknowledge(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesWrite>());
    TRY(TakeNothing(request));
    const Alert alert = TRY(
        AcknowledgeAlert(permit, world, AlertScopeOf(*request.actor, world), AlertIdOf(request)));
    return Tell(200, "Alert acknowledged", AlertJson(alert, world.clock.Now()));
}

Result<Response> AlertSnooze(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesWrite>());
    const Millis now = world.clock.Now();
    const Millis until = TRY(SnoozedUntil(TRY(BodyOf(request)), *request.actor, now));
    const Alert alert = TRY(
        SnoozeAlert(permit, world, AlertScopeOf(*request.actor, world), AlertIdOf(request), until));
    return Tell(200, "Alert snoozed", AlertJson(alert, now));
}

}  // namespace ostiary::api
