// Changes of many codes: followed, stopped, undone (ADM-2).

#include "core/bulk_jobs.h"

#include "core/codes.h"
#include "http/forms.h"
#include "http/respond.h"
#include "pages/ask.h"
#include "pages/codes_jobs_views.h"
#include "pages/forms.h"
#include "pages/language.h"
#include "pages/notice.h"
#include "pages/pages.h"

namespace ostiary::pages {
namespace {

using enum Permission;

constexpr std::size_t kJobsPerPage = 20, kSparedShown = 100;
constexpr std::string_view kLookAgainAfter_s = "2";
// As long as somebody waits without wondering; the rest goes on by itself.
constexpr Millis kPatience = 800;

std::string HereOf(const Request& request) {
    return BulkJobPath(*PortalAt(request.path), request.PathValue("job"));
}

}  // namespace

Result<Response> BulkJobs(const Request& request, World& world) {
    const std::string after = Typed(request.Query(), "after");
    BulkJobsPage page {
        TRY(ListBulkJobs(TRY(PermitOf<kCodesRead>(request)), world, RulesHere(request, world).scope,
                         after, kJobsPerPage + 1))
        , after.empty()
    };
    if (page.jobs.size() > kJobsPerPage) {
        page.jobs.pop_back();
        page.next = page.jobs.back().id;
    }
    const Scene scene = SceneOf(request, world);
    View view = ViewOf(scene, page);
    return Show(scene, view);
}

Result<Response> BulkJobShow(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<kCodesRead>(request));
    const CodeScope scope = RulesHere(request, world).scope;
    const std::string_view id = request.PathValue("job");
    BulkJobPage page {
        TRY(GetBulkJob(permit, world, scope, id))
        , {}
    };
    page.spared = TRY(ListSparedCodes(permit, world, scope, id, 0, kSparedShown));
    const Scene scene = SceneOf(request, world);
    View view = ViewOf(scene, page);
    Response response = Show(scene, view);
    if (page.job.goes_on()) response.With("refresh", std::string(kLookAgainAfter_s));
    return response;
}

Result<Response> BulkJobStop(const Request& request, World& world) {
    const auto stopped = CancelBulk(TRY(PermitOf<kCodesWrite>(request)), world,
                                    RulesHere(request, world).scope, request.PathValue("job"));
    if (!stopped.ok() && stopped.error().kind != ErrorKind::kConflict) return stopped.error();
    return SeeOther(HereOf(request));
}

Result<Response> BulkJobUndo(const Request& request, World& world) {
    const auto undone =
        UndoBulk(TRY(PermitOf<kCodesWrite>(request)), world, RulesHere(request, world).scope,
                 request.PathValue("job"), kPatience);
    if (!undone.ok()) {
        if (!IsForTheForm(undone.error())) return undone.error();
        return SeeOtherAndRefuse(world, HereOf(request), undone.error());
    }
    if (undone->goes_on() || undone->kept > 0) return SeeOther(HereOf(request));
    return SeeOtherAndTell(world, NextOr(request.Form(), HereOf(request)),
                           NoticeKind::kCodesPutBack,
                           TN("{} code", "{} codes", undone->brought_back));
}

}  // namespace ostiary::pages
