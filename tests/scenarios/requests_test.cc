// APPR-1, "Request an invitation": anybody may ask where it is switched on; nobody learns anything
// by asking; whoever may make such a code decides.

#include "core/requests.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "core/accounts.h"
#include "core/audit_verify.h"
#include "core/mails_delivery.h"
#include "core/notifications.h"
#include "support/visitor.h"
#include "util/text.h"

namespace ostiary {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr const char* kPath = "/api/requests/";

class Requests : public testing::TestWithParam<DatabaseKind> {
protected:
    Requests() { house.config.requests_open = house.config.requests_task_groups = true; }

    Answer Ask(const std::string& name, const std::string& group = "",
               const std::string& domain = "example.org") {
        house.clock.Pass(kHour / 10);  // one address asks ten times an hour
        return house.Post(kPath,
                          fmt::format(R"({{"email":"{0}@{2}","name":"{0}","message":"I know Ann",)"
                                      R"("task_group":"{1}"}})",
                                      name, group, domain));
    }
    std::string AskedBy(const std::string& name, const std::string& group = "") {
        EXPECT_EQ(Ask(name, group).status, 202);
        for (const auto& one : house.Get("/api/requests/?page_size=100", "ada").Rows())
            if (one.at("name").as_string() == name) return boost::json::serialize(one.at("id"));
        return "none";
    }
    // The names of those who wait, as somebody sees them.
    std::vector<std::string> Waiting(std::string_view as, std::string_view state = "open") {
        std::vector<std::string> names;
        for (const auto& one : house.Get(fmt::format("{}?state={}", kPath, state), as).Rows())
            names.emplace_back(one.at("name").as_string());
        return names;
    }
    Answer Accept(const std::string& id, std::string_view as = "ada",
                  const std::string& body = "") {
        return house.Post(kPath + id + "/accept/", body, as);
    }
    Answer Decline(const std::string& id, std::string_view as = "ada",
                   const std::string& body = R"({"reason": "We do not know you"})") {
        return house.Post(kPath + id + "/decline/", body, as);
    }
    std::int64_t Unseen(std::string_view username) {
        const Actor actor = house.ActorOf(username);
        return CountUnseen(actor.Ask<Permission::kOwnAccount>().value(), house.world);
    }
    // The mails that are due: whom to, of what kind, and what they say.
    std::vector<std::string> Mails() {
        std::vector<std::string> mails;
        while (const auto errand = TakeMail(house.world, "node")) {
            EXPECT_TRUE(BeginHandover(house.world, "node", errand->mail.id));
            RecordMail(house.world, "node", errand->mail.id, Handed::kTaken, "");
            mails.push_back(fmt::format("{} to {}: {}", NameOf(errand->mail.kind),
                                        errand->mail.recipient, errand->letter.words));
        }
        return mails;
    }

