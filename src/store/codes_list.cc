#include "store/codes_list.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <unordered_map>

#include "core/codes.h"
#include "sql.h"
#include "store/codes_places.h"
#include "store/codes_rows.h"
#include "store/codes_search.h"
#include "store/codes_shelves.h"
#include "store/cursor.h"
#include "util/text.h"

namespace ostiary {
namespace {

bool IsSearch(const CodeQuery& query) {
    return !query.search.empty() || !query.tag.empty() || !query.template_name.empty() ||
           !query.batch.empty();
}

std::int64_t CountOn(const std::vector<Shelf>& shelves) {
    std::int64_t codes = 0;
    for (const Shelf& shelf : shelves) codes += shelf.codes;
    return codes;
}

class Listing {
public:
    Listing(Desk& desk, const CodeQuery& query, Millis now)
        : desk_(desk), query_(query), now_(now), shelves_(ShelvesFor(desk, query)) {
        if (IsSearch(query)) finds_.emplace(desk, query);
    }

    CodePage Page() {
        const auto cursor = ReadCursor();
        const bool back = cursor && cursor->direction == Direction::kBack;
        const Way& way = back ? WayBackOf(query_.order) : WayOf(query_.order);
        // One more than asked tells whether there is a page beyond.
        FoundPlaces found = Walk(way, cursor ? PlaceOf(*cursor) : way.Start());
        auto& places = found.places;
        const bool more = places.size() > query_.page_size;
        if (more) places.pop_back();
        const Direction onward = back ? Direction::kBack : Direction::kForward;
        std::string beyond;
        if (more)
            beyond = CursorAt(places.back(), onward);
        else if (found.stopped_at != 0)
            beyond = CursorAt({found.stopped_at, 0, {}, 0}, onward);
        if (back) std::ranges::reverse(places);
        if (back) {
            page_.previous = beyond;
            if (!places.empty()) page_.next = CursorAt(places.back(), Direction::kForward);
        } else {
            page_.next = beyond;
            if (cursor && !places.empty())
                page_.previous = CursorAt(places.front(), Direction::kBack);
        }
        Fetch(places);
        if (query_.count) Count();
        return std::move(page_);
    }

    std::vector<CodeId> Ids(CodeId after, std::size_t most) {
        const Way& way = WayOf(CodeOrder::kOldest);
        const Place beyond{after, 0, {}, 0};
        const auto places = finds_ ? PlacesFound(desk_, *finds_, Passes(), way, beyond, most,
                                                 std::numeric_limits<std::size_t>::max())
                                         .places
                                   : PlacesOnShelves(desk_, shelves_, way, beyond, most);
        std::vector<CodeId> ids;
        for (const Place& place : places) ids.push_back(place.id);
        return ids;
    }

private:
    std::optional<Cursor> ReadCursor() {
        if (query_.cursor.empty()) return std::nullopt;
        auto cursor = DecodeCursor(desk_.vault, query_.cursor);
        if (cursor && cursor->order == static_cast<int>(query_.order)) return cursor;
        page_.cursor_was_strange = true;
        return std::nullopt;
    }

    Place PlaceOf(const Cursor& cursor) const {
        const By by = WayOf(query_.order).by;
        Place place{cursor.id, 0, {}, 0};
        if (by == By::kNumber) place.number = ParseInt(cursor.value).value_or(0);
        if (by == By::kText) place.text = cursor.value;
        return place;
    }

    std::string CursorAt(const Place& place, Direction direction) const {
        const By by = WayOf(query_.order).by;
        return Encode(desk_.vault, {static_cast<int>(query_.order), direction, place.id,
                                    by == By::kNumber ? std::to_string(place.number) : place.text});
    }

