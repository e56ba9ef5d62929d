#include "util/text.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <charconv>

#include "util/failure.h"

namespace ostiary {
namespace {

constexpr UChar32 kLineSeparator = 0x2028, kParagraphSeparator = 0x2029, kMinusSign = 0x2212;

bool IsAscii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](unsigned char byte) { return byte < 0x80; });
}

bool IsAsciiSpace(char letter) { return letter == ' ' || (letter >= '\t' && letter <= '\r'); }

bool IsAsciiDigit(UChar32 point) { return point >= '0' && point <= '9'; }

bool IsAsciiLetterOrDigit(UChar32 point) {
    return IsAsciiDigit(point) || (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z');
}

// Letters, digits and the marks upon them, of any script; nothing invisible, nothing that reorders.
bool IsForeignLetter(UChar32 point) {
    constexpr std::uint32_t kLettersMarksDigits = U_GC_L_MASK | U_GC_M_MASK | U_GC_ND_MASK;
    return point >= 0x80 && (U_GET_GC_MASK(point) & kLettersMarksDigits) != 0 &&
           !u_hasBinaryProperty(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

// Calls `good` for each code point until it says no; false then, and where the bytes are no UTF-8.
template <class Predicate>
bool EveryPoint(std::string_view text, Predicate good) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    for (std::size_t at = 0; at < text.size();) {
        UChar32 point;
        U8_NEXT(bytes, at, text.size(), point);
        if (point < 0 || !good(point)) return false;
    }
    return true;
}

bool IsUtf8(std::string_view text) {
    return EveryPoint(text, [](UChar32) { return true; });
}

std::string Normalized(const icu::Normalizer2* form, std::string_view utf8) {
    UErrorCode status = U_ZERO_ERROR;
    std::string out;
    icu::StringByteSink<std::string> sink(&out);
    form->normalizeUTF8(0, {utf8.data(), static_cast<std::int32_t>(utf8.size())}, sink, nullptr,
                        status);
    if (U_FAILURE(status)) throw WorldFailure("the system's Unicode tables are unusable");
    return out;
}

const icu::Normalizer2* Form(const icu::Normalizer2* (*get)(UErrorCode&)) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* form = get(status);
    if (U_FAILURE(status)) throw WorldFailure("the system's Unicode tables are missing");
    return form;
}

}  // namespace

