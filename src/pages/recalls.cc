// Taking back what went out: asked, looked at, done and undone (GATE-3).

#include "core/recalls.h"

#include <algorithm>

#include "http/respond.h"
#include "pages/ask.h"
#include "pages/forms.h"
#include "pages/pages.h"
#include "pages/recalls_views.h"
#include "util/random.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

using enum Permission;

constexpr std::size_t kRecallsPerPage = 20, kItemsPerPage = 50;

RecallAsked AskedBy(const Fields& form) {
    RecallAsked asked;
    asked.scope = Typed(form, "scope");
    asked.subject = Typed(form, "subject");
    asked.since = Typed(form, "since");
    asked.revoke_codes = IsChecked(form, "revoke_codes");
    asked.deactivate_accounts = IsChecked(form, "deactivate_accounts");
    asked.reason = Typed(form, "reason");
    asked.id = Typed(form, "id");
    return asked;
}

// Both boxes are ticked until somebody says otherwise.
Fields WithDefaults(const Fields& typed, const Actor& actor) {
    auto all = typed.all();
    if (!typed.Find("revoke_codes")) all.emplace_back("revoke_codes", "1");
    if (!typed.Find("deactivate_accounts") && actor.May(kUsersWrite))
        all.emplace_back("deactivate_accounts", "1");
    return Fields(std::move(all));
}

// What would come of it; where that cannot be said, why.
Result<Response> ShowForm(const Request& request, World& world, Fields typed, std::string id,
                          std::optional<Error> error) {
    const auto permit = TRY(PermitOf<kCodesWrite>(request));
    RecallNewPage page{WithDefaults(typed, *request.actor), {}, std::move(id), std::move(error)};
    if (page.id.empty()) page.id = NewUuid(world.random, world.clock.Now());
    if (typed.Find("scope")) {
        RecallAsked asked = AskedBy(page.typed);
        asked.reason.clear();
        asked.id.clear();
        auto preview = PreviewRecall(permit, world, RulesHere(request, world).scope, asked);
        if (preview.ok())
            page.preview = std::move(preview).value();
        else if (IsForTheForm(preview.error()) || preview.error().kind == ErrorKind::kNotFound)
            page.error = page.error ? page.error : preview.error();
        else
            return preview.error();
    }
    const Scene scene = SceneOf(request, world);
    View view = ViewOf(scene, page);
    return Show(scene, view, page.error ? StatusOf(page.error->kind) : 200);
}

}  // namespace

Result<Response> RecallsList(const Request& request, World& world) {
    RecallsPage page;
    const std::string after = Typed(request.Query(), "after");
    page.is_first = after.empty();
    page.recalls = TRY(ListRecalls(TRY(PermitOf<kCodesRead>(request)), world,
                                   RulesHere(request, world).scope, after, kRecallsPerPage + 1));
    if (page.recalls.size() > kRecallsPerPage) {
        page.recalls.pop_back();
        page.next = page.recalls.back().recall.id;
    }
    const Scene scene = SceneOf(request, world);
    View view = ViewOf(scene, page);
    return Show(scene, view);
}

Result<Response> RecallNew(const Request& request, World& world) {
    return ShowForm(request, world, request.Query(), {}, {});
}

Result<Response> RecallRun(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<kCodesWrite>(request));
    const Fields form = request.Form();
    const auto done = RunRecall(permit, world, RulesHere(request, world).scope, AskedBy(form));
    if (done.ok()) return SeeOther(RecallsPath(*PortalAt(request.path), done->id));
    if (!IsForTheForm(done.error()) && done.error().kind != ErrorKind::kNotFound)
        return done.error();
    return ShowForm(request, world, form, Typed(form, "id"), done.error());
}

Result<Response> RecallDetail(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<kCodesRead>(request));
    const CodeScope scope = RulesHere(request, world).scope;
    const std::string_view id = request.PathValue("recall");
    RecallPage page;
    page.shown = TRY(GetRecall(permit, world, scope, id));
    const std::string after = Typed(request.Query(), "after");
    page.is_first = after.empty();
    const auto comma = std::min(after.find(','), after.size());
    const CodeId after_code = ParseInt(after.substr(0, comma)).value_or(0);
    const std::string after_account = comma < after.size() ? after.substr(comma + 1) : "";
    page.items = TRY(ListRecallItems(permit, world, scope, id, after_code,
                                     IsCleanText(after_account, Lines::kOne) ? after_account : "",
                                     kItemsPerPage + 1));
    if (page.items.size() > kItemsPerPage) {
        page.items.pop_back();
        const RecallItem& last = page.items.back().item;
        page.next = std::to_string(last.code_id) + "," + last.account_id;
    }
    const Scene scene = SceneOf(request, world);
    View view = ViewOf(scene, page);
    return Show(scene, view);
}

Result<Response> RecallUndo(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<kCodesWrite>(request));
    const std::string_view id = request.PathValue("recall");
    const auto undone = UndoRecall(permit, world, RulesHere(request, world).scope, id);
    if (!undone.ok() && !IsForTheForm(undone.error())) return undone.error();
    return SeeOther(RecallsPath(*PortalAt(request.path), id));
}

}  // namespace ostiary::pages
