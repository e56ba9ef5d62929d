#include "store/codes_places.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <unordered_set>

#include "sql.h"

namespace ostiary {
namespace {

constexpr std::array kForward = {
    Way{CodeOrder::kNewest, By::kId, false, sql::kShelfIdDown},
    Way{CodeOrder::kOldest, By::kId, true, sql::kShelfIdUp},
    Way{CodeOrder::kSoonestExpiry, By::kNumber, true, sql::kShelfExpiryUp},
    Way{CodeOrder::kMostUsed, By::kNumber, false, sql::kShelfUsesDown},
    Way{CodeOrder::kRecentlyUsed, By::kNumber, false, sql::kShelfLastUseDown},
    Way{CodeOrder::kLabel, By::kText, true, sql::kShelfLabelUp},
    Way{CodeOrder::kLatestExpiry, By::kNumber, false, sql::kShelfExpiryDown},
    Way{CodeOrder::kLeastUsed, By::kNumber, true, sql::kShelfUsesUp},
    Way{CodeOrder::kLongestUnused, By::kNumber, true, sql::kShelfLastUseUp},
    Way{CodeOrder::kLabelDown, By::kText, false, sql::kShelfLabelDown},
};
constexpr std::array kBack = {
    Way{CodeOrder::kNewest, By::kId, true, sql::kShelfIdUp},
    Way{CodeOrder::kOldest, By::kId, false, sql::kShelfIdDown},
    Way{CodeOrder::kSoonestExpiry, By::kNumber, false, sql::kShelfExpiryDown},
    Way{CodeOrder::kMostUsed, By::kNumber, true, sql::kShelfUsesUp},
    Way{CodeOrder::kRecentlyUsed, By::kNumber, true, sql::kShelfLastUseUp},
    Way{CodeOrder::kLabel, By::kText, false, sql::kShelfLabelDown},
    Way{CodeOrder::kLatestExpiry, By::kNumber, true, sql::kShelfExpiryUp},
    Way{CodeOrder::kLeastUsed, By::kNumber, false, sql::kShelfUsesDown},
    Way{CodeOrder::kLongestUnused, By::kNumber, false, sql::kShelfLastUseDown},
    Way{CodeOrder::kLabelDown, By::kText, true, sql::kShelfLabelUp},
};

constexpr auto kLowest = std::numeric_limits<std::int64_t>::min(),
               kHighest = std::numeric_limits<std::int64_t>::max();
// With so many shelves, each is first asked for its share of a page only.
constexpr std::size_t kFewShelves = 4, kSmallestShare = 3;
constexpr std::size_t kFindsAtOnce = 100, kFindsAtOnceForSorting = 500;

std::vector<Place> ReadShelves(Desk& desk, const std::vector<std::int64_t>& shelves, const Way& way,
                               const Place& beyond, std::size_t most) {
    std::vector<Place> places;
    const auto read = [&](const Row& row) {
        Place& place = places.emplace_back();
        place.shelf = row.Int(0);
        place.id = row.Int(1);
        if (way.by == By::kNumber) place.number = row.Int(2);
        if (way.by == By::kText) place.text = row.Text(2);
    };
    const auto run = [&](const Value& asked) {
        if (way.by == By::kId)
            desk.Run(way.statement, {asked, beyond.id, most}, read);
        else if (way.by == By::kNumber)
            desk.Run(way.statement, {asked, beyond.number, beyond.id, most}, read);
        else
            desk.Run(way.statement, {asked, beyond.text, beyond.id, most}, read);
    };
    if (desk.IsPostgres())
        run(shelves);
    else
        for (const std::int64_t shelf : shelves) run(shelf);
    return places;
}

// Of the places read from each shelf in shares, those shelves that may hold more that belong among
// the first `most`.
std::vector<std::int64_t> Unfinished(const std::vector<Place>& sorted, const Way& way,
                                     std::size_t share, std::size_t most) {
    struct Last {
        std::size_t count = 0;
        const Place* place = nullptr;
    };
    std::map<std::int64_t, Last> lasts;
    for (const Place& place : sorted) {
        Last& last = lasts[place.shelf];
        ++last.count;
        last.place = &place;
    }
    std::vector<std::int64_t> shelves;
    for (const auto& [shelf, last] : lasts)
        if (last.count == share &&
            (sorted.size() < most || way.ComesBefore(*last.place, sorted[most - 1])))
            shelves.push_back(shelf);
    return shelves;
}

// Those among these codes that stand on one of the shelves.
class Sieve {
public:
    Sieve(Desk& desk, const Passing& passing, const Way& way)
        : desk_(desk), way_(way), lets_all_pass_(!passing) {
        if (lets_all_pass_) return;
        for (const Shelf& shelf : *passing) {
            shelves_.insert(shelf.id);
            if (!shelf.is_everybodys) whose_ = 1;
        }
    }

