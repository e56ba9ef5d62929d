#pragma once

// Requests to other people's servers, several at a time and none for long. They are strangers:
// nothing is followed, little is read, and addresses in one's own network are not connected to.

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace ostiary::outbox {

struct HttpPost {
    std::int64_t id = 0;  // the caller's, for knowing the answer by it
    std::string url;      // http or https
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
};

// Something to be fetched, whole or not at all.
struct HttpGet {
    std::int64_t id = 0;
    std::string url;
    std::vector<std::pair<std::string, std::string>> headers;
    std::size_t most_bytes = 0;  // of the body; more is a failure
    std::chrono::milliseconds most_time{};
};

struct HttpAnswer {
    std::int64_t id = 0;
    int status = 0;       // 0: no whole answer came
    std::string body;     // of a post its beginning, at most 1 kB
    std::string failure;  // why no answer came, as a sentence for the log
};

enum class PrivateAddresses : std::uint8_t { kRefused, kAllowed };

// Belongs to one thread; only WakeUp may be called from others.
class HttpClient {
public:
    explicit HttpClient(PrivateAddresses);
    ~HttpClient();  // drops what is under way
    HttpClient(const HttpClient&) = delete;

    void Start(HttpPost);
    void Start(HttpGet);
    // What has been answered; waits for something to happen, but no longer than this.
    std::vector<HttpAnswer> Wait(std::chrono::milliseconds most);
    void WakeUp();

private:
    struct State;

    std::unique_ptr<State> state_;
};

}  // namespace ostiary::outbox
