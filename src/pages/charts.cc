#include "pages/charts.h"

#include <fmt/format.h>

#include <algorithm>

#include "pages/language.h"

namespace ostiary::pages {
namespace {

constexpr std::int64_t kBarWidth = 8, kPlotHeight = 1000, kLowestBar = 12, kShareWidth = 100;
constexpr std::int64_t kCell = 20, kCellGap = 2, kHeatSteps = 5;

// A bar that stands on the ground of its picture.
std::string BarPath(std::int64_t x, std::int64_t width, std::int64_t ground, std::int64_t height) {
    return fmt::format("M{} {}v-{}h{}v{}z", x, ground, height, width, height);
}

// The number at the top of a scale: even, so that half of it is a whole number, and round.
std::int64_t TopOf(std::int64_t highest) {
    std::int64_t step = 2;
    while (step * 10 < highest) step *= 10;
    return std::max<std::int64_t>((highest + step - 1) / step, 1) * step;
}

}  // namespace

std::string SparkPath(std::span<const std::int64_t> numbers) {
    const std::int64_t highest =
        numbers.empty() ? 1 : std::max<std::int64_t>(*std::ranges::max_element(numbers), 1);
    std::string path;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        // An empty time keeps a line, so that the whole span is seen.
        const std::int64_t high = std::max<std::int64_t>(numbers[i] * kSparkHeight / highest, 1);
        path += BarPath(static_cast<std::int64_t>(i) * kSparkWidth, kBarWidth, kSparkHeight, high);
    }
    return path;
}

void SetBars(View& view, std::string_view words, const std::vector<Bar>& bars,
             const std::array<std::string, 3>& below) {
    std::int64_t highest = 0;
    for (const Bar& bar : bars) highest = std::max(highest, bar.number());
    const std::int64_t top = TopOf(highest);
    const auto width = static_cast<std::int64_t>(bars.size()) * kSparkWidth;
    view.Set("CHART_WORDS", words)
        .Set("CHART_BOX", fmt::format("0 0 {} {}", width, kPlotHeight))
        .Set("CHART_GRID",
             fmt::format("M0 0h{0}M0 {1}h{0}M0 {2}h{0}", width, kPlotHeight / 2, kPlotHeight))
        .Set("CHART_TOP", InGroups(top))
        .Set("CHART_HALF", InGroups(top / 2));
    view.Set("CHART_START", below[0]).Set("CHART_MIDDLE", below[1]).Set("CHART_END", below[2]);
    view.List("BARS");
    for (std::size_t i = 0; i < bars.size(); ++i) {
        const std::int64_t left = static_cast<std::int64_t>(i) * kSparkWidth;
        const std::int64_t x = left + (kSparkWidth - kBarWidth) / 2;
        const auto height = [&](std::int64_t number) {
            return number == 0 ? 0 : std::max(number * kPlotHeight / top, kLowestBar);
        };
        const std::int64_t lower = height(bars[i].lower), upper = height(bars[i].upper);
        const auto path = [&](std::int64_t ground, std::int64_t high) {
            return high == 0 ? "" : BarPath(x, kBarWidth, ground, high);
        };
        view.Add("BARS")
            .Set("BAR_WORDS", bars[i].words)
            .Set("BAR_PLACE", BarPath(left, kSparkWidth, kPlotHeight, kPlotHeight))
            .Set("BAR_LOWER", path(kPlotHeight, lower))
            .Set("BAR_UPPER", path(kPlotHeight - lower, upper));
    }
}

void SetHeat(View& view, std::string_view words, const Week& week) {
    std::int64_t highest = 1;
    for (const auto& day : week) highest = std::max(highest, *std::ranges::max_element(day));
    view.Set("CHART_WORDS", words)
        .Set("CHART_BOX", fmt::format("0 0 {} {}", 24 * kCell - kCellGap, 7 * kCell - kCellGap));
    view.List("CELLS").List("WEEKDAYS");
    for (std::size_t day = 0; day < week.size(); ++day) {
        const std::string weekday = WeekdayWord(static_cast<int>(day));
        view.Add("WEEKDAYS").Set("WEEKDAY", weekday);
        for (std::size_t hour = 0; hour < week[day].size(); ++hour) {
            const std::int64_t number = week[day][hour];
            const std::int64_t step = (number * kHeatSteps + highest - 1) / highest;
            const std::int64_t side = kCell - kCellGap;
            view.Add("CELLS")
                .Set("CELL_CLASS", fmt::format("heat-{}", step))
                .Set("CELL_PATH", BarPath(static_cast<std::int64_t>(hour) * kCell, side,
                                          static_cast<std::int64_t>(day) * kCell + side, side))
                .Set("CELL_WORDS", fmt::format("{}, {:02}:00–{:02}:59: {}", weekday, hour, hour,
                                               InGroups(number)));
        }
    }
}

void SetShare(View& view, std::int64_t part, std::int64_t whole) {
    std::int64_t width = whole > 0 ? part * kShareWidth / whole : 0;
    if (part > 0) width = std::max<std::int64_t>(width, 1);
    view.Set("SHARE_PATH", fmt::format("M0 0h{}v8h-{}z", width, width));
}

std::string WeekdayWord(int weekday) {
    constexpr std::array kWords = {N("Monday"), N("Tuesday"),  N("Wednesday"), N("Thursday"),
                                   N("Friday"), N("Saturday"), N("Sunday")};
    return T(kWords[static_cast<std::size_t>(weekday)]);
}

}  // namespace ostiary::pages
