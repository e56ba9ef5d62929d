#include "pages/alerts_views.h"

#include <array>

#include "pages/codes_looks.h"
#include "pages/filters.h"
#include "pages/language.h"
#include "pages/words.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

struct StateRow {
    AlertState state;
    std::string_view label, empty;
};

// clang-format off
constexpr std::array kStates = {
    StateRow{AlertState::kWaiting,      N("Needs you"),    N("Nothing needs you right now.")},
    StateRow{AlertState::kSnoozed,      N("Snoozed"),      N("No alert is snoozed.")},
    StateRow{AlertState::kAcknowledged, N("Acknowledged"), N("No alert that goes on is acknowledged.")},
    StateRow{AlertState::kClosed,       N("Over"),         N("No alert is over yet.")},
};

struct Look {
    std::string_view title, tone, icon;
};
constexpr std::array<Look, static_cast<std::size_t>(AlertKind::kCount)> kLooks = {
    Look{N("About to end"),                   "expired", "clock"},
    Look{N("Nearly used up"),                 "warning", "hourglass"},
    Look{N("Unusual use"),                    "revoked", "chart"},
    Look{N("Many failures from one address"), "revoked", "lock"},
    Look{N("Many refused registrations"),     "revoked", "alert"},
    Look{N("Mail not sent"),                  "warning", "mail"},
    Look{N("Webhook switched off"),           "warning", "webhook"},
};
// clang-format on

const Look& LookOf(AlertKind kind) { return kLooks[static_cast<std::size_t>(kind)]; }

std::string SubjectUrl(const Portal& portal, const Alert& alert) {
    if (!alert.batch.empty())
        return Filters(std::string(portal.codes_path)).Address({}, "batch", alert.batch);
    if (alert.code_id != 0) return CodePath(portal, alert.code_id);
    if (!portal.everything) return "";
    const std::string home(portal.home);
    if (alert.kind == AlertKind::kWebhookOff)
        return home + "webhooks/" + alert.subject.substr(alert.subject.find(' ') + 1) + "/";
    Filters audit(home + "audit/");
    if (alert.kind == AlertKind::kFailures)
        return audit.Address({}, "search",
                             alert.subject_name.substr(0, alert.subject_name.find("::/")));
    if (alert.kind == AlertKind::kRefusals)
        return audit.Address({}, "kind", "registration.refused");
    return audit.Address({}, "kind", "mail.failed");
}

}  // namespace

std::string AlertsPath(const Portal& portal) { return std::string(portal.home) + "alerts/"; }

std::string AlertSubject(const Alert& alert) {
    if (!alert.batch.empty()) return T("Codes made together");
    if (alert.code_id != 0) return NameOfCode(alert.code_id, alert.subject_name);
    if (alert.kind == AlertKind::kRefusals) return T("Registrations");
    return alert.subject_name.empty() ? T("Mails") : alert.subject_name;
}

std::string AlertTitle(AlertKind kind) { return T(LookOf(kind).title); }

void SetAlert(View& view, const Scene& scene, const Alert& alert, const std::string& next) {
    const Look& look = LookOf(alert.kind);
    const AlertState state = alert.StateAt(scene.now);
    const std::string path = AlertsPath(*scene.portal) + std::to_string(alert.id) + "/";
    view.Set("ALERT_TITLE", T(look.title))
        .Set("ALERT_TONE", look.tone)
        .Set("ALERT_ICON", look.icon);
    view.Set("ALERT_SUBJECT", AlertSubject(alert))
        .Set("SUBJECT_URL", SubjectUrl(*scene.portal, alert));
    view.Set("WHY", Said(WhyAlerted(alert, scene.now)));
    view.Set("ACKNOWLEDGE_URL", path + "acknowledge/").Set("SNOOZE_URL", path + "snooze/");
    view.Set("ALERT_NEXT", next);
    const bool may = scene.May(Permission::kCodesWrite);
    view.Flag("CAN_ACKNOWLEDGE",
              may && (state == AlertState::kWaiting || state == AlertState::kSnoozed));
    view.Flag("CAN_SNOOZE", may && state == AlertState::kWaiting);
    view.Set("ACKNOWLEDGER", alert.acknowledged_by).Set("SNOOZER", alert.snoozed_by);
    SetMoment(view, "RAISED", alert.raised_at, scene);
    SetMoment(
        view, "AGAIN",
        alert.seen_at - alert.raised_at >= kMinute ? std::optional(alert.seen_at) : std::nullopt,
        scene);
    SetMoment(view, "ACKNOWLEDGED", alert.acknowledged_at, scene);
    SetMoment(view, "SNOOZED", state == AlertState::kSnoozed ? alert.snoozed_until : std::nullopt,
              scene);
    SetMoment(view, "CLOSED", alert.closed_at, scene);
}

