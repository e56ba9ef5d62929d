#pragma once

// A place that is told what happens, and one event on its way there (HOOK-1).

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/events.h"
#include "util/clock.h"

namespace ostiary {

struct Webhook {
    std::string id;  // UUIDv7
    std::string url, description;
    std::vector<std::string> kinds;  // names of events; empty: all
    std::string secret;              // "whsec_…"
    std::string old_secret;          // signs too, until …
    std::optional<Millis> old_secret_until;
    std::string created_by;  // username, as it was
    Millis created_at = 0, updated_at = 0;
    std::optional<Millis> disabled_at;
    std::string disabled_reason;          // "gone" or "failing"; empty: by hand
    std::optional<Millis> failing_since;  // of the first failure since the latest success
};

enum class DeliveryState : std::uint8_t { kPending, kDelivered, kFailed };

struct Delivery {
    std::int64_t id = 0;
    std::string webhook_id;
    Event event;
    DeliveryState state = DeliveryState::kPending;
    int attempts = 0;
    Millis created_at = 0, due_at = 0;
    std::optional<Millis> attempted_at, done_at;
    std::optional<std::int64_t> status;  // of the latest answer; nothing: there was none
    std::string response;  // the beginning of the latest answer, or why there was none
    bool is_under_way = false;
};

struct DeliveryQuery {
    std::string webhook_id;
    std::optional<DeliveryState> state;
    std::int64_t before = 0;  // the page begins below this id; 0: at the newest
    std::size_t page_size = 20;
};

}  // namespace ostiary
