#include "core/webhooks_delivery.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "core/happenings.h"
#include "core/webhooks.h"
#include "util/signing.h"
#include "util/text.h"

namespace ostiary {
namespace {

namespace json = boost::json;

constexpr Millis kKeepDelivered = 30 * kDay, kKeepFailed = 90 * kDay;
constexpr std::size_t kDeletedAtOnce = 5000;
constexpr int kGone = 410;

json::value OrNothing(const std::string& text) {
    if (text.empty()) return nullptr;
    return json::string(text);
}

Parcel Pack(const Vault& vault, const Webhook& hook, const Delivery& delivery, Millis now) {
    const std::int64_t timestamp = now / kSecond;
    const std::string id = MessageId(vault, delivery.event);
    Parcel parcel{delivery.id, hook.id, hook.url, {}, MessageBody(delivery.event)};
    std::string signatures = Signature(hook.secret, id, timestamp, parcel.body);
    if (hook.old_secret_until && now < *hook.old_secret_until)
        signatures += " " + Signature(hook.old_secret, id, timestamp, parcel.body);
    parcel.headers = {{"content-type", "application/json"},
                      {"webhook-id", id},
                      {"webhook-timestamp", std::to_string(timestamp)},
                      {"webhook-signature", signatures}};
    return parcel;
}

// What a stranger answered, as text that can be kept and shown.
std::string Readable(std::string text) {
    if (text.size() > kLongestResponse) text.resize(kLongestResponse);
    while (!text.empty() && !IsCleanText(text, Lines::kMany)) {
        // Perhaps only the last letter was cut through.
        const std::size_t size = text.size();
        std::size_t whole = size;
        while (whole > 0 && size - whole < 4 && (text[whole - 1] & 0xC0) == 0x80) --whole;
        const std::string without = text.substr(0, whole > 0 ? whole - 1 : 0);
        if (IsCleanText(without, Lines::kMany)) return without;
        for (char& c : text)
            if (c != '\n' && (c < ' ' || c > '~')) c = '?';
    }
    return text;
}

bool IsTaken(int status) { return status >= 200 && status < 300; }

Millis WaitAfter(Random& random, int attempts) {
    const Millis wait = kWaits[static_cast<std::size_t>(attempts - 1)];
    const Millis tenth = wait / 10;
    return wait - tenth + RandomBelow(random, static_cast<std::uint32_t>(2 * tenth + 1));
}

void SwitchOff(Work& work, Webhook& hook, std::string_view reason, Millis now) {
    hook.disabled_at = now;
    hook.disabled_reason = reason;
    work.webhooks.GiveUp(hook.id, "the webhook was switched off", now);
    Event event = HappenedTo(EventKind::kWebhookDisabled, {Door::kProgram, {}, {}}, now);
    event.subject_id = hook.id;
    event.subject_name = ShortName(hook);
    work.events.Append(With(std::move(event), PairDetails({{"reason", std::string(reason)}})));
}

void RecordTaken(Work& work, const Webhook& hook, Delivery& delivery, Millis now) {
    delivery.state = DeliveryState::kDelivered;
    delivery.done_at = now;
    work.webhooks.Record(delivery);
    if (hook.failing_since) work.webhooks.EndTrouble(hook.id);
}

void RecordFailed(Work& work, Random& random, Webhook& hook, Delivery& delivery, Millis now) {
    const bool gone = delivery.status == kGone;
    if (gone || delivery.attempts > static_cast<int>(kWaits.size())) {
        delivery.state = DeliveryState::kFailed;
        delivery.done_at = now;
    } else {
        delivery.due_at = now + WaitAfter(random, delivery.attempts);
    }
    work.webhooks.Record(delivery);
    if (hook.disabled_at) return;
    if (!hook.failing_since) hook.failing_since = now;
    if (gone)
        SwitchOff(work, hook, "gone", now);
    else if (now - *hook.failing_since >= kLongestTrouble)
        SwitchOff(work, hook, "failing", now);
    work.webhooks.Save(hook);
}

void RecordOne(Work& work, Random& random, std::string_view lease, const Outcome& outcome,
               Millis now) {
    const bool taken = IsTaken(outcome.status);
    // Locked before the delivery, as everybody does who changes a webhook.
    auto hook =
        taken ? work.webhooks.Find(outcome.webhook) : work.webhooks.FindForUpdate(outcome.webhook);
    auto delivery = work.webhooks.FindLeased(outcome.delivery, lease);
    if (!hook || !delivery) return;  // deleted, given up, or taken over by somebody
    delivery->status = outcome.status == 0 ? std::nullopt : std::optional(outcome.status);
    delivery->response = Readable(outcome.response);
    if (taken)
        RecordTaken(work, *hook, *delivery, now);
    else
        RecordFailed(work, random, *hook, *delivery, now);
}

}  // namespace

std::vector<Parcel> TakeParcels(World& world, std::string_view lease, const UnderWay& under_way,
                                std::size_t most_each, std::size_t most) {
    const Millis now = world.clock.Now();
    std::vector<std::string> due;
    world.store.Read([&](Work& work) { due = work.webhooks.ListDue(now); });
    std::erase_if(due, [&](const std::string& id) {
        const auto found = under_way.find(id);
        return found != under_way.end() && found->second >= most_each;
    });
    std::vector<Parcel> parcels;
    if (due.empty() || most == 0) return parcels;
    world.store.Write([&](Work& work) {
        parcels.clear();
        for (const std::string& id : due) {
            const auto found = under_way.find(id);
            const std::size_t room = std::min(
                most - parcels.size(), most_each - (found == under_way.end() ? 0 : found->second));
            const auto hook = work.webhooks.Find(id);
            if (room == 0 || !hook || hook->disabled_at) continue;
            for (const Delivery& one : work.webhooks.Claim(id, lease, now, now + kLease, room))
                parcels.push_back(Pack(world.vault, *hook, one, now));
        }
    });
    return parcels;
}

void RecordOutcomes(World& world, std::string_view lease, std::span<const Outcome> outcomes) {
    if (outcomes.empty()) return;
    std::vector<const Outcome*> in_order;  // of webhooks: two nodes never wait for each other
    for (const Outcome& outcome : outcomes) in_order.push_back(&outcome);
    std::ranges::stable_sort(in_order, {}, [](const Outcome* outcome) { return outcome->webhook; });
    world.store.Write([&](Work& work) {
        const Millis now = world.clock.Now();
        for (const Outcome* outcome : in_order) RecordOne(work, world.random, lease, *outcome, now);
    });
}

void HandBack(World& world, std::string_view lease, std::span<const std::int64_t> deliveries) {
    if (deliveries.empty()) return;
    world.store.Write([&](Work& work) {
        for (const std::int64_t id : deliveries)
            work.webhooks.HandBack(id, lease, world.clock.Now());
    });
}

std::size_t DeleteOldDeliveries(World& world) {
    const Millis now = world.clock.Now();
    std::size_t deleted = 0;
    world.store.Write([&](Work& work) {
        deleted = work.webhooks.DeleteOld(now - kKeepDelivered, now - kKeepFailed, kDeletedAtOnce);
    });
    return deleted;
}

std::string MessageId(const Vault& vault, const Event& event) {
    // The moment is in it because numbers come back where a database was restored.
    return "msg_" + vault.Hash(Purpose::kWebhookMessage,
                               fmt::format("{} {} {}", event.id, event.at, NameOf(event.kind)));
}

std::string MessageBody(const Event& event) {
    json::object data;
    data["event_id"] = event.id;
    data["actor_id"] = OrNothing(event.actor_id);
    data["actor"] = OrNothing(event.actor_name);
    data["code_id"] = event.code_id == 0 ? json::value(nullptr) : json::value(event.code_id);
    data["subject_id"] = OrNothing(event.subject_id);
    data["subject"] = OrNothing(event.subject_name);
    data["door"] = json::string(NameOf(event.origin.door));
    boost::system::error_code broken;
    json::value details = json::parse(event.details.empty() ? "{}" : event.details, broken);
    data["details"] = broken ? json::value(json::object()) : std::move(details);
    json::object message;
    message["type"] = json::string(NameOf(event.kind));
    message["timestamp"] = FormatRfc3339(event.at);
    message["data"] = std::move(data);
    return json::serialize(message);
}

std::string Signature(std::string_view secret, std::string_view id, std::int64_t timestamp_s,
                      std::string_view body) {
    constexpr std::string_view kPrefix = "whsec_";
    if (secret.starts_with(kPrefix)) secret.remove_prefix(kPrefix.size());
    const std::string key = FromBase64(secret).value_or("");
    return "v1," + Base64(HmacSha256(key, fmt::format("{}.{}.{}", id, timestamp_s, body)));
}

}  // namespace ostiary
