#pragma once

// People as resources of SCIM, and back.

#include <boost/json/object.hpp>
#include <string>

#include "api/scim_schema.h"
#include "core/scim.h"

namespace ostiary::scim {

// The address that locations begin with.
std::string BaseOf(const Config&);
std::string LocationOf(const Config&, const ResourceType&, std::string_view id);

// The whole resource, with meta and its version.
boost::json::object UserResource(const World&, const ScimPerson&);
// What of it a directory may change, in the same spelling: what a PATCH works on.
boost::json::object WritableOf(const ScimPerson&, Millis now);

// What they shall be by a body of POST or PUT, or by what a PATCH made of WritableOf. kInvalid
// scim.invalidValue. With kWhole, what is not said is cleared, but for access and `active`.
enum class Said : std::uint8_t { kNew, kWhole };
Result<ScimWish> WishOf(const boost::json::object& resource, Said);

// ── Roles and task groups ──────────────────────────────────────────────────────────────────────

struct Group {
    enum class Of : std::uint8_t { kRole, kTaskGroup };
    Of of = Of::kRole;
    std::string name, label;  // of the catalogue

    std::string id() const;
    bool Has(const ScimPerson&) const;
};
std::vector<Group> GroupsOf(const Catalogue&);
boost::json::object GroupResource(const World&, const Group&,
                                  const std::vector<ScimPerson>& members);

// W/"…": the same as long as the resource looks the same.
void AddVersion(const World&, boost::json::object& resource);
std::string VersionOf(const boost::json::object& resource);

}  // namespace ostiary::scim
