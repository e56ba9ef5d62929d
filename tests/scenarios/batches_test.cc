// Many codes with one call or one form: made together or not at all, found together, printed
// together (BULK-1).

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <set>

#include "core/imports.h"
#include "support/visitor.h"

namespace ostiary {
namespace {

using testing::HasSubstr;
using testing::Not;

class Batches : public testing::TestWithParam<DatabaseKind> {
protected:
    Answer Make(std::string_view fields, int count, std::string_view as = "ada") {
        return house.Post("/api/invite-codes/bulk/",
                          fmt::format(R"({{"action": "create", "count": {}{}{}}})", count,
                                      fields.empty() ? "" : ", ", fields),
                          as);
    }
    std::int64_t Codes() {
        return house.Get("/api/invite-codes/?count=true", "ada").Number("count");
    }
    std::size_t Happened(EventKind kind) {
        const auto events = house.Events(100'000);
        return static_cast<std::size_t>(std::ranges::count(events, kind, &Event::kind));
    }
    Visitor In(std::string_view username) {
        Visitor visitor(house);
        EXPECT_EQ(visitor.LogIn(username).status, 303);
        return visitor;
    }
    static std::size_t Count(std::string_view text, std::string_view word) {
        std::size_t count = 0;
        for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1)) ++count;
        return count;
    }

