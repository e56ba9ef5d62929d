#pragma once

// Sends mails (core/mails_delivery.h), one after the other, from a thread of its own.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "core/mails_delivery.h"
#include "core/world.h"

namespace ostiary::outbox {

// Puts a letter into words; called on the sender's thread.
using Composer = std::function<MailText(const Config&, const Letter&)>;

class MailSender {
public:
    // Does nothing, and says why in the log, where something is missing that sending needs.
    MailSender(World&, Composer);
    ~MailSender();  // stops, and waits until it has
    MailSender(const MailSender&) = delete;

    // What has not been handed over is left to another sender; what has, is waited for a moment.
    // From any thread; returns at once.
    void Stop();

private:
    void Run();
    bool SendOne();
    bool MustStop(bool begun) const;
    void Record(std::int64_t id, Handed, const std::string& reason);
    void Sleep(std::chrono::milliseconds most);

    World& world_;
    const Composer compose_;
    const std::string lease_;
    std::atomic<bool> stopping_ = false;
    std::atomic<std::chrono::steady_clock::rep> stop_asked_at_ = 0;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::thread thread_;
};

// A chore of housekeeping.
void DeleteMails(World&);

}  // namespace ostiary::outbox
