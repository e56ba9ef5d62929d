#include "pages/places_views.h"

#include <fmt/format.h>

#include "pages/codes_looks.h"
#include "pages/filters.h"
#include "pages/language.h"
#include "pages/requests_views.h"
#include "pages/words.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

const std::string kAdmin(PortalOf(PortalId::kAdmin).home);

std::vector<Option> GroupOptions(const Scene& scene) {
    std::vector<Option> options;
    for (const EventGroup& group : EventGroups(scene.catalogue()))
        options.push_back({std::string(group.key), group.label});
    return options;
}

}  // namespace

void SetEvent(View& view, const Scene& scene, const Event& event) {
    view.Set("SENTENCE", EventSentence(event))
        .Set("KIND_NAME", NameOf(event.kind))
        .Set("DOOR", NameOf(event.origin.door));
    view.Set("ADDRESS", event.origin.address).Set("EVENT_REQUEST", event.origin.request_id);
    view.Set("EVENT_CODE_URL", event.code_id == 0 || scene.portal == nullptr
                                   ? ""
                                   : CodePath(*scene.portal, event.code_id));
    SetMoment(view, "WHEN", event.at, scene);
    view.Flag("IS_ERASED", event.is_erased);
    view.List("FACTS");
    for (const EventFact& fact : FactsOf(event))
        view.Add("FACTS")
            .Set("FACT_NAME", Labelled(fact.name))
            .Set("FACT_BEFORE", fact.before)
            .Set("FACT_AFTER", fact.after)
            .Flag("IS_CHANGE", fact.is_change);
}

View ViewOf(const Scene& scene, const AuditPage& page) {
    View view("places/audit");
    view.Set("TITLE", T("Audit log"));
    Filters filters(kAdmin + "audit/");
    const AuditAsked& asked = page.asked;
    filters.Search("search", T("Name, detail, address or request"), asked.search)
        .Choice("kind", T("Kind"), T("Any kind"), GroupOptions(scene), asked.kind);
    if (!asked.person.empty())
        filters.Choice("person", T("Person"), T("Any person"), {{asked.person, asked.person}},
                       asked.person);
    if (!asked.code.empty())
        filters.Choice("code", T("Code"), T("Any code"),
                       {{asked.code, T("Code number {}", asked.code)}}, asked.code);
    filters.Day("from", T("From"), asked.from).Day("to", T("To"), asked.to);
    filters.AddTo(view);
    SetErrors(view, "filter", page.error ? &*page.error : nullptr);
    const std::string list = filters.Address();
    const auto query = list.find('?');
    const std::string rest = query == list.npos ? std::string() : list.substr(query);
    view.Set("CSV_URL", kAdmin + "audit/export.csv" + rest)
        .Set("JSON_URL", kAdmin + "audit/export.json" + rest)
        .Set("HEALTH_URL", kAdmin + "health/");
    view.List("EVENTS");
    for (const Event& event : page.page.events) SetEvent(view.Add("EVENTS"), scene, event);
    const auto& events = page.page.events;
    view.Set("NEXT_URL", page.page.has_older && !events.empty()
                             ? filters.Address({}, "before", std::to_string(events.back().id))
                             : "");
    view.Set("PREVIOUS_URL", page.page.has_newer && !events.empty()
                                 ? filters.Address({}, "after", std::to_string(events.front().id))
                                 : "");
    return view;
}

// By the rule that is set.
static std::string WhichCodesWait(ApprovalRule rule) {
    switch (rule) {
        case ApprovalRule::kNever: return T("New codes wait for nobody, as it is set.");
        case ApprovalRule::kElevated:
            return T("A code that grants more than its maker holds waits here.");
        case ApprovalRule::kManagers:
            return T(
                "Codes that managers make wait here, and those that grant more than their "
                "maker holds.");
        case ApprovalRule::kAlways: return T("Every new code waits here.");
    }
    return {};
}

static void SetRequests(View& view, const Scene& scene, const ApprovalsPage& page,
                        const std::string& path) {
    const bool is_open = page.show == RequestState::kOpen;
    view.List("REQUESTS").List("SHOWS");
    for (const InvitationRequest& one : page.requests) SetRequest(view.Add("REQUESTS"), scene, one);
    view.Set("REQUESTS_TITLE",
             is_open ? T("People who ask for an invitation") : T("Requests that were decided"));
    Filters filters(path);
    if (!is_open) filters.Search("show", T("Show"), std::string(NameOf(page.show)));
    view.Set("MORE_REQUESTS_URL",
             page.has_more_requests
                 ? filters.Address({}, "beyond", std::to_string(page.requests.back().id))
                 : "");
    if (scene.config.requests_open || !is_open)
        for (const auto& [state, words] : {std::pair{RequestState::kOpen, T("Waiting")},
                                           {RequestState::kAccepted, T("Accepted requests")},
                                           {RequestState::kDeclined, T("Declined requests")}})
            view.Add("SHOWS")
                .Set("SHOW", words)
                .Set("SHOW_URL", state == RequestState::kOpen
                                     ? path
                                     : path + "?show=" + std::string(NameOf(state)))
                .Flag("SHOW_CURRENT", page.show == state);
    view.Flag("IS_EMPTY", page.requests.empty() && page.page.codes.empty())
        .Set("EMPTY_TITLE", is_open ? T("Nothing waits for you") : T("There are none"));
}

