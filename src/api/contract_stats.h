#pragma once

// The shapes of /api/stats/, for the table in contract_shapes.cc.

#include <array>

#include "api/contract.h"

namespace ostiary::api {

using enum Kind;
using enum Presence;

// clang-format off
inline constexpr std::array kPeriod = {
    Field{"from",      kText, kAlways, "The first day"},
    Field{"to",        kText, kAlways, "The last day"},
    Field{"time_zone", kText, kAlways, "Where these are days"},
};
inline constexpr std::array kCodeFigures = {
    Field{"total",     kWhole, kAlways, "Codes that are not deleted"},
    Field{"usable",    kWhole, kAlways, "Of these, somebody could redeem now"},
    Field{"used",      kWhole, kAlways, "Of these, somebody has redeemed"},
    Field{"expired",   kWhole, kAlways, "Their time is over"},
    Field{"exhausted", kWhole, kAlways, "All their uses are taken"},
    Field{"inactive",  kWhole, kAlways, "Switched off"},
    Field{"pending",   kWhole, kAlways, "Waiting for approval"},
    Field{"scheduled", kWhole, kAlways, "Not started yet"},
};
inline constexpr std::array kTallied = {
    Field{"joined",   kWhole, kAlways, "People who registered, or added access to their account"},
    Field{"redeemed", kWhole, kAlways, "Uses by other applications, for people of their own"},
    Field{"refused",  kWhole, kAlways, "Registrations that were refused"},
    Field{"created",  kWhole, kAlways, "Codes that were made"},
};
inline constexpr std::array kStatsOverview = {
    Field{"period",             kShape, kAlways, "What was counted", "StatsPeriod"},
    Field{"codes",              kShape, kAlways, "As they are now", "StatsCodes"},
    Field{"usage_percent",      kWhole, kOrNull, "Of a hundred codes, so many were used; null: there are no codes"},
    Field{"expiry_percent",     kWhole, kOrNull, "Of a hundred codes, so many have expired"},
    Field{"ending",             kWhole, kAlways, "Usable codes that end within 7 days"},
    Field{"ending_is_at_least", kFlag,  kAlways, "true where counting stopped early"},
    Field{"sum",                kShape, kAlways, "In the period", "StatsSum"},
    Field{"sum_before",         kShape, kAlways, "In as many days before it", "StatsSum"},
};
inline constexpr std::array kReasonCount = {
    Field{"reason", kText,  kAlways, "Why, for programs"},
    Field{"count",  kWhole, kAlways, "How often"},
};
inline constexpr std::array kStatsRegistrations = {
    Field{"period",          kShape,  kAlways, "What was counted", "StatsPeriod"},
    Field{"joined",          kWhole,  kAlways, "People who got in"},
    Field{"refused",         kWhole,  kAlways, "Attempts that were refused"},
    Field{"success_percent", kWhole,  kOrNull, "Of a hundred attempts, so many succeeded; null: there were none"},
    Field{"reasons",         kShapes, kAlways, "Why the others did not, most frequent first", "StatsReason"},
};
inline constexpr std::array kStatsShare = {
    Field{"name",  kText,  kAlways, "The role, or the task group"},
    Field{"codes", kShape, kAlways, "As they are now", "StatsCodes"},
    Field{"sum",   kShape, kAlways, "In the period", "StatsSum"},
};
inline constexpr std::array kStatsShares = {
    Field{"period",  kShape,  kAlways, "What was counted", "StatsPeriod"},
    Field{"results", kShapes, kAlways, "One for each", "StatsShare"},
};
inline constexpr std::array kStatsDay = {
    Field{"day", kText,  kAlways, "As 2026-11-21"},
    Field{"sum", kShape, kAlways, "On that day", "StatsSum"},
};
inline constexpr std::array kStatsHour = {
    Field{"weekday", kWhole, kAlways, "1 is Monday, 7 is Sunday"},
    Field{"hour",    kWhole, kAlways, "0 to 23, in the period's time zone"},
    Field{"uses",    kWhole, kAlways, "By people and applications"},
};
inline constexpr std::array kStatsUsage = {
    Field{"period", kShape,  kAlways, "What was counted", "StatsPeriod"},
    Field{"days",   kShapes, kAlways, "Each day of the period", "StatsDay"},
    Field{"hours",  kShapes, kAlways, "Hours of the week in which there was any use", "StatsHour"},
};
inline constexpr std::array kStatsFunnel = {
    Field{"codes",             kWhole, kAlways, "How many codes were looked at"},
    Field{"codes_is_at_least", kFlag,  kAlways, "true where there are more, and the oldest were looked at"},
    Field{"mailed",            kWhole, kAlways, "Codes whose invitation was sent as a mail"},
    Field{"previews",          kWhole, kAlways, "Looks by programs that show or check links"},
    Field{"opened",            kWhole, kAlways, "Browsers that opened the invitation"},
    Field{"started",           kWhole, kAlways, "Of these, in which somebody began to register"},
    Field{"joined",            kWhole, kAlways, "Uses"},
    Field{"settled",           kWhole, kAlways, "People who joined a week ago or earlier and have their account still; at most 20,000 are looked at"},
    Field{"stayed",            kWhole, kAlways, "Of these, who were there a week after they joined, or later"},
};
// clang-format on

}  // namespace ostiary::api
