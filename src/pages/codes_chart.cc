// A small picture of when people came, drawn here: bars of one path, and the same in words.

#include <algorithm>
#include <array>

#include "pages/charts.h"
#include "pages/codes_views.h"
#include "pages/language.h"
#include "pages/words.h"

namespace ostiary::pages {
namespace {

constexpr std::int64_t kBars = 24;

using Bars = std::array<std::int64_t, kBars>;

Bars Count(const std::vector<Redemption>& redemptions, Millis from, Millis until) {
    Bars bars{};
    const Millis span = std::max<Millis>(until - from, 1);
    for (const Redemption& redemption : redemptions) {
        const auto at = (redemption.redeemed_at - from) * kBars / span;
        ++bars[static_cast<std::size_t>(std::clamp<std::int64_t>(at, 0, kBars - 1))];
    }
    return bars;
}

}  // namespace

void SetUsesChart(View& view, const Scene& scene, const Code& code,
                  const std::vector<Redemption>& redemptions) {
    view.Set("CHART_PATH", "").Set("CHART_START", "").Set("CHART_END", "").Set("CHART_WORDS", "");
    if (redemptions.empty()) return;
    const auto when = [](const Redemption& redemption) { return redemption.redeemed_at; };
    const Millis first = std::ranges::min(redemptions, {}, when).redeemed_at;
    const Millis last = std::ranges::max(redemptions, {}, when).redeemed_at;
    const Millis from = std::min(code.created_at, first);
    view.Set("CHART_PATH", SparkPath(Count(redemptions, from, std::max(scene.now, last + 1))));
    view.Set("CHART_START", DayInWords(from, scene.time_zone)).Set("CHART_END", T("today"));
    const std::string people = TN("{} person", "{} people", code.used_count);
    const std::string since = Ago(first, scene.now), latest = Ago(last, scene.now);
    view.Set("CHART_WORDS",
             since == latest ? T("{} so far, {}.", people, latest)
                             : T("{} so far: the first {}, the latest {}.", people, since, latest));
}

}  // namespace ostiary::pages
