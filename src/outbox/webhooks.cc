#include "outbox/webhooks.h"

#include <fmt/format.h>

#include <chrono>

#include "util/failure.h"
#include "util/log.h"

namespace ostiary::outbox {
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

// One that answers slowly holds up nobody but itself.
constexpr std::size_t kMostEach = 4, kMost = 64;
constexpr auto kBetweenLooks = 300ms;  // an event leaves well within a second
constexpr auto kPauseAfterFailure = 2s;
constexpr auto kPatienceAtEnd = 2s;

}  // namespace

WebhookSender::WebhookSender(World& world)
    : world_(world),
      lease_(NewUuid(world.random, world.clock.Now())),
      client_(world.config.webhook_private_addresses ? PrivateAddresses::kAllowed
                                                     : PrivateAddresses::kRefused),
      thread_([this] { Run(); }) {}

WebhookSender::~WebhookSender() {
    Stop();
    thread_.join();
}

void WebhookSender::Stop() {
    stopping_ = true;
    client_.WakeUp();
}

void WebhookSender::Run() {
    auto pause = 0ms;
    while (!stopping_) {
        try {
            Turn(pause);
            pause = kBetweenLooks;
        } catch (const WorldFailure& failure) {
            log::Warn("webhooks", fmt::format("will be tried again: {}", failure.what()));
            pause = kPauseAfterFailure;
        }
    }
    Finish();
}

// Looks for something new once in a while, and whenever something is done.
void WebhookSender::Turn(std::chrono::milliseconds most) {
    const auto until = Steady::now() + most;
    do {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - Steady::now());
        for (HttpAnswer& answer : client_.Wait(std::max(left, 0ms))) {
            const auto sent = sent_.extract(answer.id);
            if (--under_way_[sent.mapped()] == 0) under_way_.erase(sent.mapped());
            outcomes_.push_back({answer.id, sent.mapped(), answer.status,
                                 answer.status == 0 ? answer.failure : answer.body});
        }
    } while (outcomes_.empty() && !stopping_ && Steady::now() < until);
    Record();
    if (!stopping_) Take();
}

void WebhookSender::Take() {
    if (sent_.size() >= kMost) return;
    for (Parcel& parcel :
         TakeParcels(world_, lease_, under_way_, kMostEach, kMost - sent_.size())) {
        sent_.emplace(parcel.delivery, parcel.webhook);
        ++under_way_[parcel.webhook];
        client_.Start({parcel.delivery, std::move(parcel.url), std::move(parcel.headers),
                       std::move(parcel.body)});
    }
}

void WebhookSender::Record() {
    RecordOutcomes(world_, lease_, outcomes_);
    outcomes_.clear();
}

void WebhookSender::Finish() {
    try {
        const auto until = Steady::now() + kPatienceAtEnd;
        while (!sent_.empty() && Steady::now() < until) Turn(100ms);
        Record();
        std::vector<std::int64_t> unsent;
        for (const auto& [delivery, webhook] : sent_) unsent.push_back(delivery);
        HandBack(world_, lease_, unsent);
    } catch (const WorldFailure& failure) {
        log::Warn("webhooks", fmt::format("some will be sent twice: {}", failure.what()));
    }
}

void DeleteDeliveries(World& world) {
    const std::size_t deleted = DeleteOldDeliveries(world);
    if (deleted > 0)
        log::Info("outbox", fmt::format("deleted {} old deliveries to webhooks", deleted));
}

}  // namespace ostiary::outbox
