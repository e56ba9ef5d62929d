// BULK-3: a list of people is invited, each with a code bound to their address; who joined, who did
// not, and what can be done about the others.

#include "core/invite_list.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "core/mails.h"
#include "core/mails_delivery.h"
#include "support/visitor.h"

namespace ostiary {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::UnorderedElementsAre;

constexpr const char* kPath = "/api/invite-codes/invite/";

class InviteList : public testing::TestWithParam<DatabaseKind> {
protected:
    // The batch that came of it.
    std::string Invite(const std::string& body, std::string_view as = "ada") {
        const Answer answer = house.Post(kPath, body, as);
        EXPECT_EQ(answer.status, 201) << answer.body;
        return answer.Text("data.batch");
    }
    std::vector<Invited> Listed(const std::string& batch, std::string_view as = "ada") {
        const Actor actor = house.ActorOf(as);
        return ListInvited(actor.Ask<Permission::kCodesRead>().value(), house.world,
                           ScopeOf(actor, house.world), batch)
            .value();
    }
    std::vector<std::string> States(const std::string& batch) {
        std::vector<std::string> states;
        for (const Invited& one : Listed(batch))
            states.push_back(one.code.email.substr(0, 3) + " " + std::string(NameOf(one.state)));
        return states;
    }
    Result<std::size_t> Remind(const std::string& batch, std::string_view as = "ada") {
        const Actor actor = house.ActorOf(as);
        return RemindInvited(actor.Ask<Permission::kCodesWrite>().value(), house.world,
                             ScopeOf(actor, house.world), batch, "Do come", "en");
    }
    // The mails that are due, handed over; to whom, and of what kind.
    std::vector<std::string> Deliver(Handed handed = Handed::kTaken) {
        std::vector<std::string> sent;
        while (const auto errand = TakeMail(house.world, "node")) {
            EXPECT_TRUE(BeginHandover(house.world, "node", errand->mail.id));
            RecordMail(house.world, "node", errand->mail.id, handed, "no such user");
            sent.push_back(errand->mail.recipient.substr(0, 3) + " " +
                           std::string(NameOf(errand->mail.kind)));
        }
        std::ranges::sort(sent);
        return sent;
    }
    Answer Join(const Invited& one) {
        const std::string name = one.code.email.substr(0, 3);
        return house.Post(
            "/api/register/",
            fmt::format(R"({{"invite_code":"{}","username":"{}","email":"{}",)"
                        R"("password":"{}","password_confirm":"{}"}})",
                        one.code.code, name, one.code.email, kGoodPassword, kGoodPassword));
    }

