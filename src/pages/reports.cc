// Numbers about codes and who came with them (REP-1): the administrator's of everything, a
// manager's of the team.

#include "core/exports.h"
#include "http/respond.h"
#include "pages/ask.h"
#include "pages/forms.h"
#include "pages/pages.h"
#include "pages/reports_views.h"
#include "pages/views.h"

namespace ostiary::pages {
namespace {

using enum Permission;

constexpr std::size_t kMostUsed = 5;
constexpr std::string_view kFileEnding = ".csv", kUsesFile = "redemptions.csv";

PeriodAsked AskedIn(const Request& request) {
    const Fields query = request.Query();
    return {Typed(query, "from"), Typed(query, "to"), Typed(query, "days")};
}

}  // namespace

Result<Response> Reports(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<kReportsRead>(request));
    const CodeScope scope = RulesHere(request, world).scope;
    const Scene scene = SceneOf(request, world);
    ReportPage page;
    page.asked = AskedIn(request);
    auto period = PeriodOf(page.asked, scene.time_zone, scene.now);
    if (!period.ok()) {
        page.error = period.error();
        period = PeriodOf({}, scene.time_zone, scene.now);
    }
    page.report = TRY(GetReport(permit, world, scope, period.value()));
    CodeQuery query;
    query.scope = scope;
    query.order = CodeOrder::kMostUsed;
    query.page_size = kMostUsed;
    page.most_used = TRY(ListCodes(TRY(PermitOf<kCodesRead>(request)), world, query))
    .codes;
    std::erase_if(page.most_used, [](const Code& code) { return code.used_count == 0; });
    const int status = page.error ? StatusOf(page.error->kind) : 200;
    View view = ViewOf(scene, page);
    return Show(scene, view, status);
}

Result<Response> ReportTable(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<kReportsRead>(request));
    const std::string time_zone = request.actor->time_zone;
    const Period period = TRY(PeriodOf(AskedIn(request), time_zone, world.clock.Now()));
    std::string name(request.PathValue("name"));
    const std::string file_name =
        FormatDay(period.first) + "-" + FormatDay(period.last) + "-" + name;
    if (name == kUsesFile) {
        const auto codes = TRY(PermitOf<kCodesRead>(request));
        TextFile uses;
        if (request.method != Method::kHead)
            uses = TRY(ExportUsage(codes, world, RulesHere(request, world).scope,
                                   {AskedIn(request), {}, {}, {}}));
        return CsvFile(file_name, std::move(uses));
    }
    std::optional<std::string> file;
    if (name.ends_with(kFileEnding))
        file = ReportAsCsv(TRY(GetReport(permit, world, RulesHere(request, world).scope, period)),
                           std::string_view(name).substr(0, name.size() - kFileEnding.size()));
    if (!file)
        return Error{ErrorKind::kNotFound, "report.unknown", "Not found",
                     "There is no such report"};
    Response response;
    response.content_type = kCsvType;
    response.body = *std::move(file);
    response.With("content-disposition", "attachment; filename=\"" + file_name + "\"")
        .With("cache-control", "no-store");
    return response;
}

}  // namespace ostiary::pages
