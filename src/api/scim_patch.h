#pragma once

// PATCH (RFC 7644, 3.5.2), and the ways in which Entra ID and Okta write it.

#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "api/scim_schema.h"

namespace ostiary::scim {

struct Operation {
    enum class Kind { kAdd, kReplace, kRemove };
    Kind kind = Kind::kAdd;
    std::string path;  // empty: the value says where
    boost::json::value value;
};

// The operations of a body, in order. kInvalid scim.invalidSyntax, scim.invalidValue.
Result<std::vector<Operation>> ReadOperations(const boost::json::object& body);

// Does them to a resource as the tables of api/scim_schema.h spell it. What has no path and is not
// known, or is read-only, is left out. kInvalid scim.invalidPath, scim.noTarget, scim.mutability,
// scim.invalidValue, scim.invalidFilter; the resource is then half changed: drop it.
Result<void> Apply(const ResourceType&, const std::vector<Operation>&, boost::json::object&);

}  // namespace ostiary::scim