    House house{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, Requests, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(Requests, NobodyCanAskUntilItIsSwitchedOn) {
    house.config.requests_open = false;
    EXPECT_EQ(Ask("una").status, 404);
    Visitor guest(house);
    EXPECT_EQ(guest.Get("/request-invitation/").status, 404);
    for (const char* page : {"/", "/login/", "/register/", "/register/?code=NEVERWAS"})
        EXPECT_THAT(guest.Get(page).body, Not(HasSubstr("/request-invitation/"))) << page;
    EXPECT_EQ(guest.Submit("/login/", "/request-invitation/", {{"name", "Una"}}).status, 404);
    house.config.requests_open = true;
    for (const char* page : {"/", "/login/", "/register/", "/register/?code=NEVERWAS"})
        EXPECT_THAT(guest.Get(page).body, HasSubstr("/request-invitation/")) << page;
    EXPECT_EQ(guest.Get("/request-invitation/").status, 200);
}

TEST_P(Requests, AGuestAsksAndASuperuserAcceptsWithTheProposedTemplate) {
    house.ConfigureMail();
    Visitor guest(house);
    const Answer sent = guest.Submit("/request-invitation/", "/request-invitation/",
                                     {{"name", "Una Uhu"},
                                      {"email", "una@example.org"},
                                      {"task_group", "cleaning"},
                                      {"message", "Ann told me\nof you"}});
    EXPECT_EQ(sent.status, 200);
    EXPECT_THAT(sent.body, HasSubstr("Your request is on its way"));
    EXPECT_THAT(Mails(), IsEmpty()) << "nothing is mailed before somebody decided";

    Visitor ada(house);
    ada.LogIn("ada");
    EXPECT_THAT(ada.Get("/admin/").body, HasSubstr("1 person asks for an invitation"));
    EXPECT_THAT(ada.Get("/admin/approvals/").body, HasSubstr("Una Uhu"));
    const std::string id = house.Get(kPath, "ada").Text("results.0.id");
    const std::string page = "/admin/approvals/" + id + "/";
    EXPECT_THAT(ada.Get(page).body, HasSubstr("Ann told me\nof you"));
    const Answer done = ada.Submit(page, page + "accept/",
                                   {{"template", "New Employee"},
                                    {"role", ""},
                                    {"task_group", "cleaning"},
                                    {"message", "Welcome"}});
    ASSERT_EQ(done.status, 303) << done.body;
    EXPECT_THAT(Mails(), ElementsAre("invitation to una@example.org: Welcome"));
    const std::string path = "/api" + std::string(done.HeaderValue("location")).substr(6);
    const Answer code = house.Get(path, "ada");
    EXPECT_EQ(code.Text("email"), "una@example.org");
    EXPECT_EQ(code.Text("name"), "Una Uhu");
    EXPECT_EQ(code.Text("task_group"), "cleaning");
    EXPECT_EQ(code.Text("template"), "New Employee");
    EXPECT_EQ(code.Number("max_uses"), 1);
    EXPECT_FALSE(code.At("expires_at").is_null());
    EXPECT_THAT(Waiting("ada"), IsEmpty());
    EXPECT_THAT(Waiting("ada", "accepted"), ElementsAre("Una Uhu"));
    EXPECT_THAT(ada.Get("/admin/approvals/?show=accepted").body, HasSubstr("decided by"));
    EXPECT_EQ(Accept(id).Text("code"), "request.decided");
    EXPECT_EQ(Decline(id).Text("code"), "request.decided");
}

// SEC-3
TEST_P(Requests, AskingSaysNothingOfWhoIsKnown) {
    const Answer first = Ask("una");
    // The same words, whoever it is, but for the address that was sent.
    const auto same = [&](const Answer& answer, std::string_view address) {
        std::string body = answer.body;
        const auto at = body.find(address);
        ASSERT_NE(at, body.npos) << body;
        body.replace(at, address.size(), "una@example.org");
        EXPECT_EQ(answer.status, 202);
        EXPECT_EQ(body, first.body);
    };
    same(Ask("una"), "una@example.org");
    same(Ask("UNA", "", "Example.ORG"), "UNA@Example.ORG");
    same(Ask("max", "", "ostiary.test"), "max@ostiary.test");
    house.Create(R"({"email": "bob@example.org"})");
    same(Ask("bob"), "bob@example.org");
    const auto rows = house.Get(kPath, "ada").Rows();
    ASSERT_THAT(rows, SizeIs(3)) << "of one address one request is open";
    EXPECT_EQ(rows[0].at("times_asked").as_int64(), 3);
    EXPECT_EQ(rows[0].at("message").as_string(), "I know Ann");
}

TEST_P(Requests, WhatIsWrongIsToldByFieldAndRule) {
    const auto wrong = [&](const std::string& body) {
        house.clock.Pass(kHour);
        const Answer answer = house.Post(kPath, body);
        EXPECT_EQ(answer.status, 400) << answer.body;
        std::string fields;
        const auto blamed = answer.At("fields");
        for (const auto& one : blamed.as_object()) fields += std::string(one.key()) + " ";
        return fields;
    };
    EXPECT_EQ(wrong("{}"), "name email message ");
    EXPECT_EQ(wrong(fmt::format(R"({{"name":"U","email":"u@example.org","message":"{}"}})",
                                std::string(1001, 'x'))),
              "message ");
    EXPECT_EQ(wrong(R"({"name":"U\u0007","email":"u@x","message":"x","task_group":"space"})"),
              "name email task_group ");
    house.config.requests_task_groups = false;
    EXPECT_EQ(wrong(R"({"name":"U","email":"u@x.org","message":"x","task_group":"cleaning"})"),
              "task_group ");
    Visitor guest(house);
    const Answer form = guest.Submit("/request-invitation/", "/request-invitation/",
                                     {{"name", "Una"}, {"email", "nobody"}, {"message", "Hello"}});
    EXPECT_EQ(form.status, 400);
    EXPECT_THAT(form.body, HasSubstr("This is not an email address"));
    EXPECT_THAT(form.body, HasSubstr("value=\"nobody\""));
    EXPECT_THAT(form.body, HasSubstr("Hello</textarea>"));
    EXPECT_THAT(form.body, Not(HasSubstr("task_group")));
    EXPECT_THAT(Waiting("ada"), IsEmpty());
}

TEST_P(Requests, TheQueueIsBoundedAndSaysSoToEverybodyAlike) {
    house.config.requests_most_open = 2;
    EXPECT_EQ(Ask("ann").status, 202);
    EXPECT_EQ(Ask("bob").status, 202);
    for (const char* name : {"cec", "ann"}) {  // one who is new, one who asked already
        const Answer full = Ask(name);
        EXPECT_EQ(full.status, 503) << full.body;
        EXPECT_EQ(full.Text("code"), "requests.full");
    }
    Visitor guest(house);
    const Answer page =
        guest.Submit("/request-invitation/", "/request-invitation/",
                     {{"name", "Dan"}, {"email", "dan@example.org"}, {"message", "Hello"}});
    EXPECT_EQ(page.status, 503);
    EXPECT_THAT(page.body, HasSubstr("nobody else can for now"));
    EXPECT_THAT(page.body, HasSubstr("dan@example.org"));
    EXPECT_EQ(Decline(house.Get(kPath, "ada").Text("results.0.id")).status, 200);
    EXPECT_EQ(Ask("cec").status, 202);
}

TEST_P(Requests, OneAddressAsksTenTimesAnHour) {
    house.config.limits = true;
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(house
                      .Post(kPath, fmt::format(R"({{"email":"u{}@example.org","name":"U",)"
                                               R"("message":"x"}})",
                                               i))
                      .status,
                  202);
    const Answer refused = house.Post(kPath, "{}");
    EXPECT_EQ(refused.status, 429);
    EXPECT_FALSE(refused.HeaderValue("retry-after").empty());
    EXPECT_EQ(house.Get("/request-invitation/").status, 200);
}

// PERM-4, PERM-5
TEST_P(Requests, WhoeverMayMakeSuchACodeDecides) {
    const std::string cleaning = AskedBy("cleo", "cleaning"), laundry = AskedBy("lara", "laundry"),
                      any = AskedBy("andi");
    EXPECT_THAT(Waiting("ada"), ElementsAre("cleo", "lara", "andi"));
    EXPECT_THAT(Waiting("gil"), ElementsAre("cleo", "lara", "andi"));
    EXPECT_THAT(Waiting("sam"), ElementsAre("cleo", "lara", "andi"));
    EXPECT_THAT(Waiting("max"), ElementsAre("cleo"));
    EXPECT_EQ(house.Get(kPath, "vic").status, 403);
    EXPECT_EQ(house.Get(kPath + laundry + "/", "max").status, 404);
    EXPECT_EQ(Accept(laundry, "max").status, 404);
    EXPECT_EQ(Decline(any, "max").status, 404);
    // What exceeds whoever accepts waits like any other code, and its mail with it.
    house.ConfigureMail();
    const Answer more = Accept(cleaning, "max", R"({"role": "admin"})");
    ASSERT_EQ(more.status, 200) << more.body;
    EXPECT_EQ(more.Text("data.code.status"), "pending");
    EXPECT_FALSE(more.At("data.mailed").as_bool());
    EXPECT_THAT(Mails(), testing::Each(HasSubstr("approval_asked")));
    ASSERT_EQ(house.Post(fmt::format("/api/invite-codes/{}/approve/", more.Number("data.code.id")),
                         "", "ada")
                  .status,
              200);
    EXPECT_THAT(Mails(), testing::Contains("invitation to cleo@example.org: "));
    const Answer own = Accept(laundry, "gil", R"({"template": "", "message": "Hello"})");
    EXPECT_EQ(own.Text("data.code.status"), "active");
    EXPECT_TRUE(own.At("data.code.template").is_null());
    EXPECT_TRUE(own.At("data.mailed").as_bool());
    Visitor max(house), sam(house);
    max.LogIn("max");
    sam.LogIn("sam");
    EXPECT_EQ(max.Get("/manager/approvals/" + any + "/").status, 404);
    EXPECT_THAT(max.Get("/manager/").body, HasSubstr("/manager/approvals/"));
    EXPECT_THAT(sam.Get("/manage/approvals/").body, HasSubstr("andi"));
    EXPECT_EQ(max.Get("/admin/approvals/" + any + "/").status, 403);
}

TEST_P(Requests, OfTwoWhoDecideAtOnceOneIsTold) {
    const std::string id = AskedBy("una");
    EXPECT_EQ(Decline(id).status, 200);
    const Answer late = Accept(id, "gil");
    EXPECT_EQ(late.status, 409);
    EXPECT_EQ(late.Text("code"), "request.decided");
    EXPECT_EQ(house.Get("/api/invite-codes/", "ada").Rows().size(), 0u);
}

TEST_P(Requests, ADeclinedOneIsToldOnlyWhereItIsTicked) {
    const std::string first = AskedBy("una");
    EXPECT_EQ(Decline(first, "ada", R"({"mail": true})").Text("code"), "mail.off");
    house.ConfigureMail();
    EXPECT_EQ(Decline(first).Text("data.reason"), "We do not know you");
    EXPECT_THAT(Mails(), IsEmpty());
    const std::string second = AskedBy("una");  // may ask again
    EXPECT_NE(second, first);
    EXPECT_EQ(Decline(second, "ada", R"({"reason": "Full", "mail": true})").status, 200);
    EXPECT_THAT(Mails(), ElementsAre("request_declined to una@example.org: Full"));
    EXPECT_EQ(
        Decline(AskedBy("bob"), "ada", fmt::format(R"({{"reason": "{}"}})", std::string(1001, 'x')))
            .status,
        400);
}

TEST_P(Requests, WhoDecidesIsToldOnceUntilTheyHaveLooked) {
    const std::string first = AskedBy("una", "laundry"), second = AskedBy("bob", "laundry");
    for (const char* who : {"ada", "gil", "sam"}) EXPECT_EQ(Unseen(who), 1) << who;
    EXPECT_EQ(Unseen("max"), 0) << "of another team";
    EXPECT_EQ(Unseen("vic"), 0);
    Visitor gil(house);
    gil.LogIn("gil");
    const std::string page = gil.Get("/account/notifications/").body;
    EXPECT_THAT(page, HasSubstr("Somebody asks for an invitation"));
    EXPECT_THAT(page, HasSubstr("/manager/approvals/"));
    EXPECT_EQ(Unseen("gil"), 0);
    Decline(first);
    EXPECT_EQ(Unseen("ada"), 1);
    Decline(second);
    EXPECT_EQ(Unseen("ada"), 0) << "nobody waits any more";
}

TEST_P(Requests, ACodeThatWhoeverAskedCouldNotUseIsNotMade) {
    const std::string id = AskedBy("una");
    const Answer refused = Accept(id, "ada", R"({"email_domains": ["club.example"]})");
    EXPECT_EQ(refused.status, 400);
    EXPECT_THAT(refused.body, HasSubstr("could not use this code"));
    EXPECT_EQ(Accept(id, "ada", R"({"max_uses": 5})").status, 400);
    EXPECT_EQ(Accept(id, "ada", R"({"template": "Nobody's"})").status, 400);
    EXPECT_THAT(Waiting("ada"), ElementsAre("una"));
    // The proposed template is gone: the defaults of a code.
    house.config.requests_template = "Gone";
    EXPECT_TRUE(Accept(id).At("data.code.template").is_null());
}

// AUD-1, AUD-2
TEST_P(Requests, TheLogSaysWhoDecidedAndNothingOfWhoAsked) {
    const std::string id = AskedBy("ursula");
    Decline(id, "ada", R"({"reason": "Ursula is unknown to us"})");
    std::vector<std::string> kinds;
    for (const Event& event : house.Events(2)) {
        kinds.emplace_back(NameOf(event.kind));
        EXPECT_EQ(event.subject_name, "#" + id);
        EXPECT_THAT(Fold(event.details), Not(HasSubstr("ursula")));
    }
    EXPECT_THAT(kinds, ElementsAre("request.declined", "request.asked"));
}

TEST_P(Requests, AgeOutAndAreErasedWithThePerson) {
    Decline(AskedBy("una"));
    AskedBy("bob");
    house.clock.Pass(91 * kDay);
    DeleteOldRequests(house.world);
    EXPECT_THAT(Waiting("ada", "declined"), IsEmpty());
    EXPECT_THAT(Waiting("ada"), ElementsAre("bob")) << "somebody has yet to decide";
    const Answer accepted = Accept(house.Get(kPath, "ada").Text("results.0.id"));
    ASSERT_EQ(house.Register(accepted.Text("data.code.code"), "bob").status, 201);
    const Actor console = Actor::Console("test");
    const auto may = console.Ask<Permission::kUsersWrite>().value();
    ASSERT_TRUE(DeactivateAccount(may, house.world, house.AccountId("bob")).ok());
    EXPECT_THAT(Waiting("ada", "accepted"), ElementsAre("bob"));
    LinkAuditLog(house.world, 100'000);
    ASSERT_TRUE(EraseAccount(may, house.world, "bob").ok());
    EXPECT_THAT(Waiting("ada", "accepted"), IsEmpty());
}

}  // namespace
}  // namespace ostiary
