#include "outbox/live.h"

#include <fmt/format.h>

#include <chrono>

#include "util/failure.h"
#include "util/log.h"

namespace ostiary::outbox {
namespace {

using namespace std::chrono_literals;

constexpr auto kBetweenLooks = 200ms;
constexpr auto kPauseAfterFailure = 2s;
constexpr std::size_t kMostAtOnce = 500, kMostGaps = 500;
constexpr Millis kLongestGap =
    10 * kSecond;  // a transaction that takes longer is seen by the next look at a page
constexpr Millis kKeepAlive = 15 * kSecond;  // proxies give up on what is silent for longer

}  // namespace

LiveTail::LiveTail(World& world) : world_(world), feed_(*world.live) {
    world_.store.Read([this](Work& work) { last_ = work.events.LastId(); });
    feed_.PublishTooMuch(last_);
    thread_ = std::thread([this] { Run(); });
}

LiveTail::~LiveTail() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
    feed_.EndAll();
}

void LiveTail::Run() {
    std::chrono::milliseconds pause = kBetweenLooks;
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, pause, [this] { return stopping_; })) {
        lock.unlock();
        pause = kBetweenLooks;
        try {
            if (feed_.Count() > 0) Look();
        } catch (const WorldFailure& failure) {
            log::Warn("live", fmt::format("will be tried again: {}", failure.what()));
            pause = kPauseAfterFailure;
        }
        lock.lock();
    }
}

void LiveTail::Look() {
    const Millis now = world_.clock.Now();
    std::erase_if(gaps_, [now](const auto& gap) { return gap.second + kLongestGap < now; });
    std::vector<std::int64_t> also;
    for (const auto& [id, since] : gaps_) also.push_back(id);
    std::vector<Happening> found;
    world_.store.Read([&](Work& work) {
        found = work.events.Tail(last_, also, kMostAtOnce);
        if (found.size() == kMostAtOnce) last_ = work.events.LastId();
    });
    if (found.size() == kMostAtOnce) {
        gaps_.clear();
        feed_.PublishTooMuch(last_);
    } else if (!found.empty()) {
        NoteGaps(found);
        feed_.Publish(found);
    }
    if (now < keep_alive_at_) return;
    keep_alive_at_ = now + kKeepAlive;
    feed_.KeepAlive();
}

void LiveTail::NoteGaps(const std::vector<Happening>& found) {
    const Millis now = world_.clock.Now();
    for (const Happening& one : found) {
        gaps_.erase(one.id);
        for (std::int64_t missing = last_ + 1; missing < one.id && gaps_.size() < kMostGaps;
             ++missing)
            gaps_.emplace(missing, now);
        last_ = std::max(last_, one.id);
    }
}

}  // namespace ostiary::outbox
