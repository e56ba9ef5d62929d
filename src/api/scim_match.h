#pragma once

// What filters mean: which resources fit, how they are sorted, what of them is told.

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/scim_schema.h"
#include "core/scim_model.h"

namespace ostiary::scim {

// kInvalid scim.invalidFilter where an attribute is not known, or cannot be compared like that.
Result<void> CheckFilter(const ResourceType&, const Filter&);

// A filter that was checked. What a resource lacks equals nothing but null; of several values one
// that fits is enough, and `ne` is the contrary of `eq`.
bool Fits(const ResourceType&, const boost::json::object& resource, const Filter&);
// The same of one value of a list: what stands in brackets.
bool FitsWithin(const Attribute&, const boost::json::value& one, const Filter&);
// Whether the filter in brackets can be asked of such a value.
Result<void> CheckWithin(const Attribute&, const Filter&);

// The equality that finds whoever fits by index, where the filter has one that all must fit; of
// people.
std::optional<ScimLookup> LookupIn(const ResourceType&, const Filter&);

// By the first value of the attribute, or the primary one; what has none stands last.
enum class SortOrder : std::uint8_t { kAscending, kDescending };
void Sort(const ResourceType&, const Place& by, SortOrder, std::vector<boost::json::object>&);

// Which attributes are told: those asked for, or all but some; schemas and id always.
struct Projection {
    bool lists = false;  // only some were asked for
    std::vector<Place> only, without;

    bool Tells(std::string_view root_attribute) const;  // such as "groups"
};
// Names that are not known mean nothing.
Projection ReadProjection(const ResourceType&, std::string_view attributes,
                          std::string_view excluded_attributes);
boost::json::object Project(const Projection&, boost::json::object resource);

const boost::json::value* ValueAt(const boost::json::object& resource, const Place&);

}  // namespace ostiary::scim
