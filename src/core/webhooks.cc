#include "core/webhooks.h"

#include <algorithm>
#include <boost/url/parse.hpp>

#include "core/accounts.h"
#include "core/happenings.h"
#include "util/addresses.h"
#include "util/signing.h"
#include "util/text.h"

namespace ostiary {
namespace {

using enum Permission;

constexpr std::size_t kMostWebhooks = 50;
constexpr std::size_t kLongestUrl = 2000, kLongestDescription = 200;
constexpr std::size_t kSecretBytes = 32;
constexpr Millis kReplayedAtMost = 90 * kDay;

Error NoSuchWebhook() {
    return {ErrorKind::kNotFound, "webhook.unknown", "Not found", "There is no such webhook"};
}

Error SwitchedOff() {
    return {ErrorKind::kConflict, "webhook.inactive", "Conflict",
            "This webhook is switched off; switch it on first"};
}

std::string NewSecret(World& world) {
    std::string bytes(kSecretBytes, '\0');
    world.random.Fill({reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()});
    return "whsec_" + Base64(bytes);
}

// Names that lead to a private address are found out when somebody connects; a literal one here.
std::optional<FieldError> FlawOfUrl(const Config& config, const std::string& url) {
    const auto flaw = [](std::string reason, Sentence sentence) {
        return FieldError{"url", std::move(reason), std::move(sentence)};
    };
    if (url.empty()) return flaw("url.required", "A URL is required");
    if (url.size() > kLongestUrl) return flaw("url.invalid", "A URL has at most 2000 characters");
    const auto parsed = boost::urls::parse_uri(url);
    const bool whole = parsed.has_value() && parsed->has_authority() &&
                       !parsed->encoded_host().empty() && !parsed->has_fragment();
    if (!whole || (parsed->scheme_id() != boost::urls::scheme::http &&
                   parsed->scheme_id() != boost::urls::scheme::https))
        return flaw("url.invalid",
                    "A URL must be an address like https://example.org/hook, without #");
    if (parsed->has_userinfo())
        return flaw("url.credentials",
                    "A URL must not hold a name or password; the signature tells who sends");
    if (parsed->has_port() && parsed->port_number() == 0)
        return flaw("url.invalid", "A URL must name a port from 1 to 65535, or none");
    const auto address = ParseAddress(parsed->encoded_host_address());
    if (address && !config.webhook_private_addresses && !IsPublicAddress(*address))
        return flaw("url.private", "A URL must not lead to a private address");
    return std::nullopt;
}

Result<void> Apply(const WebhookDraft& draft, const Config& config, Webhook& hook) {
    std::vector<FieldError> errors;
    if (draft.url) hook.url = Trim(*draft.url);
    if (draft.url || hook.url.empty())
        if (auto flaw = FlawOfUrl(config, hook.url)) errors.push_back(*std::move(flaw));
    if (draft.description) hook.description = Trim(*draft.description);
    if (!IsCleanText(hook.description, Lines::kOne) ||
        CountCharacters(hook.description) > kLongestDescription)
        errors.push_back({"description", "description.invalid",
                          "A description has at most 200 characters, on one line"});
    if (draft.kinds) {
        hook.kinds.clear();
        for (const EventRow& row : kEventRows)
            if (std::ranges::find(*draft.kinds, row.name) != draft.kinds->end())
                hook.kinds.emplace_back(row.name);
        for (const std::string& kind : *draft.kinds)
            if (errors.size() < 20 && std::ranges::find(hook.kinds, kind) == hook.kinds.end())
                errors.push_back({"events", "event.unknown",
                                  Say("There is no event {}; docs/events.md lists them",
                                      IsCleanText(kind, Lines::kOne) ? kind.substr(0, 100) : "")});
    }
    if (!errors.empty()) return InvalidFields(std::move(errors));
    return {};
}

Event AboutWebhook(EventKind kind, const Actor& actor, Millis now, const Webhook& hook) {
    Event event = Happened(kind, actor, now);
    event.subject_id = hook.id;
    event.subject_name = ShortName(hook);
    return event;
}

std::string KindsText(const Webhook& hook) {
    return hook.kinds.empty() ? "all" : Join(hook.kinds, " ");
}

std::string Differences(const Webhook& before, const Webhook& after) {
    return DifferenceDetails(
        {{"url", PlaceOf(before), PlaceOf(after)},
         {"description", before.description, after.description},
         {"events", KindsText(before), KindsText(after)},
         {"is_active", before.disabled_at ? "no" : "yes", after.disabled_at ? "no" : "yes"}});
}

Webhook WithoutSecrets(Webhook hook) {
    hook.secret.clear();
    hook.old_secret.clear();
    return hook;
}

// Does something with one webhook under its lock.
template <class Deed>
Result<Webhook> Change(World& world, std::string_view id, Deed deed) {
    Webhook changed;
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        auto hook = work.webhooks.FindForUpdate(id);
        if (!hook) return NoSuchWebhook();
        TRY(deed(work, *hook, world.clock.Now()));
        changed = *std::move(hook);
        return {};
    }));
    return changed;
}

}  // namespace

