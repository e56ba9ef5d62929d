#pragma once

// Every table of the database, declared: what a column is, whether it is shown, and where it leads.
// The browser of raw data (core/raw_data.h, pages/data.cc) and its SQL (store/raw_tables.cc) are
// made from these rows. A test holds them against the layout of both databases.

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ostiary {

enum class RawKind : std::uint8_t { kText, kNumber, kMoment, kSwitch, kLong };
enum class RawShow : std::uint8_t {
    kPlain,
    kMasked  // hashes, sealed texts: never shown, searched or filtered by
};
enum class RawUse : std::uint8_t {
    kNothing = 0,
    kKey = 1,       // one of the columns by which a row is found
    kSearched = 2,  // by the search box
    kEdited = 4,    // by the form of a row
    kGiven = 8,     // by the form of a new row
    kListed = 16    // a column of the list; the others are seen on the row's own page
};
constexpr RawUse operator|(RawUse a, RawUse b) {
    return static_cast<RawUse>(static_cast<int>(a) | static_cast<int>(b));
}
constexpr bool Has(RawUse all, RawUse one) {
    return (static_cast<int>(all) & static_cast<int>(one)) != 0;
}

struct RawColumn {
    std::string_view name;
    RawKind kind;
    RawUse use = RawUse::kNothing;
    std::string_view leads_to = {};  // the table whose key this is
    RawShow show = RawShow::kPlain;

    constexpr bool Is(RawUse one) const { return Has(use, one); }
    constexpr bool masked() const { return show == RawShow::kMasked; }
};

// What may be done to the rows; each deed goes through the verb that the pages and the API use.
enum class RawDeeds : std::uint8_t { kNothing = 0, kAdd = 1, kEdit = 2, kRemove = 4 };
constexpr RawDeeds operator|(RawDeeds a, RawDeeds b) {
    return static_cast<RawDeeds>(static_cast<int>(a) | static_cast<int>(b));
}
constexpr bool Has(RawDeeds all, RawDeeds one) {
    return (static_cast<int>(all) & static_cast<int>(one)) != 0;
}

struct RawTable {
    std::string_view name, label;
    std::string_view about;  // a sentence: what a row is
    std::string_view rule;   // a sentence: why it cannot be changed here, where it cannot
    RawDeeds deeds;
    std::span<const RawColumn> columns;

    constexpr const RawColumn* Find(std::string_view column) const {
        for (const RawColumn& one : columns)
            if (one.name == column) return &one;
        return nullptr;
    }
    constexpr bool HasMaskedKey() const {
        return std::ranges::any_of(
            columns, [](const RawColumn& one) { return one.Is(RawUse::kKey) && one.masked(); });
    }
};

using RawKey = std::vector<std::string>;  // the key's values, in the order of its columns
using RawRow = std::vector<std::optional<std::string>>;  // in the order of the table's columns

struct RawQuery {
    std::string search;                 // in the searched columns
    const RawColumn* column = nullptr;  // filter: this column …
    std::string value;                  // … holds exactly this
    RawKey beyond;                      // the page lies beyond this row; empty: the first page
    bool back = false;                  // whether it lies towards the first page
    std::size_t page_size = 50;
};

struct RawPage {
    std::vector<RawRow> rows;
    bool has_next = false, has_previous = false;
};

}  // namespace ostiary
