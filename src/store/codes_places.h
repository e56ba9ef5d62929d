#pragma once

// The order of a list: by what codes are compared, and where they stand in it.

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
    CodeId stopped_at = 0;  // 0: nowhere
    bool are_newest_only = false;
};
inline constexpr std::size_t kMostSorted = 1000;
FoundPlaces PlacesFound(Desk&, const Finds&, std::span<const Shelf>, const Way&,
                        const Place& beyond, std::size_t most, std::size_t most_looked_at);
// All of them, or the newest kMostSorted and one more.
std::vector<Place> NewestFound(Desk&, const Finds&, std::span<const Shelf>, const Way&);

}  // namespace ostiary
