#pragma once

// What connections share: the whole server's pools and counts, and one lane per reading thread.
// Part of server.cc, which includes the HTTP library before it; nobody else includes this.

#include <atomic>
#include <chrono>
#include <string>
#include <vector>

#include "http/response_writer.h"
#include "http/server.h"
#include "http/worker_pool.h"

namespace ostiary::wire {

namespace asio = boost::asio;
using Tcp = asio::ip::tcp;
using Socket = asio::basic_stream_socket<Tcp, asio::io_context::executor_type>;
using Steady = std::chrono::steady_clock;

class Connection;

struct Shared {
    const Config& config;
    const Clock& clock;
    Random& random;
    Service& service;
    WorkerPool slow, hash, streams;
    std::atomic<int> connections{0};
    std::atomic<std::int64_t> body_bytes{0};  // held by all requests together
    std::atomic<int> awaited{0};              // answers that will come by themselves
    std::atomic<bool> stopping{false};

    static constexpr std::int64_t kMostBodyBytes = 256 << 20;
};

// One thread, its event loop and its connections; nothing in it is touched by another thread but by
// posting.
struct Lane {
    explicit Lane(Shared& all) : shared(all) {}

    Shared& shared;
    asio::io_context context{1};
    asio::steady_timer timer{context};
    std::vector<Connection*> connections;
    std::string out;  // answers of the batch at hand
    Steady::time_point stop_deadline = Steady::time_point::max();

    std::string_view Date() {
        const Millis now = shared.clock.Now();
        if (now / kSecond != date_second_) {
            date_second_ = now / kSecond;
            date_ = HttpDate(now);
        }
        return date_;
    }

private:
    Millis date_second_ = -1;
    std::string date_;
};

// Bytes that arrived and wait to be understood. Small while nothing happens.
class InputBuffer {
public:
    static constexpr std::size_t kSmall = 2048, kLarge = 64 << 10;

    std::string_view view() const { return {data_.get() + begin_, end_ - begin_}; }
    bool empty() const { return begin_ == end_; }
    std::size_t size() const { return end_ - begin_; }
    void Consume(std::size_t bytes) { begin_ += bytes; }
    void Grew(std::size_t bytes) { end_ += bytes; }
    void Drop() { begin_ = end_ = 0; }

    // Room to read into, at least one byte of it; `wanted` is the capacity that would be welcome.
    asio::mutable_buffer Room(std::size_t wanted) {
        if (empty()) Drop();
        if (capacity_ == 0 || (empty() && capacity_ > wanted)) Reallocate(wanted);
        if (begin_ > 0 && end_ == capacity_) Compact();
        if (end_ == capacity_ || capacity_ < wanted)
            Reallocate(std::max(wanted, end_ == capacity_ ? 2 * capacity_ : capacity_));
        return {data_.get() + end_, capacity_ - end_};
    }

private:
    void Compact() {
        std::memmove(data_.get(), data_.get() + begin_, size());
        end_ -= begin_;
        begin_ = 0;
    }
    void Reallocate(std::size_t capacity) {
        auto fresh = std::make_unique_for_overwrite<char[]>(capacity);
        if (!empty()) std::memcpy(fresh.get(), data_.get() + begin_, size());
        end_ -= begin_;
        begin_ = 0;
        data_ = std::move(fresh);
        capacity_ = capacity;
    }

    std::unique_ptr<char[]> data_;
    std::size_t begin_ = 0, end_ = 0, capacity_ = 0;
};

}  // namespace ostiary::wire
