#pragma once

// The wire: reads requests under limits, has them answered, writes the answers in order.
// The HTTP library is included in server.cc alone.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "http/message.h"
#include "http/router.h"
#include "util/clock.h"
#include "util/config.h"
#include "util/random.h"

namespace ostiary {

// What stands behind the wire. `CostOf` and `MostBodyBytesOf`, which knows method and path alone,
// are asked on the reading thread and must be quick;
// `Answer` runs where CostOf said, and never throws. Where it says `later`, that one's Finish runs
// on the reading thread, never throws, and has a Response.
class Service {
public:
    virtual ~Service() = default;
    virtual Cost CostOf(const Request&) const = 0;
    virtual std::size_t MostBodyBytesOf(const Request&) const = 0;
    virtual Response Answer(Request&) = 0;
};

class Server {
public:
    // Binds at once (throws WorldFailure if it cannot); port 0 picks one. Takes what it needs from
    // `config`.
    Server(const Config& config, const Clock&, Random&, Service&);
    ~Server();

    std::uint16_t port() const;
    std::string address() const;  // "127.0.0.1:8080"

    // Serves until Stop, then finishes what it accepted, within config.stop_timeout_s. False if
    // some handler had still not returned by then: it goes on using its World, so leave the process
    // without tearing that down.
    bool Run();
    void Stop();  // from any thread, and from a signal handler's thread

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace ostiary
