// ALRT-1: what somebody hears of without looking: each thing once, explained, until it is over.

#include "core/alerts.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <thread>

#include "core/happenings.h"
#include "core/mails.h"
#include "core/mails_delivery.h"
#include "core/redemptions.h"
#include "pages/mails.h"
#include "support/visitor.h"

namespace ostiary {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

namespace json = boost::json;

class AlertsOf : public testing::TestWithParam<DatabaseKind> {
protected:
    struct Made {
        std::int64_t id = 0;
        std::string word;
    };
    Made Make(std::string_view body, std::string_view as = "ada") {
        const auto code = house.Create(body, as);
        return {code.at("id").as_int64(), std::string(code.at("code").as_string())};
    }
    void Use(const Made& code, int times, Millis between = 0) {
        for (int i = 0; i < times; ++i) {
            house.clock.Pass(between);
            const Answer answer = house.Post(
                "/api/redemptions/",
                fmt::format(R"({{"code": "{}", "subject": "guest {}"}})", code.word, ++guests),
                "ada");
            ASSERT_EQ(answer.status, 201) << answer.body;
        }
    }
    void Refuse(int times) {
        for (int i = 0; i < times; ++i)
            ASSERT_EQ(house.Register("NEVERWAS", "somebody").status, 400);
    }
    // Until all that happened was judged: on PostgreSQL a look may only see who is still writing.
    void Look() {
        for (bool is_more = true; is_more; std::this_thread::yield()) {
            LookForAlerts(house.world, 5000);
            house.store->Read([&](Work& work) {
                is_more = work.alerts.IsAnythingNew(house.clock.Now(), house.clock.Now());
            });
        }
    }
    json::array Shown(std::string_view query = "", std::string_view as = "ada") {
        return house.Get("/api/alerts/" + std::string(query), as).Rows();
    }
    std::vector<std::string> Why(std::string_view query = "", std::string_view as = "ada") {
        std::vector<std::string> why;
        for (const auto& alert : Shown(query, as))
            why.emplace_back(alert.at("explanation").as_string());
        return why;
    }
    std::int64_t OnlyOne(std::string_view query = "") {
        const auto shown = Shown(query);
        EXPECT_THAT(shown, SizeIs(1)) << json::serialize(shown);
        return shown.empty() ? 0 : shown[0].at("id").as_int64();
    }
    Answer Do(std::int64_t id, std::string_view deed, std::string_view body = "",
              std::string_view as = "ada") {
        return house.Post(fmt::format("/api/alerts/{}/{}/", id, deed), body, as);
    }
    int CountEvents(EventKind kind) {
        int count = 0;
        for (const Event& event : house.Events()) count += event.kind == kind;
        return count;
    }
    std::string Name(const Made& code) { return fmt::format("/api/invite-codes/{}/", code.id); }

