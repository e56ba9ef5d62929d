#pragma once

// What is left of one's quota, on the pages where codes are made.

#include <optional>

#include "core/quotas.h"
#include "pages/view.h"

namespace ostiary::pages {

// QUOTA: a sentence, or nothing where there is no limit.
void SetQuota(View&, const std::optional<QuotaLeft>&);

}  // namespace ostiary::pages
