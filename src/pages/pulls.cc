// Pulls of people: asked for, looked at, applied or discarded (HR-1).

#include "core/pulls.h"

#include "core/accounts.h"
#include "http/respond.h"
#include "pages/ask.h"
#include "pages/forms.h"
#include "pages/notice.h"
#include "pages/pages.h"
#include "pages/pulls_views.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

using enum Permission;

constexpr std::size_t kPullsPerPage = 20, kChangesPerPage = 50, kErrorsShown = 200;
constexpr std::string_view kLookAgainAfter_s = "2";

Result<Response> ShowPull(const Request& request, World& world, Fields typed,
                          std::optional<Error> error) {
    const auto permit = TRY(PermitOf<kUsersWrite>(request));
    const std::string_view id = request.PathValue("pull");
    PullPage page;
    page.pull = TRY(GetPull(permit, world, id));
    const std::int64_t after = ParseInt(request.Query().Get("after")).value_or(0);
    page.is_first = after <= 0;
    page.changes = TRY(ListPullChanges(permit, world, id, after, kChangesPerPage + 1));
    if (page.changes.size() > kChangesPerPage) {
        page.changes.pop_back();
        page.next = page.changes.back().place;
    }
    page.errors = TRY(ListPullErrors(permit, world, id, kErrorsShown));
    page.typed = std::move(typed);
    page.error = std::move(error);
    const Scene scene = SceneOf(request, world);
    View view = ViewOf(scene, page);
    Response response = Show(scene, view, page.error ? StatusOf(page.error->kind) : 200);
    const bool goes_on =
        page.pull.state == PullState::kFetching || page.pull.state == PullState::kApplying;
    if (goes_on && !page.error) response.With("refresh", std::string(kLookAgainAfter_s));
    return response;
}

}  // namespace

Result<Response> PullsList(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<kUsersWrite>(request));
    PullsPage page;
    const std::string after = Typed(request.Query(), "after");
    page.is_first = after.empty();
    page.pulls = ListPulls(permit, world, after, kPullsPerPage + 1);
    if (page.pulls.size() > kPullsPerPage) {
        page.pulls.pop_back();
        page.next = page.pulls.back().id;
    }
    const Scene scene = SceneOf(request, world);
    View view = ViewOf(scene, page);
    return Show(scene, view);
}

Result<Response> PullAsk(const Request& request, World& world) {
    const auto asked = AskForPull(TRY(PermitOf<kUsersWrite>(request)), world);
    if (asked.ok()) return SeeOther(PullsPath(asked->id));
    if (!IsForTheForm(asked.error())) return asked.error();
    return SeeOtherAndTell(world, PullsPath(), NoticeKind::kRefused, Said(asked.error().details));
}

Result<Response> PullDetail(const Request& request, World& world) {
    return ShowPull(request, world, {}, {});
}

Result<Response> PullApply(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<kUsersWrite>(request));
    const Fields form = request.Form();
    PullAsked asked;
    const std::string typed = Typed(form, "expected_leavers");
    if (!typed.empty()) asked.expected_leavers = ParseInt(typed).value_or(-1);
    asked.good_rows_only = IsChecked(form, "good_rows_only");
    const auto applied = ApplyPull(permit, world, request.PathValue("pull"), asked);
    if (applied.ok()) return SeeOther(PullsPath(applied->id));
    if (!IsForTheForm(applied.error())) return applied.error();
    return ShowPull(request, world, form, applied.error());
}

Result<Response> PullDiscard(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<kUsersWrite>(request));
    const auto done = DiscardPull(permit, world, request.PathValue("pull"));
    if (!done.ok() && !IsForTheForm(done.error())) return done.error();
    return SeeOther(PullsPath(request.PathValue("pull")));
}

}  // namespace ostiary::pages
