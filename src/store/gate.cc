#include "store/gate.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <climits>

namespace ostiary {
namespace {

static_assert(sizeof(std::atomic<std::uint32_t>) == sizeof(std::uint32_t));

// std::atomic::wait would do, but yields several times before it sleeps: with 64 callers on two
// cores that is most of what the machine then does.
void Sleep(std::atomic<std::uint32_t>& word, std::uint32_t while_it_is) {
    syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, while_it_is, nullptr, nullptr, 0);
}

void Wake(std::atomic<std::uint32_t>& word, int most) {
    syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, most, nullptr, nullptr, 0);
}

}  // namespace

void Gate::Wait() {
    bool slept = false;
    while (open_.load(std::memory_order_acquire) == 0) {
        Sleep(open_, 0);
        slept = true;
    }
    if (slept && !held_.exchange(true, std::memory_order_relaxed)) Wake(open_, INT_MAX);
}

void Gate::Open() {
    open_.store(1, std::memory_order_release);
    Wake(open_, 1);
}

}  // namespace ostiary
