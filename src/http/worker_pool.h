#pragma once

// A bounded number of threads before a bounded queue. Threads are started when they are first
// needed.

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>

namespace ostiary {

class WorkerPool {
public:
    WorkerPool(std::size_t most_threads, std::size_t longest_queue);
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    // False if all threads are busy and the queue is full, or Stop was called. Jobs must not throw.
    [[nodiscard]] bool Submit(std::function<void()> job);

    // Takes no more jobs, finishes those it has. False if some had not returned by the deadline;
    // their threads go on alone.
    bool Stop(std::chrono::steady_clock::time_point deadline);

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace ostiary
