#include <algorithm>
#include <array>
#include <vector>

#include "api/contract.h"
#include "api/contract_answers.h"
#include "api/contract_stats.h"

namespace ostiary::api {
namespace {

using enum Kind;
using enum Presence;

// clang-format off
constexpr std::array kAircraftRole = {
    Field{"aircraft", kText, kAlways, "The registration, as N12345"},
    Field{"role",     kText, kAlways, "pilot or owner, unless the catalogue says otherwise"},
};

constexpr std::array kCode = {
    Field{"id",               kWhole,       kAlways,    "Its number, which never changes"},
    Field{"code",             kText,        kSometimes, "The short code; only for those who may hand it out"},
    Field{"label",            kText,        kAlways,    "What the team calls it"},
    Field{"email",            kText,        kAlways,    "The address it is bound to; empty: anybody's"},
    Field{"name",             kText,        kAlways,    "The name the form begins with"},
    Field{"role",             kText,        kAlways,    "What whoever redeems it becomes"},
    Field{"task_group",       kText,        kAlways,    "Where they work"},
    Field{"aircraft_roles",   kShapes,      kAlways,    "What they may do with which aircraft", "AircraftRole"},
    Field{"max_uses",         kWhole,       kAlways,    "How often it can be redeemed; 0: without limit"},
    Field{"used_count",       kWhole,       kAlways,    "How often it has been redeemed"},
    Field{"is_active",        kFlag,        kAlways,    "Whether it is switched on"},
    Field{"is_usable",        kFlag,        kAlways,    "Whether somebody could redeem it now"},
    Field{"status",           kText,        kAlways,    "active, warning, scheduled, inactive, expired, exhausted or pending"},
    Field{"approval",         kText,        kAlways,    "approved, pending or rejected"},
    Field{"starts_at",        kMoment,      kOrNull,    "Not before"},
    Field{"expires_at",       kMoment,      kOrNull,    "Not after"},
    Field{"email_domains",    kTexts,       kAlways,    "Addresses must end in one of these; empty: in anything"},
    Field{"account_days",     kWhole,       kOrNull,    "How long the account lasts; null: for good"},
    Field{"notes",            kText,        kAlways,    "For the team"},
    Field{"welcome",          kText,        kAlways,    "Shown to whoever has registered"},
    Field{"tags",             kTexts,       kAlways,    "Words to find it by"},
    Field{"template",         kText,        kOrNull,    "The template it was made from"},
    Field{"batch",            kText,        kOrNull,    "The same of all codes that were made together"},
    Field{"registration_url", kText,        kSometimes, "The link to register; only for those who may hand it out"},
    Field{"created_by",       kText,        kAlways,    "Who made it"},
    Field{"created_at",       kMoment,      kAlways,    "When"},
    Field{"updated_at",       kMoment,      kAlways,    "When it was last changed"},
    Field{"last_used_at",     kMoment,      kOrNull,    "When it was last redeemed"},
};

constexpr auto kCodeAnswer = Told("The code as it is now", "Code");

constexpr std::array kCodePage = {
    Field{"results",           kShapes, kAlways,    "At most page_size codes", "Code"},
    Field{"next",              kText,   kOrNull,    kNextPage},
    Field{"previous",          kText,   kOrNull,    kPageBefore},
    Field{"count",             kWhole,  kSometimes, "How many there are in all, if count=true"},
    Field{"count_is_at_least", kFlag,   kSometimes, "true where counting stopped early"},
    Field{"searched_newest",   kWhole,  kSometimes, "Where the search looked at so many of the newest codes only"},
};

constexpr std::array kCodeDraft = {
    Field{"role",           kText,        kSometimes, "staff unless said"},
    Field{"task_group",     kText,        kSometimes, "general unless said"},
    Field{"max_uses",       kWholeOrText, kSometimes, "1 unless said; 0: without limit"},
    Field{"expires_days",   kWholeOrText, kSometimes, "In so many days; or expires_at"},
    Field{"expires_at",     kText,        kSometimes, "A moment, or a day, which then ends it"},
    Field{"starts_at",      kText,        kSometimes, "Not before"},
    Field{"label",          kText,        kSometimes, "What the team calls it"},
    Field{"email",          kText,        kSometimes, "Bind it to this address"},
    Field{"name",           kText,        kSometimes, "The name the form begins with"},
    Field{"notes",          kText,        kSometimes, "For the team"},
    Field{"welcome",        kText,        kSometimes, "Shown to whoever has registered"},
    Field{"template",       kText,        kSometimes, "A template to begin with: its fields count where none are given"},
    Field{"account_days",   kWholeOrText, kSometimes, "How long the account lasts"},
    Field{"aircraft_roles", kShapes,      kSometimes, "What they may do with which aircraft", "AircraftRole"},
    Field{"email_domains",  kTextsOrText, kSometimes, "Addresses must end in one of these"},
    Field{"tags",           kTextsOrText, kSometimes, "Words to find it by"},
    Field{"code",           kText,        kSometimes, "A short code of your choice: 6 to 32 letters, digits and dashes"},
};

constexpr std::array kCodeChange = {
    Field{"role",           kText,        kSometimes, "As when it is created; only what is named changes"},
    Field{"task_group",     kText,        kSometimes, ""},
    Field{"max_uses",       kWholeOrText, kSometimes, "Not below what has been used"},
    Field{"expires_days",   kWholeOrText, kSometimes, "In so many days from now"},
    Field{"expires_at",     kText,        kSometimes, ""},
    Field{"starts_at",      kText,        kSometimes, ""},
    Field{"label",          kText,        kSometimes, ""},
    Field{"email",          kText,        kSometimes, ""},
    Field{"name",           kText,        kSometimes, ""},
    Field{"notes",          kText,        kSometimes, ""},
    Field{"welcome",        kText,        kSometimes, ""},
    Field{"template",       kText,        kSometimes, ""},
    Field{"account_days",   kWholeOrText, kSometimes, ""},
    Field{"aircraft_roles", kShapes,      kSometimes, "All of them anew", "AircraftRole"},
    Field{"email_domains",  kTextsOrText, kSometimes, ""},
    Field{"tags",           kTextsOrText, kSometimes, ""},
    Field{"is_active",      kFlag,        kSometimes, "Switch it on or off"},
};

constexpr std::array kReactivation = {
    Field{"expires_days", kWholeOrText, kSometimes, "Needed where it has expired; or expires_at"},
    Field{"expires_at",   kText,        kSometimes, "A moment, or a day, which then ends it"},
    Field{"max_uses",     kWholeOrText, kSometimes, "Needed where it is used up"},
};

constexpr std::array kReason = {
    Field{"reason", kText, kSometimes, "For the person who asked"},
};

constexpr std::array kRoleOnly = {
    Field{"role", kText, kAlways, "pilot or owner"},
};

constexpr std::array kExplanation = {
    Field{"found",       kFlag,  kAlways,    "Whether there is such a code where you may look"},
    Field{"usable",      kFlag,  kAlways,    "Whether it could be redeemed now"},
    Field{"reason",      kText,  kAlways,    "Why not, for programs"},
    Field{"sentence",    kText,  kAlways,    "Why not, for people"},
    Field{"suggestions", kTexts, kAlways,    "Codes that are one slip away"},
    Field{"id",          kWhole, kSometimes, "Its number, where it was found"},
};

constexpr std::array kRedemption = {
    Field{"id",             kWhole,  kAlways,    "Its number"},
    Field{"code_id",        kWhole,  kAlways,    "Of which code"},
    Field{"subject",        kText,   kSometimes, "The application's own name for the person"},
    Field{"account",        kText,   kSometimes, "The account that came of it"},
    Field{"username",       kText,   kSometimes, "Its name then"},
    Field{"email",          kText,   kAlways,    "The address given"},
    Field{"role",           kText,   kAlways,    "What was granted"},
    Field{"task_group",     kText,   kAlways,    "What was granted"},
    Field{"aircraft_roles", kShapes, kAlways,    "What was granted", "AircraftRole"},
    Field{"redeemed_at",    kMoment, kAlways,    "When"},
};

constexpr auto kRedemptionPage = Results("Oldest first", "Redemption", kNextPage, kOneWay);

constexpr std::array kRedemptionAnswer = {
    Field{"data", kShape, kAlways, "The redemption", "Redemption"},
};

constexpr std::array kRedemptionRequest = {
    Field{"code",    kText, kAlways,    "The short code as it was typed"},
    Field{"subject", kText, kAlways,    "Your own name for the person: 1 to 200 characters"},
    Field{"email",   kText, kSometimes, "Theirs; needed where the code is bound to an address"},
};

constexpr std::array kCodeOnly = {
    Field{"code", kText, kAlways, "The short code as it was typed"},
};

constexpr std::array kValidity = {
    Field{"valid",      kFlag,   kAlways,    "Whether somebody could register with it now"},
    Field{"error",      kText,   kSometimes, "Invalid invite code, whatever the reason"},
    Field{"role",       kText,   kSometimes, "What it grants, if it is valid"},
    Field{"task_group", kText,   kSometimes, "What it grants, if it is valid"},
    Field{"email",      kText,   kSometimes, "The address it is bound to"},
    Field{"name",       kText,   kSometimes, "The name the form begins with"},
    Field{"expires_at", kMoment, kSometimes, "When it ends; null: never"},
};

constexpr std::array kRegistration = {
    Field{"invite_code",      kText, kAlways,    "The short code as it was typed"},
    Field{"username",         kText, kAlways,    ""},
    Field{"email",            kText, kAlways,    ""},
    Field{"password",         kText, kAlways,    "At least 8 characters, and none of the common ones"},
    Field{"password_confirm", kText, kSometimes, "The same again, where a person typed it"},
    Field{"first_name",       kText, kSometimes, "Or name"},
    Field{"last_name",        kText, kSometimes, "Or name"},
    Field{"name",             kText, kSometimes, ""},
    Field{"time_zone",        kText, kSometimes, "As Europe/Berlin"},
};

constexpr auto kRegistered = Told("", "NewUser");
constexpr std::array kNewUser = {
    Field{"user", kShape, kAlways, "The account", "Account"},
};

constexpr std::array kLogin = {
    Field{"username", kText, kAlways,    "Or the e-mail address"},
    Field{"password", kText, kAlways,    ""},
    Field{"otp",      kText, kSometimes, "The second factor, where there is one"},
};
constexpr std::array kPasswordToken = {
    Field{"token",      kText,   kAlways, "Send it as Authorization: Bearer"},
    Field{"expires_at", kMoment, kOrNull, "A day from now"},
    Field{"scopes",     kTexts,  kAlways, "What it may be used for"},
};

constexpr std::array kAccount = {
    Field{"id",              kText,   kAlways, ""},
    Field{"username",        kText,   kAlways, ""},
    Field{"name",            kText,   kAlways, ""},
    Field{"email",           kText,   kAlways, ""},
    Field{"role",            kText,   kAlways, ""},
    Field{"task_group",      kText,   kAlways, ""},
    Field{"is_staff",        kFlag,   kAlways, "Runs the day-to-day in the management portal"},
    Field{"is_superuser",    kFlag,   kAlways, "May everything"},
    Field{"is_active",       kFlag,   kAlways, "May log in"},
    Field{"date_joined",     kMoment, kAlways, ""},
    Field{"last_login",      kMoment, kOrNull, ""},
    Field{"aircraft_access", kShapes, kAlways, "What they may do with which aircraft", "AircraftRole"},
    Field{"quota_codes",     kWhole,       kOrNull,    "Live codes at most; 0: any number; null: as configured"},
    Field{"quota_uses",      kWhole,       kOrNull,    "Outstanding uses at most, likewise"},
};
constexpr auto kAccountPage = Results("", "Account", kNextPage, kPageBefore);
constexpr auto kAccountAnswer = Told("The person as they are now", "Account");
constexpr std::array kAccountChange = {
    Field{"name",            kText,   kSometimes, "Only what is named changes"},
    Field{"email",           kText,   kSometimes, ""},
    Field{"role",            kText,   kSometimes, ""},
    Field{"task_group",      kText,   kSometimes, ""},
    Field{"is_staff",        kFlag,   kSometimes, ""},
    Field{"is_superuser",    kFlag,   kSometimes, ""},
    Field{"aircraft_access", kShapes, kSometimes, "All of it anew", "AircraftRole"},
    Field{"quota_codes",     kWholeOrText, kSometimes, "Live codes at most; 0: any number; null: as configured"},
    Field{"quota_uses",      kWholeOrText, kSometimes, "Outstanding uses at most; 0: any number; null: as configured"},
};

constexpr std::array kAircraft = {
    Field{"registration", kText,   kAlways, "As N12345"},
    Field{"name",         kText,   kAlways, ""},
    Field{"created_at",   kMoment, kAlways, ""},
    Field{"retired_at",   kMoment, kOrNull, "Since when nobody is given it any more"},
};
constexpr auto kAircraftList = Results("", "Aircraft", kAllThere, kAllThere);
constexpr auto kAircraftAnswer = Told("The aircraft as it is now", "Aircraft");
constexpr std::array kAircraftDraft = {
    Field{"registration", kText, kAlways,    "As N12345"},
    Field{"name",         kText, kSometimes, ""},
};

constexpr std::array kAircraftChange = {
    Field{"registration", kText, kSometimes, "Only what is named changes"},
    Field{"name",         kText, kSometimes, ""},
};

constexpr std::array kToken = {
    Field{"id",           kText,   kAlways,    ""},
    Field{"label",        kText,   kAlways,    "What its owner calls it"},
    Field{"scopes",       kTexts,  kAlways,    "What it may be used for"},
    Field{"created_at",   kMoment, kAlways,    ""},
    Field{"expires_at",   kMoment, kOrNull,    "null: it does not end by itself"},
    Field{"last_used_at", kMoment, kOrNull,    "To the minute"},
    Field{"revoked_at",   kMoment, kOrNull,    ""},
    Field{"token",        kText,   kSometimes, "The token itself, told once, when it is made"},
    Field{"username",     kText,   kSometimes, "Whose it is, where everybody's are listed"},
};
constexpr auto kTokenPage = Results("", "Token", kNextPage, kOneWay);
constexpr auto kTokenAnswer = Told("The token", "Token");
constexpr std::array kTokenDraft = {
    Field{"label",    kText,        kSometimes, "What you call it"},
    Field{"scopes",   kTextsOrText, kAlways,    "What it may be used for; with a token, no more than that one may"},
    Field{"days",     kWholeOrText, kSometimes, "How long it lasts; it never outlives the token it was made with"},
    Field{"username", kText,        kSometimes, "For somebody else; for superusers at a browser"},
};

constexpr std::array kCodeFilter = {
    Field{"role",       kText, kSometimes, "As in the list of codes"},
    Field{"task_group", kText, kSometimes, ""},
    Field{"status",     kText, kSometimes, ""},
    Field{"search",     kText, kSometimes, ""},
    Field{"created_by", kText, kSometimes, ""},
    Field{"tag",        kText, kSometimes, ""},
    Field{"template",   kText, kSometimes, ""},
    Field{"batch",      kText, kSometimes, ""},
};
constexpr std::array kBulkFields = {
    Field{"role",         kText,        kSometimes, "Only what is named changes"},
    Field{"task_group",   kText,        kSometimes, ""},
    Field{"max_uses",     kWholeOrText, kSometimes, ""},
    Field{"expires_days", kWholeOrText, kSometimes, ""},
    Field{"expires_at",   kText,        kSometimes, ""},
    Field{"starts_at",    kText,        kSometimes, ""},
    Field{"account_days", kWholeOrText, kSometimes, ""},
    Field{"label",        kText,        kSometimes, ""},
    Field{"notes",        kText,        kSometimes, ""},
    Field{"welcome",      kText,        kSometimes, ""},
    Field{"add_tags",     kTextsOrText, kSometimes, ""},
    Field{"remove_tags",  kTextsOrText, kSometimes, ""},
};
constexpr std::array kBulkRequest = {
    Field{"action",   kText,        kAlways,    "create, edit, revoke, reactivate or delete; with create, the fields of a code stand beside it"},
    Field{"count",    kWholeOrText, kSometimes, "With create: how many, at most 10000"},
    Field{"ids",      kWholes,      kSometimes, "Which codes; or filter"},
    Field{"filter",   kShape,       kSometimes, "All that the list would find", "CodeFilter"},
    Field{"fields",   kShape,       kSometimes, "With edit: what shall change", "BulkFields"},
    Field{"expected", kWholeOrText, kSometimes, "How many they should be: 412, and nothing is done, where they are not"},
    Field{"dry_run",  kFlag,        kSometimes, "Say what would come of it, and do nothing"},
    Field{"as_job",   kFlag,        kSometimes, "Not with create: as a job, however few they are; it can be undone"},
    Field{"role",           kText,        kSometimes, "With create, as these all"},
    Field{"task_group",     kText,        kSometimes, ""},
    Field{"max_uses",       kWholeOrText, kSometimes, ""},
    Field{"expires_days",   kWholeOrText, kSometimes, ""},
    Field{"expires_at",     kText,        kSometimes, ""},
    Field{"starts_at",      kText,        kSometimes, ""},
    Field{"label",          kText,        kSometimes, ""},
    Field{"email",          kText,        kSometimes, ""},
    Field{"name",           kText,        kSometimes, ""},
    Field{"notes",          kText,        kSometimes, ""},
    Field{"welcome",        kText,        kSometimes, ""},
    Field{"template",       kText,        kSometimes, "As when one is created"},
    Field{"account_days",   kWholeOrText, kSometimes, ""},
    Field{"aircraft_roles", kShapes,      kSometimes, "", "AircraftRole"},
    Field{"email_domains",  kTextsOrText, kSometimes, ""},
    Field{"tags",           kTextsOrText, kSometimes, ""},
    Field{"code",           kText,        kSometimes, "Where count is 1"},
};
constexpr std::array kSkippedCode = {
    Field{"id",      kWhole, kAlways, ""},
    Field{"reason",  kText,  kAlways, "Why it was left alone, for programs"},
    Field{"details", kText,  kAlways, "Why, for people"},
};
constexpr std::array kBulkAnswer = {
    Field{"matched", kWhole,  kAlways, "How many codes were meant"},
    Field{"changed", kWhole,  kAlways, "How many were made or changed, or would be"},
    Field{"skipped", kShapes, kAlways, "Those that were left alone, or would be; at most 1000 are named", "SkippedCode"},
    Field{"ids",     kWholes, kAlways, "Those that were made or changed, or would be"},
    Field{"batch",   kText,   kOrNull, "With create and more than one: what ties them together, in the list and in its filter"},
    Field{"job",     kText,   kOrNull, "Of more than 1000, or where it is asked for: where to look how it goes, with 202; null: it is done"},
};

constexpr std::array kShapes_ = {
    Shape{"AircraftRole",      "What somebody may do with one aircraft", kAircraftRole},
    Shape{"Code",              "An invite code",                         kCode},
    Shape{"CodeAnswer",        "What was done to a code",                kCodeAnswer},
    Shape{"CodePage",          "A page of codes",                        kCodePage},
    Shape{"CodeDraft",         "A code to be created",                   kCodeDraft},
    Shape{"CodeChange",        "What is to change of a code",            kCodeChange},
    Shape{"Reactivation",      "What a code needs to be usable again",   kReactivation},
    Shape{"Reason",            "Why",                                    kReason},
    Shape{"RoleOnly",          "The role with one aircraft",             kRoleOnly},
    Shape{"Explanation",       "Why a code works or does not",           kExplanation},
    Shape{"Redemption",        "Who has used a code",                    kRedemption},
    Shape{"RedemptionPage",    "A page of redemptions",                  kRedemptionPage},
    Shape{"RedemptionAnswer",  "What a redemption granted",              kRedemptionAnswer},
    Shape{"RedemptionRequest", "A use for an application's own person",  kRedemptionRequest},
    Shape{"CodeOnly",          "A code that somebody holds",             kCodeOnly},
    Shape{"Validity",          "What a code would grant",                kValidity},
    Shape{"Registration",      "A person who registers",                 kRegistration},
    Shape{"Registered",        "The new account",                        kRegistered},
    Shape{"NewUser",           "The new account",                        kNewUser},
    Shape{"Login",             "A name and a password",                  kLogin},
    Shape{"PasswordToken",     "A token for a name and a password",      kPasswordToken},
    Shape{"Account",           "A person",                               kAccount},
    Shape{"AccountPage",       "A page of people",                       kAccountPage},
    Shape{"Aircraft",          "An aircraft",                            kAircraft},
    Shape{"AircraftList",      "All aircraft",                           kAircraftList},
    Shape{"AircraftAnswer",    "What was done to an aircraft",           kAircraftAnswer},
    Shape{"AircraftDraft",     "An aircraft to be added",                kAircraftDraft},
    Shape{"AircraftChange",    "What is to change of an aircraft",       kAircraftChange},
    Shape{"AccountAnswer",     "What was done to a person",              kAccountAnswer},
    Shape{"AccountChange",     "What is to change of a person",          kAccountChange},
    Shape{"Token",             "An API token",                           kToken},
    Shape{"TokenPage",         "A page of tokens",                       kTokenPage},
    Shape{"TokenAnswer",       "A token that was made",                  kTokenAnswer},
    Shape{"TokenDraft",        "A token to be made",                     kTokenDraft},
    Shape{"CodeFilter",        "Which codes are meant",                  kCodeFilter},
    Shape{"BulkFields",        "What is to change of many codes",        kBulkFields},
    Shape{"BulkRequest",       "Many codes at once",                     kBulkRequest},
    Shape{"SkippedCode",       "A code that was left alone",             kSkippedCode},
    Shape{"BulkAnswer",        "What became of many codes",              kBulkAnswer},
    Shape{"StatsPeriod",       "A stretch of days",                      kPeriod},
    Shape{"StatsCodes",        "How many codes there are of each kind",  kCodeFigures},
    Shape{"StatsSum",          "How often something happened",           kTallied},
    Shape{"StatsOverview",     "Codes and who came with them",           kStatsOverview},
    Shape{"StatsReason",       "Why registrations were refused",         kReasonCount},
    Shape{"StatsRegistrations","Who registered and who could not",       kStatsRegistrations},
    Shape{"StatsShare",        "The part of one role or task group",     kStatsShare},
    Shape{"StatsShares",       "Roles, or task groups",                  kStatsShares},
    Shape{"StatsDay",          "One day",                                kStatsDay},
    Shape{"StatsHour",         "One hour of the week",                   kStatsHour},
    Shape{"StatsFunnel",       "From invitation to member",              kStatsFunnel},
    Shape{"StatsUsage",        "When codes were used",                   kStatsUsage},
};
// clang-format on

}  // namespace

std::span<const Shape> Shapes() {
    static const std::vector<Shape> all = [] {
        std::vector<Shape> both(kShapes_.begin(), kShapes_.end());
        const auto further = FurtherShapes();
        both.insert(both.end(), further.begin(), further.end());
        return both;
    }();
    return all;
}

const Shape* FindShape(std::string_view name) {
    const auto shapes = Shapes();
    const auto found = std::ranges::find(shapes, name, &Shape::name);
    return found == shapes.end() ? nullptr : &*found;
}

}  // namespace ostiary::api
