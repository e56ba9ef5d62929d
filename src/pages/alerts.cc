// Alerts: what somebody should hear of, and what they do about it.

#include "core/alerts.h"

#include <algorithm>

#include "http/respond.h"
#include "pages/alerts_views.h"
#include "pages/ask.h"
#include "pages/notice.h"
#include "pages/pages.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

using enum Permission;

constexpr std::size_t kAlertsPerPage = 20;

AlertScope ScopeHere(const Request& request, const World& world) {
    return AlertScopeOf(*request.actor, *PortalAt(request.path), world);
}

std::int64_t AlertIdOf(const Request& request) {
    return ParseInt(request.PathValue("id")).value_or(0);
}

// Back to where it was asked, with a notice, also of why not.
Result<Response> Tell(const Request& request, World& world, const Result<Alert>& done,
                      NoticeKind kind) {
    const std::string back = NextOr(request.Form(), AlertsPath(*PortalAt(request.path)));
    if (done.ok()) return SeeOtherAndTell(world, back, kind, AlertTitle(done.value().kind));
    if (!IsForTheForm(done.error())) return done.error();
    return SeeOtherAndRefuse(world, back, done.error());
}

}  // namespace

Result<Response> AlertsList(const Request& request, World& world) {
    AlertsPage page;
    page.query.scope = ScopeHere(request, world);
    page.query.page_size = kAlertsPerPage;
    page.query.before = ParseInt(request.Query().Get("before")).value_or(0);
    const auto state = std::ranges::find(kAlertStates, request.Query().Get("state"));
    if (state != kAlertStates.end())
        page.query.state = static_cast<AlertState>(state - kAlertStates.begin());
    page.alerts = TRY(ListAlerts(TRY(PermitOf<kCodesRead>(request)), world, page.query));
    page.has_more = page.alerts.size() > kAlertsPerPage;
    if (page.has_more) page.alerts.pop_back();
    return ShowPage(SceneOf(request, world), page);
}

Result<Response> AlertAcknowledge(const Request& request, World& world) {
    const auto done = AcknowledgeAlert(TRY(PermitOf<kCodesWrite>(request)), world,
                                       ScopeHere(request, world), AlertIdOf(request));
    return Tell(request, world, done, NoticeKind::kAlertAcknowledged);
}

Result<Response> AlertSnooze(const Request& request, World& world) {
    const std::int64_t hours = ParseInt(request.Form().Get("hours")).value_or(0);
    const bool is_sane = hours > 0 && hours <= kLongestSnooze / kHour;
    const Millis now = world.clock.Now();
    const auto done =
        SnoozeAlert(TRY(PermitOf<kCodesWrite>(request)), world, ScopeHere(request, world),
                    AlertIdOf(request), is_sane ? now + hours * kHour : now);
    return Tell(request, world, done, NoticeKind::kAlertSnoozed);
}

}  // namespace ostiary::pages
