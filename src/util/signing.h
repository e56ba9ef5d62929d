#pragma once

// What a message is signed with, so that whoever holds the same secret can tell who sent it.

#include <optional>
#include <string>
#include <string_view>

namespace ostiary {

std::string HmacSha256(std::string_view key, std::string_view message);  // 32 bytes

// The standard alphabet, with padding.
std::string Base64(std::string_view bytes);
std::optional<std::string> FromBase64(std::string_view letters);

}  // namespace ostiary
