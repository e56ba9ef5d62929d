#include "outbox/housekeeping.h"

#include <fmt/format.h>

#include "util/log.h"

namespace ostiary::outbox {
namespace {

constexpr Millis kKeepEndedSessions = 30 * kDay;

}  // namespace

void DeleteOldSessions(World& world) {
    const Millis then = world.clock.Now() - kKeepEndedSessions;
    std::size_t deleted = 0;
    const auto done = world.store.Transact([&](Work& work) -> Result<void> {
        deleted = work.sessions.DeleteEndedBefore(then);
        return {};
    });
    if (done.ok() && deleted > 0)
        log::Info("outbox", fmt::format("deleted {} sessions that ended a month ago", deleted));
}

std::vector<Chore> Chores() { return {{"deleting old sessions", kHour, DeleteOldSessions}}; }

}  // namespace ostiary::outbox
