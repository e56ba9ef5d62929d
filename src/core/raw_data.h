#pragma once

// The browser of raw data (ADM-6): every table, declared. What can be changed here is changed by
// the verbs that everything else uses, so the same rules and the same audit hold.

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/permissions.h"
#include "core/raw_tables.h"
#include "core/world.h"

namespace ostiary {
namespace raw {

using enum RawKind;
using enum RawUse;
constexpr auto kKeyed = kKey | kListed;
constexpr auto kFound = kSearched | kListed;
constexpr auto kTyped = kEdited | kGiven;
constexpr std::string_view kNowhere;

// clang-format off
inline constexpr std::array kAccount = {
    RawColumn{"id",             kText,   kKey},
    RawColumn{"username",       kText,   kFound | kTyped},
    RawColumn{"email",          kText,   kFound | kTyped},
    RawColumn{"name",           kText,   kFound | kTyped},
    RawColumn{"role",           kText,   kListed | kTyped},
    RawColumn{"task_group",     kText,   kListed | kTyped},
    RawColumn{"is_staff",       kSwitch, kListed | kTyped},
    RawColumn{"is_superuser",   kSwitch, kListed | kTyped},
    RawColumn{"time_zone",      kText,   kTyped},
    RawColumn{"password_hash",  kText,   kTyped, kNowhere, RawShow::kMasked},
    RawColumn{"deactivated_at", kMoment},
    RawColumn{"ends_at",        kMoment},
    RawColumn{"joined_at",      kMoment, kListed},
    RawColumn{"last_login_at",  kMoment},
    RawColumn{"joined_with",    kNumber, kNothing, "code"},
    RawColumn{"username_key",   kText},
    RawColumn{"email_key",      kText},
    RawColumn{"search_key",     kLong},
    RawColumn{"version",        kNumber},
};
inline constexpr std::array kAircraft = {
    RawColumn{"id",           kText,   kKey},
    RawColumn{"registration", kText,   kFound | kTyped},
    RawColumn{"name",         kText,   kFound | kTyped},
    RawColumn{"created_at",   kMoment, kListed},
    RawColumn{"retired_at",   kMoment, kListed},
    RawColumn{"version",      kNumber},
};
inline constexpr std::array kAccountAircraft = {
    RawColumn{"account_id",  kText,   kKeyed | kGiven, "account"},
    RawColumn{"aircraft_id", kText,   kKeyed | kGiven, "aircraft"},
    RawColumn{"role",        kText,   kFound | kTyped},
    RawColumn{"granted_at",  kMoment, kListed},
};
inline constexpr std::array kCode = {
    RawColumn{"id",              kNumber, kKeyed},
    RawColumn{"label",           kText,   kFound | kTyped},
    RawColumn{"role",            kText,   kListed | kTyped},
    RawColumn{"task_group",      kText,   kListed | kTyped},
    RawColumn{"email",           kText,   kFound | kTyped},
    RawColumn{"name",            kText,   kSearched | kTyped},
    RawColumn{"max_uses",        kNumber, kListed | kTyped},
    RawColumn{"used_count",      kNumber, kListed},
    RawColumn{"starts_at",       kMoment, kTyped},
    RawColumn{"expires_at",      kMoment, kListed | kTyped},
    RawColumn{"account_days",    kNumber, kTyped},
    RawColumn{"notes",           kLong,   kSearched | kTyped},
    RawColumn{"welcome",         kLong,   kTyped},
    RawColumn{"approval",        kNumber},
    RawColumn{"approved_by",     kText},
    RawColumn{"approval_reason", kText},
    RawColumn{"created_by_id",   kText,   kNothing, "account"},
    RawColumn{"created_by",      kText,   kFound},
    RawColumn{"created_at",      kMoment, kListed},
    RawColumn{"updated_at",      kMoment},
    RawColumn{"last_used_at",    kMoment},
    RawColumn{"last_taken",      kNumber},
    RawColumn{"deactivated_at",  kMoment},
    RawColumn{"deleted_at",      kMoment},
    RawColumn{"email_domains",   kText},
    RawColumn{"tags",            kText,   kSearched},
    RawColumn{"template_name",   kText},
    RawColumn{"batch",           kText},
    RawColumn{"search_key",      kLong},
    RawColumn{"version",         kNumber},
    RawColumn{"code_hash",       kText,   kNothing, kNowhere, RawShow::kMasked},
    RawColumn{"token_hash",      kText,   kNothing, kNowhere, RawShow::kMasked},
    RawColumn{"sealed",          kText,   kNothing, kNowhere, RawShow::kMasked},
};
inline constexpr std::array kCodeAircraft = {
    RawColumn{"code_id",     kNumber, kKeyed | kGiven, "code"},
    RawColumn{"aircraft_id", kText,   kKeyed | kGiven, "aircraft"},
    RawColumn{"role",        kText,   kFound | kTyped},
};
inline constexpr std::array kCodeFragment = {
    RawColumn{"hash",    kNumber, kKey, kNowhere, RawShow::kMasked},
    RawColumn{"code_id", kNumber, kKeyed, "code"},
};
inline constexpr std::array kCodeTag = {
    RawColumn{"tag",     kText,   kKeyed},
    RawColumn{"code_id", kNumber, kKeyed, "code"},
};
inline constexpr std::array kTemplate = {
    RawColumn{"id",            kNumber, kKeyed},
    RawColumn{"name",          kText,   kFound},
    RawColumn{"description",   kText,   kSearched},
    RawColumn{"role",          kText,   kListed},
    RawColumn{"task_group",    kText,   kListed},
    RawColumn{"max_uses",      kNumber, kListed},
    RawColumn{"expires_days",  kNumber, kListed},
    RawColumn{"account_days",  kNumber},
    RawColumn{"label",         kText},
    RawColumn{"notes",         kLong},
    RawColumn{"welcome",       kLong},
    RawColumn{"email_domains", kText},
    RawColumn{"tags",          kText},
    RawColumn{"created_by_id", kText,   kNothing, "account"},
    RawColumn{"created_by",    kText,   kFound},
    RawColumn{"created_at",    kMoment},
    RawColumn{"updated_at",    kMoment, kListed},
    RawColumn{"name_key",      kText},
    RawColumn{"version",       kNumber},
};
inline constexpr std::array kTemplateAircraft = {
    RawColumn{"template_id", kNumber, kKeyed, "template"},
    RawColumn{"aircraft_id", kText,   kKeyed, "aircraft"},
    RawColumn{"role",        kText,   kFound},
};
inline constexpr std::array kShelf = {
    RawColumn{"id",         kNumber, kKeyed},
    RawColumn{"whose",      kNumber, kListed},
    RawColumn{"creator_id", kText,   kNothing, "account"},
    RawColumn{"creator",    kText,   kFound},
    RawColumn{"role",       kText,   kListed},
    RawColumn{"task_group", kText,   kListed},
    RawColumn{"status",     kNumber, kListed},
    RawColumn{"codes",      kNumber, kListed},
    RawColumn{"used",       kNumber, kListed},
};
inline constexpr std::array kShelfChange = {
    RawColumn{"id",    kNumber, kKeyed},
    RawColumn{"shelf", kNumber, kListed, "shelf"},
    RawColumn{"codes", kNumber, kListed},
    RawColumn{"used",  kNumber, kListed},
};
inline constexpr std::array kShelvedCode = {
    RawColumn{"code_id",      kNumber, kKeyed, "code"},
    RawColumn{"whose",        kNumber, kKeyed},
    RawColumn{"shelf",        kNumber, kListed, "shelf"},
    RawColumn{"label",        kText,   kListed},
    RawColumn{"uses",         kNumber, kListed},
    RawColumn{"expires_at",   kNumber},
    RawColumn{"last_used_at", kNumber},
    RawColumn{"due_at",       kMoment},
};
inline constexpr std::array kUnsettledCode = {
    RawColumn{"id",      kNumber, kKeyed},
    RawColumn{"code_id", kNumber, kListed, "code"},
};
inline constexpr std::array kRedemption = {
    RawColumn{"id",                   kNumber, kKeyed},
    RawColumn{"code_id",              kNumber, kListed, "code"},
    RawColumn{"account_name",         kText,   kFound},
    RawColumn{"subject",              kText,   kFound},
    RawColumn{"email",                kText,   kFound},
    RawColumn{"role",                 kText,   kListed},
    RawColumn{"task_group",           kText,   kListed},
    RawColumn{"redeemed_at",          kMoment, kListed},
    RawColumn{"application",          kText,   kNothing, "account"},
    RawColumn{"account_id",           kText,   kNothing, "account"},
    RawColumn{"aircraft_roles",       kLong},
    RawColumn{"idempotency_key_hash", kText,   kNothing, kNowhere, RawShow::kMasked},
};
inline constexpr std::array kSession = {
    RawColumn{"id_hash",    kText,   kKey, kNowhere, RawShow::kMasked},
    RawColumn{"account_id", kText,   kListed, "account"},
    RawColumn{"address",    kText,   kFound},
    RawColumn{"user_agent", kText,   kFound},
    RawColumn{"created_at", kMoment, kListed},
    RawColumn{"seen_at",    kMoment, kListed},
    RawColumn{"expires_at", kMoment},
    RawColumn{"ended_at",   kMoment, kListed},
};
inline constexpr std::array kToken = {
    RawColumn{"id",           kText,   kKey},
    RawColumn{"label",        kText,   kFound},
    RawColumn{"account_id",   kText,   kListed, "account"},
    RawColumn{"scopes",       kText,   kFound},
    RawColumn{"created_at",   kMoment, kListed},
    RawColumn{"expires_at",   kMoment, kListed},
    RawColumn{"last_used_at", kMoment, kListed},
    RawColumn{"revoked_at",   kMoment, kListed},
    RawColumn{"hash",         kText,   kNothing, kNowhere, RawShow::kMasked},
};
inline constexpr std::array kPasswordReset = {
    RawColumn{"account_id", kText,   kKeyed, "account"},
    RawColumn{"created_by", kText,   kFound},
    RawColumn{"created_at", kMoment, kListed},
    RawColumn{"expires_at", kMoment, kListed},
    RawColumn{"token_hash", kText,   kNothing, kNowhere, RawShow::kMasked},
};
inline constexpr std::array kWebhook = {
    RawColumn{"id",                kText,   kKey},
    RawColumn{"url",               kText,   kFound},
    RawColumn{"description",       kText,   kFound},
    RawColumn{"kinds",             kLong,   kSearched},
    RawColumn{"created_by",        kText,   kFound},
    RawColumn{"created_at",        kMoment, kListed},
    RawColumn{"updated_at",        kMoment},
    RawColumn{"disabled_at",       kMoment, kListed},
    RawColumn{"disabled_reason",   kText},
    RawColumn{"failing_since",     kMoment, kListed},
    RawColumn{"old_signs_until",   kMoment},
    RawColumn{"sealed_secret",     kText,   kNothing, kNowhere, RawShow::kMasked},
    RawColumn{"sealed_old_secret", kText,   kNothing, kNowhere, RawShow::kMasked},
};
inline constexpr std::array kWebhookDelivery = {
    RawColumn{"id",           kNumber, kKeyed},
    RawColumn{"webhook_id",   kText,   kListed, "webhook"},
    RawColumn{"event_id",     kNumber, kListed, "event"},
    RawColumn{"code_id",      kNumber, kNothing, "code"},
    RawColumn{"state",        kNumber, kListed},
    RawColumn{"attempts",     kNumber, kListed},
    RawColumn{"status",       kNumber, kListed},
    RawColumn{"created_at",   kMoment, kListed},
    RawColumn{"due_at",       kMoment},
    RawColumn{"attempted_at", kMoment},
    RawColumn{"done_at",      kMoment},
    RawColumn{"response",     kLong},
    RawColumn{"lease",        kText},
};
inline constexpr std::array kMail = {
    RawColumn{"id",            kNumber, kKeyed},
    RawColumn{"kind",          kText,   kFound},
    RawColumn{"recipient",     kText,   kFound},
    RawColumn{"state",         kNumber, kListed},
    RawColumn{"attempts",      kNumber, kListed},
    RawColumn{"reason",        kLong,   kSearched},
    RawColumn{"code_id",       kNumber, kNothing, "code"},
    RawColumn{"account_id",    kText,   kNothing, "account"},
    RawColumn{"created_by_id", kText,   kNothing, "account"},
    RawColumn{"created_by",    kText,   kFound},
    RawColumn{"created_at",    kMoment, kListed},
    RawColumn{"due_at",        kMoment},
    RawColumn{"attempted_at",  kMoment},
    RawColumn{"done_at",       kMoment, kListed},
    RawColumn{"language",      kText},
    RawColumn{"lease",         kText},
    RawColumn{"sealed",        kText,   kNothing, kNowhere, RawShow::kMasked},
};
inline constexpr std::array kEvent = {
    RawColumn{"id",           kNumber, kKeyed},
    RawColumn{"at",           kMoment, kListed},
    RawColumn{"kind",         kText,   kFound},
    RawColumn{"actor_name",   kText,   kFound},
    RawColumn{"subject_name", kText,   kFound},
    RawColumn{"door",         kText,   kListed},
    RawColumn{"address",      kText,   kFound},
    RawColumn{"code_id",      kNumber, kNothing, "code"},
    RawColumn{"actor_id",     kText,   kNothing, "account"},
    RawColumn{"subject_id",   kText},
    RawColumn{"details",      kLong},
    RawColumn{"request_id",   kText},
    RawColumn{"mac",          kText},
    RawColumn{"digest",       kText},
    RawColumn{"stamp",        kText},
    RawColumn{"salt",         kText,   kNothing, kNowhere, RawShow::kMasked},
};
inline constexpr std::array kAuditLink = {
    RawColumn{"position", kNumber, kKeyed},
    RawColumn{"event_id", kNumber, kListed, "event"},
    RawColumn{"mac",      kText,   kFound},
    RawColumn{"seal",     kText,   kFound},
};
inline constexpr std::array kAuditPosition = {
    RawColumn{"id",          kNumber, kKeyed},
    RawColumn{"linked",      kNumber, kListed},
    RawColumn{"fence",       kNumber, kListed},
    RawColumn{"waits_for",   kText},
    RawColumn{"origin",      kNumber, kListed},
    RawColumn{"origin_seal", kText},
};
inline constexpr std::array kTally = {
    RawColumn{"id",         kNumber, kKeyed},
    RawColumn{"whose",      kNumber, kListed},
    RawColumn{"day",        kNumber, kListed},
    RawColumn{"kind",       kText,   kFound},
    RawColumn{"reason",     kText,   kFound},
    RawColumn{"role",       kText,   kFound},
    RawColumn{"task_group", kText,   kFound},
    RawColumn{"creator_id", kText,   kNothing, "account"},
    RawColumn{"creator",    kText,   kFound},
    RawColumn{"count",      kNumber, kListed},
    RawColumn{"quarters",   kLong},
};
inline constexpr std::array kTallyPosition = {
    RawColumn{"source",    kText,   kKeyed},
    RawColumn{"counted",   kNumber, kListed},
    RawColumn{"fence",     kNumber, kListed},
    RawColumn{"waits_for", kText},
};
inline constexpr std::array kReceipt = {
    RawColumn{"key_hash",      kText,   kKey, kNowhere, RawShow::kMasked},
    RawColumn{"made_at",       kMoment, kListed},
    RawColumn{"claimed_until", kMoment, kListed},
    RawColumn{"request_hash",  kText,   kNothing, kNowhere, RawShow::kMasked},
    RawColumn{"answer",        kText,   kNothing, kNowhere, RawShow::kMasked},
};
inline constexpr std::array kSharedBucket = {
    RawColumn{"bucket",     kText,   kKeyed | kSearched},
    RawColumn{"full_at",    kMoment, kListed},
    RawColumn{"drained_at", kMoment, kListed},
};
inline constexpr std::array kFact = {
    RawColumn{"key",   kText, kKeyed | kSearched},
    RawColumn{"value", kText, kNothing, kNowhere, RawShow::kMasked},
};
inline constexpr std::array kMigration = {
    RawColumn{"number",     kNumber, kKeyed},
    RawColumn{"name",       kText,   kFound},
    RawColumn{"applied_at", kMoment, kListed},
    RawColumn{"checksum",   kText},
};
inline constexpr std::array kCommitMarker = {
    RawColumn{"node",      kText,   kKeyed},
    RawColumn{"batch",     kNumber, kListed},
    RawColumn{"marked_at", kMoment, kListed},
};
// clang-format on

constexpr auto kAll = RawDeeds::kAdd | RawDeeds::kEdit | RawDeeds::kRemove;
constexpr std::string_view kHistory =
    "History is only ever added to: nobody changes it, not here either.";
constexpr std::string_view kProgram = "The program keeps this for itself and keeps it right.";

}  // namespace raw

inline constexpr std::array kRawTables = {
    RawTable{"account", "Accounts", "Somebody who can log in.",
             "An account is deleted after it was deactivated; its codes and history stay.",
             raw::kAll, raw::kAccount},
    RawTable{"account_aircraft", "Aircraft roles of accounts", "What an account may use.", "",
             raw::kAll, raw::kAccountAircraft},
    RawTable{"aircraft", "Aircraft", "Something that access is granted to.",
             "One that people or codes hold a role on can be retired, not deleted.", raw::kAll,
             raw::kAircraft},
    RawTable{"code", "Codes", "An invitation code.",
             "Uses are counted by redemptions alone, and a code that was used stays as it was.",
             raw::kAll, raw::kCode},
    RawTable{"code_aircraft", "Aircraft roles of codes", "What a code grants.", "", raw::kAll,
             raw::kCodeAircraft},
    RawTable{"code_fragment", "Search index of codes",
             "Three letters of a short code, hashed with a key.", raw::kProgram, RawDeeds::kNothing,
             raw::kCodeFragment},
    RawTable{"code_tag", "Tags of codes", "A tag, a template or a batch, and a code that has it.",
             raw::kProgram, RawDeeds::kNothing, raw::kCodeTag},
    RawTable{"template", "Templates", "What codes are made from.",
             "Templates are changed on their own page.", RawDeeds::kRemove, raw::kTemplate},
    RawTable{"template_aircraft", "Aircraft roles of templates", "What a template's codes grant.",
             "Templates are changed on their own page.", RawDeeds::kNothing,
             raw::kTemplateAircraft},
    RawTable{"redemption", "Redemptions", "One use of a code by one person.", raw::kHistory,
             RawDeeds::kNothing, raw::kRedemption},
    RawTable{"session", "Sessions", "A browser in which somebody is, or was, logged in.",
             "Removing one ends it: that browser is logged out at its next click.",
             RawDeeds::kRemove, raw::kSession},
    RawTable{"token", "API tokens", "What a program shows in somebody's name.",
             "Removing one revokes it: programs that use it are refused from then on.",
             RawDeeds::kRemove, raw::kToken},
    RawTable{"password_reset", "Password reset links", "The one link an account may have.",
             "Removing one withdraws it: the link stops working.", RawDeeds::kRemove,
             raw::kPasswordReset},
    RawTable{"event", "Events", "Something that happened.", raw::kHistory, RawDeeds::kNothing,
             raw::kEvent},
    RawTable{"audit_link", "Chain of events", "One event, sealed over the one before it.",
             raw::kHistory, RawDeeds::kNothing, raw::kAuditLink},
    RawTable{"audit_position", "Position of the chain", "How far events are linked.",
             raw::kProgram, RawDeeds::kNothing, raw::kAuditPosition},
    RawTable{"webhook", "Webhooks", "A place that is told what happens.",
             "Removing one drops its deliveries too: nothing is sent there any more.",
             RawDeeds::kRemove, raw::kWebhook},
    RawTable{"webhook_delivery", "Webhook deliveries", "One event on its way to one webhook.",
             raw::kProgram, RawDeeds::kNothing, raw::kWebhookDelivery},
    RawTable{"mail", "Mails", "A mail on its way to one person.", raw::kProgram, RawDeeds::kNothing,
             raw::kMail},
    RawTable{"shelf", "Shelves of codes", "Codes of one status, role and task group, counted.",
             raw::kProgram, RawDeeds::kNothing, raw::kShelf},
    RawTable{"shelved_code", "Places on shelves", "Where a code stands in the lists.",
             raw::kProgram, RawDeeds::kNothing, raw::kShelvedCode},
    RawTable{"shelf_change", "Changes of shelves", "What a shelf does not count yet.",
             raw::kProgram, RawDeeds::kNothing, raw::kShelfChange},
    RawTable{"unsettled_code", "Codes to be moved", "A code that may stand in the wrong place.",
             raw::kProgram, RawDeeds::kNothing, raw::kUnsettledCode},
    RawTable{"tally", "Counters of reports",
             "How often something happened on one day, by quarters of an hour (UTC).",
             raw::kProgram, RawDeeds::kNothing, raw::kTally},
    RawTable{"tally_position", "Positions of reports", "How far a table has been counted.",
             raw::kProgram, RawDeeds::kNothing, raw::kTallyPosition},
    RawTable{"receipt", "Receipts", "What was answered to a request with an Idempotency-Key.",
             raw::kProgram, RawDeeds::kNothing, raw::kReceipt},
    RawTable{"shared_bucket", "Wrong guesses",
             "How long until somebody who guessed wrong may guess as often as before.",
             raw::kProgram, RawDeeds::kNothing, raw::kSharedBucket},
    RawTable{"fact", "Facts", "A note of the installation about itself.", raw::kProgram,
             RawDeeds::kNothing, raw::kFact},
    RawTable{"schema_migration", "Migrations", "A step of the layout of this database.",
             raw::kProgram, RawDeeds::kNothing, raw::kMigration},
    RawTable{"commit_marker", "Commit markers", "The latest commit of a running node.",
             raw::kProgram, RawDeeds::kNothing, raw::kCommitMarker},
};

constexpr const RawTable* FindRawTable(std::string_view name) {
    for (const RawTable& table : kRawTables)
        if (table.name == name) return &table;
    return nullptr;
}

// Those this database has.
Result<std::vector<const RawTable*>> ListRawTables(Permit<Permission::kRawData>, World&);

// A row with what must not be seen taken out, and the text by which its address names it.
struct RawRecord {
    std::string address;  // sealed where the key itself is a secret
    RawRow values;        // of masked columns: empty text where there is something
};
struct RawListing {
    std::vector<RawRecord> rows;
    std::string next, previous;  // addresses of rows that other pages lie beyond; empty: none
};
struct RawQuestion {
    std::string search, column, value, beyond;
    bool back = false;
};
// What cannot be asked (a masked column, an unknown one, a broken address) finds nothing.
Result<RawListing> ListRawRows(Permit<Permission::kRawData>, World&, const RawTable&,
                               const RawQuestion&);
Result<RawRecord> GetRawRow(Permit<Permission::kRawData>, World&, const RawTable&,
                            std::string_view address);
// The address of the row with this key, for following a foreign key of one column.
std::string RawAddress(World&, const RawTable&, const RawKey&);
// Nothing if it is no address of this table.
RawKey RawKeyOf(const World&, const RawTable&, std::string_view address);

// ── Changes ────────────────────────────────────────────────────────────────────────────────────

// What was typed, by column; columns that were not sent stay as they are.
using RawTyped = std::vector<std::pair<std::string, std::string>>;

// kConflict where the table has no such deed; otherwise what the verb behind it says. Permission to
// look is not permission to change: each verb asks the actor for its own.
Result<void> AddRawRow(Permit<Permission::kRawData>, World&, const RawTable&, const RawTyped&);
Result<void> EditRawRow(Permit<Permission::kRawData>, World&, const RawTable&,
                        std::string_view address, const RawTyped&);
Result<void> RemoveRawRow(Permit<Permission::kRawData>, World&, const RawTable&,
                          std::string_view address);

}  // namespace ostiary
