#pragma once

// Fetches the file of people (core/pulls.h) when it is due or asked for, and goes on with what is
// being applied, from a thread of its own.

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "core/pulls.h"
#include "core/world.h"
#include "outbox/http_client.h"

namespace ostiary::outbox {

struct PullLimits {
    std::size_t most_bytes = kMostPulledBytes;
    std::chrono::milliseconds most_time = std::chrono::seconds(60);
};

class PullFetcher {
public:
    explicit PullFetcher(World&, PullLimits = {});
    ~PullFetcher();  // stops, and waits until it has
    PullFetcher(const PullFetcher&) = delete;

    // What is being fetched is left to another one. From any thread; returns at once.
    void Stop();

private:
    void Run();

    World& world_;
    const PullLimits limits_;
    HttpClient client_;
    std::atomic<bool> stopping_ = false;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::thread thread_;
};

// Fetches what is due, if anything is, and keeps what came of it; for whoever has no thread.
void FetchPull(World&);

}  // namespace ostiary::outbox
