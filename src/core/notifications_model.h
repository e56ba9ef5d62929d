#pragma once

// A notification, as the store keeps it (core/notifications.h).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model.h"
#include "util/clock.h"

namespace ostiary {

enum class NotificationKind : std::uint8_t {
    kApprovalAsked,  // to approvers: a code waits for them
    kApproved,       // to the maker of a code
    kRejected,
    kMailFailed,       // to whoever had an invitation mailed
    kInvitationAsked,  // to whoever decides: somebody asks for an invitation; about no code
    kPullWaiting,      // to superusers: changes of people wait to be applied; about no code
    kPullFailed,       // the same: the file could not be fetched or read
    kCount
};

struct Notification {
    std::int64_t id = 0;
    NotificationKind kind = NotificationKind::kApprovalAsked;
    CodeId code_id = 0;  // 0: it is about none
    std::string code_label;
    std::string reason;  // of a verdict
    bool code_is_gone = false;
    std::string actor_name;  // empty: nobody, or somebody who is gone
    Millis at = 0;
    std::optional<Millis> seen_at;
};

class Notifications {
public:
    virtual ~Notifications() = default;

    virtual void Add(std::string_view account_id, NotificationKind, CodeId,
                     std::string_view actor_id, Millis now) = 0;  // empty: nobody did it
    // About no code, unless they have not seen the last one of this kind.
    virtual void AddOnce(std::string_view account_id, NotificationKind, Millis now) = 0;
    virtual std::vector<Notification> ListOf(std::string_view account_id,
                                             std::size_t most) = 0;  // newest first
    virtual std::int64_t CountUnseen(std::string_view account_id, std::int64_t most) = 0;
    virtual void MarkSeen(std::string_view account_id, std::int64_t last, Millis now) = 0;
    virtual void MarkSeenOf(CodeId, NotificationKind, Millis now) = 0;  // by everybody
    virtual void MarkSeenOf(NotificationKind, Millis now) = 0;          // by everybody
    virtual std::size_t DeleteOld(Millis made_before, std::size_t most) = 0;
};

}  // namespace ostiary
