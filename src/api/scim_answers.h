#pragma once

// What the calls of SCIM have in common.

#include <boost/json.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/scim_match.h"
#include "api/scim_people.h"
#include "http/message.h"

namespace ostiary::scim {

inline constexpr std::size_t kLargestPage = 200, kUsualPage = 100;

// What a list is asked for, by a query or by the body of a .search.
struct Question {
    std::optional<Filter> filter;
    std::string filter_text;
    std::string sort_by;
    SortOrder sort_order = SortOrder::kAscending;
    std::size_t start_index = 1, count = kUsualPage;
    std::string attributes, excluded_attributes;
};
Result<Question> QuestionOf(const Request&);  // of GET
Result<Question> SearchOf(const Request&);    // of POST .search
Projection ProjectionOf(const Request&, const ResourceType&);

// A page of what was found; `total` is how many there are.
struct Found {
    std::vector<boost::json::object> resources;
    std::int64_t total = 0;
};
Response ShowFound(const Question&, const Found&);
// Of all that fit, sorted if that was asked for, the page.
Result<Found> PageOf(const ResourceType&, const Question&,
                     std::vector<boost::json::object> fitting);

Response Show(int status, const boost::json::object& body);
// With its ETag; 304 where a GET names in If-None-Match what the client has already.
Response ShowResource(const Request&, const ResourceType&, int status,
                      const boost::json::object& resource);
Response NoContent();

// kStale where If-Match names another version than this.
Result<void> CheckIfMatch(const Request&, const boost::json::object& resource);

// The body as an object.
Result<boost::json::object> BodyOf(const Request&);

}  // namespace ostiary::scim
