#include "pages/filters.h"

#include <algorithm>

#include "http/forms.h"

namespace ostiary::pages {

Filters& Filters::Search(std::string_view name, std::string label, std::string value) {
    filters_.push_back({name, std::move(label), {}, std::move(value), {}, "search"});
    return *this;
}

Filters& Filters::Choice(std::string_view name, std::string label, std::string any,
                         std::vector<Option> options, std::string value) {
    filters_.push_back(
        {name, std::move(label), std::move(any), std::move(value), std::move(options), "choice"});
    return *this;
}

Filters& Filters::Day(std::string_view name, std::string label, std::string value) {
    filters_.push_back({name, std::move(label), {}, std::move(value), {}, "day"});
    return *this;
}

std::string Filters::Address(std::string_view but, std::string_view more,
                             std::string_view value) const {
    std::string address = path_;
    char joint = '?';
    const auto add = [&](std::string_view name, std::string_view text) {
        if (text.empty()) return;
        address += joint + std::string(name) + "=" + EncodeQueryValue(text);
        joint = '&';
    };
    for (const Filter& filter : filters_)
        if (filter.name != but) add(filter.name, filter.value);
    add(more, value);
    return address;
}

bool Filters::AnySet() const {
    return std::ranges::any_of(filters_,
                               [](const Filter& filter) { return !filter.value.empty(); });
}

void Filters::AddTo(View& view) const {
    view.Set("LIST_URL", path_).Set("CLEAR_URL", path_);
    view.List("SEARCH").List("FILTERS").List("CHIPS");
    for (const Filter& filter : filters_) {
        if (filter.kind == "day") {
            AddField(view, "FILTERS", "filter",
                     {"day", filter.name, filter.label, "", filter.value}, {});
        } else if (filter.options.empty()) {
            AddField(view, "SEARCH", "filter",
                     {"search", filter.name, filter.label, "", filter.value}, {});
        } else {
            AddField(view, "FILTERS", "filter",
                     {"choice", filter.name, filter.label, "", filter.value,
                      WithAny(filter.any, filter.options)},
                     {});
        }
        if (filter.value.empty()) continue;
        std::string shown = "“" + filter.value + "”";
        if (filter.kind == "day") shown = filter.label + " " + filter.value;
        for (const Option& option : filter.options)
            if (option.value == filter.value) shown = option.label;
        view.Add("CHIPS").Set("CHIP_LABEL", shown).Set("CHIP_URL", Address(filter.name));
    }
}

}  // namespace ostiary::pages
