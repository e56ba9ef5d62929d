#pragma once

// Holds an answer of the API against the OpenAPI document.

#include <string>
#include <string_view>

#include "http/message.h"
#include "util/config.h"

namespace ostiary {

// What is wrong with this answer to this request, or nothing. Requests that no row of the map
// answers must be refused in the shape of an error.
std::string BreachOfContract(const Config&, const Request&, const Response&);

}  // namespace ostiary
