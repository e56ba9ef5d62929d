#include "http/forms.h"

#include <algorithm>
#include <boost/url/encode.hpp>
#include <boost/url/pct_string_view.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

#include "http/multipart.h"
#include "util/text.h"

namespace ostiary {
namespace {

enum class Plus { kIsSpace, kIsPlus };

std::optional<std::string> Decode(std::string_view encoded, Plus plus) {
    const auto checked = boost::urls::make_pct_string_view({encoded.data(), encoded.size()});
    if (!checked) return std::nullopt;
    boost::urls::encoding_opts options;
    options.space_as_plus = plus == Plus::kIsSpace;
    return checked->decode(options);
}

std::string DecodeLeniently(std::string_view encoded) {
    if (encoded.find_first_of("%+") == std::string_view::npos) return std::string(encoded);
    return Decode(encoded, Plus::kIsSpace).value_or(std::string(encoded));
}

constexpr std::size_t kMostErrors = 20, kLongestName = 100;

// Without the marks that turn what stands around them, in UTF-8: E2 80 AA…AE and E2 81 A6…A9.
// People paste them without seeing them, so it is the verbs that refuse them: then the form comes
// back with all that was typed.
std::string WithoutTurns(std::string_view text) {
    std::string kept;
    while (!text.empty()) {
        const auto last = static_cast<unsigned char>(text.size() > 2 ? text[2] : '\0');
        const bool turns = (text.starts_with("\xE2\x80") && last >= 0xAA && last <= 0xAE) ||
                           (text.starts_with("\xE2\x81") && last >= 0xA6 && last <= 0xA9);
        if (!turns) kept += text.front();
        text.remove_prefix(turns ? 3 : 1);
    }
    return kept;
}

// Files are looked at by whoever reads them.
void Blame(const Fields& fields, std::vector<FieldError>& wrong, std::string_view file = {}) {
    for (const auto& [name, value] : fields.all()) {
        if (!file.empty() && name == file) continue;
        if (IsCleanText(name, Lines::kOne) && IsCleanText(WithoutTurns(value), Lines::kMany))
            continue;
        const bool readable = IsCleanText(name, Lines::kOne) && name.size() <= kLongestName;
        const std::string shown = readable ? name : "(unreadable name)";
        wrong.push_back(
            {shown, "text.broken", "This must be UTF-8 text without control characters"});
        if (wrong.size() >= kMostErrors) return;
    }
}

}  // namespace

bool IsOfType(const Request& request, std::string_view type) {
    const std::string_view said = request.HeaderValue("content-type");
    return LowerAscii(Trim(said.substr(0, said.find(';')))) == type;
}

bool IsForm(const Request& request) {
    return IsOfType(request, "application/x-www-form-urlencoded");
}

Fields DecodeFields(std::string_view encoded) {
    std::vector<std::pair<std::string, std::string>> all;
    while (!encoded.empty()) {
        const auto end = std::min(encoded.find('&'), encoded.size());
        const std::string_view pair = encoded.substr(0, end);
        encoded.remove_prefix(std::min(end + 1, encoded.size()));
        if (pair.empty()) continue;
        const auto equals = std::min(pair.find('='), pair.size());
        const std::string_view value =
            equals < pair.size() ? pair.substr(equals + 1) : std::string_view{};
        all.emplace_back(DecodeLeniently(pair.substr(0, equals)), DecodeLeniently(value));
    }
    return Fields(std::move(all));
}

std::optional<std::string> DecodeSegment(std::string_view encoded) {
    auto text = Decode(encoded, Plus::kIsPlus);
    if (!text || !IsCleanText(*text, Lines::kOne)) return std::nullopt;
    return text;
}

std::string EncodeQueryValue(std::string_view text) {
    return boost::urls::encode({text.data(), text.size()}, boost::urls::unreserved_chars);
}

Result<void> CheckFields(const Request& request) {
    std::vector<FieldError> wrong;
    if (!request.query.empty()) Blame(request.Query(), wrong);
    if (!request.body.empty() && IsForm(request)) Blame(request.Form(), wrong);
    if (IsMultipart(request)) Blame(request.Form(), wrong, kFileField);
    if (wrong.empty()) return {};
    return Error{ErrorKind::kInvalid, "text.broken", "Invalid request",
                 wrong.front().field + ": " + wrong.front().message, std::move(wrong)};
}

}  // namespace ostiary
