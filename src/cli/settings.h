#pragma once

#include "cli/command.h"
#include "util/config.h"
#include "util/result.h"

namespace ostiary::cli {

// The flags that every command has.
std::vector<Option> SettingOptions();

// The configuration of this call: file, then environment, then flags. The file is --config,
// OSTIARY_CONFIG, ostiary.toml in the data folder, or /etc/ostiary/ostiary.toml: the first there
// is.
Result<Config> SettingsOf(const Arguments&, const Environment&);
std::optional<std::string> SettingsFile(const Arguments&, const Environment&);

}  // namespace ostiary::cli
