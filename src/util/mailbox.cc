#include "util/mailbox.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>

#include "util/signing.h"
#include "util/text.h"

namespace ostiary {
namespace {

// An encoded word has at most 75 letters, 12 of them around the text (RFC 2047, 2).
constexpr std::size_t kBytesOfAWord = 45;
constexpr std::size_t kLongestPlain = 60;
constexpr std::size_t kLongestHeader = 400;  // bytes of text; no mail needs more

bool IsPlain(char c) { return c >= ' ' && c <= '~'; }

// One line of valid UTF-8, not too long; what is no text becomes '?'.
std::string OnOneLine(std::string_view text) {
    std::string line(Trim(text));
    for (char& c : line)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
    if (line.size() > kLongestHeader) {
        std::size_t end = kLongestHeader;
        while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) --end;
        line.resize(end);
    }
    if (!IsCleanText(line, Lines::kOne))
        std::ranges::replace_if(
            line, [](char c) { return !IsPlain(c); }, '?');
    return line;
}

// In pieces that end between letters, since each must be whole by itself.
std::string EncodedWords(std::string_view text) {
    std::string words;
    while (!text.empty()) {
        std::size_t end = std::min(text.size(), kBytesOfAWord);
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
        if (!words.empty()) words += "\r\n ";
        words += "=?UTF-8?B?" + Base64(text.substr(0, end)) + "?=";
        text.remove_prefix(end);
    }
    return words;
}

bool NeedsEncoding(std::string_view line) {
    return line.size() > kLongestPlain || line.find("=?") != line.npos ||
           !std::ranges::all_of(line, IsPlain);
}

}  // namespace

std::optional<EmailAddress> EmailAddress::Parse(std::string_view text) {
    if (!IsEmailAddress(text) || !std::ranges::all_of(text, IsPlain)) return std::nullopt;
    return EmailAddress(text);
}

std::optional<Mailbox> ParseMailbox(std::string_view text) {
    text = Trim(text);
    if (!IsCleanText(text, Lines::kOne)) return std::nullopt;
    std::string_view name, address = text;
    if (text.ends_with('>')) {
        const auto open = text.rfind('<');
        if (open == text.npos) return std::nullopt;
        name = Trim(text.substr(0, open));
        address = text.substr(open + 1, text.size() - open - 2);
    }
    if (name.size() > 1 && name.starts_with('"') && name.ends_with('"'))
        name = name.substr(1, name.size() - 2);
    if (name.find_first_of("<>\"\\") != name.npos) return std::nullopt;
    auto parsed = EmailAddress::Parse(address);
    if (!parsed) return std::nullopt;
    return Mailbox{std::string(name), *std::move(parsed)};
}

std::string MailboxText(const Mailbox& mailbox) {
    const std::string name = OnOneLine(mailbox.name);
    const std::string address = "<" + mailbox.address.text() + ">";
    if (name.empty()) return address;
    if (NeedsEncoding(name)) return EncodedWords(name) + "\r\n " + address;
    std::string quoted = "\"";
    for (const char c : name) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + "\" " + address;
}

std::string SubjectText(std::string_view utf8) {
    const std::string line = OnOneLine(utf8);
    return NeedsEncoding(line) ? EncodedWords(line) : line;
}

std::string DateText(Millis at) {
    return fmt::format("{:%a, %d %b %Y %H:%M:%S} +0000",
                       fmt::gmtime(static_cast<std::time_t>(at / kSecond)));
}

}  // namespace ostiary
