#pragma once

// The columns of every table (core/raw_data.h).

#include <array>
#include <string_view>

#include "core/raw_tables.h"

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
    RawColumn{"seen_at",        kMoment},
    RawColumn{"joined_with",    kNumber, kNothing, "code"},
    RawColumn{"brought_by_id",  kText,   kNothing, "account"},
    RawColumn{"username_key",   kText},
    RawColumn{"email_key",      kText},
    RawColumn{"search_key",     kLong},
    RawColumn{"version",        kNumber},
    RawColumn{"quota_codes",    kNumber, kEdited},
    RawColumn{"quota_uses",     kNumber, kEdited},
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
inline constexpr std::array kScimUser = {
    RawColumn{"id",            kText,   kKeyed},
    RawColumn{"user_name",     kText,   kFound},
    RawColumn{"external_id",   kText,   kFound},
    RawColumn{"display_name",  kText,   kFound},
    RawColumn{"code_id",       kNumber, kListed, "code"},
    RawColumn{"account_id",    kText,   kListed, "account"},
    RawColumn{"created_at",    kMoment},
    RawColumn{"updated_at",    kMoment, kListed},
    RawColumn{"deleted_at",    kMoment, kListed},
    RawColumn{"user_name_key", kText},
    RawColumn{"version",       kNumber},
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
inline constexpr std::array kAlert = {
    RawColumn{"id",              kNumber, kKeyed},
    RawColumn{"kind",            kText,   kFound},
    RawColumn{"subject_name",    kText,   kFound},
    RawColumn{"subject",         kText,   kSearched},
    RawColumn{"code_id",         kNumber, kNothing, "code"},
    RawColumn{"batch",           kText},
    RawColumn{"amount",          kNumber, kListed},
    RawColumn{"compared",        kNumber},
    RawColumn{"minutes",         kNumber},
    RawColumn{"until_at",        kMoment},
    RawColumn{"reason",          kLong},
    RawColumn{"weight",          kNumber},
    RawColumn{"times",           kNumber},
    RawColumn{"raised_at",       kMoment, kListed},
    RawColumn{"seen_at",         kMoment},
    RawColumn{"ends_at",         kMoment},
    RawColumn{"acknowledged_at", kMoment, kListed},
    RawColumn{"acknowledged_by", kText},
    RawColumn{"snoozed_until",   kMoment},
    RawColumn{"snoozed_by",      kText},
    RawColumn{"closed_at",       kMoment, kListed},
};
inline constexpr std::array kAlertPosition = {
    RawColumn{"id",          kNumber, kKeyed},
    RawColumn{"looked",      kNumber, kListed},
    RawColumn{"fence",       kNumber, kListed},
    RawColumn{"waits_for",   kText},
    RawColumn{"expiry",      kMoment, kListed},
    RawColumn{"expiry_code", kNumber, kListed},
};
inline constexpr std::array kNotification = {
    RawColumn{"id",         kNumber, kKeyed},
    RawColumn{"account_id", kText,   kListed, "account"},
    RawColumn{"kind",       kText,   kFound},
    RawColumn{"code_id",    kNumber, kListed, "code"},
    RawColumn{"actor_id",   kText,   kNothing, "account"},
    RawColumn{"at",         kMoment, kListed},
    RawColumn{"seen_at",    kMoment, kListed},
};
inline constexpr std::array kRequest = {
    RawColumn{"id",            kNumber, kKeyed},
    RawColumn{"email",         kText,   kFound},
    RawColumn{"name",          kText,   kFound},
    RawColumn{"words",         kLong,   kSearched},
    RawColumn{"task_group",    kText,   kListed},
    RawColumn{"language",      kText},
    RawColumn{"state",         kNumber, kListed},
    RawColumn{"times_asked",   kNumber},
    RawColumn{"asked_at",      kMoment, kListed},
    RawColumn{"last_asked_at", kMoment},
    RawColumn{"decided_at",    kMoment},
    RawColumn{"decided_by_id", kText,   kNothing, "account"},
    RawColumn{"decided_by",    kText,   kListed},
    RawColumn{"reason",        kLong},
    RawColumn{"code_id",       kNumber, kNothing, "code"},
    RawColumn{"email_key",     kText},
};
inline constexpr std::array kVisit = {
    RawColumn{"code_id",   kNumber, kKeyed, "code"},
    RawColumn{"previewed", kNumber, kListed},
    RawColumn{"opened",    kNumber, kListed},
    RawColumn{"started",   kNumber, kListed},
};
inline constexpr std::array kAlertCount = {
    RawColumn{"what",   kText,   kKeyed | kSearched},
    RawColumn{"minute", kNumber, kKeyed},
    RawColumn{"count",  kNumber, kListed},
};
// clang-format on

}  // namespace raw
}  // namespace ostiary
