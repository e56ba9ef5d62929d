#pragma once

// Bringing events to webhooks. Whoever sends takes some deliveries under a lease of a minute, sends
// them, and records what came of it. Who is killed in between sends again, under the same
// webhook-id: at least once. Of each code a webhook gets one event after the other.

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/webhooks_model.h"
#include "core/world.h"

namespace ostiary {

// How long after each failed attempt the next one is made, give or take a tenth; then it is given
// up.
inline constexpr std::array kWaits = {5 * kSecond, 5 * kMinute, 30 * kMinute, 2 * kHour, 5 * kHour,
                                      10 * kHour,  14 * kHour,  20 * kHour,   24 * kHour};
// A webhook that took nothing for so long is switched off.
inline constexpr Millis kLongestTrouble = 5 * kDay;
inline constexpr Millis kLease = 30 * kSecond;  // twice what sending may take
inline constexpr std::size_t kLongestResponse = 1024;

// One request to be made, complete.
struct Parcel {
    std::int64_t delivery = 0;
    std::string webhook, url;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
};

// What came of it.
struct Outcome {
    std::int64_t delivery = 0;
    std::string webhook;
    int status = 0;        // of the answer; 0: there was none
    std::string response;  // the answer's beginning, or why there was none
};

// So many for each webhook are under way already, and so many may be for each, and altogether.
using UnderWay = std::map<std::string, std::size_t, std::less<>>;
std::vector<Parcel> TakeParcels(World&, std::string_view lease, const UnderWay&,
                                std::size_t most_each, std::size_t most);
void RecordOutcomes(World&, std::string_view lease, std::span<const Outcome>);
// They were not sent: somebody else may do it at once.
void HandBack(World&, std::string_view lease, std::span<const std::int64_t> deliveries);

// Old ones go: delivered ones after 30 days, those given up after 90.
std::size_t DeleteOldDeliveries(World&);

// ── What is sent ───────────────────────────────────────────────────────────────────────────────

// The same for every attempt; receivers know by it what they have had already.
std::string MessageId(const Vault&, const Event&);
// {"type", "timestamp", "data"}; never a code, a link or a token.
std::string MessageBody(const Event&);
// "v1,<base64>": HMAC-SHA256 of "id.timestamp.body" under the bytes behind "whsec_".
std::string Signature(std::string_view secret, std::string_view id, std::int64_t timestamp_s,
                      std::string_view body);

}  // namespace ostiary
