#pragma once

// Files of codes: sent, looked at, imported, and what came of it (BULK-2).

#include <optional>
#include <string>
#include <vector>

#include "core/imports.h"
#include "core/quotas.h"
#include "http/message.h"
#include "pages/scene.h"
#include "pages/view.h"

namespace ostiary::pages {

struct ImportNewPage {  // codes/import
    std::vector<Import> earlier;
    std::string typed = {};
    std::optional<Error> error = {};
    std::optional<QuotaLeft> quota = {};
};
struct ImportLookPage {  // codes/import_look
    ImportReport report;
    std::optional<Error> error = {};  // with the file, or with what its columns shall be
};
struct ImportPage {  // codes/import_result
    Import import;
    std::vector<ImportError> errors;
};

View ViewOf(const Scene&, const ImportNewPage&);
View ViewOf(const Scene&, const ImportLookPage&);
View ViewOf(const Scene&, const ImportPage&);

std::string ImportPath(const Portal&, std::string_view id = "");  // {codes}import/{id}/

}  // namespace ostiary::pages