std::string PlaceOf(const Webhook& hook) {
    const auto begin = hook.url.find("://");
    if (begin == hook.url.npos) return {};
    const auto end = hook.url.find_first_of("/?#", begin + 3);
    return end == hook.url.npos || end + 1 == hook.url.size() ? hook.url
                                                              : hook.url.substr(0, end) + "/…";
}

std::string ShortName(const Webhook& hook) {
    return hook.description.empty() ? PlaceOf(hook) : hook.description;
}

Result<Webhook> CreateWebhook(Permit<kWebhooks> permit, World& world, const WebhookDraft& draft) {
    Webhook hook;
    TRY(Apply(draft, world.config, hook));
    hook.created_at = hook.updated_at = world.clock.Now();
    hook.id = NewUuid(world.random, hook.created_at);
    hook.secret = NewSecret(world);
    hook.created_by = permit.holder().username;
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        if (work.webhooks.List().size() >= kMostWebhooks)
            return Error{ErrorKind::kConflict, "webhook.too_many", "Conflict",
                         "There are 50 webhooks already; delete one first"};
        work.webhooks.Add(hook);
        work.events.Append(
            With(AboutWebhook(EventKind::kWebhookCreated, permit.holder(), hook.created_at, hook),
                 PairDetails({{"url", PlaceOf(hook)}, {"events", KindsText(hook)}})));
        return {};
    }));
    return hook;
}

Result<Webhook> RotateWebhookSecret(Permit<kWebhooks> permit, World& world, std::string_view id) {
    const std::string fresh = NewSecret(world);
    return Change(world, id, [&](Work& work, Webhook& hook, Millis now) -> Result<void> {
        hook.old_secret = hook.secret;
        hook.old_secret_until = now + kOldSecretSigns;
        hook.secret = fresh;
        hook.updated_at = now;
        work.webhooks.Save(hook);
        work.events.Append(
            With(AboutWebhook(EventKind::kWebhookSecretRotated, permit.holder(), now, hook),
                 PairDetails({{"old_signs_until", FormatRfc3339(*hook.old_secret_until)}})));
        return {};
    });
}

Result<std::vector<Webhook>> ListWebhooks(Permit<kWebhooks>, World& world) {
    std::vector<Webhook> hooks;
    world.store.Read([&](Work& work) { hooks = work.webhooks.List(); });
    for (Webhook& hook : hooks) hook = WithoutSecrets(std::move(hook));
    return hooks;
}

Result<Webhook> GetWebhook(Permit<kWebhooks>, World& world, std::string_view id) {
    std::optional<Webhook> hook;
    world.store.Read([&](Work& work) { hook = work.webhooks.Find(id); });
    if (!hook) return NoSuchWebhook();
    return WithoutSecrets(*std::move(hook));
}

