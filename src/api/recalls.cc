// Taking back what went out, and who brought whom (GATE-3).

#include "core/recalls.h"

#include "api/answers.h"
#include "api/api.h"
#include "api/binder.h"
#include "core/accounts.h"
#include "core/recalls_shapes.h"
#include "http/respond.h"
#include "util/text.h"

namespace ostiary::api {
namespace {

using enum Permission;

struct Asked {
    RecallAsked recall;
    bool is_dry = false;
};

Result<Asked> AskedBy(const Request& request) {
    const boost::json::object body = TRY(BodyOf(request));
    Binder binder(body);
    Asked asked;
    asked.recall.scope = binder.Text("scope");
    asked.recall.subject = binder.MaybeNumber("subject").value_or("");
    asked.recall.since = binder.Text("since");
    asked.recall.revoke_codes = binder.MaybeFlag("revoke_codes").value_or(true);
    asked.recall.deactivate_accounts = binder.MaybeFlag("deactivate_accounts").value_or(false);
    asked.recall.reason = binder.Text("reason");
    asked.is_dry = binder.MaybeFlag("dry_run").value_or(false);
    TRY(binder.Finish());
    return asked;
}

Result<RecallShown> Shown(const Request& request, World& world, std::string_view id) {
    return GetRecall(TRY(request.actor->Ask<kCodesRead>()), world, ScopeOf(*request.actor, world),
                     id);
}

}  // namespace

Result<Response> RecallCreate(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesWrite>());
    const Asked asked = TRY(AskedBy(request));
    const CodeScope scope = ScopeOf(*request.actor, world);
    if (asked.is_dry)
        return Json(200, RecallPreviewJson(TRY(PreviewRecall(permit, world, scope, asked.recall))));
    const Recall done = TRY(RunRecall(permit, world, scope, asked.recall));
    return Tell(201, "Recalled", RecallJson(TRY(GetChangedRecall(permit, world, scope, done.id))));
}

Result<Response> RecallList(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesRead>());
    TRY(KnowOnly(request, {"page_size", "cursor"}));
    const Fields query = request.Query();
    const std::size_t size = TRY(PageSizeOf(query));
    const std::string_view cursor = query.Get("cursor");
    if (!cursor.empty() && !Shown(request, world, cursor).ok()) return WrongCursor();
    const auto recalls =
        TRY(ListRecalls(permit, world, ScopeOf(*request.actor, world), cursor, size + 1));
    return ShowList(request, world,
                    FirstOf(
                        recalls, size, [](const RecallShown& one) { return RecallJson(one); },
                        [](const RecallShown& one) { return one.recall.id; }));
}

Result<Response> RecallGet(const Request& request, World& world) {
    TRY(TakeNothing(request));
    return Json(200, RecallJson(TRY(Shown(request, world, request.PathValue("recall")))));
}

Result<Response> RecallItems(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesRead>());
    TRY(KnowOnly(request, {"page_size", "cursor"}));
    const Fields query = request.Query();
    const std::size_t size = TRY(PageSizeOf(query));
    const std::string_view cursor = query.Get("cursor");
    const auto comma = cursor.find(',');
    CodeId after_code = 0;
    std::string_view after_account;
    if (!cursor.empty()) {
        const auto number = ParseInt(cursor.substr(0, comma));
        if (comma == cursor.npos || !number || !IsCleanText(cursor, Lines::kOne))
            return WrongCursor();
        after_code = *number;
        after_account = cursor.substr(comma + 1);
    }
    const auto items =
        TRY(ListRecallItems(permit, world, ScopeOf(*request.actor, world),
                            request.PathValue("recall"), after_code, after_account, size + 1));
    return ShowList(request, world,
                    FirstOf(
                        items, size, [](const RecallItemShown& one) { return RecallItemJson(one); },
                        [](const RecallItemShown& one) {
                            return std::to_string(one.item.code_id) + "," + one.item.account_id;
                        }));
}

Result<Response> RecallUndo(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesWrite>());
    TRY(TakeNothing(request));
    const CodeScope scope = ScopeOf(*request.actor, world);
    const std::string_view id = request.PathValue("recall");
    TRY(UndoRecall(permit, world, scope, id));
    return Tell(200, "Recall undone", RecallJson(TRY(GetChangedRecall(permit, world, scope, id))));
}

Result<Response> UserBrought(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kUsersRead>());
    TRY(KnowOnly(request, {"page_size", "cursor"}));
    const Fields query = request.Query();
    const std::size_t size = TRY(PageSizeOf(query));
    const BroughtPage page =
        TRY(ListBrought(permit, world, request.PathValue("id"), query.Get("cursor"), size));
    Listed list{{}, page.next, {}, {}};
    for (const Brought& one : page.people)
        list.shapes.push_back(BroughtJson(one, world.clock.Now()));
    return ShowList(request, world, list);
}

}  // namespace ostiary::api
