#pragma once

// Who is looking, from where, and when: what every page may need besides its own facts.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/portals.h"
#include "core/world.h"
#include "http/message.h"
#include "pages/notice.h"
#include "pages/view.h"

namespace ostiary::pages {

struct Scene {
    const Config& config;
    const Portal* portal = nullptr;  // whose pages these are, if any
    std::optional<Actor> actor = {};
    std::string path = {};
    Millis now = 0;
    std::string time_zone = {};  // of the person; empty: UTC
    std::string csrf_token = {};
    std::string theme = {};  // "light", "dark", or empty: as the system has it
    std::string request_id = {};
    std::optional<Notice> notice = {};
    std::int64_t last_event = 0;  // before anything the page shows was read
    std::int64_t alerts = 0;      // that wait for the person here
    std::int64_t unseen = 0;      // notifications

    bool May(Permission permission) const { return actor && actor->May(permission); }
    const Catalogue& catalogue() const { return config.catalogue; }
};
Scene SceneOf(const Request&, World);  // a World is references: a copy is the same world
// The same without asking the database, which may be what is broken: nothing is known of alerts.
Scene BareSceneOf(const Request&, World);

// Sets what the frame around the page needs.
void Frame(const Scene&, View&);

// The whole document: the view within its frame.
std::string Document(const Scene&, View&);

// The same as an answer that no cache keeps.
Response Show(const Scene&, View&, int status = 200);

// A moment as people say it, exact on demand: the list is empty, or one item with AGO, DATE, EXACT
// and MACHINE, made for {{>AGO}} and {{>DAY}}.
void SetMoment(View&, std::string_view list, const std::optional<Millis>&, const Scene&);

// How many wait, as people read it: "100+" where nobody counted further; nothing of none.
std::string WaitingCount(std::int64_t);

// The pages that stand in the navigation of any portal the person may open.
struct Destination {
    std::string label, portal, path;
    std::string_view icon;
};
std::vector<Destination> DestinationsOf(const Scene&);

// The organisation's noun for what access is granted to, as a heading: "Aircraft".
std::string FleetTitle(const Scene&);

// The first portal the person may open, or their account.
std::string HomeOf(const Actor&);

}  // namespace ostiary::pages
