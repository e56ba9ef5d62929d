#pragma once

// What config.cc and config_file.cc share.

#include <string>
#include <string_view>
#include <vector>

#include "util/config.h"
#include "util/result.h"

namespace ostiary {

// Overwrites what the TOML file sets; the error's details name file and line.
Result<void> ReadConfigFile(const std::string& path, Config&);

Error UnusableConfig(std::string sentence);
const ConfigKey* FindConfigKey(std::string_view name);  // null if there is none

// unknown key "lisen"; did you mean "listen"?
std::string UnknownKeySentence(std::string_view name, const std::vector<std::string>& known);

}  // namespace ostiary
