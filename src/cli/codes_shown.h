#pragma once

// How codes look on the command line.

#include <string_view>
#include <vector>

#include "cli/command.h"
#include "cli/table.h"
#include "core/codes.h"

namespace ostiary::cli {

Row CodeHeadings();
Row CodeRow(const Code&, Millis now);
void PrintCode(Call&, const Code&);  // everything, or JSON
// "Invite code created: ABC12345" and what to know of it; or JSON.
void PrintDone(Call&, std::string_view done, const Code&);
void PrintExplanation(Call&, const Explanation&);
void PrintRedemptions(Call&, const std::vector<Redemption>&);

}  // namespace ostiary::cli
