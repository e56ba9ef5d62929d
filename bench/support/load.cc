#include "support/load.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>

namespace ostiary::bench {
namespace {

using Steady = std::chrono::steady_clock;

constexpr auto kPatience = std::chrono::seconds(10);

class Socket {
public:
    explicit Socket(std::uint16_t port) : file_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (connect(file_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
            close(file_);
            throw std::runtime_error(fmt::format("nobody listens on port {}", port));
        }
        const int yes = 1;
        setsockopt(file_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    }
    ~Socket() { close(file_); }
    Socket(const Socket&) = delete;
    int file() const { return file_; }

private:
    const int file_;
};

// The answer that stands whole at the beginning of `bytes`, or nothing yet.
struct Parsed {
    int status = 0;
    std::string_view body;
};

std::size_t ContentLength(std::string_view head) {
    constexpr std::string_view kName = "\r\ncontent-length:";
    const auto same = [](char a, char b) { return a == b || (a | 0x20) == b; };
    const auto found = std::search(head.begin(), head.end(), kName.begin(), kName.end(), same);
    if (found == head.end()) throw std::runtime_error("an answer without Content-Length");
    const char* digits = &*found + kName.size();
    while (*digits == ' ') ++digits;
    std::size_t length = 0;
    std::from_chars(digits, head.data() + head.size(), length);
    return length;
}

std::optional<Parsed> Parse(std::string_view bytes) {
    const auto end = bytes.find("\r\n\r\n");
    if (end == bytes.npos) return std::nullopt;
    const std::string_view head = bytes.substr(0, end + 2);
    const std::size_t length = ContentLength(head);
    if (bytes.size() < end + 4 + length) return std::nullopt;
    Parsed parsed;
    std::from_chars(head.data() + 9, head.data() + 12, parsed.status);  // HTTP/1.1 200
    parsed.body = bytes.substr(end + 4, length);
    return parsed;
}

struct Line {
    explicit Line(std::uint16_t port) : socket(port) {}
    Socket socket;
    Steady::time_point sent;
    std::string out, in;
};

class Client {
public:
    explicit Client(const Load& load) : load_(load), poll_(epoll_create1(EPOLL_CLOEXEC)) {
        for (int i = 0; i < load.connections; ++i) {
            Line& line = *lines_.emplace_back(std::make_unique<Line>(load.port));
            epoll_event event{.events = EPOLLIN, .data = {.ptr = &line}};
            epoll_ctl(poll_, EPOLL_CTL_ADD, line.socket.file(), &event);
        }
    }
    ~Client() { close(poll_); }
    Client(const Client&) = delete;

    LoadResult Run() {
        started_ = Steady::now();
        for (const auto& line : lines_) SendNext(*line);
        std::vector<epoll_event> events(lines_.size());
        while (under_way_ > 0) {
            const int ready =
                epoll_wait(poll_, events.data(), static_cast<int>(events.size()),
                           static_cast<int>(std::chrono::milliseconds(kPatience).count()));
            if (ready == 0) throw std::runtime_error("the server has stopped answering");
            for (int i = 0; i < ready; ++i)
                Read(*static_cast<Line*>(events[static_cast<std::size_t>(i)].data.ptr));
        }
        return Result();
    }

private:
    // A request of ours fits the socket's buffer, so that this never waits.
    void SendNext(Line& line) {
        const auto now = Steady::now();
        if ((load_.requests != 0 && sent_ == load_.requests) || now - started_ > load_.time) return;
        line.out.clear();
        load_.write(NextNumber(), line.out);
        line.sent = now;
        if (send(line.socket.file(), line.out.data(), line.out.size(), MSG_NOSIGNAL) !=
            static_cast<ssize_t>(line.out.size()))
            throw std::runtime_error("the server takes no more requests");
        ++sent_;
        ++under_way_;
    }

    void Read(Line& line) {
        char bytes[8192];
        const ssize_t size = recv(line.socket.file(), bytes, sizeof bytes, MSG_DONTWAIT);
        if (size < 0 && (errno == EAGAIN || errno == EINTR)) return;
        if (size <= 0) throw std::runtime_error("the server has closed a connection");
        line.in.append(bytes, static_cast<std::size_t>(size));
        const auto answer = Parse(line.in);
        if (!answer) return;
        if (!load_.is_right(answer->status, answer->body))
            throw std::runtime_error("a wrong answer: " + line.in.substr(0, 2000));
        took_ms_.push_back(
            std::chrono::duration<float, std::milli>(Steady::now() - line.sent).count());
        line.in.clear();
        --under_way_;
        SendNext(line);
    }

    LoadResult Result() {
        LoadResult result;
        result.requests = took_ms_.size();
        result.seconds = std::chrono::duration<double>(Steady::now() - started_).count();
        result.p50_ms = PercentileMs(took_ms_, 50);
        result.p99_ms = PercentileMs(took_ms_, 99);
        result.most_ms = PercentileMs(took_ms_, 100);
        return result;
    }

    const Load& load_;
    const int poll_;
    std::vector<std::unique_ptr<Line>> lines_;
    std::vector<float> took_ms_;
    std::uint64_t sent_ = 0;
    int under_way_ = 0;
    Steady::time_point started_;
};

}  // namespace

LoadResult Run(const Load& load) { return Client(load).Run(); }

void WritePost(std::string& out, std::string_view path, std::string_view body,
               std::string_view headers) {
    fmt::format_to(std::back_inserter(out),
                   "POST {} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                   "Content-Length: {}\r\n{}\r\n{}",
                   path, body.size(), headers, body);
}

Reply Ask(std::uint16_t port, const std::string& request) {
    const Socket socket(port);
    timeval patience{.tv_sec = kPatience.count(), .tv_usec = 0};
    setsockopt(socket.file(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    send(socket.file(), request.data(), request.size(), MSG_NOSIGNAL);
    std::string in;
    for (;;) {
        char bytes[8192];
        const ssize_t size = recv(socket.file(), bytes, sizeof bytes, 0);
        if (size <= 0) throw std::runtime_error("no answer");
        in.append(bytes, static_cast<std::size_t>(size));
        if (const auto parsed = Parse(in)) return {parsed->status, std::string(parsed->body)};
    }
}

void AwaitHealth(std::uint16_t port) {
    const auto deadline = Steady::now() + kPatience;
    for (;;) try {
            if (Ask(port, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").status == 200) return;
            throw std::runtime_error("not well yet");
        } catch (const std::runtime_error& failure) {
            if (Steady::now() > deadline)
                throw std::runtime_error(std::string("the server did not start: ") +
                                         failure.what());
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
}

double PercentileMs(std::vector<float>& milliseconds, double percent) {
    if (milliseconds.empty()) return 0;
    std::ranges::sort(milliseconds);
    const auto last = static_cast<double>(milliseconds.size() - 1);
    return milliseconds[static_cast<std::size_t>(last * percent / 100)];
}

std::uint64_t NextNumber() {
    static std::atomic<std::uint64_t> next{1};
    return next.fetch_add(1, std::memory_order_relaxed);
}

}  // namespace ostiary::bench
