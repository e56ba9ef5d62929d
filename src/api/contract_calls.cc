#include <algorithm>
#include <array>
#include <cstdlib>

#include "api/contract.h"

namespace ostiary::api {
namespace {

using enum Kind;
using enum Presence;
using enum Takes;

// clang-format off
constexpr std::array kCodeFilters = {
    Field{"role",       kText,  kSometimes, "Those that grant this role"},
    Field{"task_group", kText,  kSometimes, "Those for this task group"},
    Field{"status",     kText,  kSometimes, "active, inactive, expired, usable, exhausted, warning, scheduled or pending"},
    Field{"search",     kText,  kSometimes, "A part of the code, label, creator, address, name or notes"},
    Field{"created_by", kText,  kSometimes, "A username"},
    Field{"tag",        kText,  kSometimes, "A whole tag"},
    Field{"template",   kText,  kSometimes, "The name of a template, as codes remember it"},
    Field{"batch",      kText,  kSometimes, "Those that were made together"},
    Field{"ordering",   kText,  kSometimes, "created_at, expires_at, used_count, last_used_at or label; with a - before it the other way round; -created_at unless said"},
    Field{"page_size",  kWhole, kSometimes, "1 to 100; 20 unless said"},
    Field{"cursor",     kText,  kSometimes, "next or previous of another page"},
    Field{"count",      kFlag,  kSometimes, "Whether to count them all"},
};
constexpr std::array kPaged = {
    Field{"page_size", kWhole, kSometimes, "1 to 100; 20 unless said"},
    Field{"cursor",    kText,  kSometimes, "next of another page"},
};
constexpr std::array kSince = {
    Field{"since",     kWhole, kSometimes, "The id of the last redemption that is known"},
    Field{"page_size", kWhole, kSometimes, "1 to 100; 20 unless said"},
    Field{"cursor",    kText,  kSometimes, "next of another page"},
};
constexpr std::array kPeopleFilters = {
    Field{"search",     kText,  kSometimes, "A part of the username, name or address"},
    Field{"role",       kText,  kSometimes, "Those of this role"},
    Field{"task_group", kText,  kSometimes, "Those of this task group"},
    Field{"flag",       kText,  kSometimes, "staff, superuser or none"},
    Field{"state",      kText,  kSometimes, "active or inactive"},
    Field{"page_size",  kWhole, kSometimes, "1 to 100; 20 unless said"},
    Field{"cursor",     kText,  kSometimes, "next or previous of another page"},
};
constexpr std::array kFunnelFilters = {
    Field{"id",         kWhole, kSometimes, "One code; with it, nothing else"},
    kCodeFilters[0], kCodeFilters[1], kCodeFilters[2], kCodeFilters[3],
    kCodeFilters[4], kCodeFilters[5], kCodeFilters[6], kCodeFilters[7],
};
constexpr std::span<const Field> kCodeFileFilters = std::span(kCodeFilters).first(9);
constexpr std::span<const Field> kPeopleFileFilters = std::span(kPeopleFilters).first(5);
constexpr std::array kUsageFilters = {
    Field{"from",       kText,  kSometimes, "The first day, as 2026-11-21, in your time zone; with none of from, to and days: all there is"},
    Field{"to",         kText,  kSometimes, "The last day"},
    Field{"days",       kWhole, kSometimes, "How many days: up to to, or after from"},
    Field{"code",       kWhole, kSometimes, "The number of the code that was used"},
    Field{"role",       kText,  kSometimes, "Those that granted this role"},
    Field{"task_group", kText,  kSometimes, "Those that granted this task group"},
};
constexpr std::array kTokenQuery = {
    Field{"all",       kFlag,  kSometimes, "Everybody's; for superusers at a browser"},
    Field{"page_size", kWhole, kSometimes, "1 to 100; 20 unless said"},
    Field{"cursor",    kText,  kSometimes, "next of another page"},
};
constexpr std::array kExplainQuery = {
    Field{"code", kText, kAlways, "The short code as it was typed"},
};
constexpr std::array kDeliveries = {
    Field{"state",     kText,  kSometimes, "pending, delivered or failed"},
    Field{"page_size", kWhole, kSometimes, "1 to 100; 20 unless said"},
    Field{"cursor",    kText,  kSometimes, "next of another page"},
};
constexpr std::array kAlertQuery = {
    Field{"state",     kText,  kSometimes, "waiting, snoozed, acknowledged or closed; waiting unless said"},
    Field{"kind",      kText,  kSometimes, "expiring, nearly_used_up, unusual_use, failures, refusals, mail_failed or webhook_off"},
    Field{"page_size", kWhole, kSometimes, "1 to 100; 20 unless said"},
    Field{"cursor",    kText,  kSometimes, "next of another page"},
};
constexpr std::array kRequestQuery = {
    Field{"state",     kText,  kSometimes, "open, accepted or declined; open unless said"},
    Field{"page_size", kWhole, kSometimes, "1 to 100; 20 unless said"},
    Field{"cursor",    kText,  kSometimes, "next of another page"},
};
constexpr std::array kPeriodQuery = {
    Field{"from", kText,  kSometimes, "The first day, as 2026-11-21, in your time zone"},
    Field{"to",   kText,  kSometimes, "The last day; today unless said"},
    Field{"days", kWhole, kSometimes, "How many days: up to to, or after from; 30 unless said, at most 3660"},
};
constexpr std::array kAuditFilters = {
    Field{"kind",      kText,  kSometimes, "A kind of event, or the beginning of several: code."},
    Field{"person",    kText,  kSometimes, "Who did it or whom it is about: a username, an address or an id"},
    Field{"code",      kWhole, kSometimes, "The number of the code it is about"},
    Field{"from",      kText,  kSometimes, "The first day, as 2026-11-21, in your time zone"},
    Field{"to",        kText,  kSometimes, "The last day"},
    Field{"search",    kText,  kSometimes, "A part of a name, the details, the address or the request id"},
    Field{"page_size", kWhole, kSometimes, "1 to 100; 20 unless said"},
    Field{"cursor",    kText,  kSometimes, "next or previous of another page"},
};
constexpr std::span<const Field> kAuditFileFilters = std::span(kAuditFilters).first(6);
constexpr Ending kInvitedDone{201, "InviteAnswer"}, kInvitedDry{200, "InviteAnswer"};
constexpr Ending kBulkDone{200, "BulkAnswer"}, kBulkBegun{202, "BulkAnswer"};
constexpr std::string_view kJsonFile = "application/json";
constexpr std::array kAuditFrom = {
    Field{"from", kWhole, kSometimes, "The number of the entry to begin at; the first unless said"},
};
constexpr std::span<const Field> kNoQuery;
constexpr std::array kImportQuery = {
    Field{"dry_run", kFlag, kSometimes, "Say what would come of it, and do nothing"},
    Field{"mode",    kText, kSometimes, "all: every row or none, which is so unless said; good: those that are right"},
    Field{"map",     kText, kSometimes, "Column=field, as often as needed; Column= leaves the column out"},
    Field{"again",   kFlag, kSometimes, "Make codes of what was imported before, too"},
};
constexpr Ending kImported{200, "ImportReport"}, kImporting{202, "ImportReport"};

constexpr Ending kGone{204}, kRedeemed{201, "RedemptionAnswer"}, kRedeemedBefore{200, "RedemptionAnswer"};
constexpr Ending kCodeDone{200, "CodeAnswer"}, kPersonDone{200, "AccountAnswer"}, kAircraftDone{200, "AircraftAnswer"};

constexpr std::array kCalls_ = {
    Call{"api.codes.validate",        "Say whether a code could be used",           kFormOrJson, "CodeOnly",          kNoQuery,       {200, "Validity"}},
    Call{"api.register",              "Make an account with a code",                kFormOrJson, "Registration",      kNoQuery,       {201, "Registered"}},
    Call{"api.auth.token",            "Exchange a name and a password for a token", kFormOrJson, "Login",             kNoQuery,       {200, "PasswordToken"}},
    Call{"api.codes.create",          "Create a code",                              kMaybeJson,  "CodeDraft",         kNoQuery,       {201, "CodeAnswer"}},
    Call{"api.codes.add",             "Create a code",                              kMaybeJson,  "CodeDraft",         kNoQuery,       {201, "CodeAnswer"}},
    Call{"api.codes.list",            "List codes",                                 kNothing,    "",                  kCodeFilters,   {200, "CodePage"}},
    Call{"api.codes.csv",             "Export codes, for spreadsheets",             kNothing,    "",                  kCodeFileFilters, {200, "", "text/csv"}},
    Call{"api.codes.explain",         "Say why a code does not work",               kNothing,    "",                  kExplainQuery,  {200, "Explanation"}},
    Call{"api.codes.get",             "Look at a code",                             kNothing,    "",                  kNoQuery,       {200, "Code"}, {}, true},
    Call{"api.codes.patch",           "Change a code",                              kJson,       "CodeChange",        kNoQuery,       {200, "CodeAnswer"}, {}, true},
    Call{"api.codes.delete",          "Delete a code",                              kNothing,    "",                  kNoQuery,       kGone, {}, true},
    Call{"api.codes.revoke",          "Switch a code off",                          kNothing,    "",                  kNoQuery,       kCodeDone, {}, true},
    Call{"api.codes.reactivate",      "Make a code usable again",                   kMaybeJson,  "Reactivation",      kNoQuery,       kCodeDone, {}, true},
    Call{"api.codes.approve",         "Approve a code",                             kMaybeJson,  "Reason",            kNoQuery,       kCodeDone, {}, true},
    Call{"api.codes.reject",          "Reject a code",                              kMaybeJson,  "Reason",            kNoQuery,       kCodeDone, {}, true},
    Call{"api.codes.bulk",            "Create or change many codes",                kJson,       "BulkRequest",       kNoQuery,       kBulkDone, kBulkBegun},
    Call{"api.jobs.list",             "List changes of many codes",                 kNothing,    "",                  kPaged,         {200, "JobPage"}},
    Call{"api.jobs.get",              "Say how a change of many codes goes",        kNothing,    "",                  kNoQuery,       {200, "Job"}},
    Call{"api.jobs.skipped",          "List the codes that were left alone",        kNothing,    "",                  kPaged,         {200, "SkippedPage"}},
    Call{"api.jobs.cancel",           "Stop a change of many codes",                kNothing,    "",                  kNoQuery,       {200, "Job"}},
    Call{"api.jobs.undo",             "Undo a change of many codes",                kNothing,    "",                  kNoQuery,       {202, "Job"}},
    Call{"api.codes.invite",          "Invite a list of people",                    kJson,       "InviteRequest",     kNoQuery,       kInvitedDone, kInvitedDry},
    Call{"api.codes.import",          "Make codes of a file",                       kFile,       "ImportRow",         kImportQuery,   kImported, kImporting},
    Call{"api.imports.get",           "Say how an import goes",                     kNothing,    "",                  kNoQuery,       {200, "Import"}},
    Call{"api.imports.undo",          "Stop an import, or take it back",            kNothing,    "",                  kNoQuery,       {200, "Import"}},
    Call{"api.codes.mail",            "Mail the link of a code to its address",     kMaybeJson,  "Invitation",        kNoQuery,       {202, "MailAnswer"}},
    Call{"api.codes.mails",           "List what was mailed about a code",          kNothing,    "",                  kNoQuery,       {200, "MailList"}},
    Call{"api.codes.qr",              "Draw the link of a code as a QR code",       kNothing,    "",                  kNoQuery,       {200, "", "image/svg+xml"}},
    Call{"api.codes.redemptions",     "List who used a code",                       kNothing,    "",                  kPaged,         {200, "RedemptionPage"}},
    Call{"api.codes.aircraft.put",    "Let a code grant an aircraft role",          kJson,       "RoleOnly",          kNoQuery,       kCodeDone, {}, true},
    Call{"api.codes.aircraft.delete", "No longer let a code grant an aircraft role", kNothing,   "",                  kNoQuery,       kGone, {}, true},
    Call{"api.requests.create",       "Ask for an invitation",                      kFormOrJson, "RequestDraft",      kNoQuery,       {202, "RequestTaken"}},
    Call{"api.requests.list",         "List who asks for an invitation",            kNothing,    "",                  kRequestQuery,  {200, "RequestPage"}},
    Call{"api.requests.get",          "Look at a request",                          kNothing,    "",                  kNoQuery,       {200, "Request"}},
    Call{"api.requests.accept",       "Make a code for whoever asked",              kMaybeJson,  "RequestTerms",      kNoQuery,       {200, "RequestAccepted"}},
    Call{"api.requests.decline",      "Decide against a request",                   kMaybeJson,  "RequestRefusal",    kNoQuery,       {200, "RequestAnswer"}},
    Call{"api.redemptions.create",    "Redeem a code for a person of yours",        kJson,       "RedemptionRequest", kNoQuery,       kRedeemed, kRedeemedBefore},
    Call{"api.redemptions.csv",       "Export who used which code, for spreadsheets", kNothing,  "",                  kUsageFilters,  {200, "", "text/csv"}},
    Call{"api.redemptions.list",      "List what you redeemed",                     kNothing,    "",                  kSince,         {200, "RedemptionPage"}},
    Call{"api.me",                    "Say who asks",                               kNothing,    "",                  kNoQuery,       {200, "Account"}, {}, true},
    Call{"api.users.list",            "List people",                                kNothing,    "",                  kPeopleFilters, {200, "AccountPage"}},
    Call{"api.users.csv",             "Export people, for spreadsheets",            kNothing,    "",                  kPeopleFileFilters, {200, "", "text/csv"}},
    Call{"api.users.get",             "Look at a person",                           kNothing,    "",                  kNoQuery,       {200, "Account"}, {}, true},
    Call{"api.users.patch",           "Change a person",                            kJson,       "AccountChange",     kNoQuery,       kPersonDone, {}, true},
    Call{"api.users.deactivate",      "Let a person no longer in",                  kMaybeJson,  "Departure",         kNoQuery,       kPersonDone, {}, true},
    Call{"api.users.reactivate",      "Let a person in again",                      kNothing,    "",                  kNoQuery,       kPersonDone, {}, true},
    Call{"api.users.roots",           "List whom nobody brought, where every tree begins", kNothing, "",                kPaged,         {200, "BroughtPage"}},
    Call{"api.users.brought",         "List whom a person brought",                 kNothing,    "",                  kPaged,         {200, "BroughtPage"}},
    Call{"api.recalls.create", "Take back codes and who came through them", kJson, "RecallRequest", kNoQuery, {201, "RecallAnswer"}, {200, "RecallPreview"}},
    Call{"api.recalls.list",          "List what was taken back",                   kNothing,    "",                  kPaged,         {200, "RecallPage"}},
    Call{"api.recalls.get",           "Look at a recall",                           kNothing,    "",                  kNoQuery,       {200, "Recall"}},
    Call{"api.recalls.items",         "List what a recall did to each code and account", kNothing, "",                 kPaged,         {200, "RecallItemPage"}},
    Call{"api.recalls.undo",          "Undo a recall",                              kNothing,    "",                  kNoQuery,       {200, "RecallAnswer"}},
    Call{"api.pulls.create",          "Fetch the file of people now",               kNothing,    "",                  kNoQuery,       {202, "PullAnswer"}},
    Call{"api.pulls.list",            "List what was fetched",                      kNothing,    "",                  kPaged,         {200, "PullPage"}},
    Call{"api.pulls.get",             "Look at a pull and its wrong rows",          kNothing,    "",                  kNoQuery,       {200, "Pull"}},
    Call{"api.pulls.changes",         "List what a pull would change, or did",      kNothing,    "",                  kPaged,         {200, "PullChangePage"}},
    Call{"api.pulls.apply",           "Apply a pull",                               kJson,       "PullApply",         kNoQuery,       {202, "PullAnswer"}},
    Call{"api.pulls.discard",         "Discard a pull",                             kNothing,    "",                  kNoQuery,       {200, "PullAnswer"}},
    Call{"api.aircraft.list",         "List aircraft",                              kNothing,    "",                  kNoQuery,       {200, "AircraftList"}},
    Call{"api.aircraft.create",       "Add an aircraft",                            kJson,       "AircraftDraft",     kNoQuery,       {201, "AircraftAnswer"}},
    Call{"api.aircraft.get",          "Look at an aircraft",                        kNothing,    "",                  kNoQuery,       {200, "Aircraft"}, {}, true},
    Call{"api.aircraft.patch",        "Change an aircraft",                         kJson,       "AircraftChange",    kNoQuery,       kAircraftDone, {}, true},
    Call{"api.aircraft.retire",       "Give an aircraft to nobody any more",        kNothing,    "",                  kNoQuery,       kAircraftDone, {}, true},
    Call{"api.aircraft.return",       "Bring an aircraft back into service",        kNothing,    "",                  kNoQuery,       kAircraftDone, {}, true},
    Call{"api.templates.list",        "List templates",                             kNothing,    "",                  kNoQuery,       {200, "TemplateList"}},
    Call{"api.templates.create",      "Make a template",                            kJson,       "TemplateDraft",     kNoQuery,       {201, "TemplateAnswer"}},
    Call{"api.templates.get",         "Look at a template",                         kNothing,    "",                  kNoQuery,       {200, "Template"}, {}, true},
    Call{"api.templates.patch",       "Change a template",                          kJson,       "TemplateChange",    kNoQuery,       {200, "TemplateAnswer"}, {}, true},
    Call{"api.templates.delete",      "Delete a template",                          kNothing,    "",                  kNoQuery,       kGone, {}, true},
    Call{"api.tokens.list",           "List tokens",                                kNothing,    "",                  kTokenQuery,    {200, "TokenPage"}},
    Call{"api.tokens.create",         "Make a token",                               kJson,       "TokenDraft",        kNoQuery,       {201, "TokenAnswer"}},
    Call{"api.tokens.delete",         "Take a token back",                          kNothing,    "",                  kNoQuery,       kGone},
    Call{"api.webhooks.list",         "List webhooks",                              kNothing,    "",                  kNoQuery,       {200, "WebhookList"}},
    Call{"api.webhooks.create",       "Have events sent somewhere",                 kJson,       "WebhookDraft",      kNoQuery,       {201, "WebhookAnswer"}},
    Call{"api.webhooks.get",          "Look at a webhook",                          kNothing,    "",                  kNoQuery,       {200, "Webhook"}},
    Call{"api.webhooks.patch",        "Change a webhook",                           kJson,       "WebhookChange",     kNoQuery,       {200, "WebhookAnswer"}},
    Call{"api.webhooks.delete",       "Delete a webhook",                           kNothing,    "",                  kNoQuery,       kGone},
    Call{"api.webhooks.rotate",       "Give a webhook a new secret",                kNothing,    "",                  kNoQuery,       {200, "WebhookAnswer"}},
    Call{"api.webhooks.test",         "Send a test event",                          kNothing,    "",                  kNoQuery,       {202, "WebhookAnswer"}},
    Call{"api.webhooks.deliveries",   "List what was sent, and how it went",        kNothing,    "",                  kDeliveries,    {200, "DeliveryPage"}},
    Call{"api.webhooks.replay_since", "Send again what happened since a moment",    kJson,       "Since",             kNoQuery,       {202, "ReplayAnswer"}},
    Call{"api.webhooks.replay",       "Send one delivery again",                    kNothing,    "",                  kNoQuery,       {202, "DeliveryAnswer"}},
    Call{"api.alerts.list",           "List what somebody should hear of",          kNothing,    "",                  kAlertQuery,    {200, "AlertPage"}},
    Call{"api.alerts.acknowledge",    "Take note of an alert",                      kNothing,    "",                  kNoQuery,       {200, "AlertAnswer"}},
    Call{"api.alerts.snooze",         "Hear of an alert again later",               kJson,       "Snooze",            kNoQuery,       {200, "AlertAnswer"}},
    Call{"api.stats.overview",        "Count codes and who came with them",         kNothing,    "",                  kPeriodQuery,   {200, "StatsOverview"}},
    Call{"api.stats.registrations",   "Count who registered and who could not",     kNothing,    "",                  kPeriodQuery,   {200, "StatsRegistrations"}},
    Call{"api.stats.roles",           "Count codes and uses by role",               kNothing,    "",                  kPeriodQuery,   {200, "StatsShares"}},
    Call{"api.stats.task_groups",     "Count codes and uses by task group",         kNothing,    "",                  kPeriodQuery,   {200, "StatsShares"}},
    Call{"api.stats.funnel",          "Count who opened invitations, began, joined and stayed", kNothing, "",             kFunnelFilters, {200, "StatsFunnel"}},
    Call{"api.stats.usage",           "Count uses by day, and by weekday and hour", kNothing,    "",                  kPeriodQuery,   {200, "StatsUsage"}},
    Call{"api.audit.list",            "List what happened",                         kNothing,    "",                  kAuditFilters,  {200, "EventPage"}},
    Call{"api.audit.csv",             "Export what happened, for spreadsheets",     kNothing,    "",                  kAuditFileFilters, {200, "", "text/csv"}},
    Call{"api.audit.json",            "Export what happened",                       kNothing,    "",                  kAuditFileFilters, {200, "Event", kJsonFile}},
    Call{"api.audit.verify",          "Look whether the audit log is whole",        kNothing,    "",                  kAuditFrom,     {200, "AuditVerdict"}},
    Call{"api.openapi",               "Give this document",                         kNothing,    "",                  kNoQuery,       {200, "Event", "application/json"}},
    Call{"api.docs",                  "Show this document to people",               kNothing,    "",                  kNoQuery,       {200, "", "text/html"}},
};

constexpr std::array kNouns_ = {
    Noun{"invite-codes", "Codes and links: made, looked at, changed, switched off, explained"},
    Noun{"imports",      "Files of codes: how they go, and taking them back"},
    Noun{"register",     "Making an account with a code"},
    Noun{"auth",         "Getting a token"},
    Noun{"requests",     "People who ask for an invitation, where they may, and what is decided"},
    Noun{"redemptions",  "Codes redeemed by other applications, for people of their own"},
    Noun{"me",           "Who asks"},
    Noun{"users",        "People and what they may do"},
    Noun{"jobs",         "Changes of many codes: how they go, stopping and undoing them"},
    Noun{"recalls",      "Codes, and the accounts that came through them, taken back together; and brought back"},
    Noun{"pulls",        "People from a file of a system of people: fetched, compared, and applied"},
    Noun{"aircraft",     "Aircraft, on which people are given roles"},
    Noun{"templates",    "What codes are made from again and again"},
    Noun{"tokens",       "API tokens, by which programs act in somebody's name"},
    Noun{"webhooks",     "Events sent elsewhere as they happen, and how that went"},
    Noun{"alerts",       "What somebody should hear of: about the codes one works with, and for superusers about everything"},
    Noun{"stats",        "Numbers about codes and who came with them; a manager's are of the team"},
    Noun{"audit",        "What happened, who did it, and the proof that nothing is missing"},
    Noun{"openapi.json", "This contract, for programs"},
    Noun{"docs",         "This contract, for people"},
};

constexpr std::array kPathValues_ = {
    PathValue{"/api/alerts/",       "id",           kWhole, "The number of the alert"},
    PathValue{"/api/requests/",     "id",           kWhole, "The number of the request"},
    PathValue{"/api/webhooks/",     "id",           kText,  "The id of the webhook"},
    PathValue{"/api/webhooks/",     "delivery",     kWhole, "The number of the delivery"},
    PathValue{"/api/recalls/",      "recall",       kText,  "The id of the recall"},
    PathValue{"/api/jobs/",         "job",          kText,  "The id of the job"},
    PathValue{"/api/pulls/",        "pull",         kText,  "The id of the pull"},
    PathValue{"/api/imports/",      "import",       kText,  "The id of the import, which is the batch of its codes"},
    PathValue{"/api/invite-codes/", "id",           kWhole, "The number of the code"},
    PathValue{"/api/",              "registration", kText,  "The registration of the aircraft"},
    PathValue{"/api/users/",        "id",           kText,  "The id of the account"},
    PathValue{"/api/templates/",    "id",           kWhole, "The number of the template"},
    PathValue{"/api/tokens/",       "id",           kText,  "The id of the token"},
};
// clang-format on

}  // namespace

std::span<const Noun> Nouns() { return kNouns_; }

std::string_view NounOf(std::string_view path) {
    path.remove_prefix(std::string_view("/api/").size());
    return path.substr(0, path.find('/'));
}

std::span<const Call> Calls() { return kCalls_; }
std::span<const PathValue> PathValues() { return kPathValues_; }

const Call* FindCall(std::string_view route) {
    const auto found = std::ranges::find(kCalls_, route, &Call::route);
    return found == kCalls_.end() ? nullptr : &*found;
}

const PathValue& FindPathValue(std::string_view path, std::string_view name) {
    for (const PathValue& value : kPathValues_)
        if (path.starts_with(value.path_begins) && name == value.name) return value;
    std::abort();  // a test walks all routes
}

}  // namespace ostiary::api
