#pragma once

// How facts are put into words, in the language spoken here (pages/language.h).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/codes.h"
#include "core/model.h"
#include "util/clock.h"
#include "util/config.h"
#include "util/result.h"

namespace ostiary::pages {

// What a notice says after something was done; {0} and {1} stand for its subject and a number.
enum class NoticeKind : std::uint8_t {
    kCodeCreated,
    kCodeCreatedPending,
    kCodeSaved,
    kCodeSwitchedOff,
    kCodeSwitchedOn,
    kCodeDeleted,
    kCodeApproved,
    kCodeRejected,
    kCodeExtended,
    kCodesSwitchedOff,
    kCodesSwitchedOn,
    kCodesSaved,
    kCodesDeleted,
    kCodesPutBack,
    kViewSaved,
    kViewForgotten,
    kCodesMade,
    kTemplateMade,
    kTemplateSaved,
    kTemplateDeleted,
    kCodeAircraftSet,
    kCodeAircraftRemoved,
    kProfileSaved,
    kPasswordChanged,
    kSessionEnded,
    kOtherSessionsEnded,
    kTokenCreated,
    kTokenRevoked,
    kAccessAdded,
    kUserSaved,
    kUserDeactivated,
    kUserReactivated,
    kUserAircraftSet,
    kUserAircraftRemoved,
    kAircraftAdded,
    kAircraftRetired,
    kAircraftSaved,
    kAircraftReturned,
    kPasswordReset,
    kResetLinkWithdrawn,
    kRowAdded,
    kRowSaved,
    kRowRemoved,
    kLoggedOut,
    kRefused,
    kWebhookCreated,
    kWebhookSaved,
    kWebhookSwitchedOff,
    kWebhookSwitchedOn,
    kWebhookSecretMade,
    kWebhookTested,
    kWebhookReplayed,
    kWebhookDeleted,
    kInvitationMailed,
    kPeopleInvited,
    kPeopleReminded,
    kAlertAcknowledged,
    kAlertSnoozed,
    kCodesHandedOver,
    kCodesHandedOverWaiting,
    kCodesPartlyHandedOver,
    kRequestMailed,
    kRequestDeclined,
    kCount
};
std::string NoticeSentence(NoticeKind, std::string_view subject);

// The status as people read it: "Near its limit". Portals may have one word for two
// (core/portals.h).
std::string WordOf(CodeStatus);

std::string Uses(std::int64_t used, const std::optional<std::int64_t>& most);  // "3 / 10", "3 / ∞"
std::string UsesInWords(std::int64_t used,
                        const std::optional<std::int64_t>& most);  // "3 of 10 uses"
std::string Ago(Millis then, Millis now);                          // "2 minutes ago", "in 3 days"
std::string DayInWords(Millis, std::string_view time_zone);        // "13 Oct 2025"
std::string MomentInWords(Millis, std::string_view time_zone);     // "13 Oct 2025, 14:00"
std::string ExpiresIn(int days);  // "expires in 3 days", "expires today"

// "Staff · Cleaning · N12345 pilot"
std::string GrantsInShort(const Catalogue&, std::string_view role, std::string_view task_group,
                          const std::vector<AircraftGrant>&);
std::string RoleLabel(const Catalogue&, std::string_view role);
std::string TaskGroupLabel(const Catalogue&, std::string_view task_group);

// A name of the program's own as a label: "task_group" as "Task group".
std::string Labelled(std::string_view name);

// What events are about, each once, in the order of the events: "code" has the label "Codes". The
// kinds of events begin with its key.
struct EventGroup {
    std::string_view key;
    std::string label;
};
std::vector<EventGroup> EventGroups(const Catalogue&);
std::string AircraftRoleLabel(const Catalogue&, std::string_view role);

// What an invitation is to: "as a pilot of N12345 and an owner of N67890", "as Staff in Cleaning".
std::string InvitedAs(const Catalogue&, const Code&);

// What a deed will do, before it is done.
std::string SwitchOffConsequence(const Code&);
std::string DeleteConsequence(const Code&);
std::string WhyLocked(
    const Code&);  // why a used code cannot be edited here, and what to do instead

// For the error page: what happened, and what to do, where the error itself does not say.
struct ErrorWords {
    std::string title, what, advice;
};
ErrorWords WordsFor(int status);

// An error's sentence in the language spoken here.
std::string Said(const Sentence&);

// The same words ending as a sentence does: errors of the API carry no full stop.
std::string WithFullStop(std::string_view words);

// A code as sentences call it: by its label, or "code 7".
std::string NameOf(const Code&);
std::string NameOfCode(CodeId, std::string_view label);  // which may be core's own "code 7"

// One line of a history: "Ada created this code".
std::string EventSentence(const Event&);

}  // namespace ostiary::pages
