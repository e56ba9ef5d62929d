#pragma once

// Text as people type it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "util/clock.h"

namespace ostiary {

// Valid UTF-8 without NUL and other control characters; line breaks and tabs only where `lines`
// allows.
enum class Lines { kOne, kMany };
bool IsCleanText(std::string_view, Lines);

// Letters, digits, marks and ASCII punctuation only: nothing invisible, no bidirectional controls,
// no spaces.
bool IsVisibleWord(std::string_view utf8);

// NFKC and case folding: equal for everybody who would read the same. Input must be valid UTF-8.
std::string Fold(std::string_view utf8);

std::string LowerAscii(std::string_view);            // the 26 letters only
std::string_view Trim(std::string_view);             // ASCII white space
std::size_t CountCharacters(std::string_view utf8);  // code points

// A short code read forgivingly (CODE-1): upper case, spaces and dashes dropped, O is 0, I and L
// are 1. Never fails; a text that could be no code simply matches none.
std::string NormalizeCode(std::string_view typed);
// "ABC1 2345" for the eye; chosen codes with dashes are left as they are.
std::string CodeForTheEye(std::string_view shown);

// RFC 3339 with any offset, or a date alone, which means the end of that day in `time_zone`
// (IANA name, empty: UTC). Nothing if it is no such moment. Years 1 to 9999; no leap seconds.
std::optional<Millis> ParseMoment(std::string_view text, std::string_view time_zone);
std::string FormatRfc3339(Millis);  // 2025-10-13T12:00:00Z, milliseconds dropped
std::string FormatForPeople(Millis, std::string_view time_zone);  // "13 Oct 2025, 14:00"
std::string FormatDate(Millis, std::string_view time_zone);       // "13 Oct 2025"
std::string FormatForInput(Millis,
                           std::string_view time_zone);  // "2025-10-13T14:00", for datetime-local
std::string ZoneName(std::string_view time_zone);        // "Europe/Berlin", "UTC" if empty
bool IsTimeZone(std::string_view name);

// A whole number and nothing else, or nothing: no sign but '-', no spaces, within 64 bits.
std::optional<std::int64_t> ParseInt(std::string_view);

std::vector<std::string> SplitList(std::string_view,
                                   char separator);  // trimmed, empty parts dropped
std::string Join(const std::vector<std::string>&, std::string_view separator);

// A syntactically sound address (the common subset of RFC 5321): one @, no spaces or control
// characters, a dotted domain, at most 254 bytes. CR and LF can never pass.
bool IsEmailAddress(std::string_view);
std::string_view EmailDomain(std::string_view address);

}  // namespace ostiary
