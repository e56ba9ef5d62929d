// How many live codes and outstanding uses somebody may have: counted where they are made, exactly,
// however many are made at once.

#include "core/quotas.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <thread>

#include "core/code_changes.h"
#include "core/codes_bulk.h"
#include "core/invite_list.h"
#include "support/visitor.h"

namespace ostiary {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kCreate = "/api/invite-codes/create/";

class Quotas : public testing::TestWithParam<DatabaseKind> {
protected:
    Answer SetQuota(const std::string& username, const std::string& body) {
        return house.Ask(Method::kPatch, "/api/users/" + house.AccountId(username) + "/", body,
                         "ada");
    }
    Answer Create(const std::string& more = "", std::string_view as = "max") {
        return house.Post(kCreate, R"({"task_group": "cleaning")" + more + "}", as);
    }
    std::string Refused(const Answer& answer) {
        EXPECT_EQ(answer.status, 409) << answer.body;
        return answer.Text("details");
    }
    std::string Path(const Answer& created, std::string_view rest = "") {
        return fmt::format("/api/invite-codes/{}/{}", created.Number("data.id"), rest);
    }
    std::int64_t Live(std::string_view username) {
        CodeLoad load;
        const std::string id = house.AccountId(username);
        house.store->Read([&](Work& work) { load = work.codes.LoadOf(id, house.clock.Now()); });
        return load.codes;
    }

