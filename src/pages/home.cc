// Where people land: the front door, and the portals' first pages.

#include "core/alerts.h"
#include "core/requests.h"
#include "http/cookies.h"
#include "pages/alerts_views.h"
#include "pages/ask.h"
#include "pages/charts.h"
#include "pages/codes_looks.h"
#include "pages/language.h"
#include "pages/notice.h"
#include "pages/pages.h"
#include "pages/places_views.h"
#include "pages/reports_views.h"
#include "pages/requests_views.h"
#include "pages/views.h"

namespace ostiary::pages {

View ViewOf(const Scene& scene, const HomePage&) {
    View view("home/home");
    view.Set("TITLE", T("Welcome")).Flag("REQUESTS_OPEN", scene.config.requests_open);
    AddField(view, "FIELDS", "box",
             {"code", "code", T("Invite code"), "", "", {}, "off", "required", "64"}, {});
    return view;
}

namespace {

constexpr std::size_t kPile = 5, kLatestEvents = 10, kAlertsLookedAt = 50;

void AddPile(View& view, const Scene& scene, std::string_view title, std::string_view filter,
             const std::vector<Code>& codes) {
    if (codes.empty()) return;
    View& pile = view.Add("PILES")
                     .Set("PILE_TITLE", title)
                     .Set("PILE_URL", std::string(scene.portal->codes_path) + std::string(filter));
    for (const Code& code : codes) SetCode(pile.Add("PILE_CODES"), scene, code);
}

std::vector<Code> Codes(Permit<Permission::kCodesRead> permit, World& world, const CodeScope& scope,
                        std::string_view status, CodeOrder order) {
    CodeQuery query;
    query.scope = scope;
    query.status = status;
    query.order = order;
    query.page_size = kPile;
    auto page = ListCodes(permit, world, query);
    return page.ok() ? std::move(page.value().codes) : std::vector<Code>{};
}

std::int64_t CountOf(const std::vector<CodeTally>& tallies, auto is_counted) {
    std::int64_t codes = 0;
    for (const CodeTally& tally : tallies)
        if (is_counted(tally.status)) codes += tally.codes;
    return codes;
}

// Those that no list of codes beside them tells.
std::vector<Alert> Alerts(Permit<Permission::kCodesRead> permit, World& world,
                          const AlertScope& scope) {
    AlertQuery query;
    query.scope = scope;
    query.page_size = kAlertsLookedAt;
    auto found = ListAlerts(permit, world, query);
    std::vector<Alert> alerts = found.ok() ? std::move(found).value() : std::vector<Alert>{};
    std::erase_if(alerts, [](const Alert& alert) {
        return alert.kind == AlertKind::kExpiring || alert.kind == AlertKind::kNearlyUsedUp;
    });
    if (alerts.size() > kPile) alerts.resize(kPile);
    return alerts;
}

// What is the same for everybody who reads it stands once: a label, a number, and where it leads.
// Null where the number is not known.
View* AddFigure(View& view, std::string_view label, const std::optional<std::int64_t>& number,
                std::string_view note, const std::string& address) {
    if (!number) return nullptr;
    View& figure = view.Add("FIGURES");
    figure.Set("FIGURE_LABEL", label)
        .Set("FIGURE", InGroups(*number))
        .Set("FIGURE_NOTE", note)
        .Set("FIGURE_URL", address)
        .Set("SPARK", "")
        .Set("SPARK_BOX", "");
    return &figure;
}

// How it was on each day, beneath a figure.
void AddSpark(View& view, const Report& report, std::int64_t Tallied::*what) {
    std::vector<std::int64_t> days;
    for (const auto& [day, tallied] : report.days) days.push_back(tallied.*what);
    view.Set("SPARK", SparkPath(days))
        .Set("SPARK_BOX", "0 0 " + std::to_string(kSparkWidth * report.period.days()) + " " +
                              std::to_string(kSparkHeight));
}

void AddFigures(View& view, const Scene& scene, const PortalHomePage& page) {
    view.List("FIGURES");
    const std::string list(scene.portal->codes_path), home(scene.portal->home);
    View* usable = AddFigure(view, T("Usable codes"), page.usable,
                             T("somebody can join with them now"), list + "?status=usable");
    AddFigure(view, T("Waiting for approval"), page.waiting, T("nobody can join with them yet"),
              list + "?status=pending");
    if (page.overview)
        AddFigure(view, T("People"), page.overview->people, T("can log in"),
                  home + "users/?state=active");
    else
        AddFigure(view, T("Used up"), page.used_up, T("all their uses are taken"),
                  list + "?status=exhausted");
    if (!page.report) return;
    const Tallied &sum = page.report->sum, &before = page.report->sum_before;
    if (usable != nullptr) {
        usable->Set("FIGURE_NOTE", T("{} made in 30 days, {} before", InGroups(sum.created),
                                     InGroups(before.created)));
        AddSpark(*usable, *page.report, &Tallied::created);
    }
    View* joined =
        AddFigure(view, T("Joined in 30 days"), sum.joined,
                  T("{} in the 30 days before", InGroups(before.joined)), home + "reports/");
    AddSpark(*joined, *page.report, &Tallied::joined);
}

}  // namespace

View ViewOf(const Scene& scene, const PortalHomePage& page) {
    const PortalLook& look = LookOf(*scene.portal);
    View view("home/portal");
    view.Set("TITLE", T(scene.portal->title))
        .Set("LIST_URL", scene.portal->codes_path)
        .Set("LIST_TITLE", T(look.codes_title));
    view.Set("CREATE_URL", scene.portal->create_path)
        .Set("CREATE_WORDS", T(scene.portal->create_words))
        .List("PILES")
        .List("ALERTS");
    for (const Alert& alert : page.alerts) {
        View& row = view.Add("ALERTS");
        SetAlert(row, scene, alert, std::string(scene.portal->home));
        row.Flag("CAN_SNOOZE", false);  // here each has one button
    }
    view.Set("REQUESTS_WAIT", page.requests > 0
                                  ? TN("{} person asks for an invitation",
                                       "{} people ask for an invitation", page.requests)
                                  : std::string())
        .Set("REQUESTS_URL", ApprovalsPath(*scene.portal));
    view.Flag("HAS_NEEDS", page.requests > 0 || scene.alerts > 0 || !page.alerts.empty() ||
                               !page.pending.empty() || !page.running_out.empty() ||
                               !page.ending.empty());
    view.Set("ALERTS_URL", AlertsPath(*scene.portal))
        .Set("ALERTS_COUNT", WaitingCount(scene.alerts));
    AddFigures(view, scene, page);
    view.List("EVENTS").List("MOST_USED").Flag("HAS_OVERVIEW", page.overview.has_value());
    view.List("USES_CHART").Set("REPORTS_URL", std::string(scene.portal->home) + "reports/");
    if (page.report && page.report->sum.uses() + page.report->sum_before.uses() > 0)
        SetUsesOverTime(view.Add("USES_CHART"), *page.report);
    view.Set("AUDIT_URL", std::string(scene.portal->home) + "audit/");
    if (page.overview)
        for (const Event& event : page.overview->latest) SetEvent(view.Add("EVENTS"), scene, event);
    for (const Code& code : page.most_used) SetCode(view.Add("MOST_USED"), scene, code);
    AddPile(view, scene, T("Waiting for approval"), "?status=pending", page.pending);
    AddPile(view, scene, T("Nearly used up"), "?status=warning", page.running_out);
    AddPile(view, scene, T("About to end"), "?status=usable&order=expiry", page.ending);
    return view;
}

Result<Response> Home(const Request& request, World& world) {
    if (request.actor) return SeeOther(HomeOf(*request.actor));
    return ShowPage(SceneOf(request, world), HomePage{});
}

Result<Response> LanguageChoose(const Request& request, World& world) {
    const Fields form = request.Form();
    Response response = SeeOther(NextOr(form, "/"));
    SetLanguageCookie(response, world.config, ChooseLanguage(form.Get("language"), ""));
    return response;
}

Result<Response> PortalHome(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<Permission::kCodesRead>(request));
    const CodeScope scope = RulesHere(request, world).scope;
    const auto codes = [&](std::string_view status, CodeOrder order) {
        return Codes(permit, world, scope, status, order);
    };
    const auto tallies = TRY(TallyOf(permit, world, scope));
    const auto count = [&](CodeStatus wanted) {
        return CountOf(tallies, [=](CodeStatus status) { return status == wanted; });
    };
    PortalHomePage page;
    page.waiting = count(CodeStatus::kPending);
    page.usable = CountOf(tallies, IsUsable);
    page.requests = CountRequests(permit, world, scope);
    page.alerts =
        Alerts(permit, world, AlertScopeOf(*request.actor, *PortalAt(request.path), world));
    page.pending = codes("pending", CodeOrder::kOldest);
    page.running_out = codes("warning", CodeOrder::kMostUsed);
    page.ending = codes("usable", CodeOrder::kSoonestExpiry);
    std::erase_if(page.ending,
                  [&](const Code& code) { return !ExpiresInDays(code, world.clock.Now()); });
    if (const auto audit = PermitOf<Permission::kAuditRead>(request);
        audit.ok() && PortalAt(request.path)->everything) {
        page.overview = TRY(GetOverview(audit.value(), world, kLatestEvents));
    } else {
        page.used_up = count(CodeStatus::kExhausted);
        page.most_used = codes("", CodeOrder::kMostUsed);
        std::erase_if(page.most_used, [](const Code& code) { return code.used_count == 0; });
    }
    const Scene scene = SceneOf(request, world);
    if (const auto reports = PermitOf<Permission::kReportsRead>(request); reports.ok())
        page.report = TRY(GetReport(reports.value(), world, scope,
                                    TRY(PeriodOf({}, scene.time_zone, scene.now))));
    return ShowPage(scene, page);
}

Result<Response> PortalToCodes(const Request& request, World&) {
    return SeeOther(std::string(PortalAt(request.path)->codes_path));
}

}  // namespace ostiary::pages
