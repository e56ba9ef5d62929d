// Who brought whom, level by level (GATE-3).

#include "core/brought.h"

#include <algorithm>

#include "core/account_changes.h"
#include "http/respond.h"
#include "pages/ask.h"
#include "pages/brought_views.h"
#include "pages/forms.h"
#include "pages/pages.h"

namespace ostiary::pages {
namespace {

using enum Permission;

constexpr std::size_t kOnAPage = 25, kBelowOne = 10, kMostOpen = 20;

Result<std::vector<BroughtBranch>> BranchesOf(const Request& request, World& world,
                                              std::vector<Brought> people,
                                              const std::vector<std::string>& open,
                                              std::size_t level) {
    std::vector<BroughtBranch> branches;
    for (Brought& one : people) {
        BroughtBranch branch{std::move(one), {}, false, false};
        const std::string& id = branch.person.account.id;
        branch.is_open = level < kBroughtLevels && branch.person.brought > 0 &&
                         std::ranges::find(open, id) != open.end();
        if (branch.is_open) {
            BroughtPage page =
                TRY(ListBrought(TRY(PermitOf<kUsersRead>(request)), world, id, "", kBelowOne));
            branch.has_more = !page.next.empty();
            branch.below = TRY(BranchesOf(request, world, std::move(page.people), open, level + 1));
        }
        branches.push_back(std::move(branch));
    }
    return branches;
}

}  // namespace

Result<Response> BroughtTree(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<kUsersRead>(request));
    const Fields asked = request.Query();
    const std::string id = Typed(asked, "person"), cursor = Typed(asked, "cursor");
    BroughtTreePage page;
    page.cursor = cursor;
    page.is_teams = !TeamSeenBy(*request.actor, world.config.catalogue).empty();
    for (const std::string_view one : asked.All("open"))
        if (page.open.size() < kMostOpen) page.open.emplace_back(one);
    if (!id.empty()) page.person = TRY(GetBrought(permit, world, id));
    BroughtPage level = TRY(ListBrought(permit, world, id, cursor, kOnAPage));
    page.next = std::move(level.next);
    page.people = TRY(BranchesOf(request, world, std::move(level.people), page.open, 1));
    const Scene scene = SceneOf(request, world);
    View view = ViewOf(scene, page);
    return Show(scene, view);
}

}  // namespace ostiary::pages
