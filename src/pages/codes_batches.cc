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
// So many people are followed one by one, and so many links stand on a page.
constexpr std::size_t kMostPeople = 2'000;
constexpr std::int64_t kMostLinks = 10'000;
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

namespace {

// Codes for people, and few enough that each has a row.
Result<bool> ArePeople(const Request& request, World& world, const CodeQuery& query) {
    const Code first = TRY(FirstOfBatch(request, world, query.batch));
    if (first.email.empty()) return false;
    const auto ids =
        TRY(ListCodeIds(TRY(PermitOf<kCodesRead>(request)), world, query, 0, kMostPeople + 1));
    return ids.size() <= kMostPeople;
}

void Count(const World& world, const Code& code, BatchPage& page) {
    if (page.codes == 0) page.first = code;
    ++page.codes;
    page.used += code.used_count > 0 ? 1 : 0;
    page.people += code.used_count;
    page.too_many_links = page.codes > kMostLinks;
    const std::string link = page.too_many_links ? "" : RegistrationUrl(world.config, code);
    if (!link.empty()) page.links += link + "\n";
}

}  // namespace

Result<Response> CodesBatch(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<kCodesRead>(request));
    CodeQuery query = QueryOfBatch(request, world, request.PathValue("batch"));
    if (TRY(ArePeople(request, world, query))) {
        InvitedPage invited {
            query.batch, TRY(ListInvited(permit, world, query.scope, query.batch))
        };
        const Scene scene = SceneOf(request, world);
        View view = ViewOf(scene, invited);
        return Show(scene, view);
    }
    query.page_size = kReadTogether;
    BatchPage page;
    page.batch = query.batch;
    do {
        const CodePage more = TRY(ListCodes(permit, world, query));
        for (const Code& code : more.codes) Count(world, code, page);
        query.cursor = more.next;
    } while (!query.cursor.empty());
    if (page.codes == 0) return NoSuchBatch();
    if (page.too_many_links) page.links.clear();
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
