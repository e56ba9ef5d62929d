#pragma once

// What cmake/Embed.cmake made of web/, kept inside the program. Their addresses hold a hash of what
// is in them, so browsers may keep them for ever.

#include <string_view>

#include "core/world.h"
#include "http/message.h"
#include "util/result.h"

namespace ostiary {

// "/assets/app.3f9a1c2b.css" for "app.css"; of a file in a folder the slashes become dashes. For a
// name there is none of: "/assets/" and the name, which answers 404.
std::string_view AssetUrl(std::string_view name);

// The row {kGet, "/assets/{name}", kAnyone, kFree, kFast, ServeAsset}. A name without its hash, as
// style sheets use among themselves, is served too, to be asked for again.
Result<Response> ServeAsset(const Request&, World&);

}  // namespace ostiary
