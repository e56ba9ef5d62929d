#pragma once

// Looking back: what happened, who did it, and the few figures of the first page.

#include <string>
#include <string_view>
#include <vector>

#include "core/events.h"
#include "core/permissions.h"
#include "core/world.h"

namespace ostiary {

// The person is a username or an address; somebody unknown finds nothing.
Result<EventPage> ListEvents(Permit<Permission::kAuditRead>, World&, EventQuery,
                             std::string_view person);

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
