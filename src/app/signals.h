#pragma once

#include <functional>
#include <thread>

namespace ostiary::app {

// Keeps SIGINT and SIGTERM from ending the program by themselves, and SIGPIPE from happening.
// Before the first thread is made, since threads inherit it.
void HoldSignals();

// Waits for a held signal: the first one calls `stop`, a second one ends the program at once.
class SignalWatch {
public:
    explicit SignalWatch(std::function<void()> stop);
    ~SignalWatch();
    SignalWatch(const SignalWatch&) = delete;
    SignalWatch& operator=(const SignalWatch&) = delete;

private:
    std::thread thread_;
};

}  // namespace ostiary::app
