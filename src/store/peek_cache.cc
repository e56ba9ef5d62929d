#include "store/peek_cache.h"

#include <algorithm>

namespace ostiary {

std::optional<std::optional<CodeSummary>> PeekCache::Get(std::string_view text, Moment now) const {
    const Bucket& bucket = buckets_[HashOf(text) % kBuckets];
    const std::lock_guard lock(bucket.mutex);
    for (const Entry& entry : bucket.entries)
        if (entry.text == text && !text.empty()) {
            if (!IsCurrent(entry, now)) return std::nullopt;
            return entry.summary;
        }
    return std::nullopt;
}

bool PeekCache::IsCurrent(const Entry& entry, Moment now) const {
    const std::size_t slot =
        entry.summary ? SlotOf(entry.summary->id) : HashOf(entry.text) % kSlots;
    return entry.ticket.epoch == epoch_.load(std::memory_order_acquire) &&
           touched_[slot].load(std::memory_order_acquire) <= entry.ticket.commits &&
           now - std::max(entry.ticket.read_at, confirmed_.load(std::memory_order_relaxed)) <
               kStaleAfter;
}

PeekCache::Ticket PeekCache::Begin(Moment now) const {
    return {commits_.load(std::memory_order_acquire), epoch_.load(std::memory_order_acquire), now};
}

void PeekCache::Put(std::string_view text, const std::optional<CodeSummary>& summary,
                    const Ticket& ticket) {
    if (text.empty() || text.size() > kLongestText) return;
    Bucket& bucket = buckets_[HashOf(text) % kBuckets];
    const std::lock_guard lock(bucket.mutex);
    auto* entry = std::find_if(bucket.entries.begin(), bucket.entries.end(),
                               [&](const Entry& one) { return one.text == text; });
    if (entry == bucket.entries.end())
        entry = &bucket.entries[bucket.next++ % bucket.entries.size()];
    entry->text = text;
    entry->summary = summary;
    entry->ticket = ticket;
}

// Counted after the commit: whoever sees the new count reads what was committed.
void PeekCache::Forget(const Touched& touched) {
    if (touched.empty()) return;
    const std::uint64_t commit = commits_.fetch_add(1, std::memory_order_acq_rel) + 1;
    for (const CodeId id : touched.ids)
        touched_[SlotOf(id)].store(commit, std::memory_order_release);
    for (const std::string& text : touched.texts)
        touched_[HashOf(text) % kSlots].store(commit, std::memory_order_release);
}

void PeekCache::ForgetAll() { epoch_.fetch_add(1, std::memory_order_acq_rel); }

void PeekCache::Confirm(Moment moment) { confirmed_.store(moment, std::memory_order_relaxed); }

bool PeekCache::NeedsCheck(Moment now) const {
    return now - confirmed_.load(std::memory_order_relaxed) > kCheckAfter;
}

}  // namespace ostiary
