#include "pages/webhooks_views.h"

#include <algorithm>

#include "pages/codes_looks.h"
#include "pages/filters.h"
#include "pages/language.h"
#include "pages/words.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

const std::string kList = std::string(PortalOf(PortalId::kAdmin).home) + "webhooks/";

void SetBadge(View& view, std::string_view tone, std::string_view icon, std::string word) {
    view.Set("TONE", tone).Set("ICON", icon).Set("STATUS", std::move(word));
}

std::string WhyOff(const Webhook& hook) {
    if (hook.disabled_reason == "gone")
        return T(
            "It was switched off because the other side says that the address is gone for "
            "good (410).");
    if (hook.disabled_reason == "failing")
        return T("It was switched off because it took nothing for five days.");
    return {};
}

void SetHook(View& view, const Scene& scene, const Webhook& hook) {
    const std::string here = WebhookPath(hook.id);
    view.Set("HOOK_NAME", ShortName(hook))
        .Set("HOOK_PLACE", hook.description.empty() ? "" : PlaceOf(hook))
        .Set("CREATOR", hook.created_by)
        .Set("KINDS", hook.kinds.empty() ? T("All")
                                         : TN("{} kind", "{} kinds",
                                              static_cast<std::int64_t>(hook.kinds.size())));
    view.Set("LIST_URL", kList).Set("HERE_URL", here).Set("DELETE_URL", here + "delete/");
    view.Flag("IS_ACTIVE", !hook.disabled_at);
    if (hook.disabled_at)
        SetBadge(view, hook.disabled_reason.empty() ? "inactive" : "revoked", "pause",
                 T("Switched off"));
    else if (hook.failing_since)
        SetBadge(view, "warning", "alert", T("Failing"));
    else
        SetBadge(view, "active", "check", T("Active"));
    SetMoment(view, "CREATED", hook.created_at, scene);
}

void AddKinds(View& view, const Scene& scene, const Fields& typed) {
    const auto chosen = typed.All("events");
    for (const EventGroup& about : EventGroups(scene.catalogue())) {
        View& group = view.Add("KIND_GROUPS").Set("GROUP", about.label);
        std::int64_t ticked = 0;
        for (const EventRow& row : kEventRows) {
            if (!row.name.starts_with(about.key)) continue;
            const bool is_chosen = std::ranges::find(chosen, row.name) != chosen.end();
            ticked += is_chosen ? 1 : 0;
            group.Add("KINDS").Set("KIND_NAME", row.name).Flag("KIND_CHOSEN", is_chosen);
        }
        group.Flag("GROUP_OPEN", ticked > 0)
            .Set("GROUP_CHOSEN", ticked > 0 ? std::to_string(ticked) : "");
    }
}

void AddForm(View& view, const Scene& scene, const Fields& typed, const Error* error) {
    static const std::vector<FieldError> none;
    const auto& errors = error ? error->fields : none;
    AddField(view, "FIELDS", "webhook",
             {"word",
              "url",
              T("URL"),
              T("Where messages are sent by POST, like https://example.org/hook."),
              Typed(typed, "url"),
              {},
              "off",
              "required",
              "2000"},
             errors);
    AddField(view, "FIELDS", "webhook",
             {"text",
              "description",
              T("Description"),
              T("What it is for."),
              Typed(typed, "description"),
              {},
              "off",
              "",
              "200"},
             errors);
    std::string wrong;
    for (const FieldError& one : errors)
        if (one.field == "events") wrong = Said(one.message);
    view.Set("EVENTS_ERROR", wrong).List("KIND_GROUPS");
    AddKinds(view, scene, typed);
    SetErrors(view, "webhook", error);
}

std::string AnswerWords(const Delivery& delivery) {
    if (delivery.status) return T("status {}", *delivery.status);
    return delivery.response;  // why there was none
}

void AddDelivery(View& view, const Scene& scene, const WebhookPage& page,
                 const Delivery& delivery) {
    View& row = view.Add("DELIVERIES");
    const Event& event = delivery.event;
    row.Set("KIND_NAME", NameOf(event.kind))
        .Set("SUBJECT", event.subject_name)
        .Set("EVENT_CODE_URL", event.code_id == 0 || scene.portal == nullptr
                                   ? ""
                                   : CodePath(*scene.portal, event.code_id));
    SetMoment(row, "HAPPENED", event.at, scene);
    const bool pending = delivery.state == DeliveryState::kPending;
    if (delivery.state == DeliveryState::kDelivered)
        SetBadge(row, "active", "check", T("Delivered"));
    else if (delivery.state == DeliveryState::kFailed)
        SetBadge(row, "revoked", "alert", T("Given up"));
    else if (delivery.is_under_way || delivery.attempts == 0)
        SetBadge(row, "usable", "clock", T("On its way"));
    else
        SetBadge(row, "warning", "clock", T("Waits"));
    row.Set("ATTEMPTS", TN("{} attempt", "{} attempts", delivery.attempts));
    SetMoment(row, "NEXT",
              pending && !delivery.is_under_way && delivery.attempts > 0
                  ? std::optional(delivery.due_at)
                  : std::nullopt,
              scene);
    row.Set("ANSWER", AnswerWords(delivery))
        .Set("RESPONSE", delivery.status ? delivery.response : "");
    row.Flag("CAN_REPLAY", !page.hook.disabled_at && !delivery.is_under_way &&
                               (!pending || delivery.attempts > 0))
        .Set("REPLAY_WORD", pending ? T("Send now") : T("Send again"))
        .Set("REPLAY_URL",
             WebhookPath(page.hook.id) + "deliveries/" + std::to_string(delivery.id) + "/replay/");
}

}  // namespace

