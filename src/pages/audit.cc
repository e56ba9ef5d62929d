// The audit log: to look into, and as a file.

#include "core/audit.h"

#include "http/respond.h"
#include "pages/ask.h"
#include "pages/pages.h"
#include "pages/places_views.h"
#include "util/calendar.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

using enum Permission;

AuditAsked AskedIn(const Fields& query) {
    return {Typed(query, "kind"), Typed(query, "person"), Typed(query, "code"),
            Typed(query, "from"), Typed(query, "to"),     Typed(query, "search")};
}

Result<Response> Export(const Request& request, World& world, AuditFormat format) {
    const auto permit = TRY(PermitOf<kAuditRead>(request));
    const bool is_csv = format == AuditFormat::kCsv;
    const std::string today =
        FormatDay(Calendar(request.actor->time_zone).DayAt(world.clock.Now()));
    StreamBody file;
    if (request.method != Method::kHead)
        file = TRY(ExportEvents(permit, world, AskedIn(request.Query()), format));
    return AttachedFile(is_csv ? kCsvType : "application/json",
                        today + (is_csv ? "-audit.csv" : "-audit.json"), std::move(file));
}

}  // namespace

Result<Response> AuditLog(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<kAuditRead>(request));
    const Fields query = request.Query();
    AuditPage page;
    page.asked = AskedIn(query);
    const auto before = ParseInt(query.Get("before")), after = ParseInt(query.Get("after"));
    EventCursor cursor;
    cursor.newer = after && *after > 0;
    cursor.beyond = cursor.newer ? *after : before && *before > 0 ? *before : 0;
    auto events = ListEvents(permit, world, page.asked, cursor);
    if (!events.ok()) {
        if (!IsForTheForm(events.error())) return events.error();
        page.error = events.error();
        return ShowPage(SceneOf(request, world), page, StatusOf(events.error().kind));
    }
    page.page = std::move(events).value();
    return ShowPage(SceneOf(request, world), page);
}

Result<Response> AuditCsv(const Request& request, World& world) {
    return Export(request, world, AuditFormat::kCsv);
}
Result<Response> AuditJson(const Request& request, World& world) {
    return Export(request, world, AuditFormat::kJson);
}

}  // namespace ostiary::pages