    House house{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, InviteList, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

constexpr const char* kThree =
    R"({"people":["Ann Amsel <ann@example.org>","bob@example.org","cec@example.org"],)"
    R"("task_group":"cleaning","expires_days":14,"label":"Spring","message":"See you soon"})";

constexpr const char* kOfAnotherTeam =
    R"({"people":["gus@example.org"],"task_group":"maintenance"})";

TEST_P(InviteList, BULK3EachGetsACodeOfTheirOwnBoundToTheirAddressAndAMail) {
    house.ConfigureMail();
    const Answer answer = house.Post(kPath, kThree, "ada");
    ASSERT_EQ(answer.status, 201) << answer.body;
    EXPECT_TRUE(answer.At("data.mailed").as_bool());
    const auto people = Listed(answer.Text("data.batch"));
    ASSERT_THAT(people, SizeIs(3));
    std::set<std::string> codes;
    for (const Invited& one : people) {
        EXPECT_EQ(one.code.max_uses, 1);
        EXPECT_EQ(one.code.task_group, "cleaning");
        EXPECT_EQ(one.code.expires_at, house.clock.Now() + 14 * kDay);
        EXPECT_EQ(one.state, InviteState::kOnItsWay);
        codes.insert(one.code.code);
    }
    EXPECT_THAT(codes, SizeIs(3));
    EXPECT_EQ(people[0].code.name, "Ann Amsel");
    EXPECT_EQ(people[0].mail->facts.words, "See you soon");
    EXPECT_THAT(Deliver(), ElementsAre("ann invitation", "bob invitation", "cec invitation"));
    ASSERT_EQ(Join(people[0]).status, 201);
    EXPECT_THAT(States(answer.Text("data.batch")),
                ElementsAre("ann joined", "bob mailed", "cec mailed"));
    Invited wrong = people[1];
    wrong.code.email = "eve@example.org";
    EXPECT_EQ(Join(wrong).status, 400) << "the code is Bob's";
}

TEST_P(InviteList, BULK3EveryCodeAndEveryMailIsAnEventOfItsOwn) {
    house.ConfigureMail();
    Invite(kThree);
    std::vector<EventKind> kinds;
    for (const Event& event : house.Events(6)) kinds.push_back(event.kind);
    EXPECT_EQ(std::ranges::count(kinds, EventKind::kCodeCreated), 3);
    EXPECT_EQ(std::ranges::count(kinds, EventKind::kCodeMailed), 3);
}

TEST_P(InviteList, BULK3WhoeverIsHereOrWasInvitedIsLeftOutAndNamed) {
    const std::string first = Invite(kThree);
    ASSERT_EQ(Join(Listed(first)[0]).status, 201);
    const Answer again = house.Post(
        kPath, R"({"people":["ann@example.org","BOB@example.org","dan@example.org"]})", "ada");
    ASSERT_EQ(again.status, 201) << again.body;
    EXPECT_THAT(again.At("data.invited").as_array(), SizeIs(1));
    EXPECT_EQ(again.Text("data.skipped.0.reason"), "account.exists");
    EXPECT_EQ(again.Text("data.skipped.1.reason"), "invited.already");
    EXPECT_FALSE(again.At("data.mailed").as_bool()) << "no mail server is configured";
}

TEST_P(InviteList, BULK3AManagerIsNotToldWhomOtherTeamsInvited) {
    Invite(R"({"people":["eve@example.org"],"task_group":"maintenance"})");
    const Answer answer =
        house.Post(kPath, R"({"people":["eve@example.org"],"task_group":"cleaning"})", "max");
    ASSERT_EQ(answer.status, 201) << answer.body;
    EXPECT_THAT(answer.At("data.skipped").as_array(), IsEmpty());
    EXPECT_EQ(house.Post(kPath, kThree, "vic").status, 403);
}

TEST_P(InviteList, BULK3ADryRunSaysTheSameAndWritesNothing) {
    const auto before = house.Events(1).front().id;
    const Answer answer =
        house.Post(kPath, R"({"people":["ann@example.org"],"dry_run":true})", "ada");
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_THAT(answer.At("data.invited").as_array(), SizeIs(1));
    EXPECT_TRUE(answer.At("data.batch").is_null());
    EXPECT_EQ(house.Events(1).front().id, before);
}

TEST_P(InviteList, BULK3LatecomersAreInvitedToTheSame) {
    const std::string batch = Invite(kThree);
    house.clock.Pass(2 * kDay);
    EXPECT_EQ(Invite(R"({"people":["dan@example.org"],"batch":")" + batch + "\"}"), batch);
    const auto people = Listed(batch);
    ASSERT_THAT(people, SizeIs(4));
    EXPECT_EQ(people[3].code.email, "dan@example.org");
    EXPECT_EQ(people[3].code.task_group, "cleaning");
    EXPECT_EQ(people[3].code.expires_at, people[0].code.expires_at);
    const auto late = [&](const std::string& to, std::string_view as) {
        return house.Post(kPath, R"({"people":["fay@example.org"],"batch":")" + to + "\"}", as);
    };
    EXPECT_EQ(late(Invite(kOfAnotherTeam), "max").status, 404);
    house.clock.Pass(20 * kDay);
    EXPECT_EQ(late(batch, "ada").Text("code"), "batch.ended");
}

TEST_P(InviteList, BULK3WhoHasNotJoinedIsRemindedAndNobodyElse) {
    house.ConfigureMail();
    const std::string batch = Invite(kThree);
    EXPECT_EQ(Remind(batch).value(), 0u) << "each mail is on its way still";
    Deliver();
    ASSERT_EQ(Join(Listed(batch)[1]).status, 201);
    ASSERT_EQ(
        house.Post(fmt::format("/api/invite-codes/{}/revoke/", Listed(batch)[2].code.id), "", "ada")
            .status,
        200);
    EXPECT_EQ(Remind(batch).value(), 1u);
    EXPECT_THAT(Deliver(Handed::kRefused), ElementsAre("ann reminder"));
    EXPECT_THAT(States(batch), ElementsAre("ann failed", "bob joined", "cec ended"));
    EXPECT_EQ(Remind(Invite(kOfAnotherTeam), "max").error().kind, ErrorKind::kNotFound);
    EXPECT_EQ(Remind("no such batch").error().kind, ErrorKind::kNotFound);
}

TEST_P(InviteList, BULK3WhatExceedsTheInviterWaitsAndIsNotMailedBeforeItIsApproved) {
    house.ConfigureMail();
    const std::string batch =
        Invite(R"({"people":["ann@example.org","bob@example.org"],"role":"admin"})", "max");
    EXPECT_THAT(States(batch), ElementsAre("ann waiting", "bob waiting"));
    EXPECT_THAT(Deliver(), ElementsAre("ada approval_asked")) << "asked once, not for each";
    const auto decide = [&](std::size_t at, std::string_view verb) {
        const CodeId id = Listed(batch)[at].code.id;
        ASSERT_EQ(house.Post(fmt::format("/api/invite-codes/{}/{}/", id, verb), "", "ada").status,
                  200);
    };
    decide(0, "approve");
    EXPECT_THAT(States(batch), ElementsAre("ann on_its_way", "bob waiting"));
    EXPECT_EQ(Remind(batch).value(), 0u) << "it is on its way already";
    EXPECT_THAT(Deliver(), testing::UnorderedElementsAre("max approved", "ann invitation"));
    decide(1, "reject");
    EXPECT_THAT(Deliver(), ElementsAre("max rejected"));
    decide(1, "approve");
    EXPECT_THAT(Deliver(), ElementsAre("max approved")) << "what was held is dropped for good";
    EXPECT_EQ(Remind(batch).value(), 2u);
}

TEST_P(InviteList, BULK3NobodyMailsMoreThanAThousandAnHour) {
    house.ConfigureMail();
    house.QueueMails("ada", kMostMailsEachHour - 2);
    const auto before = house.Events(1).front().id;
    const Answer refused = house.Post(kPath, kThree, "ada");
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.Text("code"), "mail.often");
    EXPECT_EQ(house.Events(1).front().id, before) << "all or none";
    house.clock.Pass(kHour + 1);
    EXPECT_EQ(house.Post(kPath, kThree, "ada").status, 201);
}