    std::vector<Place> Pass(const std::vector<CodeId>& ids) const {
        std::vector<Place> places;
        if (ids.empty()) return places;
        if (lets_all_pass_ && way_.by == By::kId) {
            for (const CodeId id : ids) places.push_back({id, 0, {}, 0});
            return places;
        }
        desk_.Run(sql::kFindShelved, {ids, whose_}, [&](const Row& row) {
            if (!lets_all_pass_ && !shelves_.contains(row.Int(0))) return;
            Place& place = places.emplace_back();
            place.id = row.Int(1);
            switch (way_.order) {
                case CodeOrder::kNewest:
                case CodeOrder::kOldest: break;
                case CodeOrder::kSoonestExpiry:
                case CodeOrder::kLatestExpiry: place.number = row.Int(2); break;
                case CodeOrder::kMostUsed:
                case CodeOrder::kLeastUsed: place.number = row.Int(3); break;
                case CodeOrder::kRecentlyUsed:
                case CodeOrder::kLongestUnused: place.number = row.Int(4); break;
                case CodeOrder::kLabel:
                case CodeOrder::kLabelDown: place.text = row.Text(5); break;
            }
        });
        return places;
    }

private:
    Desk& desk_;
    const Way& way_;
    const bool lets_all_pass_;
    std::unordered_set<std::int64_t> shelves_;
    int whose_ = 0;
};

void Sort(std::vector<Place>& places, const Way& way) {
    std::ranges::sort(places,
                      [&](const Place& a, const Place& b) { return way.ComesBefore(a, b); });
}

void Append(std::vector<Place>& places, std::vector<Place> more) {
    std::ranges::move(more, std::back_inserter(places));
}

}  // namespace

bool Way::ComesBefore(const Place& a, const Place& b) const {
    const auto key = [](const Place& p) { return std::tie(p.number, p.text, p.id); };
    return rising ? key(a) < key(b) : key(b) < key(a);
}

Place Way::Start() const {
    const auto before_all = rising ? kLowest : kHighest;
    constexpr const char* kLastLetter = "\U0010FFFF";
    return {before_all, by == By::kNumber ? before_all : 0,
            by == By::kText && !rising ? kLastLetter : "", 0};
}

const Way& WayOf(CodeOrder order) { return kForward[static_cast<std::size_t>(order)]; }
const Way& WayBackOf(CodeOrder order) { return kBack[static_cast<std::size_t>(order)]; }

std::vector<Place> PlacesOnShelves(Desk& desk, std::span<const Shelf> shelves, const Way& way,
                                   const Place& beyond, std::size_t most) {
    std::vector<std::int64_t> asked;
    for (const Shelf& shelf : shelves) asked.push_back(shelf.id);
    if (asked.empty()) return {};
    const std::size_t share =
        asked.size() <= kFewShelves
            ? most
            : std::min(most, std::max(kSmallestShare, 2 * most / asked.size()));
    auto places = ReadShelves(desk, asked, way, beyond, share);
    Sort(places, way);
    if (share < most) {
        if (const auto unfinished = Unfinished(places, way, share, most); !unfinished.empty()) {
            std::erase_if(places, [&](const Place& place) {
                return std::ranges::binary_search(unfinished, place.shelf);
            });
            Append(places, ReadShelves(desk, unfinished, way, beyond, most));
            Sort(places, way);
        }
    }
    if (places.size() > most) places.resize(most);
    return places;
}

FoundPlaces PlacesFound(Desk& desk, const Finds& finds, const Passing& shelves, const Way& way,
                        const Place& beyond, std::size_t most, std::size_t most_looked_at) {
    FoundPlaces found;
    if (way.by != By::kId) {
        found = NewestFound(desk, finds, shelves, way);
        found.stopped_at = 0;
        std::erase_if(found.places,
                      [&](const Place& place) { return !way.ComesBefore(beyond, place); });
        Sort(found.places, way);
    } else {
        const Sieve sieve(desk, shelves, way);
        CodeId at = beyond.id;
        for (std::size_t looked_at = 0; found.places.size() < most;) {
            const auto batch = finds.Next(way.rising, at, std::max(kFindsAtOnce, most));
            Append(found.places, sieve.Pass(batch.ids));
            looked_at += batch.looked_at;
            if (batch.is_last) break;
            at = batch.end;
            if (found.places.size() < most && looked_at >= most_looked_at) {
                found.stopped_at = at;
                break;
            }
        }
        Sort(found.places, way);
    }
    if (found.places.size() > most) found.places.resize(most);
    return found;
}

FoundPlaces NewestFound(Desk& desk, const Finds& finds, const Passing& shelves, const Way& way) {
    const Sieve sieve(desk, shelves, way);
    FoundPlaces found;
    auto& places = found.places;
    CodeId at = kHighest;
    std::size_t looked_at = 0;
    for (bool is_last = false; !is_last && !found.are_newest_only;
         found.are_newest_only =
             !is_last && (places.size() > kMostSorted || looked_at >= kMostLookedAt)) {
        const auto batch = finds.Next(false, at, kFindsAtOnceForSorting);
        auto passed = sieve.Pass(batch.ids);
        std::ranges::sort(passed, std::greater(), &Place::id);
        Append(places, std::move(passed));
        looked_at += batch.looked_at;
        is_last = batch.is_last;
        if (!is_last) at = batch.end;
    }
    if (found.are_newest_only) found.stopped_at = at;
    if (places.size() > kMostSorted) {
        places.resize(kMostSorted);
        found.are_newest_only = true;
    }
    found.of = places.size();
    return found;
}

}  // namespace ostiary
