#pragma once

// What API clients send. Everything that can be read in two ways is refused.

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string_view>

#include "http/message.h"
#include "util/result.h"

namespace ostiary {

// The body as a JSON object. kMediaType unless it says application/json (or a +json); kInvalid,
// with the place, if it is malformed, broken UTF-8, nested deeper than 32, names a key twice, or is
// no object.
Result<boost::json::object> ReadJsonBody(const Request&);

// The same, and an empty object where there is no body.
Result<boost::json::object> ReadOptionalJsonBody(const Request&);

// Besides JSON a form body, which becomes an object of strings.
Result<boost::json::object> ReadFormOrJson(const Request&);

// A whole number within 64 bits, or nothing: no fractions, no 1e3, nothing larger.
std::optional<std::int64_t> WholeNumber(const boost::json::value&);

}  // namespace ostiary
