// The audit log as a file (AUD-2, REP-2): written while it is read, so that it may be as long as it
// likes.

#include <memory>

#include "core/audit.h"
#include "core/happenings.h"
#include "core/shapes.h"
#include "util/csv.h"
#include "util/text.h"

namespace ostiary {
namespace {

using enum Permission;

constexpr std::size_t kReadTogether = 500;

const std::vector<std::string>& Headings() {
    static const std::vector<std::string> headings = {
        "Id",         "When",    "Kind",    "Actor",  "Actor Id",   "Code Id", "Subject",
        "Subject Id", "Details", "Address", "Portal", "Request Id", "Erased"};
    return headings;
}

std::string LineOf(const Event& event) {
    return CsvLine({std::to_string(event.id), FormatRfc3339(event.at),
                    std::string(NameOf(event.kind)), event.actor_name, event.actor_id,
                    event.code_id == 0 ? "" : std::to_string(event.code_id), event.subject_name,
                    event.subject_id, event.details, event.origin.address,
                    std::string(NameOf(event.origin.door)), event.origin.request_id,
                    event.is_erased ? "yes" : ""});
}

using Write = std::function<bool(std::string_view)>;

// One page after another, each with what `shape` makes of it, until there is no more to read or
// nobody to write to.
void WritePages(const Actor& actor, World& world, EventQuery query, const Write& write,
                const std::function<std::string(const Event&)>& shape) {
    query.page_size = kReadTogether;
    for (bool more = true; more;) {
        if (!actor.May(kAuditRead)) return;
        EventPage page;
        world.store.Read([&](Work& work) { page = work.events.List(query); });
        std::string text;
        for (const Event& event : page.events) text += shape(event);
        if (!text.empty() && !write(text)) return;
        more = page.has_older && !page.events.empty();
        if (more) query.cursor = page.events.back().id;
    }
}

}  // namespace

Result<EventsFile> ExportEvents(Permit<kAuditRead> permit, World& world, const AuditAsked& asked,
                                AuditFormat format) {
    const Actor& actor = permit.holder();
    const EventQuery query = TRY(EventQueryOf(world, asked, actor.time_zone));
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        work.events.Append(With(Happened(EventKind::kAuditExported, actor, world.clock.Now()),
                                DetailsOf(asked, query)));
        return {};
    }));
    return EventsFile([actor, world = World(world), query, format](const Write& write) mutable {
        if (format == AuditFormat::kCsv) {
            if (write(CsvLine(Headings()))) WritePages(actor, world, query, write, LineOf);
            return;
        }
        if (!write("[")) return;
        bool is_first = true, is_open = true;
        const Write note = [&](std::string_view text) { return is_open = write(text); };
        WritePages(actor, world, query, note, [&is_first](const Event& event) {
            return (std::exchange(is_first, false) ? "\n" : ",\n") + EventJson(event);
        });
        if (is_open) write("\n]\n");
    });
}

}  // namespace ostiary
