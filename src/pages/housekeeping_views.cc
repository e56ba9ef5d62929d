#include "pages/housekeeping_views.h"

#include "pages/charts.h"
#include "pages/codes_looks.h"
#include "pages/language.h"
#include "pages/words.h"

namespace ostiary::pages {
namespace {

struct Tallies {
    std::int64_t usable = 0, warning = 0, pending = 0, inactive = 0, exhausted = 0;
    std::int64_t expired = 0, expired_unused = 0, usable_unused = 0;
};

Tallies SumOf(const std::vector<CodeTally>& tallies) {
    Tallies sum;
    for (const CodeTally& one : tallies) {
        if (IsUsable(one.status)) {
            sum.usable += one.codes;
            sum.usable_unused += one.codes - one.used;
        }
        switch (one.status) {
            case CodeStatus::kWarning: sum.warning += one.codes; break;
            case CodeStatus::kPending: sum.pending += one.codes; break;
            case CodeStatus::kInactive: sum.inactive += one.codes; break;
            case CodeStatus::kExhausted: sum.exhausted += one.codes; break;
            case CodeStatus::kExpired:
                sum.expired += one.codes;
                sum.expired_unused += one.codes - one.used;
                break;
            default: break;
        }
    }
    return sum;
}

// One thing to look at: what, why, how many, and where they are.
void AddLook(View& view, std::string_view list, const std::string& what, const std::string& why,
             std::string count, const std::string& address) {
    view.Add(list)
        .Set("LOOK", what)
        .Set("LOOK_NOTE", why)
        .Set("LOOK_COUNT", std::move(count))
        .Set("LOOK_URL", address);
}

std::string Counted(std::size_t count) {
    const std::string number = InGroups(static_cast<std::int64_t>(count));
    return count < kMostPeopleCounted ? number : T("at least {}", number);
}

void AddWeek(View& view, const Scene& scene, const HousekeepingPage& page, const Tallies& codes) {
    const std::string list(scene.portal->codes_path), home(scene.portal->home);
    view.List("WEEK");
    AddLook(view, "WEEK", T("Usable codes"), T("Somebody can join with them now."),
            InGroups(codes.usable), list + "?status=usable");
    AddLook(view, "WEEK", T("Uses in the last 7 days"), T("Who came, when, and with which codes."),
            InGroups(page.week.sum.uses()), home + "reports/?days=7");
    AddLook(view, "WEEK", T("Refused in the last 7 days"), T("Somebody tried and could not join."),
            InGroups(page.week.sum.refused), home + "reports/?days=7");
    const std::string ending = InGroups(page.week.ending);
    AddLook(view, "WEEK", T("Ending within a week"), T("Extend those that are still needed."),
            page.week.ending_is_at_least ? T("at least {}", ending) : ending,
            list + "?status=usable&order=expiry");
    AddLook(view, "WEEK", T("Nearly used up"), T("Raise the limit, or let them run out."),
            InGroups(codes.warning), list + "?status=warning");
    AddLook(view, "WEEK", T("Waiting for approval"), T("Nobody can join with them yet."),
            InGroups(codes.pending), page.people ? home + "approvals/" : list + "?status=pending");
}

void AddMonth(View& view, const Scene& scene, const Tallies& codes) {
    const std::string list(scene.portal->codes_path);
    view.List("MONTH").List("CLEAN_UP");
    AddLook(view, "MONTH", T("Expired codes"),
            codes.expired == 0
                ? T("Their time is over.")
                : T("Their time is over. Never used: {}.", InGroups(codes.expired_unused)),
            InGroups(codes.expired), list + "?status=expired");
    AddLook(view, "MONTH", T("Usable codes that nobody has used"),
            T("Switch off what is not needed any more: the first in this list."),
            InGroups(codes.usable_unused), list + "?status=usable&order=least-used");
    AddLook(view, "MONTH", T("Used up codes"), T("All their uses are taken."),
            InGroups(codes.exhausted), list + "?status=exhausted");
    AddLook(view, "MONTH", T("Switched off codes"), T("Switch on again, or delete if never used."),
            InGroups(codes.inactive), list + "?status=inactive");
    if (codes.expired_unused > 0 && scene.May(Permission::kCodesWrite))
        view.Add("CLEAN_UP")
            .Set("BULK_URL", list + "bulk/")
            .Set("CLEAN_UP_WORDS",
                 TN("Clean up {} expired code", "Clean up {} expired codes", codes.expired_unused));
}

// What gives somebody power over others.
void AddQuarter(View& view, const Scene& scene, const HousekeepingPage& page) {
    const std::string list(scene.portal->codes_path), home(scene.portal->home);
    view.List("QUARTER");
    for (const RoleEntry& role : scene.catalogue().roles) {
        if (role.reach == Reach::kNone) continue;
        std::int64_t count = 0;
        for (const CodeTally& tally : page.codes)
            if (IsUsable(tally.status) && tally.role == role.name) count += tally.codes;
        AddLook(view, "QUARTER",
                T("Usable codes for the role {}", RoleLabel(scene.catalogue(), role.name)),
                T("Whoever joins with one has a say over others."), InGroups(count),
                list + "?status=usable&role=" + role.name);
    }
    if (!page.people) return;
    const std::string users = home + "users/?state=active";
    AddLook(view, "QUARTER", T("Superusers"), T("They may do everything."),
            Counted(page.people->superusers), users + "&flag=superuser");
    AddLook(view, "QUARTER", T("People with the staff flag"),
            T("They work with everybody’s codes and see all users."), Counted(page.people->staff),
            users + "&flag=staff");
    for (const auto& [role, count] : page.people->leaders)
        AddLook(view, "QUARTER", T("People with the role {}", RoleLabel(scene.catalogue(), role)),
                T("They work with the codes of their team."), Counted(count),
                users + "&role=" + role);
    AddLook(view, "QUARTER", T("Deactivated accounts"),
            T("They cannot log in; delete or erase them."), Counted(page.people->inactive),
            home + "users/?state=inactive");
    if (!page.tokens) return;
    AddLook(view, "QUARTER", T("API tokens without an end"),
            T("They work until somebody revokes them."), InGroups(page.tokens->endless),
            home + "tokens/?show=endless");
    AddLook(view, "QUARTER", T("API tokens unused for 90 days"),
            T("Revoke those that no program needs."), InGroups(page.tokens->unused),
            home + "tokens/?show=unused");
}

}  // namespace

View ViewOf(const Scene& scene, const HousekeepingPage& page) {
    View view("places/housekeeping");
    const Tallies codes = SumOf(page.codes);
    view.Set("TITLE", T("Housekeeping")).Flag("IS_TEAM", !page.people);
    AddWeek(view, scene, page, codes);
    AddMonth(view, scene, codes);
    AddQuarter(view, scene, page);
    return view;
}

}  // namespace ostiary::pages
