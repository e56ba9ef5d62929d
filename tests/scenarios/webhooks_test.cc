// HOOK-1: webhooks as the API and the pages have them, and the rules of delivering.

#include <gmock/gmock.h>

#include "core/webhooks.h"
#include "core/webhooks_delivery.h"
#include "support/house.h"
#include "support/visitor.h"
#include "util/signing.h"

namespace ostiary {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

constexpr std::string_view kHooks = "/api/webhooks/";

class Webhooks : public testing::TestWithParam<DatabaseKind> {
protected:
    std::string Create(const std::string& body = R"({"url":"https://example.org/in?key=hidden"})") {
        const Answer made = house.Post(kHooks, body, "ada");
        EXPECT_EQ(made.status, 201) << made.body;
        secret = made.Text("data.secret");
        return made.Text("data.id");
    }
    std::string PathOf(const std::string& id, const std::string& more = "") {
        return std::string(kHooks) + id + "/" + more;
    }
    Answer Log(const std::string& id, const std::string& query = "") {
        return house.Get(PathOf(id, "deliveries/" + query), "ada");
    }
    std::vector<Parcel> Take() { return TakeParcels(house.world, "lease", {}, 4, 64); }
    void Reply(const Parcel& parcel, int status, const std::string& response = "") {
        const Outcome outcome{parcel.delivery, parcel.webhook, status, response};
        RecordOutcomes(house.world, "lease", std::vector{outcome});
    }
    // Everything that is due is answered like this.
    std::size_t AnswerAll(int status) {
        const auto parcels = Take();
        for (const Parcel& parcel : parcels) Reply(parcel, status);
        return parcels.size();
    }
    static std::string Header(const Parcel& parcel, std::string_view name) {
        for (const auto& [known, value] : parcel.headers)
            if (known == name) return value;
        return {};
    }
    Event LatestEvent() { return house.Events(1).at(0); }

