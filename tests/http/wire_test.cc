// The wire as honest clients use it, fast and slow ones.

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <fstream>
#include <vector>

#include "http/wire.h"
#include "util/failure.h"

namespace ostiary {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

milliseconds Since(steady_clock::time_point start) {
    return std::chrono::duration_cast<milliseconds>(steady_clock::now() - start);
}

TEST(Wire, AConnectionIsKeptForTheNextRequest) {
    RunningServer running;
    Client client(running);
    for (int i = 0; i < 3; ++i) {
        const std::string answer = client.Ask(Post("/fast?q=" + std::to_string(i), "hello"));
        EXPECT_EQ(BodyIn(answer), "POST /fast q=" + std::to_string(i) + " [hello]");
        EXPECT_NE(answer.find("\r\ndate: "), std::string::npos);
        EXPECT_EQ(answer.find("connection:"), std::string::npos);
    }
}

TEST(Wire, AnswersComeInTheOrderOfTheirRequests) {
    RunningServer running;
    Client client(running);
    client.Send(Get("/slow/80") + Get("/fast?1") + Post("/hash/40", "pw") + Get("/fast?2") +
                Get("/fast?3") + Get("/slow/1"));
    for (const char* expected : {"GET /slow/80  []", "GET /fast 1 []", "POST /hash/40  [pw]",
                                 "GET /fast 2 []", "GET /fast 3 []", "GET /slow/1  []"})
        EXPECT_EQ(BodyIn(client.Receive()), expected);
}

TEST(Wire, AnAnswerThatComesByItselfKeepsItsPlace) {
    RunningServer running;
    Client client(running);
    client.Send(Get("/later/60") + Get("/fast?1") + Post("/slow/later/30", "x") + Get("/later/0") +
                Get("/fast?2"));
    for (const char* expected : {"GET /later/60  []", "GET /fast 1 []", "POST /slow/later/30  [x]",
                                 "GET /later/0  []", "GET /fast 2 []"})
        EXPECT_EQ(BodyIn(client.Receive()), expected);
}

TEST(Wire, ManyMoreAnswersAreAwaitedThanThereAreThreads) {
    RunningServer running;
    std::vector<Client> clients;
    for (int i = 0; i < 64; ++i) clients.emplace_back(running);
    const auto start = steady_clock::now();
    for (auto& client : clients) client.Send(Get("/later/200") + Get("/slow/later/200"));
    for (auto& client : clients) {
        EXPECT_EQ(BodyIn(client.Receive()), "GET /later/200  []");
        EXPECT_EQ(BodyIn(client.Receive()), "GET /slow/later/200  []");
    }
    EXPECT_LT(Since(start), milliseconds(64 * 200 / running.config.worker_threads));
}

TEST(Wire, WhoLeavesBeforeTheAnswerComesHarmsNobody) {
    RunningServer running;
    for (int i = 0; i < 20; ++i) Client(running).Send(Get("/later/" + std::to_string(i)));
    Client client(running);
    EXPECT_EQ(BodyIn(client.Ask(Get("/later/100"))), "GET /later/100  []");
}

TEST(Wire, AThousandPipelinedRequestsAreAllAnswered) {
    RunningServer running;
    Client client(running);
    std::string all;
    for (int i = 0; i < 1000; ++i) all += Get("/fast?" + std::to_string(i));
    std::thread sender([&] { client.Send(all); });
    for (int i = 0; i < 1000; ++i)
        ASSERT_EQ(BodyIn(client.Receive()), "GET /fast " + std::to_string(i) + " []");
    sender.join();
}

TEST(Wire, ARequestMayComeByteByByte) {
    RunningServer running;
    Client client(running);
    for (const char c : Post("/fast", "abc")) client.Send(std::string(1, c));
    EXPECT_EQ(BodyIn(client.Receive()), "POST /fast  [abc]");
}

TEST(Wire, ChunksBecomeOneBodyAndTrailersAreForgotten) {
    RunningServer running;
    Client client(running);
    const std::string head = "POST /fast HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n";
    EXPECT_EQ(BodyIn(client.Ask(
                  head + "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nX-Forwarded-For: 1.2.3.4\r\n\r\n")),
              "POST /fast  [abcde]");
    client.Send(head + "3\r\nab");
    std::this_thread::sleep_for(milliseconds(30));
    EXPECT_EQ(BodyIn(client.Ask("c\r\n0\r\n\r\n")), "POST /fast  [abc]");
}

TEST(Wire, AChunkedBodyMayComeByteByByte) {  // SEC-5: and the program survives it
    RunningServer running;
    Client client(running);
    for (const auto& [body, expected] : {std::pair{"0\r\n\r\n", "POST /fast  []"},
                                         {"0\r\nx: y\r\n\r\n", "POST /fast  []"},
                                         {"3\r\nabc\r\n0\r\n\r\n", "POST /fast  [abc]"},
                                         {"1;a=b\r\nx\r\n0;c\r\n\r\n", "POST /fast  [x]"}}) {
        client.Send("POST /fast HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (const char* at = body; *at != '\0'; ++at) {
            client.Send(std::string(1, *at));
            std::this_thread::sleep_for(milliseconds(2));  // so that each comes by itself
        }
        EXPECT_EQ(BodyIn(client.Receive()), expected);
    }
}

TEST(Wire, HeadGetsTheLengthAndNoBody) {
    RunningServer running;
    Client client(running);
    client.Send("HEAD /fast HTTP/1.1\r\nHost: a\r\n\r\n" + Get("/fast"));
    EXPECT_NE(client.Receive(false).find("content-length: 14\r\n"), std::string::npos);
    EXPECT_EQ(BodyIn(client.Receive()), "GET /fast  []");
}

TEST(Wire, NoContentHasNoBodyAndNoLength) {
    RunningServer running;
    const std::string answer = Client(running).Ask(Get("/nothing"));
    EXPECT_EQ(StatusIn(answer), 204);
    EXPECT_EQ(answer.find("content-length"), std::string::npos);
    EXPECT_EQ(BodyIn(answer), "");
}

TEST(Wire, WhoExpectsToContinueIsTold) {
    RunningServer running;
    Client client(running);
    client.Send(
        "POST /fast HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.Receive(), "HTTP/1.1 100 Continue\r\n\r\n");
    EXPECT_EQ(BodyIn(client.Ask("abc")), "POST /fast  [abc]");
}

TEST(Wire, ATooLargeBodyIsRefusedInsteadOfAwaited) {  // SEC-5
    RunningServer running;
    const auto answer = Client(running).Ask(
        "POST /fast HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\nExpect: "
        "100-continue\r\n\r\n");
    EXPECT_EQ(StatusIn(answer), 413);
}

TEST(Wire, OldClientsAreAnsweredAndCutOffUnlessTheyAskToStay) {
    RunningServer running;
    EXPECT_EQ(BodyIn(Client(running).Ask("GET /fast HTTP/1.0\r\n\r\n")), "GET /fast  []");
    Client leaving(running), staying(running);
    leaving.Send("GET /fast HTTP/1.0\r\n\r\n");
    EXPECT_TRUE(leaving.IsClosedWithin(2000));
    staying.Ask("GET /fast HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_EQ(StatusIn(staying.Ask(Get("/fast"))), 200);
}

TEST(Wire, ConnectionCloseIsObeyed) {
    RunningServer running;
    Client client(running);
    const std::string answer = client.Ask(Get("/fast", "Connection: close\r\n"));
    EXPECT_NE(answer.find("connection: close\r\n"), std::string::npos);
    EXPECT_TRUE(client.IsClosedWithin(1000));
}

TEST(Wire, AnAbsoluteTargetIsReadAsItsPath) {
    RunningServer running;
    EXPECT_EQ(BodyIn(Client(running).Ask("GET http://b/fast?x=1 HTTP/1.1\r\nHost: a\r\n\r\n")),
              "GET /fast x=1 []");
    EXPECT_EQ(BodyIn(Client(running).Ask("GET http://b HTTP/1.1\r\nHost: a\r\n\r\n")), "GET /  []");
}

TEST(Wire, PathsArriveAsTheyWereWritten) {  // path traversal: nothing is normalised, so nothing is
                                            // traversed
    RunningServer running;
    EXPECT_EQ(BodyIn(Client(running).Ask(Get("/a/../b%2f..%2fc//d?e=%00"))).substr(0, 30),
              "GET /a/../b%2f..%2fc//d e=%00 ");
}

TEST(Wire, OneEmptyLineBeforeARequestIsForgiven) {
    RunningServer running;
    EXPECT_EQ(StatusIn(Client(running).Ask("\r\n" + Get("/fast"))), 200);
}

TEST(Wire, ALateHeaderIsCutOff) {  // SEC-5: one byte now and then does not buy time
    RunningServer running;
    Client client(running);
    const auto start = steady_clock::now();
    client.Send("GET / HTTP/1.1\r\n");
    std::thread dripping([&] {
        for (int i = 0; i < 30 && client.Send("X"); ++i)
            std::this_thread::sleep_for(milliseconds(100));
    });
    EXPECT_EQ(StatusIn(client.Receive()), 408);
    EXPECT_LT(Since(start), milliseconds(2000));
    dripping.join();
}

TEST(Wire, ALateBodyIsCutOff) {  // SEC-5
    RunningServer running;
    Client client(running);
    client.Send("POST /fast HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc");
    EXPECT_EQ(StatusIn(client.Receive()), 408);
    EXPECT_EQ(running.service.answered, 0);
}

TEST(Wire, AnIdleConnectionIsClosedWithoutAWord) {  // SEC-5
    Config config = WireConfig();
    config.idle_timeout_s = 1;
    RunningServer running(config);
    Client silent(running), once(running);
    once.Ask(Get("/fast"));
    EXPECT_EQ(silent.ReceiveAll(), "");
    EXPECT_EQ(once.ReceiveAll(), "");
}

TEST(Wire, AClientThatNeverReadsIsCutOff) {  // SEC-5
    Config config = WireConfig();
    config.body_timeout_s = 1;
    RunningServer running(config);
    Client client(running);
    client.Send(Get("/flood"));
    for (int i = 0; i < 300 && running.service.streams_ended == 0; ++i)
        std::this_thread::sleep_for(milliseconds(20));
    EXPECT_EQ(running.service.streams_ended, 1);
    EXPECT_LT(running.service.chunks, 1 << 16) << "the maker of the body waited for the reader";
}

TEST(Wire, ALargeAnswerArrivesWhole) {
    RunningServer running;
    Client client(running);
    EXPECT_EQ(BodyIn(client.Ask(Get("/large"))).size(), 32u << 20);
    EXPECT_EQ(StatusIn(client.Ask(Get("/fast"))), 200);
}

TEST(Wire, AStreamComesInChunksAndTheConnectionGoesOn) {
    RunningServer running;
    Client client(running);
    client.Send(Get("/stream") + Get("/fast"));
    const std::string all = client.ReceiveUntil("GET /fast");
    EXPECT_NE(all.find("transfer-encoding: chunked"), std::string::npos);
    EXPECT_NE(all.find("\r\n\r\na\r\n0123456789\r\na\r\n0123456789\r\na\r\n0123456789\r\n0\r\n\r\nH"
                       "TTP/1.1 200"),
              std::string::npos);
}

TEST(Wire, AStreamForAnOldClientEndsWithItsConnection) {
    RunningServer running;
    Client client(running);
    client.Send("GET /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    const std::string all = client.ReceiveAll();
    EXPECT_EQ(BodyIn(all), "012345678901234567890123456789");
}

TEST(Wire, AStreamEndsWhenItsReaderLeaves) {
    RunningServer running;
    {
        Client client(running);
        client.Send(Get("/events"));
        client.ReceiveUntil("data: 1");
    }
    for (int i = 0; i < 200 && running.service.streams_ended == 0; ++i)
        std::this_thread::sleep_for(milliseconds(10));
    EXPECT_EQ(running.service.streams_ended, 1);
}

TEST(Wire, AFullQueueSaysSoAtOnce) {  // SEC-5
    Config config = WireConfig();
    config.worker_threads = 1;  // and sixteen waiting
    RunningServer running(config);
    running.service.is_held = true;
    std::vector<Client> clients;
    for (int i = 0; i < 17; ++i) clients.emplace_back(running).Send(Get("/slow/1"));
    while (running.service.asked < 17) std::this_thread::sleep_for(milliseconds(1));
    std::this_thread::sleep_for(milliseconds(50));
    Client late(running);
    const std::string answer = late.Ask(Get("/slow/1"));
    EXPECT_EQ(StatusIn(answer), 503);
    EXPECT_NE(answer.find("retry-after: 1\r\n"), std::string::npos);
    EXPECT_EQ(StatusIn(late.Ask(Get("/fast"))), 200) << "and stays open, and fast things go on";
    running.service.is_held = false;
    for (auto& client : clients) EXPECT_EQ(StatusIn(client.Receive()), 200);
}

TEST(Wire, TooManyConnectionsAreTurnedAway) {  // SEC-5
    Config config = WireConfig();
    config.max_connections = 3;
    RunningServer running(config);
    std::vector<Client> held;
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(StatusIn(held.emplace_back(running).Ask(Get("/fast"))), 200);
    Client fourth(running);
    EXPECT_EQ(StatusIn(fourth.ReceiveAll()), 503);
    held.pop_back();
    std::this_thread::sleep_for(milliseconds(200));
    EXPECT_EQ(StatusIn(Client(running).Ask(Get("/fast"))), 200);
}

long ResidentKilobytes() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmRSS:")) return std::stol(line.substr(6));
    return 0;
}

// SEC-5; the client's half of each connection is in this process too.
TEST(Wire, FiveThousandIdleConnectionsAreHeldCheaply) {
    constexpr rlim_t kWanted = 5000, kOtherFiles = 200;
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    const auto count = static_cast<long>(
        std::min(kWanted, (std::max(limit.rlim_max, kOtherFiles) - kOtherFiles) / 2));
    if (count < 1000) GTEST_SKIP() << "this machine allows too few files";
    RunningServer running;
    const long before_kb = ResidentKilobytes();
    std::vector<Client> held;
    held.reserve(static_cast<std::size_t>(count));
    for (long i = 0; i < count; ++i) ASSERT_TRUE(held.emplace_back(running).is_connected());
    for (auto& client : held) ASSERT_EQ(StatusIn(client.Ask(Get("/fast"))), 200);
    const long each_bytes = (ResidentKilobytes() - before_kb) * 1024 / count;
    RecordProperty("connections", static_cast<int>(count));
    RecordProperty("bytes_per_connection", static_cast<int>(each_bytes));
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    EXPECT_LT(each_bytes, 8192);
#endif
    for (auto& client : held) ASSERT_EQ(StatusIn(client.Ask(Get("/fast"))), 200);
}

TEST(Wire, StoppingFinishesWhatWasAccepted) {  // OPS-7
    RunningServer running;
    Client slow(running), idle(running), streaming(running);
    idle.Ask(Get("/fast"));
    slow.Send(Get("/slow/300"));
    streaming.Send(Get("/events"));
    streaming.ReceiveUntil("data: 1");
    const auto start = steady_clock::now();
    running.server.Stop();
    EXPECT_TRUE(idle.IsClosedWithin(250)) << "before the slow one is done";
    const std::string answer = slow.Receive();
    EXPECT_EQ(BodyIn(answer), "GET /slow/300  []");
    EXPECT_NE(answer.find("connection: close\r\n"), std::string::npos);
    running.Stop();
    EXPECT_LT(Since(start), milliseconds(2000));
    EXPECT_TRUE(running.all_done);
    EXPECT_FALSE(Client(running).is_connected());
    EXPECT_EQ(running.service.streams_ended, 1);
}

TEST(Wire, StoppingWaitsForAnswersThatComeByThemselves) {  // OPS-7
    RunningServer running;
    Client client(running);
    client.Send(Get("/later/300"));
    Client(running).Send(Get("/later/400"));
    while (running.service.answered < 2) std::this_thread::sleep_for(milliseconds(5));
    running.Stop();
    EXPECT_EQ(BodyIn(client.Receive()), "GET /later/300  []");
    EXPECT_TRUE(running.all_done);
}

TEST(Wire, StoppingSaysWhenAnAnswerDidNotCome) {  // OPS-7
    Config config = WireConfig();
    config.stop_timeout_s = 1;
    RunningServer running(config);
    Client client(running);
    client.Send(Get("/later/2000"));
    while (running.service.answered < 1) std::this_thread::sleep_for(milliseconds(5));
    running.Stop();
    EXPECT_FALSE(running.all_done);
    LateAnswer::AwaitAll();
}

TEST(Wire, StoppingEndsInTime) {  // OPS-7
    Config config = WireConfig();
    config.stop_timeout_s = 1;
    config.header_timeout_s = 30;
    RunningServer running(config);
    Client half(running);
    half.Send("GET /fast HTTP/1.1\r\n");
    std::this_thread::sleep_for(milliseconds(50));
    const auto start = steady_clock::now();
    running.Stop();
    EXPECT_LT(Since(start), milliseconds(1800));
    EXPECT_TRUE(running.all_done);
}

TEST(Wire, AServerThatNeverRanCanGo) {
    const Config config = WireConfig();
    const SystemClock clock;
    SystemRandom random;
    EchoService service;
    Server server(config, clock, random, service);
    EXPECT_GT(server.port(), 0);
}

TEST(Wire, APortInUseIsTheWorldsFault) {
    RunningServer running;
    Config config = WireConfig();
    config.listen = running.server.address();
    EXPECT_THROW(RunningServer second(config), WorldFailure);
    config.listen = "nonsense";
    EXPECT_THROW(RunningServer third(config), WorldFailure);
}

TEST(Wire, AnIpv6AddressIsWrittenInBrackets) {
    Config config = WireConfig();
    config.listen = "[::1]:0";
    RunningServer running(config);
    EXPECT_EQ(running.server.address(), "[::1]:" + std::to_string(running.server.port()));
}

TEST(Wire, TheServiceLearnsWhoIsConnected) {
    RunningServer running;
    EXPECT_EQ(BodyIn(Client(running).Ask(Get("/address"))), "127.0.0.1");
}

}  // namespace
}  // namespace ostiary
