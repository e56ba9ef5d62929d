// NTFY-1: what is mailed, to whom, once; and what a sender does when the mail server has its moods.

#include "core/mails.h"

#include <gmock/gmock.h>

#include "core/mails_delivery.h"
#include "core/password_reset.h"
#include "core/raw_data.h"
#include "pages/mails.h"
#include "support/visitor.h"

namespace ostiary {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

class MailsTo : public testing::TestWithParam<DatabaseKind> {
protected:
    MailsTo() { house.ConfigureMail(); }

    std::int64_t MakeCode(const std::string& body = R"({"email":"ann@example.org","name":"Ann"})",
                          std::string_view as = "ada") {
        const auto code = house.Create(body, as);
        link = std::string(code.at("registration_url").as_string());
        return code.at("id").as_int64();
    }
    static std::string PathOf(std::int64_t id) {
        return "/api/invite-codes/" + std::to_string(id) + "/mail/";
    }
    Answer Invite(std::int64_t id, const std::string& message = "Welcome!",
                  std::string_view as = "ada") {
        return house.Post(PathOf(id), R"({"message":")" + message + "\"}", as);
    }
    std::string StateOf(std::int64_t id) {
        return house.Get(PathOf(id), "ada").Text("results.0.state");
    }
    std::optional<MailErrand> Take(std::string_view lease = "node") {
        return TakeMail(house.world, lease);
    }
    // The server's answer to whatever is due; false if nothing is.
    bool Reply(Handed handed, std::string_view reason = "") {
        const auto errand = Take();
        if (!errand) return false;
        EXPECT_TRUE(BeginHandover(house.world, "node", errand->mail.id));
        RecordMail(house.world, "node", errand->mail.id, handed, reason);
        return true;
    }
    MailText Text(const MailErrand& errand) {
        return pages::ComposeMail(house.config, errand.letter);
    }
    std::vector<EventKind> Kinds(std::size_t most) {
        std::vector<EventKind> kinds;
        for (const Event& event : house.Events(most)) kinds.push_back(event.kind);
        return kinds;
    }

    House house{GetParam()};
    std::string link;
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, MailsTo, testing::ValuesIn(kEveryDatabase), NameOfDatabase);

TEST_P(MailsTo, NTFY1AnInvitationSaysWhoInvitesToWhatUntilWhenWithLinkAndCode) {
    const auto code = house.Create(
        R"({"email":"ann@example.org","name":"Ann","expires_days":7,"task_group":"cleaning"})",
        "ada");
    const Answer asked = Invite(code.at("id").as_int64(), "Looking forward\\nto you");
    ASSERT_EQ(asked.status, 202) << asked.body;
    EXPECT_EQ(asked.Text("data.kind"), "invitation");
    EXPECT_EQ(asked.Text("data.state"), "queued");
    EXPECT_EQ(asked.Text("data.recipient"), "ann@example.org");
    const auto errand = Take();
    ASSERT_TRUE(errand);
    EXPECT_EQ(errand->mail.recipient, "ann@example.org");
    EXPECT_THAT(errand->message_id, testing::EndsWith("@ostiary.test"));
    const MailText text = Text(*errand);
    EXPECT_THAT(text.subject, HasSubstr("invites you to Ostiary"));
    for (const std::string& body : {text.text, text.html}) {
        EXPECT_THAT(body, HasSubstr("Hello Ann"));
        EXPECT_THAT(body, HasSubstr("as Staff in Cleaning"));
        EXPECT_THAT(body, HasSubstr(std::string(code.at("registration_url").as_string())));
        EXPECT_THAT(body, HasSubstr("Looking forward"));
        EXPECT_THAT(body, HasSubstr("It works until"));
        EXPECT_THAT(body, HasSubstr(std::string(code.at("code").as_string()).substr(0, 4)));
        EXPECT_THAT(body, Not(HasSubstr("{{")));
        EXPECT_THAT(body, Not(HasSubstr("[[")));
    }
    EXPECT_THAT(text.text, Not(HasSubstr("\n\n\n")));
}

TEST_P(MailsTo, NTFY1AMailIsSentOnceAndItsStateIsShown) {
    const auto id = MakeCode();
    ASSERT_EQ(Invite(id).status, 202);
    EXPECT_EQ(StateOf(id), "queued");
    const auto errand = Take();
    ASSERT_TRUE(errand);
    EXPECT_FALSE(Take("another node"));  // it is somebody's
    EXPECT_TRUE(BeginHandover(house.world, "node", errand->mail.id));
    EXPECT_EQ(StateOf(id), "sending");
    EXPECT_FALSE(BeginHandover(house.world, "node", errand->mail.id));
    RecordMail(house.world, "node", errand->mail.id, Handed::kTaken, "250 ok");
    EXPECT_EQ(StateOf(id), "sent");
    EXPECT_FALSE(Take());
    house.clock.Pass(kDay);
    EXPECT_FALSE(Take());
    EXPECT_THAT(Kinds(2), testing::ElementsAre(EventKind::kMailSent, EventKind::kCodeMailed));
}

