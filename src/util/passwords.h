#pragma once

// Argon2id, never more at once than the machine has room for.

#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>

#include "util/sentence.h"

namespace ostiary {

class Passwords {
public:
    // So many KiB and passes per hash; at most `at_once` hashes run at any time, further callers
    // wait.
    Passwords(int memory_kib, int passes, int at_once);

    std::string Hash(std::string_view password);  // PHC string, salt inside
    bool Verify(std::string_view hash, std::string_view password);
    // Takes as long as a Verify and is always false: for names nobody has (SEC-3).
    bool VerifyNobody(std::string_view password);
    // Made with other costs than today's: hash again at the next log-in.
    bool NeedsRehash(std::string_view hash) const;

private:
    class Turn;

    const unsigned long long passes_;
    const std::size_t memory_bytes_;
    std::mutex mutex_;
    std::condition_variable room_was_made_;
    int room_;  // how many more hashes may run now
};

// Why this password is refused ("password.short", …), or nothing. `own_words` are the person's
// username, address and name. Checks length ≥ 8, equality with own words, and zxcvbn's guesses.
struct PasswordVerdict {
    std::string reason;
    Sentence message;
    double guess_bits = 0;  // of a good one: two to this power guesses would find it
};
PasswordVerdict JudgePassword(std::string_view password, std::string_view username,
                              std::string_view email,
                              std::string_view name);  // an empty reason: good

}  // namespace ostiary
