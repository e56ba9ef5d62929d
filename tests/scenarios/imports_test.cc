// BULK-2: a file of codes is looked at, with every wrong row named, and imported: all or nothing,
// or what is right; the same file twice makes nothing twice.

#include "core/imports.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>

#include "core/accounts.h"
#include "import_house.h"
#include "support/visitor.h"

namespace ostiary {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr Method kPost = Method::kPost;

class Importing : public ImportHouse {};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, Importing, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(Importing, EachRowBecomesACodeOfOneBatch) {
    const Answer done = Import(
        "\xEF\xBB\xBFLabel;E-Mail;Name;Role;TASK group;max_uses;Expires;Aircraft "
        "Roles;Notes;Tags\r\n"
        "Crew;ann@example.org;Ann;viewer;cleaning;3;30;N12345:pilot;\"two\r\nlines\";a, b\r\n"
        "\r\n"
        "Desk;;;staff;;unlimited;2030-10-13T12:00:00Z;;;\r\n");
    ASSERT_EQ(done.status, 200) << done.body;
    EXPECT_EQ(done.Text("state"), "done");
    EXPECT_EQ(done.Number("rows"), 2);
    EXPECT_EQ(done.Number("created"), 2);
    EXPECT_THAT(ErrorsOf(done), IsEmpty());
    const auto codes = Codes();
    ASSERT_THAT(codes, SizeIs(2));
    EXPECT_EQ(Text(codes[0], "label"), "Crew");
    EXPECT_EQ(Text(codes[0], "email"), "ann@example.org");
    EXPECT_EQ(Text(codes[0], "task_group"), "cleaning");
    EXPECT_EQ(codes[0].at("max_uses").as_int64(), 3);
    EXPECT_EQ(Text(codes[0], "notes"), "two\r\nlines");
    EXPECT_EQ(boost::json::serialize(codes[0].at("tags")), R"(["a","b"])");
    EXPECT_EQ(boost::json::serialize(codes[0].at("aircraft_roles")),
              R"([{"aircraft":"N12345","role":"pilot"}])");
    EXPECT_EQ(codes[1].at("max_uses").as_int64(), 0);
    EXPECT_EQ(Text(codes[1], "expires_at"), "2030-10-13T12:00:00Z");
    EXPECT_EQ(Text(codes[0], "batch"), done.Text("batch"));
    EXPECT_EQ(house.Get("/api/invite-codes/?count=true&batch=" + done.Text("batch"), "ada")
                  .Number("count"),
              2);
    EXPECT_EQ(Count(EventKind::kCodesImported), 1u);
    EXPECT_EQ(Count(EventKind::kCodeCreated), 2u);
}

TEST_P(Importing, AJsonListIsReadLikeATable) {
    const Answer done = Json(R"([{"label": "A", "max_uses": 4, "tags": ["x", "y"], "active": false,
                                  "aircraft_roles": [{"aircraft": "N12345", "role": "owner"}]},
                                 {"role": "viewer", "label": null}])");
    ASSERT_EQ(done.status, 200) << done.body;
    const auto codes = Codes();
    ASSERT_THAT(codes, SizeIs(2));
    EXPECT_EQ(codes[0].at("max_uses").as_int64(), 4);
    EXPECT_EQ(Text(codes[0], "status"), "inactive");
    EXPECT_EQ(boost::json::serialize(codes[0].at("tags")), R"(["x","y"])");
    EXPECT_EQ(Text(codes[1], "role"), "viewer");
}

