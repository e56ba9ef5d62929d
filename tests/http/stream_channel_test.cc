#include "http/stream_channel.h"

#include <gtest/gtest.h>

namespace ostiary {
namespace {

using Ending = StreamChannel::Ending;

TEST(StreamChannels, WhoDoesNotKeepUpIsLetGoAndNobodyWaits) {
    int woken = 0;
    StreamChannel channel(StreamChannel::Coding::kPlain, [&woken] { ++woken; });
    const std::string news(1000, 'x');
    int taken = 0;
    while (channel.Offer(news)) ++taken;
    EXPECT_EQ(taken, 17);  // 16 kB and what exceeds it
    EXPECT_EQ(woken, 2);   // for the first, and for the end
    EXPECT_EQ(channel.Take().end, Ending::kBroken);
    EXPECT_FALSE(channel.Offer(news));
}

TEST(StreamChannels, AfterItsEndNothingFollows) {
    StreamChannel channel(StreamChannel::Coding::kChunked, [] {});
    EXPECT_TRUE(channel.Offer("a"));
    channel.End();
    EXPECT_FALSE(channel.Offer("b"));
    const auto taken = channel.Take();
    EXPECT_EQ(taken.bytes, "1\r\na\r\n0\r\n\r\n");
    EXPECT_EQ(taken.end, Ending::kWhole);
}

TEST(StreamChannels, OnceClosedItHoldsNobody) {
    auto held = std::make_shared<int>(1);
    StreamChannel channel(StreamChannel::Coding::kPlain, [held] {});
    channel.Close();
    EXPECT_EQ(held.use_count(), 1);
    EXPECT_FALSE(channel.Offer("a"));
    channel.End();
    EXPECT_EQ(channel.Take().bytes, "");
}

}  // namespace
}  // namespace ostiary
