#pragma once

// A store that nobody may ask.

#include <cstdlib>

#include "core/store.h"

namespace ostiary {

class NoStore final : public Store {
public:
    Result<void> Transact(const std::function<Result<void>(Work&)>&) override { std::abort(); }
    void Read(const std::function<void(Work&)>&) override { std::abort(); }
    Result<Redemption> Redeem(const SubjectClaim&) override { std::abort(); }
    void Redeem(SubjectClaim, std::function<void(ClaimOutcome)>) override { std::abort(); }
    std::optional<CodeSummary> Peek(std::string_view, Millis) override { std::abort(); }
    void Ping() override {}
};

}  // namespace ostiary
