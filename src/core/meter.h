#pragma once

// What the program counts about itself while it runs, for whoever watches over it (OPS-6).

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/model.h"
#include "util/result.h"

namespace ostiary {

enum class UsedBy : std::uint8_t { kRegistration, kAccess, kApplication };
enum class UseOutcome : std::uint8_t { kDone, kRepeated, kRefused, kFailed };

// As the database knows them, at one moment.
struct Figures {
    std::map<CodeStatus, std::int64_t> codes;  // living ones
    std::int64_t active_accounts = 0;
    // Counted no further than kMostFigured.
    std::int64_t webhooks_due = 0, mails_due = 0, audit_unlinked = 0;
};
inline constexpr std::size_t kMostFigured = 100'000;

// All methods are for any thread, quick, and do not throw.
class Meter {
public:
    virtual ~Meter() = default;
    // Somebody tried to use a code. A mistake in another field of the form is refused, too.
    virtual void Used(UsedBy, UseOutcome) = 0;
    // So many callers were served by one commit.
    virtual void Committed(std::size_t callers, std::chrono::nanoseconds took) = 0;

    // All that was counted since the start, in the text format of Prometheus; without figures: the
    // database does not answer.
    virtual std::string Text(const std::optional<Figures>&) const = 0;
};

// Tells the meter, if there is one, how it ended; the failure travels on.
template <class Answer, class Deed>
Result<Answer> Metered(Meter* meter, UsedBy by, Deed deed) {
    const auto tell = [&](UseOutcome outcome) {
        if (meter != nullptr) meter->Used(by, outcome);
    };
    try {
        Result<Answer> answer = deed();
        if constexpr (requires { answer->is_repeated; })
            tell(!answer.ok()          ? UseOutcome::kRefused
                 : answer->is_repeated ? UseOutcome::kRepeated
                                       : UseOutcome::kDone);
        else
            tell(answer.ok() ? UseOutcome::kDone : UseOutcome::kRefused);
        return answer;
    } catch (...) {
        tell(UseOutcome::kFailed);
        throw;
    }
}

}  // namespace ostiary
