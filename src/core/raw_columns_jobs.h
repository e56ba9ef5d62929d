#pragma once

// The columns of changes of many codes (core/raw_data.h).

#include "core/raw_columns.h"

namespace ostiary::raw {

// clang-format off
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
