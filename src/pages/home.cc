// Where people land: the front door, and the portals' first pages.

#include <array>

#include "pages/codes_looks.h"
#include "pages/pages.h"
#include "pages/views.h"

namespace ostiary::pages {

View ViewOf(const Scene&, const HomePage&) {
    View view("home/home");
    view.Set("TITLE", "Welcome");
    AddField(view, "FIELDS", "box",
             {"code", "code", "Invite code", "", "", {}, "off", "required", "64"}, {});
    return view;
}

View ViewOf(const Scene& scene, const PortalHomePage&) {
    const PortalLook& look = LookOf(*scene.portal);
    View view("home/portal");
    view.Set("TITLE", scene.portal->title)
        .Set("LIST_URL", scene.portal->codes_path)
        .Set("LIST_TITLE", look.codes_title);
    view.Set("CREATE_URL", scene.portal->create_path)
        .Set("CREATE_WORDS", scene.portal->create_words);
    return view;
}

Result<Response> Home(const Request& request, World& world) {
    if (request.actor) return SeeOther(HomeOf(*request.actor));
    return ShowPage(SceneOf(request, world), HomePage{});
}

Result<Response> PortalHome(const Request& request, World& world) {
    return ShowPage(SceneOf(request, world), PortalHomePage{});
}

Result<Response> PortalToCodes(const Request& request, World&) {
    return SeeOther(std::string(PortalAt(request.path)->codes_path));
}

}  // namespace ostiary::pages
