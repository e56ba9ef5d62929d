#pragma once

// What went wrong, in the words and the shape of the API (API-5).

#include <string>
#include <string_view>

#include "http/message.h"
#include "util/result.h"

namespace ostiary {

int StatusOf(ErrorKind);
std::string_view TitleOf(
    int status);  // "Conflict" of 409: what `error` says when nobody said better

// {"error", "details", "code", "fields", "request_id"}
std::string ErrorBody(const Error&, std::string_view request_id);

// The same facts as RFC 9457 has them, for those who accept application/problem+json.
std::string ProblemBody(int status, const Error&, const Request&);

// JSON or problem+json, with Retry-After and WWW-Authenticate where they belong.
Response ErrorResponse(const Request&, int status, const Error&);
Response ErrorResponse(const Request&, const Error&);

inline constexpr std::string_view kCsvType = "text/csv; charset=utf-8; header=present";

// A file to be kept, written while it is sent. Without a body: the head of one, for HEAD.
Response AttachedFile(std::string_view content_type, std::string_view file_name, StreamBody);
// One for spreadsheets.
Response CsvFile(std::string_view file_name, StreamBody);

// Whether the Accept header names this type; wildcards do not count.
bool Accepts(const Request&, std::string_view type);

}  // namespace ostiary
