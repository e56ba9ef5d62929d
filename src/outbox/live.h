#pragma once

// Finds out what happened, through whichever node or program, and tells those who look
// (core/live.h). Asks the database a few times a second, and only while somebody looks: see
// docs/decisions/0019-live.md.

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <thread>

#include "core/live.h"
#include "core/world.h"

namespace ostiary::outbox {

class LiveTail {
public:
    // Needs world.live. What happened before is not told.
    explicit LiveTail(World&);
    ~LiveTail();  // ends everybody who looks
    LiveTail(const LiveTail&) = delete;

private:
    void Run();
    void Look();
    void NoteGaps(const std::vector<Happening>&);

    World& world_;
    LiveFeed& feed_;
    std::int64_t last_ = 0;
    // Ids below the last that nobody has seen, and since when: of transactions that are still under
    // way, or never came to be.
    std::map<std::int64_t, Millis> gaps_;
    Millis keep_alive_at_ = 0;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace ostiary::outbox
