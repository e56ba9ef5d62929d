#pragma once

// The columns of what came as a file, and of what was taken back (core/raw_data.h).

#include "core/raw_columns.h"

namespace ostiary {
namespace raw {

// clang-format off
inline constexpr std::array kImport = {
    RawColumn{"id",             kText,   kKeyed},
    RawColumn{"state",          kText,   kFound},
    RawColumn{"ending",         kText},
    RawColumn{"content_hash",   kText,   kNothing, kNowhere, RawShow::kMasked},
    RawColumn{"mode",           kText,   kListed},
    RawColumn{"again",          kSwitch},
    RawColumn{"label_required", kSwitch},
    RawColumn{"map",            kLong},
    RawColumn{"row_count",      kNumber, kListed},
    RawColumn{"looked_at",      kNumber},
    RawColumn{"created",        kNumber, kListed},
    RawColumn{"refused",        kNumber, kListed},
    RawColumn{"repeated",       kNumber},
    RawColumn{"undone",         kNumber},
    RawColumn{"trouble",        kLong},
    RawColumn{"created_by_id",  kText,   kNothing, "account"},
    RawColumn{"created_by",     kText,   kFound},
    RawColumn{"door",           kText},
    RawColumn{"address",        kText},
    RawColumn{"request_id",     kText},
    RawColumn{"created_at",     kMoment, kListed},
    RawColumn{"updated_at",     kMoment},
    RawColumn{"lease",          kText,   kNothing, kNowhere, RawShow::kMasked},
    RawColumn{"lease_until",    kMoment},
    RawColumn{"ended_by_id",    kText,   kNothing, "account"},
    RawColumn{"ended_by",       kText},
};
inline constexpr std::array kImportPiece = {
    RawColumn{"import_id", kText,   kKeyed, "import"},
    RawColumn{"place",     kNumber, kKeyed},
    RawColumn{"sealed",    kLong,   kNothing, kNowhere, RawShow::kMasked},
};
inline constexpr std::array kImportError = {
    RawColumn{"import_id",  kText,   kKeyed, "import"},
    RawColumn{"row_number", kNumber, kKeyed},
    RawColumn{"place",      kNumber, kKeyed},
    RawColumn{"field",      kText,   kListed},
    RawColumn{"reason",     kText,   kFound},
    RawColumn{"sentence",   kLong},
};
inline constexpr std::array kImportRow = {
    RawColumn{"hash",      kText, kKey, kNowhere, RawShow::kMasked},
    RawColumn{"import_id", kText, kKeyed, "import"},
};
inline constexpr std::array kRecall = {
    RawColumn{"id",                   kText,   kKeyed},
    RawColumn{"state",                kText,   kFound},
    RawColumn{"scope",                kText,   kFound},
    RawColumn{"subject",              kText,   kSearched},
    RawColumn{"since",                kMoment},
    RawColumn{"revokes_codes",        kSwitch, kListed},
    RawColumn{"deactivates_accounts", kSwitch, kListed},
    RawColumn{"reason",               kLong},
    RawColumn{"created_by_id",        kText,   kNothing, "account"},
    RawColumn{"created_by",           kText,   kFound},
    RawColumn{"created_at",           kMoment, kListed},
    RawColumn{"undone_by",            kText},
    RawColumn{"undone_at",            kMoment},
};
inline constexpr std::array kRecallItem = {
    RawColumn{"recall_id",  kText,   kKeyed, "recall"},
    RawColumn{"code_id",    kNumber, kKeyed, "code"},
    RawColumn{"account_id", kText,   kKeyed, "account"},
    RawColumn{"spared",     kText,   kFound},
    RawColumn{"version",    kNumber},
    RawColumn{"undone",     kText,   kFound},
};
inline constexpr std::array kPull = {
    RawColumn{"id",          kText,   kKeyed},
    RawColumn{"state",       kText,   kFound},
    RawColumn{"source",      kText,   kSearched},
    RawColumn{"row_count",   kNumber, kListed},
    RawColumn{"wrong",       kNumber, kListed},
    RawColumn{"unnamed",     kNumber},
    RawColumn{"known",       kNumber},
    RawColumn{"leavers",     kNumber, kListed},
    RawColumn{"changes",     kNumber, kListed},
    RawColumn{"links",       kNumber, kListed},
    RawColumn{"invites",     kNumber, kListed},
    RawColumn{"done",        kNumber},
    RawColumn{"failed",      kNumber},
    RawColumn{"fingerprint", kText,   kNothing, kNowhere, RawShow::kMasked},
    RawColumn{"trouble",     kLong},
    RawColumn{"asked_by",    kText},
    RawColumn{"ended_by_id", kText,   kNothing, "account"},
    RawColumn{"ended_by",    kText,   kFound},
    RawColumn{"door",        kText},
    RawColumn{"address",     kText},
    RawColumn{"request_id",  kText},
    RawColumn{"created_at",  kMoment, kListed},
    RawColumn{"updated_at",  kMoment},
    RawColumn{"lease",       kText,   kNothing, kNowhere, RawShow::kMasked},
    RawColumn{"lease_until", kMoment},
};
inline constexpr std::array kPullChange = {
    RawColumn{"pull_id", kText,   kKeyed, "pull"},
    RawColumn{"place",   kNumber, kKeyed},
    RawColumn{"kind",    kText,   kFound},
    RawColumn{"scim_id", kText,   kSearched},
    RawColumn{"sealed",  kLong,   kNothing, kNowhere, RawShow::kMasked},
    RawColumn{"outcome", kText,   kFound},
    RawColumn{"reason",  kLong},
};
inline constexpr std::array kPullError = {
    RawColumn{"pull_id",    kText,   kKeyed, "pull"},
    RawColumn{"row_number", kNumber, kKeyed},
    RawColumn{"place",      kNumber, kKeyed},
    RawColumn{"field",      kText,   kListed},
    RawColumn{"reason",     kText,   kFound},
    RawColumn{"sentence",   kLong},
};
inline constexpr std::array kPullPerson = {
    RawColumn{"hash",    kText, kKey, kNowhere, RawShow::kMasked},
    RawColumn{"scim_id", kText, kFound},
    RawColumn{"sealed",  kLong, kNothing, kNowhere, RawShow::kMasked},
};
// clang-format on

}  // namespace raw
}  // namespace ostiary