TEST_P(Importing, EveryKindOfBadRowIsNamedWithItsLineAndNothingIsMade) {
    house.Create(R"({"code": "TAKEN-01"})");
    const std::string file =
        "label,email,role,task_group,max uses,expires,starts,aircraft roles,tags,active,"
        "account days,email domains,template,code\n"  // 1
        "good,,,,,,,,,,,,,\n"                         // 2
        ",nobody,,,,,,,,,,,,\n"                       // 3
        ",,king,,,,,,,,,,,\n"                         // 4
        ",,,moon,,,,,,,,,,\n"                         // 5
        "\"a\nb\",,king,,-1,,,,,,,,,\n"               // 6 and 7
        ",,,,,soon,,,,,,,,\n"                         // 8
        ",,,,,2001-01-01,,,,,,,,\n"                   // 9
        ",,,,,,whenever,,,,,,,\n"                     // 10
        ",,,,,,,N12345,,,,,,\n"                       // 11
        ",,,,,,,X-1:pilot,,,,,,\n"                    // 12
        ",,,,,,,,,perhaps,,,,\n"                      // 13
        ",,,,,,,,,,0,,,\n"                            // 14
        ",,,,,,,,,,,nowhere at all,,\n"               // 15
        ",,,,,,,,,,,,No such,\n"                      // 16
        ",,,,,,,,,,,,,taken-01\n"                     // 17
        ",,,,,,,,,,,,,FRESH-01\n"                     // 18
        ",,,,,,,,,,,,,fresh 01\n"                     // 19
        "\xFF,,,,,,,,,,,,,\n";                        // 20
    const Answer dry = Import(file, "?dry_run=1");
    ASSERT_EQ(dry.status, 200) << dry.body;
    EXPECT_EQ(dry.Text("state"), "refused");
    EXPECT_EQ(dry.Number("rows"), 18);
    EXPECT_THAT(
        ErrorsOf(dry),
        ElementsAre("3 email email.invalid", "4 role role.unknown",
                    "5 task_group task_group.unknown", "6 role role.unknown",
                    "6 max_uses max_uses.invalid", "6 label label.invalid",
                    "8 expires_at expires.invalid", "9 expires_at expires.past",
                    "10 starts_at starts.invalid", "11 aircraft_roles aircraft_roles.invalid",
                    "12 aircraft_roles aircraft.unknown", "13 active active.invalid",
                    "14 account_days account_days.invalid",
                    "15 email_domains email_domains.invalid", "16 template template.unknown",
                    "17 code code.taken", "19 code code.invalid", "20 label text.broken"));
    const Answer refused = Import(file);
    EXPECT_EQ(refused.status, 200);
    EXPECT_EQ(refused.Text("state"), "refused");
    EXPECT_EQ(refused.Number("created"), 0);
    EXPECT_EQ(ErrorsOf(refused), ErrorsOf(dry));
    EXPECT_THAT(Codes(), SizeIs(1));
    EXPECT_EQ(Count(EventKind::kCodesImported), 0u);
    EXPECT_EQ(house.database.Number("SELECT count(*) FROM import"), 0);

    const Answer some = Import(file, "?mode=good");
    EXPECT_EQ(some.status, 200) << some.body;
    EXPECT_EQ(some.Number("created"), 2);
    EXPECT_EQ(ErrorsOf(some), ErrorsOf(dry));
    EXPECT_THAT(Codes(), SizeIs(3));
}

TEST_P(Importing, ADryRunStoresNothingAndSaysTheSame) {
    const std::string file = "label\tunheard of\nA\t1\nB\t2\n";
    const Answer dry = Import(file, "?dry_run=true");
    EXPECT_EQ(dry.Text("state"), "checked");
    EXPECT_EQ(dry.Number("rows"), 2);
    EXPECT_EQ(dry.At("columns.0.field"), "label");
    EXPECT_EQ(dry.At("columns.1.column"), "unheard of");
    EXPECT_TRUE(dry.At("columns.1.field").is_null()) << "what is left out is said";
    EXPECT_THAT(Codes(), IsEmpty());
    for (const char* table : {"import", "import_row", "import_piece", "import_error"})
        EXPECT_EQ(house.database.Number(fmt::format("SELECT count(*) FROM {}", table)), 0);
    EXPECT_EQ(Import(file).Number("created"), 2) << "looking at it is no import";
}

TEST_P(Importing, TheSameFileTwiceMakesNothingTwice) {
    const std::string file = "label\nA\nB\nB\n";
    const Answer first = Import(file);
    EXPECT_EQ(first.Number("created"), 3) << "equal rows of one file are several codes";
    const Answer second = Import(file, "", "sam");
    EXPECT_EQ(second.status, 200);
    EXPECT_EQ(second.Text("state"), "repeated");
    EXPECT_EQ(second.Number("created"), 0);
    EXPECT_EQ(second.Text("batch"), first.Text("batch"));
    EXPECT_THAT(Codes(), SizeIs(3));
    EXPECT_EQ(Import(file, "?again=1").Number("created"), 3);
    EXPECT_THAT(Codes(), SizeIs(6));
}

