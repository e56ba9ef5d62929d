// The only file that includes the HTTP library; the classes that stand on it are in wire headers of
// their own.
#include "http/server.h"

// Beast 1.81 asserts that no less than five bytes follow the line of a last chunk that is not yet
// complete. Of an empty body, "0\r\n" and one byte more are as good; a stranger who sends just that
// would end the program. What follows the assertion is right for any number of bytes
// (boostorg/beast, pull request 2861).
#define BOOST_DISABLE_ASSERTS

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <sys/resource.h>

#include <thread>

#include "http/server_connection.h"
#include "util/failure.h"

namespace ostiary {
namespace {

namespace asio = boost::asio;
using wire::Connection, wire::Lane, wire::Shared, wire::Socket, wire::Steady, wire::Tcp;

constexpr auto kTick = std::chrono::milliseconds(100);
constexpr std::size_t kMostLanes = 8, kJobsPerSlowThread = 16, kJobsPerHashThread = 128;
// One hashes (Passwords sees to it that no more do) while the other waits for its commit.
constexpr std::size_t kThreadsPerHash = 2;

// Every connection is a file; the usual soft limit of 1,024 is for programs that still use
// select().
void RaiseFileLimit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

std::size_t CoreCount() { return std::max(1u, std::thread::hardware_concurrency()); }

std::size_t AtLeastOne(int configured, std::size_t otherwise) {
    return configured > 0 ? static_cast<std::size_t>(configured) : otherwise;
}

// "127.0.0.1:8080", "[::1]:8080", "localhost:0"
Tcp::endpoint ParseListen(const std::string& listen, asio::io_context& context) {
    const auto colon = listen.rfind(':');
    std::string host = listen.substr(0, colon);
    const std::string port = colon == std::string::npos ? "" : listen.substr(colon + 1);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    if (host.empty() || host == "*") host = "0.0.0.0";
    boost::system::error_code code;
    const auto found =
        Tcp::resolver(context).resolve(host, port, Tcp::resolver::numeric_service, code);
    if (code || port.empty())
        throw WorldFailure("cannot listen on \"" + listen + "\": write it as address:port");
    return *found.begin();
}

std::string AddressOf(const asio::ip::address& address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
    return address.to_string();
}

}  // namespace

struct Server::Impl {
    Impl(const Config& config, const Clock& clock, Random& random, Service& service)
        : slow_threads(AtLeastOne(config.worker_threads, 1)),
          hash_threads(kThreadsPerHash * AtLeastOne(config.hashing_threads, CoreCount())),
          shared{config,
                 clock,
                 random,
                 service,
                 WorkerPool(slow_threads, slow_threads * kJobsPerSlowThread),
                 WorkerPool(hash_threads, hash_threads * kJobsPerHashThread),
                 WorkerPool(slow_threads, 0)},
          lanes(MakeLanes(shared)),
          acceptor(lanes.front()->context),
          retry(lanes.front()->context) {
        RaiseFileLimit();
        Listen();
    }

    static std::vector<std::unique_ptr<Lane>> MakeLanes(Shared& all) {
        std::vector<std::unique_ptr<Lane>> made(std::min(CoreCount(), kMostLanes));
        for (auto& lane : made) lane = std::make_unique<Lane>(all);
        return made;
    }

    void Listen() {
        const Tcp::endpoint endpoint = ParseListen(shared.config.listen, lanes.front()->context);
        try {
            acceptor.open(endpoint.protocol());
            acceptor.set_option(Tcp::acceptor::reuse_address(true));
            acceptor.bind(endpoint);
            acceptor.listen(Tcp::acceptor::max_listen_connections);
            local = acceptor.local_endpoint();
        } catch (const boost::system::system_error& failure) {
            throw WorldFailure("cannot listen on " + shared.config.listen + ": " +
                               failure.code().message());
        }
    }

    void Accept() {
        Lane& lane = *lanes[next_lane++ % lanes.size()];
        incoming.emplace(lane.context);
        acceptor.async_accept(*incoming, remote, [this, &lane](boost::system::error_code code) {
            if (!acceptor.is_open()) return;
            if (code) return AcceptLater();
            Admit(lane);
            Accept();
        });
    }

