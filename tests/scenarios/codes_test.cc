// Codes, from making one to the end of one, through the API.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/accounts.h"
#include "support/house.h"
#include "util/text.h"

namespace ostiary {
namespace {

class Codes : public testing::TestWithParam<DatabaseKind> {
protected:
    std::string Path(const boost::json::object& code, std::string_view rest = "") {
        return fmt::format("/api/invite-codes/{}/{}", code.at("id").as_int64(), rest);
    }
    std::string Word(const boost::json::object& code) {
        return std::string(code.at("code").as_string());
    }
    Answer Explain(std::string_view code) {
        return house.Get(fmt::format("/api/invite-codes/explain/?code={}", code), "ada");
    }

    House house{GetParam()};
};

INSTANTIATE_TEST_SUITE_P(EveryDatabase, Codes, testing::ValuesIn(kEveryDatabase), NameOfDatabase);

// API-1
TEST_P(Codes, TheDocumentedCallAnswersTheDocumentedShape) {
    const Answer answer = house.Post("/api/invite-codes/create/", R"({
        "role": "staff", "task_group": "cleaning", "max_uses": 5, "expires_days": "30",
        "notes": "API created code"})",
                                     "ada");
    ASSERT_EQ(answer.status, 201) << answer.body;
    EXPECT_EQ(answer.At("success"), true);
    EXPECT_EQ(answer.Text("message"), "Invite code created: " + answer.Text("data.code"));
    EXPECT_EQ(answer.Text("data.role"), "staff");
    EXPECT_EQ(answer.Text("data.task_group"), "cleaning");
    EXPECT_EQ(answer.Number("data.max_uses"), 5);
    EXPECT_EQ(answer.Number("data.used_count"), 0);
    EXPECT_EQ(answer.At("data.is_active"), true);
    EXPECT_EQ(answer.At("data.is_usable"), true);
    EXPECT_EQ(answer.Text("data.expires_at"), FormatRfc3339(house.clock.Now() + 30 * kDay));
    EXPECT_EQ(answer.Text("data.created_at"), FormatRfc3339(house.clock.Now()));
    EXPECT_EQ(answer.Text("data.notes"), "API created code");
    EXPECT_TRUE(answer.At("data.id").is_int64());
}