TEST_P(MailsTo, NTFY1AfterOneWasSentAnotherIsAReminder) {
    const auto id = MakeCode();
    ASSERT_EQ(Invite(id).status, 202);
    EXPECT_EQ(Invite(id).Text("code"), "mail.under_way");  // two clicks are one mail
    ASSERT_TRUE(Reply(Handed::kRefused, "550 no such user"));
    EXPECT_EQ(Invite(id).Text("data.kind"), "invitation");  // again, not a reminder
    ASSERT_TRUE(Reply(Handed::kTaken));
    EXPECT_EQ(Invite(id).Text("data.kind"), "reminder");
    EXPECT_THAT(Text(*Take()).subject, StartsWith("Reminder"));
}

TEST_P(MailsTo, NTFY1ATemporaryRefusalIsTriedAgainLaterAndLaterAndThenGivenUp) {
    const auto id = MakeCode();
    ASSERT_EQ(Invite(id).status, 202);
    const Millis begun = house.clock.Now();
    std::size_t tried = 0;
    while (StateOf(id) == "queued" && tried < 100) {
        if (Reply(Handed::kLater, "451 busy"))
            ++tried;
        else
            house.clock.Pass(kMinute);
    }
    EXPECT_EQ(tried, kMailWaits.size() + 1);
    EXPECT_EQ(StateOf(id), "failed");
    EXPECT_GT(house.clock.Now() - begun, kDay);
    EXPECT_LT(house.clock.Now() - begun, 2 * kDay);
    const Answer shown = house.Get(PathOf(id), "ada");
    EXPECT_EQ(shown.Text("results.0.reason"), "451 busy");
    EXPECT_EQ(Kinds(1)[0], EventKind::kMailFailed);
}

TEST_P(MailsTo, NTFY1APermanentRefusalFailsAtOnceWithTheServersReason) {
    const auto id = MakeCode();
    ASSERT_EQ(Invite(id).status, 202);
    ASSERT_TRUE(Reply(Handed::kRefused, "550 5.1.1 no\r\nsuch \xFF user"));
    const Answer shown = house.Get(PathOf(id), "ada");
    EXPECT_EQ(shown.Text("results.0.state"), "failed");
    EXPECT_EQ(shown.Text("results.0.reason"), "550 5.1.1 no  such ? user");
    house.clock.Pass(2 * kDay);
    EXPECT_FALSE(Take());
}

TEST_P(MailsTo, NTFY1WhoIsKilledBeforeTheHandoverLeavesAMailThatIsSent) {
    const auto id = MakeCode();
    ASSERT_EQ(Invite(id).status, 202);
    ASSERT_TRUE(Take("killed"));
    EXPECT_FALSE(Take("another"));
    house.clock.Pass(kMailLease);
    const auto errand = Take("another");
    ASSERT_TRUE(errand);
    EXPECT_FALSE(BeginHandover(house.world, "killed", errand->mail.id));  // it came back to life
    EXPECT_TRUE(BeginHandover(house.world, "another", errand->mail.id));
    RecordMail(house.world, "another", errand->mail.id, Handed::kTaken, "");
    EXPECT_EQ(StateOf(id), "sent");
}

TEST_P(MailsTo, NTFY1WhoIsKilledAfterTheHandoverLeavesAMailThatIsNotSentAgain) {
    const auto id = MakeCode();
    ASSERT_EQ(Invite(id).status, 202);
    const auto errand = Take("killed");
    ASSERT_TRUE(BeginHandover(house.world, "killed", errand->mail.id));
    house.clock.Pass(kMailLease);
    EXPECT_FALSE(Take("another"));
    EXPECT_EQ(StateOf(id), "unknown");
    house.clock.Pass(kDay);
    EXPECT_FALSE(Take("another"));
    // Whoever asked may decide.
    EXPECT_EQ(Invite(id).Text("data.kind"), "invitation");
    EXPECT_TRUE(Take("another"));
    EXPECT_THAT(Kinds(2), testing::ElementsAre(EventKind::kCodeMailed, EventKind::kMailFailed));
}

