#pragma once

// Between whoever makes a body and the connection that sends it: a bounded pipe. A worker waits
// while the client is slow; who offers now and then is told that it is.

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

#include "http/message.h"

namespace ostiary {

class StreamChannel final : public Outlet {
public:
    enum class Coding { kChunked, kPlain };
    enum class Ending { kNotYet, kWhole, kBroken };
    struct Taken {
        std::string bytes;  // ready for the wire
        Ending end;         // what follows after them
    };

    // `wake` is called from the worker whenever there is something new to take.
    StreamChannel(Coding, std::function<void()> wake);

    bool Write(std::string_view data);  // worker: false when nobody listens any more
    void Finish(Ending how);            // worker: nothing follows
    bool Offer(std::string_view) override;
    void End() override { Finish(Ending::kWhole); }
    Taken Take();  // connection
    void Close();  // connection: whoever writes now or later is told so

private:
    bool Put(std::string_view data);

    const Coding coding_;
    std::function<void()> wake_;  // until nobody listens
    std::mutex mutex_;
    std::condition_variable has_room_;
    std::string bytes_;
    Ending end_ = Ending::kNotYet;
    bool is_closed_ = false;
};

}  // namespace ostiary
