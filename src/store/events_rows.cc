#include "store/events_rows.h"

namespace ostiary {
Door DoorNamed(std::string_view name) {
    for (int number = 0; number <= static_cast<int>(Door::kProgram); ++number)
        if (NameOf(static_cast<Door>(number)) == name) return static_cast<Door>(number);
    throw StoreFailure("the database remembers a door this program does not know: " +
                       std::string(name));
}

EventKind EventKindNamed(std::string_view name) {
    for (const EventRow& row : kEventRows)
        if (row.name == name) return row.kind;
    throw StoreFailure("the database remembers an event this program does not know: " +
                       std::string(name));
}

Event ReadEvent(Columns& columns) {
    Event event;
    event.id = columns.Int();
    event.at = columns.Int();
    event.kind = EventKindNamed(columns.Text());
    event.code_id = columns.Int();
    event.actor_id = columns.String();
    event.actor_name = columns.String();
    event.subject_id = columns.String();
    event.subject_name = columns.String();
    event.details = columns.String();
    event.origin.door = DoorNamed(columns.Text());
    event.origin.address = columns.String();
    event.origin.request_id = columns.String();
    event.is_erased = columns.Int() != 0;
    return event;
}

}  // namespace ostiary
