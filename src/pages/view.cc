#include "pages/view.h"

namespace ostiary::pages {
namespace {

template <class Pairs>
auto FindIn(Pairs& pairs, std::string_view name) -> decltype(&pairs.front().second) {
    for (auto& [key, value] : pairs)
        if (key == name) return &value;
    return nullptr;
}

template <class Pairs, class Value>
void Put(Pairs& pairs, std::string_view name, Value&& value) {
    if (auto* held = FindIn(pairs, name))
        *held = std::forward<Value>(value);
    else
        pairs.emplace_back(name, std::forward<Value>(value));
}

}  // namespace

View& View::Set(std::string_view name, std::string_view value) {
    Put(values_, name, std::string(value));
    return *this;
}

View& View::Set(std::string_view name, std::int64_t value) {
    return Set(name, std::to_string(value));
}

View& View::Flag(std::string_view name, bool value) {
    Put(flags_, name, value);
    return *this;
}

View& View::List(std::string_view name) {
    ListOf(name);
    return *this;
}

View& View::Add(std::string_view list) { return ListOf(list).emplace_back(); }

const std::string* View::FindValue(std::string_view name) const { return FindIn(values_, name); }
const bool* View::FindFlag(std::string_view name) const { return FindIn(flags_, name); }
const std::list<View>* View::FindList(std::string_view name) const { return FindIn(lists_, name); }

std::list<View>& View::ListOf(std::string_view name) {
    if (auto* held = FindIn(lists_, name)) return *held;
    return lists_.emplace_back(name, std::list<View>()).second;
}

}  // namespace ostiary::pages
