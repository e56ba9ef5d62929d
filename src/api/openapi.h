#pragma once

// The contract as an OpenAPI 3.1 document.

#include <boost/json/object.hpp>
#include <span>
#include <string_view>

#include "http/router.h"
#include "util/config.h"

namespace ostiary::api {

// Of the rows of the map that begin with /api/ and stand in the contract.
boost::json::object OpenApi(std::span<const Route>, const Config&);

}  // namespace ostiary::api
