#pragma once

// What one page says, by the names its template uses. Values are plain text; the template engine
// escapes them. A template may ask for
//   {{NAME}}                     a value,
//   {{#ROWS}}…{{/ROWS}}          once per item of a list, once for a flag that is true or a value
//   that is not empty,
//   {{#HAVE_ROWS}}…{{/HAVE_ROWS}}  once, if the former would show anything,
//   {{#NO_ROWS}}…{{/NO_ROWS}}    when the former would show nothing,
//   {{#KIND_IS_AREA}}…           when the value KIND is "area",
//   {{>FIELD}}                   templates/parts/field.html, with the values in sight.
// An item of a list sees its own values first, then those around it.

#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ostiary::pages {

class View {
public:
    // The page's template below templates/pages/, without its ending: "codes/list". Items of lists
    // have none.
    explicit View(std::string_view template_name = {}) : template_name_(template_name) {}

    // Names must outlive the view: they are literals.
    View& Set(std::string_view name, std::string_view value);
    View& Set(std::string_view name, std::int64_t value);
    View& Flag(std::string_view name, bool value);
    View& List(std::string_view name);  // so that an empty list is known to be one
    View& Add(std::string_view list);   // a new item of the list; stays valid

    std::string_view template_name() const { return template_name_; }
    const std::string* FindValue(std::string_view name) const;
    const bool* FindFlag(std::string_view name) const;
    const std::list<View>* FindList(std::string_view name) const;

private:
    std::list<View>& ListOf(std::string_view name);

    std::string_view template_name_;
    std::vector<std::pair<std::string_view, std::string>> values_;
    std::vector<std::pair<std::string_view, bool>> flags_;
    std::vector<std::pair<std::string_view, std::list<View>>> lists_;
};

}  // namespace ostiary::pages
