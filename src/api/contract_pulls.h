#pragma once

// The shapes of /api/pulls/, for the table in contract_shapes_webhooks_templates.cc.

#include <array>

#include "api/contract.h"
#include "api/contract_answers.h"

namespace ostiary::api {

using enum Kind;
using enum Presence;

// clang-format off
inline constexpr std::array kPull = {
    Field{"id",                 kText,   kAlways, ""},
    Field{"state",              kText,   kAlways, "fetching, waiting, applying, applied, same, superseded, discarded or failed"},
    Field{"source",             kText,   kAlways, "Where it came from; what stands behind a question mark is left out"},
    Field{"rows",               kWhole,  kAlways, "Of the file"},
    Field{"wrong",              kWhole,  kAlways, "Of these"},
    Field{"known",              kWhole,  kAlways, "People who had come from the source before and had not left"},
    Field{"leave",              kWhole,  kAlways, "People who would leave, or left"},
    Field{"change",             kWhole,  kAlways, "People of whom something differs"},
    Field{"link",               kWhole,  kAlways, "People who are here already, and would belong to the source"},
    Field{"invite",             kWhole,  kAlways, "People who are new"},
    Field{"done",               kWhole,  kAlways, "Of all these"},
    Field{"failed",             kWhole,  kAlways, "The same"},
    Field{"must_count_leavers", kFlag,   kAlways, "Whether expected_leavers must be said to apply it"},
    Field{"trouble",            kText,   kOrNull, "Why it failed, or waits"},
    Field{"asked_by",           kText,   kOrNull, "null: it was time"},
    Field{"ended_by",           kText,   kOrNull, "Who applied or discarded it"},
    Field{"created_at",         kMoment, kAlways, ""},
    Field{"updated_at",         kMoment, kAlways, ""},
    Field{"errors",             kShapes, kSometimes, "Of one pull alone: what is wrong with which row, at most 1000", "ImportError"},
};
inline constexpr std::array kPullField = {
    Field{"field",  kText, kAlways, "name, email, user_name, role, task_group, aircraft_roles or active"},
    Field{"before", kText, kAlways, "What is here; empty: nothing"},
    Field{"after",  kText, kAlways, "What the source says"},
};
inline constexpr std::array kPullChange = {
    Field{"place",   kWhole,  kAlways, "From 1 on, leavers first"},
    Field{"kind",    kText,   kAlways, "leave, change, link or invite"},
    Field{"key",     kText,   kOrNull, "What the source calls them; null: it stands in the file no more"},
    Field{"name",    kText,   kOrNull, ""},
    Field{"email",   kText,   kOrNull, ""},
    Field{"person",  kText,   kOrNull, "Their id over SCIM; null: they are not invited yet"},
    Field{"fields",  kShapes, kAlways, "What differs", "PullField"},
    Field{"outcome", kText,   kAlways, "open, done or failed"},
    Field{"reason",  kText,   kOrNull, "Why it failed"},
};
inline constexpr std::array kPullApply = {
    Field{"expected_leavers", kWholeOrText, kSometimes, "How many will leave; another number is refused"},
    Field{"good_rows_only",   kFlag,        kSometimes, "Although other rows are wrong"},
};
// clang-format on
inline constexpr auto kPullAnswer = Told("The pull as it is now", "Pull");
inline constexpr auto kPullPage = Results("Newest first", "Pull", kNextPage, kOneWay);
inline constexpr auto kPullChangePage = Results("Leavers first", "PullChange", kNextPage, kOneWay);

}  // namespace ostiary::api
