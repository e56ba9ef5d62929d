#pragma once

// The order of a list: by what codes are compared, and where they stand in it.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/model.h"
#include "store/codes_search.h"
#include "store/codes_shelves.h"
#include "store/connection.h"
#include "store/desk.h"

namespace ostiary {

struct Place {
    CodeId id = 0;
    std::int64_t number = 0;  // one of them, or neither: what comes before the id
    std::string text;
    std::int64_t shelf = 0;
};

enum class By : std::uint8_t { kId, kNumber, kText };

// A way through a list: an order forwards, or backwards.
struct Way {
    CodeOrder order;
    By by;
    bool rising;
    const Statement& statement;

    bool ComesBefore(const Place&, const Place&) const;
    Place Start() const;  // before everything there can be
};

// Forwards and backwards through an order.
const Way& WayOf(CodeOrder);
const Way& WayBackOf(CodeOrder);

// The first `most` places beyond this one, as the shelves hold them.
std::vector<Place> PlacesOnShelves(Desk&, std::span<const Shelf>, const Way&, const Place& beyond,
                                   std::size_t most);

// The same among what a search finds. Orders by age go along as far as it takes, but look at so
// many finds at most; `stopped_at` is then where to go on. Other orders know the newest finds only.
struct FoundPlaces {
    std::vector<Place> places;
    CodeId stopped_at = 0;          // 0: nowhere
    bool are_newest_only = false;   // there may be more
    std::optional<std::size_t> of;  // so many, if they were counted on the way
};
inline constexpr std::size_t kMostSorted = 1000, kMostLookedAt = 2000;
// Finds pass if they stand on one of these; without any named, all pass.
using Passing = std::optional<std::span<const Shelf>>;
FoundPlaces PlacesFound(Desk&, const Finds&, const Passing&, const Way&, const Place& beyond,
                        std::size_t most, std::size_t most_looked_at);
// All of them, or the newest kMostSorted, or fewer if the filters let but few through.
FoundPlaces NewestFound(Desk&, const Finds&, const Passing&, const Way&);

}  // namespace ostiary
