#include "util/passwords.h"

#include <sodium.h>
#include <zxcvbn.h>

#include <algorithm>
#include <cerrno>

#include "util/failure.h"
#include "util/text.h"

namespace ostiary {
namespace {

constexpr std::size_t kFewestCharacters = 8;
constexpr std::size_t kMostBytes = 1024;
// zxcvbn's time explodes with the length of digits in a row; no password this long is common.
constexpr std::size_t kJudgedBytes = 32;
constexpr double kFewestGuessBits = 20;  // about a million guesses

}  // namespace

// Not a std::counting_semaphore: libstdc++ 12 wakes nobody when one is released that was not
// empty, so of two hashes that end together only one is followed by another.
class Passwords::Turn {
public:
    explicit Turn(Passwords& of) : of_(of) {
        std::unique_lock lock(of_.mutex_);
        of_.room_was_made_.wait(lock, [this] { return of_.room_ > 0; });
        --of_.room_;
    }
    ~Turn() {
        {
            const std::lock_guard lock(of_.mutex_);
            ++of_.room_;
        }
        of_.room_was_made_.notify_one();
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

private:
    Passwords& of_;
};

Passwords::Passwords(int memory_kib, int passes, int at_once)
    : passes_(static_cast<unsigned long long>(std::max(passes, 1))),
      memory_bytes_(std::max(static_cast<std::size_t>(std::max(memory_kib, 0)) * 1024,
                             std::size_t{crypto_pwhash_MEMLIMIT_MIN})),
      room_(std::clamp(at_once, 1, 1024)) {
    if (sodium_init() < 0) throw WorldFailure("the system has no source of randomness");
}

// libsodium maps the memory of each hash afresh and unmaps it, so it goes back to the system at
// once.
std::string Passwords::Hash(std::string_view password) {
    const Turn turn(*this);
    char phc[crypto_pwhash_STRBYTES];
    if (crypto_pwhash_str_alg(phc, password.data(), password.size(), passes_, memory_bytes_,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw WorldFailure("not enough memory to hash a password");
    return phc;
}

bool Passwords::Verify(std::string_view hash, std::string_view password) {
    const std::string phc(hash);
    const Turn turn(*this);
    errno = 0;
    if (crypto_pwhash_str_verify(phc.c_str(), password.data(), password.size()) == 0) return true;
    if (errno == ENOMEM) throw WorldFailure("not enough memory to check a password");
    return false;
}

bool Passwords::VerifyNobody(std::string_view password) {
    Hash(password);  // the same work as a check
    return false;
}

bool Passwords::NeedsRehash(std::string_view hash) const {
    return crypto_pwhash_str_needs_rehash(std::string(hash).c_str(), passes_, memory_bytes_) != 0;
}

namespace {

double GuessBits(std::string_view password, std::string_view username, std::string_view email,
                 std::string_view name) {
    const std::string judged(password.substr(0, kJudgedBytes));
    const std::string words[] = {std::string(username), std::string(email), std::string(name)};
    const char* own_words[] = {words[0].c_str(), words[1].c_str(), words[2].c_str(), nullptr};
    return ZxcvbnMatch(judged.c_str(), own_words, nullptr);
}

}  // namespace

PasswordVerdict JudgePassword(std::string_view password, std::string_view username,
                              std::string_view email, std::string_view name) {
    if (!IsCleanText(password, Lines::kOne))
        return {"password.invalid", "Password must not contain control characters"};
    if (CountCharacters(password) < kFewestCharacters)
        return {"password.short", "Password must be at least 8 characters"};
    if (password.size() > kMostBytes)
        return {"password.long", "Password must be at most 1024 bytes"};
    const std::string folded = Fold(password);
    if (folded == Fold(username) || folded == Fold(email))
        return {"password.same", "Password must not be the username or the email"};
    const double bits = GuessBits(password, username, email, name);
    if (bits < kFewestGuessBits) return {"password.common", "Password is too common"};
    return {"", "", bits};
}

}  // namespace ostiary