    // Out of files, most likely: those we have must be given back first.
    void AcceptLater() {
        retry.expires_after(kTick);
        retry.async_wait([this](boost::system::error_code) {
            if (acceptor.is_open()) Accept();
        });
    }

    void Admit(Lane& lane) {
        boost::system::error_code ignored;
        incoming->non_blocking(true, ignored);
        incoming->set_option(Tcp::no_delay(true), ignored);
        if (shared.connections.fetch_add(1) >= shared.config.max_connections) {
            --shared.connections;
            std::string out;
            AppendResponse(out, AnswerTo(refusals::kBusy, NewRequestId(shared.random)),
                           {.keep_alive = false}, HttpDate(shared.clock.Now()));
            incoming->write_some(asio::buffer(out), ignored);
            incoming->shutdown(Tcp::socket::shutdown_both, ignored);
            return;
        }
        auto connection =
            std::make_shared<Connection>(lane, std::move(*incoming), AddressOf(remote.address()));
        asio::post(lane.context, [connection] { connection->Start(); });
    }

    void Tick(Lane& lane) {
        lane.timer.expires_after(kTick);
        lane.timer.async_wait([this, &lane](boost::system::error_code code) {
            if (code) return;
            const auto now = Steady::now();
            const bool is_over = now >= lane.stop_deadline;
            for (std::size_t i = lane.connections.size();
                 i-- > 0;) {  // a closing one is replaced by a later one
                if (i >= lane.connections.size()) continue;
                if (is_over)
                    lane.connections[i]->Close();
                else
                    lane.connections[i]->CheckTime(now);
            }
            if (is_over) lane.context.stop();
            Tick(lane);
        });
    }

    void BeginStop(Lane& lane) {
        lane.stop_deadline = deadline;
        if (&lane == lanes.front().get()) {
            boost::system::error_code ignored;
            acceptor.close(ignored);
        }
        for (std::size_t i = lane.connections.size(); i-- > 0;)
            if (i < lane.connections.size()) lane.connections[i]->BeginStop();
        if (lane.connections.empty()) lane.context.stop();
    }

    bool Run() {
        Accept();
        for (auto& lane : lanes) Tick(*lane);
        std::vector<std::thread> threads;
        for (std::size_t i = 1; i < lanes.size(); ++i)
            threads.emplace_back([&lane = *lanes[i]] { lane.context.run(); });
        lanes.front()->context.run();
        for (auto& thread : threads) thread.join();
        // A handler may be about to return; it has the time its connection had, and a moment.
        const auto grace = std::max(deadline, Steady::now() + std::chrono::milliseconds(200));
        bool all_returned = HasNothingAwaited(grace);
        for (WorkerPool* pool : {&shared.slow, &shared.hash, &shared.streams})
            if (!pool->Stop(grace)) all_returned = false;
        if (!all_returned)
            log::Error("http", "some requests were still being answered when time was up");
        return all_returned;
    }

    bool HasNothingAwaited(Steady::time_point grace) const {
        while (shared.awaited > 0 && Steady::now() < grace)
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        return shared.awaited == 0;
    }

    void Stop() {
        if (shared.stopping.exchange(true)) return;
        deadline = Steady::now() + std::chrono::seconds(shared.config.stop_timeout_s);
        for (auto& lane : lanes)
            asio::post(lane->context, [this, &lane = *lane] { BeginStop(lane); });
    }

    const std::size_t slow_threads, hash_threads;
    Shared shared;
    std::vector<std::unique_ptr<Lane>> lanes;
    Tcp::acceptor acceptor;
    asio::steady_timer retry;
    std::optional<Socket> incoming;
    Tcp::endpoint remote, local;
    std::size_t next_lane = 0;
    Steady::time_point deadline = Steady::time_point::max();
};

Server::Server(const Config& config, const Clock& clock, Random& random, Service& service)
    : impl_(std::make_unique<Impl>(config, clock, random, service)) {}

Server::~Server() = default;

std::uint16_t Server::port() const { return impl_->local.port(); }

std::string Server::address() const {
    const auto address = impl_->local.address();
    const std::string host =
        address.is_v6() ? "[" + address.to_string() + "]" : address.to_string();
    return host + ":" + std::to_string(port());
}

bool Server::Run() { return impl_->Run(); }
void Server::Stop() { impl_->Stop(); }

}  // namespace ostiary