Result<Webhook> EditWebhook(Permit<kWebhooks> permit, World& world, std::string_view id,
                            const WebhookDraft& draft) {
    return WithoutSecrets(
        TRY(Change(world, id, [&](Work& work, Webhook& hook, Millis now) -> Result<void> {
            const Webhook before = hook;
            TRY(Apply(draft, world.config, hook));
            if (draft.is_active && *draft.is_active == before.disabled_at.has_value()) {
                hook.disabled_at = *draft.is_active ? std::nullopt : std::optional(now);
                hook.disabled_reason.clear();
                hook.failing_since.reset();
                if (hook.disabled_at) work.webhooks.GiveUp(hook.id, "switched off", now);
            }
            const std::string details = Differences(before, hook);
            if (details == "{}" && hook.url == before.url) return {};
            hook.updated_at = now;
            work.webhooks.Save(hook);
            work.events.Append(
                With(AboutWebhook(EventKind::kWebhookEdited, permit.holder(), now, hook), details));
            return {};
        })));
}

Result<Webhook> DeleteWebhook(Permit<kWebhooks> permit, World& world, std::string_view id) {
    return WithoutSecrets(
        TRY(Change(world, id, [&](Work& work, Webhook& hook, Millis now) -> Result<void> {
            work.webhooks.Delete(hook.id);
            work.events.Append(
                With(AboutWebhook(EventKind::kWebhookDeleted, permit.holder(), now, hook),
                     PairDetails({{"url", PlaceOf(hook)}})));
            return {};
        })));
}

Result<Webhook> TestWebhook(Permit<kWebhooks> permit, World& world, std::string_view id) {
    return WithoutSecrets(
        TRY(Change(world, id, [&](Work& work, Webhook& hook, Millis now) -> Result<void> {
            if (hook.disabled_at) return SwitchedOff();
            work.events.Append(AboutWebhook(EventKind::kWebhookTested, permit.holder(), now, hook));
            return {};
        })));
}

Result<DeliveryPage> ListDeliveries(Permit<kWebhooks> permit, World& world, DeliveryQuery query) {
    TRY(GetWebhook(permit, world, query.webhook_id));
    DeliveryPage page;
    const std::size_t most = query.page_size++;
    world.store.Read([&](Work& work) { page.deliveries = work.webhooks.ListDeliveries(query); });
    page.has_more = page.deliveries.size() > most;
    if (page.has_more) page.deliveries.pop_back();
    return page;
}

Result<Delivery> ReplayDelivery(Permit<kWebhooks> permit, World& world, std::string_view webhook,
                                std::int64_t id) {
    std::optional<Delivery> replayed;
    TRY(Change(world, webhook, [&](Work& work, Webhook& hook, Millis now) -> Result<void> {
        if (hook.disabled_at) return SwitchedOff();
        const auto delivery = work.webhooks.FindDelivery(webhook, id);
        if (!delivery)
            return Error{ErrorKind::kNotFound, "delivery.unknown", "Not found",
                         "There is no such delivery"};
        if (!work.webhooks.Replay(webhook, id, now))
            return Error{ErrorKind::kConflict, "delivery.under_way", "Conflict",
                         "It is being sent at this moment"};
        work.events.Append(
            With(AboutWebhook(EventKind::kWebhookReplayed, permit.holder(), now, hook),
                 PairDetails({{"delivery", std::to_string(id)},
                              {"event", std::string(NameOf(delivery->event.kind))}})));
        replayed = work.webhooks.FindDelivery(webhook, id);
        return {};
    }));
    return *std::move(replayed);
}

Result<std::int64_t> ReplaySince(Permit<kWebhooks> permit, World& world, std::string_view webhook,
                                 std::string_view typed) {
    const auto since = ParseMoment(Trim(typed), permit.holder().time_zone);
    if (!since || *since > world.clock.Now() || *since < world.clock.Now() - kReplayedAtMost)
        return InvalidFields({{"since", "since.invalid",
                               "Since must be a moment of the last 90 days, like "
                               "2025-10-13T14:00:00Z"}});
    std::int64_t count = 0;
    TRY(Change(world, webhook, [&](Work& work, Webhook& hook, Millis now) -> Result<void> {
        if (hook.disabled_at) return SwitchedOff();
        count = work.webhooks.ReplaySince(webhook, *since, now);
        if (count == 0) return {};
        work.events.Append(
            With(AboutWebhook(EventKind::kWebhookReplayed, permit.holder(), now, hook),
                 PairDetails(
                     {{"since", FormatRfc3339(*since)}, {"deliveries", std::to_string(count)}})));
        return {};
    }));
    return count;
}

}  // namespace ostiary