TEST_P(Importing, OfAMendedFileOnlyWhatIsMissingIsMade) {
    EXPECT_EQ(
        Import("label,role\nA,\nB,king\nC,viewer\nC,viewer\n", "?mode=good").Number("created"), 3);
    const Answer mended = Import("Role;Label\n;A\nviewer;B\nviewer;C\nviewer;C\nviewer;C\n");
    EXPECT_EQ(mended.Text("state"), "done") << mended.body;
    EXPECT_EQ(mended.Number("created"), 2) << "B, and the third C";
    EXPECT_EQ(mended.Number("repeated"), 3);
    EXPECT_THAT(Codes(), SizeIs(5));
}

TEST_P(Importing, ColumnsAreMappedByHand) {
    const Answer done = Import("Dept,Who,Label\ncleaning,Ann,x\n",
                               "?map=Dept%3Dtask_group&map=who%3Dname&map=Label%3D");
    ASSERT_EQ(done.status, 200) << done.body;
    const auto codes = Codes();
    EXPECT_EQ(Text(codes.at(0), "task_group"), "cleaning");
    EXPECT_EQ(Text(codes.at(0), "name"), "Ann");
    EXPECT_NE(Text(codes.at(0), "label"), "x");
    EXPECT_THAT(Import("A,B\n1,2\n").Text("fields.file.0"), HasSubstr("None of the columns"));
    EXPECT_THAT(Import("label\n1\n", "?map=x%3Dlabel").Text("fields.map.0"),
                HasSubstr("There is no column"));
    EXPECT_THAT(Import("label\n1\n", "?map=label%3Dshoe").Text("fields.map.0"),
                HasSubstr("A column can be one of"));
    EXPECT_THAT(Import("a,b\n1,2\n", "?map=a%3Drole&map=b%3Drole").Text("fields.map.0"),
                HasSubstr("leave one of them out"));
}

TEST_P(Importing, WhatIsNoTableIsRefusedInASentence) {
    const auto reason = [&](std::string_view file, const std::string& type = "text/csv") {
        const Answer answer = Import(file, "", "ada", type);
        EXPECT_EQ(answer.status, 400) << answer.body;
        return answer.Text("fields.file.0");
    };
    EXPECT_THAT(reason(""), HasSubstr("The file"));
    EXPECT_THAT(reason("label\n"), HasSubstr("The file"));
    EXPECT_THAT(reason("label\n\"open"), HasSubstr("begins in line 2"));
    EXPECT_THAT(reason("label\na,b,c\n"), HasSubstr("Line 2 has more cells"));
    EXPECT_THAT(reason("\xFF\xFEl"), HasSubstr("must be UTF-8"));
    EXPECT_THAT(reason("l\xFF\nx\n"), HasSubstr("must be UTF-8"));
    EXPECT_THAT(reason("[1]", "application/json"), HasSubstr("JSON"));
    EXPECT_THAT(reason("{}", "application/json"), HasSubstr("JSON"));
    EXPECT_THAT(reason("[{\"label\": ", "application/json"), HasSubstr("JSON"));
    EXPECT_EQ(Import("x", "", "ada", "image/png").status, 415);
}

