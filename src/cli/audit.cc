// ostiary audit …

#include <fmt/format.h>

#include "cli/code_filters.h"
#include "cli/command.h"
#include "cli/paging.h"
#include "core/audit.h"
#include "core/audit_verify.h"
#include "core/shapes.h"
#include "util/text.h"

namespace ostiary::cli {
namespace {

using enum Permission;

std::string Told(const AuditHead& head) {
    return fmt::format("entry {} ({})", head.position,
                       head.at > 0 ? FormatRfc3339(head.at) : "unknown");
}

// "entry 12, event 40 of 2026-05-03T10:00:00Z (code.revoked), was changed: …"
std::string Told(const AuditFault& fault) {
    std::string entry = fault.position > 0 ? fmt::format("entry {}", fault.position)
                                           : std::string("an event outside the chain");
    if (fault.event_id != 0) entry += fmt::format(", event {}", fault.event_id);
    if (fault.at > 0) entry += " of " + FormatRfc3339(fault.at);
    if (!fault.kind.empty()) entry += " (" + fault.kind + ")";
    return fmt::format("{}, was {}: {}", entry, NameOf(fault.wrong), fault.sentence);
}

Result<void> Verify(Call& call) {
    AuditLook look;
    if (const auto from = call.given.Find("--from")) {
        const auto number = ParseInt(*from);
        if (!number || *number < 1) return WrongUsage("--from must be the number of an entry");
        look.from = *number;
    }
    const auto permit = TRY(call.actor.Ask<kAuditRead>());
    const AuditVerdict verdict = TRY(VerifyAuditLog(permit, call.world(), look));
    if (call.AsJson()) {
        call.Say(AuditVerdictJson(verdict));
    } else {
        std::string until = verdict.last ? ", up to " + Told(*verdict.last) : "";
        call.Say(fmt::format("{} entries verified{}", verdict.entries, until));
        if (verdict.erased > 0)
            call.Say(fmt::format("{} of them had a person erased", verdict.erased));
        if (verdict.waiting > 0)
            call.Say(fmt::format("{} events await their link", verdict.waiting));
        if (!verdict.fault)
            call.Say(verdict.anchor ? "The end is as " + AuditAnchorPath(call.config) +
                                          " remembers it: " + Told(*verdict.anchor)
                                    : "There is no " + AuditAnchorPath(call.config) +
                                          ", so a cut end could not be seen; a running server "
                                          "writes it");
    }
    if (!verdict.fault) return {};
    return Error{ErrorKind::kConflict, "audit.broken", "The audit log is not whole",
                 Told(*verdict.fault)};
}

Result<void> Accept(Call& call) {
    const AuditHead head = TRY(AcceptAuditLog(TRY(call.actor.Ask<kAuditRead>()), call.world()));
    call.Say("The audit log is taken as it is, up to " + Told(head));
    return {};
}

AuditAsked AskedIn(const Arguments& given) {
    return {given.Get("--kind"), given.Get("--person"), given.Get("--code"),
            given.Get("--from"), given.Get("--to"),     given.Get("--search")};
}

std::vector<Option> Filters() {
    return {{"--kind", "KIND", "A kind of event, or the beginning of several: code."},
            {"--person", "NAME", "Who did it or whom it is about"},
            {"--code", "N", "The number of the code it is about"},
            {"--from", "DAY", "The first day, as 2026-11-21 (UTC)"},
            {"--to", "DAY", "The last day"},
            {"--search", "TEXT", "In names, details, address and request id"}};
}

Result<PageOf<Event>> ReadEvents(Call& call, const std::string& from, std::size_t size) {
    EventCursor cursor;
    cursor.page_size = size;
    if (!from.empty()) {
        const auto beyond = ParseInt(from);
        if (!beyond || *beyond < 1) return WrongUsage("--cursor must be one that a list gave");
        cursor.beyond = *beyond;
    }
    const auto permit = TRY(call.actor.Ask<kAuditRead>());
    EventPage page = TRY(ListEvents(permit, call.world(), AskedIn(call.given), cursor));
    std::string next;
    if (page.has_older && !page.events.empty()) next = std::to_string(page.events.back().id);
    return PageOf<Event>{std::move(page.events), std::move(next)};
}

Result<void> List(Call& call) {
    const auto found = TRY(ReadPages<Event>(call, [&](const std::string& cursor, std::size_t size) {
        return ReadEvents(call, cursor, size);
    }));
    std::vector<Row> rows;
    std::vector<std::string> shapes;
    for (const Event& event : found.rows) {
        if (call.AsJson())
            shapes.push_back(EventJson(event));
        else
            rows.push_back({std::to_string(event.id), FormatRfc3339(event.at),
                            std::string(NameOf(event.kind)), event.actor_name, event.subject_name,
                            std::string(NameOf(event.origin.door)), event.origin.address,
                            event.details});
    }
    PrintList(call, {"ID", "WHEN", "KIND", "ACTOR", "SUBJECT", "PORTAL", "ADDRESS", "DETAILS"},
              rows, shapes, found.next);
    return {};
}

Result<void> Export(Call& call) {
    const auto permit = TRY(call.actor.Ask<kAuditRead>());
    const auto format = call.AsJson() ? AuditFormat::kJson : AuditFormat::kCsv;
    const auto file = TRY(ExportEvents(permit, call.world(), AskedIn(call.given), format));
    PrintFile(call, file);
    return {};
}

}  // namespace

std::vector<Command> AuditCommands() {
    std::vector<Option> list = Filters();
    AddPaging(list);
    return {{.noun = "audit",
             .verb = "list",
             .about = "List what happened, newest first",
             .options = list,
             .prints = Prints::kData,
             .example = "audit list --kind code. --person ada",
             .run = List},
            {.noun = "export",
             .verb = "audit",
             .about = "Print the audit log as CSV, or with --json as JSON",
             .options = Filters(),
             .prints = Prints::kData,
             .example = "export audit --from 2026-11-01 > november.csv",
             .run = Export},
            {.noun = "audit",
             .verb = "verify",
             .about = "Look whether the audit log is whole, and name the first bad entry",
             .options = {{"--from", "N", "Begin at this entry; the first unless given"}},
             .prints = Prints::kData,
             .example = "audit verify",
             .run = Verify},
            {.noun = "audit",
             .verb = "accept",
             .about = "Take the audit log as it is after a backup was restored",
             .options = {},
             .run = Accept}};
}

}  // namespace ostiary::cli
