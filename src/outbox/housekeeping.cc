#include "outbox/housekeeping.h"

#include <fmt/format.h>

#include <memory>

#include "core/alerts.h"
#include "core/audit_verify.h"
#include "core/bulk_jobs.h"
#include "core/codes.h"
#include "core/imports.h"
#include "core/notifications.h"
#include "core/pulls.h"
#include "core/receipts.h"
#include "core/reports.h"
#include "core/requests.h"
#include "core/visits.h"
#include "outbox/mails.h"
#include "outbox/webhooks.h"
#include "util/failure.h"
#include "util/log.h"

namespace ostiary::outbox {
namespace {

constexpr Millis kKeepEndedSessions = 30 * kDay;
// A burst of redemptions is caught up with over some seconds, and not in its way.
constexpr std::size_t kMostSettledEachSecond = 2'000, kMostCountedEachSecond = 5'000,
                      kMostLinkedEachSecond = 5'000, kMostWatchedAtOnce = 5'000;
// So soon a program that stops is answered, and so long another one waits.
constexpr Millis kJobPatience = 2 * kSecond, kJobPause = 200;

}  // namespace

void DeleteOldSessions(World& world) {
    const Millis then = world.clock.Now() - kKeepEndedSessions;
    std::size_t deleted = 0;
    world.store.Write([&](Work& work) { deleted = work.sessions.DeleteEndedBefore(then); });
    if (deleted > 0)
        log::Info("outbox", fmt::format("deleted {} sessions that ended a month ago", deleted));
}

void DeleteOldResetLinks(World& world) {
    const Millis now = world.clock.Now();
    world.store.Write([&](Work& work) { work.resets.DeleteExpired(now); });
}

void SettleLists(World& world) { CatchUpLists(world, world.clock.Now(), kMostSettledEachSecond); }

void DeleteFullBuckets(World& world) {
    const Millis now = world.clock.Now();
    world.store.Write([&](Work& work) { work.buckets.DeleteFull(now); });
}

void CountUpForReports(World& world) { CountUpReports(world, kMostCountedEachSecond); }

void WatchForAlerts(World& world) { LookForAlerts(world, kMostWatchedAtOnce); }

void AuditKeeper::Keep(World& world) {
    LinkAuditLog(world, kMostLinkedEachSecond);
    std::string trouble;
    try {
        trouble = AnchorAuditLog(world).value_or("");
    } catch (const WorldFailure& failure) {  // a folder that cannot be written to, every second
        trouble = failure.what();
    }
    if (!trouble.empty() && trouble != complained_of_)
        log::Error(
            "audit",
            "the audit log does not fit what is remembered of it, or cannot be remembered: " +
                trouble);
    complained_of_ = trouble;
}

std::vector<Chore> JobChores() {
    return {{"importing", kJobPause, [](World& world) { AdvanceImports(world, kJobPatience); }},
            {"changing many codes", kJobPause,
             [](World& world) { AdvanceBulkJobs(world, kJobPatience); }}};
}

std::vector<Chore> Chores() {
    return {{"deleting old sessions", kHour, DeleteOldSessions},
            {"deleting old password reset links", kHour, DeleteOldResetLinks},
            {"forgetting old idempotency keys", 10 * kMinute, DeleteOldReceipts},
            {"forgetting who guessed wrong long ago", kMinute, DeleteFullBuckets},
            {"writing down who looked at invitations", 5 * kSecond, KeepVisits},
            {"counting for the reports", kSecond, CountUpForReports},
            {"linking the audit log", kSecond,
             [keeper = std::make_shared<AuditKeeper>()](World& world) { keeper->Keep(world); }},
            {"bringing the lists of codes up to date", kSecond, SettleLists},
            {"deleting old deliveries to webhooks", kHour, DeleteDeliveries},
            {"deleting old mails", kHour, DeleteMails},
            {"looking for alerts", 2 * kSecond, WatchForAlerts},
            {"deleting old notifications", kHour, DeleteOldNotifications},
            {"deleting old requests for invitations", kHour, DeleteOldRequests},
            {"mailing alerts", kMinute, MailAlerts},
            {"deleting old alerts", kHour, DeleteOldAlerts},
            {"deleting old pulls of people", kHour, DeleteOldPulls},
            {"deleting files that nobody imported", kHour, DeleteOldDrafts},
            {"deleting old changes of many codes", kHour, DeleteOldBulkJobs}};
}

}  // namespace ostiary::outbox
