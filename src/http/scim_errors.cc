#include "http/scim_errors.h"

#include <algorithm>
#include <boost/json.hpp>

#include "http/respond.h"

namespace ostiary {
namespace {

namespace json = boost::json;

constexpr std::string_view kPrefix = "scim.";

bool IsTaken(std::string_view reason) {
    return reason == "username.taken" || reason == "email.taken";
}

// The word for it, where the RFC has one.
std::string_view WordFor(int status, const Error& error) {
    const std::string_view reason = error.reason;
    if (reason.starts_with(kPrefix) && (status == 400 || status == 409))
        return reason.substr(kPrefix.size());
    if (IsTaken(reason)) return "uniqueness";
    if (reason == "request.malformed") return "invalidSyntax";
    return status == 400 ? "invalidValue" : std::string_view{};
}

json::string_view View(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

bool IsScimPath(std::string_view path) { return path.starts_with("/scim/"); }

int ScimStatusOf(int status, const Error& error) {
    return status == 400 && IsTaken(error.reason) ? 409 : status;
}

std::string ScimErrorBody(int status, const Error& error) {
    std::string detail(error.details.empty() ? TitleOf(status) : std::string_view(error.details));
    for (const FieldError& wrong : error.fields)  // all of them, not the first alone
        if (wrong.message != error.details) detail += "; " + wrong.field + ": " + wrong.message;
    json::object body;
    body["schemas"] = json::array{"urn:ietf:params:scim:api:messages:2.0:Error"};
    body["status"] = std::to_string(status);
    if (const std::string_view word = WordFor(status, error); !word.empty())
        body["scimType"] = View(word);
    body["detail"] = detail;
    return json::serialize(body);
}

}  // namespace ostiary
