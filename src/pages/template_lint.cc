// What the template engine does not look for in a template, and a careful reader would.

#include <algorithm>
#include <array>
#include <cctype>

#include "pages/render.h"

namespace ostiary::pages {
namespace {

constexpr std::string_view kPragma = "{{%AUTOESCAPE context=\"HTML\"}}";

// Attributes whose values the engine escapes rightly. hx-*, formaction, srcset and style are not
// among them: those of htmx may only stand there without values.
constexpr std::array<std::string_view, 33> kPlainAttributes = {
    "accept",   "alt",     "autocomplete", "class",     "cols",   "content", "d",
    "datetime", "dir",     "for",          "headers",   "height", "id",      "inputmode",
    "lang",     "list",    "max",          "maxlength", "min",    "method",  "minlength",
    "name",     "pattern", "placeholder",  "rel",       "role",   "rows",    "scope",
    "step",     "title",   "type",         "value",     "viewbox"};
constexpr std::array<std::string_view, 3> kUrlAttributes = {"href", "action", "src"};

bool IsPlain(std::string_view attribute) {
    return attribute.starts_with("aria-") || attribute.starts_with("data-") ||
           attribute == "width" ||
           std::ranges::find(kPlainAttributes, attribute) != kPlainAttributes.end();
}
bool IsUrl(std::string_view attribute) {
    return std::ranges::find(kUrlAttributes, attribute) != kUrlAttributes.end();
}

class Reader {
public:
    Reader(std::string_view name, std::string_view text) : name_(name), text_(text) {}

    std::vector<std::string> Faults() {
        if (!text_.starts_with(kPragma)) Blame("does not begin with " + std::string(kPragma));
        while (at_ < text_.size()) {
            if (text_.substr(at_).starts_with("{{"))
                Marker();
            else if (text_.substr(at_).starts_with("<!--"))
                Skip("-->");
            else
                Letter();
        }
        return std::move(faults_);
    }

private:
    void Marker() {
        const auto end = text_.find("}}", at_);
        if (end == text_.npos) return Blame("has a {{ that never ends"), Skip("");
        const std::string_view inside = text_.substr(at_ + 2, end - at_ - 2);
        at_ = end + 2;
        if (inside.empty() ||
            std::string_view("#/!%>=").find(inside.front()) != std::string_view::npos) {
            if (!inside.empty() && inside.front() == '>' && in_tag_)
                Blame("includes a part inside a tag");
            return;
        }
        if (inside.find(":none") != inside.npos || inside.find(":raw") != inside.npos)
            Blame("switches escaping off for " + std::string(inside));
        if (in_tag_) ValueInTag(inside);
    }

    void ValueInTag(std::string_view inside) {
        const std::string what =
            std::string(inside) + " in " + (attribute_.empty() ? "a tag" : attribute_);
        if (quote_ == '\0') return Blame("puts " + what + " without quotes");
        if (IsUrl(attribute_)) {
            // What stands behind mailto: was percent-encoded by whoever put the letter together.
            if (text_.substr(0, at_ - inside.size() - 4).ends_with("\"mailto:")) return;
            if (value_letters_ > 0 && !inside.ends_with(":u"))
                Blame("puts " + what + " without :u");
        } else if (!IsPlain(attribute_)) {
            Blame("puts " + what + ", which the engine cannot escape");
        }
        ++value_letters_;
    }

    void Letter() {
        const char c = text_[at_++];
        if (!in_tag_) {
            if (c == '<' && at_ < text_.size() &&
                std::isalpha(static_cast<unsigned char>(text_[at_])))
                OpenTag();
        } else if (quote_ != '\0') {
            if (c == quote_)
                quote_ = '\0', attribute_.clear();
            else
                ++value_letters_;
        } else if (c == '>') {
            in_tag_ = false;
        } else if (c == '"' || c == '\'') {
            quote_ = c;
            value_letters_ = 0;
        } else if (std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == ':') {
            attribute_ += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        } else if (c == '=') {
            if ((attribute_ == "style" && !IsMail()) || attribute_.starts_with("on") ||
                attribute_.starts_with("hx-on") || attribute_ == "hx-vals" ||
                attribute_ == "hx-vars" || attribute_ == "hx-headers")
                Blame("uses the attribute " + attribute_);
        } else {
            attribute_.clear();
        }
    }

    void OpenTag() {
        in_tag_ = true;
        attribute_.clear();
        const auto end = text_.find_first_of(" >\n", at_);
        const std::string_view tag = text_.substr(at_, end - at_);
        if (tag == "style") Blame("has a <style>");
        if (tag == "script" && !text_.substr(at_).starts_with("script src="))
            Blame("has an inline <script>");
        at_ += tag.size();
    }

    void Skip(std::string_view until) {
        const auto end = until.empty() ? text_.npos : text_.find(until, at_);
        at_ = end == text_.npos ? text_.size() : end + until.size();
    }

    // Programs that show mail know no style sheets. A value may stand in no style, there either.
    bool IsMail() const { return name_.starts_with("mail/") || name_.starts_with("parts/mail_"); }

    void Blame(std::string what) {
        const auto line =
            1 + std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(at_), '\n');
        faults_.push_back(std::string(name_) + ":" + std::to_string(line) + " " + std::move(what));
    }

    std::string_view name_, text_;
    std::size_t at_ = 0;
    bool in_tag_ = false;
    char quote_ = '\0';
    std::string attribute_;
    std::size_t value_letters_ = 0;
    std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> FaultsOf(std::string_view name, std::string_view text) {
    return Reader(name, text).Faults();
}

}  // namespace ostiary::pages
