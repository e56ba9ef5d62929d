#include "http/respond.h"

#include <algorithm>
#include <boost/json.hpp>

#include "http/scim_errors.h"
#include "util/text.h"

namespace ostiary {
namespace {

namespace json = boost::json;

constexpr std::string_view kProblem = "application/problem+json";

json::string_view View(std::string_view text) { return {text.data(), text.size()}; }

json::object FieldsOf(const Error& error) {
    json::object fields;
    for (const FieldError& wrong : error.fields) {
        json::value& sentences = fields[View(wrong.field)];
        if (!sentences.is_array()) sentences.emplace_array();
        sentences.get_array().emplace_back(View(wrong.message));
    }
    return fields;
}

std::string_view TitleFor(const Error& error, int status) {
    return error.title.empty() ? TitleOf(status) : std::string_view(error.title);
}

json::object Facts(const Error& error, int status, std::string_view request_id) {
    json::object facts;
    facts["error"] = View(TitleFor(error, status));
    facts["details"] =
        View(error.details.empty() ? TitleFor(error, status) : std::string_view(error.details));
    facts["code"] = View(error.reason);
    facts["fields"] = FieldsOf(error);
    facts["request_id"] = View(request_id);
    return facts;
}

}  // namespace

int StatusOf(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::kInvalid: return 400;
        case ErrorKind::kSignedOut: return 401;
        case ErrorKind::kForbidden: return 403;
        case ErrorKind::kNotFound: return 404;
        case ErrorKind::kConflict: return 409;
        case ErrorKind::kStale: return 412;
        case ErrorKind::kTooLarge: return 413;
        case ErrorKind::kMediaType: return 415;
        case ErrorKind::kReused: return 422;
        case ErrorKind::kTooMany: return 429;
        case ErrorKind::kUnavailable: return 503;
    }
    return 500;
}

std::string_view TitleOf(int status) {
    static constexpr std::pair<int, std::string_view> kTitles[] = {
        {400, "Invalid request"},
        {401, "Authentication required"},
        {403, "Access denied"},
        {404, "Not found"},
        {405, "Method not allowed"},
        {408, "Request timed out"},
        {409, "Conflict"},
        {412, "Changed meanwhile"},
        {413, "Too large"},
        {414, "Address too long"},
        {415, "Unsupported media type"},
        {417, "Expectation failed"},
        {422, "Idempotency key reused"},
        {429, "Too many requests"},
        {431, "Headers too large"},
        {500, "Internal server error"},
        {501, "Not implemented"},
        {503, "Service unavailable"},
        {505, "HTTP version not supported"},
    };
    for (const auto& [known, title] : kTitles)
        if (known == status) return title;
    return "Error";
}

std::string ErrorBody(const Error& error, std::string_view request_id) {
    return json::serialize(Facts(error, StatusOf(error.kind), request_id));
}

std::string ProblemBody(int status, const Error& error, const Request& request) {
    json::object problem = Facts(error, status, request.request_id);
    problem["type"] = "urn:ostiary:" + error.reason;
    problem["title"] = problem["error"];
    problem["status"] = status;
    problem["detail"] = problem["details"];
    problem["instance"] = request.path;
    problem.erase("error");
    problem.erase("details");
    return json::serialize(problem);
}

Response ErrorResponse(const Request& request, int status, const Error& error) {
    Response response = Json(status, {});
    if (IsScimPath(request.path)) {
        response.status = ScimStatusOf(status, error);
        response.content_type = kScimType;
        response.body = ScimErrorBody(response.status, error);
    } else if (Accepts(request, kProblem)) {
        response.content_type = kProblem;
        response.body = ProblemBody(status, error, request);
    } else {
        response.body = json::serialize(Facts(error, status, request.request_id));
    }
    if (error.retry_after_s > 0) response.With("retry-after", std::to_string(error.retry_after_s));
    if (status == 401) response.With("www-authenticate", "Bearer");
    return response;
}

Response ErrorResponse(const Request& request, const Error& error) {
    return ErrorResponse(request, StatusOf(error.kind), error);
}

Response AttachedFile(std::string_view content_type, std::string_view file_name, StreamBody body) {
    Response response;
    response.content_type = content_type;
    response.With("content-disposition", "attachment; filename=\"" + std::string(file_name) + "\"")
        .With("cache-control", "no-store");
    if (body) response.stream = std::make_shared<const StreamBody>(std::move(body));
    return response;
}

Response CsvFile(std::string_view file_name, StreamBody body) {
    return AttachedFile(kCsvType, file_name, std::move(body));
}

bool Accepts(const Request& request, std::string_view type) {
    for (const std::string& range : SplitList(request.HeaderValue("accept"), ','))
        if (Trim(std::string_view(range).substr(0, range.find(';'))) == type) return true;
    return false;
}

}  // namespace ostiary
