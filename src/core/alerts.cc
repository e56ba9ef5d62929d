#include "core/alerts.h"

#include <algorithm>
#include <cstdlib>

#include "core/accounts.h"
#include "core/happenings.h"
#include "util/text.h"

namespace ostiary {
namespace {

using enum Permission;

constexpr Millis kKeep = 90 * kDay;
constexpr std::size_t kDeletedAtOnce = 5000;
constexpr std::int64_t kUsualDays = 100;  // Alert::compared is what is usual in so many days

AlertScope WithWhatIsAboutNoCode(CodeScope codes, const Actor& actor) {
    return {std::move(codes), actor.May(kAuditRead)};
}

Event HappenedToAlert(EventKind kind, const Actor& actor, const Alert& alert, Millis now) {
    Event event = Happened(kind, actor, now);
    event.code_id = alert.code_id;
    event.subject_id = std::to_string(alert.id);
    event.subject_name = alert.subject_name;
    return event;
}

Result<Alert> FindLiving(Work& work, const AlertScope& scope, std::int64_t id) {
    auto alert = work.alerts.FindForUpdate(scope, id);
    if (!alert)
        return Error{ErrorKind::kNotFound, "alert.unknown", "Not found", "There is no such alert"};
    if (alert->closed_at)
        return Error{ErrorKind::kConflict, "alert.closed", "Conflict",
                     "This alert is over; nothing needs to be done about it"};
    return *std::move(alert);
}

// How often that is usual, rounded.
Sentence Usual(const Alert& alert, std::string_view none, std::string_view seldom,
               std::string_view often) {
    if (alert.compared == 0) return Say(none, alert.amount, alert.minutes);
    const std::int64_t each_day = (alert.compared + kUsualDays / 2) / kUsualDays;
    if (alert.compared < kUsualDays) return Say(seldom, alert.amount, alert.minutes);
    return Say(often, alert.amount, alert.minutes, each_day);
}

Sentence WhyExpiring(const Alert& alert, Millis now) {
    const Millis left = std::max<Millis>(alert.until.value_or(now) - now, 0);
    const Millis days = (left + kDay - 1) / kDay;
    if (alert.amount > 1 && days <= 1)
        return Say("{} codes that were made together end within a day", alert.amount);
    if (alert.amount > 1)
        return Say("{} codes that were made together end in {} days", alert.amount, days);
    if (days <= 1) return "Ends within a day";
    return Say("Ends in {} days", days);
}

}  // namespace

AlertScope AlertScopeOf(const Actor& actor, const World& world) {
    return WithWhatIsAboutNoCode(ScopeOf(actor, world), actor);
}

AlertScope AlertScopeOf(const Actor& actor, const Portal& portal, const World& world) {
    AlertScope scope = WithWhatIsAboutNoCode(ScopeOf(actor, portal, world), actor);
    scope.about_no_code = scope.about_no_code && portal.everything;
    return scope;
}

Result<std::vector<Alert>> ListAlerts(Permit<kCodesRead>, World& world, const AlertQuery& query) {
    AlertQuery further = query;
    ++further.page_size;
    std::vector<Alert> alerts;
    const Millis now = world.clock.Now();
    world.store.Read([&](Work& work) { alerts = work.alerts.List(further, now); });
    return alerts;
}

std::int64_t CountAlerts(Permit<kCodesRead>, World& world, const AlertScope& scope) {
    std::int64_t count = 0;
    const Millis now = world.clock.Now();
    world.store.Read(
        [&](Work& work) { count = work.alerts.CountWaiting(scope, now, kMostAlertsCounted); });
    return count;
}

Sentence WhyAlerted(const Alert& alert, Millis now) {
    switch (alert.kind) {
        case AlertKind::kExpiring: return WhyExpiring(alert, now);
        case AlertKind::kNearlyUsedUp:
            return Say("{} of {} uses are taken", alert.amount, alert.compared);
        case AlertKind::kUnusualUse:
            return Usual(alert, "{} uses in {} minutes; usual is none",
                         "{} uses in {} minutes; usual is less than 1 a day",
                         "{} uses in {} minutes; usual is {} a day");
        case AlertKind::kFailures:
            return Say("{} refused attempts in {} minutes from this address", alert.amount,
                       alert.minutes);
        case AlertKind::kRefusals:
            return Usual(alert, "{} refused registrations in {} minutes; usual is none",
                         "{} refused registrations in {} minutes; usual is less than 1 a day",
                         "{} refused registrations in {} minutes; usual is {} a day");
        case AlertKind::kMailFailed: return Say("A mail could not be sent: {}", alert.reason);
        case AlertKind::kWebhookOff:
            return "Nothing is sent there any more: it did not take what was sent";
        case AlertKind::kCount: break;
    }
    std::abort();
}

Result<Alert> AcknowledgeAlert(Permit<kCodesWrite> permit, World& world, const AlertScope& scope,
                               std::int64_t id) {
    Alert alert;
    const Actor& actor = permit.holder();
    const Millis now = world.clock.Now();
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        alert = TRY(FindLiving(work, scope, id));
        if (alert.acknowledged_at) return {};
        alert.acknowledged_at = now;
        alert.acknowledged_by = actor.username;
        alert.snoozed_until.reset();
        alert.snoozed_by.clear();
        work.alerts.Save(alert);
        work.events.Append(With(HappenedToAlert(EventKind::kAlertAcknowledged, actor, alert, now),
                                PairDetails({{"alert", std::string(NameOf(alert.kind))}})));
        return {};
    }));
    return alert;
}

Result<Alert> SnoozeAlert(Permit<kCodesWrite> permit, World& world, const AlertScope& scope,
                          std::int64_t id, Millis until) {
    Alert alert;
    const Actor& actor = permit.holder();
    const Millis now = world.clock.Now();
    if (until <= now || until > now + kLongestSnooze)
        return InvalidFields(
            {{"until", "snooze.until", "The moment must lie ahead, and no further than a year"}});
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        alert = TRY(FindLiving(work, scope, id));
        alert.snoozed_until = until;
        alert.snoozed_by = actor.username;
        alert.acknowledged_at.reset();
        alert.acknowledged_by.clear();
        // What would be over by then, for not having happened again, is not forgotten before.
        const bool ends_by_quiet = alert.ends_at && !alert.until;
        if (ends_by_quiet) alert.ends_at = std::max(*alert.ends_at, until);
        work.alerts.Save(alert);
        work.events.Append(With(HappenedToAlert(EventKind::kAlertSnoozed, actor, alert, now),
                                PairDetails({{"alert", std::string(NameOf(alert.kind))},
                                             {"until", FormatRfc3339(until)}})));
        return {};
    }));
    return alert;
}

void DeleteOldAlerts(World& world) {
    const Millis now = world.clock.Now();
    const Millis longest =
        std::max({world.config.alert_failures_minutes, world.config.alert_refusals_minutes}) *
        kMinute;
    world.store.Write([&](Work& work) {
        work.alerts.DeleteClosed(now - kKeep, kDeletedAtOnce);
        work.alerts.ForgetCountsUntil((now - longest) / kMinute - 1);
    });
}

}  // namespace ostiary
