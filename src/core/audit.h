#pragma once

// Looking back: what happened, who did it, and the few figures of the first page.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/events.h"
#include "core/permissions.h"
#include "core/world.h"

namespace ostiary {

// What somebody looks for, as it was typed; what is empty is any.
struct AuditAsked {
    std::string kind;      // a name, or the beginning of several up to a dot: "code."
    std::string person;    // a username, an address or the id of an account; also of a deleted one.
                           // Somebody unknown finds nothing.
    std::string code;      // its number
    std::string from, to;  // days in the time zone of whoever asks, both included
    std::string search;    // in names, details, address and request id
};
// Field errors: code.invalid, from.invalid, to.invalid.
Result<EventQuery> EventQueryOf(World&, const AuditAsked&, std::string_view time_zone);

// The page lies beyond an event, towards the older or the newer ones.
struct EventCursor {
    std::int64_t beyond = 0;  // 0: the newest
    bool newer = false;
    std::size_t page_size = 50;
};
// That somebody looked is remembered itself: once in a while for each person, so that leafing does
// not fill the log.
Result<EventPage> ListEvents(Permit<Permission::kAuditRead>, World&, const AuditAsked&,
                             const EventCursor&);
void RememberAuditRead(World&, const Actor&, std::string_view details);
// What was asked, as JSON: a person by their id, so that erasing them leaves no name here.
std::string DetailsOf(const AuditAsked&, const EventQuery&);

// All that was asked for as a file, newest first, written while it is read; is remembered.
enum class AuditFormat : std::uint8_t { kCsv, kJson };
using EventsFile =
    std::function<void(const std::function<bool(std::string_view)>& write)>;  // StreamBody of http
Result<EventsFile> ExportEvents(Permit<Permission::kAuditRead>, World&, const AuditAsked&,
                                AuditFormat);

// What an event says beside its sentence, for reading: one line per fact of its details. Of changes
// both sides are filled in; of other facts only the latter.
struct EventFact {
    std::string name, before, after;
    bool is_change = false;
};
std::vector<EventFact> FactsOf(const Event&);

struct Overview {
    std::int64_t people = 0;  // who can log in
    std::vector<Event> latest;
};
Result<Overview> GetOverview(Permit<Permission::kAuditRead>, World&, std::size_t events);

}  // namespace ostiary
