// What goes in and out of the calls about webhooks, templates, mails and alerts.

#include <array>

#include "api/contract.h"
#include "api/contract_answers.h"
#include "api/contract_audit.h"
#include "api/contract_jobs.h"
#include "api/contract_pulls.h"

namespace ostiary::api {
namespace {

using enum Kind;
using enum Presence;

// clang-format off
constexpr std::array kWebhook = {
    Field{"id",               kText,   kAlways,    ""},
    Field{"url",              kText,   kAlways,    "Where it is sent"},
    Field{"description",      kText,   kAlways,    "For whoever reads the list"},
    Field{"events",           kTexts,  kAlways,    "Which kinds of events; empty: all"},
    Field{"is_active",        kFlag,   kAlways,    "Whether anything is sent"},
    Field{"disabled_at",      kMoment, kOrNull,    "Since when nothing is"},
    Field{"disabled_reason",  kText,   kOrNull,    "Why"},
    Field{"failing_since",    kMoment, kOrNull,    "Since when nothing has arrived"},
    Field{"old_secret_until", kMoment, kOrNull,    "Until when the secret before signs too"},
    Field{"created_by",       kText,   kAlways,    ""},
    Field{"created_at",       kMoment, kAlways,    ""},
    Field{"updated_at",       kMoment, kAlways,    ""},
    Field{"secret",           kText,   kSometimes, "Shown once, when it is new"},
};
constexpr auto kWebhookList = Results("", "Webhook", kAllThere, kAllThere);
constexpr auto kWebhookAnswer = Told("The webhook as it is now", "Webhook");
constexpr std::array kWebhookDraft = {
    Field{"url",         kText,        kAlways,    "http or https, at a public address"},
    Field{"description", kText,        kSometimes, "For whoever reads the list"},
    Field{"events",      kTextsOrText, kSometimes, "Kinds of events; none: all"},
    Field{"is_active",   kFlag,        kSometimes, "true; switch it off afterwards"},
};
constexpr std::array kWebhookChange = {
    Field{"url",         kText,        kSometimes, "As when it is created; only what is named changes"},
    Field{"description", kText,        kSometimes, ""},
    Field{"events",      kTextsOrText, kSometimes, ""},
    Field{"is_active",   kFlag,        kSometimes, "Switch it on or off"},
};
constexpr std::array kDelivery = {
    Field{"id",              kWhole,  kAlways, "Its number"},
    Field{"webhook_id",      kText,   kAlways, "The header of that name; the same whenever it is sent again"},
    Field{"event",           kText,   kAlways, "The kind of event"},
    Field{"event_id",        kWhole,  kAlways, "Its number"},
    Field{"code_id",         kWhole,  kOrNull, "Which code it is about"},
    Field{"state",           kText,   kAlways, "pending, delivered or failed"},
    Field{"attempts",        kWhole,  kAlways, "How often it was tried"},
    Field{"status",          kWhole,  kOrNull, "What the receiver answered last"},
    Field{"response",        kText,   kAlways, "The beginning of its answer, or why there was none"},
    Field{"happened_at",     kMoment, kAlways, ""},
    Field{"created_at",      kMoment, kAlways, ""},
    Field{"attempted_at",    kMoment, kOrNull, ""},
    Field{"next_attempt_at", kMoment, kOrNull, ""},
    Field{"done_at",         kMoment, kOrNull, "When it was delivered, or given up"},
};
constexpr auto kDeliveryPage = Results("Newest first", "Delivery", kNextPage, kOneWay);
constexpr auto kDeliveryAnswer = Told("The delivery as it is now", "Delivery");
constexpr std::array kSince = {
    Field{"since", kText, kAlways, "A moment, or a day, which then begins it"},
};
constexpr std::array kReplayed = {
    Field{"replayed", kWhole, kAlways, "How many are on their way again"},
};
constexpr auto kReplayAnswer = Told("", "Replayed");
constexpr std::array kTemplate = {
    Field{"id",             kWhole,  kAlways, "Its number, which never changes"},
    Field{"name",           kText,   kAlways, "By which codes are made from it, in any case"},
    Field{"description",    kText,   kAlways, "When to use it"},
    Field{"role",           kText,   kOrNull, "null, here and below: left open to whoever uses it"},
    Field{"task_group",     kText,   kOrNull, ""},
    Field{"max_uses",       kWhole,  kOrNull, "0: without limit"},
    Field{"expires_days",   kWhole,  kOrNull, "How long each code lives, from the day it is made"},
    Field{"account_days",   kWhole,  kOrNull, "How long the account lasts"},
    Field{"label",          kText,   kAlways, ""},
    Field{"notes",          kText,   kAlways, ""},
    Field{"welcome",        kText,   kAlways, ""},
    Field{"email_domains",  kTexts,  kAlways, ""},
    Field{"tags",           kTexts,  kAlways, ""},
    Field{"aircraft_roles", kShapes, kAlways, "", "AircraftRole"},
    Field{"created_by",     kText,   kAlways, "Who made it; empty: it came with the program"},
    Field{"created_at",     kMoment, kOrNull, ""},
    Field{"updated_at",     kMoment, kOrNull, ""},
};
constexpr auto kTemplateList = Results("By name", "Template", kAllThere, kAllThere);
constexpr auto kTemplateAnswer = Told("The template as it is now", "Template");
constexpr std::array kTemplateDraft = {
    Field{"name",           kText,        kAlways,    "At most 60 characters; two cannot be called the same"},
    Field{"description",    kText,        kSometimes, "When to use it"},
    Field{"role",           kText,        kSometimes, "What is missing, null or empty is left open"},
    Field{"task_group",     kText,        kSometimes, ""},
    Field{"max_uses",       kWholeOrText, kSometimes, "0: without limit"},
    Field{"expires_days",   kWholeOrText, kSometimes, ""},
    Field{"account_days",   kWholeOrText, kSometimes, ""},
    Field{"label",          kText,        kSometimes, ""},
    Field{"notes",          kText,        kSometimes, ""},
    Field{"welcome",        kText,        kSometimes, ""},
    Field{"email_domains",  kTextsOrText, kSometimes, ""},
    Field{"tags",           kTextsOrText, kSometimes, ""},
    Field{"aircraft_roles", kShapes,      kSometimes, "", "AircraftRole"},
};
constexpr std::array kTemplateChange = {
    Field{"name",           kText,        kSometimes, "Only what is named changes"},
    Field{"description",    kText,        kSometimes, ""},
    Field{"role",           kText,        kSometimes, "null or empty: left open"},
    Field{"task_group",     kText,        kSometimes, ""},
    Field{"max_uses",       kWholeOrText, kSometimes, ""},
    Field{"expires_days",   kWholeOrText, kSometimes, ""},
    Field{"account_days",   kWholeOrText, kSometimes, ""},
    Field{"label",          kText,        kSometimes, ""},
    Field{"notes",          kText,        kSometimes, ""},
    Field{"welcome",        kText,        kSometimes, ""},
    Field{"email_domains",  kTextsOrText, kSometimes, ""},
    Field{"tags",           kTextsOrText, kSometimes, ""},
    Field{"aircraft_roles", kShapes,      kSometimes, "All of them anew", "AircraftRole"},
};

constexpr std::array kInvitation = {
    Field{"message", kText, kSometimes, "A few words of yours, at most 1000 characters"},
};
constexpr std::array kMail = {
    Field{"id",         kWhole,  kAlways, ""},
    Field{"kind",       kText,   kAlways, "invitation, or reminder once one was sent there"},
    Field{"recipient",  kText,   kAlways, "The address of the code as it was"},
    Field{"state",      kText,   kAlways, "queued, held (until its code is approved), sending, sent, failed, or unknown: nobody heard whether it was taken"},
    Field{"reason",     kText,   kOrNull, "Why it has not arrived: the words of the mail server"},
    Field{"attempts",   kWhole,  kAlways, "How often it was tried"},
    Field{"created_by", kText,   kAlways, "Who asked for it"},
    Field{"created_at", kMoment, kAlways, ""},
    Field{"next_attempt_at", kMoment, kOrNull, "While it is queued"},
    Field{"done_at",    kMoment, kOrNull, "When it was sent or given up"},
};
constexpr std::array kInviteRequest = {
    Field{"people",         kTexts,       kAlways,    "Addresses, each alone or as Ann <ann@example.org>; at most 1000"},
    Field{"message",        kText,        kSometimes, "A few words that stand above the link in each mail"},
    Field{"batch",          kText,        kSometimes, "Of an earlier list: they are invited to the same, and the fields below are not looked at"},
    Field{"dry_run",        kFlag,        kSometimes, "Say what would come of it, and do nothing"},
    Field{"template",       kText,        kSometimes, "As when one code is created, as all of these"},
    Field{"role",           kText,        kSometimes, ""},
    Field{"task_group",     kText,        kSometimes, ""},
    Field{"aircraft_roles", kShapes,      kSometimes, "", "AircraftRole"},
    Field{"max_uses",       kWholeOrText, kSometimes, "1, or nothing: an invitation is for one person, once"},
    Field{"expires_days",   kWholeOrText, kSometimes, ""},
    Field{"expires_at",     kText,        kSometimes, ""},
    Field{"starts_at",      kText,        kSometimes, ""},
    Field{"account_days",   kWholeOrText, kSometimes, ""},
    Field{"label",          kText,        kSometimes, ""},
    Field{"notes",          kText,        kSometimes, ""},
    Field{"welcome",        kText,        kSometimes, ""},
    Field{"email_domains",  kTextsOrText, kSometimes, ""},
    Field{"tags",           kTextsOrText, kSometimes, ""},
};
constexpr std::array kSkippedPerson = {
    Field{"email",   kText, kAlways, ""},
    Field{"reason",  kText, kAlways, "Why they were not invited, for programs"},
    Field{"details", kText, kAlways, "Why, for people"},
};
constexpr std::array kInvited = {
    Field{"batch",   kText,   kOrNull, "What ties them together, in the list and in its filter"},
    Field{"invited", kTexts,  kAlways, "The addresses of those who were invited, or would be"},
    Field{"skipped", kShapes, kAlways, "Those who were not", "SkippedPerson"},
    Field{"mailed",  kFlag,   kAlways, "Whether they get a mail"},
};
constexpr std::array kImportRow = {
    Field{"label",          kText,        kSometimes, "As when one code is created, as all of these"},
    Field{"email",          kText,        kSometimes, ""},
    Field{"name",           kText,        kSometimes, ""},
    Field{"role",           kText,        kSometimes, ""},
    Field{"task_group",     kText,        kSometimes, ""},
    Field{"max_uses",       kWholeOrText, kSometimes, "0 or unlimited: any number"},
    Field{"expires",        kWholeOrText, kSometimes, "A number of days, or a moment"},
    Field{"starts",         kText,        kSometimes, "A moment"},
    Field{"aircraft_roles", kShapes,      kSometimes, "Or a text: N12345:pilot, N777:owner", "AircraftRole"},
    Field{"tags",           kTextsOrText, kSometimes, ""},
    Field{"notes",          kText,        kSometimes, ""},
    Field{"welcome",        kText,        kSometimes, ""},
    Field{"email_domains",  kTextsOrText, kSometimes, ""},
    Field{"account_days",   kWholeOrText, kSometimes, ""},
    Field{"active",         kFlag,        kSometimes, "Or yes or no, or a status as exports have it"},
    Field{"template",       kText,        kSometimes, ""},
    Field{"code",           kText,        kSometimes, "A chosen code"},
};
constexpr std::array kImportColumn = {
    Field{"column", kText, kAlways, "As the file calls it"},
    Field{"field",  kText, kOrNull, "What it was taken for; null: it was left out"},
};
constexpr std::array kImportError = {
    Field{"row",     kWhole, kAlways, "Of CSV the line, of JSON the place in the list; the first is 1"},
    Field{"field",   kText,  kAlways, ""},
    Field{"reason",  kText,  kAlways, "What is wrong, for programs"},
    Field{"details", kText,  kAlways, "What is wrong, for people"},
};
constexpr std::array kImportReport = {
    Field{"import",    kText,   kOrNull, "Its id; of a repeated file, of the import before"},
    Field{"batch",     kText,   kOrNull, "What ties its codes together, in the list and in its filter"},
    Field{"state",     kText,   kAlways, "checked, done, running (look again), refused (nothing was made), or repeated (imported before)"},
    Field{"rows",      kWhole,  kAlways, ""},
    Field{"looked_at", kWhole,  kAlways, "Rows that were dealt with"},
    Field{"created",   kWhole,  kAlways, "Codes"},
    Field{"refused",   kWhole,  kAlways, "Rows that are wrong"},
    Field{"repeated",  kWhole,  kAlways, "Rows that were imported before"},
    Field{"columns",   kShapes, kAlways, "", "ImportColumn"},
    Field{"errors",    kShapes, kAlways, "In the order of the file", "ImportError"},
};
constexpr std::array kImport = {
    Field{"import",     kText,   kAlways, ""},
    Field{"batch",      kText,   kOrNull, "What ties its codes together"},
    Field{"state",      kText,   kAlways, "draft, running, undoing, done, refused, cancelled or undone"},
    Field{"rows",       kWhole,  kAlways, ""},
    Field{"looked_at",  kWhole,  kAlways, "Rows that were dealt with"},
    Field{"created",    kWhole,  kAlways, "Codes"},
    Field{"refused",    kWhole,  kAlways, "Rows that were wrong"},
    Field{"repeated",   kWhole,  kAlways, "Rows that were imported before"},
    Field{"undone",     kWhole,  kAlways, "Codes that were deleted again"},
    Field{"trouble",    kText,   kOrNull, "Why it did not come to its end"},
    Field{"created_by", kText,   kAlways, ""},
    Field{"created_at", kMoment, kAlways, ""},
    Field{"updated_at", kMoment, kAlways, ""},
    Field{"errors",     kShapes, kAlways, "In the order of the file, at most 1000", "ImportError"},
};
constexpr auto kInviteAnswer = Told("What came of it", "Invited");
constexpr auto kMailAnswer = Told("The mail, on its way", "Mail");
constexpr auto kMailList = Results("Newest first, at most 20", "Mail", kAllThere, kAllThere);

constexpr std::array kAlert = {
    Field{"id",              kWhole,  kAlways, ""},
    Field{"kind",            kText,   kAlways, "expiring, nearly_used_up, unusual_use, failures, refusals, mail_failed or webhook_off"},
    Field{"state",           kText,   kAlways, "waiting, snoozed, acknowledged or closed"},
    Field{"subject",         kText,   kOrNull, "What it is about, as people call it"},
    Field{"code_id",         kWhole,  kOrNull, "The code it is about, or one of those that were made together"},
    Field{"batch",           kText,   kOrNull, "Of codes that were made together"},
    Field{"explanation",     kText,   kAlways, "Why there is an alert: 9 uses in 5 minutes; usual is 1 a day"},
    Field{"times",           kWhole,  kAlways, "How often it was noticed"},
    Field{"raised_at",       kMoment, kAlways, ""},
    Field{"seen_at",         kMoment, kAlways, "When it was noticed last"},
    Field{"acknowledged_at", kMoment, kOrNull, ""},
    Field{"acknowledged_by", kText,   kOrNull, ""},
    Field{"snoozed_until",   kMoment, kOrNull, ""},
    Field{"closed_at",       kMoment, kOrNull, "When its reason was gone"},
};
constexpr auto kAlertPage = Results("Newest first", "Alert", kNextPage, kOneWay);
constexpr auto kAlertAnswer = Told("The alert", "Alert");
constexpr std::array kSnooze = {
    Field{"until", kText,        kSometimes, "A moment, at most a year ahead; or else hours"},
    Field{"hours", kWholeOrText, kSometimes, "1 to 8760, from now"},
};

constexpr std::array kDeparture = {
    Field{"codes",        kText, kSometimes, "What becomes of the codes they made: keep, which is so unless said, revoke (a recall) or hand-over"},
    Field{"hand_over_to", kText, kSometimes, "The username, or the id, of whoever takes them"},
};
constexpr std::array kRecallRequest = {
    Field{"scope",               kText,        kAlways,    "code, batch, person (everything they issued) or branch (that, and all that came of it)"},
    Field{"subject",             kWholeOrText, kAlways,    "The number of the code, the batch, or a username or the id of an account"},
    Field{"since",               kText,        kSometimes, "Of accounts: those that joined at this day or moment, or later"},
    Field{"revoke_codes",        kFlag,        kSometimes, "true unless said"},
    Field{"deactivate_accounts", kFlag,        kSometimes, "false unless said; needs users:write"},
    Field{"reason",              kText,        kSometimes, "At most 500 characters"},
    Field{"dry_run",             kFlag,        kSometimes, "Say what would come of it, and do nothing"},
};
constexpr std::array kRecallItem = {
    Field{"kind",      kText,   kAlways, "code or account"},
    Field{"id",        kText,   kAlways, ""},
    Field{"name",      kText,   kOrNull, "Its label, or the username; null: it is gone"},
    Field{"joined_at", kMoment, kOrNull, "Of an account"},
    Field{"outcome",   kText,   kAlways, "recalled, spared, brought_back or not_brought_back"},
    Field{"reason",    kText,   kOrNull, "Why it was spared, or not brought back: code.expired, account.superuser, account.changed, …"},
    Field{"details",   kText,   kOrNull, "The same, for people"},
};
constexpr std::array kRecallPreview = {
    Field{"scope",               kText,   kAlways, ""},
    Field{"subject",             kText,   kAlways, "The id of what is meant"},
    Field{"subject_name",        kText,   kOrNull, ""},
    Field{"since",               kMoment, kOrNull, ""},
    Field{"revoke_codes",        kFlag,   kAlways, ""},
    Field{"deactivate_accounts", kFlag,   kAlways, ""},
    Field{"codes",               kWhole,  kAlways, "That would be switched off"},
    Field{"codes_spared",        kWhole,  kAlways, "That nobody could use anyway"},
    Field{"accounts",            kWhole,  kAlways, "That would be deactivated"},
    Field{"accounts_spared",     kWhole,  kAlways, "That would be left alone"},
    Field{"came",                kWhole,  kAlways, "Accounts that came through, whether they are meant or not"},
    Field{"items",               kShapes, kAlways, "The first 200 accounts and the first 200 codes", "RecallItem"},
};
constexpr std::array kRecall = {
    Field{"id",                  kText,   kAlways, ""},
    Field{"state",               kText,   kAlways, "running (or cut off: undo it), done, undoing or undone"},
    Field{"scope",               kText,   kAlways, ""},
    Field{"subject",             kText,   kAlways, "The id of what was meant"},
    Field{"subject_name",        kText,   kOrNull, "As it is called now; null: it is gone"},
    Field{"since",               kMoment, kOrNull, ""},
    Field{"revoke_codes",        kFlag,   kAlways, ""},
    Field{"deactivate_accounts", kFlag,   kAlways, ""},
    Field{"reason",              kText,   kAlways, ""},
    Field{"codes",               kWhole,  kAlways, "That were switched off"},
    Field{"codes_spared",        kWhole,  kAlways, "That nobody could use anyway"},
    Field{"accounts",            kWhole,  kAlways, "That were deactivated"},
    Field{"accounts_spared",     kWhole,  kAlways, "That were left alone"},
    Field{"brought_back",        kWhole,  kAlways, "Codes and accounts"},
    Field{"not_brought_back",    kWhole,  kAlways, "That somebody had changed since"},
    Field{"created_by",          kText,   kAlways, ""},
    Field{"created_at",          kMoment, kAlways, ""},
    Field{"undone_by",           kText,   kOrNull, ""},
    Field{"undone_at",           kMoment, kOrNull, ""},
};
constexpr auto kRecallAnswer = Told("The recall as it is now", "Recall");
constexpr auto kRecallPage = Results("Newest first", "Recall", kNextPage, kOneWay);
constexpr auto kRecallItemPage = Results("Accounts first", "RecallItem", kNextPage, kOneWay);
constexpr std::array kBrought = {
    Field{"id",          kText,   kAlways, ""},
    Field{"username",    kText,   kAlways, ""},
    Field{"name",        kText,   kAlways, ""},
    Field{"role",        kText,   kAlways, ""},
    Field{"task_group",  kText,   kAlways, ""},
    Field{"is_active",   kFlag,   kAlways, ""},
    Field{"date_joined", kMoment, kAlways, ""},
    Field{"brought",     kWhole,  kAlways, "How many people joined with codes of theirs"},
};
constexpr auto kBroughtPage = Results("In the order they came", "Brought", kNextPage, kOneWay);

constexpr std::array kRequest = {
    Field{"id",            kWhole,  kAlways, ""},
    Field{"state",         kText,   kAlways, "open, accepted or declined"},
    Field{"email",         kText,   kAlways, "What the code will be for alone"},
    Field{"name",          kText,   kAlways, ""},
    Field{"message",       kText,   kAlways, "Why they ask"},
    Field{"task_group",    kText,   kOrNull, "That they ask for"},
    Field{"language",      kText,   kAlways, "In which they asked"},
    Field{"times_asked",   kWhole,  kAlways, "How often, while it is open"},
    Field{"asked_at",      kMoment, kAlways, ""},
    Field{"last_asked_at", kMoment, kAlways, ""},
    Field{"decided_at",    kMoment, kOrNull, ""},
    Field{"decided_by",    kText,   kOrNull, "A username"},
    Field{"reason",        kText,   kOrNull, "Why it was declined"},
    Field{"code_id",       kWhole,  kOrNull, "The code that was made of it"},
};
constexpr auto kRequestPage = Results("Open ones oldest first, others newest first", "Request", kNextPage, kOneWay);
constexpr auto kRequestAnswer = Told("The request as it is now", "Request");
constexpr std::array kRequestDraft = {
    Field{"email",      kText, kAlways,    "Where an invitation would go"},
    Field{"name",       kText, kAlways,    "At most 200 characters"},
    Field{"message",    kText, kAlways,    "Why, in at most 1000 characters"},
    Field{"task_group", kText, kSometimes, "Where requests.task_groups lets one choose"},
};
constexpr std::array kTakenDown = {
    Field{"email", kText, kAlways, "As it was sent; whether it is known here is not told"},
};
constexpr auto kRequestTaken = Told("What was taken down", "TakenDown");
constexpr std::array kRequestTerms = {
    Field{"message",        kText,        kSometimes, "A few words that stand in the mail"},
    Field{"template",       kText,        kSometimes, "requests.template unless said; empty: none"},
    Field{"role",           kText,        kSometimes, "As when one code is created, as all of these"},
    Field{"task_group",     kText,        kSometimes, "The one that was asked for unless said"},
    Field{"aircraft_roles", kShapes,      kSometimes, "", "AircraftRole"},
    Field{"max_uses",       kWholeOrText, kSometimes, "1, or nothing: an invitation is for one person, once"},
    Field{"expires_days",   kWholeOrText, kSometimes, ""},
    Field{"expires_at",     kText,        kSometimes, ""},
    Field{"starts_at",      kText,        kSometimes, ""},
    Field{"account_days",   kWholeOrText, kSometimes, ""},
    Field{"label",          kText,        kSometimes, "Their name unless said"},
    Field{"notes",          kText,        kSometimes, ""},
    Field{"welcome",        kText,        kSometimes, ""},
    Field{"email_domains",  kTextsOrText, kSometimes, ""},
    Field{"tags",           kTextsOrText, kSometimes, ""},
};
constexpr std::array kRequestRefusal = {
    Field{"reason", kText, kSometimes, "Kept with the request, at most 1000 characters"},
    Field{"mail",   kFlag, kSometimes, "Tell whoever asked, with the reason; false unless said"},
};
constexpr std::array kRequestDone = {
    Field{"request", kShape, kAlways, "", "Request"},
    Field{"code",    kShape, kAlways, "For this person alone, once", "Code"},
    Field{"mailed",  kFlag,  kAlways, "Whether an invitation is on its way"},
};
constexpr auto kRequestAccepted = Told("The code that was made", "RequestDone");

constexpr std::array kShapes_ = {
    Shape{"Departure",         "What becomes of what somebody leaves",   kDeparture},
    Shape{"RecallRequest",     "What is to be taken back",               kRecallRequest},
    Shape{"RecallItem",        "What a recall did to one code or account", kRecallItem},
    Shape{"RecallPreview",     "What would come of a recall",            kRecallPreview},
    Shape{"Recall",            "What was taken back",                    kRecall},
    Shape{"RecallAnswer",      "What was done",                          kRecallAnswer},
    Shape{"RecallPage",        "A page of recalls",                      kRecallPage},
    Shape{"RecallItemPage",    "A page of what a recall did",            kRecallItemPage},
    Shape{"Job",               "A change of many codes",                 kJob},
    Shape{"JobPage",           "A page of changes of many codes",        kJobPage},
    Shape{"SkippedPage",       "A page of codes that were left alone",   kSkippedPage},
    Shape{"Pull",              "A file of people, and what it would change", kPull},
    Shape{"PullAnswer",        "What was done",                          kPullAnswer},
    Shape{"PullPage",          "A page of pulls",                        kPullPage},
    Shape{"PullField",         "What differs",                           kPullField},
    Shape{"PullChange",        "What a pull would do to one person, or did", kPullChange},
    Shape{"PullChangePage",    "A page of changes",                      kPullChangePage},
    Shape{"PullApply",         "What is known of what is applied",       kPullApply},
    Shape{"Brought",           "Somebody, and how many they brought",    kBrought},
    Shape{"BroughtPage",       "A page of people who were brought",      kBroughtPage},
    Shape{"Request",           "Somebody who asks for an invitation",    kRequest},
    Shape{"RequestPage",       "A page of requests",                     kRequestPage},
    Shape{"RequestAnswer",     "What was decided",                       kRequestAnswer},
    Shape{"RequestDraft",      "A request for an invitation",            kRequestDraft},
    Shape{"TakenDown",         "What somebody will read",                kTakenDown},
    Shape{"RequestTaken",      "That somebody will read it",             kRequestTaken},
    Shape{"RequestTerms",      "What the code shall be; all optional",   kRequestTerms},
    Shape{"RequestRefusal",    "Why not",                                kRequestRefusal},
    Shape{"RequestDone",       "A request and its code",                 kRequestDone},
    Shape{"RequestAccepted",   "What came of accepting",                 kRequestAccepted},
    Shape{"Alert",             "What somebody should hear of",           kAlert},
    Shape{"AlertPage",         "A page of alerts",                       kAlertPage},
    Shape{"AlertAnswer",       "What was done to an alert",              kAlertAnswer},
    Shape{"Snooze",            "Until when; either of both",             kSnooze},
    Shape{"Invitation",        "What an invitation shall say",           kInvitation},
    Shape{"InviteRequest",     "People to invite, and to what",          kInviteRequest},
    Shape{"SkippedPerson",     "Somebody who was not invited",           kSkippedPerson},
    Shape{"Invited",           "What became of a list of people",        kInvited},
    Shape{"InviteAnswer",      "What became of a list of people",        kInviteAnswer},
    Shape{"ImportRow",         "A row of a file of codes",               kImportRow},
    Shape{"ImportColumn",      "What a column was taken for",            kImportColumn},
    Shape{"ImportError",       "What is wrong with a row",               kImportError},
    Shape{"ImportReport",      "What came of a file, or would",          kImportReport},
    Shape{"Import",            "A file of codes, and what came of it",   kImport},
    Shape{"Mail",              "A mail to whom a code is bound",         kMail},
    Shape{"MailAnswer",        "What is being mailed",                   kMailAnswer},
    Shape{"MailList",          "What was mailed about a code",           kMailList},
    Shape{"Template",          "What codes are made from",               kTemplate},
    Shape{"TemplateList",      "All templates",                          kTemplateList},
    Shape{"TemplateAnswer",    "What was done to a template",            kTemplateAnswer},
    Shape{"TemplateDraft",     "A template to be made",                  kTemplateDraft},
    Shape{"TemplateChange",    "What is to change of a template",        kTemplateChange},
    Shape{"Webhook",           "Where events are sent",                  kWebhook},
    Shape{"WebhookList",       "All webhooks",                           kWebhookList},
    Shape{"WebhookAnswer",     "What was done to a webhook",             kWebhookAnswer},
    Shape{"WebhookDraft",      "A webhook to be created",                kWebhookDraft},
    Shape{"WebhookChange",     "What is to change of a webhook",         kWebhookChange},
    Shape{"Delivery",          "One event on its way to one webhook",    kDelivery},
    Shape{"DeliveryPage",      "A page of deliveries",                   kDeliveryPage},
    Shape{"DeliveryAnswer",    "What was done to a delivery",            kDeliveryAnswer},
    Shape{"Since",             "Since when",                             kSince},
    Shape{"Replayed",          "How many",                               kReplayed},
    Shape{"Event",             "Something that happened",                kEventShape},
    Shape{"EventPage",         "A page of events",                       kEventPage},
    Shape{"AuditEntry",        "An entry of the audit log's chain",      kAuditEntry},
    Shape{"AuditFault",        "What is wrong with the audit log",       kAuditFault},
    Shape{"AuditVerdict",      "Whether the audit log is whole",         kAuditVerdict},
    Shape{"ReplayAnswer",      "What is sent again",                     kReplayAnswer},
};
// clang-format on

}  // namespace

std::span<const Shape> FurtherShapes() { return kShapes_; }

}  // namespace ostiary::api
