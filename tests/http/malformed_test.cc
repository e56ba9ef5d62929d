// What no honest client sends, and what it gets (SEC-5, section 11 of the specification).

#include <gtest/gtest.h>

#include "http/wire.h"

namespace ostiary {
namespace {

using std::string_literals::operator""s;

struct Malformed {
    std::string name, bytes;
    int status;
};

std::string Head(std::string_view lines) {
    return "POST /fast HTTP/1.1\r\n" + std::string(lines) + "\r\n";
}

std::string ManyHeaders(int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += "X-" + std::to_string(i) + ": 1\r\n";
    return text;
}

// clang-format off
const Malformed kMalformed[] = {
    {"NoHost", "GET / HTTP/1.1\r\n\r\n", 400},
    {"TwoHosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
    {"TwoEqualHosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400},
    {"EmptyHost", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400},
    {"HostWithAPath", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
    {"HostWithAUser", "GET / HTTP/1.1\r\nHost: me@a\r\n\r\n", 400},
    {"LengthAndChunked", Head("Host: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n", 400},
    {"ChunkedAndLength", Head("Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n") + "0\r\n\r\n", 400},
    {"TwoLengths", Head("Host: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n") + "ab", 400},
    {"TwoEqualLengths", Head("Host: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n") + "a", 400},
    {"ListOfLengths", Head("Host: a\r\nContent-Length: 1, 1\r\n") + "a", 400},
    {"LengthWithAPlus", Head("Host: a\r\nContent-Length: +1\r\n") + "a", 400},
    {"NegativeLength", Head("Host: a\r\nContent-Length: -1\r\n"), 400},
    {"HexadecimalLength", Head("Host: a\r\nContent-Length: 0x1\r\n") + "a", 400},
    {"LengthBeyondNumbers", Head("Host: a\r\nContent-Length: 99999999999999999999999\r\n"), 400},
    {"EmptyLength", Head("Host: a\r\nContent-Length:\r\n"), 400},
    {"OtherCoding", Head("Host: a\r\nTransfer-Encoding: gzip\r\n"), 501},
    {"OtherCodingFirst", Head("Host: a\r\nTransfer-Encoding: gzip, chunked\r\n") + "0\r\n\r\n", 501},
    {"CodingIdentity", Head("Host: a\r\nTransfer-Encoding: identity\r\n"), 501},
    {"CodingLikeChunked", Head("Host: a\r\nTransfer-Encoding: xchunked\r\n") + "0\r\n\r\n", 501},
    {"ChunkedTwice", Head("Host: a\r\nTransfer-Encoding: chunked, chunked\r\n") + "0\r\n\r\n", 400},
    {"ChunkedInTwoHeaders", Head("Host: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n", 400},
    {"EmptyCoding", Head("Host: a\r\nTransfer-Encoding:\r\n"), 400},
    {"SpaceBeforeColon", Head("Host: a\r\nTransfer-Encoding : chunked\r\n") + "0\r\n\r\n", 400},
    {"VerticalTabInCoding", Head("Host: a\r\nTransfer-Encoding: \vchunked\r\n") + "0\r\n\r\n", 400},
    {"BareLineFeeds", "GET / HTTP/1.1\nHost: a\n\n", 400},
    {"OneBareLineFeed", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", 400},
    {"BareCarriageReturn", "GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n", 400},
    {"NulInAHeader", "GET / HTTP/1.1\r\nHost: a\r\nX: b\0c\r\n\r\n"s, 400},
    {"NulInTheTarget", "GET /a\0b HTTP/1.1\r\nHost: a\r\n\r\n"s, 400},
    {"ControlCharacterInAHeader", "GET / HTTP/1.1\r\nHost: a\r\nX: \x01\r\n\r\n", 400},
    {"ControlCharacterInTheTarget", "GET /\x01 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"DeleteInAHeader", "GET / HTTP/1.1\r\nHost: a\r\nX: \x7f\r\n\r\n", 400},
    {"RawUtf8InTheTarget", "GET /\xc3\xa4 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"FragmentInTheTarget", "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"FoldedHeader", "GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\n\r\n", 400},
    {"HeaderFoldedByATab", "GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n\tc\r\n\r\n", 400},
    {"SpaceBeforeTheFirstHeader", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400},
    {"HeaderWithoutColon", "GET / HTTP/1.1\r\nHost: a\r\nNonsense\r\n\r\n", 400},
    {"HeaderWithoutName", "GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n", 400},
    {"SpaceInAHeaderName", "GET / HTTP/1.1\r\nHost: a\r\nX Y: b\r\n\r\n", 400},
    {"NoVersion", "GET /\r\nHost: a\r\n\r\n", 400},
    {"TwoSpaces", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"SpaceInTheTarget", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"LowerCaseVersion", "GET / http/1.1\r\nHost: a\r\n\r\n", 400},
    {"NonsenseVersion", "GET / HTTP/x.y\r\nHost: a\r\n\r\n", 400},
    {"Version2", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505},
    {"Http2Preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
    {"Version09", "GET / HTTP/0.9\r\nHost: a\r\n\r\n", 505},
    {"UnknownMethod", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501},
    {"Trace", "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", 501},
    {"Connect", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", 501},
    {"LowerCaseMethod", "get / HTTP/1.1\r\nHost: a\r\n\r\n", 501},
    {"TargetWithoutSlash", "GET a HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"StarForGet", "GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"OtherScheme", "GET ftp://a/b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"TlsHandshake", "\x16\x03\x01\x02\x00\x01"s, 400},
    {"LongUrl", "GET /" + std::string(9000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414},
    {"EndlessUrl", "GET /" + std::string(20000, 'a'), 414},
    {"LargeHead", "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(17000, 'a') + "\r\n\r\n", 431},
    {"EndlessHead", "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(20000, 'a'), 431},
    {"TooManyHeaders", "GET / HTTP/1.1\r\nHost: a\r\n" + ManyHeaders(100) + "\r\n", 431},
    {"LargeBody", Head("Host: a\r\nContent-Length: 10000000\r\n"), 413},
    {"LargeChunk", Head("Host: a\r\nTransfer-Encoding: chunked\r\n") + "989680\r\n", 413},
    {"ChunkSizeBeyondNumbers", Head("Host: a\r\nTransfer-Encoding: chunked\r\n") + "fffffffffffffffff\r\n", 400},
    {"ChunkSizeWithASign", Head("Host: a\r\nTransfer-Encoding: chunked\r\n") + "-5\r\nhello\r\n0\r\n\r\n", 400},
    {"ChunkSizeInHexNotation", Head("Host: a\r\nTransfer-Encoding: chunked\r\n") + "0x5\r\nhello\r\n0\r\n\r\n", 400},
    {"ChunkWithoutItsLineEnd", Head("Host: a\r\nTransfer-Encoding: chunked\r\n") + "5\r\nhelloX\r\n0\r\n\r\n", 400},
    {"ChunkWithBareLineFeed", Head("Host: a\r\nTransfer-Encoding: chunked\r\n") + "5\nhello\n0\n\n\r\n\r\n", 400},
    {"EndlessChunkExtension", Head("Host: a\r\nTransfer-Encoding: chunked\r\n") + "5;a=" + std::string(20000, 'b'), 400},
    {"LengthInATrailer", Head("Host: a\r\nTransfer-Encoding: chunked\r\n") + "0\r\nContent-Length: 5\r\n\r\n", 400},
    {"OtherExpectation", Head("Host: a\r\nExpect: tea\r\n"), 417},
    {"ChunkedInHttp10", "POST /fast HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
};
// clang-format on

class AMalformedRequest : public testing::TestWithParam<Malformed> {};

TEST_P(AMalformedRequest, IsRefusedInWordsAndCutOff) {  // SEC-5, API-5
    RunningServer running;
    Client client(running);
    client.Send(GetParam().bytes);
    const std::string answer = client.ReceiveAll();
    EXPECT_EQ(StatusIn(answer), GetParam().status) << answer;
    EXPECT_NE(answer.find("connection: close\r\n"), std::string::npos);
    const std::string body = BodyIn(answer);
    for (const char* part : {R"({"error":")", R"("details":")", R"("code":"http.)",
                             R"("fields":{})", R"("request_id":")"})
        EXPECT_NE(body.find(part), std::string::npos) << part << " in " << body;
    EXPECT_EQ(running.service.answered, 0) << "nothing smuggled in";
}

INSTANTIATE_TEST_SUITE_P(Wire, AMalformedRequest, testing::ValuesIn(kMalformed),
                         [](const auto& tested) { return tested.param.name; });

TEST(Wire, WhatFollowsARefusedRequestIsNeverRead) {  // SEC-5
    RunningServer running;
    Client client(running);
    client.Send(
        "POST /fast HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: "
        "chunked\r\n\r\n0\r\n\r\n" +
        Get("/fast"));
    const std::string all = client.ReceiveAll();
    EXPECT_EQ(all.find("HTTP/1.1"), all.rfind("HTTP/1.1"));
    EXPECT_EQ(running.service.answered, 0);
}

// BULK-2
TEST(Wire, ARouteThatTakesFilesMayBeSentMore) {
    RunningServer running;
    const auto ask = [&](const std::string& path, std::size_t size) {
        Client client(running);
        client.Send("POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " +
                    std::to_string(size) + "\r\n\r\n" + std::string(size, 'x'));
        return StatusIn(client.Receive());
    };
    EXPECT_EQ(ask("/file", 3 * EchoService::kMostBody), 200);
    EXPECT_EQ(ask("/fast", EchoService::kMostBody + 1), 413);
    EXPECT_EQ(ask("/file", 4 * EchoService::kMostBody + 1), 413);
}

TEST(Wire, ALargeUploadStillReadsItsRefusal) {  // SEC-5: 413, not a reset connection
    RunningServer running;
    Client client(running);
    client.Send("POST /fast HTTP/1.1\r\nHost: a\r\nContent-Length: 10485760\r\n\r\n" +
                std::string(1 << 20, 'x'));
    EXPECT_EQ(StatusIn(client.Receive()), 413);
}

TEST(Wire, ManySmallChunksCountTogether) {  // SEC-5
    RunningServer running;
    Client client(running);
    client.Send("POST /fast HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    const std::string chunk = "8000\r\n" + std::string(0x8000, 'x') + "\r\n";
    for (int i = 0; i < 40; ++i) client.Send(chunk);
    EXPECT_EQ(StatusIn(client.Receive()), 413);
    EXPECT_EQ(running.service.answered, 0);
}

TEST(Wire, HeadersOfAnAnswerCannotBeSplit) {
    RunningServer running;
    const std::string answer = Client(running).Ask(Get("/split"));
    EXPECT_EQ(answer.find("stolen"), std::string::npos);
    EXPECT_EQ(StatusIn(answer), 200);
}

}  // namespace
}  // namespace ostiary
