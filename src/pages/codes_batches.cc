// Codes that were made together: what came of it, and a sheet of them to print (BULK-1). Those of
// people who were invited together are shown as these people (BULK-3).

#include <algorithm>

#include "core/codes_bulk.h"
#include "http/respond.h"
#include "pages/ask.h"
#include "pages/codes_invite_views.h"
#include "pages/codes_views.h"
#include "pages/pages.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

using enum Permission;

constexpr std::size_t kReadTogether = 500, kOnASheet = 120;
constexpr std::int64_t kFurthest = 1'000'000;

CodeQuery QueryOfBatch(const Request& request, const World& world, std::string_view batch) {
    CodeQuery query;
    query.scope = RulesHere(request, world).scope;
    query.batch = batch;
    query.order = CodeOrder::kOldest;
    return query;
}

}  // namespace

Result<Code> FirstOfBatch(const Request& request, World& world, std::string_view batch) {
    CodeQuery query = QueryOfBatch(request, world, batch);
    query.page_size = 1;
    CodePage page = TRY(ListCodes(TRY(PermitOf<kCodesRead>(request)), world, query));
    if (page.codes.empty()) return NoSuchBatch();
    return std::move(page.codes.front());
}

Result<Response> CodesBatch(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<kCodesRead>(request));
    CodeQuery query = QueryOfBatch(request, world, request.PathValue("batch"));
    const bool are_people = !TRY(FirstOfBatch(request, world, query.batch))
    .email.empty();
    if (are_people) {
        InvitedPage invited {
            query.batch, TRY(ListInvited(permit, world, query.scope, query.batch))
        };
        const Scene scene = SceneOf(request, world);
        View view = ViewOf(scene, invited);
        return Show(scene, view);
    }
    query.page_size = kReadTogether;
    BatchPage page{query.batch, {}};
    do {
        CodePage more = TRY(ListCodes(permit, world, query));
        std::ranges::move(more.codes, std::back_inserter(page.codes));
        query.cursor = more.next;
    } while (!query.cursor.empty());
    if (page.codes.empty()) return NoSuchBatch();
    const Scene scene = SceneOf(request, world);
    View view = ViewOf(scene, page);
    return Show(scene, view);
}

Result<Response> CodesSheet(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<kCodesRead>(request));
    CodeQuery query = QueryOfBatch(request, world, request.PathValue("batch"));
    const Fields asked = request.Query();
    query.page_size = kOnASheet;
    query.cursor = Typed(asked, "cursor");
    SheetPage page { query.batch, TRY(ListCodes(permit, world, query)) };
    page.first = std::clamp<std::int64_t>(ParseInt(asked.Get("from")).value_or(1), 1, kFurthest);
    if (page.page.codes.empty()) return NoSuchBatch();
    const Scene scene = SceneOf(request, world);
    View view = ViewOf(scene, page);
    return Show(scene, view);
}

}  // namespace ostiary::pages
