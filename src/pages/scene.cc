// The frame around every page: head, top line, navigation, notice.

#include <array>

#include "core/alerts.h"
#include "core/notifications.h"
#include "http/assets.h"
#include "http/cookies.h"
#include "http/csrf.h"
#include "pages/language.h"
#include "pages/pages.h"
#include "pages/render.h"
#include "pages/scene.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

struct NavRow {
    PortalId portal;
    Permission permission;
    std::string_view path, label, icon;
    bool counts_alerts = false;
    bool for_requests = false;  // only while anybody may ask for an invitation
    bool for_pulls = false;     // only where people are pulled from somewhere

    bool IsOff(const Config& config) const {
        return (for_requests && !config.requests_open) || (for_pulls && config.pull_source.empty());
    }
};

// clang-format off
constexpr std::array kNavigation = {
    NavRow{PortalId::kAdmin,   Permission::kAdminPortal,   "/admin/",              N("Overview"),      "home"},
    NavRow{PortalId::kAdmin,   Permission::kCodesRead,     "/admin/invite-codes/", N("Invite Codes"),  "ticket"},
    NavRow{PortalId::kAdmin,   Permission::kCodesRead,     "/admin/alerts/",       N("Alerts"),        "bell", true},
    NavRow{PortalId::kAdmin,   Permission::kCodesApprove,  "/admin/approvals/",    N("Approvals"),     "stamp"},
    NavRow{PortalId::kAdmin,   Permission::kUsersWrite,    "/admin/users/",        N("Users"),         "people"},
    NavRow{PortalId::kAdmin,   Permission::kUsersWrite,    "/admin/pulls/",        N("Pulls of people"), "download", false, false, true},
    NavRow{PortalId::kAdmin,   Permission::kCodesWrite,    "/admin/recalls/",      N("Recalls"),       "undo"},
    NavRow{PortalId::kAdmin,   Permission::kAircraftWrite, "/admin/aircraft/",     "",                 "plane"},
    NavRow{PortalId::kAdmin,   Permission::kAdminPortal,   "/admin/reports/",      N("Reports"),       "chart"},
    NavRow{PortalId::kAdmin,   Permission::kAdminPortal,   "/admin/housekeeping/", N("Housekeeping"),  "list"},
    NavRow{PortalId::kAdmin,   Permission::kAuditRead,     "/admin/audit/",        N("Audit log"),     "history"},
    NavRow{PortalId::kAdmin,   Permission::kAdminPortal,   "/admin/templates/",    N("Templates"),     "template"},
    NavRow{PortalId::kAdmin,   Permission::kWebhooks,      "/admin/webhooks/",     N("Webhooks"),      "webhook"},
    NavRow{PortalId::kAdmin,   Permission::kTokensWrite,   "/admin/tokens/",       N("API tokens"),    "key"},
    NavRow{PortalId::kAdmin,   Permission::kSystemRead,    "/admin/settings/",     N("Settings"),      "settings"},
    NavRow{PortalId::kAdmin,   Permission::kSystemRead,    "/admin/health/",       N("Health"),        "health"},
    NavRow{PortalId::kAdmin,   Permission::kRawData,       "/admin/data/",         N("Raw data"),      "database"},
    NavRow{PortalId::kManager, Permission::kManagerPortal, "/manager/",            N("Overview"),      "home"},
    NavRow{PortalId::kManager, Permission::kCodesRead,     "/manager/invite-codes/", N("Invite Codes"), "ticket"},
    NavRow{PortalId::kManager, Permission::kCodesRead,     "/manager/alerts/",     N("Alerts"),        "bell", true},
    NavRow{PortalId::kManager, Permission::kUsersRead,     "/manager/brought/",    N("Who brought whom"), "people"},
    NavRow{PortalId::kManager, Permission::kCodesWrite,    "/manager/recalls/",    N("Recalls"),       "undo"},
    NavRow{PortalId::kManager, Permission::kCodesWrite,    "/manager/approvals/",  N("Requests"),      "stamp", false, true},
    NavRow{PortalId::kManager, Permission::kReportsRead,   "/manager/reports/",    N("Reports"),       "chart"},
    NavRow{PortalId::kManager, Permission::kReportsRead,   "/manager/housekeeping/", N("Housekeeping"), "list"},
    NavRow{PortalId::kManage,  Permission::kCodesRead,     "/manage/invitations/", N("Invitation Codes"), "ticket"},
    NavRow{PortalId::kManage,  Permission::kCodesWrite,    "/manage/approvals/",  N("Requests"),      "stamp", false, true},
    NavRow{PortalId::kManage,  Permission::kUsersRead,     "/manage/users/",       N("Users"),         "people"},
    NavRow{PortalId::kManage,  Permission::kCodesWrite,    "/manage/recalls/",     N("Recalls"),       "undo"},
};
// clang-format on

