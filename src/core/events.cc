#include "core/events.h"

#include "core/happenings.h"

namespace ostiary {

Event Happened(EventKind kind, const Actor& actor, Millis now) {
    Event event;
    event.at = now;
    event.kind = kind;
    event.actor_id = actor.account_id;
    event.actor_name = actor.username;
    event.origin = actor.origin;
    return event;
}

Event HappenedTo(EventKind kind, const Origin& origin, Millis now) {
    Event event;
    event.at = now;
    event.kind = kind;
    event.origin = origin;
    return event;
}

Event About(Event event, const Code& code) {
    event.code_id = code.id;
    event.subject_name = ShortName(code);
    return event;
}

Event About(Event event, const Account& account) {
    event.subject_id = account.id;
    event.subject_name = account.username;
    return event;
}

Event With(Event event, std::string details) {
    event.details = std::move(details);
    return event;
}

}  // namespace ostiary