TEST_P(InviteList, BULK3AddressesOfOtherDomainsAreLeftOut) {
    const Answer answer = house.Post(
        kPath,
        R"({"people":["ann@example.org","bob@example.com"],"email_domains":["example.org"]})",
        "ada");
    EXPECT_EQ(answer.Text("data.skipped.0.reason"), "email.domain");
    EXPECT_EQ(answer.Text("data.skipped.0.email"), "bob@example.com");
}

TEST_P(InviteList, BULK3TooManyOrNoneAreRefusedByTheRule) {
    EXPECT_EQ(house.Post(kPath, R"({"people":[]})", "ada").Text("code"), "people.none");
    std::string many = R"({"people":[)";
    for (std::size_t i = 0; i <= kMostInvited; ++i)
        many += (i ? "," : "") + fmt::format("\"g{}@example.org\"", i);
    const Answer refused = house.Post(kPath, many + "]}", "ada");
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(refused.Text("code"), "people.many");
}

TEST_P(InviteList, BULK3InThePortalTheListIsShownBeforeAnybodyIsInvited) {
    Visitor ada(house);
    ada.LogIn("ada");
    const std::string path = "/admin/invite-codes/invite/";
    EXPECT_THAT(ada.Get(path).body, HasSubstr("Invite a list of people"));
    const std::vector<std::pair<std::string, std::string>> typed = {
        {"people", "Ann <ann@example.org>\nnobody\nann@example.org"}, {"label", "Spring"}};
    const Answer asked = ada.Submit(path, path, typed);
    EXPECT_EQ(asked.status, 200);
    EXPECT_THAT(asked.body, HasSubstr("Invite 1 person?"));
    EXPECT_THAT(asked.body, HasSubstr("in line 2: this is no address"));
    EXPECT_THAT(asked.body, HasSubstr("1 address stands there twice"));
    auto agreed = typed;
    agreed.emplace_back("agreed", "1");
    const Answer done = ada.Submit(path, path, agreed);
    ASSERT_EQ(done.status, 303) << done.body;
    const std::string page(done.HeaderValue("location"));
    EXPECT_THAT(page, HasSubstr("/admin/invite-codes/batches/"));
    EXPECT_THAT(ada.Get(page).body, HasSubstr("1 person invited"));
    const Answer refused = ada.Submit(path, path, {{"people", ""}, {"label", "Spring"}});
    EXPECT_EQ(refused.status, 400);
    EXPECT_THAT(refused.body, HasSubstr("Name at least one address"));
    EXPECT_THAT(refused.body, HasSubstr("Spring")) << "nothing typed is lost";
}

}  // namespace
}  // namespace ostiary
