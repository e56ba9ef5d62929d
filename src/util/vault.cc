#include "util/vault.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>
#include <vector>

#include "util/failure.h"

namespace ostiary {
namespace {

constexpr std::size_t kHashBytes = 16;
constexpr auto kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr auto kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr char kContext[crypto_kdf_CONTEXTBYTES + 1] = "ostiary1";

const unsigned char* Bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

Vault::Key Derive(const Vault::Key& master, std::uint64_t number) {
    Vault::Key key;
    crypto_kdf_derive_from_key(key.data(), key.size(), number, kContext, master.data());
    return key;
}

}  // namespace

Vault::Vault(const Key& master) {
    if (sodium_init() < 0) throw WorldFailure("the system has no source of randomness");
    hashing_ = Derive(master, 1);
    sealing_ = Derive(master, 2);
}

std::string Vault::Hash(Purpose purpose, std::string_view text) const {
    crypto_generichash_state state;
    unsigned char digest[kHashBytes];
    const auto tag = static_cast<unsigned char>(purpose);
    crypto_generichash_init(&state, hashing_.data(), hashing_.size(), sizeof digest);
    crypto_generichash_update(&state, &tag, 1);
    crypto_generichash_update(&state, Bytes(text), text.size());
    crypto_generichash_final(&state, digest, sizeof digest);
    return Base64Url({reinterpret_cast<const char*>(digest), sizeof digest});
}

std::string Vault::Seal(Random& random, std::string_view text) const {
    std::string box(kNonceBytes + text.size() + kTagBytes, '\0');
    auto* out = reinterpret_cast<unsigned char*>(box.data());
    random.Fill({out, kNonceBytes});
    crypto_aead_xchacha20poly1305_ietf_encrypt(out + kNonceBytes, nullptr, Bytes(text), text.size(),
                                               nullptr, 0, nullptr, out, sealing_.data());
    return Base64Url(box);
}

std::optional<std::string> Vault::Open(std::string_view letters) const {
    const auto box = FromBase64Url(letters);
    if (!box || box->size() < kNonceBytes + kTagBytes) return std::nullopt;
    std::string text(box->size() - kNonceBytes - kTagBytes, '\0');
    const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
        reinterpret_cast<unsigned char*>(text.data()), nullptr, nullptr, Bytes(*box) + kNonceBytes,
        box->size() - kNonceBytes, nullptr, 0, Bytes(*box), sealing_.data());
    if (failed) return std::nullopt;
    return text;
}

std::string Vault::Fingerprint() const { return Hash(Purpose::kSetup, "fingerprint"); }

std::optional<Vault::Key> ParseVaultKey(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == text.npos) return std::nullopt;
    text = text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
    Vault::Key key;
    std::size_t length = 0;
    const char* end = nullptr;
    if (sodium_hex2bin(key.data(), key.size(), text.data(), text.size(), nullptr, &length, &end) !=
            0 ||
        length != key.size() || end != text.data() + text.size())
        return std::nullopt;
    return key;
}

namespace {

Vault::Key ReadKeyFile(const std::string& path) {
    struct stat about {};
    if (stat(path.c_str(), &about) != 0) throw WorldFailure("cannot read the key file " + path);
    if (about.st_mode & (S_IRWXG | S_IRWXO))
        throw WorldFailure("the key file " + path + " can be read by others; run: chmod 600 " +
                           path);
    std::ifstream file(path);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto key = ParseVaultKey(text);
    if (!key) throw WorldFailure("the key file " + path + " must hold 64 hexadecimal digits");
    return *key;
}

}  // namespace

Vault::Key LoadOrMakeVaultKey(const std::string& path, Random& random) {
    if (access(path.c_str(), F_OK) == 0) return ReadKeyFile(path);
    Vault::Key key;
    random.Fill(key);
    std::string text(2 * key.size() + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), key.data(), key.size());
    text.back() = '\n';

    // Written whole under another name, then linked: two processes that start at once agree on one
    // key.
    std::string draft = path + ".XXXXXX";
    const int file = mkstemp(draft.data());
    if (file < 0)
        throw WorldFailure("cannot write the key file " + path + ": " + std::strerror(errno));
    const bool written =
        write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
        fsync(file) == 0;
    close(file);
    const bool linked = written && (link(draft.c_str(), path.c_str()) == 0 || errno == EEXIST);
    unlink(draft.c_str());
    if (!linked) throw WorldFailure("cannot write the key file " + path);
    return ReadKeyFile(path);
}

std::string Base64Url(std::string_view bytes) {
    constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string letters(sodium_base64_ENCODED_LEN(bytes.size(), kVariant), '\0');
    sodium_bin2base64(letters.data(), letters.size(), Bytes(bytes), bytes.size(), kVariant);
    letters.pop_back();
    return letters;
}

std::optional<std::string> FromBase64Url(std::string_view letters) {
    std::string bytes(letters.size(), '\0');
    std::size_t length = 0;
    const char* end = nullptr;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(),
                          letters.data(), letters.size(), nullptr, &length, &end,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        end != letters.data() + letters.size())
        return std::nullopt;
    bytes.resize(length);
    return bytes;
}

bool EqualInConstantTime(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace ostiary
