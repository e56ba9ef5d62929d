#pragma once

#include <iosfwd>

#include "cli/cli.h"
#include "util/config.h"

namespace ostiary::app {

// Opens everything, says on `out` where it is, and serves until SIGINT or SIGTERM.
void Serve(const Config&, cli::Demo, std::ostream& out);

}  // namespace ostiary::app