// CODE-1, CODE-2
TEST_P(Codes, AreEightLettersThatNobodyMisreadsAndCarryALongLink) {
    const auto code = house.Create("{}");
    EXPECT_EQ(Word(code).size(), 8u);
    EXPECT_EQ(Word(code).find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ"), std::string::npos);
    const std::string url(code.at("registration_url").as_string());
    EXPECT_TRUE(url.starts_with("http://ostiary.test/register/")) << url;
    EXPECT_GE(url.size(), std::string("http://ostiary.test/register/").size() + 22 + 1);
}

// CODE-1
TEST_P(Codes, AChosenCodeIsReadForgivinglyAndMustBeFree) {
    const auto code = house.Create(R"({"code": "Spring-26-Oil"})");
    EXPECT_EQ(Word(code), "SPRING-26-OIL");
    for (const char* typed : {"SPRING26OIL", "spring 26 o1l", "spr1ng-26-0iL"})
        EXPECT_EQ(
            house.Post("/api/invite-codes/validate/", fmt::format(R"({{"code": "{}"}})", typed))
                .At("valid"),
            true)
            << typed;
    const Answer again =
        house.Post("/api/invite-codes/create/", R"({"code": "SPR1NG260IL"})", "ada");
    EXPECT_EQ(again.status, 400);
    EXPECT_EQ(again.Text("code"), "code.taken");
    for (const char* bad :
         {"ABC", "NO SPACE", "ÄÖÜ-26X", "----------", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456"})
        EXPECT_EQ(
            house.Post("/api/invite-codes/create/", fmt::format(R"({{"code": "{}"}})", bad), "ada")
                .status,
            400)
            << bad;
}

// CODE-3
TEST_P(Codes, EveryWrongFieldIsNamedAtOnce) {
    const Answer answer = house.Post("/api/invite-codes/create/", R"({
        "role": "king", "task_group": "golf", "max_uses": 1001, "expires_days": 366,
        "email": "nobody"})",
                                     "ada");
    ASSERT_EQ(answer.status, 400);
    EXPECT_EQ(answer.Text("error"), "Invalid role");
    EXPECT_EQ(answer.Text("details"), "Role must be one of: staff, manager, admin, viewer");
    for (const char* field : {"role", "task_group", "max_uses", "expires_days", "email"})
        EXPECT_TRUE(answer.At(std::string("fields.") + field).is_array()) << field << answer.body;
}

// CODE-3, SPEC 11
TEST_P(Codes, BadValuesAreRefusedWithTheFieldAndTheRule) {
    const std::pair<const char*, const char*> bad[] = {
        {R"({"max_uses": -1})", "Invalid max uses"},
        {R"({"max_uses": 1.5})", "Invalid max uses"},
        {R"({"max_uses": 99999999999999999999})", "Invalid max uses"},
        {R"({"max_uses": "many"})", "Invalid max uses"},
        {R"({"expires_days": 0})", "Invalid expiration"},
        {R"({"expires_days": "x"})", "Invalid expiration"},
        {R"({"expires_at": "2020-01-01T00:00:00Z"})", "Invalid expiration"},
        {R"({"expires_at": "0000-01-01T00:00:00Z"})", "Invalid expiration"},
        {R"({"expires_at": "99999-01-01T00:00:00Z"})", "Invalid expiration"},
        {R"({"expires_at": "2030-06-30T23:59:60Z"})", "Invalid expiration"},
        {R"({"expires_days": 3, "expires_at": "2030-01-01T00:00:00Z"})", "Invalid expiration"},
        {R"({"task_group": "golf"})", "Invalid task group"},
        {R"({"role": 7})", "Invalid role"},
        {R"({"label": ["a"]})", "Invalid request"},
        {R"({"label": "line\nbreak"})", "Invalid request"},
        {R"({"rank": "staff"})", "Invalid request"},
        {R"({"role": "staff", "role": "admin"})", "Invalid request"},
        {R"([1])", "Invalid request"},
        {R"({"role")", "Invalid request"},
    };
    for (const auto& [body, error] : bad) {
        const Answer answer = house.Post("/api/invite-codes/create/", body, "ada");
        EXPECT_EQ(answer.status, 400) << body << answer.body;
        EXPECT_EQ(answer.Text("error"), error) << body << answer.body;
    }
    EXPECT_EQ(house.Get("/api/invite-codes/?count=true", "ada").Number("count"), 0);
}

// SPEC 12: `member` is the old name of `staff`; blank, null and 0 mean unlimited.
TEST_P(Codes, OldNamesAndBlanksAreUnderstood) {
    EXPECT_EQ(house.Create(R"({"role": "member"})").at("role").as_string(), "staff");
    for (const char* unlimited :
         {R"({"max_uses": 0})", R"({"max_uses": ""})", R"({"max_uses": null})"})
        EXPECT_EQ(house.Create(unlimited).at("max_uses").as_int64(), 0) << unlimited;
    EXPECT_EQ(house.Create("{}").at("max_uses").as_int64(), 1);
    EXPECT_FALSE(house.Create("{}").at("label").as_string().empty());  // CODE-3: a sensible default
}

// CODE-4: expiry is exclusive.
TEST_P(Codes, EndAtTheVeryMomentTheyExpire) {
    const auto code = house.Create(R"({"expires_days": 1})");
    house.clock.Pass(kDay - 1);
    EXPECT_EQ(Explain(Word(code)).Text("reason"), "active");
    house.clock.Pass(1);
    EXPECT_EQ(Explain(Word(code)).Text("reason"), "expired");
    EXPECT_EQ(house.Register(Word(code), "late").status, 400);
    EXPECT_EQ(house.Uses(code.at("id").as_int64()), 0);
}

// CODE-4: the order of precedence, each status found by its filter.
TEST_P(Codes, AreFoundByTheStatusTheyHave) {
    const auto used = house.Create(R"({"max_uses": 1})");
    ASSERT_EQ(house.Register(Word(used), "ann").status, 201);
    const auto warned = house.Create(R"({"max_uses": 2})");
    ASSERT_EQ(house.Register(Word(warned), "bob").status, 201);
    const auto off = house.Create("{}");
    house.Post(Path(off, "revoke/"), "", "ada");
    const auto expired = house.Create(R"({"expires_days": 1})");
    house.clock.Pass(2 * kDay);
    const auto scheduled = house.Create(
        fmt::format(R"({{"starts_at": "{}"}})", FormatRfc3339(house.clock.Now() + kDay)));
    const auto pending = house.Create(R"({"role": "admin"})", "max");
    const auto active = house.Create("{}");
    const std::pair<const char*, std::vector<const boost::json::object*>> expected[] = {
        {"exhausted", {&used}},  {"warning", {&warned}},        {"inactive", {&off}},
        {"expired", {&expired}}, {"pending", {&pending}},       {"scheduled", {&scheduled}},
        {"active", {&active}},   {"usable", {&active, &warned}}};
    for (const auto& [status, codes] : expected) {
        const Answer answer =
            house.Get(std::string("/api/invite-codes/?count=1&status=") + status, "ada");
        ASSERT_EQ(answer.status, 200) << answer.body;
        EXPECT_EQ(answer.Number("count"), static_cast<std::int64_t>(codes.size()))
            << status << answer.body;
        for (std::size_t i = 0; i < codes.size(); ++i)
            EXPECT_EQ(answer.Number(fmt::format("results.{}.id", i)), codes[i]->at("id").as_int64())
                << status;
    }
    EXPECT_EQ(house.Get("/api/invite-codes/?status=strange", "ada").status, 400);
}

// CODE-6
TEST_P(Codes, OnceUsedAreNeitherEditedNorDeletedThroughTheApi) {
    const auto code = house.Create(R"({"max_uses": 5})");
    ASSERT_EQ(house.Register(Word(code), "ann").status, 201);
    const Answer edited = house.Ask(Method::kPatch, Path(code), R"({"notes": "x"})", "ada");
    EXPECT_EQ(edited.status, 409) << edited.body;
    EXPECT_EQ(edited.Text("code"), "code.used");
    EXPECT_EQ(house.Ask(Method::kDelete, Path(code), "", "ada").status, 409);
    EXPECT_EQ(house.Post(Path(code, "revoke/"), "", "ada").status, 200);
    EXPECT_EQ(house.Post(Path(code, "reactivate/"), "", "ada").status, 200);
}

// CODE-6
TEST_P(Codes, ReactivationAsksForWhatTheCodeCannotLiveWithout) {
    const auto expired = house.Create(R"({"expires_days": 1})");
    const auto used = house.Create("{}");
    ASSERT_EQ(house.Register(Word(used), "ann").status, 201);
    house.clock.Pass(2 * kDay);
    EXPECT_EQ(house.Post(Path(expired, "reactivate/"), "", "ada").Text("code"),
              "code.needs_expiry");
    EXPECT_EQ(house.Post(Path(expired, "reactivate/"), R"({"expires_days": 7})", "ada")
                  .Text("data.status"),
              "active");
    EXPECT_EQ(house.Post(Path(used, "reactivate/"), "", "ada").Text("code"), "code.needs_uses");
    EXPECT_EQ(
        house.Post(Path(used, "reactivate/"), R"({"max_uses": 3})", "ada").Text("data.status"),
        "active");
}

// CODE-7
TEST_P(Codes, LeaveTheirHistoryWhenDeleted) {
    const auto code = house.Create(R"({"label": "Short visit"})");
    EXPECT_EQ(house.Ask(Method::kDelete, Path(code), "", "ada").status, 204);
    EXPECT_EQ(house.Get(Path(code), "ada").status, 404);
    EXPECT_EQ(house.Register(Word(code), "ann").status, 400);
    const auto events = house.Events();
    const auto deleted = std::find_if(events.begin(), events.end(), [](const Event& e) {
        return e.kind == EventKind::kCodeDeleted;
    });
    ASSERT_NE(deleted, events.end());
    EXPECT_EQ(deleted->subject_name, "Short visit");
    EXPECT_NE(deleted->details.find("\"role\":\"staff\""), std::string::npos);
}

// CODE-8
TEST_P(Codes, TheLaterOfTwoSavesIsTold) {
    const auto code = house.Create("{}");
    const std::string tag(house.Get(Path(code), "ada").HeaderValue("etag"));
    ASSERT_FALSE(tag.empty());
    EXPECT_EQ(
        house.Ask(Method::kPatch, Path(code), R"({"notes": "first"})", "ada", {{"if-match", tag}})
            .status,
        200);
    const Answer second =
        house.Ask(Method::kPatch, Path(code), R"({"notes": "second"})", "sam", {{"if-match", tag}});
    EXPECT_EQ(second.status, 412);
    EXPECT_EQ(second.Text("error"), "Changed meanwhile");
    EXPECT_EQ(house.Get(Path(code), "ada").Text("notes"), "first");
}

// CODE-9
TEST_P(Codes, ChangingOneThingLeavesTheRestAlone) {
    const auto code = house.Create(
        R"({"label": "Pilots", "max_uses": 5, "expires_days": 30,
            "tags": ["a", "b"], "notes": "n"})");
    const Answer changed = house.Ask(Method::kPatch, Path(code), R"({"label": "Owners"})", "ada");
    ASSERT_EQ(changed.status, 200) << changed.body;
    auto expected = code;
    expected["label"] = "Owners";
    EXPECT_EQ(changed.At("data"), expected);
}

