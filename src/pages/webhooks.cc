// Webhooks: who is told what happens, and what became of it.

#include "core/webhooks.h"

#include "http/respond.h"
#include "pages/ask.h"
#include "pages/notice.h"
#include "pages/pages.h"
#include "pages/webhooks_views.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

using enum Permission;

constexpr std::size_t kDeliveriesPerPage = 20;
constexpr std::string_view kList = "/admin/webhooks/";

std::string Here(const Request& request) { return WebhookPath(request.PathValue("id")); }

WebhookDraft DraftFrom(const Fields& form) {
    WebhookDraft draft;
    draft.url = Typed(form, "url");
    draft.description = Typed(form, "description");
    draft.kinds.emplace();
    for (const std::string_view kind : form.All("events")) draft.kinds->emplace_back(kind);
    return draft;
}

Result<Response> ShowWebhook(const Request& request, World& world, std::optional<Fields> typed,
                             std::optional<Error> error) {
    const auto permit = TRY(PermitOf<kWebhooks>(request));
    WebhookPage page;
    page.hook = TRY(GetWebhook(permit, world, request.PathValue("id")));
    DeliveryQuery query;
    query.webhook_id = page.hook.id;
    query.before = ParseInt(request.Query().Get("before")).value_or(0);
    query.page_size = kDeliveriesPerPage;
    page.is_first = query.before <= 0;
    page.log = TRY(ListDeliveries(permit, world, query));
    page.typed = typed ? *std::move(typed) : FieldsOf(page.hook);
    const int status = error ? StatusOf(error->kind) : 200;
    page.error = std::move(error);
    return ShowPage(SceneOf(request, world), page, status);
}

// Back to the webhook with a notice, also of why not.
template <class T>
Result<Response> Tell(const Request& request, World& world, const Result<T>& done, NoticeKind kind,
                      std::string_view subject = {}) {
    if (done.ok()) return SeeOtherAndTell(world, Here(request), kind, subject);
    const Error& error = done.error();
    if (!IsForTheForm(error)) return error;
    return SeeOtherAndTell(
        world, Here(request), NoticeKind::kRefused,
        error.fields.empty() ? Said(error.details) : Said(error.fields.front().message));
}

}  // namespace

Result<Response> WebhooksList(const Request& request, World& world) {
    return ShowPage(
        SceneOf(request, world),
        WebhooksPage { TRY(ListWebhooks(TRY(PermitOf<kWebhooks>(request)), world)) });
}

Result<Response> WebhookNew(const Request& request, World& world) {
    return ShowPage(SceneOf(request, world), WebhookNewPage{});
}

Result<Response> WebhookCreate(const Request& request, World& world) {
    const Fields form = request.Form();
    const auto made = CreateWebhook(TRY(PermitOf<kWebhooks>(request)), world, DraftFrom(form));
    if (made.ok())
        return SeeOtherAndTell(world, WebhookPath(made.value().id), NoticeKind::kWebhookCreated,
                               made.value().secret);
    if (!IsForTheForm(made.error())) return made.error();
    return ShowPage(SceneOf(request, world), WebhookNewPage{form, made.error()},
                    StatusOf(made.error().kind));
}

Result<Response> WebhookDetail(const Request& request, World& world) {
    return ShowWebhook(request, world, {}, {});
}

Result<Response> WebhookSave(const Request& request, World& world) {
    const Fields form = request.Form();
    const auto saved = EditWebhook(TRY(PermitOf<kWebhooks>(request)), world,
                                   request.PathValue("id"), DraftFrom(form));
    if (saved.ok())
        return SeeOtherAndTell(world, Here(request), NoticeKind::kWebhookSaved,
                               ShortName(saved.value()));
    if (!IsForTheForm(saved.error())) return saved.error();
    return ShowWebhook(request, world, form, saved.error());
}

Result<Response> WebhookSwitch(const Request& request, World& world) {
    WebhookDraft draft;
    draft.is_active = request.Form().Get("active") == "1";
    const auto done =
        EditWebhook(TRY(PermitOf<kWebhooks>(request)), world, request.PathValue("id"), draft);
    return Tell(request, world, done,
                *draft.is_active ? NoticeKind::kWebhookSwitchedOn : NoticeKind::kWebhookSwitchedOff,
                done.ok() ? ShortName(done.value()) : "");
}

Result<Response> WebhookRotate(const Request& request, World& world) {
    const auto done =
        RotateWebhookSecret(TRY(PermitOf<kWebhooks>(request)), world, request.PathValue("id"));
    return Tell(request, world, done, NoticeKind::kWebhookSecretMade,
                done.ok() ? done.value().secret : "");
}

Result<Response> WebhookTry(const Request& request, World& world) {
    return Tell(request, world,
                TestWebhook(TRY(PermitOf<kWebhooks>(request)), world, request.PathValue("id")),
                NoticeKind::kWebhookTested);
}

Result<Response> WebhookReplayAll(const Request& request, World& world) {
    const auto done = ReplaySince(TRY(PermitOf<kWebhooks>(request)), world, request.PathValue("id"),
                                  request.Form().Get("since"));
    return Tell(request, world, done, NoticeKind::kWebhookReplayed,
                done.ok() ? std::to_string(done.value()) : "");
}

Result<Response> WebhookReplayOne(const Request& request, World& world) {
    return Tell(request, world,
                ReplayDelivery(TRY(PermitOf<kWebhooks>(request)), world, request.PathValue("id"),
                               ParseInt(request.PathValue("delivery")).value_or(0)),
                NoticeKind::kWebhookReplayed, "1");
}

Result<Response> WebhookDeleteAsk(const Request& request, World& world) {
    return ShowPage(
        SceneOf(request, world), WebhookAskPage {
            TRY(GetWebhook(TRY(PermitOf<kWebhooks>(request)), world, request.PathValue("id")))
        });
}

Result<Response> WebhookDelete(const Request& request, World& world) {
    const Webhook hook =
        TRY(DeleteWebhook(TRY(PermitOf<kWebhooks>(request)), world, request.PathValue("id")));
    return SeeOtherAndTell(world, std::string(kList), NoticeKind::kWebhookDeleted, ShortName(hook));
}

}  // namespace ostiary::pages