// REP-2, CODE-3
TEST_P(Importing, AnExportIsImportedIntoAnotherInstallation) {
    house.Create(R"({"label": "@here", "email": "ann@example.org", "name": "Ann", "role": "viewer",
                     "task_group": "cleaning", "max_uses": 7, "notes": "a\n\"b\"; c",
                     "tags": ["x", "y"],
                     "expires_at": "2030-10-13T12:00:00Z", "starts_at": "2028-01-01T00:00:00Z",
                     "aircraft_roles": [{"aircraft": "N12345", "role": "pilot"}],
                     "welcome": "Hi\nyou",
                     "email_domains": ["example.org"], "account_days": 90})");
    const auto off = house.Create(R"({"max_uses": 0, "code": "SPRING-26"})");
    house.Post(fmt::format("/api/invite-codes/{}/revoke/", off.at("id").as_int64()), "", "ada");
    const std::string file = Export();
    House other(GetParam());
    const Answer done =
        other.Ask(kPost, "/api/invite-codes/import/", file, "ada", {{"content-type", "text/csv"}});
    ASSERT_EQ(done.status, 200) << done.body;
    auto before = Codes();
    auto after = other.Get("/api/invite-codes/?ordering=created_at", "ada").Rows();
    ASSERT_EQ(after.size(), before.size());
    for (std::size_t i = 0; i < before.size(); ++i)
        for (const char* name :
             {"code", "label", "email", "name", "role", "task_group", "aircraft_roles", "max_uses",
              "is_active", "status", "starts_at", "expires_at", "email_domains", "account_days",
              "notes", "welcome", "tags"})
            EXPECT_EQ(after[i].at(name), before[i].at(name)) << name;
    EXPECT_EQ(Import(file).Text("state"), "refused") << "here each of these codes is in use";
}

// PERM-4, PERM-5
TEST_P(Importing, WhatExceedsTheImporterWaitsForApproval) {
    const Answer done = Import("role,task group\nadmin,cleaning\nstaff,cleaning\n", "", "max");
    ASSERT_EQ(done.status, 200) << done.body;
    const auto codes = Codes();
    EXPECT_EQ(Text(codes.at(0), "status"), "pending");
    EXPECT_EQ(Text(codes.at(1), "status"), "active");
    EXPECT_EQ(Import("role\nviewer\n", "", "vic").status, 403);
    const std::string path = "/api/imports/" + done.Text("import") + "/";
    EXPECT_EQ(house.Get(path, "max").status, 200);
    EXPECT_EQ(house.Get(path, "ada").status, 200);
    const std::string theirs = "/api/imports/" + Import("label\nA\n").Text("import") + "/";
    EXPECT_EQ(house.Get(theirs, "max").status, 404);
    EXPECT_EQ(house.Post(theirs + "undo/", "", "max").status, 404);
}

TEST_P(Importing, AnImportIsTakenBackButForWhatWasUsed) {
    const Answer done = Import("label\nA\nB\nC\n");
    const std::string path = "/api/imports/" + done.Text("import") + "/";
    ASSERT_EQ(house.Register(Text(Codes().at(1), "code"), "una").status, 201);
    ASSERT_EQ(house.Post(path + "undo/", "", "sam").Text("state"), "undoing");
    AdvanceImports(house.world, kMinute);
    for (const Event& event : house.Events(3))  // AUD-1
        EXPECT_EQ(event.actor_name, "sam") << NameOf(event.kind);
    const Answer after = house.Get(path, "ada");
    EXPECT_EQ(after.Text("state"), "undone");
    EXPECT_EQ(after.Number("undone"), 2);
    ASSERT_THAT(Codes(), SizeIs(1));
    EXPECT_EQ(Text(Codes().at(0), "label"), "B");
    EXPECT_EQ(house.Post(path + "undo/", "", "ada").status, 409);
    EXPECT_EQ(Count(EventKind::kImportUndone), 1u);
    EXPECT_EQ(Import("label\nA\nB\nC\n").Number("created"), 3) << "now it may come again";
}

// API-5
TEST_P(Importing, WithAKeyTheFirstAnswerIsGivenAgain) {
    const auto send = [&] {
        return house.Ask(kPost, "/api/invite-codes/import/", "label\nA\n", "ada",
                         {{"content-type", "text/csv"}, {"idempotency-key", "one"}});
    };
    const Answer first = send(), second = send();
    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(second.status, 200);
    EXPECT_EQ(second.body, first.body);
    EXPECT_THAT(Codes(), SizeIs(1));
}

