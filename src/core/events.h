#pragma once

// What is remembered. Every verb that changes something appends exactly one event in its own
// transaction; the audit log, webhooks, mail, live updates and reports are readers of that table.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/origin.h"
#include "util/clock.h"

namespace ostiary {

enum class EventKind : std::uint8_t {
    kCodeCreated,
    kCodeEdited,
    kCodeRevoked,
    kCodeReactivated,
    kCodeDeleted,
    kCodeApproved,
    kCodeRejected,
    kCodeHeld,
    kCodesExported,
    kCodeRedeemed,
    kRegistrationRefused,
    kAccountRegistered,
    kAccountCreated,
    kAccountEdited,
    kAccountDeactivated,
    kAccountReactivated,
    kPasswordChanged,
    kAccessAdded,
    kLoggedIn,
    kLoginRefused,
    kLoggedOut,
    kSessionEnded,
    kTokenCreated,
    kTokenRevoked,
    kTemplateCreated,
    kTemplateEdited,
    kTemplateDeleted,
    kAircraftAdded,
    kAircraftEdited,
    kAircraftRetired,
    kAircraftReturned,
    kAircraftDeleted,
    kAccountDeleted,
    kResetLinkMade,
    kResetLinkWithdrawn,
    kResetAsked,
    kResetRefused,
    kDatabaseMigrated,
    kWebhookCreated,
    kWebhookEdited,
    kWebhookSecretRotated,
    kWebhookDeleted,
    kWebhookTested,
    kWebhookReplayed,
    kWebhookDisabled,
    kAccountErased,
    kAuditRead,
    kAuditExported,
    kAuditVerified,
    kAuditAccepted,
    kCodeMailed,
    kMailSent,
    kMailFailed,
    kAlertRaised,
    kAlertAcknowledged,
    kAlertSnoozed,
    kUsersExported,
    kUsageExported,
    kCodesImported,
    kImportUndone,
    kRecalled,
    kRecallUndone,
    kCodeHandedOver,
    kInvitationAsked,
    kRequestAccepted,
    kRequestDeclined,
    kCodesChanged,
    kBulkCancelled,
    kBulkUndone,
    kPullWaiting,
    kPullFailed,
    kPullApplied,
    kPullDiscarded,
    kCount
};

struct EventRow {
    EventKind kind;
    std::string_view name;      // stable and public: webhooks and the audit log carry it
    std::string_view sentence;  // {actor} and {subject} are filled in
};

// clang-format off
inline constexpr std::array kEventRows = {
    EventRow{EventKind::kCodeCreated,         "code.created",          "{actor} created {subject}"},
    EventRow{EventKind::kCodeEdited,          "code.edited",           "{actor} changed {subject}"},
    EventRow{EventKind::kCodeRevoked,         "code.revoked",          "{actor} revoked {subject}"},
    EventRow{EventKind::kCodeReactivated,     "code.reactivated",      "{actor} reactivated {subject}"},
    EventRow{EventKind::kCodeDeleted,         "code.deleted",          "{actor} deleted {subject}"},
    EventRow{EventKind::kCodeApproved,        "code.approved",         "{actor} approved {subject}"},
    EventRow{EventKind::kCodeRejected,        "code.rejected",         "{actor} rejected {subject}"},
    EventRow{EventKind::kCodeHeld,            "code.held",             "{subject} waits for approval: its creator may no longer grant it"},
    EventRow{EventKind::kCodesExported,       "codes.exported",        "{actor} exported {subject}"},
    EventRow{EventKind::kCodeRedeemed,        "code.redeemed",         "{actor} redeemed {subject}"},
    EventRow{EventKind::kRegistrationRefused, "registration.refused",  "Somebody could not register"},
    EventRow{EventKind::kAccountRegistered,   "account.registered",    "{actor} joined with {subject}"},
    EventRow{EventKind::kAccountCreated,      "account.created",       "{actor} made the account {subject}"},
    EventRow{EventKind::kAccountEdited,       "account.edited",        "{actor} changed the account {subject}"},
    EventRow{EventKind::kAccountDeactivated,  "account.deactivated",   "{actor} deactivated {subject}"},
    EventRow{EventKind::kAccountReactivated,  "account.reactivated",   "{actor} reactivated {subject}"},
    EventRow{EventKind::kPasswordChanged,     "password.changed",      "{actor} set a new password for {subject}"},
    EventRow{EventKind::kAccessAdded,         "access.added",          "{actor} added access with {subject}"},
    EventRow{EventKind::kLoggedIn,            "session.started",       "{actor} logged in"},
    EventRow{EventKind::kLoginRefused,        "session.refused",       "A log-in as {subject} was refused"},
    EventRow{EventKind::kLoggedOut,           "session.ended",         "{actor} logged out"},
    EventRow{EventKind::kSessionEnded,        "session.revoked",       "{actor} ended a session of {subject}"},
    EventRow{EventKind::kTokenCreated,        "token.created",         "{actor} made a token for {subject}"},
    EventRow{EventKind::kTokenRevoked,        "token.revoked",         "{actor} revoked a token of {subject}"},
    EventRow{EventKind::kTemplateCreated,     "template.created",      "{actor} made the template {subject}"},
    EventRow{EventKind::kTemplateEdited,      "template.edited",       "{actor} changed the template {subject}"},
    EventRow{EventKind::kTemplateDeleted,     "template.deleted",      "{actor} deleted the template {subject}"},
    EventRow{EventKind::kAircraftAdded,       "aircraft.added",        "{actor} added {subject}"},
    EventRow{EventKind::kAircraftEdited,      "aircraft.edited",       "{actor} changed {subject}"},
    EventRow{EventKind::kAircraftRetired,     "aircraft.retired",      "{actor} retired {subject}"},
    EventRow{EventKind::kAircraftReturned,    "aircraft.returned",     "{actor} brought {subject} back into service"},
    EventRow{EventKind::kAircraftDeleted,     "aircraft.deleted",      "{actor} deleted {subject}"},
    EventRow{EventKind::kAccountDeleted,      "account.deleted",       "{actor} deleted the account {subject}"},
    EventRow{EventKind::kResetLinkMade,       "password.reset_link",   "{actor} made a password reset link for {subject}"},
    EventRow{EventKind::kResetLinkWithdrawn,  "password.reset_withdrawn", "{actor} withdrew the password reset link of {subject}"},
    EventRow{EventKind::kResetAsked,          "password.reset_asked",  "Somebody asked for a new password for {subject}"},
    EventRow{EventKind::kResetRefused,        "password.reset_refused", "A password reset link was refused"},
    EventRow{EventKind::kDatabaseMigrated,    "database.migrated",     "The program moved the database to a newer layout"},
    EventRow{EventKind::kWebhookCreated,      "webhook.created",       "{actor} made the webhook {subject}"},
    EventRow{EventKind::kWebhookEdited,       "webhook.edited",        "{actor} changed the webhook {subject}"},
    EventRow{EventKind::kWebhookSecretRotated, "webhook.secret_rotated", "{actor} gave the webhook {subject} a new secret"},
    EventRow{EventKind::kWebhookDeleted,      "webhook.deleted",       "{actor} deleted the webhook {subject}"},
    EventRow{EventKind::kWebhookTested,       "webhook.tested",        "{actor} tested the webhook {subject}"},
    EventRow{EventKind::kWebhookReplayed,     "webhook.replayed",      "{actor} sent events to the webhook {subject} again"},
    EventRow{EventKind::kWebhookDisabled,     "webhook.disabled",      "The webhook {subject} was switched off: it did not take what was sent"},
    EventRow{EventKind::kAccountErased,       "account.erased",        "{actor} erased a person: name, address and details are gone from the log"},
    EventRow{EventKind::kAuditRead,           "audit.read",            "{actor} looked into the audit log"},
    EventRow{EventKind::kAuditExported,       "audit.exported",        "{actor} exported the audit log"},
    EventRow{EventKind::kAuditVerified,       "audit.verified",        "{actor} looked whether the audit log is whole"},
    EventRow{EventKind::kAuditAccepted,       "audit.accepted",        "{actor} took the audit log as it was, though its end had changed"},
    EventRow{EventKind::kCodeMailed,          "code.mailed",           "{actor} had the invitation {subject} mailed"},
    EventRow{EventKind::kMailSent,            "mail.sent",             "A mail about {subject} was sent"},
    EventRow{EventKind::kMailFailed,          "mail.failed",           "A mail about {subject} could not be sent"},
    EventRow{EventKind::kAlertRaised,         "alert.raised",          "An alert was raised about {subject}"},
    EventRow{EventKind::kAlertAcknowledged,   "alert.acknowledged",    "{actor} acknowledged the alert about {subject}"},
    EventRow{EventKind::kAlertSnoozed,        "alert.snoozed",         "{actor} snoozed the alert about {subject}"},
    EventRow{EventKind::kUsersExported,       "accounts.exported",     "{actor} exported the list of users"},
    EventRow{EventKind::kUsageExported,       "usage.exported",        "{actor} exported who used which code"},
    EventRow{EventKind::kCodesImported,       "codes.imported",        "{actor} imported {subject}"},
    EventRow{EventKind::kImportUndone,        "codes.import_undone",   "{actor} took back an import of {subject}"},
    EventRow{EventKind::kRecalled,            "recall.run",            "{actor} recalled what came of {subject}"},
    EventRow{EventKind::kRecallUndone,        "recall.undone",         "{actor} undid a recall of {subject}"},
    EventRow{EventKind::kCodeHandedOver,      "code.handed_over",      "{actor} handed {subject} over"},
    EventRow{EventKind::kInvitationAsked,     "request.asked",         "Somebody asked for an invitation, request {subject}"},
    EventRow{EventKind::kRequestAccepted,     "request.accepted",      "{actor} accepted the request {subject} for an invitation"},
    EventRow{EventKind::kRequestDeclined,     "request.declined",      "{actor} declined the request {subject} for an invitation"},
    EventRow{EventKind::kCodesChanged,        "codes.changed",         "{actor} changed {subject} at once"},
    EventRow{EventKind::kBulkCancelled,       "codes.change_stopped",  "{actor} stopped a change of {subject}"},
    EventRow{EventKind::kBulkUndone,          "codes.change_undone",   "{actor} undid a change of {subject}"},
    EventRow{EventKind::kPullWaiting,         "pull.waiting",          "A pull of people waits to be applied: {subject}"},
    EventRow{EventKind::kPullFailed,          "pull.failed",           "A pull of people failed"},
    EventRow{EventKind::kPullApplied,         "pull.applied",          "{actor} applied a pull of people: {subject}"},
    EventRow{EventKind::kPullDiscarded,       "pull.discarded",        "{actor} discarded a pull of people: {subject}"},
};
// clang-format on

consteval bool EveryEventHasOneRowInOrder() {
    if (kEventRows.size() != static_cast<std::size_t>(EventKind::kCount)) return false;
    for (std::size_t i = 0; i < kEventRows.size(); ++i)
        if (static_cast<std::size_t>(kEventRows[i].kind) != i) return false;
    return true;
}
static_assert(EveryEventHasOneRowInOrder());

constexpr std::string_view NameOf(EventKind kind) {
    return kEventRows[static_cast<std::size_t>(kind)].name;
}

struct Event {
    std::int64_t id = 0;  // given by the store, in order of commit per node
    Millis at = 0;
    EventKind kind{};
    std::string actor_id;      // account id; empty: a visitor, the console or the program itself
    std::string actor_name;    // as it was then
    std::int64_t code_id = 0;  // 0: not about a code
    std::string
        subject_id;  // of the account, aircraft, token … it is about; empty if it is the code
    std::string subject_name;  // label or short name as it was then; never a secret
    std::string details;       // a JSON object: before → after, or empty; never a secret
    Origin origin;
    bool is_erased = false;  // somebody in it was erased: names, details and address are gone
};

// Which events somebody looks for.
struct EventQuery {
    std::string kind;    // a name, or the beginning of several up to a dot: "code."; empty: any
    std::string person;  // account id: of who did it or of whom it is about; empty: any
    std::int64_t code_id = 0;  // 0: any
    Millis from = 0, until = INT64_MAX;
    std::string search;       // in names, details, address and request id; empty: any
    std::int64_t cursor = 0;  // the page lies beyond this id; 0: the newest
    bool newer = false;       // whether it lies towards the newer ones
    std::size_t page_size = 50;
};

struct EventPage {
    std::vector<Event> events;  // newest first
    bool has_older = false, has_newer = false;
};

}  // namespace ostiary
