#pragma once

// What the resources of SCIM are made of (RFC 7643): the tables from which bodies are read, filters
// and patches are understood, and /Schemas is told. What is not in them is not kept.

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "api/scim_filter.h"
#include "util/config.h"
#include "util/result.h"

namespace ostiary::scim {

enum class Type : std::uint8_t { kText, kFlag, kMoment, kReference, kComplex };
enum class Traits : std::uint8_t {
    kNone = 0,
    kMany = 1,       // a list of them
    kRequired = 2,   //
    kExactCase = 4,  // compared letter by letter
    kReadOnly = 8,   // what a client says of it is not listened to
    kAlways = 16,    // told even where it is not asked for
    kUnique = 32,    // no two resources have the same
    kClosed = 64     // one of what the catalogue has
};
constexpr Traits operator|(Traits a, Traits b) {
    return static_cast<Traits>(static_cast<int>(a) | static_cast<int>(b));
}

struct Attribute {
    std::string_view name;
    Type type = Type::kText;
    Traits traits = Traits::kNone;
    std::string_view about;
    std::span<const Attribute> subs = {};

    constexpr bool Is(Traits one) const {
        return (static_cast<int>(traits) & static_cast<int>(one)) != 0;
    }
    bool many() const { return Is(Traits::kMany); }
    const Attribute* Sub(std::string_view sub_name) const;  // in any case; null: none
};

struct Schema {
    std::string_view urn, name, about;
    std::span<const Attribute> attributes;

    const Attribute* Find(std::string_view attribute_name) const;
};

inline constexpr std::string_view kUserUrn = "urn:ietf:params:scim:schemas:core:2.0:User";
inline constexpr std::string_view kGroupUrn = "urn:ietf:params:scim:schemas:core:2.0:Group";
inline constexpr std::string_view kEnterpriseUrn =
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
inline constexpr std::string_view kAccessUrn = "urn:ostiary:params:scim:schemas:1.0:Access";

// A resource: its own schema first, extensions after.
struct ResourceType {
    std::string_view name, endpoint, about;
    std::span<const Schema* const> schemas;
};
const ResourceType& UserType();
const ResourceType& GroupType();
std::span<const Schema* const> AllSchemas();

// Where an attribute stands in a resource: in an extension or, with no urn, at its root. Without an
// attribute it is all of an extension; with a sub it is within the attribute.
struct Place {
    std::string_view urn;
    const Attribute* attribute = nullptr;
    const Attribute* sub = nullptr;

    const Attribute* leaf() const { return sub ? sub : attribute; }
};
// Names in any case, the URN forgiven where there is no doubt. Nothing if there is no such.
std::optional<Place> FindPlace(const ResourceType&, const AttributePath&);

// A refusal with its scimType: "scim." and the word. Its status is that of the kind.
Error Refused(std::string_view word, std::string what, ErrorKind kind = ErrorKind::kInvalid);
// A member of an object, its name in any case; null: none.
const boost::json::value* Member(const boost::json::object&, std::string_view name);
bool IsPrimary(const boost::json::value&);  // of several: the one that counts

// What may be said of a value where only one of a few is meant: "true" or "True" of a flag, one
// value of a list, the value alone of something with parts. kInvalid scim.invalidValue, which names
// the attribute.
Result<boost::json::value> ReadValue(const Attribute&, std::string_view name,
                                     const boost::json::value&);
// A body as the tables spell it: names in any case; what is unknown or read-only is left out.
Result<boost::json::object> ReadResource(const ResourceType&, const boost::json::object&);
// kInvalid where a list, but for that of members, would have more values than anybody needs.
Result<void> CheckSize(const Attribute&, std::size_t values);

boost::json::object Describe(const Schema&, const Catalogue&);
boost::json::object Describe(const ResourceType&, std::string_view base);

}  // namespace ostiary::scim
