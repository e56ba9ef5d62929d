#pragma once

// Bringing mails to a mail server. Whoever sends takes one under a lease, says so before its text
// is handed over, and records what came of it. Who is killed before the handover leaves a mail that
// anybody sends; who is killed after it, one that perhaps arrived: it is not sent a second time by
// itself, and its sender is told. docs/decisions/0018-mail.md has the reasons.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/mails_model.h"
#include "core/world.h"

namespace ostiary {

// How long after each failed attempt the next one is made, give or take a tenth; then it is given
// up.
inline constexpr std::array kMailWaits = {5 * kSecond,  kMinute,    5 * kMinute, 15 * kMinute,
                                          30 * kMinute, kHour,      2 * kHour,   4 * kHour,
                                          8 * kHour,    12 * kHour, 12 * kHour};
inline constexpr Millis kMailLease = 5 * kMinute;  // longer than sending may take
inline constexpr std::size_t kLongestMailReason = 500;

// One mail to be sent, complete.
struct MailErrand {
    Mail mail;
    Letter letter;
    std::string message_id;  // the same for every attempt: "…@invite.example.org"
};

// The mail that is due for longest, if any. Those that need not be sent any more are dropped or
// given up here, and those that somebody lost are marked.
std::optional<MailErrand> TakeMail(World&, std::string_view lease);
// Its text is handed over next. False: it is no longer ours, and must not be.
bool BeginHandover(World&, std::string_view lease, std::int64_t id);

enum class Handed : std::uint8_t {
    kTaken,    // the server took it
    kLater,    // it certainly did not, and may another time
    kRefused,  // it did not, and never will
    kUnclear,  // nobody knows
};
// The reason is what the server said; what is no text in it is not kept.
void RecordMail(World&, std::string_view lease, std::int64_t id, Handed, std::string_view reason);
// It was not tried after all: somebody else may do it at once.
void HandBackMail(World&, std::string_view lease, std::int64_t id);

// Those older than 90 days go.
std::size_t DeleteOldMails(World&);

}  // namespace ostiary
