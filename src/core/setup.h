#pragma once

// The first minutes of an installation.

#include <optional>
#include <string>
#include <vector>

#include "core/world.h"

namespace ostiary {

// A one-time registration link that makes the first superuser, while there is none; the same link
// each time until it is used or has expired. Nothing once a superuser exists.
std::optional<std::string> FirstSuperuserLink(World&);

// There is a superuser now: the link above must let nobody else in. Part of the transaction that
// makes one.
void RetireFirstSuperuserLink(Work&, Millis now);

// People, aircraft and codes to play with, once; says who can log in with which password.
struct DemoPerson {
    std::string username, password, about;
};
std::vector<DemoPerson> FillDemo(World&);

}  // namespace ostiary
