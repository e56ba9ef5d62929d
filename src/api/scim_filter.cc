#include "api/scim_filter.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <utility>

#include "util/text.h"

namespace ostiary::scim {
namespace {

namespace json = boost::json;
using enum Filter::Kind;
using enum Filter::Operator;

constexpr std::array<std::pair<std::string_view, Filter::Operator>, 9> kOperators = {{{"eq", kEq},
                                                                                      {"ne", kNe},
                                                                                      {"co", kCo},
                                                                                      {"sw", kSw},
                                                                                      {"ew", kEw},
                                                                                      {"gt", kGt},
                                                                                      {"ge", kGe},
                                                                                      {"lt", kLt},
                                                                                      {"le", kLe}}};

bool IsAlpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
// "$ref" begins with the one letter that is none.
bool IsOfName(char c) { return IsAlpha(c) || IsDigit(c) || c == '-' || c == '_' || c == '$'; }
bool IsOfPath(char c) { return IsOfName(c) || c == ':' || c == '.'; }

Error Wrong(std::string_view reason, std::string_view what, std::size_t at) {
    Error error{ErrorKind::kInvalid, std::string(reason), "Invalid request",
                Sentence(fmt::format("{}, at character {}", what, at + 1))};
    return error;
}

// A hand that moves over the text; every step returns what it read, or where it could not go on.
class Reader {
public:
    Reader(std::string_view text, std::string_view reason) : text_(text), reason_(reason) {}

    Result<Filter> Whole() {
        Filter filter = TRY(Either());
        Skip();
        if (at_ < text_.size()) return Stop("Something follows the filter");
        return filter;
    }

    Result<Target> WholeTarget() {
        Target target;
        Skip();
        target.path = TRY(Path());
        if (Take('[')) {
            if (!target.path.sub.empty()) return Stop("A filter stands after the attribute itself");
            target.filter.push_back(TRY(Bracketed()));
            if (Take('.')) target.path.sub = TRY(Name());
        }
        Skip();
        if (at_ < text_.size()) return Stop("Something follows the path");
        return target;
    }

    Result<AttributePath> WholePath() {
        Skip();
        AttributePath path = TRY(Path());
        Skip();
        if (at_ < text_.size()) return Stop("Something follows the attribute");
        return path;
    }

private:
    Error Stop(std::string_view what) const { return Wrong(reason_, what, at_); }

    void Skip() {
        while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    }
    bool Take(char c) {
        if (at_ >= text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }
    // A word that stands alone.
    bool TakeWord(std::string_view word) {
        Skip();
        const std::string_view rest = text_.substr(at_);
        if (!SameName(rest.substr(0, word.size()), word)) return false;
        if (rest.size() > word.size() && IsOfPath(rest[word.size()])) return false;
        at_ += word.size();
        return true;
    }

    // Result<Deeper>: however it ends, one level less.
    struct Level {
        explicit Level(int& depth) : depth_(depth) { ++depth_; }
        ~Level() { --depth_; }
        Level(const Level&) = delete;
        int& depth_;
    };

    Result<Filter> Either() {
        Filter left = TRY(Both());
        while (TakeWord("or")) left = Joined(kOr, std::move(left), TRY(Both()));
        return left;
    }

    Result<Filter> Both() {
        Filter left = TRY(One());
        while (TakeWord("and")) left = Joined(kAnd, std::move(left), TRY(One()));
        return left;
    }

    static Filter Joined(Filter::Kind kind, Filter left, Filter right) {
        Filter filter;
        filter.kind = kind;
        filter.parts.push_back(std::move(left));
        filter.parts.push_back(std::move(right));
        return filter;
    }

    Result<Filter> One() {
        const Level level(depth_);
        if (depth_ > kDeepestFilter) return Stop("The filter is nested too deep");
        Skip();
        if (Take('(')) return Enclosed();
        const std::size_t before = at_;
        if (TakeWord("not")) {
            Skip();
            if (Take('(')) {
                Filter filter;
                filter.kind = kNot;
                filter.parts.push_back(TRY(Enclosed()));
                return filter;
            }
            at_ = before;  // an attribute that is called so
        }
        return Expression();
    }

    Result<Filter> Enclosed() {
        Filter filter = TRY(Either());
        Skip();
        if (!Take(')')) return Stop("A parenthesis is not closed");
        return filter;
    }

    Result<Filter> Bracketed() {
        const Level level(depth_);
        if (depth_ > kDeepestFilter || brackets_ > 0)
            return Stop("Brackets do not stand in others");
        const Level bracket(brackets_);
        Filter filter = TRY(Either());
        Skip();
        if (!Take(']')) return Stop("A bracket is not closed");
        return filter;
    }

    Result<Filter> Expression() {
        Filter filter;
        filter.path = TRY(Path());
        if (Take('[')) {
            filter.kind = kAny;
            filter.parts.push_back(TRY(Bracketed()));
            if (at_ < text_.size() && text_[at_] == '.')
                return Stop("In a filter, nothing stands after the brackets");
            return filter;
        }
        if (TakeWord("pr")) return filter;
        filter.kind = kCompare;
        for (const auto& [word, compare] : kOperators)
            if (TakeWord(word)) {
                filter.compare = compare;
                filter.value = TRY(Value());
                return filter;
            }
        return Stop("An operator is expected: eq, ne, co, sw, ew, gt, ge, lt, le or pr");
    }

    Result<AttributePath> Path() {
        const std::size_t begin = at_;
        while (at_ < text_.size() && IsOfPath(text_[at_])) ++at_;
        std::string_view all = text_.substr(begin, at_ - begin);
        AttributePath path;
        // Only the last colon divides: a URN has dots and colons of its own.
        if (const auto colon = all.rfind(':'); colon != all.npos) {
            path.urn = all.substr(0, colon);
            all.remove_prefix(colon + 1);
            if (!SameName(path.urn.substr(0, 4), "urn:")) return Misread(begin);
            // A URN alone is an attribute, too: all of an extension.
            if (IsDigit(all.empty() ? ' ' : all.front())) return Misread(begin);
        }
        const auto dot = all.find('.');
        path.name = all.substr(0, dot);
        if (dot != all.npos) path.sub = all.substr(dot + 1);
        const bool has_sub = dot != all.npos;
        if (!IsName(path.name) || (has_sub && !IsName(path.sub))) return Misread(begin);
        return path;
    }

    Error Misread(std::size_t begin) {
        at_ = begin;
        return Stop("The name of an attribute is expected");
    }

    Result<std::string> Name() {
        const std::size_t begin = at_;
        while (at_ < text_.size() && IsOfName(text_[at_])) ++at_;
        std::string name(text_.substr(begin, at_ - begin));
        if (!IsName(name)) return Misread(begin);
        return name;
    }

    static bool IsName(std::string_view name) {
        return !name.empty() && (IsAlpha(name.front()) || name.front() == '$') &&
               std::ranges::all_of(name, IsOfName);
    }

    Result<json::value> Value() {
        Skip();
        const std::size_t begin = at_;
        if (at_ < text_.size() && text_[at_] == '"') {
            for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_)
                if (text_[at_] == '\\') ++at_;
            if (at_ >= text_.size()) {
                at_ = begin;
                return Stop("A text is not closed");
            }
            ++at_;
        } else {
            while (at_ < text_.size() &&
                   (IsOfName(text_[at_]) || text_[at_] == '.' || text_[at_] == '+'))
                ++at_;
        }
        json::error_code code;
        std::string literal(text_.substr(begin, at_ - begin));
        // Entra ID writes True and False.
        if (SameName(literal, "true")) literal = "true";
        if (SameName(literal, "false")) literal = "false";
        json::value value = json::parse(literal, code);
        // "\u0000" is a text that nobody has and no database takes.
        const bool is_dirty =
            value.is_string() && !IsCleanText(std::string_view(value.get_string()), Lines::kMany);
        if (code || is_dirty || value.is_object() || value.is_array()) {
            at_ = begin;
            return Stop(R"(A value is expected: "text", a number, true, false or null)");
        }
        return value;
    }