TEST_P(MailsTo, NTFY1WhatIsHandedBackIsSentByTheNextAtOnce) {
    const auto id = MakeCode();
    ASSERT_EQ(Invite(id).status, 202);
    const auto errand = Take("stopping");
    HandBackMail(house.world, "stopping", errand->mail.id);
    const auto again = Take("another");
    ASSERT_TRUE(again);
    EXPECT_EQ(again->mail.attempts, 1);
    EXPECT_EQ(again->message_id, errand->message_id);
    EXPECT_EQ(StateOf(id), "queued");
}

TEST_P(MailsTo, NTFY1ACodeThatNobodyCanUseAnyMoreIsNotMailed) {
    const auto revoked = MakeCode(), moved = MakeCode(), deleted = MakeCode();
    for (const auto id : {revoked, moved, deleted}) ASSERT_EQ(Invite(id).status, 202);
    house.Post("/api/invite-codes/" + std::to_string(revoked) + "/revoke/", "", "ada");
    house.Ask(Method::kPatch, "/api/invite-codes/" + std::to_string(moved) + "/",
              R"({"email":"bob@example.org"})", "ada");
    house.Ask(Method::kDelete, "/api/invite-codes/" + std::to_string(deleted) + "/", "", "ada");
    EXPECT_FALSE(Take());
    EXPECT_EQ(StateOf(revoked), "failed");
    EXPECT_EQ(StateOf(moved), "failed");
    EXPECT_EQ(Invite(revoked).Text("code"), "mail.code");
}

