#include "pages/codes_jobs_views.h"

#include <cstdlib>

#include "pages/codes_looks.h"
#include "pages/codes_views.h"
#include "pages/forms.h"
#include "pages/language.h"
#include "pages/views.h"
#include "pages/words.h"

namespace ostiary::pages {
namespace {

Badge BadgeOf(const BulkJob& job) {
    switch (job.state) {
        case BulkJobState::kRunning: return {"pending", "hourglass", T("Under way")};
        case BulkJobState::kUndoing: return {"pending", "hourglass", T("Being undone")};
        case BulkJobState::kDone: return {"active", "check", T("Done")};
        case BulkJobState::kCancelled: return {"inactive", "close", T("Stopped")};
        case BulkJobState::kUndone: return {"inactive", "undo", T("Undone")};
        case BulkJobState::kCount: break;
    }
    std::abort();
}

std::string WhatOf(const BulkJob& job) {
    switch (job.deed) {
        case BulkDeed::kRevoke: return TN("Deactivate {} code", "Deactivate {} codes", job.chosen);
        case BulkDeed::kReactivate: return TN("Activate {} code", "Activate {} codes", job.chosen);
        case BulkDeed::kEdit: return TN("Change {} code", "Change {} codes", job.chosen);
        case BulkDeed::kDelete: return TN("Delete {} code", "Delete {} codes", job.chosen);
    }
    std::abort();
}

std::string AboutOf(const BulkJob& job) {
    if (job.goes_on()) return T("You can leave this page; it goes on by itself.");
    if (job.state == BulkJobState::kUndone)
        return T("The codes are as they were, but for those that were changed since.");
    if (job.state == BulkJobState::kCancelled)
        return T("It did not come to its end. What was changed until then is changed.");
    return {};
}

std::string TitleOf(const BulkJob& job) {
    if (job.state == BulkJobState::kUndone)
        return TN("{} code put back", "{} codes put back", job.brought_back);
    if (job.goes_on()) return WhatOf(job);
    return T("{} of {} changed", InGroups(job.changed), TN("{} code", "{} codes", job.chosen));
}

std::int64_t ShareOf(std::int64_t done, std::int64_t all) {
    return all == 0 ? 0 : 100 * done / all;
}

void SetState(View& view, const BulkJob& job) {
    const Badge badge = BadgeOf(job);
    view.Set("TONE", badge.tone).Set("ICON", badge.icon).Set("STATUS", badge.word);
}

void AddFigure(View& view, std::int64_t number, std::string_view label) {
    view.Add("FIGURES").Set("FIGURE", InGroups(number)).Set("FIGURE_LABEL", label);
}

void AddSpared(View& view, const Scene& scene, const BulkJobPage& page) {
    const auto left = page.job.spared() + page.job.kept;
    const auto named = static_cast<std::int64_t>(page.spared.size());
    view.List("SPARED").Set("NOT_DONE_WORDS",
                            TN("{} code was not changed", "{} codes were not changed", left));
    for (const SparedCode& code : page.spared)
        view.Add("SPARED")
            .Set("SPARED_NAME", NameOfCode(code.id, code.name))
            .Set("SPARED_URL", CodePath(*scene.portal, code.id))
            .Set("SPARED_WHY", WithFullStop(Said(code.sentence)));
    view.Set("MORE_SPARED", left > named ? T("and {} more", InGroups(left - named)) : "");
}

}  // namespace

std::string BulkJobPath(const Portal& portal, std::string_view id) {
    std::string path = std::string(portal.codes_path) + "jobs/";
    if (!id.empty()) path.append(id).append("/");
    return path;
}

View ViewOf(const Scene& scene, const BulkJobsPage& page) {
    View view("codes/jobs");
    const std::string path = BulkJobPath(*scene.portal);
    view.Set("TITLE", T("Changes of many codes"))
        .Set("LIST_URL", scene.portal->codes_path)
        .Set("LIST_TITLE", T(LookOf(*scene.portal).codes_title))
        .Set("PREVIOUS_URL", page.is_first ? "" : path)
        .Set("NEXT_URL", page.next.empty() ? "" : path + "?after=" + page.next);
    view.List("ROWS");
    for (const BulkJob& job : page.jobs) {
        View& row = view.Add("ROWS");
        SetState(row, job);
        SetMoment(row, "WHEN", job.created_at, scene);
        row.Set("JOB_URL", BulkJobPath(*scene.portal, job.id))
            .Set("WHAT", WhatOf(job))
            .Set("WHO", job.created_by)
            .Set("CHANGED", InGroups(job.changed))
            .Set("LEFT", InGroups(job.spared()));
    }
    return view;
}

View ViewOf(const Scene& scene, const BulkJobPage& page) {
    const BulkJob& job = page.job;
    const bool is_undoing = job.state == BulkJobState::kUndoing;
    const std::string path = BulkJobPath(*scene.portal, job.id);
    View view("codes/job");
    view.Set("TITLE", TitleOf(job))
        .Set("WHAT", WhatOf(job))
        .Set("JOBS_URL", BulkJobPath(*scene.portal))
        .Set("LIST_URL", scene.portal->codes_path)
        .Set("LIST_TITLE", T(LookOf(*scene.portal).codes_title))
        .Set("STOP_URL", path + "stop/")
        .Set("UNDO_URL", path + "undo/")
        .Set("WHO", job.created_by)
        .Set("ABOUT", AboutOf(job))
        .Set("TROUBLE", Said(job.trouble))
        .Set("DONE_SHARE", is_undoing ? ShareOf(job.brought_back + job.kept, job.changed)
                                      : ShareOf(job.looked_at, job.chosen));
    const bool may_write = scene.May(Permission::kCodesWrite);
    view.Flag("GOES_ON", job.goes_on())
        .Flag("IS_UNDOING", is_undoing)
        .Flag("MAY_STOP", may_write && job.goes_on())
        .Flag("MAY_UNDO", may_write && job.may_be_undone());
    SetState(view, job);
    SetMoment(view, "WHEN", job.created_at, scene);
    view.List("FIGURES");
    AddFigure(view, job.chosen, T("Chosen"));
    AddFigure(view, job.changed, T("Changed"));
    AddFigure(view, job.spared(), T("Left alone"));
    if (is_undoing || job.brought_back + job.kept > 0) {
        AddFigure(view, job.brought_back, T("Put back"));
        AddFigure(view, job.kept, T("Not put back"));
    }
    AddSpared(view, scene, page);
    return view;
}

}  // namespace ostiary::pages
