#pragma once

#include "core/model.h"
#include "store/desk.h"

namespace ostiary {

// One page, in the query's order, and cursors to the pages beside it. A cursor that is not ours is
// the first page.
CodePage ListCodesAt(Desk&, const CodeQuery&, Millis now);

}  // namespace ostiary