View ViewOf(const Scene& scene, const AlertsPage& page) {
    View view("alerts/list");
    const std::string path = AlertsPath(*scene.portal);
    view.Set("TITLE", T("Alerts")).List("ROWS").List("STATES");
    const auto address = [&](AlertState state) {
        return state == AlertState::kWaiting ? path : path + "?state=" + std::string(NameOf(state));
    };
    const std::string here = address(page.query.state);
    for (const StateRow& row : kStates) {
        const bool is_current = row.state == page.query.state;
        view.Add("STATES")
            .Set("STATE_LABEL", T(row.label))
            .Set("STATE_URL", address(row.state))
            .Set("STATE_COUNT", row.state == AlertState::kWaiting ? WaitingCount(scene.alerts) : "")
            .Flag("STATE_CURRENT", is_current);
        if (is_current) view.Set("EMPTY", T(row.empty));
    }
    for (const Alert& alert : page.alerts) SetAlert(view.Add("ROWS"), scene, alert, here);
    Filters filters(path);
    if (page.query.state != AlertState::kWaiting)
        filters.Choice("state", "", "", {}, std::string(NameOf(page.query.state)));
    view.Set("NEXT_URL", page.has_more && !page.alerts.empty()
                             ? filters.Address({}, "before", std::to_string(page.alerts.back().id))
                             : "");
    view.Set("PREVIOUS_URL", "").Set("FIRST_URL", page.query.before > 0 ? here : "");
    view.Flag("IS_WAITING", page.query.state == AlertState::kWaiting);
    return view;
}

namespace {

std::vector<Alert> SampleAlerts(const std::string& words, Millis now) {
    std::vector<Alert> alerts;
    for (std::size_t kind = 0; kind < kAlertKinds.size(); ++kind) {
        Alert alert;
        alert.id = static_cast<std::int64_t>(kind) + 1;
        alert.kind = static_cast<AlertKind>(kind);
        alert.subject = "webhook one";
        alert.subject_name = words;
        alert.code_id = alert.kind <= AlertKind::kUnusualUse ? 7 : 0;
        alert.amount = 9, alert.compared = 100, alert.minutes = 5, alert.times = 3;
        alert.until = now + kDay;
        alert.reason = words;
        alert.raised_at = now - kHour;
        alert.seen_at = now;
        alerts.push_back(alert);
    }
    alerts[0].batch = words;
    alerts[1].compared = 10;
    return alerts;
}

}  // namespace

std::vector<Sample> AlertSamples(const std::string& words, Millis now) {
    const auto page_of = [=](AlertState state) {
        AlertsPage page;
        page.query.state = state;
        page.alerts = SampleAlerts(words, now);
        page.has_more = true;
        for (Alert& alert : page.alerts) {
            if (state == AlertState::kSnoozed) alert.snoozed_until = now + kDay;
            if (state == AlertState::kAcknowledged || state == AlertState::kClosed) {
                alert.acknowledged_at = now - kMinute;
                alert.acknowledged_by = words;
            }
            if (state == AlertState::kClosed) alert.closed_at = now;
            alert.snoozed_by = words;
        }
        return page;
    };
    std::vector<Sample> samples = {{"alerts/list, none", Place::kInPortals, [](const Scene& scene) {
                                        return ViewOf(scene, AlertsPage{});
                                    }}};
    for (const bool has_others : {true, false})
        samples.push_back({"home/portal, alerts", Place::kInPortals, [=](const Scene& scene) {
                               Scene busy = scene;
                               busy.alerts = has_others ? 120 : 2;
                               PortalHomePage home;
                               if (has_others) home.alerts = SampleAlerts(words, now);
                               return ViewOf(busy, home);
                           }});
    for (const AlertState state : {AlertState::kWaiting, AlertState::kSnoozed,
                                   AlertState::kAcknowledged, AlertState::kClosed})
        samples.push_back({"alerts/list, " + std::string(NameOf(state)), Place::kInPortals,
                           [=](const Scene& scene) { return ViewOf(scene, page_of(state)); }});
    return samples;
}

}  // namespace ostiary::pages
