// What happened, and the proof of it (AUD-1, AUD-2), for programs.

#include "core/audit.h"

#include <fmt/format.h>

#include <mutex>

#include "api/answers.h"
#include "api/api.h"
#include "core/accounts.h"
#include "core/audit_verify.h"
#include "core/shapes.h"
#include "http/respond.h"
#include "util/text.h"

namespace ostiary::api {
namespace {

using enum Permission;

AuditAsked AskedIn(const Fields& query) {
    return {std::string(query.Get("kind")), std::string(query.Get("person")),
            std::string(query.Get("code")), std::string(query.Get("from")),
            std::string(query.Get("to")),   std::string(query.Get("search"))};
}

// "41", or "-41" for the page towards the newer ones.
Result<EventCursor> CursorOf(const Fields& query) {
    EventCursor cursor;
    cursor.page_size = TRY(PageSizeOf(query));
    const std::string_view typed = query.Get("cursor");
    if (typed.empty()) return cursor;
    const auto number = ParseInt(typed);
    if (!number || *number == 0) return WrongCursor();
    cursor.newer = *number < 0;
    cursor.beyond = cursor.newer ? -*number : *number;
    return cursor;
}

Result<Response> Export(const Request& request, World& world, AuditFormat format) {
    const auto permit = TRY(request.actor->Ask<kAuditRead>());
    TRY(KnowOnly(request, {"kind", "person", "code", "from", "to", "search"}));
    const AuditAsked asked = AskedIn(request.Query());
    if (request.method == Method::kHead) TRY(EventQueryOf(world, asked, request.actor->time_zone));
    Response response;
    const bool is_csv = format == AuditFormat::kCsv;
    response.content_type = is_csv ? kCsvType : "application/json";
    response.With("cache-control", "no-store");
    if (request.method != Method::kHead)
        response.stream =
            std::make_shared<const StreamBody>(TRY(ExportEvents(permit, world, asked, format)));
    return response;
}

}  // namespace

Result<Response> AuditList(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kAuditRead>());
    TRY(KnowOnly(request,
                 {"kind", "person", "code", "from", "to", "search", "page_size", "cursor"}));
    const Fields query = request.Query();
    const EventPage page = TRY(ListEvents(permit, world, AskedIn(query), TRY(CursorOf(query))));
    Listed list;
    for (const Event& event : page.events) list.shapes.push_back(EventJson(event));
    if (page.has_older && !page.events.empty()) list.next = std::to_string(page.events.back().id);
    if (page.has_newer && !page.events.empty())
        list.previous = std::to_string(-page.events.front().id);
    return ShowList(request, world, list);
}

Result<Response> AuditCsv(const Request& request, World& world) {
    return Export(request, world, AuditFormat::kCsv);
}
Result<Response> AuditJson(const Request& request, World& world) {
    return Export(request, world, AuditFormat::kJson);
}

Result<Response> AuditVerify(const Request& request, World& world) {
    // It reads all there is: one at a time is enough for everybody.
    static std::mutex one_at_a_time;
    const auto permit = TRY(request.actor->Ask<kAuditRead>());
    TRY(KnowOnly(request, {"from"}));
    AuditLook look;
    if (const auto typed = request.Query().Find("from")) {
        const auto from = ParseInt(*typed);
        if (!from || *from < 1)
            return InvalidFields(
                {{"from", "from.invalid", "From must be the number of an entry, 1 or more"}});
        look.from = *from;
    }
    const std::unique_lock lock(one_at_a_time, std::try_to_lock);
    if (!lock)
        return Error{ErrorKind::kConflict, "audit.verifying", "Conflict",
                     "The audit log is being verified at this moment; ask again later"};
    return Json(200, AuditVerdictJson(TRY(VerifyAuditLog(permit, world, look))))
        .With("cache-control", "no-store");
}

}  // namespace ostiary::api