    House house{GetParam()};
    int guests = 0;
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, AlertsOf, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

// ── Each kind, once, with its explanation ──────────────────────────────────────────────────────

TEST_P(AlertsOf, ALRT1ACodeThatIsAboutToEndAreToldOfOnceAndNotWhenItWasMadeToBeShort) {
    Make(R"({"expires_days": 10, "label": "Spring"})");
    Make(R"({"expires_days": 2, "label": "Short"})");
    Look();
    EXPECT_THAT(Why(), IsEmpty());
    house.clock.Pass(7 * kDay + kHour);
    for (int i = 0; i < 3; ++i) Look();
    ASSERT_THAT(Why(), testing::ElementsAre("Ends in 3 days"));
    const auto alert = Shown()[0];
    EXPECT_EQ(alert.at("kind").as_string(), "expiring");
    EXPECT_EQ(alert.at("subject").as_string(), "Spring");
    EXPECT_EQ(CountEvents(EventKind::kAlertRaised), 1);
    house.clock.Pass(2 * kDay);
    Look();
    EXPECT_THAT(Why(), testing::ElementsAre("Ends within a day"));
    EXPECT_EQ(CountEvents(EventKind::kAlertRaised), 1);
}

TEST_P(AlertsOf, ALRT1CodesThatWereMadeTogetherAreOneAlert) {
    const Answer made = house.Post(
        "/api/invite-codes/bulk/",
        R"({"action": "create", "count": 30, "label": "Open day", "expires_days": 10})", "ada");
    ASSERT_EQ(made.status, 200) << made.body;
    house.clock.Pass(8 * kDay);
    Look();
    EXPECT_THAT(Why(), testing::ElementsAre("30 codes that were made together end in 2 days"));
    EXPECT_EQ(Shown()[0].at("batch").as_string(), made.Text("batch"));
    house.clock.Pass(3 * kDay);
    Look();
    EXPECT_THAT(Why(), IsEmpty());
}

TEST_P(AlertsOf, ALRT1ACodeThatIsNearlyUsedUp) {
    const Made code = Make(R"({"max_uses": 10})");
    Use(code, 7);
    Look();
    EXPECT_THAT(Why(), IsEmpty());
    Use(code, 1);
    Look();
    EXPECT_THAT(Why(), testing::ElementsAre("8 of 10 uses are taken"));
    Use(code, 2);
    Look();
    EXPECT_THAT(Why(), IsEmpty()) << "it is used up, as it was meant to be";
}

TEST_P(AlertsOf, ALRT1ABurstIsJudgedAgainstTheCodesOwnHistory) {
    const Made quiet = Make(R"({"max_uses": 500, "label": "Quiet"})");
    Use(quiet, 30, kDay);
    Look();
    EXPECT_THAT(Why(), IsEmpty());
    house.clock.Pass(kDay);
    Use(quiet, 9, 20 * kSecond);
    Look();
    EXPECT_THAT(Why(), testing::ElementsAre("9 uses in 5 minutes; usual is 1 a day"));
    EXPECT_EQ(Shown()[0].at("kind").as_string(), "unusual_use");
    EXPECT_EQ(CountEvents(EventKind::kAlertRaised), 1);
    Use(quiet, 3, 20 * kSecond);
    Look();
    EXPECT_EQ(CountEvents(EventKind::kAlertRaised), 1) << "it goes on: the same alert";
    EXPECT_THAT(Why(), testing::ElementsAre(HasSubstr("12 uses in 5 minutes")));
}

TEST_P(AlertsOf, ALRT1ABurstLikeEarlierOnesIsUsualAndANewCodeHasNoHistory) {
    const Made lively = Make(R"({"max_uses": 500})");
    Use(lively, 9, kSecond);  // on its first day: that is how codes are handed out
    Look();
    for (int day = 0; day < 3; ++day) {
        house.clock.Pass(kDay);
        Use(lively, 9, kSecond);
        Look();
    }
    EXPECT_THAT(Why("?kind=unusual_use"), IsEmpty());
    house.clock.Pass(kDay);
    Use(lively, 27, kSecond);
    Look();
    EXPECT_THAT(Why("?kind=unusual_use"), testing::ElementsAre(HasSubstr("27 uses")));
}

TEST_P(AlertsOf, ALRT1ManyFailuresFromOneAddressAndASpikeOfRefusals) {
    Refuse(19);
    Look();
    EXPECT_THAT(Why(), IsEmpty());
    Refuse(1);
    Look();
    EXPECT_THAT(Why(), testing::ElementsAre("20 refused attempts in 15 minutes from this address"));
    EXPECT_EQ(Shown()[0].at("subject").as_string(), "192.0.2.1");
    Refuse(10);
    Look();
    EXPECT_THAT(Why("?kind=refusals"),
                testing::ElementsAre("30 refused registrations in 15 minutes; usual is none"));
    EXPECT_EQ(CountEvents(EventKind::kAlertRaised), 2);
}

TEST_P(AlertsOf, ALRT1FailuresThatAreSpreadOverTimeAreNotMany) {
    for (int i = 0; i < 30; ++i) {
        house.clock.Pass(2 * kMinute);
        Refuse(1);
        Look();
    }
    EXPECT_THAT(Why(), IsEmpty());
}

TEST_P(AlertsOf, ALRT1AWebhookThatWasSwitchedOffUntilItIsOnAgain) {
    const std::string hook =
        house.Post("/api/webhooks/", R"({"url": "https://hooks.example.org/"})", "ada")
            .Text("data.id");
    ASSERT_TRUE(house.store
                    ->Transact([&](Work& work) -> Result<void> {
                        auto one = work.webhooks.FindForUpdate(hook);
                        one->disabled_at = house.clock.Now();
                        work.webhooks.Save(*one);
                        Event event = HappenedTo(EventKind::kWebhookDisabled,
                                                 {Door::kProgram, {}, {}}, house.clock.Now());
                        event.subject_id = hook;
                        event.subject_name = "hooks.example.org";
                        work.events.Append(event);
                        return {};
                    })
                    .ok());
    Look();
    OnlyOne("?kind=webhook_off");
    EXPECT_EQ(
        house.Ask(Method::kPatch, "/api/webhooks/" + hook + "/", R"({"is_active": true})", "ada")
            .status,
        200);
    Look();
    EXPECT_THAT(Why(), IsEmpty());
}

// ── Until it is over ───────────────────────────────────────────────────────────────────────────

TEST_P(AlertsOf, ALRT1AnAlertClosesItselfWhenItsReasonIsGone) {
    const Made extended = Make(R"({"expires_days": 10})"),
               revoked = Make(R"({"expires_days": 10})"), expired = Make(R"({"expires_days": 10})");
    house.clock.Pass(8 * kDay);
    Look();
    EXPECT_THAT(Shown(), SizeIs(3));
    house.Ask(Method::kPatch, Name(extended), R"({"expires_days": 60})", "ada");
    house.Post(Name(revoked) + "revoke/", "", "ada");
    Look();
    ASSERT_THAT(Shown(), SizeIs(1));
    EXPECT_EQ(Shown()[0].at("code_id").as_int64(), expired.id);
    house.clock.Pass(3 * kDay);
    Look();
    EXPECT_THAT(Shown(), IsEmpty());
    EXPECT_THAT(Shown("?state=closed"), SizeIs(3));
}

TEST_P(AlertsOf, ALRT1AcknowledgedItComesBackOnlyWhereItGotWorse) {
    const Made code = Make(R"({"max_uses": 20})");
    Use(code, 16);
    Look();
    const auto id = OnlyOne();
    const Answer done = Do(id, "acknowledge");
    EXPECT_EQ(done.Text("data.state"), "acknowledged");
    EXPECT_EQ(done.Text("data.acknowledged_by"), "ada");
    EXPECT_EQ(Do(id, "acknowledge").status, 200) << "again: the same";
    EXPECT_EQ(CountEvents(EventKind::kAlertAcknowledged), 1);
    Use(code, 1);
    Look();
    EXPECT_THAT(Why(), IsEmpty()) << "4 left, now 3: not twice as bad";
    Use(code, 1);
    Look();
    EXPECT_THAT(Why(), testing::ElementsAre("18 of 20 uses are taken"));
    EXPECT_EQ(CountEvents(EventKind::kAlertRaised), 2);
    EXPECT_EQ(Do(id, "acknowledge").status, 409) << "that one is over";
}

TEST_P(AlertsOf, ALRT1AcknowledgedItComesBackAnewAfterAQuietTime) {
    Refuse(20);
    Look();
    Do(OnlyOne(), "acknowledge");
    Refuse(5);
    Look();
    EXPECT_THAT(Why(), IsEmpty());
    house.clock.Pass(25 * kHour);
    Look();
    EXPECT_THAT(Shown("?state=closed"), SizeIs(1));
    Refuse(20);
    Look();
    OnlyOne("?kind=failures");
}

TEST_P(AlertsOf, ALRT1SnoozedItComesBackAtThatMoment) {
    const Made code = Make(R"({"max_uses": 10})");
    Use(code, 8);
    Look();
    const auto id = OnlyOne();
    EXPECT_EQ(Do(id, "snooze", R"({"hours": 8})").Text("data.state"), "snoozed");
    EXPECT_THAT(Why(), IsEmpty());
    EXPECT_THAT(Shown("?state=snoozed"), SizeIs(1));
    house.clock.Pass(8 * kHour + kSecond);
    EXPECT_EQ(OnlyOne(), id);
    EXPECT_EQ(Do(id, "snooze", R"({"until": "2001-01-01T00:00:00Z"})").status, 400);
    EXPECT_EQ(CountEvents(EventKind::kAlertSnoozed), 1);
}

TEST_P(AlertsOf, ALRT1WhatIsSnoozedIsNotOverBeforeItComesBack) {
    Refuse(20);
    Look();
    Do(OnlyOne(), "snooze", R"({"hours": 72})");
    house.clock.Pass(48 * kHour);
    Refuse(20);
    Look();
    EXPECT_THAT(Why(), IsEmpty()) << "somebody wanted three days without it";
}

TEST_P(AlertsOf, ALRT1TwoNodesRaiseOne) {
    const auto other =
        OpenStore(house.config, house.vault, house.clock, house.random,
                  [this](Work& work, std::span<const SubjectClaim> claims, Millis now) {
                      return RedeemTogether(work, claims, house.config.catalogue, now);
                  });
    World there{*other,          house.clock,  house.random, house.vault,
                house.passwords, house.config, nullptr};
    for (int round = 0; round < 5; ++round) {
        Use(Make(R"({"max_uses": 5})"), 4);
        std::thread thread([&] {
            for (int i = 0; i < 3; ++i) LookForAlerts(there, 5000);
        });
        for (int i = 0; i < 3; ++i) LookForAlerts(house.world, 5000);
        thread.join();
        Look();
        EXPECT_EQ(CountEvents(EventKind::kAlertRaised), round + 1);
    }
    EXPECT_THAT(Shown(), SizeIs(5));
}

TEST_P(AlertsOf, ALRT1AnEventIsReadOnceInSmallSteps) {
    const Made code = Make(R"({"max_uses": 500})");
    Use(code, 30, kSecond);
    Refuse(25);
    for (int i = 0; i < 80; ++i) LookForAlerts(house.world, 3);
    ASSERT_THAT(Why("?kind=failures"), SizeIs(1));
    EXPECT_THAT(Why("?kind=failures")[0], HasSubstr("25 refused attempts"));
}

// ── Who sees it ────────────────────────────────────────────────────────────────────────────────

TEST_P(AlertsOf, PERM4AManagerSeesTheTeamsAndNeverLearnsOfOthers) {
    Use(Make(R"({"max_uses": 5, "task_group": "cleaning", "label": "Ours"})"), 4);
    Use(Make(R"({"max_uses": 5, "task_group": "laundry", "label": "Theirs"})"), 4);
    Refuse(20);
    Look();
    EXPECT_THAT(Shown(), SizeIs(3));
    EXPECT_THAT(Shown("", "gil"), SizeIs(2)) << "of every team, but not of addresses";
    EXPECT_THAT(Shown("", "sam"), SizeIs(2));
    ASSERT_THAT(Shown("", "max"), SizeIs(1));
    EXPECT_EQ(Shown("", "max")[0].at("subject").as_string(), "Ours");
    EXPECT_EQ(house.Get("/api/alerts/", "vic").status, 403);
    EXPECT_EQ(house.Get("/api/alerts/").status, 401);
    for (const auto& alert : Shown())
        if (alert.at("subject").as_string() != "Ours") {
            const auto id = alert.at("id").as_int64();
            EXPECT_EQ(Do(id, "acknowledge", "", "max").status, 404);
            EXPECT_EQ(Do(id, "snooze", R"({"hours": 1})", "max").status, 404);
        }
    EXPECT_EQ(Do(Shown("", "max")[0].at("id").as_int64(), "acknowledge", "", "max").status, 200);

    Visitor max(house);
    max.LogIn("max");
    for (const char* path :
         {"/manager/", "/manager/alerts/", "/manager/alerts/?state=acknowledged"}) {
        const Answer page = max.Get(path);
        EXPECT_EQ(page.status, 200);
        EXPECT_THAT(page.body, Not(HasSubstr("Theirs"))) << path;
        EXPECT_THAT(page.body, Not(HasSubstr("192.0.2.1"))) << path;
    }
    EXPECT_EQ(max.Get("/admin/alerts/").status, 403);
}

TEST_P(AlertsOf, ALRT1OnThePageOneAcknowledgesAndSnoozesByForms) {
    Use(Make(R"({"max_uses": 5, "label": "Spring"})"), 4);
    Refuse(20);
    Look();
    Visitor ada(house);
    ada.LogIn("ada");
    const std::string page = "/admin/alerts/";
    EXPECT_THAT(ada.Get(page).body, HasSubstr("4 of 5 uses are taken"));
    EXPECT_THAT(ada.Get("/admin/").body, HasSubstr("Many failures from one address"));
    const auto failures = OnlyOne("?kind=failures"), spring = OnlyOne("?kind=nearly_used_up");
    const auto at = [&](std::int64_t id, std::string_view deed) {
        return fmt::format("{}{}/{}/", page, id, deed);
    };
    EXPECT_EQ(ada.Submit(page, at(failures, "acknowledge"), {{"next", "/admin/"}})
                  .HeaderValue("location"),
              "/admin/");
    EXPECT_EQ(ada.Submit(page, at(spring, "snooze"), {{"hours", "24"}}).status, 303);
    EXPECT_EQ(ada.Submit(page, at(spring, "snooze"), {{"hours", "soon"}}).status, 303);
    EXPECT_EQ(ada.Submit(page, at(999, "acknowledge"), {}).status, 404);
    EXPECT_THAT(Why(), IsEmpty());
    EXPECT_THAT(ada.Get(page + "?state=snoozed").body, HasSubstr("Spring"));
    EXPECT_THAT(ada.Get(page + "?state=acknowledged").body, HasSubstr("192.0.2.1"));
}

// ── Mail ───────────────────────────────────────────────────────────────────────────────────────

class DigestsTo : public AlertsOf {
protected:
    DigestsTo() {
        house.ConfigureMail();
        house.config.base_url = "https://invite.example.org";
    }
    // Whoever a mail is for now, each with its text.
    std::map<std::string, std::string> Sent() {
        std::map<std::string, std::string> sent;
        MailAlerts(house.world);
        while (const auto errand = TakeMail(house.world, "node")) {
            EXPECT_TRUE(BeginHandover(house.world, "node", errand->mail.id));
            RecordMail(house.world, "node", errand->mail.id, Handed::kTaken, "250 ok");
            const MailText text = pages::ComposeMail(house.config, errand->letter);
            EXPECT_TRUE(
                sent.emplace(errand->mail.recipient, text.subject + "\n" + text.text).second)
                << errand->mail.recipient << " got two";
        }
        return sent;
    }
    std::string AddressOf(std::string_view username) {
        std::string address;
        house.store->Read(
            [&](Work& work) { address = work.accounts.FindByUsername(username).value().email; });
        return address;
    }
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, DigestsTo, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(DigestsTo, NTFY1AllThatIsNewIsOneMailAnHourToEachAndOnlyWithWhatTheyMaySee) {
    EXPECT_THAT(Sent(), IsEmpty());
    Use(Make(R"({"max_uses": 5, "task_group": "cleaning", "label": "Ours"})"), 4);
    Use(Make(R"({"max_uses": 5, "task_group": "laundry", "label": "Theirs"})"), 4);
    Look();
    auto sent = Sent();
    EXPECT_THAT(sent, SizeIs(3)) << "ada, max and gil";
    EXPECT_THAT(sent[AddressOf("ada")], HasSubstr("2 alerts wait for you"));
    EXPECT_THAT(sent[AddressOf("ada")], HasSubstr("https://invite.example.org/admin/alerts/"));
    EXPECT_THAT(sent[AddressOf("max")], HasSubstr("Ours"));
    EXPECT_THAT(sent[AddressOf("max")], Not(HasSubstr("Theirs")));
    EXPECT_THAT(sent[AddressOf("max")], HasSubstr("/manager/alerts/"));
    EXPECT_THAT(Sent(), IsEmpty()) << "nothing is new";

    Use(Make(R"({"max_uses": 5, "task_group": "laundry", "label": "Third"})"), 4);
    Look();
    EXPECT_THAT(Sent(), IsEmpty()) << "one an hour";
    house.clock.Pass(kHour + kSecond);
    sent = Sent();
    EXPECT_THAT(sent, SizeIs(2)) << "max has nothing new";
    EXPECT_THAT(sent[AddressOf("gil")], HasSubstr("Third"));
}

TEST_P(DigestsTo, NTFY1NobodyIsMailedWhoTakesNoneOrWhereNoMailIsSentOrAboutWhatIsDone) {
    ASSERT_TRUE(SetTakesMails(house.ActorOf("ada").Ask<Permission::kOwnAccount>().value(),
                              house.world, TakeMails::kNo)
                    .ok());
    Use(Make(R"({"max_uses": 5, "task_group": "laundry"})"), 4);
    Look();
    EXPECT_THAT(Sent(), SizeIs(1)) << "gil";
    house.clock.Pass(2 * kHour);
    Use(Make(R"({"max_uses": 5, "task_group": "laundry", "label": "Done"})"), 4);
    Look();
    for (const auto& alert : Shown()) Do(alert.at("id").as_int64(), "acknowledge");
    EXPECT_THAT(Sent(), IsEmpty());
    house.config.mail_server.clear();
    Use(Make(R"({"max_uses": 5, "task_group": "laundry"})"), 4);
    Look();
    MailAlerts(house.world);
    EXPECT_FALSE(TakeMail(house.world, "node"));
}

TEST_P(DigestsTo, ALRT1AMailThatWasNotSentUntilOneIs) {
    const Made code = Make(R"({"email": "ann@example.org"})");
    const auto mail = [&](Handed how) {
        ASSERT_EQ(house.Post(Name(code) + "mail/", "{}", "ada").status, 202);
        const auto errand = TakeMail(house.world, "node");
        ASSERT_TRUE(errand && BeginHandover(house.world, "node", errand->mail.id));
        RecordMail(house.world, "node", errand->mail.id, how, "550 no such user");
        Look();
    };
    mail(Handed::kRefused);
    EXPECT_THAT(Why(), testing::ElementsAre("A mail could not be sent: 550 no such user"));
    mail(Handed::kTaken);
    EXPECT_THAT(Why(), IsEmpty());
}

}  // namespace
}  // namespace ostiary
