#pragma once

#include "core/events.h"
#include "store/connection.h"

namespace ostiary {

// Throws StoreFailure for a name this program does not know.
EventKind EventKindNamed(std::string_view name);
Door DoorNamed(std::string_view name);
// Thirteen columns, in the order of sql/events.sql's EventColumns.
Event ReadEvent(Columns&);

}  // namespace ostiary
