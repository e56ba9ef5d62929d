#pragma once

// What browsers put into queries and form bodies.

#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"
#include "util/result.h"

namespace ostiary {

// Whether the body says it is of that type, in lower case; parameters aside.
bool IsOfType(const Request&, std::string_view type);
bool IsForm(const Request&);  // application/x-www-form-urlencoded

// "a=1&b=x+y" → fields in order. A value with a bad percent-escape is kept as it came.
Fields DecodeFields(std::string_view encoded);

// What a form calls the file it brings.
inline constexpr std::string_view kFileField = "file";

// A segment of a path: %20 becomes a space and a plus stays a plus. Nothing if an escape is bad or
// what comes out is no clean text.
std::optional<std::string> DecodeSegment(std::string_view encoded);

// Text as one value of a query: every letter that is not unreserved becomes an escape.
std::string EncodeQueryValue(std::string_view text);

// Every field of the query and the form, but for a file, is UTF-8 without NUL, or an Error that
// names those that are not.
Result<void> CheckFields(const Request&);

}  // namespace ostiary
