#include "util/log.h"

#include <gtest/gtest.h>

#include <string>

namespace ostiary {
namespace {

class Log : public testing::Test {
protected:
    ~Log() override { log::Start("info", "text"); }

    template <class Action>
    std::string WrittenBy(Action action) {
        testing::internal::CaptureStderr();
        action();
        return testing::internal::GetCapturedStderr();
    }
};

TEST_F(Log, IsOneLineWithTimeLevelPartAndMessage) {
    ASSERT_TRUE(log::Start("info", "text"));
    const std::string line = WrittenBy([] { log::Warn("http", "slow client"); });
    EXPECT_TRUE(line.ends_with("Z warn  http: slow client\n")) << line;
    EXPECT_EQ(line.find('T'), 10u) << line;
}

TEST_F(Log, ListensToEachPartAtItsOwnLevel) {
    ASSERT_TRUE(log::Start("warn,http=debug", "text"));
    EXPECT_TRUE(log::IsDebug("http"));
    EXPECT_FALSE(log::IsDebug("store"));
    EXPECT_EQ(WrittenBy([] { log::Info("store", "quiet"); }), "");
    EXPECT_NE(WrittenBy([] { log::Debug("http", "loud"); }), "");
}

TEST_F(Log, CannotBeForgedByWhatSomebodySent) {
    ASSERT_TRUE(log::Start("info", "text"));
    const std::string line = WrittenBy(
        [] { log::Info("http", "GET /a\r\n2026 info fake\x1B[31m\xC2\x9B\xFF\xE2\x80\xA8"); });
    EXPECT_EQ(line.find('\n'), line.size() - 1) << line;
    EXPECT_NE(line.find("/a\\u000d\\u000a2026 info fake\\u001b[31m\\u009b\xEF\xBF\xBD\\u2028\n"),
              line.npos)
        << line;
}

TEST_F(Log, IsJsonWhereAsked) {
    ASSERT_TRUE(log::Start("info", "json"));
    const std::string line = WrittenBy([] { log::Error("store", "say \"no\" \\ {}\n"); });
    EXPECT_TRUE(line.starts_with("{\"time\":\"")) << line;
    EXPECT_TRUE(
        line.ends_with(R"(Z","level":"error","part":"store","message":"say \"no\" \\ {}\u000a"})"
                       "\n"))
        << line;
}

TEST_F(Log, RefusesLevelsAndFormatsNobodyKnows) {
    for (const char* bad : {"", "loud", "info,http=loud", "=debug", "http="})
        EXPECT_FALSE(log::Start(bad, "text")) << bad;
    EXPECT_FALSE(log::Start("info", "xml"));
}

}  // namespace
}  // namespace ostiary