std::string Capitalized(std::string word) {
    if (!word.empty() && word[0] >= 'a' && word[0] <= 'z')
        word[0] = static_cast<char>(word[0] - 32);
    return word;
}

bool IsCurrent(const NavRow& row, const Scene& scene) {
    const bool is_home = row.path == PortalOf(row.portal).home;
    return is_home ? scene.path == row.path : scene.path.starts_with(row.path);
}

// The organisation's own noun where the row leaves it open: rooms or properties instead of
// aircraft.
std::string LabelOf(const NavRow& row, const Scene& scene) {
    const std::string label(row.label);
    return label.empty() ? FleetTitle(scene) : T(label);
}

void AddNavigation(View& view, const Scene& scene) {
    view.List("PORTALS").List("NAV");
    if (!scene.actor) return;
    for (const Portal& portal : kPortals) {
        if (!scene.May(portal.permission)) continue;
        const bool current = scene.portal == &portal;
        view.Add("PORTALS")
            .Set("PORTAL_URL", portal.home)
            .Set("PORTAL_TITLE", T(portal.title))
            .Flag("PORTAL_CURRENT", current);
    }
    for (const NavRow& row : kNavigation) {
        if (scene.portal == nullptr || scene.portal->id != row.portal) continue;
        if (!scene.May(row.permission) || !scene.May(scene.portal->permission)) continue;
        if (row.IsOff(scene.config)) continue;
        const std::string label = LabelOf(row, scene);
        view.Add("NAV")
            .Set("NAV_URL", row.path)
            .Set("NAV_LABEL", label)
            .Set("NAV_ICON", row.icon)
            .Set("NAV_COUNT", row.counts_alerts ? WaitingCount(scene.alerts) : "")
            .Flag("NAV_CURRENT", IsCurrent(row, scene));
    }
}

void AddLanguages(View& view, const Scene& scene) {
    view.Set("LANGUAGE", Spoken()).Set("PAGE_PATH", scene.path);
    for (const Language& language : Languages())
        view.Add("LANGUAGES")
            .Set("LANGUAGE_TAG", language.tag)
            .Set("LANGUAGE_NAME", language.name)
            .Flag("LANGUAGE_CURRENT", language.tag == Spoken());
}

void AddPerson(View& view, const Scene& scene) {
    view.Flag("SIGNED_IN", scene.actor.has_value());
    view.Set("PERSON", scene.actor ? scene.actor->name : "");
    view.Set("PERSON_USERNAME", scene.actor ? scene.actor->username : "");
    view.Set("HOME_URL", scene.actor ? HomeOf(*scene.actor) : "/");
    view.Flag("IN_ACCOUNT", scene.path.starts_with("/account/"));
    view.Set("UNSEEN", WaitingCount(scene.unseen))
        .Set("UNSEEN_WORDS",
             scene.unseen == 0 ? T("Notifications") : T("Notifications, {} new", scene.unseen));
}

void AddNotice(View& view, const Scene& scene) {
    view.List("NOTICE");
    if (!scene.notice) return;
    const bool refused = scene.notice->kind == NoticeKind::kRefused;
    const NoticeKind kind = scene.notice->kind;
    const bool secret = kind == NoticeKind::kTokenCreated || kind == NoticeKind::kWebhookCreated ||
                        kind == NoticeKind::kWebhookSecretMade;
    view.Add("NOTICE")
        .Set("NOTICE_TEXT", NoticeSentence(scene.notice->kind, scene.notice->subject))
        .Set("NOTICE_TONE", refused ? "revoked" : "active")
        .Set("NOTICE_ICON", refused ? "alert" : "check")
        .Set("NOTICE_SECRET", secret ? scene.notice->subject : "")
        .Set("UNDO_URL", scene.notice->undo.value_or(""))
        .Set("UNDO_NEXT", scene.path);
}

