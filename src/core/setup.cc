#include "core/setup.h"

#include <algorithm>

#include "core/accounts.h"
#include "core/aircraft.h"
#include "core/codes.h"
#include "core/demo_setup.h"
#include "core/happenings.h"
#include "util/text.h"

namespace ostiary {
namespace {

using enum Permission;

constexpr std::string_view kFirstCodeFact = "first_superuser_code";
constexpr std::string_view kFirstCodeDays = "7";
constexpr std::size_t kPasswordBytes = 9;  // 12 letters

std::string SuperuserRole(const Catalogue& catalogue) {
    const auto role = std::ranges::find(catalogue.roles, Reach::kEverything, &RoleEntry::reach);
    return role == catalogue.roles.end() ? std::string() : role->name;
}

// One that leads a team, where there is one.
std::string LeadingRole(const Catalogue& catalogue) {
    const auto role = std::ranges::find(catalogue.roles, Reach::kTeam, &RoleEntry::reach);
    return role == catalogue.roles.end() ? catalogue.default_role : role->name;
}

std::string LowestRole(const Catalogue& catalogue) {
    return std::ranges::min_element(catalogue.roles, {}, &RoleEntry::rank)->name;
}

// A team of its own, where there is one.
const GroupEntry& SomeTeam(const Catalogue& catalogue) {
    const auto team = std::ranges::find_if(catalogue.task_groups, [&](const GroupEntry& group) {
        return group.name != catalogue.general_group;
    });
    return team == catalogue.task_groups.end() ? catalogue.task_groups.front() : *team;
}

Code MustCreate(World& world, const Actor& actor, const CodeDraft& draft) {
    const auto permit = actor.Ask<kCodesWrite>();
    return CreateCode(permit.value(), world, {CodeScope::All()}, draft).value();
}

// An account of the demonstration; the actor it becomes may then act.
DemoPerson AddPerson(World& world, const Actor& console, AccountDraft draft, std::string about) {
    draft.password = RandomToken(world.random, kPasswordBytes);
    draft.email = *draft.username + "@example.org";
    const auto made = CreateAccount(console.Ask<kUsersWrite>().value(), world, draft);
    if (!made.ok()) return {};
    return {*draft.username, *draft.password, std::move(about)};
}

}  // namespace

void RetireFirstSuperuserLink(Work& work, Millis now) {
    const auto fact = work.facts.Get(kFirstCodeFact);
    const CodeId id = fact ? ParseInt(*fact).value_or(0) : 0;
    const auto code = id ? work.codes.FindForUpdate(id) : std::nullopt;
    if (!code || code->deleted_at || code->used_count > 0) return;
    work.codes.Delete(id, now);
    work.events.Append(
        About(HappenedTo(EventKind::kCodeDeleted, {Door::kProgram, {}, {}}, now), *code));
}

std::optional<std::string> FirstSuperuserLink(World& world) {
    bool any = false;
    std::optional<Code> waiting;
    world.store.Read([&](Work& work) {
        any = work.accounts.AnySuperuser();
        const auto fact = work.facts.Get(kFirstCodeFact);
        if (!any && fact) waiting = work.codes.Find(ParseInt(*fact).value_or(0));
    });
    if (any) {
        world.store.Write([&](Work& work) { RetireFirstSuperuserLink(work, world.clock.Now()); });
        return std::nullopt;
    }
    if (waiting && !waiting->deleted_at && IsUsable(StatusAt(*waiting, world.clock.Now())))
        return RegistrationUrl(world.config, *waiting);

    CodeDraft draft;
    draft.role = SuperuserRole(world.config.catalogue);
    draft.label = "First superuser";
    draft.max_uses = "1";
    draft.expires_days = kFirstCodeDays;
    const Code code = MustCreate(world, Actor::Console("setup"), draft);
    world.store.Write([&](Work& work) { work.facts.Set(kFirstCodeFact, std::to_string(code.id)); });
    return RegistrationUrl(world.config, code);
}

std::vector<DemoPerson> FillDemo(World& world) {
    bool empty = false;
    world.store.Read([&](Work& work) { empty = work.accounts.List({}, 0).accounts.empty(); });
    if (!empty) return {};
    const Actor console = Actor::Console("demo");
    std::vector<DemoPerson> people;
    const PastClock began(world.clock.Now() - kDemoBegan);
    World then{world.store, began, world.random, world.vault, world.passwords, world.config};
    const auto add = [&](AccountDraft draft, std::string about) {
        people.push_back(AddPerson(then, console, std::move(draft), std::move(about)));
    };
    const Catalogue& catalogue = world.config.catalogue;
    const std::string leading = LeadingRole(catalogue), lowest = LowestRole(catalogue);
    const GroupEntry& team = SomeTeam(catalogue);
    AccountDraft ada, max, sam, vic;
    ada.username = "ada", ada.name = "Ada Amsel", ada.role = SuperuserRole(catalogue);
    max.username = "max", max.name = "Max Maus", max.role = leading, max.task_group = team.name;
    sam.username = "sam", sam.name = "Sam Specht", sam.is_staff = true;
    vic.username = "vic", vic.name = "Vic Vogel", vic.role = lowest;
    add(std::move(ada), "superuser: everything");
    add(std::move(max), "manager of the team " + team.label + ": /manager/");
    add(std::move(sam), "staff flag: /manage/");
    add(std::move(vic), "no rights: only the own account");

    const auto fly = console.Ask<kAircraftWrite>();
    for (const auto& [registration, name] :
         {std::pair{"N12345", "Cessna 172"}, std::pair{"N67890", "Piper Archer"}}) {
        const auto added = AddAircraft(fly.value(), world, registration, name);
        (void)added;  // a demonstration that meets its own aircraft is content
    }
    std::optional<Account> administrator, manager;
    world.store.Read([&](Work& work) {
        administrator = work.accounts.FindByUsername("ada");
        manager = work.accounts.FindByUsername("max");
    });
    if (administrator && manager) AddDemoHistory(world, *administrator, *manager);
    CodeDraft pilots, newcomers, promotion, visitors;
    pilots.label = "Club XYZ - Spring pilots", pilots.max_uses = "10", pilots.expires_days = "90";
    if (!catalogue.aircraft_roles.empty())
        pilots.aircraft_roles.emplace().emplace_back("N12345", catalogue.aircraft_roles[0].name);
    newcomers.label = team.label + ", new people", newcomers.task_group = team.name,
    newcomers.max_uses = "5", newcomers.expires_days = "5";
    promotion.label = "Promotion", promotion.role = leading, promotion.expires_days = "7";
    visitors.label = "Open house", visitors.role = lowest, visitors.max_uses = "0",
    visitors.code = "OPENHOUSE";
    for (const CodeDraft* draft : {&pilots, &newcomers, &promotion, &visitors})
        MustCreate(world, console, *draft);
    return people;
}

}  // namespace ostiary
