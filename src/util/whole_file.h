#pragma once

// Small files that are there whole or not at all, whatever happens while they are written.

#include <optional>
#include <string>
#include <string_view>

namespace ostiary {

// Nothing if there is no such file. Throws WorldFailure where it cannot be read.
std::optional<std::string> ReadWholeFile(const std::string& path);

// Puts this in place of the file (mode 0600), durably. Throws WorldFailure.
void ReplaceWholeFile(const std::string& path, std::string_view text);

}  // namespace ostiary