// Of a portal that has a page for them.
std::int64_t AlertsHere(const Request& request, World& world) {
    const Portal* portal = PortalAt(request.path);
    if (portal == nullptr || portal->id == PortalId::kManage || !request.actor) return 0;
    const auto permit = request.actor->Ask<Permission::kCodesRead>();
    if (!permit.ok() || !request.actor->May(portal->permission)) return 0;
    return CountAlerts(permit.value(), world, AlertScopeOf(*request.actor, *portal, world));
}

std::int64_t UnseenOf(const Request& request, World& world) {
    if (!request.actor) return 0;
    const auto permit = request.actor->Ask<Permission::kOwnAccount>();
    return permit.ok() ? CountUnseen(permit.value(), world) : 0;
}

}  // namespace

std::string WaitingCount(std::int64_t waiting) {
    constexpr std::int64_t kCounted = 100;
    static_assert(kCounted == kMostAlertsCounted && kCounted == kMostUnseenCounted);
    if (waiting == 0) return {};
    return waiting < kCounted ? std::to_string(waiting) : std::to_string(kCounted) + "+";
}

std::string FleetTitle(const Scene& scene) {
    return T(Capitalized(scene.catalogue().aircraft_noun_plural));
}

void SpeakTo(const Request& request) {
    Speak(ChooseLanguage(request.Cookie(kLanguageCookie), request.HeaderValue("accept-language")));
}

Scene BareSceneOf(const Request& request, World world) {
    const std::string_view theme = request.Cookie("ostiary_theme");
    return {world.config,
            PortalAt(request.path),
            request.actor,
            request.path,
            world.clock.Now(),
            request.actor ? request.actor->time_zone : "",
            CsrfToken(request, world),
            theme == "light" || theme == "dark" ? std::string(theme) : "",
            request.request_id,
            ToldTo(request, world),
            world.live ? world.live->LastEvent() : 0};
}

Scene SceneOf(const Request& request, World world) {
    Scene scene = BareSceneOf(request, world);
    scene.alerts = AlertsHere(request, world);
    scene.unseen = UnseenOf(request, world);
    return scene;
}

void Frame(const Scene& scene, View& view) {
    view.Set("SITE_NAME", scene.config.site_name)
        .Set("THEME", scene.theme)
        .Set("CSRF", scene.csrf_token);
    view.Set("CSS_URL", AssetUrl("app.css")).Set("JS_URL", AssetUrl("app.js"));
    view.Set("FAVICON_URL", AssetUrl("favicon.svg")).Set("ICONS_URL", AssetUrl("icons.svg"));
    view.Set("PORTAL_NAME", scene.portal ? T(scene.portal->title) : "");
    view.Set("ZONE", ZoneName(scene.time_zone));
    const bool follows = scene.May(Permission::kCodesRead);
    view.Set("LIVE_URL", follows ? "/live/?since=" + std::to_string(scene.last_event) : "");
    AddNavigation(view, scene);
    AddPerson(view, scene);
    AddLanguages(view, scene);
    AddNotice(view, scene);
}

std::string Document(const Scene& scene, View& view) {
    Frame(scene, view);
    return Render(view);
}

Response Show(const Scene& scene, View& view, int status) {
    Response response;
    response.status = status;
    response.body = Document(scene, view);
    response.With("cache-control", "no-store");
    if (scene.notice) Forget(response);
    return response;
}

void SetMoment(View& view, std::string_view list, const std::optional<Millis>& moment,
               const Scene& scene) {
    view.List(list);
    if (!moment) return;
    view.Add(list)
        .Set("AGO", Ago(*moment, scene.now))
        .Set("DATE", DayInWords(*moment, scene.time_zone))
        .Set("EXACT",
             MomentInWords(*moment, scene.time_zone) + " (" + ZoneName(scene.time_zone) + ")")
        .Set("MACHINE", FormatRfc3339(*moment));
}

std::vector<Destination> DestinationsOf(const Scene& scene) {
    std::vector<Destination> all;
    for (const NavRow& row : kNavigation) {
        const Portal& portal = PortalOf(row.portal);
        if (!row.IsOff(scene.config) && scene.May(row.permission) && scene.May(portal.permission))
            all.push_back({LabelOf(row, scene), T(portal.title), std::string(row.path), row.icon});
    }
    return all;
}

std::string HomeOf(const Actor& actor) {
    for (const Portal& portal : kPortals)
        if (actor.May(portal.permission)) return std::string(portal.home);
    return "/account/";
}

}  // namespace ostiary::pages