// CODE-9
TEST_P(Codes, MaxUsesIsNeverSetBelowWhatWasUsed) {
    const auto code = house.Create(R"({"max_uses": 3})");
    ASSERT_EQ(house.Register(Word(code), "ann").status, 201);
    ASSERT_EQ(house.Register(Word(code), "bob").status, 201);
    const auto rules = RulesOf(house.ActorOf("sam"), PortalOf(PortalId::kManage), house.world);
    CodeDraft draft;
    draft.max_uses = "1";
    const Actor sam = house.ActorOf("sam");
    const auto edited = EditCode(sam.Ask<Permission::kCodesWrite>().value(), house.world, rules,
                                 code.at("id").as_int64(), draft, {});
    ASSERT_FALSE(edited.ok());
    EXPECT_EQ(edited.error().reason, "max_uses.below_used");
}

// CODE-2
TEST_P(Codes, AreFoundByAnyThreeLettersOfTheirCodeAndByWords) {
    const auto code = house.Create(R"({"label": "Überflug 50%_x", "notes": "Halle 7"})");
    house.Create(R"({"label": "Something else"})");
    const std::string word = Word(code);
    for (const std::string& search :
         {word.substr(0, 3), word.substr(5), word.substr(2, 4), std::string("%C3%BCberfl"),
          std::string("50%25_"), std::string("halle%207")}) {
        const Answer found = house.Get("/api/invite-codes/?search=" + search, "ada");
        bool seen = false;
        for (const auto& row : found.Rows()) seen |= row.at("id") == code.at("id");
        EXPECT_TRUE(seen) << search << found.body;
    }
    EXPECT_EQ(house.Get("/api/invite-codes/?count=1&search=nowhere", "ada").Number("count"), 0);
}

