#pragma once

// The columns of the tables behind deeds that are done to many at once; see core/raw_columns.h.

#include "core/raw_columns.h"

namespace ostiary::raw {

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
inline constexpr std::array kBulkJob = {
    RawColumn{"id",            kText,   kKeyed},
    RawColumn{"state",         kText,   kFound},
    RawColumn{"action",        kText,   kFound},
    RawColumn{"edit",          kLong,   kNothing, kNowhere, RawShow::kMasked},
    RawColumn{"chosen",        kNumber, kListed},
    RawColumn{"reached",       kNumber},
    RawColumn{"looked_at",     kNumber, kListed},
    RawColumn{"changed",       kNumber, kListed},
    RawColumn{"people",        kNumber},
    RawColumn{"brought_back",  kNumber},
    RawColumn{"kept",          kNumber},
    RawColumn{"trouble",       kLong},
    RawColumn{"created_by_id", kText,   kNothing, "account"},
    RawColumn{"created_by",    kText,   kFound},
    RawColumn{"ended_by_id",   kText,   kNothing, "account"},
    RawColumn{"ended_by",      kText},
    RawColumn{"door",          kText},
    RawColumn{"address",       kText},
    RawColumn{"request_id",    kText},
    RawColumn{"created_at",    kMoment, kListed},
    RawColumn{"updated_at",    kMoment},
    RawColumn{"lease",         kText,   kNothing, kNowhere, RawShow::kMasked},
    RawColumn{"lease_until",   kMoment},
};
inline constexpr std::array kBulkJobCode = {
    RawColumn{"job_id",   kText,   kKeyed, "bulk_job"},
    RawColumn{"code_id",  kNumber, kKeyed, "code"},
    RawColumn{"version",  kNumber},
    RawColumn{"before",   kLong,   kNothing, kNowhere, RawShow::kMasked},
    RawColumn{"reason",   kText,   kFound},
    RawColumn{"sentence", kLong},
};
// clang-format on

}  // namespace ostiary::raw
