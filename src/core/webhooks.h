#pragma once

// Webhooks (HOOK-1): what happens is told to other programs, signed as Standard Webhooks
// (https://www.standardwebhooks.com) has it. Sending them is core/webhooks_delivery.h's.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/permissions.h"
#include "core/webhooks_model.h"
#include "core/world.h"

namespace ostiary {

// What somebody typed; what is not there stays as it is.
struct WebhookDraft {
    std::optional<std::string> url, description;
    std::optional<std::vector<std::string>> kinds;  // names of events; none: all
    std::optional<bool> is_active;
};

// How long a secret that was replaced still signs, beside the new one.
inline constexpr Millis kOldSecretSigns = 24 * kHour;

// "https://hooks.example.org/…": where it leads, without what may be a secret in the address.
std::string PlaceOf(const Webhook&);
// The description, or where it leads.
std::string ShortName(const Webhook&);

// The secret is in the answer, and in none after it.
Result<Webhook> CreateWebhook(Permit<Permission::kWebhooks>, World&, const WebhookDraft&);
Result<Webhook> RotateWebhookSecret(Permit<Permission::kWebhooks>, World&, std::string_view id);

// These answer without secrets.
Result<std::vector<Webhook>> ListWebhooks(Permit<Permission::kWebhooks>, World&);
Result<Webhook> GetWebhook(Permit<Permission::kWebhooks>, World&, std::string_view id);
// Switching it off gives up what waits; switching it on forgets its trouble.
Result<Webhook> EditWebhook(Permit<Permission::kWebhooks>, World&, std::string_view id,
                            const WebhookDraft&);
Result<Webhook> DeleteWebhook(Permit<Permission::kWebhooks>, World&, std::string_view id);

// An event webhook.tested, for this webhook alone. kConflict where it is switched off.
Result<Webhook> TestWebhook(Permit<Permission::kWebhooks>, World&, std::string_view id);

struct DeliveryPage {
    std::vector<Delivery> deliveries;  // newest first
    bool has_more = false;
};
Result<DeliveryPage> ListDeliveries(Permit<Permission::kWebhooks>, World&, DeliveryQuery);
Result<Delivery> ReplayDelivery(Permit<Permission::kWebhooks>, World&, std::string_view webhook,
                                std::int64_t delivery);
// Every event since then that the webhook wants; how many there are.
Result<std::int64_t> ReplaySince(Permit<Permission::kWebhooks>, World&, std::string_view webhook,
                                 std::string_view since);

}  // namespace ostiary
