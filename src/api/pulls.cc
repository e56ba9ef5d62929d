// People pulled from a system of people: fetched, looked at, applied or not (HR-1).

#include "core/pulls.h"

#include "api/answers.h"
#include "api/api.h"
#include "api/binder.h"
#include "core/accounts.h"
#include "core/pulls_shapes.h"
#include "http/respond.h"
#include "util/text.h"

namespace ostiary::api {
namespace {

using enum Permission;

constexpr std::size_t kErrorsShown = 1'000;

Result<PullAsked> AskedBy(const Request& request) {
    const boost::json::object body = TRY(MaybeBodyOf(request));
    Binder binder(body);
    PullAsked asked;
    const auto leavers = binder.MaybeNumber("expected_leavers");
    asked.good_rows_only = binder.MaybeFlag("good_rows_only").value_or(false);
    TRY(binder.Finish());
    if (!leavers || leavers->empty()) return asked;
    asked.expected_leavers = ParseInt(*leavers);
    if (!asked.expected_leavers)
        return InvalidFields({{"expected_leavers", "expected_leavers.invalid",
                               "expected_leavers is a whole number"}});
    return asked;
}

}  // namespace

Result<Response> PullCreate(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kUsersWrite>());
    TRY(TakeNothing(request));
    return Tell(202, "It is being fetched", PullJson(TRY(AskForPull(permit, world))));
}

Result<Response> PullList(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kUsersWrite>());
    TRY(KnowOnly(request, {"page_size", "cursor"}));
    const Fields query = request.Query();
    const std::size_t size = TRY(PageSizeOf(query));
    const std::string_view cursor = query.Get("cursor");
    if (!cursor.empty() && !GetPull(permit, world, cursor).ok()) return WrongCursor();
    const auto pulls = ListPulls(permit, world, cursor, size + 1);
    return ShowList(request, world,
                    FirstOf(
                        pulls, size, [](const Pull& one) { return PullJson(one); },
                        [](const Pull& one) { return one.id; }));
}

Result<Response> PullGet(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kUsersWrite>());
    TRY(TakeNothing(request));
    const std::string_view id = request.PathValue("pull");
    const Pull pull = TRY(GetPull(permit, world, id));
    return Json(200,
                PullWithErrorsJson(pull, TRY(ListPullErrors(permit, world, id, kErrorsShown))));
}

Result<Response> PullChanges(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kUsersWrite>());
    TRY(KnowOnly(request, {"page_size", "cursor"}));
    const Fields query = request.Query();
    const std::size_t size = TRY(PageSizeOf(query));
    const std::int64_t after = TRY(IdCursorOf(query, "cursor"));
    const auto changes =
        TRY(ListPullChanges(permit, world, request.PathValue("pull"), after, size + 1));
    return ShowList(request, world,
                    FirstOf(
                        changes, size, [](const PullChange& one) { return PullChangeJson(one); },
                        [](const PullChange& one) { return std::to_string(one.place); }));
}

Result<Response> PullApply(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kUsersWrite>());
    const PullAsked asked = TRY(AskedBy(request));
    const Pull pull = TRY(ApplyPull(permit, world, request.PathValue("pull"), asked));
    return Tell(202, "It is being applied", PullJson(pull));
}

Result<Response> PullDiscard(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kUsersWrite>());
    TRY(TakeNothing(request));
    const Pull pull = TRY(DiscardPull(permit, world, request.PathValue("pull")));
    return Tell(200, "Discarded", PullJson(pull));
}

}  // namespace ostiary::api
