#pragma once

// What keeps the database file useless to a thief: secrets in it are found by keyed hash and
// shown again by decrypting, with one master key that lives beside the data and never in it.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "util/random.h"

namespace ostiary {

// A purpose keeps hashes apart: the same text as a code and as a session id hashes differently.
enum class Purpose : std::uint8_t {
    kCode,
    kLink,
    kSession,
    kApiToken,
    kCsrf,
    kFragment,
    kSetup,
    kCache,
    kPasswordReset,
    kReceipt,
    kLimit,
    kWebhookMessage,
    kAuditPerson,
    kAuditEntry,
    kAuditSeal,
    kMailMessage,
    kImportContent,
    kImportRow,
    kPullPerson,
    kPullContent
};

class Vault {
public:
    static constexpr std::size_t kKeyBytes = 32;
    using Key = std::array<std::uint8_t, kKeyBytes>;

    explicit Vault(const Key& master);

    // Keyed BLAKE2b-128 as 22 letters of URL-safe base64. Equal texts hash equally.
    std::string Hash(Purpose, std::string_view text) const;

    // XChaCha20-Poly1305 with a random nonce, as URL-safe base64.
    std::string Seal(Random&, std::string_view text) const;
    // Nothing if the box was made with another key or altered.
    std::optional<std::string> Open(std::string_view box) const;

    // Says which key this is without telling it; a database remembers it and refuses another.
    std::string Fingerprint() const;

private:
    Key hashing_, sealing_;
};

// 64 hexadecimal digits, white space around them forgiven.
std::optional<Vault::Key> ParseVaultKey(std::string_view text);

// Reads the key file, or makes one (mode 0600) if there is none. Throws WorldFailure when the file
// is unreadable, malformed, or open to others.
Vault::Key LoadOrMakeVaultKey(const std::string& path, Random&);

std::string Base64Url(std::string_view bytes);                       // without padding
std::optional<std::string> FromBase64Url(std::string_view letters);  // without padding
bool EqualInConstantTime(std::string_view a, std::string_view b);

}  // namespace ostiary
