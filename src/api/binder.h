#pragma once

// From a JSON object to a draft: each field read once, with its type checked; what nobody read is
// refused.

#include <boost/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "util/result.h"

namespace ostiary::api {

class Binder {
public:
    explicit Binder(const boost::json::object& body) : body_(body) {}

    std::string Text(std::string_view name);                      // empty if absent or null
    std::optional<std::string> MaybeText(std::string_view name);  // null is an empty text
    std::optional<std::string> MaybeNumber(
        std::string_view name);  // a number or its text; null is an empty text
    std::optional<bool> MaybeFlag(std::string_view name);
    std::optional<std::vector<std::string>> MaybeTexts(
        std::string_view name);  // a list, or one text with commas
    // [{"aircraft": "N12345", "role": "pilot"}]
    std::optional<std::vector<std::pair<std::string, std::string>>> MaybeAircraftRoles(
        std::string_view name);

    // Read elsewhere.
    void Skip(std::string_view name) { Take(name); }

    // kInvalid with every wrong and every unknown field, or nothing.
    Result<void> Finish();

private:
    const boost::json::value* Take(std::string_view name);
    void Blame(std::string_view name, std::string message);

    const boost::json::object& body_;
    std::set<std::string, std::less<>> known_;
    std::vector<FieldError> errors_;
};

}  // namespace ostiary::api