    House house{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, Quotas, testing::ValuesIn(kEveryDatabase), NameOfDatabase);

TEST_P(Quotas, WhatIsConfiguredHoldsForEverybodyButSuperusers) {
    house.config.quota_codes = 2;
    for (const char* who : {"max", "sam", "gil"}) {
        EXPECT_EQ(Create("", who).status, 201) << who;
        EXPECT_EQ(Create("", who).status, 201) << who;
        EXPECT_EQ(Refused(Create("", who)),
                  "You may have 2 live codes; 2 are live and this makes 1")
            << who;
    }
    for (int i = 0; i < 3; ++i) EXPECT_EQ(Create("", "ada").status, 201);
    const Answer many =
        house.Post("/api/invite-codes/bulk/", R"({"action": "create", "count": 3})", "ada");
    EXPECT_EQ(many.status, 200) << many.body;
}

TEST_P(Quotas, AnAccountHasItsOwnNumberInsteadOfTheConfiguredOne) {
    house.config.quota_codes = 1;
    const Answer set = SetQuota("max", R"({"quota_codes": 2, "quota_uses": "5"})");
    EXPECT_EQ(set.Number("data.quota_codes"), 2);
    EXPECT_EQ(set.Number("data.quota_uses"), 5);
    EXPECT_EQ(house.Events(1).front().kind, EventKind::kAccountEdited);
    EXPECT_THAT(house.Events(1).front().details, HasSubstr("\"quota_codes\":[null,2]"));
    EXPECT_EQ(Create(R"(, "max_uses": 3)").status, 201);
    EXPECT_EQ(Refused(Create(R"(, "max_uses": 3)")),
              "You may have 5 uses outstanding; 3 are and this makes 3");
    EXPECT_EQ(Refused(Create(R"(, "max_uses": 0)")),
              "At most 5 uses may be outstanding, so a code needs a number of uses");
    EXPECT_EQ(Create(R"(, "max_uses": 2)").status, 201);
    EXPECT_EQ(Refused(Create()), "You may have 2 live codes; 2 are live and this makes 1");
    SetQuota("max", R"({"quota_codes": 0, "quota_uses": 0})");  // any number
    EXPECT_EQ(Create(R"(, "max_uses": 0)").status, 201);
    SetQuota("max", R"({"quota_codes": null, "quota_uses": null})");  // as configured
    EXPECT_EQ(Create().status, 409);
    EXPECT_EQ(SetQuota("max", R"({"quota_codes": "many"})").status, 400);
    EXPECT_EQ(house
                  .Ask(Method::kPatch, "/api/users/" + house.AccountId("max") + "/",
                       R"({"quota_codes": 99})", "max")
                  .status,
              403);
}

TEST_P(Quotas, OnlyWhatIsLiveCounts) {
    SetQuota("max", R"({"quota_codes": 1, "quota_uses": 4})");
    const Answer first = Create(R"(, "max_uses": 2, "expires_days": 1)");
    ASSERT_EQ(first.status, 201);
    EXPECT_EQ(Create().status, 409);
    house.Post(Path(first, "revoke/"), "", "max");
    const Answer second = Create(R"(, "max_uses": 2)");
    EXPECT_EQ(second.status, 201) << second.body;
    EXPECT_EQ(Refused(house.Post(Path(first, "reactivate/"), "", "max")),
              "You may have 1 live codes; 1 are live and this makes 1");
    for (const char* guest : {"una", "bob"})
        EXPECT_EQ(house.Register(second.Text("data.code"), guest).status, 201);
    EXPECT_EQ(house.Post(Path(first, "reactivate/"), "", "max").status, 200)
        << "the other is used up";
    house.clock.Pass(2 * kDay);
    EXPECT_EQ(Create().status, 201) << "it has expired";
    EXPECT_EQ(house.Post(Path(first, "reactivate/"), R"({"expires_days": 3})", "max").status, 409);
}

TEST_P(Quotas, WhatWidensIsJudgedAndWhatNarrowsIsNot) {
    SetQuota("max", R"({"quota_uses": 5})");
    const Answer code = Create(R"(, "max_uses": 3)");
    const auto edit = [&](const std::string& body, std::string_view as = "max") {
        return house.Ask(Method::kPatch, Path(code), body, as);
    };
    EXPECT_EQ(Refused(edit(R"({"max_uses": 6})")),
              "You may have 5 uses outstanding; 3 are and this makes 3");
    EXPECT_EQ(edit(R"({"max_uses": 5})").status, 200);
    EXPECT_EQ(edit(R"({"max_uses": 2, "notes": "fewer"})").status, 200);
    EXPECT_THAT(Refused(edit(R"({"max_uses": 9})", "gil")), HasSubstr("Whoever made this code"));
    EXPECT_EQ(edit(R"({"max_uses": 9})", "ada").status, 200) << "superusers are free";
    EXPECT_EQ(edit(R"({"max_uses": 8})").status, 200) << "too many still, and fewer than before";
    EXPECT_EQ(edit(R"({"max_uses": 9})").status, 409);
    EXPECT_EQ(edit(R"({"notes": "words"})").status, 200);
    EXPECT_EQ(edit(R"({"max_uses": 0})", "ada").status, 200);
    EXPECT_EQ(Refused(Create()),
              "At most 5 uses may be outstanding, and 1 live codes have no limit");
    EXPECT_EQ(edit(R"({"max_uses": 4})").status, 200);
}

TEST_P(Quotas, ManyAtOnceAreAllOrNone) {
    SetQuota("max", R"({"quota_codes": 4})");
    Create();
    const auto bulk = [&](int count) {
        return house.Post("/api/invite-codes/bulk/",
                          fmt::format(R"({{"action": "create", "count": {}}})", count), "max");
    };
    EXPECT_EQ(Refused(bulk(4)), "You may have 4 live codes; 1 are live and this makes 4");
    EXPECT_EQ(Live("max"), 1);
    const Answer invited = house.Post(
        "/api/invite-codes/invite/",
        R"({"people": ["a@example.org", "b@example.org", "c@example.org", "d@example.org"]})",
        "max");
    EXPECT_EQ(Refused(invited), "You may have 4 live codes; 1 are live and this makes 4");
    const Answer imported =
        house.Post("/api/invite-codes/import/",
                   R"([{"label": "1"}, {"label": "2"}, {"label": "3"}, {"label": "4"}])", "max");
    EXPECT_EQ(imported.status, 409) << imported.body;
    EXPECT_EQ(Live("max"), 1);
    EXPECT_EQ(bulk(3).status, 200);
    const auto rows = house.Get("/api/invite-codes/?created_by=max", "max").Rows();
    ASSERT_EQ(rows.size(), 4u);
    std::string ids;
    for (const auto& row : rows)
        ids += (ids.empty() ? "" : ",") + boost::json::serialize(row.at("id"));
    const auto all = [&](const char* action) {
        return house.Post("/api/invite-codes/bulk/",
                          fmt::format(R"({{"action": "{}", "ids": [{}]}})", action, ids), "max");
    };
    EXPECT_EQ(all("revoke").Number("changed"), 4);
    Create();
    const Answer some = all("reactivate");
    EXPECT_EQ(some.Number("changed"), 3);
    EXPECT_EQ(some.Text("skipped.0.reason"), "quota.codes");
    EXPECT_EQ(Live("max"), 4);
}

TEST_P(Quotas, TwoAtOnceCannotPassItTogether) {
    constexpr int kThreads = 8, kEach = 4, kQuota = 10;
    SetQuota("max", fmt::format(R"({{"quota_codes": {}}})", kQuota));
    // Another node on the same database: nobody is serialized by a writer of their own.
    const auto second =
        OpenStore(house.database.config(), house.vault, house.clock, house.random, {});
    const Actor max = house.ActorOf("max");
    std::atomic<int> made = 0, refused = 0;
    {
        std::vector<std::jthread> people;
        for (int i = 0; i < kThreads; ++i)
            people.emplace_back([&, i] {
                World world = i % 2 == 0 ? house.world : house.world.With(*second);
                for (int n = 0; n < kEach; ++n) {
                    CodeDraft draft;
                    draft.task_group = "cleaning";
                    const auto code = CreateCode(max.Ask<Permission::kCodesWrite>().value(), world,
                                                 ApiRules(max, world), draft);
                    ++(code.ok() ? made : refused);
                    if (!code.ok()) {
                        EXPECT_EQ(code.error().reason, "quota.codes");
                    }
                }
            });
    }
    EXPECT_EQ(made, kQuota);
    EXPECT_EQ(refused, kThreads * kEach - kQuota);
    EXPECT_EQ(Live("max"), kQuota);
}

TEST_P(Quotas, WhatIsLeftStandsWhereCodesAreMade) {
    Visitor max(house);
    max.LogIn("max");
    const std::vector<std::string> pages = {"/manager/create-invite-code/",
                                            "/manager/invite-codes/invite/",
                                            "/manager/invite-codes/import/"};
    for (const std::string& page : pages)
        EXPECT_THAT(max.Get(page).body, Not(HasSubstr("live codes:"))) << page;
    SetQuota("max", R"({"quota_codes": 20, "quota_uses": 9})");
    Create(R"(, "max_uses": 4)");
    for (const std::string& page : pages) {
        const std::string body = max.Get(page).body;
        EXPECT_THAT(body,
                    HasSubstr("You may have 20 live codes: 1 are live, 19 more are possible."))
            << page;
        EXPECT_THAT(body, HasSubstr("9 uses outstanding: 4 are, 5 more are possible.")) << page;
    }
    const Answer refused =
        max.Submit("/manager/create-invite-code/", "/manager/create-invite-code/",
                   {{"label", "Spring"}, {"task_group", "cleaning"}, {"max_uses", "6"}});
    EXPECT_EQ(refused.status, 409);
    EXPECT_THAT(refused.body, HasSubstr("You may have 9 uses outstanding; 4 are and this makes 6"));
    EXPECT_THAT(refused.body, HasSubstr("value=\"Spring\""));
}

TEST_P(Quotas, ASuperuserSetsThemOnThePersonsPage) {
    Visitor ada(house);
    ada.LogIn("ada");
    const std::string page = "/admin/users/" + house.AccountId("max") + "/";
    EXPECT_THAT(ada.Get(page).body, HasSubstr("Live codes at most"));
    const auto form = [&](const std::string& codes) {
        return ada.Submit(page, page,
                          {{"username", "max"},
                           {"name", ""},
                           {"email", "max@ostiary.test"},
                           {"role", "manager"},
                           {"task_group", "cleaning"},
                           {"is_staff", "0"},
                           {"is_superuser", "0"},
                           {"quota_codes", codes},
                           {"quota_uses", ""}});
    };
    EXPECT_EQ(form("7").status, 303);
    EXPECT_EQ(house.Get("/api/users/" + house.AccountId("max") + "/", "ada").Number("quota_codes"),
              7);
    const Answer wrong = form("-7");
    EXPECT_EQ(wrong.status, 400);
    EXPECT_THAT(wrong.body, HasSubstr("whole number from 0 to 1000000"));
}

}  // namespace
}  // namespace ostiary