TEST_P(MailsTo, NTFY1BadInputIsNamedAndNothingIsMailed) {
    const auto id = MakeCode();
    const Answer too_long = Invite(id, std::string(1001, 'x'));
    EXPECT_EQ(too_long.status, 400);
    EXPECT_THAT(too_long.body, HasSubstr("1000 characters"));
    EXPECT_EQ(Invite(id, "a\\u0007b").status, 400);
    EXPECT_EQ(house.Post(PathOf(id), R"({"subject":"mine"})", "ada").status, 400);
    EXPECT_EQ(Invite(999'999).status, 404);
    EXPECT_EQ(Invite(MakeCode("{}")).Text("code"), "mail.no_address");
    EXPECT_EQ(Invite(MakeCode(R"({"email":"jörg@exämple.org"})")).Text("code"), "mail.address");
    EXPECT_FALSE(Take());
}

TEST_P(MailsTo, NTFY1OnlyWhoeverMayHandTheCodeOutMailsItOrSeesWhatWasMailed) {
    const auto id =
        MakeCode(R"({"email":"ann@example.org","role":"admin","task_group":"cleaning"})");
    EXPECT_EQ(Invite(id, "", "max").status, 403);  // grants more than he holds
    EXPECT_EQ(Invite(id, "", "vic").status, 403);
    EXPECT_EQ(house.Post(PathOf(id), "{}").status, 401);
    const auto other = MakeCode(R"({"email":"ann@example.org","task_group":"maintenance"})");
    EXPECT_EQ(Invite(other, "", "max").status, 404);
    ASSERT_EQ(Invite(id).status, 202);
    EXPECT_THAT(house.Get(PathOf(id), "max").Rows(), IsEmpty());
    EXPECT_THAT(house.Get(PathOf(id), "ada").Rows(), SizeIs(1));
}

TEST_P(MailsTo, NTFY1NobodyMailsMoreThanAThousandTimesAnHour) {
    house.QueueMails("ada", kMostMailsEachHour);
    const auto id = MakeCode();
    const Answer refused = Invite(id);
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.Text("code"), "mail.often");
    EXPECT_EQ(
        Invite(MakeCode(R"({"email":"eve@example.org","task_group":"cleaning"})", "max"), "", "max")
            .status,
        202);
    house.clock.Pass(kHour + 1);
    EXPECT_EQ(Invite(id).status, 202);
}

TEST_P(MailsTo, NTFY1WithoutAMailServerOrABaseUrlNothingIsQueuedAndTheTextCanBeCopied) {
    const auto id = MakeCode();
    Visitor ada(house);
    ada.LogIn("ada");
    const std::string page = "/admin/invite-codes/" + std::to_string(id) + "/";
    EXPECT_THAT(ada.Get(page).body, HasSubstr("Send invitation"));
    const std::string base = std::exchange(house.config.base_url, "");
    EXPECT_EQ(Invite(id).Text("code"), "mail.off");
    EXPECT_THAT(Invite(id).body, HasSubstr("base_url"));
    house.config.base_url = base;
    house.config.mail_server.clear();
    EXPECT_EQ(Invite(id).Text("code"), "mail.off");
    const std::string shown = ada.Get(page).body;
    EXPECT_THAT(shown, Not(HasSubstr("Send invitation")));
    EXPECT_THAT(shown, HasSubstr("No mail server is configured"));
    EXPECT_THAT(shown, HasSubstr("Open this link to make your account:"));
    EXPECT_THAT(shown, HasSubstr("mailto:ann@example.org"));
    AskForReset(house.world, {}, "max", "en");
    EXPECT_FALSE(Take());
}

TEST_P(MailsTo, NTFY1ThePageSendsShowsAndSendsAgain) {
    const auto id = MakeCode();
    Visitor ada(house);
    ada.LogIn("ada");
    const std::string page = "/admin/invite-codes/" + std::to_string(id) + "/";
    EXPECT_EQ(ada.Submit(page, page + "mail/", {{"message", "Hello <b>there</b>"}}).status, 303);
    EXPECT_THAT(ada.Get(page).body, HasSubstr("On its way"));
    ASSERT_TRUE(Reply(Handed::kRefused, "550 <no> such user"));
    const std::string failed = ada.Get(page).body;
    EXPECT_THAT(failed, HasSubstr("550 &lt;no&gt; such user"));
    EXPECT_THAT(failed, HasSubstr("Send again"));
    EXPECT_THAT(failed, HasSubstr("Hello &lt;b&gt;there"));  // need not be typed again
    EXPECT_EQ(ada.Submit(page, page + "mail/", {{"message", "Once more"}}).status, 303);
    ASSERT_TRUE(Reply(Handed::kUnclear, "connection lost"));
    EXPECT_THAT(ada.Get(page).body, HasSubstr("Perhaps sent"));
    EXPECT_EQ(ada.Submit(page, page + "mail/", {{"message", "And again"}}).status, 303);
    ASSERT_TRUE(Reply(Handed::kTaken));
    EXPECT_THAT(ada.Get(page).body, HasSubstr("Remind"));
    const Answer wrong = ada.Submit(page, page + "mail/", {{"message", std::string(1001, 'x')}});
    EXPECT_EQ(wrong.status, 400);
    EXPECT_THAT(wrong.body, HasSubstr(std::string(1001, 'x')));
}

TEST_P(MailsTo, NTFY1NeitherWordsNorLinksStandInTheClear) {
    const auto id = MakeCode();
    ASSERT_EQ(Invite(id, "a very private word").status, 202);
    const auto reset = MakeResetLink(house.ActorOf("ada").Ask<Permission::kUsersWrite>().value(),
                                     house.world, house.AccountId("max"));
    EXPECT_TRUE(reset.value().is_mailed);
    const std::string bytes = house.database.Bytes();
    EXPECT_THAT(bytes, Not(HasSubstr("a very private word")));
    EXPECT_THAT(bytes, Not(HasSubstr(reset.value().token)));
    for (const Event& event : house.Events())
        EXPECT_THAT(event.details, Not(HasSubstr(link))) << NameOf(event.kind);
    EXPECT_THAT(house.Events(2)[1].details, HasSubstr("ann@example.org"));
}

// ── Password resets ────────────────────────────────────────────────────────────────────────────

TEST_P(MailsTo, NTFY1WhoeverForgotGetsALinkThatWorks) {
    AskForReset(house.world, {}, "max", "de");
    const auto errand = Take();
    ASSERT_TRUE(errand);
    EXPECT_EQ(errand->mail.recipient, "max@ostiary.test");
    const MailText text = Text(*errand);
    EXPECT_THAT(text.text, HasSubstr("http://ostiary.test/password-reset/"));
    EXPECT_THAT(text.html, HasSubstr("lang=\"de\""));
    const std::size_t at = errand->letter.link.rfind('/', errand->letter.link.size() - 2) + 1;
    const std::string token = errand->letter.link.substr(at, errand->letter.link.size() - at - 1);
    EXPECT_TRUE(OpenResetLink(house.world, token).ok());
    RecordMail(house.world, "node", errand->mail.id, Handed::kTaken, "");
    EXPECT_THAT(house.database.Bytes(), Not(HasSubstr(token)));
}

TEST_P(MailsTo, NTFY1AskingDoesTheSameForNamesThatNobodyHas) {
    AskForReset(house.world, {}, "nobody at all", "en");
    AskForReset(house.world, {}, "max", "en");
    int rows = 0;
    house.store->Read([&](Work& work) {
        rows += static_cast<int>(work.raw.List(*FindRawTable("mail"), {}).rows.size());
    });
    EXPECT_EQ(rows, 2);  // one each, and only the sender finds out
    const auto errand = Take();
    ASSERT_TRUE(errand);
    EXPECT_EQ(errand->letter.username, "max");
    EXPECT_FALSE(Take());
}

TEST_P(MailsTo, NTFY1NobodyIsFloodedWithResetMails) {
    for (int i = 0; i < 5; ++i)
        AskForReset(house.world, {}, i % 2 ? "max" : "max@ostiary.test", "en");
    ASSERT_TRUE(Reply(Handed::kTaken));
    EXPECT_FALSE(Take());
    house.clock.Pass(11 * kMinute);
    AskForReset(house.world, {}, "max", "en");
    EXPECT_TRUE(Take());
}

TEST_P(MailsTo, NTFY1ASuperusersLinkIsMailedAndStaysCopyable) {
    const auto made = MakeResetLink(house.ActorOf("ada").Ask<Permission::kUsersWrite>().value(),
                                    house.world, house.AccountId("max"));
    const auto errand = Take();
    ASSERT_TRUE(errand);
    EXPECT_EQ(errand->letter.link, made.value().url);
    ASSERT_TRUE(OpenResetLink(house.world, made.value().token).ok());
    HandBackMail(house.world, "node", errand->mail.id);
    (void)MakeResetLink(house.ActorOf("ada").Ask<Permission::kUsersWrite>().value(), house.world,
                        house.AccountId("max"));
    const auto second = Take();  // the first link ended, and its mail with it
    ASSERT_TRUE(second);
    EXPECT_NE(second->letter.link, made.value().url);
    EXPECT_FALSE(Take());
}

// ── Approvals ──────────────────────────────────────────────────────────────────────────────────

TEST_P(MailsTo, NTFY1SuperusersHearOfCodesThatWaitAndMakersOfTheVerdict) {
    const auto id = MakeCode(R"({"role":"admin"})", "max");
    const auto asked = Take();
    ASSERT_TRUE(asked);
    EXPECT_EQ(asked->mail.recipient, "ada@ostiary.test");
    EXPECT_THAT(Text(*asked).text,
                HasSubstr("http://ostiary.test/admin/invite-codes/" + std::to_string(id) + "/"));
    RecordMail(house.world, "node", asked->mail.id, Handed::kTaken, "");
    EXPECT_FALSE(Take());
    house.Post("/api/invite-codes/" + std::to_string(id) + "/reject/", R"({"reason":"Too much"})",
               "ada");
    const auto told = Take();
    ASSERT_TRUE(told);
    EXPECT_EQ(told->mail.recipient, "max@ostiary.test");
    EXPECT_THAT(Text(*told).text, HasSubstr("Too much"));
    EXPECT_THAT(Text(*told).text, HasSubstr("/manager/invite-codes/"));
    EXPECT_FALSE(Take());
}

TEST_P(MailsTo, NTFY1AnApprovalThatWasGivenMeanwhileIsNotAskedFor) {
    const auto id = MakeCode(R"({"role":"admin"})", "max");
    house.Post("/api/invite-codes/" + std::to_string(id) + "/approve/", "", "ada");
    const auto told = Take();
    ASSERT_TRUE(told);
    EXPECT_EQ(told->mail.kind, MailKind::kApproved);
    EXPECT_FALSE(Take("another"));
}

TEST_P(MailsTo, NTFY1WhoeverWantsNoSuchMailsGetsNone) {
    Visitor ada(house);
    ada.LogIn("ada");
    EXPECT_THAT(ada.Get("/account/").body, HasSubstr("Mail me when"));
    EXPECT_EQ(ada.Submit("/account/", "/account/mails/", {}).status, 303);
    MakeCode(R"({"role":"admin"})", "max");
    EXPECT_FALSE(Take());
    EXPECT_EQ(ada.Submit("/account/", "/account/mails/", {{"mails", "1"}}).status, 303);
    MakeCode(R"({"role":"admin"})", "max");
    EXPECT_TRUE(Take());
}

TEST_P(MailsTo, NTFY1OldOnesGoAfterNinetyDays) {
    const auto id = MakeCode();
    ASSERT_EQ(Invite(id).status, 202);
    ASSERT_TRUE(Reply(Handed::kTaken));
    house.clock.Pass(90 * kDay);
    EXPECT_EQ(DeleteOldMails(house.world), 0u);
    house.clock.Pass(1);
    EXPECT_EQ(DeleteOldMails(house.world), 1u);
}

}  // namespace
}  // namespace ostiary