// SEC-1
TEST_P(Importing, AFileThatWaitsIsSealed) {
    const Actor ada = house.ActorOf("ada");
    const auto permit = ada.Ask<Permission::kCodesWrite>().value();
    const std::string file = "label,email\nHeron house,hester@example.org\n";
    const std::string id = KeepImport(permit, house.world, {}, SourceOf(file)).value();
    EXPECT_THAT(house.database.Bytes(), Not(HasSubstr("hester@example.org")));
    EXPECT_EQ(house.database.Number("SELECT count(*) FROM import_piece"), 1);
    const DoorRules rules = ApiRules(ada, house.world);
    EXPECT_EQ(CheckKeptImport(permit, house.world, rules, id)->good, 1);
    EXPECT_EQ(RunKeptImport(permit, house.world, rules, id)->import.created, 1);
    EXPECT_EQ(house.database.Number("SELECT count(*) FROM import_piece"), 0);
    KeepImport(permit, house.world, {}, SourceOf(file)).value();
    house.clock.Pass(2 * kDay);
    DeleteOldDrafts(house.world);
    EXPECT_EQ(house.database.Number("SELECT count(*) FROM import_piece"), 0);
}

class LargeImport : public Importing {
protected:
    static std::string Rows(int count, int wrong_at = 0) {
        std::string file = "label,role\n";
        for (int row = 1; row <= count; ++row)
            file += fmt::format("Row {},{}\n", row, row == wrong_at ? "king" : "viewer");
        return file;
    }
    std::int64_t Made() {
        return house.database.Number("SELECT count(*) FROM code WHERE deleted_at IS NULL");
    }
    std::string PathOf(const Answer& begun) { return "/api/imports/" + begun.Text("import") + "/"; }
};

