// HR-1: the file of people is fetched from a real server, or from the disk, within limits.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <atomic>
#include <boost/asio.hpp>
#include <filesystem>
#include <fstream>
#include <thread>

#include "core/accounts.h"
#include "outbox/pulls.h"
#include "support/house.h"

namespace ostiary {
namespace {

using namespace std::chrono_literals;
using boost::asio::ip::tcp;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kFile = "id,email\n1,ann@example.org\n2,bob@example.org\n";

std::string Ok(std::string_view body) {
    return fmt::format("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{}",
                       body.size(), body);
}

// Answers each request with the same bytes, after a while.
class Loopback {
public:
    explicit Loopback(std::string answer, std::chrono::milliseconds after = 0ms)
        : acceptor_(context_, {boost::asio::ip::make_address("127.0.0.1"), 0}),
          thread_([this, answer = std::move(answer), after] { Serve(answer, after); }) {}
    ~Loopback() {
        stopping_ = true;
        boost::system::error_code ignored;
        tcp::socket knock(context_);
        knock.connect(acceptor_.local_endpoint(), ignored);
        thread_.join();
    }
    std::string url() const {
        return fmt::format("http://127.0.0.1:{}/people.csv", acceptor_.local_endpoint().port());
    }
    const std::string& head() const { return head_; }
    int asked() const { return asked_; }

private:
    void Serve(const std::string& answer, std::chrono::milliseconds after) {
        for (;;) {
            tcp::iostream stream;
            acceptor_.accept(stream.socket());
            if (stopping_) return;
            std::string line;
            std::string head;
            while (std::getline(stream, line) && line != "\r") head += line + "\n";
            head_ = head;
            ++asked_;
            for (auto waited = 0ms; waited < after && !stopping_; waited += 10ms)
                std::this_thread::sleep_for(10ms);
            stream << answer << std::flush;
        }
    }

    boost::asio::io_context context_;
    tcp::acceptor acceptor_;
    std::atomic<bool> stopping_ = false;
    std::atomic<int> asked_ = 0;
    std::string head_;  // of the last request; read when it was answered
    std::thread thread_;
};

class Fetching : public testing::TestWithParam<DatabaseKind> {
protected:
    Fetching() { house.config.webhook_private_addresses = true; }

    // What came of it, as soon as it is no longer being fetched.
    Pull Fetched(const std::string& source, outbox::PullLimits limits = {}) {
        house.config.pull_source = source;
        const Actor ada = house.ActorOf("ada");
        const auto permit = ada.Ask<Permission::kUsersWrite>().value();
        Pull pull = AskForPull(permit, house.world).value();
        outbox::PullFetcher fetcher(house.world, limits);
        for (int i = 0; i < 500 && pull.state == PullState::kFetching; ++i) {
            std::this_thread::sleep_for(20ms);
            pull = GetPull(permit, house.world, pull.id).value();
        }
        return pull;
    }

    House house{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, Fetching, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(Fetching, HR1AFileComesFromAServerWithTheSecretThatItAsksFor) {
    house.config.pull_authorization = "Bearer of-the-source";
    const Loopback server(Ok(kFile));
    const Pull pull = Fetched(server.url() + "?sig=hush");
    EXPECT_EQ(pull.state, PullState::kWaiting) << pull.trouble;
    EXPECT_EQ(pull.invites, 2);
    EXPECT_THAT(server.head(), HasSubstr("GET /people.csv?sig=hush HTTP/1.1"));
    EXPECT_THAT(server.head(), HasSubstr("Authorization: Bearer of-the-source"));
    EXPECT_THAT(pull.source, Not(HasSubstr("hush")));
    for (const Event& event : house.Events())
        EXPECT_THAT(event.details,
                    Not(testing::AnyOf(HasSubstr("hush"), HasSubstr("of-the-source"))));
}

TEST_P(Fetching, HR1WhatIsNoFileIsSaidInASentence) {
    const Loopback broken("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(Fetched(broken.url()).trouble, "The server answered with 500 instead of a file");
    const Loopback target(Ok(kFile));
    const Loopback moved(fmt::format(
        "HTTP/1.1 302 Found\r\nLocation: {}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        target.url()));
    EXPECT_EQ(Fetched(moved.url()).trouble, "The server answered with 302 instead of a file");
    EXPECT_EQ(target.asked(), 0) << "nothing is followed";
    const Loopback page(Ok("<html><body>Log in first</body></html>"));
    EXPECT_THAT(Fetched(page.url()).trouble, HasSubstr("no column with the addresses"));
}

TEST_P(Fetching, HR1LargeAndSlowFilesAreGivenUp) {
    const Loopback large(Ok(std::string(3 << 20, 'x')));
    outbox::PullLimits limits;
    limits.most_bytes = 1 << 20;
    const Pull pull = Fetched(large.url(), limits);
    EXPECT_EQ(pull.state, PullState::kFailed);
    EXPECT_THAT(pull.trouble, HasSubstr("larger than 1 MiB"));
    const Loopback slow(Ok(kFile), 5s);
    limits.most_time = 300ms;
    EXPECT_THAT(Fetched(slow.url(), limits).trouble, HasSubstr("could not be fetched"));
}

TEST_P(Fetching, HR1PrivateAddressesAreForWhoeverAllowsThem) {
    house.config.webhook_private_addresses = false;
    const Loopback server(Ok(kFile));
    EXPECT_THAT(Fetched(server.url()).trouble, HasSubstr("private address 127.0.0.1"));
    EXPECT_EQ(server.asked(), 0);
}

TEST_P(Fetching, HR1AFileComesFromTheDisk) {
    const auto path = std::filesystem::temp_directory_path() /
                      fmt::format("people-{}.csv", NewUuid(house.random, house.clock.Now()));
    std::ofstream(path) << kFile;
    EXPECT_EQ(Fetched(path).invites, 2);
    outbox::PullLimits limits;
    limits.most_bytes = 8;
    EXPECT_THAT(Fetched(path, limits).trouble, HasSubstr("larger than"));
    std::filesystem::remove(path);
    EXPECT_THAT(Fetched(path).trouble, HasSubstr("There is no file"));
    EXPECT_THAT(Fetched("/").trouble, HasSubstr("There is no file"));
}

TEST_P(Fetching, HR1WhoeverIsStoppedLeavesItToTheNext) {
    const Loopback slow(Ok(kFile), 10s);
    house.config.pull_source = slow.url();
    const Actor ada = house.ActorOf("ada");
    const auto permit = ada.Ask<Permission::kUsersWrite>().value();
    const Pull asked = AskForPull(permit, house.world).value();
    {
        const outbox::PullFetcher fetcher(house.world);
        for (int i = 0; i < 200 && slow.asked() == 0; ++i) std::this_thread::sleep_for(10ms);
    }
    EXPECT_EQ(GetPull(permit, house.world, asked.id)->state, PullState::kFetching);
    house.clock.Pass(6 * kSecond);
    EXPECT_TRUE(TakePullTask(house.world));
}

}  // namespace
}  // namespace ostiary
