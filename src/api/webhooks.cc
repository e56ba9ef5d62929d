#include "core/webhooks.h"

#include <algorithm>

#include "api/answers.h"
#include "api/api.h"
#include "api/binder.h"
#include "core/accounts.h"
#include "core/webhooks_delivery.h"
#include "util/text.h"

namespace ostiary::api {
namespace {

using enum Permission;
namespace json = boost::json;

constexpr std::string_view kStates[] = {"pending", "delivered", "failed"};

json::value Moment(const std::optional<Millis>& at) {
    if (!at) return nullptr;
    return json::string(FormatRfc3339(*at));
}

json::object ShapeOf(const Webhook& hook) {
    json::object shape;
    shape["id"] = hook.id;
    shape["url"] = hook.url;
    shape["description"] = hook.description;
    shape["events"] = json::array(hook.kinds.begin(), hook.kinds.end());
    shape["is_active"] = !hook.disabled_at;
    shape["disabled_at"] = Moment(hook.disabled_at);
    shape["disabled_reason"] =
        hook.disabled_reason.empty() ? json::value(nullptr) : json::value(hook.disabled_reason);
    shape["failing_since"] = Moment(hook.failing_since);
    shape["old_secret_until"] = Moment(hook.old_secret_until);
    shape["created_by"] = hook.created_by;
    shape["created_at"] = Moment(hook.created_at);
    shape["updated_at"] = Moment(hook.updated_at);
    return shape;
}

json::object ShapeOf(const World& world, const Delivery& delivery) {
    const bool pending = delivery.state == DeliveryState::kPending;
    json::object shape;
    shape["id"] = delivery.id;
    shape["webhook_id"] = MessageId(world.vault, delivery.event);
    shape["event"] = json::string(NameOf(delivery.event.kind));
    shape["event_id"] = delivery.event.id;
    shape["code_id"] =
        delivery.event.code_id == 0 ? json::value(nullptr) : json::value(delivery.event.code_id);
    shape["state"] = json::string(kStates[static_cast<std::size_t>(delivery.state)]);
    shape["attempts"] = delivery.attempts;
    shape["status"] = delivery.status ? json::value(*delivery.status) : json::value(nullptr);
    shape["response"] = delivery.response;
    shape["happened_at"] = Moment(delivery.event.at);
    shape["created_at"] = Moment(delivery.created_at);
    shape["attempted_at"] = Moment(delivery.attempted_at);
    shape["next_attempt_at"] =
        Moment(pending && !delivery.is_under_way ? std::optional(delivery.due_at) : std::nullopt);
    shape["done_at"] = Moment(delivery.done_at);
    return shape;
}

Result<WebhookDraft> DraftOf(const json::object& body) {
    Binder binder(body);
    WebhookDraft draft;
    draft.url = binder.MaybeText("url");
    draft.description = binder.MaybeText("description");
    draft.kinds = binder.MaybeTexts("events");
    draft.is_active = binder.MaybeFlag("is_active");
    TRY(binder.Finish());
    return draft;
}

Result<DeliveryQuery> QueryOf(const Request& request) {
    TRY(KnowOnly(request, {"state", "cursor", "page_size"}));
    const Fields fields = request.Query();
    DeliveryQuery query;
    query.webhook_id = request.PathValue("id");
    query.page_size = TRY(PageSizeOf(fields));
    query.before = TRY(IdCursorOf(fields, "cursor"));
    if (const auto typed = fields.Get("state"); !typed.empty()) {
        const auto* const found = std::ranges::find(kStates, typed);
        if (found == std::end(kStates))
            return InvalidFields(
                {{"state", "state.unknown", "state is one of: pending, delivered, failed"}});
        query.state = static_cast<DeliveryState>(found - std::begin(kStates));
    }
    return query;
}

}  // namespace

Result<Response> WebhookList(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kWebhooks>());
    TRY(TakeNothing(request));
    Listed list;
    for (const Webhook& hook : TRY(ListWebhooks(permit, world)))
        list.shapes.push_back(json::serialize(ShapeOf(hook)));
    return ShowList(request, world, list);
}

Result<Response> WebhookCreate(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kWebhooks>());
    WebhookDraft draft = TRY(DraftOf(TRY(BodyOf(request))));
    if (draft.is_active == false)
        return InvalidFields({{"is_active", "is_active.invalid",
                               "A webhook is active at first; switch it off afterwards"}});
    const Webhook hook = TRY(CreateWebhook(permit, world, draft));
    json::object shape = ShapeOf(hook);
    shape["secret"] = hook.secret;
    return Tell(201, "Webhook created; its secret is shown this once", json::serialize(shape));
}

Result<Response> WebhookGet(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kWebhooks>());
    TRY(TakeNothing(request));
    const Webhook hook = TRY(GetWebhook(permit, world, request.PathValue("id")));
    return Json(200, json::serialize(ShapeOf(hook)));
}

Result<Response> WebhookPatch(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kWebhooks>());
    const WebhookDraft draft = TRY(DraftOf(TRY(BodyOf(request))));
    const Webhook hook = TRY(EditWebhook(permit, world, request.PathValue("id"), draft));
    return Tell(200, "Webhook updated", json::serialize(ShapeOf(hook)));
}

Result<Response> WebhookDelete(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kWebhooks>());
    TRY(TakeNothing(request));
    TRY(DeleteWebhook(permit, world, request.PathValue("id")));
    return NoContent();
}

Result<Response> WebhookRotateSecret(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kWebhooks>());
    TRY(TakeNothing(request));
    const Webhook hook = TRY(RotateWebhookSecret(permit, world, request.PathValue("id")));
    json::object shape = ShapeOf(hook);
    shape["secret"] = hook.secret;
    return Tell(200, "The new secret is shown this once; the old one signs too for 24 hours",
                json::serialize(shape));
}

Result<Response> WebhookTest(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kWebhooks>());
    TRY(TakeNothing(request));
    const Webhook hook = TRY(TestWebhook(permit, world, request.PathValue("id")));
    return Tell(202, "A test event is on its way", json::serialize(ShapeOf(hook)));
}

Result<Response> WebhookDeliveries(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kWebhooks>());
    const DeliveryPage page = TRY(ListDeliveries(permit, world, TRY(QueryOf(request))));
    Listed list;
    for (const Delivery& one : page.deliveries)
        list.shapes.push_back(json::serialize(ShapeOf(world, one)));
    if (page.has_more) list.next = std::to_string(page.deliveries.back().id);
    return ShowList(request, world, list);
}

Result<Response> WebhookReplay(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kWebhooks>());
    TRY(TakeNothing(request));
    const Delivery delivery =
        TRY(ReplayDelivery(permit, world, request.PathValue("id"),
                           ParseInt(request.PathValue("delivery")).value_or(0)));
    return Tell(202, "It is on its way again", json::serialize(ShapeOf(world, delivery)));
}

Result<Response> WebhookReplaySince(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kWebhooks>());
    const json::object body = TRY(BodyOf(request));
    Binder binder(body);
    const std::string since = binder.Text("since");
    TRY(binder.Finish());
    json::object shape;
    shape["replayed"] = TRY(ReplaySince(permit, world, request.PathValue("id"), since));
    return Tell(202, "They are on their way again", json::serialize(shape));
}

}  // namespace ostiary::api
