#pragma once

// Recalls and the tree of people as JSON, for the API and the command line's --json.

#include <string>

#include "core/brought.h"
#include "core/recalls.h"

namespace ostiary {

std::string RecallJson(const RecallShown&);
std::string RecallItemJson(const RecallItemShown&);
std::string RecallPreviewJson(const RecallPreview&);
std::string BroughtJson(const Brought&, Millis now);

}  // namespace ostiary