std::string WebhookPath(std::string_view id) { return kList + std::string(id) + "/"; }

Fields FieldsOf(const Webhook& hook) {
    std::vector<std::pair<std::string, std::string>> all = {{"url", hook.url},
                                                            {"description", hook.description}};
    for (const std::string& kind : hook.kinds) all.emplace_back("events", kind);
    return Fields(std::move(all));
}

View ViewOf(const Scene& scene, const WebhooksPage& page) {
    View view("webhooks/list");
    view.Set("TITLE", T("Webhooks")).Set("NEW_URL", kList + "new/").List("ROWS");
    for (const Webhook& hook : page.hooks) SetHook(view.Add("ROWS"), scene, hook);
    return view;
}

View ViewOf(const Scene& scene, const WebhookNewPage& page) {
    View view("webhooks/new");
    view.Set("TITLE", T("New webhook")).Set("NEW_URL", kList + "new/").Set("LIST_URL", kList);
    AddForm(view, scene, page.typed, page.error ? &*page.error : nullptr);
    return view;
}

View ViewOf(const Scene& scene, const WebhookPage& page) {
    View view("webhooks/detail");
    const std::string here = WebhookPath(page.hook.id);
    SetHook(view, scene, page.hook);
    view.Set("TITLE", ShortName(page.hook))
        .Set("TEST_URL", here + "test/")
        .Set("ROTATE_URL", here + "rotate-secret/")
        .Set("SINCE_URL", here + "replay/")
        .Set("SWITCH_URL", here + "switch/");
    view.Set("TROUBLE", page.hook.disabled_at ? WhyOff(page.hook)
                        : page.hook.failing_since
                            ? T("It has taken nothing since {}. After five days of that it is "
                                "switched off.",
                                MomentInWords(*page.hook.failing_since, scene.time_zone))
                            : "");
    const auto& until = page.hook.old_secret_until;
    SetMoment(view, "OLD_SECRET", until && *until > scene.now ? until : std::nullopt, scene);
    AddForm(view, scene, page.typed, page.error ? &*page.error : nullptr);
    AddField(view, "SINCE_FIELDS", "again",
             {"moment", "since", T("Everything since"),
              T("Also what happened while it was switched off. The other side may get some of it "
                "twice, under the same id."),
              FormatForInput(scene.now - kDay, scene.time_zone)},
             {});
    view.List("DELIVERIES");
    for (const Delivery& delivery : page.log.deliveries) AddDelivery(view, scene, page, delivery);
    view.Set("NEXT_URL", page.log.has_more
                             ? Filters(here).Address({}, "before",
                                                     std::to_string(page.log.deliveries.back().id))
                             : "");
    view.Set("PREVIOUS_URL", "").Set("FIRST_URL", page.is_first ? "" : here);
    return view;
}

View ViewOf(const Scene& scene, const WebhookAskPage& page) {
    View view("webhooks/ask");
    SetHook(view, scene, page.hook);
    view.Set("TITLE", T("Delete"));
    return view;
}

std::vector<Sample> WebhookSamples(const std::string& words, Millis now) {
    Webhook hook;
    hook.id = "h1";
    hook.url = "https://hooks.example.org/" + words;
    hook.description = hook.created_by = words;
    hook.kinds = {"code.created", "code.redeemed"};
    hook.created_at = hook.updated_at = now - kDay;
    hook.old_secret_until = now + kHour;
    hook.failing_since = now - kHour;
    Webhook gone = hook, failing = hook, plain = hook;
    gone.disabled_at = failing.disabled_at = now;
    gone.disabled_reason = "gone";
    failing.disabled_reason = "failing";
    plain.description.clear();
    plain.kinds.clear();
    plain.failing_since = plain.old_secret_until = std::nullopt;

    Delivery waiting;
    waiting.id = 9;
    waiting.event.id = 5;
    waiting.event.kind = EventKind::kCodeRedeemed;
    waiting.event.code_id = 7;
    waiting.event.subject_name = words;
    waiting.event.at = waiting.created_at = now - kHour;
    waiting.attempts = 2;
    waiting.due_at = now + kHour;
    waiting.status = 500;
    waiting.response = words;
    Delivery fresh = waiting, taken = waiting, given_up = waiting;
    fresh.attempts = 0;
    fresh.status.reset();
    fresh.response.clear();
    taken.state = DeliveryState::kDelivered;
    given_up.state = DeliveryState::kFailed;
    given_up.event.code_id = 0;
    given_up.status.reset();

    const Error wrong{ErrorKind::kInvalid,
                      "sample",
                      words,
                      words,
                      {{"url", "sample", words}, {"events", "sample", words}}};
    std::vector<Sample> samples;
    const auto put = [&samples](std::string name, auto page) {
        samples.push_back({std::move(name), Place::kInPortals,
                           [page](const Scene& scene) { return ViewOf(scene, page); }});
    };
    put("webhooks/list", WebhooksPage{{hook, gone, failing, plain}});
    put("webhooks/list, none", WebhooksPage{});
    put("webhooks/new", WebhookNewPage{});
    put("webhooks/new, refused", WebhookNewPage{FieldsOf(hook), wrong});
    put("webhooks/detail",
        WebhookPage{
            hook, {{waiting, fresh, taken, given_up}, true}, false, FieldsOf(hook), std::nullopt});
    for (const Webhook& one : {gone, failing, plain})
        put("webhooks/detail, other",
            WebhookPage{one, {{given_up}, false}, true, FieldsOf(one), wrong});
    put("webhooks/detail, nothing sent",
        WebhookPage{plain, {}, true, FieldsOf(plain), std::nullopt});
    put("webhooks/ask", WebhookAskPage{hook});
    return samples;
}

}  // namespace ostiary::pages
