#pragma once

// What somebody should hear of without looking (ALRT-1), and what is asked of the store about it.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model.h"
#include "util/clock.h"

namespace ostiary {

enum class AlertKind : std::uint8_t {
    kExpiring,
    kNearlyUsedUp,
    kUnusualUse,
    kFailures,  // many from one address
    kRefusals,  // of registrations, by anybody
    kMailFailed,
    kWebhookOff,
    kCount
};
inline constexpr std::array<std::string_view, static_cast<std::size_t>(AlertKind::kCount)>
    kAlertKinds = {"expiring", "nearly_used_up", "unusual_use", "failures",
                   "refusals", "mail_failed",    "webhook_off"};
constexpr std::string_view NameOf(AlertKind kind) {
    return kAlertKinds[static_cast<std::size_t>(kind)];
}

// Waiting: for somebody to do something about it.
enum class AlertState : std::uint8_t { kWaiting, kSnoozed, kAcknowledged, kClosed };
inline constexpr std::array<std::string_view, 4> kAlertStates = {"waiting", "snoozed",
                                                                 "acknowledged", "closed"};
constexpr std::string_view NameOf(AlertState state) {
    return kAlertStates[static_cast<std::size_t>(state)];
}

struct Alert {
    std::int64_t id = 0;
    AlertKind kind = AlertKind::kExpiring;
    std::string subject;       // "code 7", "address 192.0.2.1": of a kind and subject one is open
    std::string subject_name;  // as people call it; never a secret
    CodeId code_id = 0;        // 0: it is about no code
    std::string batch;         // of codes that were made together; empty: it is about one

    // The numbers that explain it. Amount: of what there is too much; compared: with what is usual
    // (in 100 days) or possible; minutes: within which.
    std::int64_t amount = 0, compared = 0, minutes = 0;
    std::optional<Millis> until;  // when it expires
    std::string reason;           // why a mail was not sent

    std::int64_t weight = 1;  // how bad it is; twice as much is worse
    std::int64_t times = 1;   // how often it was noticed
    Millis raised_at = 0, seen_at = 0;
    std::optional<Millis> ends_at;  // when it is over by itself
    std::optional<Millis> acknowledged_at, snoozed_until, closed_at;
    std::string acknowledged_by, snoozed_by;  // usernames as they were

    AlertState StateAt(Millis now) const {
        if (closed_at) return AlertState::kClosed;
        if (acknowledged_at) return AlertState::kAcknowledged;
        return snoozed_until && *snoozed_until > now ? AlertState::kSnoozed : AlertState::kWaiting;
    }
};

// Whose alerts somebody sees: those about the codes they work with, and those about none.
struct AlertScope {
    CodeScope codes;
    bool about_no_code = false;
};

struct AlertQuery {
    AlertScope scope;
    AlertState state = AlertState::kWaiting;
    std::string kind;         // empty: any
    std::int64_t before = 0;  // below this id; 0: from the newest
    std::int64_t after = 0;   // above this id
    std::size_t page_size = 20;
};

// An event, as far as alerts are about it.
struct AlertedEvent {
    std::int64_t id = 0;
    Millis at = 0;
    std::string kind;
    CodeId code_id = 0;
    std::string subject_id, subject_name, details, address;
};

class Alerts {
public:
    virtual ~Alerts() = default;

    // ── Looking. False: another node is at it, until its transaction ends.
    virtual bool Begin() = 0;
    // Whether there is anything new since: events, codes that expire by then, alerts to be closed.
    virtual bool IsAnythingNew(Millis now, Millis ending_until) = 0;
    // Up to `most` events further, each once and in order; those that alerts are about.
    virtual std::vector<AlertedEvent> ReadOn(std::size_t most) = 0;
    // Codes without their secrets, and all the living ones in order of their expiry, each once.
    virtual std::vector<Code> CodesOf(std::span<const CodeId>) = 0;
    virtual std::vector<Code> Ending(Millis after, Millis until, std::size_t most) = 0;
    // When a code was used, newest first, among the latest `most` things that happened to it.
    virtual std::vector<Millis> LatestUses(CodeId, std::size_t most) = 0;
    // Counts refusals in one minute since 1970; and tells how many there are since another.
    virtual void Count(std::string_view what, std::int64_t minute, std::int64_t by) = 0;
    virtual std::int64_t CountedSince(std::string_view what, std::int64_t minute) = 0;
    virtual void ForgetCountsUntil(std::int64_t minute) = 0;

    // ── Keeping.
    virtual std::int64_t Add(const Alert&) = 0;
    virtual void Save(const Alert&) = 0;  // all but what it is about and when it was raised
    virtual std::optional<Alert> FindOpen(AlertKind, std::string_view subject) = 0;
    virtual std::vector<Alert> OpenOf(std::span<const CodeId>) = 0;
    virtual std::vector<Alert> Due(Millis now, std::size_t most) = 0;  // to be closed
    virtual std::size_t DeleteClosed(Millis before, std::size_t most) = 0;

    // ── Showing.
    virtual std::optional<Alert> FindForUpdate(const AlertScope&, std::int64_t id) = 0;
    virtual std::vector<Alert> List(const AlertQuery&, Millis now) = 0;  // newest first
    // Waiting ones, counted up to `most`.
    virtual std::int64_t CountWaiting(const AlertScope&, Millis now, std::size_t most) = 0;
    virtual std::int64_t LastId() = 0;  // 0: there was none
};

}  // namespace ostiary