INSTANTIATE_TEST_SUITE_P(EveryDatabase, LargeImport, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(LargeImport, MoreThanOneTransactionShouldHoldIsMadeInSteps) {
    const Answer begun = Import(Rows(10'600));
    ASSERT_EQ(begun.status, 202) << begun.body;
    EXPECT_EQ(begun.Text("state"), "running");
    EXPECT_EQ(Made(), 0);
    EXPECT_EQ(Import(Rows(10'600)).Text("state"), "repeated") << "it is under way";
    EXPECT_TRUE(AdvanceImport(house.world, begun.Text("import"), -1))
        << "one step, then time is over";
    EXPECT_EQ(Made(), 500);
    EXPECT_EQ(house.Get(PathOf(begun), "ada").Number("looked_at"), 500);
    AdvanceImports(house.world, kMinute);
    const Answer done = house.Get(PathOf(begun), "ada");
    EXPECT_EQ(done.Text("state"), "done");
    EXPECT_EQ(done.Number("created"), 10'600);
    EXPECT_EQ(Made(), 10'600);
    EXPECT_EQ(house.database.Number("SELECT count(*) FROM import_piece"), 0);
    EXPECT_EQ(house.Get("/api/invite-codes/?count=true", "ada").Number("count"), 10'600);
}

TEST_P(LargeImport, OfAllOrNothingNothingIsLeftWhereSomethingIsWrongLater) {
    const Answer begun = Import("label,aircraft\n" + [] {
        std::string rows;
        for (int row = 0; row < 10'001; ++row)
            rows += fmt::format("Row {},{}\n", row, row == 800 ? "N12345:pilot" : "");
        return rows;
    }());
    ASSERT_EQ(begun.Text("state"), "running") << begun.body;
    AdvanceImport(house.world, begun.Text("import"), -1);
    EXPECT_EQ(Made(), 500);
    house.database.Execute("UPDATE aircraft SET retired_at = 1");
    AdvanceImports(house.world, kMinute);
    const Answer done = house.Get(PathOf(begun), "ada");
    EXPECT_EQ(done.Text("state"), "refused");
    EXPECT_EQ(ErrorsOf(done), std::vector<std::string>{"802 aircraft_roles aircraft.unknown"});
    EXPECT_EQ(Made(), 0);
    EXPECT_EQ(house.database.Number("SELECT count(*) FROM import_row"), 0);
}

TEST_P(LargeImport, WhoeverStopsItLeavesNothingOrWhatWasRight) {
    for (const char* query : {"", "?mode=good"}) {
        const Answer begun = Import(Rows(10'002) + query, query);
        AdvanceImport(house.world, begun.Text("import"), -1);
        house.Post(PathOf(begun) + "undo/", "", "ada");
        AdvanceImports(house.world, kMinute);
        EXPECT_EQ(house.Get(PathOf(begun), "ada").Text("state"), "cancelled");
        EXPECT_EQ(Made(), *query == 0 ? 0 : 500);
    }
}

TEST_P(LargeImport, WhoeverMayNoLongerMakeCodesDoesNotGoOn) {
    const Answer begun = Import(Rows(10'001), "", "max");
    ASSERT_EQ(begun.Text("state"), "running") << begun.body;
    house.Ask(Method::kPatch, "/api/users/" + house.AccountId("max") + "/", R"({"role": "viewer"})",
              "ada");
    AdvanceImports(house.world, kMinute);
    const Answer done = house.Get(PathOf(begun), "ada");
    EXPECT_EQ(done.Text("state"), "refused");
    EXPECT_THAT(done.Text("trouble"), HasSubstr("may not make codes any more"));
    EXPECT_EQ(Made(), 0);
}

// ── The pages ──────────────────────────────────────────────────────────────────────────────────

TEST_P(Importing, AFileIsLookedAtMappedAndImportedWithoutScripts) {
    Visitor ada(house);
    ASSERT_EQ(ada.LogIn("ada").status, 303);
    const std::string pages = "/admin/invite-codes/import/";
    const Answer none = ada.Submit(pages, pages, {});
    EXPECT_EQ(none.status, 400);
    EXPECT_THAT(none.body, HasSubstr("Choose a file, or paste its rows"));
    const Answer kept =
        ada.Submit(pages, pages, {{"text", "Label,Dept\nSpring,cleaning\nAutumn,moon\n"}});
    ASSERT_EQ(kept.status, 303) << kept.body;
    const std::string here(kept.HeaderValue("location"));
    const Answer look = ada.Get(here);
    EXPECT_THAT(look.body, HasSubstr("Import 2 codes?"));
    EXPECT_THAT(look.body, HasSubstr("Not recognised"));
    const Visitor::Form mapped = {{"column", "Label"}, {"recognized", "label"},
                                  {"field", "label"},  {"column", "Dept"},
                                  {"recognized", ""},  {"field", "task_group"}};
    EXPECT_EQ(ada.Submit(here, here, mapped).status, 303);
    const Answer wrong = ada.Get(here);
    EXPECT_THAT(wrong.body, HasSubstr("Task group must be one of"));
    EXPECT_THAT(wrong.body, HasSubstr("1 row is wrong"));
    EXPECT_THAT(ada.Get(here + "errors.csv").body, HasSubstr("\"3\",\"task_group\""));
    Visitor::Form good = mapped;
    good.emplace_back("mode", "good");
    good.emplace_back("run", "1");
    EXPECT_EQ(ada.Submit(here, here, good).status, 303);
    const Answer done = ada.Get(here);
    EXPECT_THAT(done.body, HasSubstr("1 code imported"));
    EXPECT_THAT(ada.Get(here + "errors.csv").body, HasSubstr("\"3\",\"task_group\""));
    EXPECT_THAT(ada.Get(pages).body, HasSubstr(here));
    EXPECT_EQ(Codes().size(), 1u);
    EXPECT_EQ(ada.Submit(here, here + "undo/", {}).status, 303);
    AdvanceImports(house.world, kMinute);
    EXPECT_THAT(ada.Get(here).body, HasSubstr("Taken back"));
    EXPECT_THAT(Codes(), IsEmpty());
}

TEST_P(Importing, ADraftIsSeenByItsOwnerAlone) {
    Visitor max(house), ada(house);
    ASSERT_EQ(max.LogIn("max").status, 303);
    ASSERT_EQ(ada.LogIn("ada").status, 303);
    const std::string pages = "/manager/invite-codes/import/";
    const std::string here(
        max.Submit(pages, pages, {{"text", "label\nx\n"}}).HeaderValue("location"));
    EXPECT_EQ(max.Get(here).status, 200);
    const std::string there = "/admin/invite-codes" + here.substr(here.find("/import/"));
    EXPECT_EQ(ada.Get(there).status, 404);
    EXPECT_EQ(ada.Submit("/admin/invite-codes/import/", there, {{"run", "1"}}).status, 404);
}

}  // namespace
}  // namespace ostiary