    House house{GetParam()};
    std::string secret;
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, Webhooks, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(Webhooks, Hook1AWebhookIsMadeAndItsSecretIsShownOnce) {
    const std::string id = Create(
        R"({"url":"https://example.org/in","description":"Door","events":["code.redeemed"]})");
    EXPECT_THAT(secret, StartsWith("whsec_"));
    EXPECT_EQ(FromBase64(secret.substr(6)).value_or("").size(), 32u);
    const Answer shown = house.Get(PathOf(id), "ada");
    EXPECT_EQ(shown.Text("url"), "https://example.org/in");
    EXPECT_EQ(shown.Text("events.0"), "code.redeemed");
    EXPECT_EQ(shown.Text("created_by"), "ada");
    EXPECT_THAT(shown.body, Not(HasSubstr("whsec_")));
    EXPECT_THAT(house.Get(kHooks, "ada").body, Not(HasSubstr("whsec_")));
    EXPECT_EQ(LatestEvent().kind, EventKind::kWebhookCreated);
    EXPECT_EQ(LatestEvent().subject_name, "Door");
    EXPECT_THAT(house.database.Bytes(), Not(HasSubstr(secret.substr(6))));
}

TEST_P(Webhooks, Hook1BadInputIsNamedByItsField) {
    const auto refused = [&](const std::string& body, const char* field) {
        const Answer answer = house.Post(kHooks, body, "ada");
        EXPECT_EQ(answer.status, 400) << body;
        EXPECT_TRUE(answer.At("fields").is_object() &&
                    answer.At("fields").as_object().contains(field))
            << body << " " << answer.body;
    };
    for (const char* url :
         {"", "example.org/in", "/in", "ftp://example.org/", "file:///etc/passwd", "gopher://a/",
          "https://", "https:///in", "https://ada:pw@example.org/", "https://ada@example.org/",
          "https://example.org/#top", "https://example.org:0/", "https://exa mple.org/",
          "javascript:alert(1)", "http://127.0.0.1/", "http://[::1]:8080/", "http://10.1.2.3/",
          "http://[::ffff:192.168.0.1]/", "http://169.254.169.254/latest/meta-data/"})
        refused(std::string(R"({"url":")") + url + "\"}", "url");
    refused(R"({"url":"https://example.org/)" + std::string(2000, 'x') + "\"}", "url");
    refused("{}", "url");
    refused(R"({"url":"https://example.org/","events":["code.stolen"]})", "events");
    refused(R"({"url":"https://example.org/","description":"a\nb"})", "description");
    refused(R"({"url":"https://example.org/","secret":"mine"})", "secret");
    refused(R"({"url":"https://example.org/","is_active":false})", "is_active");
    EXPECT_THAT(house.Get(kHooks, "ada").Rows(), IsEmpty());
}

TEST_P(Webhooks, Hook1OnlySuperusersAndTokensWithItsScope) {
    for (const char* name : {"max", "sam", "vic"})
        EXPECT_EQ(house.Get(kHooks, name).status, 403) << name;
    EXPECT_EQ(house.Get(kHooks).status, 401);
    EXPECT_EQ(house.Get(kHooks, "ada").status, 200);
    Actor ada = house.ActorOf("ada");
    ada.scopes = {"codes:read", "users:write"};
    EXPECT_FALSE(ada.May(Permission::kWebhooks));
    ada.scopes->emplace_back("webhooks");
    EXPECT_TRUE(ada.May(Permission::kWebhooks));
}

TEST_P(Webhooks, Hook1EveryChangeAppendsOneEventWithNoSecretInIt) {
    const std::string id = Create();
    const auto expect_one = [&](EventKind kind, auto deed, int status) {
        const std::size_t before = house.Events().size();
        EXPECT_EQ(deed().status, status);
        EXPECT_EQ(house.Events().size(), before + 1);
        EXPECT_EQ(LatestEvent().kind, kind);
        EXPECT_EQ(LatestEvent().subject_id, id);
    };
    const auto patch = [&](const char* body) {
        return [this, id, body] { return house.Ask(Method::kPatch, PathOf(id), body, "ada"); };
    };
    const auto post = [&](const char* deed, const char* body) {
        return [this, id, deed, body] { return house.Post(PathOf(id, deed), body, "ada"); };
    };
    expect_one(EventKind::kWebhookEdited, patch(R"({"description":"Shop"})"), 200);
    expect_one(EventKind::kWebhookEdited, patch(R"({"url":"https://example.org/in?key=other"})"),
               200);
    expect_one(EventKind::kWebhookSecretRotated, post("rotate-secret/", ""), 200);
    expect_one(EventKind::kWebhookTested, post("test/", ""), 202);
    expect_one(EventKind::kWebhookReplayed,
               post("deliveries/replay/", R"({"since":"2026-09-01T00:00:00Z"})"), 202);
    expect_one(
        EventKind::kWebhookDeleted,
        [&] { return house.Ask(Method::kDelete, PathOf(id), "", "ada"); }, 204);
    const std::size_t before = house.Events().size();
    const std::string other = Create();
    EXPECT_EQ(house.Ask(Method::kPatch, PathOf(other), "{}", "ada").status, 200);
    EXPECT_EQ(house.Events().size(), before + 1) << "nothing was changed";
    for (const Event& event : house.Events())
        for (const char* hidden : {"whsec_", "key=", "hidden"})
            EXPECT_THAT(event.details + event.subject_name, Not(HasSubstr(hidden)));
    EXPECT_EQ(house.Get(PathOf(id), "ada").status, 404);
}

TEST_P(Webhooks, Hook1AMessageIsSignedAndHoldsNoCode) {
    const std::string id = Create();
    const auto code = house.Create(R"({"label":"Spring","code":"SPRING-26"})");
    ASSERT_EQ(house.Register("SPRING-26", "ann").status, 201);
    std::string token(code.at("registration_url").as_string());
    token = token.substr(token.find("/register/") + 10);
    token.pop_back();  // the slash at its end
    std::vector<Parcel> parcels;  // the events of the code come one after the other
    for (auto some = Take(); !some.empty(); some = Take())
        for (const Parcel& parcel : some) {
            Reply(parcel, 200);
            parcels.push_back(parcel);
        }
    ASSERT_THAT(parcels, SizeIs(testing::Ge(2)));
    for (const Parcel& parcel : parcels) {
        const std::string message = Header(parcel, "webhook-id");
        const auto timestamp = house.clock.Now() / kSecond;
        EXPECT_EQ(Header(parcel, "webhook-timestamp"), std::to_string(timestamp));
        EXPECT_EQ(Header(parcel, "webhook-signature"),
                  Signature(secret, message, timestamp, parcel.body));
        EXPECT_EQ(Header(parcel, "content-type"), "application/json");
        EXPECT_EQ(parcel.url, "https://example.org/in?key=hidden");
        for (const std::string& hidden :
             {std::string("SPRING-26"), std::string("SPR1NG26"), std::string("/register/"), token,
              house.TokenOf("ada"), std::string(kGoodPassword)})
            EXPECT_THAT(parcel.body, Not(HasSubstr(hidden)));
    }
    const auto first = boost::json::parse(parcels[0].body).as_object();
    EXPECT_EQ(first.at("type").as_string(), "code.created");
    EXPECT_EQ(first.at("data").as_object().at("subject").as_string(), "Spring");
}

TEST_P(Webhooks, Hook1AnOldSecretSignsForADayBesideTheNewOne) {
    const std::string id = Create();
    const std::string old = secret;
    const Answer rotated = house.Post(PathOf(id, "rotate-secret/"), "", "ada");
    const std::string fresh = rotated.Text("data.secret");
    EXPECT_NE(fresh, old);
    const auto signatures = [&] {
        EXPECT_EQ(house.Post(PathOf(id, "test/"), "", "ada").status, 202);
        const auto parcels = Take();
        EXPECT_THAT(parcels, SizeIs(1));
        Reply(parcels.at(0), 204);
        const auto sign = [&](const std::string& with) {
            return Signature(with, Header(parcels[0], "webhook-id"), house.clock.Now() / kSecond,
                             parcels[0].body);
        };
        const std::string sent = Header(parcels[0], "webhook-signature");
        if (sent == sign(fresh) + " " + sign(old)) return 2;
        return sent == sign(fresh) ? 1 : 0;
    };
    EXPECT_EQ(signatures(), 2);
    house.clock.Pass(kOldSecretSigns);
    EXPECT_EQ(signatures(), 1);
}

TEST_P(Webhooks, Hook1ADeliveryIsTriedOverDaysAndThenGivenUp) {
    const std::string id = Create();
    EXPECT_EQ(house.Post(PathOf(id, "test/"), "", "ada").status, 202);
    Millis waited = 0;
    for (std::size_t attempt = 1; attempt <= kWaits.size() + 1; ++attempt) {
        const auto parcels = Take();
        ASSERT_THAT(parcels, SizeIs(1)) << attempt;
        Reply(parcels[0], 500, "out of order");
        const Answer log = Log(id);
        EXPECT_EQ(log.Number("results.0.attempts"), static_cast<std::int64_t>(attempt));
        EXPECT_EQ(log.Number("results.0.status"), 500);
        EXPECT_EQ(log.Text("results.0.response"), "out of order");
        if (attempt > kWaits.size()) break;
        EXPECT_EQ(log.Text("results.0.state"), "pending");
        const Millis wait = kWaits[attempt - 1];
        EXPECT_THAT(Take(), IsEmpty());
        house.clock.Pass(wait - wait / 10 - 1);
        EXPECT_THAT(Take(), IsEmpty()) << "not before its time";
        house.clock.Pass(wait / 10 * 2 + 1);
        waited += wait;
    }
    EXPECT_EQ(Log(id).Text("results.0.state"), "failed");
    EXPECT_GT(waited, 3 * kDay);
    EXPECT_EQ(house.Get(PathOf(id), "ada").At("is_active").as_bool(), true);
    EXPECT_THAT(Take(), IsEmpty());
}

TEST_P(Webhooks, Hook1WhatIsNot2xxIsAFailureAndARedirectIsNot2xx) {
    const std::string id = Create();
    for (const int status : {0, 199, 300, 301, 302, 307, 400, 404, 429, 500, 503}) {
        EXPECT_EQ(house.Post(PathOf(id, "test/"), "", "ada").status, 202);
        const auto parcels = Take();
        ASSERT_THAT(parcels, SizeIs(1));
        Reply(parcels[0], status, "why");
        EXPECT_EQ(Log(id).Text("results.0.state"), "pending") << status;
    }
    EXPECT_NE(house.Get(PathOf(id), "ada").Text("failing_since"), "");
    for (const int status : {200, 201, 202, 204, 299}) {
        EXPECT_EQ(house.Post(PathOf(id, "test/"), "", "ada").status, 202);
        Reply(Take().at(0), status);
        EXPECT_EQ(Log(id).Text("results.0.state"), "delivered") << status;
    }
    EXPECT_TRUE(house.Get(PathOf(id), "ada").At("failing_since").is_null());
}

TEST_P(Webhooks, Hook1WhoSaysGoneIsSentNothingMore) {
    const std::string id = Create(R"({"url":"https://example.org/","events":["code.created"]})");
    const std::string watcher =
        Create(R"({"url":"https://example.com/","events":["webhook.disabled"]})");
    for (int i = 0; i < 3; ++i) house.Create("{}");
    Reply(Take().at(0), 410);
    const Answer shown = house.Get(PathOf(id), "ada");
    EXPECT_EQ(shown.At("is_active").as_bool(), false);
    EXPECT_EQ(shown.Text("disabled_reason"), "gone");
    EXPECT_EQ(LatestEvent().kind, EventKind::kWebhookDisabled);
    EXPECT_EQ(LatestEvent().origin.door, Door::kProgram);
    EXPECT_THAT(Log(id, "?state=failed").Rows(), SizeIs(3));
    house.Create("{}");
    EXPECT_THAT(Log(id).Rows(), SizeIs(3));
    EXPECT_EQ(house.Post(PathOf(id, "test/"), "", "ada").status, 409);
    EXPECT_EQ(Log(watcher).Text("results.0.event"), "webhook.disabled") << "others are told";

    EXPECT_EQ(house.Ask(Method::kPatch, PathOf(id), R"({"is_active":true})", "ada").status, 200);
    const Answer replayed =
        house.Post(PathOf(id, "deliveries/replay/"), R"({"since":"2026-09-01T00:00:00Z"})", "ada");
    EXPECT_EQ(replayed.Number("data.replayed"), 4) << "also what happened while it was off";
}

TEST_P(Webhooks, Hook1AWebhookThatFailsForFiveDaysIsSwitchedOff) {
    const std::string id = Create(R"({"url":"https://example.org/","events":["code.created"]})");
    for (Millis passed = 0; passed <= kLongestTrouble; passed += 12 * kHour) {
        EXPECT_EQ(house.Get(PathOf(id), "ada").At("is_active").as_bool(), true) << passed / kHour;
        house.Create("{}");
        AnswerAll(500);
        house.clock.Pass(12 * kHour);
    }
    EXPECT_EQ(house.Get(PathOf(id), "ada").Text("disabled_reason"), "failing");
    EXPECT_THAT(Take(), IsEmpty());
}

TEST_P(Webhooks, Hook1OneSuccessEndsTheTrouble) {
    const std::string id = Create(R"({"url":"https://example.org/","events":["code.created"]})");
    house.Create("{}");
    AnswerAll(500);
    house.clock.Pass(4 * kDay);
    AnswerAll(200);
    house.Create("{}");
    AnswerAll(500);
    house.clock.Pass(2 * kDay);
    AnswerAll(500);
    EXPECT_EQ(house.Get(PathOf(id), "ada").At("is_active").as_bool(), true);
}

TEST_P(Webhooks, Hook1NoMoreThanAFewAreUnderWayToOneWebhook) {
    const std::string id = Create(R"({"url":"https://example.org/","events":["code.created"]})");
    const std::string other = Create(R"({"url":"https://example.com/","events":["code.created"]})");
    for (int i = 0; i < 10; ++i) house.Create("{}");
    EXPECT_THAT(TakeParcels(house.world, "lease", {{id, 4}}, 4, 64), SizeIs(4));
    EXPECT_THAT(TakeParcels(house.world, "lease", {{id, 3}, {other, 4}}, 4, 64), SizeIs(1));
    EXPECT_THAT(TakeParcels(house.world, "lease", {}, 4, 5), SizeIs(5));
    EXPECT_THAT(TakeParcels(house.world, "lease", {}, 4, 0), IsEmpty());
}

TEST_P(Webhooks, Hook1WhatAStrangerAnsweredIsKeptAsTextAndShort) {
    const std::string id = Create();
    const auto kept = [&](const std::string& response) {
        EXPECT_EQ(house.Post(PathOf(id, "test/"), "", "ada").status, 202);
        Reply(Take().at(0), 200, response);
        return Log(id).Text("results.0.response");
    };
    EXPECT_EQ(kept("fine"), "fine");
    EXPECT_EQ(kept(std::string(5000, 'x')).size(), kLongestResponse);
    EXPECT_EQ(kept(std::string("a\0b\xFF\x1B[31m", 9)), "a?b??[31m");
    EXPECT_EQ(kept(std::string(1023, 'x') + "ü"), std::string(1023, 'x'));
}

TEST_P(Webhooks, Hook1OneDeliveryIsSentAgainUnderTheSameId) {
    const std::string id = Create();
    EXPECT_EQ(house.Post(PathOf(id, "test/"), "", "ada").status, 202);
    const auto first = Take();
    const std::string delivery = std::to_string(Log(id).Number("results.0.id"));
    const std::string replay = PathOf(id, "deliveries/" + delivery + "/replay/");
    EXPECT_EQ(house.Post(replay, "", "ada").status, 409) << "it is being sent";
    Reply(first.at(0), 200);
    const Answer again = house.Post(replay, "", "ada");
    EXPECT_EQ(again.status, 202) << again.body;
    EXPECT_EQ(again.Text("data.state"), "pending");
    const auto second = Take();
    ASSERT_THAT(second, SizeIs(1));
    EXPECT_EQ(Header(second[0], "webhook-id"), Header(first[0], "webhook-id"));
    EXPECT_EQ(second[0].body, first[0].body);
    EXPECT_EQ(house.Post(PathOf(id, "deliveries/0/replay/"), "", "ada").status, 404);
    for (const char* since : {"", "yesterday", "2030-01-01", "2020-01-01"})
        EXPECT_EQ(house
                      .Post(PathOf(id, "deliveries/replay/"),
                            std::string(R"({"since":")") + since + "\"}", "ada")
                      .status,
                  400)
            << since;
}

TEST_P(Webhooks, Hook1TheLogIsLeafedWithACursor) {
    const std::string id = Create(R"({"url":"https://example.org/","events":["code.created"]})");
    for (int i = 0; i < 5; ++i) house.Create("{}");
    std::string cursor, query = "?page_size=2";
    std::size_t seen = 0;
    do {
        const Answer page = Log(id, query + (cursor.empty() ? "" : "&cursor=" + cursor));
        ASSERT_EQ(page.status, 200);
        seen += page.Rows().size();
        cursor = page.At("next").is_null() ? "" : page.Text("next");
    } while (!cursor.empty());
    EXPECT_EQ(seen, 5u);
    for (const char* wrong : {"?page_size=0", "?page_size=x", "?cursor=x", "?state=lost", "?a=b"})
        EXPECT_EQ(Log(id, wrong).status, 400) << wrong;
    EXPECT_EQ(Log("none").status, 404);
}

TEST_P(Webhooks, Hook1ASwitchedOffWebhookGivesUpWhatWaits) {
    const std::string id = Create(R"({"url":"https://example.org/","events":["code.created"]})");
    house.Create("{}");
    EXPECT_EQ(house.Ask(Method::kPatch, PathOf(id), R"({"is_active":false})", "ada").status, 200);
    EXPECT_THAT(Take(), IsEmpty());
    EXPECT_THAT(Log(id, "?state=failed").Rows(), SizeIs(1));
}

TEST_P(Webhooks, Hook1ThePageMakesOneTestsItAndDeletesIt) {
    Visitor ada(house);
    ASSERT_EQ(ada.LogIn("ada").status, 303);
    const std::string list = "/admin/webhooks/";
    EXPECT_THAT(ada.Get(list).body, HasSubstr("No webhooks yet"));
    const Answer refused = ada.Submit(list + "new/", list + "new/",
                                      {{"url", "http://10.0.0.1/"}, {"events", "code.created"}});
    EXPECT_EQ(refused.status, 400);
    EXPECT_THAT(refused.body, HasSubstr("must not lead to a private address"));
    EXPECT_THAT(refused.body, HasSubstr("http://10.0.0.1/"));
    const Answer made = ada.Submit(list + "new/", list + "new/",
                                   {{"url", "https://example.org/in"}, {"description", "Shop"}});
    ASSERT_EQ(made.status, 303);
    const std::string here(made.HeaderValue("location"));
    const Answer shown = ada.Get(here);
    EXPECT_THAT(shown.body, HasSubstr("whsec_"));
    EXPECT_THAT(ada.Get(here).body, Not(HasSubstr("whsec_"))) << "it was shown once";

    EXPECT_EQ(ada.Submit(here, here + "test/", {}).status, 303);
    AnswerAll(500);
    EXPECT_THAT(ada.Get(here).body, HasSubstr("status 500"));
    const std::string id = here.substr(list.size(), here.size() - list.size() - 1);
    const std::string delivery = std::to_string(Log(id).Number("results.0.id"));
    EXPECT_EQ(ada.Submit(here, here + "deliveries/" + delivery + "/replay/", {}).status, 303);
    EXPECT_EQ(AnswerAll(200), 1u);
    EXPECT_EQ(ada.Submit(here, here + "replay/", {{"since", "2026-09-01T00:00"}}).status, 303);
    EXPECT_GE(AnswerAll(200), 2u);
    EXPECT_EQ(ada.Submit(here, here + "rotate-secret/", {}).status, 303);
    EXPECT_THAT(ada.Get(here).body, HasSubstr("whsec_"));
    EXPECT_EQ(
        ada.Submit(here, here, {{"url", "https://example.org/b"}, {"description", "Mill"}}).status,
        303);
    EXPECT_EQ(ada.Submit(here, here + "switch/", {{"active", "0"}}).status, 303);
    EXPECT_THAT(ada.Get(here).body, HasSubstr("Switched off"));
    EXPECT_THAT(ada.Get(list).body, HasSubstr("Mill"));
    EXPECT_THAT(ada.Get(here + "delete/").body, HasSubstr("Delete"));
    EXPECT_EQ(ada.Submit(here + "delete/", here + "delete/", {}).status, 303);
    EXPECT_EQ(ada.Get(here).status, 404);
}

}  // namespace
}  // namespace ostiary
