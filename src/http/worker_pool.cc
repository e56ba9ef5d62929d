#include "http/worker_pool.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <system_error>
#include <thread>

namespace ostiary {

// Shared with the threads, so that one which never returns does not outlive what it touches.
struct WorkerPool::State {
    State(std::size_t most, std::size_t longest) : most_threads(most), longest_queue(longest) {}

    const std::size_t most_threads, longest_queue;
    std::mutex mutex;
    std::condition_variable has_work, thread_left;
    std::deque<std::function<void()>> queue;
    std::size_t threads = 0, idle = 0;
    bool stopping = false;

    // The machine may refuse another thread; those there are will do.
    bool StartThread(const std::shared_ptr<State>& self) {
        try {
            std::thread([self] { self->Work(); }).detach();
            ++threads;
            ++idle;  // until it takes its first job, which may wait for it already
            return true;
        } catch (const std::system_error&) {
            return false;
        }
    }

    void Work() {
        std::unique_lock lock(mutex);
        for (;;) {
            has_work.wait(lock, [this] { return stopping || !queue.empty(); });
            --idle;
            if (queue.empty()) break;
            auto job = std::move(queue.front());
            queue.pop_front();
            lock.unlock();
            job();
            job = nullptr;
            lock.lock();
            ++idle;
        }
        --threads;
        thread_left.notify_all();
    }
};

WorkerPool::WorkerPool(std::size_t most_threads, std::size_t longest_queue)
    : state_(std::make_shared<State>(std::max<std::size_t>(most_threads, 1), longest_queue)) {}

WorkerPool::~WorkerPool() {
    std::unique_lock lock(state_->mutex);
    const bool was_stopped = state_->stopping;
    lock.unlock();
    if (!was_stopped) Stop(std::chrono::steady_clock::time_point::max());
}

bool WorkerPool::Submit(std::function<void()> job) {
    const std::lock_guard lock(state_->mutex);
    State& state = *state_;
    const bool may_grow = state.threads < state.most_threads;
    if (state.stopping) return false;
    if (state.queue.size() >= state.longest_queue + state.idle && !may_grow) return false;
    state.queue.push_back(std::move(job));
    if (state.queue.size() > state.idle && may_grow && state.StartThread(state_)) return true;
    if (state.threads == 0) {
        state.queue.pop_back();
        return false;
    }
    state.has_work.notify_one();
    return true;
}

bool WorkerPool::Stop(std::chrono::steady_clock::time_point deadline) {
    std::unique_lock lock(state_->mutex);
    state_->stopping = true;
    state_->has_work.notify_all();
    const auto all_left = [this] { return state_->threads == 0; };
    if (deadline == std::chrono::steady_clock::time_point::max()) {
        state_->thread_left.wait(lock, all_left);
        return true;
    }
    return state_->thread_left.wait_until(lock, deadline, all_left);
}

}  // namespace ostiary
