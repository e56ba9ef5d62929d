// How somebody gets in: the rules of registration, through the API and the core.

#include "core/registration.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <barrier>
#include <thread>

#include "core/accounts.h"
#include "core/tokens.h"
#include "support/house.h"

namespace ostiary {
namespace {

class Registration : public testing::TestWithParam<DatabaseKind> {
protected:
    std::string Word(const boost::json::object& code) {
        return std::string(code.at("code").as_string());
    }
    std::int64_t Id(const boost::json::object& code) { return code.at("id").as_int64(); }
    Answer Send(boost::json::object form) {
        form.emplace("username", "ann");
        form.emplace("email", "ann@example.org");
        form.emplace("password", kGoodPassword);
        return house.Post("/api/register/", boost::json::serialize(form));
    }
    std::size_t People() {
        std::size_t people = 0;
        house.store->Read([&](Work& work) {
            AccountQuery everybody;
            everybody.page_size = 100;
            people = work.accounts.List(everybody, house.clock.Now()).accounts.size();
        });
        return people;
    }

    House house{GetParam()};
};

INSTANTIATE_TEST_SUITE_P(EveryDatabase, Registration, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

// REG-6, REG-8
TEST_P(Registration, GivesExactlyWhatTheCodeCarries) {
    const auto code = house.Create(R"({"role": "staff", "task_group": "lawn_pool", "max_uses": 2,
        "aircraft_roles": [{"aircraft": "N12345", "role": "owner"},
                           {"aircraft": "n67890", "role": "pilot"}]})");
    const Answer answer = house.Register(Word(code), "ann");
    ASSERT_EQ(answer.status, 201) << answer.body;
    EXPECT_EQ(answer.Text("data.user.role"), "staff");
    EXPECT_EQ(answer.Text("data.user.task_group"), "lawn_pool");
    EXPECT_EQ(answer.At("data.user.is_superuser"), false);
    EXPECT_EQ(answer.At("data.user.is_staff"), false);
    EXPECT_EQ(boost::json::serialize(answer.At("data.user.aircraft_access")),
              R"([{"aircraft":"N12345","role":"owner"},{"aircraft":"N67890","role":"pilot"}])");
    EXPECT_EQ(house.Uses(Id(code)), 1);
    const Answer who = house.Get(fmt::format("/api/invite-codes/{}/redemptions/", Id(code)), "ada");
    EXPECT_EQ(who.Text("results.0.username"), "ann");
}

// REG-4, REG-11, SEC-3: one answer for every bad code, and the code is judged before the person.
TEST_P(Registration, EveryBadCodeGetsTheSameAnswerWhateverElseIsWrong) {
    const auto off = house.Create("{}");
    house.Post(fmt::format("/api/invite-codes/{}/revoke/", Id(off)), "", "ada");
    const auto used = house.Create("{}");
    ASSERT_EQ(house.Register(Word(used), "bob").status, 201);
    const auto expired = house.Create(R"({"expires_days": 1})");
    house.clock.Pass(2 * kDay);
    const auto pending = house.Create(R"({"role": "admin"})", "max");
    const auto scheduled = house.Create(R"({"starts_at": "2030-01-01T00:00:00Z"})");
    const auto answer_to = [&](const std::string& code, const char* username) {
        Answer answer = Send({{"invite_code", code}, {"username", username}, {"password", "x"}});
        boost::json::object body = answer.json().as_object();
        body.erase("request_id");
        return std::pair(answer.status, boost::json::serialize(body));
    };
    const auto expected = answer_to("NEVERWAS", "fresh");
    EXPECT_EQ(expected.first, 400);
    EXPECT_NE(expected.second.find("Invalid invite code"), std::string::npos);
    for (const auto* code : {&off, &used, &expired, &pending, &scheduled})
        for (const char* username : {"fresh", "ada", ""})
            EXPECT_EQ(answer_to(Word(*code), username), expected);
    EXPECT_EQ(answer_to("\x01\x02", "fresh").first, 400);
    for (const auto* code : {&off, &used, &expired, &pending, &scheduled})
        EXPECT_EQ(
            house
                .Post("/api/invite-codes/validate/", fmt::format(R"({{"code":"{}"}})", Word(*code)))
                .body,
            R"({"valid":false,"error":"Invalid invite code"})");
}

// REG-5
TEST_P(Registration, NamesTakenInAnyCaseAndWidthAreRefusedAndCostNothing) {
    const auto code = house.Create(R"({"max_uses": 2})");
    ASSERT_EQ(Send({{"invite_code", Word(code)}, {"username", "Straße"}}).status, 201);
    for (const char* twin : {"straße", "STRASSE", "Ｓtrasse"}) {
        const Answer again =
            Send({{"invite_code", Word(code)}, {"username", twin}, {"email", "other@example.org"}});
        EXPECT_EQ(again.status, 400) << twin;
        EXPECT_EQ(again.Text("error"), "Username already exists") << again.body;
    }
    const Answer address =
        Send({{"invite_code", Word(code)}, {"username", "other"}, {"email", "ANN@Example.ORG"}});
    EXPECT_EQ(address.Text("error"), "Email already exists") << address.body;
    EXPECT_EQ(house.Uses(Id(code)), 1);
    EXPECT_EQ(People(), 6u);
}

// REG-5
TEST_P(Registration, WeakPasswordsAreRefusedWithTheReason) {
    const auto code = house.Create("{}");
    for (const char* weak :
         {"short", "password1", "ann@example.org", "anna.karenina", "12345678"}) {
        const Answer answer =
            Send({{"invite_code", Word(code)}, {"username", "anna.karenina"}, {"password", weak}});
        EXPECT_EQ(answer.status, 400) << weak;
        EXPECT_TRUE(answer.At("fields.password").is_array()) << answer.body;
    }
    const Answer differs =
        Send({{"invite_code", Word(code)}, {"password_confirm", "Something-else-9"}});
    EXPECT_TRUE(differs.At("fields.password_confirm").is_array()) << differs.body;
    EXPECT_EQ(house.Uses(Id(code)), 0);
}

// REG-3, REG-12
TEST_P(Registration, ACodeWithAnAddressIsThatPersonsAlone) {
    const auto code = house.Create(R"({"email": "Ann@Example.org", "max_uses": 0})");
    const Answer other = Send({{"invite_code", Word(code)}, {"email", "bob@example.org"}});
    EXPECT_EQ(other.status, 400);
    EXPECT_TRUE(other.At("fields.email").is_array()) << other.body;
    EXPECT_EQ(Send({{"invite_code", Word(code)}, {"email", "ann@example.org"}}).status, 201);
    EXPECT_EQ(house.Uses(Id(code)), 1);
}

// CODE-10
TEST_P(Registration, AddressesOutsideTheAllowedDomainsAreRefused) {
    const auto code =
        house.Create(R"({"email_domains": ["example.org", "@club.example"], "max_uses": 0})");
    EXPECT_EQ(Send({{"invite_code", Word(code)}, {"email", "ann@evil.example"}}).status, 400);
    EXPECT_EQ(Send({{"invite_code", Word(code)}, {"email", "ann@sub.example.org"}}).status, 400);
    EXPECT_EQ(Send({{"invite_code", Word(code)}, {"email", "ann@CLUB.example"}}).status, 201);
}

// CODE-10
TEST_P(Registration, AnAccountWithALifetimeEnds) {
    const auto code = house.Create(R"({"account_days": 2})");
    ASSERT_EQ(house.Register(Word(code), "ann").status, 201);
    const std::string login =
        fmt::format(R"({{"username": "ann", "password": "{}"}})", kGoodPassword);
    EXPECT_EQ(house.Post("/api/auth/token/", login).status, 200);
    house.clock.Pass(2 * kDay);
    EXPECT_EQ(house.Post("/api/auth/token/", login).status, 401);
}

// REG-7
TEST_P(Registration, ARetryWithTheSameKeyGetsTheFirstAnswer) {
    const auto code = house.Create(R"({"max_uses": 5})");
    const Answer first = house.Register(Word(code), "ann", {{"idempotency-key", "k1"}});
    const Answer again = house.Register(Word(code), "ann", {{"idempotency-key", "k1"}});
    EXPECT_EQ(first.status, 201);
    EXPECT_EQ(again.status, 201) << again.body;
    EXPECT_EQ(first.body, again.body);
    EXPECT_EQ(house.Uses(Id(code)), 1);
    EXPECT_EQ(house.Register(Word(code), "ann", {{"idempotency-key", "k2"}}).Text("error"),
              "Username already exists");
}

// REG-7: two clicks at the same moment.
TEST_P(Registration, ADoubleClickMakesOneAccountAndWelcomesTwice) {
    const auto code = house.Create(R"({"max_uses": 50})");
    for (int round = 0; round < 10; ++round) {
        const std::string name = fmt::format("ann{}", round);
        int welcomed = 0;
        std::barrier start(2);
        std::mutex counting;
        const auto click = [&] {
            start.arrive_and_wait();
            const int status = house.Register(Word(code), name, {{"idempotency-key", name}}).status;
            const std::lock_guard lock(counting);
            welcomed += status == 201;
        };
        std::thread one(click), two(click);
        one.join();
        two.join();
        EXPECT_EQ(welcomed, 2);
    }
    EXPECT_EQ(house.Uses(Id(code)), 10);
}

// REG-6
TEST_P(Registration, TheLastUseGoesToExactlyOneGuest) {
    const auto code = house.Create(R"({"max_uses": 5})");
    std::atomic<int> welcomed = 0, refused = 0;
    std::vector<std::thread> guests;
    for (int guest = 0; guest < 16; ++guest)
        guests.emplace_back([&, guest] {
            const Answer answer = house.Register(Word(code), fmt::format("guest{}", guest));
            if (answer.status == 201)
                ++welcomed;
            else if (answer.Text("error") == "Invalid invite code")
                ++refused;
        });
    for (auto& guest : guests) guest.join();
    EXPECT_EQ(welcomed, 5);
    EXPECT_EQ(refused, 11);
    EXPECT_EQ(house.Uses(Id(code)), 5);
}

// REG-8, REG-10, REG-7
TEST_P(Registration, AnExistingAccountAddsTheAircraftRolesAndKeepsTheHigherOne) {
    const auto first =
        house.Create(R"({"aircraft_roles": [{"aircraft": "N12345", "role": "owner"}]})");
    const auto second = house.Create(R"({"role": "admin", "max_uses": 5,
        "aircraft_roles": [{"aircraft": "N12345", "role": "pilot"},
                           {"aircraft": "N67890", "role": "pilot"}]})");
    ASSERT_EQ(house.Register(Word(first), "ann").status, 201);
    const Actor ann = house.ActorOf("ann");
    const auto permit = ann.Ask<Permission::kOwnAccount>();
    const auto added = AddAccess(permit.value(), house.world, {Word(second), ""});
    ASSERT_TRUE(added.ok()) << added.error().reason;
    EXPECT_EQ(AccessSummary(added->aircraft_access), "N12345 (owner), N67890 (pilot)");
    EXPECT_FALSE(house.ActorOf("ann").is_superuser);
    EXPECT_EQ(AddAccess(permit.value(), house.world, {Word(second), ""}).error().reason,
              "redemption.again");
    EXPECT_EQ(house.Uses(Id(second)), 1);
}

// REG-9
TEST_P(Registration, LaterChangesOfTheCodeLeaveEarlierPeopleAlone) {
    const auto code = house.Create(R"({"max_uses": 5, "task_group": "cleaning"})");
    ASSERT_EQ(house.Register(Word(code), "ann").status, 201);
    const Actor sam = house.ActorOf("sam");
    CodeDraft draft;
    draft.task_group = "laundry";
    const auto rules = RulesOf(sam, PortalOf(PortalId::kManage), house.world);
    ASSERT_TRUE(EditCode(sam.Ask<Permission::kCodesWrite>().value(), house.world, rules, Id(code),
                         draft, {})
                    .ok());
    EXPECT_EQ(house.ActorOf("ann").task_group, "cleaning");
    EXPECT_EQ(house.Register(Word(code), "bob").Text("data.user.task_group"), "laundry");
}

// REG-2: looking never uses a code up.
TEST_P(Registration, LookingAtALinkChangesNothing) {
    const auto code = house.Create("{}");
    const std::string url(code.at("registration_url").as_string());
    const std::string path = url.substr(std::string("http://ostiary.test").size());
    const auto before = house.Events().size();
    for (int i = 0; i < 50; ++i) {
        EXPECT_EQ(house.Get(path).status, 200);
        EXPECT_EQ(house.Ask(Method::kHead, path, "", "").status, 200);
    }
    EXPECT_EQ(house.Uses(Id(code)), 0);
    EXPECT_EQ(house.Events().size(), before);
}

// AUD-1: refusals are remembered with their reason, which the visitor is not told.
TEST_P(Registration, RefusalsAreRememberedWithTheirReason) {
    house.Register("NEVERWAS", "ann");
    const auto events = house.Events();
    EXPECT_EQ(events.front().kind, EventKind::kRegistrationRefused);
    EXPECT_EQ(events.front().details, R"({"reason":"code.unknown"})");
    EXPECT_EQ(events.front().origin.address, "192.0.2.1");
}

// API-3
TEST_P(Registration, AnotherApplicationRedeemsOncePerSubject) {
    const auto code = house.Create(
        R"({"max_uses": 2, "aircraft_roles": [{"aircraft": "N12345", "role": "pilot"}]})");
    const auto redeem = [&](const char* subject) {
        return house.Post("/api/redemptions/",
                          fmt::format(R"({{"code": "{}", "subject": "{}"}})", Word(code), subject),
                          "ada");
    };
    const Answer first = redeem("u-1");
    ASSERT_EQ(first.status, 201) << first.body;
    EXPECT_EQ(first.Text("data.aircraft_roles.0.role"), "pilot");
    EXPECT_EQ(redeem("u-1").Number("data.id"), first.Number("data.id"));
    EXPECT_EQ(redeem("u-2").status, 201);
    EXPECT_EQ(redeem("u-3").Text("error"), "Invalid invite code");
    EXPECT_EQ(redeem("u-2").status, 200) << "as before";
    EXPECT_EQ(house.Uses(Id(code)), 2);
}

}  // namespace
}  // namespace ostiary
