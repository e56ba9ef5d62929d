#pragma once

// The public check's memory: summaries of codes asked for lately, and of texts that are no code.
// Bounded, safe from any thread. What this process commits is forgotten at once; what others
// commit, within kStaleAfter.

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "core/model.h"
#include "store/desk.h"

namespace ostiary {

class PeekCache {
public:
    using Moment = std::chrono::steady_clock::time_point;
    static constexpr std::chrono::milliseconds kStaleAfter{250}, kCheckAfter{100};
    static constexpr std::size_t kLongestText = 64;  // longer ones are not kept

    // What is remembered of a text, if anything: a summary, or that there is no such code.
    std::optional<std::optional<CodeSummary>> Get(std::string_view text, Moment now) const;

    // Taken before the database is read, so that a commit meanwhile is not missed.
    struct Ticket {
        std::uint64_t commits, epoch;
        Moment read_at;
    };
    Ticket Begin(Moment now) const;
    void Put(std::string_view text, const std::optional<CodeSummary>&, const Ticket&);

    void Forget(const Touched&);
    void ForgetAll();

    // At `moment` nobody else had committed since the time before: everything kept is as good as
    // read then.
    void Confirm(Moment);
    bool NeedsCheck(Moment now) const;

private:
    struct Entry {
        std::string text;  // empty: free
        std::optional<CodeSummary> summary;
        Ticket ticket{};
    };
    // A text has one bucket and four places in it.
    struct Bucket {
        mutable std::mutex mutex;
        std::array<Entry, 4> entries;
        unsigned next = 0;
    };
    static constexpr std::size_t kBuckets = 1024, kSlots = 1 << 14;

    static std::size_t HashOf(std::string_view text) { return std::hash<std::string_view>()(text); }
    static std::size_t SlotOf(CodeId id) { return static_cast<std::size_t>(id) % kSlots; }
    bool IsCurrent(const Entry&, Moment now) const;

    std::array<Bucket, kBuckets> buckets_;
    // When a code, or a text, was last touched, counted in commits; several share a slot and are
    // forgotten together.
    std::array<std::atomic<std::uint64_t>, kSlots> touched_{};
    std::atomic<std::uint64_t> commits_{0}, epoch_{0};
    std::atomic<Moment> confirmed_{Moment{}};
};

}  // namespace ostiary
