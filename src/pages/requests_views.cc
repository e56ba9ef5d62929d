#include "pages/requests_views.h"

#include <fmt/format.h>

#include "pages/codes_looks.h"
#include "pages/language.h"
#include "pages/places_views.h"
#include "pages/templates_form.h"
#include "pages/words.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

constexpr std::size_t kExcerpt = 160;  // characters

struct Look {
    std::string_view tone, icon;
    std::string word;
};
Look LookOf(RequestState state) {
    switch (state) {
        case RequestState::kOpen: return {"pending", "hourglass", T("Waiting")};
        case RequestState::kAccepted: return {"active", "check", T("Accepted")};
        case RequestState::kDeclined: return {"revoked", "close", T("Declined")};
    }
    return {};
}

// On one line, and not all of it.
std::string Excerpt(const std::string& words) {
    std::string line;
    std::size_t characters = 0;
    for (const char c : words) {
        const bool begins = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
        if (begins && ++characters > kExcerpt) return line + "…";
        line += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
    }
    return line;
}

const std::vector<FieldError>& ErrorsIn(const RequestPage& page, std::string_view form) {
    static const std::vector<FieldError> none;
    return page.error && page.form == form ? page.error->fields : none;
}

std::vector<Option> TemplateOptions(const Scene& scene, const std::vector<Template>& all) {
    std::vector<Option> options = {{"", T("None")}};
    for (const Template& one : all) {
        const std::string what = TemplateInShort(scene, one);
        options.push_back({one.name, what.empty() ? one.name : one.name + " — " + what});
    }
    return options;
}

void AddAcceptFields(View& view, const Scene& scene, const RequestPage& page) {
    const auto& errors = ErrorsIn(page, "accept");
    const auto add = [&](Field field) {
        field.value = std::string(page.accept.Get(field.name));
        AddField(view, "ACCEPT_FIELDS", "accept", field, errors);
    };
    add({"choice", "template", T("Template"), "", "", TemplateOptions(scene, page.templates)});
    add({"choice", "role", T("Role"), "", "",
         WithAny(T("As the template has it, or as usual"), RoleOptions(scene.catalogue()))});
    add({"choice", "task_group", T("Task Group"), "", "",
         WithAny(T("As the template has it, or as usual"), TaskGroupOptions(scene.catalogue()))});
    if (scene.config.SendsMail())
        add({"area",
             "message",
             T("A few words of yours"),
             T("They stand in the mail."),
             "",
             {},
             "",
             "",
             "1000"});
}

void AddDeclineFields(View& view, const Scene& scene, const RequestPage& page) {
    const auto& errors = ErrorsIn(page, "decline");
    const auto add = [&](Field field) {
        field.value = std::string(page.decline.Get(field.name));
        AddField(view, "DECLINE_FIELDS", "decline", field, errors);
    };
    add({"area", "reason", T("Reason"), T("Kept with the request."), "", {}, "", "", "1000"});
    if (scene.config.SendsMail())
        add({"check", "mail", T("Tell them by mail"), T("With the reason, if there is one.")});
}

}  // namespace

std::string ApprovalsPath(const Portal& portal) { return std::string(portal.home) + "approvals/"; }

std::string ApprovalsTitle(const Portal& portal) {
    return portal.id == PortalId::kAdmin ? T("Approvals") : T("Requests");
}

void SetRequest(View& view, const Scene& scene, const InvitationRequest& request) {
    const Look look = LookOf(request.state);
    view.Set("ASKER", request.name)
        .Set("ASKER_EMAIL", request.email)
        .Set("ASKER_EXCERPT", Excerpt(request.words))
        .Set("ASKED_GROUP", request.task_group.empty()
                                ? ""
                                : TaskGroupLabel(scene.catalogue(), request.task_group));
    view.Set("TONE", look.tone).Set("ICON", look.icon).Set("STATUS", look.word);
    view.Flag("IS_OPEN", request.state == RequestState::kOpen)
        .Set("DECIDED_BY", request.decided_by)
        .Set("REQUEST_URL",
             scene.portal ? fmt::format("{}{}/", ApprovalsPath(*scene.portal), request.id) : "");
    SetMoment(view, "ASKED", request.asked_at, scene);
}

