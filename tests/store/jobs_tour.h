#pragma once

// Each statement of imports and of changes of many codes, once.

#include "core/store.h"

namespace ostiary {

inline void TourImports(Work& work) {
    Import one;
    one.id = "import";
    one.created_by_id = "a1";
    one.content_hash = "content";
    work.imports.Add(one);
    work.imports.FindForUpdate("import");
    one.state = ImportState::kRunning;
    work.imports.Save(one);
    work.imports.FindSame("content");
    work.imports.List("a1", 5);
    work.imports.ListDue(5);
    work.imports.Claim("import", "lease", 5, 10);
    work.imports.Release("import", "lease");
    work.imports.AddPiece("import", 0, "text");
    work.imports.FindPiece("import", 0);
    work.imports.AddErrors("import", std::vector<ImportError>{{2, 1, "role", "role.unknown", "x"}});
    work.imports.ListErrors("import", 0, 0, 5);
    work.imports.AddRows("import", std::vector<std::string>{"row"});
    work.imports.KnownRows(std::vector<std::string>{"row"});
    work.imports.DeleteDrafts(5, 5);
    work.imports.DeleteSurplusDrafts("a1", 5);
    work.imports.Delete("import");
}

inline void TourBulkJobs(Work& work) {
    BulkJob one;
    one.id = "job";
    one.edit.label = "new";
    one.state = BulkJobState::kRunning;
    work.bulk_jobs.Add(one, "lease", 5);
    work.bulk_jobs.FindForUpdate("job");
    work.bulk_jobs.AddCodes("job", std::vector<CodeId>{7, 8});
    work.bulk_jobs.Settle("job", {7, 2, "{}", "code.same", "It is so", ""});
    work.bulk_jobs.ListCodes("job", 0, 5);
    work.bulk_jobs.ListLeft("job", 0, 5);
    work.bulk_jobs.List("a1", "", 5);
    work.bulk_jobs.ListDue(5);
    work.bulk_jobs.Claim("job", "lease", 5, 10);
    work.bulk_jobs.Release("job", "lease");
    one.state = BulkJobState::kDone;
    work.bulk_jobs.Save(one);
    work.bulk_jobs.DeleteEnded(5, 5);
}

}  // namespace ostiary
