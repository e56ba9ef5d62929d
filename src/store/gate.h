#pragma once

// Where the callers of one group wait for its commit.

#include <atomic>
#include <cstdint>

namespace ostiary {

// Opens once, for everybody. Whoever opens it wakes a single waiter, and that one holds it for the
// others: waking 64 threads costs as much as a small commit, and the opener has the next group to
// run.
class Gate {
public:
    void Wait();
    void Open();

private:
    std::atomic<std::uint32_t> open_{0};
    std::atomic<bool> held_{false};
};

}  // namespace ostiary
