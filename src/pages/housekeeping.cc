// The work that comes round: each week, month and quarter (MAINT-1). Whatever has to be looked at
// is a number that leads to its list; what is cleaned up goes the way of every bulk deed.

#include "core/accounts.h"
#include "http/respond.h"
#include "pages/ask.h"
#include "pages/housekeeping_views.h"
#include "pages/pages.h"
#include "pages/views.h"

namespace ostiary::pages {
namespace {

using enum Permission;

Result<std::size_t> Count(Permit<kUsersRead> permit, World& world, AccountQuery query) {
    query.page_size = kMostPeopleCounted;
    return TRY(ListAccounts(permit, world, query))
    .accounts.size();
}

Result<PeopleCounted> CountPeople(Permit<kUsersRead> permit, World& world) {
    PeopleCounted people;
    AccountQuery active;
    active.state = "active";
    AccountQuery superusers = active, staff = active, inactive;
    superusers.flag = "superuser";
    staff.flag = "staff";
    inactive.state = "inactive";
    people.superusers = TRY(Count(permit, world, superusers));
    people.staff = TRY(Count(permit, world, staff));
    people.inactive = TRY(Count(permit, world, inactive));
    for (const RoleEntry& role : world.config.catalogue.roles) {
        if (role.reach != Reach::kTeam) continue;
        AccountQuery leaders = active;
        leaders.role = role.name;
        people.leaders.emplace_back(role.name, TRY(Count(permit, world, leaders)));
    }
    return people;
}

}  // namespace

Result<Response> Housekeeping(const Request& request, World& world) {
    const CodeScope scope = RulesHere(request, world).scope;
    const Scene scene = SceneOf(request, world);
    HousekeepingPage page;
    page.codes = TRY(TallyOf(TRY(PermitOf<kCodesRead>(request)), world, scope));
    page.week = TRY(GetReport(TRY(PermitOf<kReportsRead>(request)), world, scope,
                              TRY(PeriodOf(PeriodAsked{{}, {}, "7"}, scene.time_zone, scene.now))));
    if (PortalAt(request.path)->everything) {
        page.people = TRY(CountPeople(TRY(PermitOf<kUsersRead>(request)), world));
        page.tokens = TRY(CountTokenConcerns(TRY(PermitOf<kTokensWrite>(request)), world));
    }
    return ShowPage(scene, page);
}

}  // namespace ostiary::pages
