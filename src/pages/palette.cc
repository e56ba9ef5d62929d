#include "pages/palette.h"

#include "core/accounts.h"
#include "core/aircraft.h"
#include "core/codes.h"
#include "http/forms.h"
#include "pages/aircraft_views.h"
#include "pages/ask.h"
#include "pages/codes_looks.h"
#include "pages/language.h"
#include "pages/pages.h"
#include "pages/words.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

using enum Permission;

constexpr std::size_t kMostOfEach = 8, kLongestSearch = 100;

// Where the person meets codes first.
const Portal* PortalFor(const Scene& scene) {
    for (const Portal& portal : kPortals)
        if (scene.May(portal.permission)) return &portal;
    return nullptr;
}

void AddPages(PalettePage& page, const Scene& scene) {
    PaletteGroup group{T("Pages"), {}};
    const std::string wanted = Fold(page.typed);
    auto destinations = DestinationsOf(scene);
    destinations.push_back({T("Your account"), "", "/account/", "person"});
    for (const Destination& to : destinations) {
        if (Fold(to.label + " " + to.portal).find(wanted) == std::string::npos) continue;
        if (group.hits.size() < kMostOfEach)
            group.hits.push_back({to.label, to.portal, to.path, std::string(to.icon)});
    }
    page.groups.push_back(std::move(group));
}

Result<void> AddCodes(PalettePage& page, const Scene& scene, World& world) {
    const Portal* portal = PortalFor(scene);
    if (portal == nullptr || !scene.May(kCodesRead)) return {};
    CodeQuery query;
    query.search = page.typed;
    query.scope = RulesOf(*scene.actor, *portal, world).scope;
    query.page_size = kMostOfEach;
    const auto found = TRY(ListCodes(TRY(scene.actor->Ask<kCodesRead>()), world, query));
    PaletteGroup group{T("Codes"), {}};
    for (const Code& code : found.codes)
        group.hits.push_back({NameOf(code), BadgeOf(*portal, StatusAt(code, scene.now)).word,
                              CodePath(*portal, code.id), "ticket"});
    page.groups.push_back(std::move(group));
    return {};
}

Result<void> AddPeople(PalettePage& page, const Scene& scene, World& world) {
    const bool edits = scene.May(kUsersWrite);
    if (!scene.May(kUsersRead) || !(edits || scene.May(kManagePortal))) return {};
    AccountQuery query;
    query.search = page.typed;
    query.page_size = kMostOfEach;
    const auto found = TRY(ListAccounts(TRY(scene.actor->Ask<kUsersRead>()), world, query));
    PaletteGroup group{T("People"), {}};
    for (const AccountWithAccess& person : found.accounts) {
        const Account& account = person.account;
        group.hits.push_back({account.name.empty() ? account.username : account.name, account.email,
                              edits ? "/admin/users/" + account.id + "/"
                                    : "/manage/users/?search=" + EncodeQueryValue(account.username),
                              "person"});
    }
    page.groups.push_back(std::move(group));
    return {};
}

Result<void> AddFleet(PalettePage& page, const Scene& scene, World& world) {
    if (!scene.May(kAircraftRead) || !scene.May(kAircraftWrite)) return {};
    const std::string wanted = Fold(page.typed);
    PaletteGroup group{FleetTitle(scene), {}};
    for (const Aircraft& one : TRY(ListAircraft(TRY(scene.actor->Ask<kAircraftRead>()), world))) {
        if (Fold(one.registration + " " + one.name).find(wanted) == std::string::npos) continue;
        if (group.hits.size() < kMostOfEach)
            group.hits.push_back(
                {one.registration, one.name, AircraftPath(one.registration), "plane"});
    }
    page.groups.push_back(std::move(group));
    return {};
}

}  // namespace

Result<Response> Palette(const Request& request, World& world) {
    const Scene scene = SceneOf(request, world);
    PalettePage page;
    page.typed = Trim(request.Query().Get("q").substr(0, kLongestSearch));
    if (!IsCleanText(page.typed, Lines::kOne)) page.typed.clear();  // cut within a letter, or worse
    if (!page.typed.empty()) {
        TRY(AddCodes(page, scene, world));
        TRY(AddPeople(page, scene, world));
        TRY(AddFleet(page, scene, world));
    }
    AddPages(page, scene);
    View view = ViewOf(scene, page);
    return Show(scene, view);
}

View ViewOf(const Scene&, const PalettePage& page) {
    View view("palette/palette");
    view.Set("TITLE", T("Go to")).Set("TYPED", page.typed).List("GROUPS");
    std::int64_t hits = 0;
    for (const PaletteGroup& group : page.groups) {
        if (group.hits.empty()) continue;
        View& shown = view.Add("GROUPS").Set("GROUP_TITLE", group.title);
        for (const PaletteHit& hit : group.hits) {
            ++hits;
            shown.Add("HITS")
                .Set("HIT_TITLE", hit.title)
                .Set("HIT_NOTE", hit.note)
                .Set("HIT_URL", hit.url)
                .Set("HIT_ICON", hit.icon);
        }
    }
    view.Set("HITS_WORDS", TN("{} place", "{} places", hits));
    return view;
}

}  // namespace ostiary::pages
