// What somebody is told in the pages (NTFY-1), and that they have seen it.

#include "core/notifications.h"

#include <fmt/format.h>

#include <array>

#include "pages/ask.h"
#include "pages/codes_looks.h"
#include "pages/language.h"
#include "pages/notice.h"
#include "pages/notifications_views.h"
#include "pages/pages.h"
#include "pages/pulls_views.h"
#include "pages/requests_views.h"
#include "pages/views.h"
#include "pages/words.h"

namespace ostiary::pages {
namespace {

struct Look {
    std::string_view sentence, tone, icon;
};
// clang-format off
constexpr std::array<Look, static_cast<std::size_t>(NotificationKind::kCount)> kLooks = {
    Look{N("{actor} asks you to approve {code}"),          "pending", "stamp"},
    Look{N("{actor} approved {code}"),                     "active",  "check"},
    Look{N("{actor} rejected {code}"),                     "revoked", "close"},
    Look{N("The invitation {code} could not be mailed"),   "warning", "mail"},
    Look{N("Somebody asks for an invitation"),             "pending", "stamp"},
    Look{N("A pull of people waits to be applied"),        "pending", "people"},
    Look{N("A pull of people failed"),                     "warning", "alert"},
};
// clang-format on

// Where the person may look at it.
std::string CodeUrl(const Scene& scene, const Notification& one) {
    if (one.code_is_gone) return "";
    if (one.kind == NotificationKind::kInvitationAsked)
        for (const Portal& portal : kPortals)
            if (scene.May(portal.permission)) return ApprovalsPath(portal);
    if (one.kind == NotificationKind::kPullWaiting || one.kind == NotificationKind::kPullFailed)
        return PullsPath();
    for (const Portal& portal : kPortals)
        if (scene.May(portal.permission) && scene.May(Permission::kCodesRead))
            return CodePath(portal, one.code_id);
    return "";
}

}  // namespace

View ViewOf(const Scene& scene, const NotificationsPage& page) {
    View view("account/notifications");
    view.Set("TITLE", T("Notifications")).List("ROWS");
    for (const Notification& one : page.notifications) {
        const Look& look = kLooks[static_cast<std::size_t>(one.kind)];
        const bool is_verdict =
            one.kind == NotificationKind::kApproved || one.kind == NotificationKind::kRejected;
        View& row = view.Add("ROWS")
                        .Set("TONE", look.tone)
                        .Set("ICON", look.icon)
                        .Set("CODE_URL", CodeUrl(scene, one))
                        .Set("REASON", is_verdict ? one.reason : "")
                        .Flag("IS_NEW", !one.seen_at);
        row.Set("SENTENCE", fmt::format(fmt::runtime(T(look.sentence)),
                                        fmt::arg("actor", one.actor_name.empty() ? T("Somebody")
                                                                                 : one.actor_name),
                                        fmt::arg("code", NameOfCode(one.code_id, one.code_label))));
        SetMoment(row, "WHEN", one.at, scene);
    }
    return view;
}

Result<Response> AccountNotifications(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<Permission::kOwnAccount>(request));
    const bool is_seen = request.method == Method::kGet && !IsByScript(request);
    NotificationsPage page{SeeNotifications(permit, world, is_seen ? Seeing::kYes : Seeing::kNo)};
    const Scene scene = SceneOf(request, world);
    View view = ViewOf(scene, page);
    return Show(scene, view);
}

}  // namespace ostiary::pages
