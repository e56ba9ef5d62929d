#pragma once

// A mail on its way to one person (NTFY-1), and what it says.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/alerts_model.h"
#include "core/model.h"
#include "core/portals.h"
#include "util/clock.h"

namespace ostiary {

enum class MailKind : std::uint8_t {
    kInvitation,
    kReminder,
    kPasswordReset,
    kApprovalAsked,
    kApproved,
    kRejected,
    kAlertDigest,
    kRequestDeclined,
    kCount
};
inline constexpr std::array<std::string_view, static_cast<std::size_t>(MailKind::kCount)>
    kMailKinds = {"invitation", "reminder", "password_reset", "approval_asked",
                  "approved",   "rejected", "alert_digest",   "request_declined"};
constexpr std::string_view NameOf(MailKind kind) {
    return kMailKinds[static_cast<std::size_t>(kind)];
}

// As the database has it. kSending: its text is being handed over at this moment. kUnknown: it was,
// and nobody heard whether the server took it, so it is not sent a second time. kHeld: its code
// waits for approval, and it with it.
enum class MailState : std::uint8_t { kQueued, kSending, kSent, kFailed, kUnknown, kHeld };
std::string_view NameOf(MailState);  // "queued", …

// What a mail needs to know beside its code or account; stored sealed.
struct MailFacts {
    std::string sender;     // the name of the person it was asked by
    std::string words;      // what they say
    std::string time_zone;  // the moments in it are in
    std::string login;      // of a password reset that was asked for: who somebody says they are
    std::string token;      // of a password reset link that was made already
    std::string to_name;    // of a request that was declined: who asked
    std::string about;      // … and which request it was
};

struct Mail {
    std::int64_t id = 0;
    MailKind kind = MailKind::kInvitation;
    std::string recipient;  // an address; empty: it is found when it is sent
    std::string language;   // a tag; empty: the installation's
    MailFacts facts;
    CodeId code_id = 0;         // 0: it is about no code
    std::string account_id;     // whom it goes to; empty: nobody who has an account
    std::string created_by_id;  // who asked for it; empty: a visitor, the console, the program
    std::string created_by;     // their username, as it was
    MailState state = MailState::kQueued;
    int attempts = 0;
    Millis created_at = 0, due_at = 0;
    std::optional<Millis> attempted_at, done_at;
    std::string reason;  // why it has not arrived: the server's words, or ours
};

// Everything that a mail says, as it is when it is sent.
struct Letter {
    MailKind kind = MailKind::kInvitation;
    std::string language;
    std::string to_name, sender, words, link, time_zone;
    std::optional<Code> code;               // of an invitation, or one that waits for approval
    PortalId portal = PortalId::kAdmin;     // where whoever gets it looks at the code
    std::string username;                   // of a password reset
    std::optional<Millis> expires_at = {};  // of a password reset link
    std::vector<Alert> alerts = {};         // of a digest, the newest
    std::int64_t more_alerts = 0;           // that wait besides
    Millis written_at = 0;                  // for what is said to be so many days away
};

struct MailText {
    std::string subject;  // one line
    std::string text, html;
};

// Mails to be sent, and those that were (NTFY-1).
class Mails {
public:
    virtual ~Mails() = default;
    virtual std::int64_t Add(const Mail&) = 0;  // due at once, unless it is held; its id
    virtual std::vector<Mail> ListOfCode(CodeId, std::size_t most) = 0;  // newest first
    // The newest invitation or reminder of each of these codes that has one.
    virtual std::vector<Mail> ListLatestOf(std::span<const CodeId>) = 0;
    // How many somebody asked for, or got of one kind, since then.
    virtual std::int64_t CountBy(std::string_view account_id, Millis since) = 0;
    virtual std::int64_t CountTo(std::string_view account_id, MailKind, Millis since) = 0;

    // Whether there is anything for a sender to do.
    virtual bool IsAnyDue(Millis now) = 0;
    virtual std::int64_t CountDue(Millis now, std::size_t most) = 0;  // up to `most`
    // Being handed over by somebody whose lease has run out; their rows held.
    virtual std::vector<Mail> ListLost(Millis now, std::size_t most) = 0;
    // The one due for longest, and until `until` nobody else's; its attempts counted.
    virtual std::optional<Mail> Claim(std::string_view lease, Millis now, Millis until) = 0;
    // Queued or being handed over under this lease; its row held.
    virtual std::optional<Mail> FindLeased(std::int64_t id, std::string_view lease) = 0;
    // Whatever sending changes; an empty lease ends it.
    virtual void Record(const Mail&, std::string_view lease) = 0;
    virtual void Delete(std::int64_t id) = 0;
    virtual std::size_t DeleteOld(Millis made_before, std::size_t most) = 0;  // done ones
};

}  // namespace ostiary
