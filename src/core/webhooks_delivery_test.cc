#include "core/webhooks_delivery.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace ostiary {
namespace {

Event SomeEvent() {
    Event event;
    event.id = 12;
    event.at = 1'790'000'000'000;
    event.kind = EventKind::kCodeEdited;
    event.actor_id = "account-ada";
    event.actor_name = "ada";
    event.code_id = 42;
    event.subject_name = "Spring \"pilots\"";
    event.details = R"({"label":["old","new"]})";
    event.origin = {Door::kApi, "192.0.2.1", "request-1"};
    return event;
}

// The test vector of the Standard Webhooks libraries.
TEST(Webhooks, Hook1SignsAsStandardWebhooksDo) {
    EXPECT_EQ(Signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        1614265330, R"({"test": 2432232314})"),
              "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(Webhooks, Hook1AMessageHasATypeATimestampAndData) {
    EXPECT_EQ(MessageBody(SomeEvent()),
              R"({"type":"code.edited","timestamp":"2026-09-21T14:13:20Z","data":{"event_id":12,)"
              R"("actor_id":"account-ada","actor":"ada","code_id":42,"subject_id":null,)"
              R"("subject":"Spring \"pilots\"","door":"api","details":{"label":["old","new"]}}})");
}

TEST(Webhooks, Hook1AnEventWithNothingToSayIsStillWholeJson) {
    Event event = SomeEvent();
    event.code_id = 0;
    for (const char* details : {"", "{}", "{broken"}) {
        event.details = details;
        const auto message = boost::json::parse(MessageBody(event)).as_object();
        EXPECT_TRUE(message.at("data").at("details").as_object().empty());
        EXPECT_TRUE(message.at("data").at("code_id").is_null());
    }
}

TEST(Webhooks, Hook1AMessageKeepsItsIdAndNoOtherHasIt) {
    const Vault vault{Vault::Key{}};
    Event event = SomeEvent();
    const std::string id = MessageId(vault, event);
    EXPECT_EQ(MessageId(vault, SomeEvent()), id);
    EXPECT_TRUE(id.starts_with("msg_")) << id;
    event.id = 13;
    EXPECT_NE(MessageId(vault, event), id);
    event.id = 12;
    event.at += 1;  // the number came back after a restore
    EXPECT_NE(MessageId(vault, event), id);
}

TEST(Webhooks, Hook1TheWaitsGrowOverDays) {
    Millis altogether = 0;
    for (std::size_t i = 0; i < kWaits.size(); ++i) {
        EXPECT_TRUE(i == 0 || kWaits[i] > kWaits[i - 1]);
        altogether += kWaits[i];
    }
    EXPECT_EQ(kWaits.front(), 5 * kSecond);
    EXPECT_GT(altogether, 3 * kDay);
    EXPECT_LT(altogether, kLongestTrouble);
}

}  // namespace
}  // namespace ostiary
