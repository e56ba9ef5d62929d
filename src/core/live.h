#pragma once

// Whoever looks at something is told when it may look different (LIVE-1), and looks again. What is
// told is that something happened, and to which codes; never what: so nothing is told that the next
// look would not show, and that look is judged like any other.

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "core/events.h"
#include "core/model.h"

namespace ostiary {

// An event, as far as it matters to whoever looks.
struct Happening {
    std::int64_t id = 0;  // of the event
    EventKind kind{};
    CodeId code_id = 0;                  // 0: about no code
    std::string task_group, creator_id;  // of the code, as they are now
    std::string actor_id, subject_id;    // accounts, or else what it was about
};

// What one message tells: something happened up to this event. Codes in ascending order; 0 among
// them: something about no code; none at all: so much that everything may look different.
struct News {
    std::int64_t last_event = 0;
    std::vector<CodeId> codes;
};

// One who looks. Called by one thread at a time, which others wait for.
class Watcher {
public:
    virtual ~Watcher() = default;
    // False: nobody is there any more.
    virtual bool Tell(const News&) = 0;
    virtual bool KeepAlive() = 0;
    // Nothing more is told: whoever is still there may ask anew, and is judged anew.
    virtual void End() = 0;
};

// Everybody who looks, through one process. Thread-safe.
class LiveFeed {
public:
    static constexpr std::size_t kMostWatchers = 5000, kMostOfOne = 20, kRemembered = 1000;

    // From now on tells what is within the scope. `since` is the last event the watcher was told
    // of, 0 where there was none: what it missed is told at once. False: there are too many, of
    // this account or altogether.
    bool Join(std::string account_id, CodeScope, std::int64_t since, std::shared_ptr<Watcher>);

    // What is new, in the order it was found; where somebody's right to look may have ended, their
    // watchers end.
    void Publish(std::span<const Happening>);
    // So much happened that nobody counts it.
    void PublishTooMuch(std::int64_t last_event);
    void KeepAlive();

    std::size_t Count() const;
    // The last event that was published, for whoever joins later.
    std::int64_t LastEvent() const;
    void EndAll();  // who joins later ends at once

private:
    struct Seat {
        std::string account_id;
        CodeScope scope;
        std::shared_ptr<Watcher> watcher;
    };

    void TellMissed(const Seat&, std::int64_t since);
    void Leave(auto is_gone);
    void EndOf(const std::string& one, const std::string& other);

    mutable std::mutex mutex_;
    std::vector<Seat> seats_;
    std::map<std::string, std::size_t, std::less<>> of_account_;
    std::deque<Happening> remembered_;  // the latest
    std::int64_t forgotten_ = 0;        // all up to this event is remembered no more
    bool is_over_ = false;
};

}  // namespace ostiary