bool IsCleanText(std::string_view text, Lines lines) {
    return EveryPoint(text, [lines](UChar32 point) {
        if (lines == Lines::kMany && (point == '\n' || point == '\r' || point == '\t')) return true;
        const bool control = point < 0x20 || (point >= 0x7F && point < 0xA0);
        // Overrides and isolates turn the text around them: "exe.gpj" reads as a picture.
        const bool turns =
            (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
        return !control && !turns && point != kLineSeparator && point != kParagraphSeparator;
    });
}

bool IsVisibleWord(std::string_view utf8) {
    return EveryPoint(utf8, [](UChar32 point) {
        return (point > 0x20 && point < 0x7F) || IsForeignLetter(point);
    });
}

std::string Fold(std::string_view utf8) {
    if (IsAscii(utf8)) {
        std::string folded(utf8);
        for (char& letter : folded)
            if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
        return folded;
    }
    return Normalized(Form(icu::Normalizer2::getNFKCCasefoldInstance), utf8);
}

std::string LowerAscii(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

std::string_view Trim(std::string_view text) {
    while (!text.empty() && IsAsciiSpace(text.front())) text.remove_prefix(1);
    while (!text.empty() && IsAsciiSpace(text.back())) text.remove_suffix(1);
    return text;
}

std::size_t CountCharacters(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(
        utf8.begin(), utf8.end(), [](unsigned char byte) { return (byte & 0xC0) != 0x80; }));
}

namespace {

// Drops the dashes and spaces that are not ASCII, and what cannot be seen: pasted codes carry them.
std::string WithoutForeignGaps(std::string_view utf8) {
    std::string kept;
    EveryPoint(utf8, [&kept](UChar32 point) {
        const bool gap = point == kMinusSign || u_charType(point) == U_DASH_PUNCTUATION ||
                         u_isUWhiteSpace(point) ||
                         u_hasBinaryProperty(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
        if (gap) return true;
        char bytes[U8_MAX_LENGTH];
        std::int32_t length = 0;
        U8_APPEND_UNSAFE(bytes, length, point);
        kept.append(bytes, static_cast<std::size_t>(length));
        return true;
    });
    return kept;
}

char ReadForgivingly(char letter) {
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    if (letter == 'O') return '0';
    if (letter == 'I' || letter == 'L') return '1';
    return letter;
}

}  // namespace

std::string NormalizeCode(std::string_view typed) {
    std::string plain;
    if (!IsAscii(typed) && IsUtf8(typed)) {
        plain = WithoutForeignGaps(Normalized(Form(icu::Normalizer2::getNFKCInstance), typed));
        typed = plain;
    }
    std::string code;
    code.reserve(typed.size());
    for (const char letter : typed)
        if (letter != '-' && !IsAsciiSpace(letter)) code += ReadForgivingly(letter);
    return code;
}

std::string CodeForTheEye(std::string_view shown) {
    // Letters that generated codes never have, and dashes, mark one that somebody chose.
    if (shown.find_first_of("-ILOU") != shown.npos) return std::string(shown);
    std::string grouped;
    for (std::size_t at = 0; at < shown.size(); ++at) {
        if (at > 0 && at % 4 == 0) grouped += ' ';
        grouped += shown[at];
    }
    return grouped;
}

std::optional<std::int64_t> ParseInt(std::string_view text) {
    std::int64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, failure] = std::from_chars(text.data(), end, number);
    if (failure != std::errc{} || stop != end) return std::nullopt;
    return number;
}

std::vector<std::string> SplitList(std::string_view text, char separator) {
    std::vector<std::string> parts;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t to = std::min(text.find(separator, from), text.size());
        const std::string_view part = Trim(text.substr(from, to - from));
        if (!part.empty()) parts.emplace_back(part);
        from = to + 1;
    }
    return parts;
}

std::string Join(const std::vector<std::string>& parts, std::string_view separator) {
    std::string joined;
    for (const std::string& part : parts) {
        if (&part != &parts.front()) joined += separator;
        joined += part;
    }
    return joined;
}

namespace {

constexpr std::size_t kMostAddressBytes = 254, kMostLocalBytes = 64, kMostLabelBytes = 63;

bool IsLocalPart(std::string_view local) {
    if (local.empty() || local.size() > kMostLocalBytes) return false;
    if (local.front() == '.' || local.back() == '.' || local.find("..") != local.npos) return false;
    constexpr std::string_view kMarks = ".!#$%&'*+-/=?^_`{|}~";
    return EveryPoint(local, [&](UChar32 point) {
        return IsAsciiLetterOrDigit(point) || IsForeignLetter(point) ||
               (point < 0x80 && kMarks.find(static_cast<char>(point)) != kMarks.npos);
    });
}

bool IsDomainLabel(std::string_view label) {
    if (label.empty() || label.size() > kMostLabelBytes) return false;
    if (label.front() == '-' || label.back() == '-') return false;
    return EveryPoint(label, [](UChar32 point) {
        return point == '-' || IsAsciiLetterOrDigit(point) || IsForeignLetter(point);
    });
}

bool IsDottedDomain(std::string_view domain) {
    std::size_t labels = 0, from = 0;
    std::string_view last;
    while (from <= domain.size()) {
        const std::size_t to = std::min(domain.find('.', from), domain.size());
        last = domain.substr(from, to - from);
        if (!IsDomainLabel(last)) return false;
        ++labels;
        from = to + 1;
    }
    // An address made of numbers is a machine, not a mail domain.
    return labels >= 2 && !std::all_of(last.begin(), last.end(), IsAsciiDigit);
}

}  // namespace

bool IsEmailAddress(std::string_view address) {
    const std::size_t at = address.find('@');
    if (at == address.npos || address.size() > kMostAddressBytes) return false;
    return IsLocalPart(address.substr(0, at)) && IsDottedDomain(address.substr(at + 1));
}

std::string_view EmailDomain(std::string_view address) {
    const std::size_t at = address.rfind('@');
    return at == address.npos ? std::string_view{} : address.substr(at + 1);
}

}  // namespace ostiary