// API-6
TEST_P(Codes, AreListedTwentyAtATimeEachExactlyOnce) {
    for (int i = 0; i < 45; ++i) house.Create(fmt::format(R"({{"label": "code {}"}})", i));
    std::vector<std::int64_t> seen;
    std::string cursor;
    int pages = 0;
    do {
        const Answer page = house.Get("/api/invite-codes/?cursor=" + cursor, "ada");
        ASSERT_EQ(page.status, 200) << page.body;
        for (const auto& row : page.Rows()) seen.push_back(row.at("id").as_int64());
        cursor = page.At("next").is_null() ? "" : page.Text("next");
        if (pages++ == 0)
            house.Create("{}");  // newer than the page we left: not shown, and nothing shown twice
    } while (!cursor.empty());
    EXPECT_EQ(pages, 3);
    EXPECT_EQ(seen.size(), 45u);
    EXPECT_TRUE(std::is_sorted(seen.rbegin(), seen.rend()));
    EXPECT_EQ(std::set<std::int64_t>(seen.begin(), seen.end()).size(), 45u);
}

// REG-4
TEST_P(Codes, TheAdministratorIsToldWhyACodeDoesNotWork) {
    const auto code = house.Create("{}");
    std::string slip = Word(code);
    std::swap(slip[2], slip[3]);
    if (slip == Word(code)) slip[2] = slip[2] == 'A' ? 'B' : 'A';
    const Answer unknown = Explain(slip);
    EXPECT_EQ(unknown.At("found"), false);
    EXPECT_EQ(unknown.Text("suggestions.0"), Word(code));
    house.Post(Path(code, "revoke/"), "", "ada");
    EXPECT_EQ(Explain(Word(code)).Text("reason"), "inactive");
}

