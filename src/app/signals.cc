#include "app/signals.h"

#include <pthread.h>
#include <signal.h>

#include <cstdlib>

namespace ostiary::app {
namespace {

constexpr int kEndOfWatch = SIGUSR1;  // sent by ourselves to the waiting thread
constexpr int kEndedBySignal = 128;   // plus its number: how shells tell it

sigset_t HeldSignals() {
    sigset_t held;
    sigemptyset(&held);
    for (const int number : {SIGINT, SIGTERM, kEndOfWatch}) sigaddset(&held, number);
    return held;
}

void Watch(const std::function<void()>& stop) {
    const sigset_t held = HeldSignals();
    for (bool told = false;;) {
        int number = 0;
        if (sigwait(&held, &number) != 0) continue;
        if (number == kEndOfWatch) return;
        if (told) std::_Exit(kEndedBySignal + number);
        told = true;
        stop();
    }
}

}  // namespace

void HoldSignals() {
    const sigset_t held = HeldSignals();
    pthread_sigmask(SIG_BLOCK, &held, nullptr);
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &ignore, nullptr);
}

SignalWatch::SignalWatch(std::function<void()> stop)
    : thread_([stop = std::move(stop)] { Watch(stop); }) {}

SignalWatch::~SignalWatch() {
    pthread_kill(thread_.native_handle(), kEndOfWatch);
    thread_.join();
}

}  // namespace ostiary::app
