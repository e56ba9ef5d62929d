#include "store/cursor.h"

#include "util/text.h"

namespace ostiary {
namespace {

constexpr std::size_t kCheckLength = 8;

std::string CheckOf(const Vault& vault, std::string_view text) {
    return vault.Hash(Purpose::kCache, text).substr(0, kCheckLength);
}

}  // namespace

std::string Encode(const Vault& vault, const Cursor& cursor) {
    const std::string text = std::to_string(cursor.order) + "|" +
                             (cursor.direction == Direction::kForward ? "f" : "b") + "|" +
                             std::to_string(cursor.id) + "|" + cursor.value;
    return Base64Url(CheckOf(vault, text) + text);
}

std::optional<Cursor> DecodeCursor(const Vault& vault, std::string_view letters) {
    const auto whole = FromBase64Url(letters);
    if (!whole || whole->size() <= kCheckLength) return std::nullopt;
    const std::string_view text = std::string_view(*whole).substr(kCheckLength);
    if (!EqualInConstantTime(std::string_view(*whole).substr(0, kCheckLength),
                             CheckOf(vault, text)))
        return std::nullopt;
    const auto first = text.find('|'), second = text.find('|', first + 1),
               third = text.find('|', second + 1);
    if (third == text.npos) return std::nullopt;
    const auto order = ParseInt(text.substr(0, first)),
               id = ParseInt(text.substr(second + 1, third - second - 1));
    if (!order || !id) return std::nullopt;
    const auto direction =
        text.substr(first + 1, 1) == "f" ? Direction::kForward : Direction::kBack;
    return Cursor{static_cast<int>(*order), direction, *id, std::string(text.substr(third + 1))};
}

}  // namespace ostiary