View ViewOf(const Scene& scene, const RequestFormPage& page) {
    View view("requests/ask");
    view.Set("TITLE", page.is_asked ? T("Your request is on its way") : T("Request an invitation"))
        .Flag("IS_ASKED", page.is_asked)
        .Set("KEPT", TN("{} day", "{} days", scene.config.requests_kept_days));
    const std::vector<FieldError> none;
    const auto& errors = page.error ? page.error->fields : none;
    view.List("FIELDS");
    const auto add = [&](Field field) {
        field.value = std::string(page.typed.Get(field.name));
        AddField(view, "FIELDS", "ask", field, errors);
    };
    add({"text", "name", T("Name"), "", "", {}, "name", "required", "200"});
    add({"email", "email", T("Email"), "", "", {}, "email", "required", "254"});
    if (scene.config.requests_task_groups)
        add({"choice", "task_group", T("Task Group"), "", "",
             WithAny(T("None in particular"), TaskGroupOptions(scene.catalogue()))});
    add({"area",
         "message",
         T("Why do you ask?"),
         T("Who you are to us, or who told you of it. At most {} characters.",
           kLongestRequestWords),
         "",
         {},
         "off",
         "required",
         "1000"});
    SetErrors(view, "ask", page.error ? &*page.error : nullptr);
    return view;
}

View ViewOf(const Scene& scene, const RequestPage& page) {
    View view("requests/detail");
    const InvitationRequest& request = page.request;
    SetRequest(view, scene, request);
    const std::string here = fmt::format("{}{}/", ApprovalsPath(*scene.portal), request.id);
    view.Set("TITLE", request.name)
        .Set("LIST_URL", ApprovalsPath(*scene.portal))
        .Set("LIST_TITLE", ApprovalsTitle(*scene.portal))
        .Set("ACCEPT_URL", here + "accept/")
        .Set("DECLINE_URL", here + "decline/")
        .Set("ASKER_WORDS", request.words)
        .Set("REASON", request.reason);
    view.Set("AGAIN", request.times_asked > 1 ? TN("{} time", "{} times", request.times_asked)
                                              : std::string());
    SetMoment(view, "LAST_ASKED",
              request.times_asked > 1 ? std::optional(request.last_asked_at) : std::nullopt, scene);
    SetMoment(view, "DECIDED", request.decided_at, scene);
    view.Set("REQUEST_CODE_URL",
             request.code_id == 0 ? "" : CodePath(*scene.portal, request.code_id));
    view.Flag("HAS_ACCOUNT", page.has_account)
        .Flag("SENDS_MAIL", scene.config.SendsMail())
        .Flag("MAY_DECIDE",
              request.state == RequestState::kOpen && scene.May(Permission::kCodesWrite));
    view.List("ACCEPT_FIELDS").List("DECLINE_FIELDS");
    AddAcceptFields(view, scene, page);
    AddDeclineFields(view, scene, page);
    SetErrors(view, page.form, page.error ? &*page.error : nullptr);
    return view;
}

std::vector<Sample> RequestSamples(const std::string& words, Millis now) {
    InvitationRequest request;
    request.id = 7;
    request.email = request.name = request.words = request.task_group = words;
    request.times_asked = 3;
    request.asked_at = now - kDay;
    request.last_asked_at = now - kHour;
    InvitationRequest declined = request;
    declined.state = RequestState::kDeclined;
    declined.decided_at = now;
    declined.decided_by = declined.reason = words;
    InvitationRequest accepted = declined;
    accepted.state = RequestState::kAccepted;
    accepted.reason.clear();
    accepted.task_group.clear();
    accepted.code_id = 7;
    const Fields typed({{"name", words}, {"email", words}, {"message", words}, {"reason", words}});
    const Error wrong{ErrorKind::kInvalid,
                      "email.invalid",
                      words,
                      words,
                      {{"email", "email.invalid", words}, {"reason", "reason.long", words}}};
    std::vector<Sample> samples;
    const auto put = [&](std::string name, Place place, auto page) {
        samples.push_back(
            {std::move(name), place, [page](const Scene& scene) { return ViewOf(scene, page); }});
    };
    put("requests/ask", Place::kAnywhere, RequestFormPage{});
    put("requests/ask, refused", Place::kAnywhere, RequestFormPage{typed, wrong});
    put("requests/ask, asked", Place::kAnywhere, RequestFormPage{{}, {}, true});
    put("requests/detail", Place::kInPortals, RequestPage{request, {}, true, typed, typed, {}});
    put("requests/detail, refused", Place::kInPortals,
        RequestPage{request, {}, false, typed, typed, wrong, "decline"});
    put("requests/detail, accepted", Place::kInPortals,
        RequestPage{accepted, {}, false, {}, {}, {}});
    put("requests/detail, declined", Place::kInPortals,
        RequestPage{declined, {}, false, {}, {}, {}});
    ApprovalsPage approvals;
    approvals.requests = {request, request};
    approvals.has_more_requests = true;
    put("places/approvals, requests", Place::kInPortals, approvals);
    approvals.show = RequestState::kDeclined;
    approvals.requests = {declined, accepted};
    put("places/approvals, declined", Place::kInPortals, approvals);
    return samples;
}

}  // namespace ostiary::pages
