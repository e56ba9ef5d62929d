#pragma once

// A real server on a port of its own with a small service behind it, and a client that sends bytes
// as they are.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <future>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "http/server.h"
#include "util/clock.h"
#include "util/random.h"

namespace ostiary {

// An answer that comes from a thread of its own, after a while.
class LateAnswer final : public Later {
public:
    LateAnswer(Response answer, long ms) : answer_(std::move(answer)), ms_(ms) {}
    void Start(std::function<void()> ready) override {
        if (ms_ == 0) return ready();
        ++under_way;
        std::thread([ready = std::move(ready), ms = ms_]() mutable {
            std::this_thread::sleep_for(std::chrono::milliseconds(ms));
            std::exchange(ready, nullptr)();
            --under_way;  // the last touch
        }).detach();
    }
    // Before what they answer goes away.
    static void AwaitAll() {
        while (under_way > 0) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }

    Result<Response> Finish() override { return std::move(answer_); }

private:
    static inline std::atomic<int> under_way = 0;

    Response answer_;
    const long ms_;
};

// /fast and /slow/{ms} and /hash/{ms} and /later/{ms} echo what came; /slow/later/{ms} says on a
// worker's thread that the answer comes later; /stream sends three chunks; /large is a big body.
class EchoService : public Service {
public:
    static constexpr std::size_t kMostBody = 1 << 20;  // and for /file four times as much

    Cost CostOf(const Request& request) const override {
        ++asked;
        return CostOfPath(request);
    }

    std::size_t MostBodyBytesOf(const Request& request) const override {
        return request.path == "/file" ? 4 * kMostBody : kMostBody;
    }

    static Cost CostOfPath(const Request& request) {
        if (request.path.starts_with("/slow")) return Cost::kSlow;
        return request.path.starts_with("/hash") ? Cost::kHash : Cost::kFast;
    }

    Response Answer(Request& request) override {
        ++answered;
        while (is_held && CostOfPath(request) == Cost::kSlow)
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        if (const auto at = request.path.find("/later/"); at != std::string::npos) {
            Response coming;
            coming.later =
                std::make_shared<LateAnswer>(Echo(request), std::stol(request.path.substr(at + 7)));
            return coming;
        }
        if (CostOfPath(request) != Cost::kFast)
            std::this_thread::sleep_for(
                std::chrono::milliseconds(std::stol(request.path.substr(6))));
        if (request.path == "/stream") return Stream(3, "0123456789");
        if (request.path == "/events") return Events();
        if (request.path == "/flood") return Stream(1 << 20, std::string(4096, 'x'));
        Response response = Echo(request);
        if (request.path == "/large") response.body.assign(32 << 20, 'x');
        if (request.path == "/split") response.With("x-bad", "a\r\nset-cookie: stolen=1");
        if (request.path == "/nothing") response.status = 204;
        if (request.path == "/address") response.body = request.client_address;
        return response;
    }

    std::atomic<int> answered = 0, chunks = 0, streams_ended = 0;
    mutable std::atomic<int> asked = 0;
    std::atomic<bool> is_held = false;  // slow ones wait until it is over

private:
    static Response Echo(const Request& request) {
        return Json(200, std::string(NameOf(request.method)) + " " + request.path + " " +
                             request.query + " [" + request.body + "]");
    }

    Response Stream(int times, std::string chunk) {
        Response response;
        response.content_type = "text/plain";
        response.stream =
            std::make_shared<const StreamBody>([this, times, chunk](const auto& write) {
                for (int i = 0; i < times && write(chunk); ++i) ++chunks;
                ++streams_ended;
            });
        return response;
    }

