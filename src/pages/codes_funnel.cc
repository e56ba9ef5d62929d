// What became of invitations (REP-3): of all that the list's filters find.

#include "core/templates.h"
#include "pages/ask.h"
#include "pages/codes_funnel_views.h"
#include "pages/codes_views.h"
#include "pages/pages.h"
#include "pages/views.h"

namespace ostiary::pages {
namespace {

using enum Permission;

constexpr std::size_t kMostTemplates = 20;

}  // namespace

Result<Response> CodesFunnel(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<kCodesRead>(request));
    FunnelPage page{QueryOf(request.Query()), {}};
    page.query.scope = RulesHere(request, world).scope;
    page.query.order = CodeOrder::kNewest;  // says nothing here
    page.funnel = TRY(FunnelOf(permit, world, page.query));
    if (QueryTextOf(page.query).empty()) {
        const auto templates = TRY(ListTemplates(TRY(PermitOf<kTemplatesRead>(request)), world));
        for (const Template& one : templates) {
            if (page.templates.size() == kMostTemplates) break;
            CodeQuery query = page.query;
            query.template_name = one.name;
            const Funnel funnel = TRY(FunnelOf(permit, world, query));
            if (funnel.codes > 0) page.templates.emplace_back(one.name, funnel);
        }
    }
    const Scene scene = SceneOf(request, world);
    View view = ViewOf(scene, page);
    return Show(scene, view);
}

}  // namespace ostiary::pages
