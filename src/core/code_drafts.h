#pragma once

// From what was typed to a Code, naming every wrong field at once (CODE-3).

#include <vector>

#include "core/codes.h"

namespace ostiary {

// Writes the draft's present fields into `code`, whose other fields stay as they are. Moments
// without an offset are read in `time_zone`. Appends what is wrong to `errors`; `code` is then half
// changed: drop it.
void ApplyDraft(const CodeDraft&, const Config&, Work&, std::string_view time_zone, Millis now,
                LabelRule, Code& code, std::vector<FieldError>& errors);

// Only what reactivation may bring: expires_days, expires_at, max_uses.
void ApplyRenewal(const CodeDraft&, const Config&, std::string_view time_zone, Millis now,
                  Code& code, std::vector<FieldError>& errors);

// A fresh short code of the configured length, and a fresh link token.
std::string GenerateCode(Random&, int length);
std::string GenerateLinkToken(Random&);

}  // namespace ostiary