    Response Events() {
        Response response = Stream(1'000'000, "data: 1\n\n");
        response.content_type = "text/event-stream";
        response.stream = std::make_shared<const StreamBody>([this](const auto& write) {
            while (write("data: 1\n\n")) std::this_thread::sleep_for(std::chrono::milliseconds(10));
            ++streams_ended;
        });
        return response;
    }
};

inline Config WireConfig() {
    Config config;
    config.listen = "127.0.0.1:0";
    config.worker_threads = 4;
    config.hashing_threads = 1;
    config.header_timeout_s = 1;
    config.body_timeout_s = 1;
    config.idle_timeout_s = 30;
    config.stop_timeout_s = 5;
    return config;
}

class RunningServer {
public:
    explicit RunningServer(Config settings = WireConfig())
        : config(std::move(settings)),
          server(config, clock, random, service),
          thread_([this] { all_done = server.Run(); }) {}
    ~RunningServer() { Stop(); }

    void Stop() {
        server.Stop();
        if (thread_.joinable()) thread_.join();
    }

    Config config;
    SystemClock clock;
    SystemRandom random;
    EchoService service;
    Server server;
    std::atomic<bool> all_done = false;

private:
    std::thread thread_;
};

class Client {
public:
    explicit Client(const RunningServer& running) : Client(running.server.port()) {}
    explicit Client(std::uint16_t port) : file_(socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        is_connected_ = connect(file_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    }
    ~Client() {
        if (file_ >= 0) close(file_);
    }
    Client(Client&& other) noexcept
        : file_(std::exchange(other.file_, -1)),
          is_connected_(other.is_connected_),
          got_(std::move(other.got_)) {}
    Client(const Client&) = delete;

    bool is_connected() const { return is_connected_; }

    bool Send(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto sent = send(file_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    // The next answer, whole, with its head; what came until then if the connection ends or
    // patience does.
    std::string Receive(bool has_body = true) {
        while (got_.find("\r\n\r\n") == std::string::npos)
            if (!ReadMore()) return std::exchange(got_, {});
        const std::size_t head = got_.find("\r\n\r\n") + 4;
        std::size_t length = 0;
        const auto at = got_.find("content-length: ");
        if (has_body && at < head) length = std::stoul(got_.substr(at + 16));
        while (got_.size() < head + length)
            if (!ReadMore()) break;
        const std::string answer = got_.substr(0, head + length);
        got_.erase(0, answer.size());
        return answer;
    }

    std::string ReceiveUntil(std::string_view text) {
        while (got_.find(text) == std::string::npos)
            if (!ReadMore()) break;
        return std::exchange(got_, {});
    }

    // Everything until the server closes.
    std::string ReceiveAll() {
        while (ReadMore()) {}
        return std::exchange(got_, {});
    }

    // Whether the server closes within that time, whatever it says before.
    bool IsClosedWithin(int ms) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(ms);
        char buffer[4096];
        while (std::chrono::steady_clock::now() < end) {
            pollfd waiting{file_, POLLIN, 0};
            if (poll(&waiting, 1, 20) == 1 && recv(file_, buffer, sizeof buffer, 0) <= 0)
                return true;
        }
        return false;
    }

    std::string Ask(std::string_view bytes) {
        Send(bytes);
        return Receive();
    }

private:
    bool ReadMore() {
        constexpr int kPatienceMs = 8000;
        pollfd waiting{file_, POLLIN, 0};
        if (poll(&waiting, 1, kPatienceMs) != 1) return false;
        char buffer[16384];
        const auto got = recv(file_, buffer, sizeof buffer, 0);
        if (got <= 0) return false;
        got_.append(buffer, static_cast<std::size_t>(got));
        return true;
    }

    int file_;
    bool is_connected_ = false;
    std::string got_;
};

inline int StatusIn(std::string_view answer) {
    return answer.starts_with("HTTP/1.1 ") ? std::stoi(std::string(answer.substr(9, 3))) : 0;
}

inline std::string BodyIn(std::string_view answer) {
    const auto end = answer.find("\r\n\r\n");
    return end == std::string_view::npos ? std::string() : std::string(answer.substr(end + 4));
}

inline std::string Get(std::string_view target, std::string_view more = "") {
    return "GET " + std::string(target) + " HTTP/1.1\r\nHost: a\r\n" + std::string(more) + "\r\n";
}

inline std::string Post(std::string_view target, std::string_view body) {
    return "POST " + std::string(target) +
           " HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           std::string(body);
}

}  // namespace ostiary
