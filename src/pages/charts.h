#pragma once

// Charts, drawn here as shapes without a style of their own: colours come from the style sheet, and
// what they show stands beside them as words and as a table.

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pages/view.h"

namespace ostiary::pages {

// One number after another, each as a bar: the path of a small picture, 10 wide for each bar.
inline constexpr std::int64_t kSparkWidth = 10, kSparkHeight = 48;
std::string SparkPath(std::span<const std::int64_t> numbers);

struct Bar {
    std::int64_t lower = 0, upper = 0;  // one stands on the other
    std::string words;                  // "3 Oct: 5 people"

    std::int64_t number() const { return lower + upper; }
};
// For {{>CHART_BARS}}: bars over time, with what stands below its beginning, middle and end. The
// caller sets the list CHART_KEYS, or leaves it empty: what KEY_CLASS the words KEY explain.
void SetBars(View&, std::string_view words, const std::vector<Bar>&,
             const std::array<std::string, 3>& below);

// For {{>CHART_HEAT}}: a number for each hour of each day of the week, Monday first.
using Week = std::array<std::array<std::int64_t, 24>, 7>;
void SetHeat(View&, std::string_view words, const Week&);

// For {{>CHART_SHARE}}: a part of the whole as a bar that lies.
void SetShare(View&, std::int64_t part, std::int64_t whole);

std::string WeekdayWord(int weekday);  // 0 is Monday

}  // namespace ostiary::pages
