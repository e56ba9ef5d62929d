#pragma once

// What answers have around the thing they are about, as fields of the contract.

#include <array>
#include <string_view>

#include "api/contract.h"

namespace ostiary::api {

// What was done: Tell() writes it.
constexpr std::array<Field, 3> Told(std::string_view about, std::string_view shape) {
    return {{{"success", Kind::kFlag, Presence::kAlways, "true"},
             {"message", Kind::kText, Presence::kAlways, "What was done, as a sentence"},
             {"data", Kind::kShape, Presence::kAlways, about, shape}}};
}

constexpr std::array<Field, 3> Results(std::string_view about, std::string_view shape,
                                       std::string_view next, std::string_view previous) {
    return {{{"results", Kind::kShapes, Presence::kAlways, about, shape},
             {"next", Kind::kText, Presence::kOrNull, next},
             {"previous", Kind::kText, Presence::kOrNull, previous}}};
}

constexpr std::string_view kNextPage = "The cursor of the page after this one",
                           kPageBefore = "The cursor of the page before this one",
                           kOneWay = "null: this list is read forwards",
                           kAllThere = "null: all are on one page";

}  // namespace ostiary::api
