#pragma once

// Between the worker that makes a body and the connection that sends it: a bounded pipe. The worker
// waits while the client is slow.

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

namespace ostiary {

class StreamChannel {
public:
    enum class Coding { kChunked, kPlain };
    enum class End { kNotYet, kWhole, kBroken };
    struct Taken {
        std::string bytes;  // ready for the wire
        End end;            // what follows after them
    };

    // `wake` is called from the worker whenever there is something new to take.
    StreamChannel(Coding, std::function<void()> wake);

    bool Write(std::string_view data);  // worker: false when nobody listens any more
    void Finish(End how);               // worker: nothing follows
    Taken Take();                       // connection
    void Close();                       // connection: whoever writes now or later is told so

private:
    const Coding coding_;
    const std::function<void()> wake_;
    std::mutex mutex_;
    std::condition_variable has_room_;
    std::string bytes_;
    End end_ = End::kNotYet;
    bool is_closed_ = false;
};

}  // namespace ostiary
