#pragma once

// The shapes of /api/audit/, for the table in contract_shapes_webhooks_templates.cc.

#include <array>

#include "api/contract_answers.h"

namespace ostiary::api {

using enum Kind;
using enum Presence;

// clang-format off
inline constexpr std::array kEventShape = {
    Field{"id",         kWhole,  kAlways, "Its number"},
    Field{"at",         kMoment, kAlways, "When it happened"},
    Field{"kind",       kText,   kAlways, "What happened: a name such as code.created"},
    Field{"actor_id",   kText,   kOrNull, "The account of who did it"},
    Field{"actor",      kText,   kOrNull, "Their username as it was then"},
    Field{"code_id",    kWhole,  kOrNull, "The code it is about"},
    Field{"subject_id", kText,   kOrNull, "The account or thing it is about"},
    Field{"subject",    kText,   kOrNull, "Its name as it was then"},
    Field{"details",    kAnyObject, kAlways, "What goes with it: of a change each field with before and after, of a refusal its reason"},
    Field{"door",       kText,   kAlways, "admin, manager, manage, public, account, api, console or program"},
    Field{"address",    kText,   kOrNull, "Where the request came from"},
    Field{"request_id", kText,   kOrNull, "Of the request"},
    Field{"is_erased",  kFlag,   kAlways, "Whether names, details and address went with a person who was erased"},
};
inline constexpr auto kEventPage = Results("Newest first", "Event", kNextPage, kPageBefore);
inline constexpr std::array kAuditEntry = {
    Field{"entry", kWhole,  kAlways, "Its number in the chain"},
    Field{"event", kWhole,  kAlways, "The event it is about"},
    Field{"at",    kMoment, kOrNull, "When that happened"},
};
inline constexpr std::array kAuditFault = {
    Field{"wrong",    kText,   kAlways, "changed, removed, added, reordered or cut"},
    Field{"entry",    kWhole,  kOrNull, "Its number in the chain"},
    Field{"event",    kWhole,  kOrNull, "The event it is about"},
    Field{"at",       kMoment, kOrNull, "When that happened, as far as it can be believed"},
    Field{"kind",     kText,   kAlways, "The same of what happened"},
    Field{"sentence", kText,   kAlways, "What is wrong"},
};
inline constexpr std::array kAuditVerdict = {
    Field{"is_whole", kFlag,  kAlways, "Whether nothing is wrong"},
    Field{"entries",  kWhole, kAlways, "So many entries were looked at and are good"},
    Field{"waiting",  kWhole, kAlways, "So many events are not linked yet"},
    Field{"erased",   kWhole, kAlways, "From so many entries somebody was erased"},
    Field{"last",     kShape, kOrNull, "The last good entry", "AuditEntry"},
    Field{"anchor",   kShape, kOrNull, "What is remembered of the end outside the database", "AuditEntry"},
    Field{"fault",    kShape, kOrNull, "The first bad entry", "AuditFault"},
};
// clang-format on

}  // namespace ostiary::api
