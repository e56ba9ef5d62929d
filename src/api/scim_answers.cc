#include "api/scim_answers.h"

#include <fmt/format.h>

#include <algorithm>

#include "http/json_body.h"
#include "http/scim_errors.h"
#include "util/text.h"

namespace ostiary::scim {
namespace {

namespace json = boost::json;

constexpr std::int64_t kFarthest = 10'000'000;

Result<std::int64_t> NumberOf(std::string_view name, std::string_view text) {
    const auto number = ParseInt(Trim(text));
    if (!number) return Refused("invalidValue", fmt::format("{} is a whole number", name));
    return std::clamp<std::int64_t>(*number, 0, kFarthest);
}

Result<void> Fill(Question& question, std::string_view name, std::string_view value) {
    if (SameName(name, "filter")) {
        question.filter_text = value;
        if (!Trim(value).empty()) question.filter = TRY(ParseFilter(value));
    } else if (SameName(name, "sortBy")) {
        question.sort_by = value;
    } else if (SameName(name, "sortOrder")) {
        if (!SameName(value, "ascending") && !SameName(value, "descending"))
            return Refused("invalidValue", "sortOrder is ascending or descending");
        question.sort_order =
            SameName(value, "descending") ? SortOrder::kDescending : SortOrder::kAscending;
    } else if (SameName(name, "startIndex")) {
        question.start_index =
            static_cast<std::size_t>(std::max<std::int64_t>(TRY(NumberOf(name, value)), 1));
    } else if (SameName(name, "count")) {
        question.count =
            std::min(static_cast<std::size_t>(TRY(NumberOf(name, value))), kLargestPage);
    } else if (SameName(name, "attributes")) {
        question.attributes = value;
    } else if (SameName(name, "excludedAttributes")) {
        question.excluded_attributes = value;
    }  // what else is there is another server's
    return {};
}

// A list of names in a .search, or one text with commas.
std::string TextOf(const json::value& value) {
    if (value.is_string()) return std::string(value.get_string());
    if (const auto* list = value.if_array()) {
        std::vector<std::string> names;
        for (const json::value& one : *list)
            if (one.is_string()) names.emplace_back(one.get_string());
        return Join(names, ",");
    }
    return json::serialize(value);
}

std::string_view Strong(std::string_view tag) {
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    return tag;
}

bool Names(std::string_view header, std::string_view version) {
    return std::ranges::any_of(SplitList(header, ','), [&](const std::string& tag) {
        return tag == "*" || Strong(tag) == Strong(version);
    });
}

}  // namespace

Result<Question> QuestionOf(const Request& request) {
    Question question;
    const Fields query = request.Query();
    for (const auto& [name, value] : query.all()) TRY(Fill(question, name, value));
    return question;
}

Result<Question> SearchOf(const Request& request) {
    Question question;
    for (const auto& [key, value] : TRY(BodyOf(request)))
        if (!value.is_null() && !SameName(key, "schemas")) TRY(Fill(question, key, TextOf(value)));
    return question;
}

Projection ProjectionOf(const Request& request, const ResourceType& type) {
    const Fields query = request.Query();
    std::string_view only, without;
    for (const auto& [name, value] : query.all()) {
        if (SameName(name, "attributes")) only = value;
        if (SameName(name, "excludedAttributes")) without = value;
    }
    return ReadProjection(type, only, without);
}

Result<Found> PageOf(const ResourceType& type, const Question& question,
                     std::vector<json::object> fitting) {
    Found found;
    found.total = static_cast<std::int64_t>(fitting.size());
    if (!question.sort_by.empty()) {
        const auto place = FindPlace(type, TRY(ParseAttributePath(question.sort_by)));
        if (!place || !place->attribute)
            return Refused("invalidPath",
                           fmt::format("There is no attribute {}", question.sort_by));
        Sort(type, *place, question.sort_order, fitting);
    }
    const Projection projection =
        ReadProjection(type, question.attributes, question.excluded_attributes);
    for (std::size_t i = question.start_index - 1;
         i < fitting.size() && found.resources.size() < question.count; ++i)
        found.resources.push_back(Project(projection, std::move(fitting[i])));
    return found;
}

Response ShowFound(const Question& question, const Found& found) {
    json::object body;
    body["schemas"] = json::array{"urn:ietf:params:scim:api:messages:2.0:ListResponse"};
    body["totalResults"] = found.total;
    body["startIndex"] = question.start_index;
    body["itemsPerPage"] = found.resources.size();
    json::array resources;
    for (const json::object& one : found.resources) resources.push_back(one);
    body["Resources"] = std::move(resources);
    return Show(200, body);
}

Response Show(int status, const json::object& body) {
    Response response = Json(status, json::serialize(body));
    response.content_type = kScimType;
    return response;
}

Response ShowResource(const Request& request, const ResourceType& type, int status,
                      const json::object& resource) {
    const std::string version = VersionOf(resource);
    const bool only_looks = request.method == Method::kGet || request.method == Method::kHead;
    Response response;
    if (only_looks && Names(request.HeaderValue("if-none-match"), version)) {
        response.status = 304;
        response.content_type.clear();
    } else {
        response = Show(status, Project(ProjectionOf(request, type), resource));
        const json::string& location = resource.at("meta").at("location").as_string();
        response.With(status == 201 ? "location" : "content-location", std::string(location));
    }
    return std::move(response.With("ETag", version));
}

Response NoContent() {
    Response gone;
    gone.status = 204;
    gone.content_type.clear();
    return gone;
}

Result<void> CheckIfMatch(const Request& request, const json::object& resource) {
    const std::string_view wanted = request.HeaderValue("if-match");
    if (wanted.empty() || Names(wanted, VersionOf(resource))) return {};
    return Error{ErrorKind::kStale, "scim.changed", "Changed meanwhile",
                 "Somebody changed this meanwhile; read it again"};
}

Result<json::object> BodyOf(const Request& request) { return ReadJsonBody(request); }

}  // namespace ostiary::scim