    const std::string_view text_, reason_;
    std::size_t at_ = 0;
    int depth_ = 0, brackets_ = 0;
};

Result<void> CheckLength(std::string_view text, std::string_view reason) {
    if (text.size() > kLongestFilter) return Wrong(reason, "This is too long", kLongestFilter);
    if (!IsCleanText(text, Lines::kOne))
        return Wrong(reason, "Control characters are not taken", 0);
    return {};
}

constexpr std::string_view kBadFilter = "scim.invalidFilter", kBadPath = "scim.invalidPath";

std::string WriteOperand(const Filter& filter) {
    const bool is_joined = filter.kind == kAnd || filter.kind == kOr;
    return is_joined ? "(" + Write(filter) + ")" : Write(filter);
}

}  // namespace

Result<Filter> ParseFilter(std::string_view text) {
    TRY(CheckLength(text, kBadFilter));
    return Reader(text, kBadFilter).Whole();
}

Result<Target> ParseTarget(std::string_view text) {
    TRY(CheckLength(text, kBadPath));
    return Reader(text, kBadPath).WholeTarget();
}

Result<AttributePath> ParseAttributePath(std::string_view text) {
    TRY(CheckLength(text, kBadPath));
    return Reader(text, kBadPath).WholePath();
}

std::string Write(const AttributePath& path) {
    std::string text = path.urn.empty() ? path.name : path.urn + ":" + path.name;
    if (!path.sub.empty()) text += "." + path.sub;
    return text;
}

std::string Write(const Filter& filter) {
    switch (filter.kind) {
        case kAnd: return WriteOperand(filter.parts[0]) + " and " + WriteOperand(filter.parts[1]);
        case kOr: return WriteOperand(filter.parts[0]) + " or " + WriteOperand(filter.parts[1]);
        case kNot: return "not (" + Write(filter.parts[0]) + ")";
        case kAny: return Write(filter.path) + "[" + Write(filter.parts[0]) + "]";
        case kPresent: return Write(filter.path) + " pr";
        case kCompare: break;
    }
    const auto name = std::ranges::find(kOperators, filter.compare,
                                        &std::pair<std::string_view, Filter::Operator>::second);
    return Write(filter.path) + " " + std::string(name->first) + " " +
           json::serialize(filter.value);
}

bool SameName(std::string_view a, std::string_view b) {
    const auto lower = [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    };
    return std::ranges::equal(a, b, {}, lower, lower);
}

}  // namespace ostiary::scim
