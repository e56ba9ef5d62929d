#include "util/signing.h"

#include <sodium.h>

namespace ostiary {
namespace {

constexpr int kVariant = sodium_base64_VARIANT_ORIGINAL;

const unsigned char* Bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::string HmacSha256(std::string_view key, std::string_view message) {
    std::string digest(crypto_auth_hmacsha256_BYTES, '\0');
    crypto_auth_hmacsha256_state state;  // the one-shot call takes keys of one length only
    crypto_auth_hmacsha256_init(&state, Bytes(key), key.size());
    crypto_auth_hmacsha256_update(&state, Bytes(message), message.size());
    crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(digest.data()));
    return digest;
}

std::string Base64(std::string_view bytes) {
    std::string letters(sodium_base64_ENCODED_LEN(bytes.size(), kVariant), '\0');
    sodium_bin2base64(letters.data(), letters.size(), Bytes(bytes), bytes.size(), kVariant);
    letters.pop_back();
    return letters;
}

std::optional<std::string> FromBase64(std::string_view letters) {
    std::string bytes(letters.size(), '\0');
    std::size_t length = 0;
    const char* end = nullptr;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(),
                          letters.data(), letters.size(), nullptr, &length, &end, kVariant) != 0 ||
        end != letters.data() + letters.size())
        return std::nullopt;
    bytes.resize(length);
    return bytes;
}

}  // namespace ostiary
