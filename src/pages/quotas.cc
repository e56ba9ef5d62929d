#include "pages/quotas.h"

#include <algorithm>

#include "pages/language.h"

namespace ostiary::pages {

void SetQuota(View& view, const std::optional<QuotaLeft>& left) {
    std::string words;
    if (left && left->quota.codes > 0)
        words =
            T("You may have {} live codes: {} are live, {} more are possible.", left->quota.codes,
              left->load.codes, std::max<std::int64_t>(left->quota.codes - left->load.codes, 0));
    if (left && left->quota.uses > 0) {
        if (!words.empty()) words += " ";
        const std::int64_t more =
            left->load.unlimited > 0
                ? 0
                : std::max<std::int64_t>(left->quota.uses - left->load.uses, 0);
        words += T("They may have {} uses outstanding: {} are, {} more are possible.",
                   left->quota.uses, left->load.uses, more);
    }
    view.Set("QUOTA", words);
}

}  // namespace ostiary::pages
