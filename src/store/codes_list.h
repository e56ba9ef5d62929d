#pragma once

#include "core/model.h"
#include "store/desk.h"

namespace ostiary {

// One page, in the query's order, and cursors to the pages beside it. A cursor that is not ours is
// the first page, and the page says so.
CodePage ListCodesAt(Desk&, const CodeQuery&, Millis now);

std::vector<CodeId> ListCodeIdsAt(Desk&, const CodeQuery&, CodeId after, std::size_t most);
std::vector<CodeTally> TallyCodesAt(Desk&, const CodeScope&);

}  // namespace ostiary
