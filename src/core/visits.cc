#include "core/visits.h"

#include <algorithm>
#include <span>
#include <utility>

namespace ostiary {
namespace {

using enum Permission;

// Between two writings. Visits of more codes than that in some seconds are not people.
constexpr std::size_t kMostCodesInTheBook = 10'000;
constexpr std::size_t kMostJoinedLookedAt = 20'000;

void AddTo(VisitCounts& sum, const VisitCounts& more) {
    sum.previewed += more.previewed;
    sum.opened += more.opened;
    sum.started += more.started;
}

Funnel FunnelOfAll(World& world, std::span<const CodeId> codes) {
    KeepVisits(world);
    const Millis now = world.clock.Now();
    Funnel funnel;
    world.store.Read([&](Work& work) {
        funnel = work.visits.Sum(codes, now - kStayedFor, kStayedFor, kMostJoinedLookedAt);
    });
    return funnel;
}

}  // namespace

void VisitBook::Count(CodeId code, Visit visit) {
    const std::lock_guard lock(mutex_);
    if (counts_.size() >= kMostCodesInTheBook && !counts_.contains(code)) return;
    VisitCounts& counts = counts_[code];
    switch (visit) {
        case Visit::kPreviewed: ++counts.previewed; break;
        case Visit::kOpened: ++counts.opened; break;
        case Visit::kStarted: ++counts.started; break;
    }
}

std::map<CodeId, VisitCounts> VisitBook::TakeAll() {
    const std::lock_guard lock(mutex_);
    return std::exchange(counts_, {});
}

void VisitBook::PutBack(const std::map<CodeId, VisitCounts>& counts) {
    const std::lock_guard lock(mutex_);
    for (const auto& [code, more] : counts) AddTo(counts_[code], more);
}

void KeepVisits(World& world) {
    if (world.visits == nullptr) return;
    const auto counts = world.visits->TakeAll();
    if (counts.empty()) return;
    try {
        world.store.Write([&](Work& work) {
            for (const auto& [code, more] : counts) work.visits.Add(code, more);
        });
    } catch (...) {
        world.visits->PutBack(counts);
        throw;
    }
}

Result<Funnel> FunnelOf(Permit<kCodesRead> permit, World& world, const CodeQuery& query) {
    auto ids = TRY(ListCodeIds(permit, world, query, 0, kMostCodesInAFunnel + 1));
    const bool are_more = ids.size() > kMostCodesInAFunnel;
    ids.resize(std::min(ids.size(), kMostCodesInAFunnel));
    Funnel funnel = FunnelOfAll(world, ids);
    funnel.are_more = are_more;
    return funnel;
}

Result<Funnel> FunnelOf(Permit<kCodesRead> permit, World& world, const CodeScope& scope,
                        CodeId id) {
    const Code code = TRY(GetCode(permit, world, scope, id));
    return FunnelOfAll(world, std::span(&code.id, 1));
}

}  // namespace ostiary
