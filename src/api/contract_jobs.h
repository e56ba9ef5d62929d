#pragma once

// The shapes of /api/jobs/, for the table in contract_shapes_webhooks_templates.cc.

#include <array>

#include "api/contract_answers.h"

namespace ostiary::api {

using enum Kind;
using enum Presence;

// clang-format off
inline constexpr std::array kJob = {
    Field{"job",           kText,   kAlways, "Its id"},
    Field{"action",        kText,   kAlways, "edit, revoke, reactivate or delete"},
    Field{"state",         kText,   kAlways, "running, undoing, done, cancelled or undone"},
    Field{"matched",       kWhole,  kAlways, "How many codes were meant"},
    Field{"looked_at",     kWhole,  kAlways, "How many of them were dealt with"},
    Field{"changed",       kWhole,  kAlways, "How many of those were changed"},
    Field{"skipped",       kWhole,  kAlways, "How many of those were left alone"},
    Field{"people",        kWhole,  kAlways, "Who had joined with the changed ones"},
    Field{"brought_back",  kWhole,  kAlways, "How many are as they were, since it was undone"},
    Field{"kept",          kWhole,  kAlways, "How many are not, as somebody changed them since"},
    Field{"may_be_undone", kFlag,   kAlways, "At its end, and none that is for good"},
    Field{"trouble",       kText,   kOrNull, "Why it did not come to its end"},
    Field{"created_by",    kText,   kAlways, "A username"},
    Field{"ended_by",      kText,   kOrNull, "Who stopped it or undid it"},
    Field{"created_at",    kMoment, kAlways, ""},
    Field{"updated_at",    kMoment, kAlways, ""},
};
inline constexpr auto kJobPage = Results("Newest first", "Job", kNextPage, kOneWay);
inline constexpr auto kSkippedPage = Results("In the order of their numbers", "SkippedCode", kNextPage, kOneWay);
// clang-format on

}  // namespace ostiary::api
