#pragma once

#include <span>

#include "http/router.h"

namespace ostiary {

std::span<const Route> Routes();

}  // namespace ostiary
