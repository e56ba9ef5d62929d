// The browser of raw data (ADM-6): every table, and nothing that must not be seen or done.

#include "core/raw_data.h"

#include <gmock/gmock.h>

#include "support/visitor.h"

namespace ostiary {
namespace {

using testing::HasSubstr;
using testing::Not;

class RawData : public testing::TestWithParam<DatabaseKind> {
protected:
    void SetUp() override { ASSERT_EQ(ada.LogIn("ada").status, 303); }

    std::string Row(std::string_view table, std::string_view key) {
        return "/admin/data/" + std::string(table) + "/row/" + std::string(key) + "/";
    }
    // Every page of a table's list, one after another.
    std::string Whole(const std::string& table) {
        return ada.Get("/admin/data/" + table + "/").body;
    }

    House house{GetParam()};
    Visitor ada{house};
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, RawData, testing::ValuesIn(kEveryDatabase), NameOfDatabase);

TEST_P(RawData, EveryTableHasItsListItsRowsAndItsForm) {
    const auto code = house.Create(R"({"label": "Spring", "max_uses": 5,
        "aircraft_roles": [{"aircraft": "N12345", "role": "pilot"}]})");
    ASSERT_EQ(house.Register(code.at("code").as_string(), "ann").status, 201);
    const std::string tables = ada.Get("/admin/data/").body;
    int rows = 0;
    for (const RawTable& table : kRawTables) {
        SCOPED_TRACE(table.name);
        const std::string path = "/admin/data/" + std::string(table.name) + "/";
        if (tables.find(path) == tables.npos) {
            EXPECT_EQ(ada.Get(path).status, 404);  // the other database's
            continue;
        }
        const Answer list = ada.Get(path);
        EXPECT_EQ(list.status, 200);
        EXPECT_EQ(ada.Get(path + "new/").status, 200);
        EXPECT_EQ(ada.Get(path + "?search=zz&column=id&value=zz").status, 200);
        const auto at = list.body.find(path + "row/");
        if (at == list.body.npos) continue;
        const std::string row = list.body.substr(at, list.body.find('"', at) - at);
        EXPECT_EQ(ada.Get(row).status, 200) << row;
        EXPECT_EQ(ada.Get(row + "remove/").status, 200) << row;
        EXPECT_EQ(ada.Get(path + "?after=" + row.substr(at + path.size() + 4 - at, 3)).status, 200);
        ++rows;
    }
    EXPECT_GT(rows, 9);
    EXPECT_EQ(ada.Get("/admin/data/sqlite_master/").status, 404);
    EXPECT_EQ(ada.Get("/admin/data/account%20WHERE%201/").status, 404);
}

// CODE-2, ADM-6
TEST_P(RawData, SecretsAreNeverShownFoundOrFilteredBy) {
    const auto code = house.Create(R"({"label": "Spring"})");
    std::string all;
    for (const RawTable& table : kRawTables) {
        const Answer list = ada.Get("/admin/data/" + std::string(table.name) + "/");
        all += list.body;
        for (std::size_t at = 0; (at = list.body.find("/row/", at)) != std::string::npos; ++at) {
            const auto begin = list.body.rfind('"', at) + 1;
            all += ada.Get(list.body.substr(begin, list.body.find('"', at) - begin)).body;
        }
    }
    house.store->Read([&](Work& work) {
        const auto account = work.accounts.FindByUsername("ada");
        EXPECT_THAT(all, Not(HasSubstr("$argon2id$")));
        for (const ApiToken& token : work.tokens.ListOf(account->id))
            EXPECT_THAT(all, Not(HasSubstr(token.hash)));
        for (const Session& session : work.sessions.ListOf(account->id, house.clock.Now()))
            EXPECT_THAT(all, Not(HasSubstr(session.id_hash)));
    });
    EXPECT_THAT(all, Not(HasSubstr(std::string(code.at("code").as_string()))));
    EXPECT_THAT(all, HasSubstr("••••••"));
    const std::string filtered = ada.Get("/admin/data/account/?column=password_hash&value=x").body;
    EXPECT_THAT(filtered, HasSubstr("No row matches"));
    EXPECT_THAT(ada.Get("/admin/data/account/?search=argon2id").body, HasSubstr("No row matches"));
}

TEST_P(RawData, ListsAreReadPageByPageInBothDirectionsFilteredAndSearched) {
    for (int n = 0; n < 120; ++n) house.Create(R"({"label": "Many"})");
    const std::string first = ada.Get("/admin/data/code/").body;
    EXPECT_THAT(first, HasSubstr("/row/120/"));
    EXPECT_THAT(first, Not(HasSubstr("/row/70/")));
    EXPECT_THAT(first, HasSubstr("?after=71"));
    const std::string second = ada.Get("/admin/data/code/?after=71").body;
    EXPECT_THAT(second, HasSubstr("/row/70/"));
    EXPECT_THAT(second, HasSubstr("?before=70"));
    const std::string back = ada.Get("/admin/data/code/?before=70").body;
    EXPECT_THAT(back, HasSubstr("/row/120/"));
    EXPECT_THAT(back, Not(HasSubstr("?before=")));
    EXPECT_THAT(ada.Get("/admin/data/code/?column=id&value=7").body, HasSubstr("/row/7/"));
    EXPECT_THAT(ada.Get("/admin/data/code/?column=id&value=x").body, HasSubstr("No row matches"));
    EXPECT_THAT(ada.Get("/admin/data/code/?search=mAN").body, HasSubstr("/row/120/"));
    EXPECT_THAT(ada.Get("/admin/data/code/?after=%27%3B--").body, HasSubstr("This table is empty"));
}

// AUD-1
TEST_P(RawData, ChangesGoThroughTheVerbsAndAreAuditedBeforeAndAfter) {
    const std::string vic = Row("account", house.AccountId("vic"));
    const Answer page = ada.Get(vic);
    EXPECT_THAT(page.body, HasSubstr("vic@ostiary.test"));
    EXPECT_THAT(page.body, HasSubstr("/admin/data/session/?column=account_id"));
    EXPECT_EQ(ada.Submit(vic, vic, {{"version", "1"}, {"name", "Victor"}}).status, 303);
    const Event edited = house.Events(1)[0];
    EXPECT_EQ(edited.kind, EventKind::kAccountEdited);
    EXPECT_EQ(edited.details, R"({"name":["","Victor"]})");
    // CODE-8 for accounts: the version that was looked at is no longer the one.
    EXPECT_EQ(ada.Submit(vic, vic, {{"version", "1"}, {"name", "Vera"}}).status, 412);
    const Answer wrong = ada.Submit(vic, vic, {{"version", "2"}, {"email", "no address"}});
    EXPECT_EQ(wrong.status, 400);
    EXPECT_THAT(wrong.body, HasSubstr("This is not an email address"));

    EXPECT_EQ(ada.Submit("/admin/data/aircraft/new/", "/admin/data/aircraft/new/",
                         {{"registration", "D-EABC"}, {"name", "Robin"}})
                  .status,
              303);
    EXPECT_EQ(house.Events(1)[0].kind, EventKind::kAircraftAdded);
    EXPECT_EQ(ada.Submit("/admin/data/account_aircraft/new/", "/admin/data/account_aircraft/new/",
                         {{"account_id", "vic"}, {"aircraft_id", "D-EABC"}, {"role", "owner"}})
                  .status,
              303);
    EXPECT_THAT(ada.Get("/admin/users/?search=vic").body, HasSubstr("D-EABC (owner)"));
    EXPECT_EQ(ada.Submit("/admin/data/account_aircraft/new/", "/admin/data/account_aircraft/new/",
                         {{"account_id", "vic"}, {"aircraft_id", "D-EABC"}, {"role", "king"}})
                  .status,
              400);
}

TEST_P(RawData, AnAccountIsAddedAndGoneAgainButNeverTheLastSuperuser) {
    EXPECT_EQ(ada.Submit("/admin/data/account/new/", "/admin/data/account/new/",
                         {{"username", "zoe"},
                          {"email", "zoe@example.org"},
                          {"name", ""},
                          {"role", "staff"},
                          {"task_group", "general"},
                          {"is_staff", "0"},
                          {"is_superuser", "0"},
                          {"time_zone", ""},
                          {"password_hash", std::string(kGoodPassword)}})
                  .status,
              303);
    Visitor zoe(house);
    EXPECT_EQ(zoe.LogIn("zoe").status, 303);
    const std::string row = Row("account", house.AccountId("zoe"));
    EXPECT_EQ(ada.Submit(row, row + "remove/", {}).status, 303);
    EXPECT_THAT(ada.Get(row).body, HasSubstr("Deactivate this account first"));
    const std::string user = "/admin/users/" + house.AccountId("zoe") + "/";
    ASSERT_EQ(ada.Submit(user, user + "deactivate/", {}).status, 303);
    EXPECT_EQ(ada.Submit(row, row + "remove/", {}).status, 303);
    EXPECT_EQ(ada.Get(row).status, 404);
    EXPECT_EQ(house.Events(1)[0].kind, EventKind::kAccountDeleted);
    // PERM-7
    const std::string own = Row("account", house.AccountId("ada"));
    EXPECT_EQ(ada.Submit(own, own, {{"is_superuser", "0"}}).status, 409);
    EXPECT_EQ(ada.Get("/admin/").status, 200);
}

// REG-6, AUD-2
TEST_P(RawData, HistoryAndCountersCannotBeTouched) {
    const auto code = house.Create(R"({"label": "Spring", "max_uses": 5})");
    ASSERT_EQ(house.Register(code.at("code").as_string(), "ann").status, 201);
    const std::string row = Row("code", std::to_string(code.at("id").as_int64()));
    ada.Submit(row, row, {{"version", "1"}, {"used_count", "0"}, {"label", "Spring"}});
    EXPECT_EQ(house.Uses(code.at("id").as_int64()), 1);
    EXPECT_THAT(ada.Get(row).body, Not(HasSubstr("name=\"used_count\"")));
    EXPECT_EQ(ada.Submit(row, row + "remove/", {}).status, 303);  // used: refused, with the reason
    EXPECT_EQ(house.Uses(code.at("id").as_int64()), 1);
    const std::int64_t newest = house.Events(1)[0].id;
    for (const char* table : {"event", "redemption", "schema_migration", "fact"}) {
        const std::string list = ada.Get("/admin/data/" + std::string(table) + "/").body;
        const auto at = list.find("/admin/data/" + std::string(table) + "/row/");
        ASSERT_NE(at, list.npos) << table;
        const std::string one = list.substr(at, list.find('"', at) - at);
        EXPECT_THAT(list, Not(HasSubstr("Add a row")));
        EXPECT_EQ(ada.Submit(one, one, {{"details", "{}"}}).status, 409) << table;
        EXPECT_EQ(ada.Submit(one, one + "remove/", {}).status, 303) << table;
        EXPECT_EQ(ada.Get(one).status, 200) << table;
    }
    ASSERT_EQ(house.Events(1)[0].id, newest + 1);
    EXPECT_EQ(house.Events(1)[0].kind, EventKind::kAuditRead) << "that the log was looked into";
}

TEST_P(RawData, EndingASessionThroughItsRowLogsThatBrowserOut) {
    Visitor max(house);
    ASSERT_EQ(max.LogIn("max").status, 303);
    const std::string list =
        ada.Get("/admin/data/session/?column=account_id&value=" + house.AccountId("max")).body;
    const auto at = list.find("/admin/data/session/row/");
    ASSERT_NE(at, list.npos);
    const std::string row = list.substr(at, list.find('"', at) - at);
    EXPECT_EQ(ada.Submit(row, row + "remove/", {}).status, 303);
    EXPECT_EQ(max.Get("/manager/").status, 303);
    EXPECT_EQ(house.Events(1)[0].kind, EventKind::kSessionEnded);
}

TEST_P(RawData, HostileNamesAreShownAsTheyAre) {
    house.Create(boost::json::serialize(
        boost::json::object{{"label", "<script>alert(1)</script> 🛩️"}}));
    for (const char* path :
         {"/admin/data/code/", "/admin/data/event/", "/admin/audit/", "/admin/"}) {
        const std::string page = ada.Get(path).body;
        EXPECT_THAT(page, Not(HasSubstr("<script>alert"))) << path;
        EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(1)")) << path;
    }
}

}  // namespace
}  // namespace ostiary
