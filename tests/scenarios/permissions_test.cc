// Who may, once more and by hand: the matrix of the specification's second section, held against
// every route of the map and every kind of person (PERM-1).

#include <gtest/gtest.h>

#include "app/routes.h"
#include "support/house.h"

namespace ostiary {
namespace {

struct Person {
    const char* name;
    bool admin, manager, manage, codes_api, users_api, own;
};
// clang-format off
constexpr Person kPeople[] = {
    //      /admin/ /manager/ /manage/ codes  users  own account
    {"ada", true,   true,     true,    true,  true,  true},
    {"max", false,  true,     false,   true,  true,  true},
    {"gil", false,  true,     false,   true,  true,  true},
    {"sam", false,  false,    true,    true,  true,  true},
    {"vic", false,  false,    false,   false, false, true},
};
// clang-format on

bool MayByHand(const Person& person, Permission permission) {
    switch (permission) {
        case Permission::kAdminPortal:
        case Permission::kCodesApprove:
        case Permission::kUsersWrite:
        case Permission::kAircraftWrite:
        case Permission::kTokensWrite:
        case Permission::kAuditRead:
        case Permission::kRawData:
        case Permission::kWebhooks:
        case Permission::kScim:
        case Permission::kSystemRead: return person.admin;
        case Permission::kReportsRead:
        case Permission::kManagerPortal: return person.manager;
        case Permission::kManagePortal: return person.manage;
        case Permission::kCodesRead:
        case Permission::kCodesWrite:
        case Permission::kCodesExplain:
        case Permission::kTemplatesRead:
        case Permission::kRedeem: return person.codes_api;
        case Permission::kTemplatesWrite: return person.admin || person.manager;
        case Permission::kUsersRead:
        case Permission::kAircraftRead: return person.users_api;
        case Permission::kOwnAccount: return person.own;
        case Permission::kCount: break;
    }
    return false;
}

TEST(Permissions, TheTableIsTheSpecificationsMatrix) {
    House house(DatabaseKind::kSqlite);
    for (const Person& person : kPeople) {
        const Actor actor = house.ActorOf(person.name);
        for (const Grant& grant : kGrants)
            EXPECT_EQ(actor.May(grant.permission), MayByHand(person, grant.permission))
                << person.name << " " << static_cast<int>(grant.permission);
    }
}

// Below a portal's address nothing answers who may not open the portal.
TEST(Permissions, EveryRouteOfAPortalAsksForThatPortal) {
    for (const Route& route : Routes()) {
        const Portal* portal = PortalAt(route.path);
        if (!portal) continue;
        EXPECT_FALSE(route.access.anyone) << route.path;
        for (const Person& person : kPeople) {
            const bool opens = portal->id == PortalId::kAdmin     ? person.admin
                               : portal->id == PortalId::kManager ? person.manager
                                                                  : person.manage;
            if (opens) continue;
            EXPECT_FALSE(MayByHand(person, route.access.needed))
                << route.path << " opens for " << person.name;
        }
    }
}

// HR-1: what a directory sends is limited like the API, and asks for a permission of its own.
TEST(Permissions, EveryRouteOfScimHasALimitAndAPermission) {
    std::size_t routes = 0;
    for (const Route& route : Routes()) {
        if (!route.path.starts_with("/scim/")) continue;
        ++routes;
        const bool writes = route.method != Method::kGet && !route.path.ends_with("/.search/");
        EXPECT_EQ(route.limit, writes ? Limit::kWrite : Limit::kBrowse) << route.name;
        EXPECT_FALSE(route.access.anyone) << route.name;
        EXPECT_EQ(route.access.needed, Permission::kScim) << route.name;
        EXPECT_EQ(route.cost, Cost::kSlow) << route.name;
    }
    EXPECT_GE(routes, 20u);
    EXPECT_EQ(GrantOf(Permission::kScim).scope, "scim");
}

std::string Filled(std::string_view pattern) {
    std::string path(pattern);
    for (auto open = path.find('{'); open != path.npos; open = path.find('{'))
        path.replace(open, path.find('}') - open + 1, "1");
    return path;
}

// Every route × every kind of person, through the dispatcher itself.
TEST(Permissions, TheDoorLetsInExactlyWhomTheTableNames) {
    House house(DatabaseKind::kSqlite);
    for (const Route& route : Routes()) {
        if (!IsMachinePath(route.path))
            continue;  // pages are walked with sessions, in the page scenarios
        SCOPED_TRACE(std::string(NameOf(route.method)) + " " + std::string(route.path));
        const std::string body = route.method == Method::kGet ? "" : "{}";
        const int stranger = house.Ask(route.method, Filled(route.path), body, "").status;
        if (route.access.anyone)
            EXPECT_NE(stranger, 403);
        else
            EXPECT_EQ(stranger, 401);
        for (const Person& person : kPeople) {
            const int status =
                house.Ask(route.method, Filled(route.path), body, person.name).status;
            const bool may = route.access.anyone || MayByHand(person, route.access.needed);
            EXPECT_EQ(status != 403, may) << person.name;
            EXPECT_LT(status, 500) << person.name;
        }
    }
}

}  // namespace
}  // namespace ostiary
