#pragma once

// Sends what happened to webhooks (core/webhooks_delivery.h), a few at a time, from a thread of its
// own.

#include <atomic>
#include <cstdint>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "core/webhooks_delivery.h"
#include "core/world.h"
#include "outbox/http_client.h"

namespace ostiary::outbox {

class WebhookSender {
public:
    explicit WebhookSender(World&);
    ~WebhookSender();  // stops, and waits until it has
    WebhookSender(const WebhookSender&) = delete;

    // Takes nothing more and waits a moment for what is under way; the rest is handed back for
    // another sender. From any thread; returns at once.
    void Stop();

private:
    void Run();
    void Turn(std::chrono::milliseconds most);
    void Take();
    void Record();
    void Finish();

    World& world_;
    const std::string lease_;
    HttpClient client_;
    std::map<std::int64_t, std::string> sent_;  // delivery → webhook, under way
    UnderWay under_way_;                        // how many of each webhook
    std::vector<Outcome> outcomes_;             // not recorded yet
    std::atomic<bool> stopping_ = false;
    std::thread thread_;
};

// Chores of housekeeping.
void DeleteDeliveries(World&);

}  // namespace ostiary::outbox