View ViewOf(const Scene& scene, const ApprovalsPage& page) {
    View view("places/approvals");
    const std::string path = ApprovalsPath(*scene.portal);
    const bool may_approve = scene.May(Permission::kCodesApprove);
    view.Set("WHICH_WAIT", may_approve ? WhichCodesWait(scene.config.approvals) : "");
    view.Set("TITLE", ApprovalsTitle(*scene.portal)).Set("LIST_URL", path).List("CODES");
    SetRequests(view, scene, page, path);
    for (const Code& code : page.page.codes) {
        View& row = view.Add("CODES");
        SetCode(row, scene, code);
        row.Set("NEXT", path).Set("ASKED_BY", code.created_by);
        SetMoment(row, "ASKED", code.created_at, scene);
    }
    const auto address = [&](const std::string& cursor) {
        return cursor.empty() ? "" : Filters(path).Address({}, "cursor", cursor);
    };
    view.Set("NEXT_URL", address(page.page.next)).Set("PREVIOUS_URL", address(page.page.previous));
    return view;
}

View ViewOf(const Scene& scene, const TokensPage& page) {
    View view("places/tokens");
    const std::string path = kAdmin + "tokens/";
    view.Set("TITLE", T("API tokens")).List("ROWS");
    view.Set("SCIM_URL", scene.config.BaseUrl() + "/scim/v2");
    Filters filters(path);  // whatever it is that is shown, its other pages show the same
    filters.Search("show", T("Show"), page.show);
    view.Flag("IS_ALL", page.show.empty()).List("SHOWS");
    for (const auto& [name, words] : {std::pair{"", T("All tokens")},
                                      {"endless", T("Without an end")},
                                      {"unused", T("Unused for 90 days")}})
        view.Add("SHOWS")
            .Set("SHOW", words)
            .Set("SHOW_URL", *name == 0 ? path : path + "?show=" + name)
            .Flag("SHOW_CURRENT", page.show == name);
    for (const auto& [token, username] : page.tokens) {
        View& row = view.Add("ROWS");
        const bool ended = token.expires_at && *token.expires_at <= scene.now;
        row.Set("TOKEN_LABEL", token.label.empty() ? T("Token") : token.label)
            .Set("SCOPES", Join(token.scopes, ", "))
            .Set("USERNAME", username)
            .Set("USER_URL", kAdmin + "users/" + token.account_id + "/");
        row.Set("REVOKE_URL", path + token.id + "/revoke/");
        row.Flag("IS_LIVING", !token.revoked_at && !ended);
        row.Set("TONE", token.revoked_at ? "revoked"
                        : ended          ? "expired"
                                         : "active")
            .Set("ICON", token.revoked_at ? "pause"
                         : ended          ? "clock"
                                          : "check")
            .Set("STATUS", token.revoked_at ? T("Revoked")
                           : ended          ? T("Expired")
                                            : T("Active"));
        SetMoment(row, "EXPIRES", token.expires_at, scene);
        SetMoment(row, "LAST_USED", token.last_used_at, scene);
        SetMoment(row, "CREATED", token.created_at, scene);
    }
    view.Set("NEXT_URL", page.has_more && !page.tokens.empty()
                             ? filters.Address({}, "before", page.tokens.back().token.id)
                             : "");
    view.Set("PREVIOUS_URL", "").Set("FIRST_URL", page.is_first ? "" : filters.Address());
    return view;
}

View ViewOf(const Scene& scene, const SettingsPage&) {
    View view("places/settings");
    view.Set("TITLE", T("Settings")).List("GROUPS");
    std::string group = "-";
    View* list = nullptr;
    for (const ConfigKey& key : ConfigKeys()) {
        const auto dot = key.name.find('.');
        const std::string own(dot == key.name.npos ? "" : key.name.substr(0, dot));
        if (own != group) {
            group = own;
            list =
                &view.Add("GROUPS").Set("GROUP", own.empty() ? T("Installation") : Labelled(own));
        }
        const auto source = scene.config.sources.find(key.name);
        const bool set = source != scene.config.sources.end();
        list->Add("SETTINGS")
            .Set("KEY", key.name)
            .Set("ABOUT", key.about)
            .Set("VARIABLE", key.variable)
            .Set("SETTING", key.show(scene.config))
            .Set("SOURCE", set ? source->second : "")
            .Flag("IS_SET", set);
    }
    view.List("ROLES").List("TASK_GROUPS").List("AIRCRAFT_ROLES");
    for (const auto& role : scene.catalogue().roles)
        view.Add("ROLES").Set("WORD", role.label).Set("WORD_NAME", role.name);
    for (const auto& one : scene.catalogue().task_groups)
        view.Add("TASK_GROUPS").Set("WORD", one.label).Set("WORD_NAME", one.name);
    for (const auto& role : scene.catalogue().aircraft_roles)
        view.Add("AIRCRAFT_ROLES").Set("WORD", role.label).Set("WORD_NAME", role.name);
    view.Set("AIRCRAFT_NOUN", Labelled(scene.catalogue().aircraft_noun));
    return view;
}

View ViewOf(const Scene&, const HealthPage& page) {
    View view("places/health");
    view.Set("TITLE", T("Health")).Set("VERSION", page.version).List("CHECKS");
    bool well = true;
    for (const HealthCheck& check : page.checks) {
        well = well && check.tone == "active";
        view.Add("CHECKS")
            .Set("SUBJECT", Labelled(check.subject))
            .Set("FINDING", check.finding)
            .Set("TONE", check.tone)
            .Set("ICON", check.tone == "active" ? "check" : "alert")
            .Set("STATUS", check.tone == "active"    ? T("Well")
                           : check.tone == "warning" ? T("Look at this")
                                                     : T("Not well"));
    }
    view.Flag("IS_WELL", well);
    return view;
}

}  // namespace ostiary::pages
