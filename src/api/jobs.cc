// Changes of many codes that go on by themselves (ADM-2).

#include "api/answers.h"
#include "api/api.h"
#include "core/accounts.h"
#include "core/bulk_jobs.h"
#include "core/bulk_jobs_shapes.h"
#include "http/respond.h"

namespace ostiary::api {
namespace {

using enum Permission;

Result<BulkJob> Asked(const Request& request, World& world, std::string_view id) {
    return GetBulkJob(TRY(request.actor->Ask<kCodesRead>()), world, ScopeOf(*request.actor, world),
                      id);
}

}  // namespace

Result<Response> JobList(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesRead>());
    TRY(KnowOnly(request, {"page_size", "cursor"}));
    const Fields query = request.Query();
    const std::size_t size = TRY(PageSizeOf(query));
    const std::string_view cursor = query.Get("cursor");
    if (!cursor.empty() && !Asked(request, world, cursor).ok()) return WrongCursor();
    const auto jobs =
        TRY(ListBulkJobs(permit, world, ScopeOf(*request.actor, world), cursor, size + 1));
    return ShowList(request, world,
                    FirstOf(jobs, size, BulkJobJson, [](const BulkJob& job) { return job.id; }));
}

Result<Response> JobGet(const Request& request, World& world) {
    TRY(TakeNothing(request));
    return Json(200, BulkJobJson(TRY(Asked(request, world, request.PathValue("job")))));
}

Result<Response> JobSkipped(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesRead>());
    TRY(KnowOnly(request, {"page_size", "cursor"}));
    const Fields query = request.Query();
    const std::size_t size = TRY(PageSizeOf(query));
    const std::int64_t after = TRY(IdCursorOf(query, "cursor"));
    const auto spared = TRY(ListSparedCodes(permit, world, ScopeOf(*request.actor, world),
                                            request.PathValue("job"), after, size + 1));
    return ShowList(request, world,
                    FirstOf(spared, size, SparedCodeJson,
                            [](const SparedCode& one) { return std::to_string(one.id); }));
}

Result<Response> JobCancel(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesWrite>());
    TRY(TakeNothing(request));
    return Json(200, BulkJobJson(TRY(CancelBulk(permit, world, ScopeOf(*request.actor, world),
                                                request.PathValue("job")))));
}

Result<Response> JobUndo(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesWrite>());
    TRY(TakeNothing(request));
    return Json(202, BulkJobJson(TRY(UndoBulk(permit, world, ScopeOf(*request.actor, world),
                                              request.PathValue("job"), 0))));
}

}  // namespace ostiary::api
