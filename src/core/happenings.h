#pragma once

// Building the one event that a verb appends: With(About(Happened(kind, actor, now), code),
// details).

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/codes.h"
#include "core/events.h"

namespace ostiary {

Event Happened(EventKind, const Actor&, Millis now);
Event HappenedTo(EventKind, const Origin&, Millis now);  // by a visitor, or nobody
Event About(Event, const Code&);
Event About(Event, const Account&);
Event With(Event, std::string details);

// ── Details: JSON objects, never with a secret in them ─────────────────────────────────────────

std::string GrantDetails(const Code&);  // what the code grants and its limits
std::string ChangeDetails(const Code& before, const Code& after);  // {"label": ["old", "new"], …}
std::string ChangeDetails(const Account& before, const Account& after);
// {"name": ["old", "new"], …} of those that differ.
struct Difference {
    std::string_view name, before, after;
};
std::string DifferenceDetails(std::initializer_list<Difference>);
std::string RefusalDetails(std::string_view reason);
std::string PairDetails(const std::vector<std::pair<std::string, std::string>>&);

}  // namespace ostiary
