#pragma once

// A careful reader of finished pages: what a browser would forgive, a screen reader may not.

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace ostiary::pages {

struct Tag {
    std::string name;
    std::vector<std::pair<std::string, std::string>> attributes;
    bool closing = false, empty = false;

    const std::string* Find(std::string_view attribute) const {
        for (const auto& [key, value] : attributes)
            if (key == attribute) return &value;
        return nullptr;
    }
};

// Reads the tag at `at` (behind "<") and moves past it.
inline Tag ReadTag(std::string_view html, std::size_t& at) {
    Tag tag;
    if (html[at] == '/') tag.closing = true, ++at;
    const auto word = [&](std::string_view ends) {
        const auto start = at;
        while (at < html.size() && ends.find(html[at]) == ends.npos) ++at;
        return std::string(html.substr(start, at - start));
    };
    tag.name = word(" \n/>");
    while (at < html.size() && html[at] != '>') {
        if (html[at] == ' ' || html[at] == '\n')
            ++at;
        else if (html[at] == '/')
            tag.empty = true, ++at;
        else {
            std::string key = word(" \n=/>"), value;
            if (at < html.size() && html[at] == '=') {
                at += 2;
                value = word("\"");
                ++at;
            }
            tag.attributes.emplace_back(std::move(key), std::move(value));
        }
    }
    ++at;
    return tag;
}

inline bool IsVoid(std::string_view name) {
    static const std::set<std::string_view> kVoid = {"meta", "link", "input", "br", "img", "hr"};
    return kVoid.contains(name);
}

class MarkupReader {
public:
    explicit MarkupReader(std::string_view html) : html_(html) {}

    std::vector<std::string> Faults() {
        for (std::size_t at = 0; (at = html_.find('<', at)) != html_.npos;) {
            ++at;
            if (html_[at] == '!') continue;
            const Tag tag = ReadTag(html_, at);
            tag.closing ? Close(tag) : Open(tag);
        }
        for (const std::string& open : open_) faults_.push_back("<" + open + "> is never closed");
        for (const std::string& target : targets_)
            if (!ids_.contains(target)) faults_.push_back("nothing has the id " + target);
        if (headings_ != 1) faults_.push_back("has " + std::to_string(headings_) + " h1");
        return std::move(faults_);
    }

private:
    void Open(const Tag& tag) {
        if (!IsVoid(tag.name) && !tag.empty) open_.push_back(tag.name);
        if (tag.name == "h1") ++headings_;
        for (const auto& [key, value] : tag.attributes) {
            if (key == "style" || key.starts_with("on"))
                faults_.push_back("<" + tag.name + "> has " + key);
            if (key == "id" && !ids_.insert(value).second)
                faults_.push_back("the id " + value + " is there twice");
            if (key == "for" || key == "aria-labelledby") targets_.insert(value);
            if (key == "aria-describedby")
                for (std::size_t from = 0, to; from < value.size(); from = to + 1) {
                    to = std::min(value.find(' ', from), value.size());
                    targets_.insert(value.substr(from, to - from));
                }
        }
        if (tag.name == "script" && !tag.Find("src")) faults_.push_back("has an inline script");
        if (tag.name == "form" && std::ranges::find(open_, "form") != open_.end() - 1)
            faults_.push_back("has a form in a form");
        if (tag.name == "a" && !tag.Find("href"))
            faults_.push_back("has an <a> that leads nowhere");
        if (tag.name == "button" && !tag.Find("type"))
            faults_.push_back("has a button without a type");
    }

    void Close(const Tag& tag) {
        if (open_.empty() || open_.back() != tag.name)
            return faults_.push_back("</" + tag.name + "> closes " +
                                     (open_.empty() ? "nothing" : "<" + open_.back() + ">"));
        open_.pop_back();
    }

    std::string_view html_;
    std::vector<std::string> open_, faults_;
    std::set<std::string> ids_, targets_;
    int headings_ = 0;
};

inline std::vector<std::string> MarkupFaults(std::string_view html) {
    return MarkupReader(html).Faults();
}

}  // namespace ostiary::pages
