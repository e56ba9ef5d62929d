#pragma once

// A client that keeps connections busy: each has one request under way, and sends the next as soon
// as its answer has come and was found right. One thread, so that it takes at most one core.

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace ostiary::bench {

struct Load {
    std::uint16_t port = 0;
    int connections = 64;
    std::uint64_t requests = 0;                              // so many in all, or …
    std::chrono::milliseconds time = std::chrono::hours(1);  // … until then, whichever is first
    // Writes a whole request. `number` is new for every request of this process.
    std::function<void(std::uint64_t number, std::string& out)> write;
    // Whether this is the answer that was to be expected.
    std::function<bool(int status, std::string_view body)> is_right;
};

struct LoadResult {
    std::uint64_t requests = 0;
    double seconds = 0, p50_ms = 0, p99_ms = 0, most_ms = 0;

    double per_second() const { return static_cast<double>(requests) / seconds; }
};

// Throws at the first wrong answer, with that answer, and where the server goes away.
LoadResult Run(const Load&);

// POST with a JSON body; `headers` are whole lines, each with its end.
void WritePost(std::string& out, std::string_view path, std::string_view body,
               std::string_view headers = "");

struct Reply {
    int status = 0;
    std::string body;
};
// One request on a connection of its own.
Reply Ask(std::uint16_t port, const std::string& request);

// Asks GET /healthz until it is answered 200; throws after ten seconds.
void AwaitHealth(std::uint16_t port);

// Percentiles of what was measured; sorts it.
double PercentileMs(std::vector<float>& milliseconds, double percent);

// A number that was not given before.
std::uint64_t NextNumber();

}  // namespace ostiary::bench