    House house{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, Batches, testing::ValuesIn(kEveryDatabase), NameOfDatabase);

TEST_P(Batches, TenThousandAreMadeWithOneCallEachWithAnEventAndLettersOfItsOwn) {
    const Answer made = Make(R"("label": "Open day", "tags": ["spring"])", 10'000);
    ASSERT_EQ(made.status, 200) << made.body.substr(0, 300);
    EXPECT_EQ(made.Number("changed"), 10'000);
    const std::string batch = made.Text("batch");
    std::set<std::int64_t> ids;
    const auto told = made.At("ids");
    for (const auto& id : told.as_array()) ids.insert(id.as_int64());
    EXPECT_EQ(ids.size(), 10'000u);
    EXPECT_EQ(Codes(), 10'000);
    EXPECT_EQ(Happened(EventKind::kCodeCreated), 10'000u);
    std::set<std::string> letters;
    for (std::string cursor;;) {
        const Answer page = house.Get(
            fmt::format("/api/invite-codes/?batch={}&page_size=100&cursor={}", batch, cursor),
            "ada");
        for (const auto& code : page.Rows()) {
            letters.insert(std::string(code.at("code").as_string()));
            EXPECT_EQ(code.at("batch").as_string(), batch);
            EXPECT_EQ(code.at("label").as_string(), "Open day");
        }
        if (page.At("next").is_null() || letters.size() >= 500) break;
        cursor = page.Text("next");
    }
    EXPECT_EQ(letters.size(), 500u);
    EXPECT_EQ(house.Register(*letters.begin(), "ann").status, 201);
}

// BULK-2: an import makes more together than a page holds.
TEST_P(Batches, OfMoreThanAPageHoldsTheLinksAreInTheFile) {
    std::string file = "label,email";
    for (int row = 0; row < 10'001; ++row) file += fmt::format("\nOpen day,p{}@example.org", row);
    const Answer begun = house.Ask(Method::kPost, "/api/invite-codes/import/", file, "ada",
                                   {{"content-type", "text/csv"}});
    AdvanceImports(house.world, kMinute);
    const Answer page = In("ada").Get("/admin/invite-codes/batches/" + begun.Text("batch") + "/");
    EXPECT_EQ(page.status, 200);
    EXPECT_NE(page.body.find("10\u202f001 codes"), std::string::npos);
    EXPECT_NE(page.body.find("too many links for one page"), std::string::npos);
    EXPECT_LT(page.body.size(), 40'000u);
}

TEST_P(Batches, TwoBatchesAreKeptApartAndOneCodeIsNone) {
    const std::string one = Make("", 3).Text("batch"), two = Make("", 2).Text("batch");
    EXPECT_NE(one, two);
    EXPECT_EQ(house.Get("/api/invite-codes/?batch=" + one, "ada").Rows().size(), 3u);
    EXPECT_EQ(house.Get("/api/invite-codes/?batch=" + two, "ada").Rows().size(), 2u);
    EXPECT_EQ(Make("", 1).At("batch"), nullptr);
    const Answer revoked = house.Post(
        "/api/invite-codes/bulk/",
        fmt::format(R"({{"action": "revoke", "filter": {{"batch": "{}"}}, "expected": 3}})", one),
        "ada");
    EXPECT_EQ(revoked.Number("changed"), 3);
}

TEST_P(Batches, AreMadeFromATemplateToo) {
    const Answer made = Make(R"("template": "Temporary Contractor", "task_group": "laundry")", 4);
    ASSERT_EQ(made.status, 200) << made.body;
    const Answer codes = house.Get("/api/invite-codes/?template=Temporary%20Contractor", "ada");
    EXPECT_EQ(codes.Rows().size(), 4u);
    EXPECT_EQ(codes.Text("results.0.task_group"), "laundry");
    EXPECT_EQ(codes.Number("results.0.max_uses"), 1);
}

TEST_P(Batches, NothingIsMadeOfWhatIsWrong) {
    EXPECT_EQ(Make("", 10'001).status, 400);
    EXPECT_EQ(Make(R"("role": "captain")", 5).status, 400);
    EXPECT_EQ(Make(R"("template": "Nobody")", 5).Text("code"), "template.unknown");
    EXPECT_EQ(Codes(), 0);
    EXPECT_EQ(Happened(EventKind::kCodeCreated), 0u);
}

// PERM-5, APPR-1
TEST_P(Batches, WhatExceedsTheMakersAuthorityWaits) {
    const std::string batch = Make(R"("role": "admin")", 3, "max").Text("batch");
    const Answer codes = house.Get("/api/invite-codes/?batch=" + batch, "ada");
    ASSERT_EQ(codes.Rows().size(), 3u);
    for (const auto& code : codes.Rows()) EXPECT_EQ(code.at("status").as_string(), "pending");
}

TEST_P(Batches, TheFormAsksFirstAndSaysExactlyWhatWillBeMade) {
    for (const auto& [who, create, list] :
         {std::tuple{"ada", "/admin/create-invite-code/", "/admin/invite-codes/"},
          std::tuple{"max", "/manager/create-invite-code/", "/manager/invite-codes/"},
          std::tuple{"sam", "/manage/invitations/new/", "/manage/invitations/"}}) {
        SCOPED_TRACE(who);
        const std::int64_t before = Codes();
        Visitor visitor = In(who);
        Visitor::Form form = {{"label", "Open day"}, {"max_uses", "2"}, {"count", "25"}};
        const Answer asked = visitor.Submit(create, create, form);
        ASSERT_EQ(asked.status, 200) << asked.body;
        for (const char* words : {"Make 25 codes?", "Open day", "2 people", "Staff · General"})
            EXPECT_THAT(asked.body, HasSubstr(words));
        EXPECT_EQ(Codes(), before);
        form.emplace_back("back", "1");
        const Answer back = visitor.Submit(create, create, form);
        EXPECT_THAT(back.body, HasSubstr("value=\"Open day\""));
        EXPECT_THAT(back.body, HasSubstr("name=\"count\" value=\"25\""));
        form.back() = {"agreed", "1"};
        const Answer made = visitor.Submit(create, create, form);
        ASSERT_EQ(made.status, 303) << made.body;
        EXPECT_EQ(Codes(), before + 25);
        const std::string path(made.HeaderValue("location"));
        EXPECT_TRUE(path.starts_with(std::string(list) + "batches/")) << path;
        const std::string page = visitor.Get(path).body;
        EXPECT_EQ(Count(page, "http://ostiary.test/register/"), 25u);
        EXPECT_THAT(page, HasSubstr("Nobody has joined with them yet."));
        const std::string sheet = visitor.Get(path + "sheet/").body;
        EXPECT_EQ(Count(sheet, "class=\"sheet-code\""), 25u);
        EXPECT_EQ(Count(sheet, "<path d="), 25u);
    }
}

TEST_P(Batches, ANumberThatIsNoneIsSaidAtItsField) {
    Visitor ada = In("ada");
    for (const char* count : {"0", "-1", "10001", "many", "1.5"}) {
        const Answer wrong = ada.Submit("/admin/create-invite-code/", "/admin/create-invite-code/",
                                        {{"label", "kept"}, {"count", count}, {"agreed", "1"}});
        EXPECT_EQ(wrong.status, 400) << count;
        EXPECT_THAT(wrong.body, HasSubstr("Count must be a number from 1 to 10000"));
        EXPECT_THAT(wrong.body, HasSubstr("value=\"kept\""));
    }
    EXPECT_EQ(Codes(), 0);
}

// REP-2
TEST_P(Batches, OneIsDownloadedWithTheExportThereIs) {
    house.Create(R"({"label": "Another"})");
    const std::string batch = Make(R"("label": "Open day")", 30).Text("batch");
    Visitor ada = In("ada");
    const Answer file =
        ada.Submit("/admin/invite-codes/batches/" + batch + "/", "/admin/invite-codes/bulk/",
                   {{"all", "1"}, {"batch", batch}, {"action", "export"}});
    EXPECT_EQ(file.status, 200);
    EXPECT_EQ(Happened(EventKind::kCodesExported), 1u);
}

TEST_P(Batches, OnesCodesLeadToItAndStrangersFindNone) {
    const Answer made = Make(R"("task_group": "laundry")", 2);
    const std::string batch = made.Text("batch");
    const std::string detail =
        In("ada").Get(fmt::format("/admin/invite-codes/{}/", made.At("ids.0").as_int64())).body;
    EXPECT_THAT(detail, HasSubstr("/admin/invite-codes/batches/" + batch + "/"));
    Visitor max = In("max");
    EXPECT_EQ(max.Get("/manager/invite-codes/batches/" + batch + "/").status, 404);
    EXPECT_EQ(max.Get("/manager/invite-codes/batches/" + batch + "/sheet/").status, 404);
    EXPECT_EQ(In("ada").Get("/admin/invite-codes/batches/nothing/").status, 404);
}

// CODE-2
TEST_P(Batches, ASheetHoldsNoLinkOfWhatOneMayNotHandOut) {
    const std::string batch = Make(R"("role": "admin", "task_group": "cleaning")", 3).Text("batch");
    Visitor max = In("max");
    const std::string path = "/manager/invite-codes/batches/" + batch + "/";
    EXPECT_THAT(max.Get(path).body, Not(HasSubstr("/register/")));
    const std::string sheet = max.Get(path + "sheet/").body;
    EXPECT_EQ(Count(sheet, "class=\"sheet-code\""), 0u);
    EXPECT_THAT(sheet, HasSubstr("Some are left out"));
}

TEST_P(Batches, ASheetOfManyGoesOnOnTheNext) {
    const std::string batch = Make("", 130).Text("batch");
    Visitor ada = In("ada");
    const std::string path = "/admin/invite-codes/batches/" + batch + "/sheet/";
    const std::string first = ada.Get(path).body;
    EXPECT_EQ(Count(first, "class=\"sheet-code\""), 120u);
    const auto at = first.find(path + "?cursor=");
    ASSERT_NE(at, first.npos);
    std::string next = first.substr(at, first.find('"', at) - at);
    if (const auto amp = next.find("&amp;"); amp != next.npos) next.replace(amp, 5, "&");
    const std::string second = ada.Get(next).body;
    EXPECT_EQ(Count(second, "class=\"sheet-code\""), 10u);
    EXPECT_THAT(second, HasSubstr("Codes 121 to 130"));
}

}  // namespace
}  // namespace ostiary
