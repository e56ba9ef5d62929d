#pragma once

#include "core/events.h"
#include "store/connection.h"

namespace ostiary {

// Thirteen columns, in the order of sql/events.sql's EventColumns.
Event ReadEvent(Columns&);

}  // namespace ostiary
