#pragma once

// A notification, as the store keeps it (core/notifications.h).

#include <cstdint>
#include <optional>
#include <string>

#include "core/model.h"
#include "util/clock.h"

namespace ostiary {

enum class NotificationKind : std::uint8_t {
    kApprovalAsked,  // to approvers: a code waits for them
    kApproved,       // to the maker of a code
    kRejected,
    kMailFailed,  // to whoever had an invitation mailed
    kCount
};

struct Notification {
    std::int64_t id = 0;
    NotificationKind kind = NotificationKind::kApprovalAsked;
    CodeId code_id = 0;
    std::string code_label;
    std::string reason;  // of a verdict
    bool code_is_gone = false;
    std::string actor_name;  // empty: nobody, or somebody who is gone
    Millis at = 0;
    std::optional<Millis> seen_at;
};

}  // namespace ostiary