// PERM-4
TEST_P(Codes, AManagerSeesTheTeamsAndOwnCodesAndNoOther) {
    const auto team = house.Create(R"({"task_group": "cleaning"})");
    const auto other = house.Create(R"({"task_group": "laundry"})");
    const auto own = house.Create(R"({"task_group": "general"})", "max");
    EXPECT_EQ(house.Get(Path(team), "max").status, 200);
    EXPECT_EQ(house.Get(Path(own), "max").status, 200);
    EXPECT_EQ(house.Get(Path(other), "max").status, 404);
    EXPECT_EQ(house.Post(Path(other, "revoke/"), "", "max").status, 404);
    EXPECT_EQ(house.Get("/api/invite-codes/?count=1", "max").Number("count"), 2);
    EXPECT_EQ(house.Get("/api/invite-codes/?count=1", "gil").Number("count"), 3);
    EXPECT_EQ(house.Get("/api/invite-codes/?count=1", "sam").Number("count"), 3);
}

// PERM-5
TEST_P(Codes, WhatExceedsItsCreatorWaitsForASuperuser) {
    const auto code = house.Create(R"({"role": "admin"})", "max");
    EXPECT_EQ(code.at("status").as_string(), "pending");
    EXPECT_EQ(house.Register(Word(code), "ann").Text("error"), "Invalid invite code");
    EXPECT_EQ(house.Post(Path(code, "approve/"), "", "max").status, 403);
    EXPECT_EQ(
        house.Post(Path(code, "approve/"), R"({"reason": "fine"})", "ada").Text("data.status"),
        "active");
    EXPECT_EQ(house.Register(Word(code), "ann").Text("data.user.is_superuser"), "true");
}

// PERM-5: nor by a later edit.
TEST_P(Codes, AnEditThatExceedsItsEditorWaitsToo) {
    const auto code = house.Create("{}", "max");
    EXPECT_EQ(code.at("status").as_string(), "active");
    const Answer edited = house.Ask(Method::kPatch, Path(code), R"({"role": "admin"})", "max");
    EXPECT_EQ(edited.Text("data.status"), "pending") << edited.body;
    const auto rejected = house.Post(Path(code, "reject/"), R"({"reason": "no"})", "ada");
    EXPECT_EQ(rejected.Text("data.approval"), "rejected");
    EXPECT_EQ(house.Post(Path(code, "reactivate/"), "", "max").status, 409);
}

// CODE-11
TEST_P(Codes, OfACreatorWhoLostTheRightWaitForApproval) {
    const auto code =
        house.Create(R"({"role": "manager", "task_group": "cleaning", "max_uses": 3})", "max");
    EXPECT_EQ(code.at("status").as_string(), "active");
    ASSERT_EQ(house.Register(Word(code), "ann").status, 201);
    const Actor ada = house.ActorOf("ada");
    AccountDraft demoted;
    demoted.role = "staff";
    ASSERT_TRUE(EditAccount(ada.Ask<Permission::kUsersWrite>().value(), house.world,
                            house.AccountId("max"), demoted, {})
                    .ok());
    EXPECT_EQ(house.Register(Word(code), "bob").Text("error"), "Invalid invite code");
    EXPECT_EQ(Explain(Word(code)).Text("reason"), "pending");
    EXPECT_EQ(house.Uses(code.at("id").as_int64()), 1);
    EXPECT_EQ(house.Get(Path(code), "ada").Text("created_by"), "max");
    house.Post(Path(code, "approve/"), "", "ada");
    EXPECT_EQ(house.Register(Word(code), "bob").status, 201);
}

// CODE-12
TEST_P(Codes, TakeMomentsWithAnyOffsetAndDatesAsTheEndOfThatDay) {
    EXPECT_EQ(
        house.Create(R"({"expires_at": "2030-10-13T14:00:00+02:00"})").at("expires_at").as_string(),
        "2030-10-13T12:00:00Z");
    EXPECT_EQ(house.Create(R"({"expires_at": "2030-10-13"})").at("expires_at").as_string(),
              "2030-10-14T00:00:00Z");
}

}  // namespace
}  // namespace ostiary
