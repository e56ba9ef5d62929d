#pragma once

// What a source says of a person, as texts: of a row, of when it was last applied, and of somebody
// who is here. For core/pulls*.cc.

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/pulls_model.h"
#include "core/scim.h"

namespace ostiary {

namespace pull {
inline constexpr std::string_view kUserName = "user_name", kName = "name", kEmail = "email",
                                  kRole = "role", kTaskGroup = "task_group",
                                  kAircraftRoles = "aircraft_roles", kActive = "active";
inline constexpr std::string_view kYes = "yes", kNo = "no";
// In the order in which they are shown.
inline constexpr std::array kFields = {kName,      kEmail,         kUserName, kRole,
                                       kTaskGroup, kAircraftRoles, kActive};
}  // namespace pull

// Field → text. What is absent is not said.
using PullWords = std::map<std::string, std::string, std::less<>>;
std::string_view WordOf(const PullWords&, std::string_view field);  // empty where it is absent

struct PullDifference {
    std::string field, before, after;

    bool operator==(const PullDifference&) const = default;
};

// What is kept of a change.
struct PullBody {
    std::string key;       // what the source calls them
    bool has_id = false;   // the key is an id, and not their address
    std::string replaces;  // the hash of what it called them before; empty: nothing
    std::string name, email;
    PullWords words;  // of the row; of whoever stands in it no more, none
    std::vector<PullDifference> differences;
};
std::string PackBody(const PullBody&);
PullBody UnpackBody(std::string_view);
std::string PackWords(const PullWords&);
PullWords UnpackWords(std::string_view);

std::string PullHash(const World&, std::string_view key);

PullWords WordsOf(const ScimPerson&, Millis now);
// "N12345:pilot, N777:mechanic", in order.
std::string AircraftWords(std::vector<std::pair<std::string, std::string>>);

// Where the source says something else than what is, and has not said it before: what was changed
// here since then stays.
std::vector<PullDifference> DifferencesOf(const PullWords& row, const PullWords& said,
                                          const PullWords& is);
PullKind KindOf(const std::vector<PullDifference>&);  // kLeave or kChange

// What is wished for by it.
ScimWish WishOf(const PullBody&);
ScimWish WishOf(const std::vector<PullDifference>&, const PullWords& is);

}  // namespace ostiary