    FoundPlaces Walk(const Way& way, const Place& beyond) {
        const std::size_t most = query_.page_size + 1;
        if (!finds_) return {PlacesOnShelves(desk_, shelves_, way, beyond, most), 0, false, {}};
        // The first page of the newest is among what is counted anyway.
        const bool is_among_newest = query_.count && way.order == CodeOrder::kNewest &&
                                     !way.rising && beyond.id == way.Start().id;
        auto found = is_among_newest
                         ? NewestFound(desk_, *finds_, Passes(), way)
                         : PlacesFound(desk_, *finds_, Passes(), way, beyond, most, kMostLookedAt);
        if (found.of) SetTotal(*found.of, found.are_newest_only);
        if (found.are_newest_only && way.by != By::kId)
            page_.searched_newest = static_cast<std::int64_t>(*found.of);
        if (is_among_newest && found.places.size() > most) {
            found.places.resize(most);
            found.stopped_at = 0;
        }
        if (finds_->IsOfNewestOnly()) {
            CodeQuery every;
            every.scope = CodeScope::All();
            if (CountOn(ShelvesFor(desk_, every)) > static_cast<std::int64_t>(Finds::kMostWalked))
                page_.searched_newest = Finds::kMostWalked;
        }
        return found;
    }

    // In the order of their places. One that has changed since it was put there is left out.
    void Fetch(const std::vector<Place>& places) {
        if (places.empty()) return;
        std::vector<std::int64_t> ids;
        std::unordered_map<CodeId, std::size_t> rank;
        for (const Place& place : places) {
            rank.emplace(place.id, ids.size());
            ids.push_back(place.id);
        }
        desk_.Run(sql::kFindCodesByIds, {ids}, [&](const Row& row) {
            Columns columns(row);
            Code code = ReadCode(desk_, columns);
            if (!code.deleted_at && IsAskedFor(StatusAt(code, now_), query_.status))
                page_.codes.push_back(std::move(code));
        });
        std::ranges::sort(page_.codes, {}, [&](const Code& code) { return rank.at(code.id); });
    }

    void Count() {
        if (!finds_) {
            page_.total = CountOn(shelves_);
            return;
        }
        if (page_.total) return;
        const auto found = NewestFound(desk_, *finds_, Passes(), WayOf(CodeOrder::kNewest));
        SetTotal(*found.of, found.are_newest_only);
    }

    void SetTotal(std::size_t total, bool is_at_least) {
        if (!query_.count) return;
        page_.total = static_cast<std::int64_t>(total);
        page_.total_is_at_least = is_at_least;
    }

    Passing Passes() const {
        const bool all = query_.scope.all && query_.role.empty() && query_.task_group.empty() &&
                         query_.status.empty() && query_.created_by.empty();
        if (all) return std::nullopt;
        return shelves_;
    }

    Desk& desk_;
    const CodeQuery& query_;
    const Millis now_;
    const std::vector<Shelf> shelves_;
    std::optional<Finds> finds_;
    CodePage page_;
};

}  // namespace

CodePage ListCodesAt(Desk& desk, const CodeQuery& query, Millis now) {
    return Listing(desk, query, now).Page();
}

std::vector<CodeId> ListCodeIdsAt(Desk& desk, const CodeQuery& query, CodeId after,
                                  std::size_t most) {
    return Listing(desk, query, 0).Ids(after, most);
}

std::vector<CodeTally> TallyCodesAt(Desk& desk, const CodeScope& scope) {
    CodeQuery query;
    query.scope = scope;
    std::map<std::tuple<CodeStatus, std::string, std::string>, CodeTally> tallies;
    for (const Shelf& shelf : ShelvesFor(desk, query)) {
        CodeTally& one = tallies[{shelf.status, shelf.role, shelf.task_group}];
        one.status = shelf.status;
        one.role = shelf.role;
        one.task_group = shelf.task_group;
        one.codes += shelf.codes;
        one.used += shelf.used;
    }
    std::vector<CodeTally> tally;
    for (auto& [kind, one] : tallies) tally.push_back(std::move(one));
    return tally;
}

}  // namespace ostiary
