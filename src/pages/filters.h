#pragma once

// The filters of a list as they stand in its address: a form to set them, chips to take them off,
// and links to other pages of the same list.

#include <string>
#include <string_view>
#include <vector>

#include "pages/forms.h"
#include "pages/view.h"

namespace ostiary::pages {

class Filters {
public:
    explicit Filters(std::string path) : path_(std::move(path)) {}

    // A box to type in, and a choice among options ("" is "any"). Values that are not among the
    // options are kept: an address may know more than the form offers.
    Filters& Search(std::string_view name, std::string label, std::string value);
    Filters& Choice(std::string_view name, std::string label, std::string any,
                    std::vector<Option> options, std::string value);

    // A day: "2026-11-21".
    Filters& Day(std::string_view name, std::string label, std::string value);

    // The list's address with all filters but one, and one value more: of a cursor.
    std::string Address(std::string_view but = {}, std::string_view more = {},
                        std::string_view value = {}) const;
    bool AnySet() const;

    // LIST_URL, CLEAR_URL, SEARCH, FILTERS and CHIPS.
    void AddTo(View&) const;

private:
    struct Filter {
        std::string_view name;
        std::string label, any, value;
        std::vector<Option> options;  // of a choice
        std::string_view kind = "search";
    };
    std::string path_;
    std::vector<Filter> filters_;
};

}  // namespace ostiary::pages
