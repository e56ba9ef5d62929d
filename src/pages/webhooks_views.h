#pragma once

// What the pages of webhooks show.

#include <optional>
#include <string>
#include <vector>

#include "core/webhooks.h"
#include "pages/samples.h"
#include "pages/views.h"

namespace ostiary::pages {

struct WebhooksPage {  // webhooks/list
    std::vector<Webhook> hooks;
};
struct WebhookNewPage {  // webhooks/new
    Fields typed;
    std::optional<Error> error;
};
struct WebhookPage {  // webhooks/detail
    Webhook hook;
    DeliveryPage log;
    bool is_first = true;  // the newest page of the log
    Fields typed;
    std::optional<Error> error;
};
struct WebhookAskPage {  // webhooks/ask
    Webhook hook;
};

View ViewOf(const Scene&, const WebhooksPage&);
View ViewOf(const Scene&, const WebhookNewPage&);
View ViewOf(const Scene&, const WebhookPage&);
View ViewOf(const Scene&, const WebhookAskPage&);

std::string WebhookPath(std::string_view id);
Fields FieldsOf(const Webhook&);  // of its form

std::vector<Sample> WebhookSamples(const std::string& words, Millis now);

}  // namespace ostiary::pages
