#pragma once

// Pages of the list of codes, for every filter, order and search.

#include <string_view>

#include "support/installation.h"
#include "support/table.h"

namespace ostiary::bench {

// Prints a row for each: what a page costs where there are very many codes, and where there are
// few.
void CompareListPages(const Options&, std::string_view database, Installation& large,
                      Installation& small);

}  // namespace ostiary::bench
