// AUD-2: whatever somebody does to the log behind the program's back, the first bad entry is named;
// whatever the program does itself leaves it whole.

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "core/accounts.h"
#include "core/audit.h"
#include "core/audit_verify.h"
#include "core/happenings.h"
#include "support/house.h"

namespace ostiary {
namespace {

using testing::HasSubstr;
using testing::Not;

class AuditLog : public testing::TestWithParam<DatabaseKind> {
protected:
    AuditLog() {
        std::string path =
            (std::filesystem::temp_directory_path() / "ostiary-audit-XXXXXX").string();
        if (mkdtemp(path.data()) == nullptr) throw std::runtime_error("no folder for the test");
        house.config.data = path;
    }
    ~AuditLog() override { std::filesystem::remove_all(house.config.data); }

    const Actor console = Actor::Console("test");

    void Keep() {
        LinkAuditLog(house.world, 100'000);
        EXPECT_EQ(AnchorAuditLog(house.world), std::nullopt);
    }
    AuditVerdict Verify() {
        return VerifyAuditLog(console.Ask<Permission::kAuditRead>().value(), house.world).value();
    }
    // What is wrong, and where: "changed 7"; nothing where all is well.
    std::string Wrong() {
        const AuditVerdict verdict = Verify();
        if (!verdict.fault) return "nothing";
        return std::string(NameOf(verdict.fault->wrong)) + " " +
               std::to_string(verdict.fault->position);
    }

    // Somebody who may do anything to the database.
    void Tamper(const std::string& script) {
        const bool sqlite = GetParam() == DatabaseKind::kSqlite;
        if (!disarmed_)
            house.database.Execute(
                sqlite ? "DROP TRIGGER event_stays; DROP TRIGGER event_is_as_it_was; DROP TRIGGER "
                         "audit_link_stays; DROP TRIGGER audit_link_is_as_it_was"
                       : "ALTER TABLE event DISABLE TRIGGER USER; ALTER TABLE audit_link DISABLE "
                         "TRIGGER USER");
        disarmed_ = true;
        house.database.Execute(script);
    }
    void SomeEvents(int count) {
        for (int i = 0; i < count; ++i)
            house.Create(R"({"label": "Spring )" + std::to_string(i) + R"("})");
    }
    std::int64_t EventAt(int position) {
        return house.database.Number("SELECT event_id FROM audit_link WHERE position = " +
                                     std::to_string(position));
    }
    std::string Where(int position) { return " WHERE id = " + std::to_string(EventAt(position)); }

    House house{GetParam()};

private:
    bool disarmed_ = false;
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, AuditLog, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(AuditLog, IsWholeAndSaysHowFarItWasVerified) {
    SomeEvents(3);
    const AuditVerdict before = Verify();
    EXPECT_FALSE(before.fault);
    EXPECT_EQ(before.entries, 0) << "nothing was linked yet";
    EXPECT_GT(before.waiting, 3);
    Keep();
    SomeEvents(1);
    const AuditVerdict verdict = Verify();
    ASSERT_FALSE(verdict.fault) << verdict.fault->sentence;
    EXPECT_EQ(verdict.entries, before.waiting + 1) << "the first look is an event as well";
    EXPECT_EQ(verdict.waiting, 1);
    EXPECT_EQ(verdict.last->position, verdict.entries);
    ASSERT_TRUE(verdict.anchor);
    EXPECT_TRUE(verdict.anchor->IsSameAs(*verdict.last));
}

TEST_P(AuditLog, AChangeOfAnyColumnIsFoundAndNamed) {
    SomeEvents(4);
    house.Create(R"({"label": "Rose garden"})");
    Keep();
    const int entry =
        static_cast<int>(house.database.Number("SELECT max(position) FROM audit_link"));
    // The last entry, and back again: each change must be found by itself.
    const std::vector<std::pair<std::string, std::string>> columns = {
        {"at", "at + 1"},
        {"kind", "'code.eaten'"},
        {"code_id", "code_id + 1"},
        {"actor_id", "'somebody'"},
        {"actor_name", "'sam'"},
        {"subject_id", "'something'"},
        {"subject_name", "'Lily garden'"},
        {"details", "'{}'"},
        {"door", "'console'"},
        {"address", "'203.0.113.9'"},
        {"request_id", "'another'"},
        {"mac", "'AAAAAAAAAAAAAAAAAAAAAA'"},
        {"digest", "'AAAAAAAAAAAAAAAAAAAAAA'"},
        {"salt", "'AAAAAAAAAAAAAAAAAAAAAA'"},
        {"stamp", "'AAAAAAAAAAA.9'"},
        {"actor_name", "NULL"},
        {"mac", "NULL"},
        {"salt", "NULL"},
        {"salt", "NULL, actor_name = NULL, subject_name = NULL, details = NULL, address = NULL"}};
    Tamper("CREATE TABLE kept AS SELECT * FROM event" + Where(entry));
    for (const auto& [column, value] : columns) {
        Tamper("UPDATE event SET " + column + " = " + value + Where(entry));
        EXPECT_EQ(Wrong(), "changed " + std::to_string(entry)) << column << " = " << value;
        std::string back;
        for (const char* name :
             {"at", "kind", "code_id", "actor_id", "actor_name", "subject_id", "subject_name",
              "details", "door", "address", "request_id", "mac", "digest", "salt", "stamp"})
            back += (back.empty() ? "" : ", ") + std::string(name) + " = (SELECT " + name +
                    " FROM kept)";
        Tamper("UPDATE event SET " + back + Where(entry));
    }
    EXPECT_EQ(Wrong(), "nothing");
    for (const std::string change : {"mac = 'AAAAAAAAAAAAAAAAAAAAAA'", "seal = 'AAAA'",
                                     "event_id = 999999", "position = position + 100000"}) {
        Tamper("CREATE TABLE link_kept AS SELECT * FROM audit_link WHERE position = 2");
        Tamper("UPDATE audit_link SET " + change + " WHERE position = 2");
        EXPECT_THAT(Wrong(), testing::EndsWith(" 2")) << change;
        Tamper("DELETE FROM audit_link WHERE position > 2 AND seal = (SELECT seal FROM link_kept)");
        Tamper(
            "UPDATE audit_link SET mac = (SELECT mac FROM link_kept), seal = (SELECT seal FROM "
            "link_kept), event_id = (SELECT event_id FROM link_kept) WHERE position = 2");
        if (house.database.Number("SELECT count(*) FROM audit_link WHERE position = 2") == 0)
            Tamper("INSERT INTO audit_link SELECT * FROM link_kept");
        Tamper("DROP TABLE link_kept");
    }
    EXPECT_EQ(Wrong(), "nothing");
}

TEST_P(AuditLog, ARemovedEntryIsFound) {
    SomeEvents(5);
    Keep();
    const std::int64_t event = EventAt(6);
    Tamper("DELETE FROM event" + Where(6));
    const AuditVerdict verdict = Verify();
    ASSERT_TRUE(verdict.fault);
    EXPECT_EQ(verdict.fault->wrong, AuditWrong::kRemoved);
    EXPECT_EQ(verdict.fault->position, 6);
    EXPECT_EQ(verdict.fault->event_id, event);
    EXPECT_EQ(verdict.entries, 5) << "all before it are good";
    Tamper("DELETE FROM audit_link WHERE position = 6");
    EXPECT_EQ(Wrong(), "removed 6");
}

TEST_P(AuditLog, SwappedEntriesAreFound) {
    SomeEvents(5);
    Keep();
    const std::string one = std::to_string(EventAt(5)), two = std::to_string(EventAt(6));
    Tamper("UPDATE event SET id = -1 WHERE id = " + one + "; UPDATE event SET id = " + one +
           " WHERE id = " + two + "; UPDATE event SET id = " + two + " WHERE id = -1");
    EXPECT_EQ(Wrong(), "reordered 5");
}

TEST_P(AuditLog, AnInsertedEntryIsFound) {
    SomeEvents(5);
    Keep();
    // Between two that are linked, as PostgreSQL leaves room after an undone transaction.
    Tamper("INSERT INTO event (id, at, kind, door) VALUES (-5, 1, 'code.deleted', 'console')");
    EXPECT_EQ(Wrong(), "added 0");
    Tamper("DELETE FROM event WHERE id = -5");
    // At the end, and linked by the program itself: with no mac, with one made up, and as a copy.
    Tamper("INSERT INTO event (id, at, kind, door) VALUES (5000, 1, 'code.deleted', 'console')");
    EXPECT_EQ(Wrong(), "added 0") << "not linked yet";
    LinkAuditLog(house.world, 100'000);
    EXPECT_THAT(Wrong(), testing::StartsWith("added "));
}

TEST_P(AuditLog, ACopyOfAnEntryIsFound) {
    SomeEvents(5);
    Keep();
    Tamper(
        "INSERT INTO event (id, at, kind, code_id, actor_id, actor_name, subject_id, "
        "subject_name, details, door, address, request_id, mac, digest, salt, stamp) SELECT id + "
        "5000, "
        "at, kind, code_id, actor_id, actor_name, subject_id, subject_name, details, door, "
        "address, request_id, mac, digest, salt, stamp FROM event" +
        Where(7));
    LinkAuditLog(house.world, 100'000);
    const AuditVerdict verdict = Verify();
    ASSERT_TRUE(verdict.fault);
    EXPECT_EQ(verdict.fault->wrong, AuditWrong::kAdded);
    EXPECT_THAT(verdict.fault->sentence, HasSubstr("copy"));
}

TEST_P(AuditLog, ACutTailIsFoundByWhatIsRememberedOutsideTheDatabase) {
    SomeEvents(6);
    Keep();
    const auto last = house.database.Number("SELECT max(position) FROM audit_link");
    const std::string from = std::to_string(last - 2);
    Tamper(
        "DELETE FROM event WHERE id IN (SELECT event_id FROM audit_link WHERE position > " + from +
        "); DELETE FROM audit_link WHERE position > " + from +
        "; UPDATE audit_position SET linked = (SELECT max(event_id) FROM audit_link), fence = 0");
    EXPECT_EQ(Wrong(), "cut " + std::to_string(last - 1));
    EXPECT_THAT(AnchorAuditLog(house.world).value_or("nothing"), HasSubstr("restored"));

    // What is written afterwards does not hide it, and the proof is not overwritten.
    SomeEvents(8);
    LinkAuditLog(house.world, 100'000);
    EXPECT_NE(AnchorAuditLog(house.world), std::nullopt);
    EXPECT_EQ(Wrong(), "cut " + std::to_string(last));
    EXPECT_THAT(Verify().fault->sentence, HasSubstr("restored from a backup"));
}

TEST_P(AuditLog, WhoeverRestoredABackupSaysSoAndTheLogGoesOnFromThere) {
    SomeEvents(4);
    Keep();
    {
        std::ofstream forged(AuditAnchorPath(house.config));
        forged << R"({"position":100000,"event":100000,"at":"2026-09-01T00:00:00Z","seal":"x"})";
    }
    EXPECT_THAT(Wrong(), testing::StartsWith("cut "));
    const auto permit = console.Ask<Permission::kAuditRead>().value();
    ASSERT_TRUE(AcceptAuditLog(permit, house.world).ok());
    EXPECT_EQ(Wrong(), "nothing");
    EXPECT_EQ(house.Events(3)[1].kind, EventKind::kAuditAccepted);
    Keep();

    // Only on the machine itself.
    const Actor ada = house.ActorOf("ada");
    EXPECT_FALSE(AcceptAuditLog(ada.Ask<Permission::kAuditRead>().value(), house.world).ok());
    std::ofstream(AuditAnchorPath(house.config)) << "nonsense";
    EXPECT_EQ(Wrong(), "changed 0");
}

TEST_P(AuditLog, TheDatabaseItselfRefusesToChangeOrForgetEntries) {
    SomeEvents(2);
    Keep();
    for (const char* deed :
         {"DELETE FROM event", "UPDATE event SET actor_name = 'sam'", "UPDATE event SET mac = NULL",
          "UPDATE event SET mac = NULL, salt = NULL, actor_name = NULL, subject_name = NULL, "
          "details = NULL, address = NULL",
          "UPDATE event SET at = 5", "DELETE FROM audit_link", "UPDATE audit_link SET seal = 'x'"})
        EXPECT_THROW(house.database.Execute(deed), WorldFailure) << deed;
    EXPECT_EQ(Wrong(), "nothing");
}

TEST_P(AuditLog, AnErasedPersonIsGoneFromTheLogWhichStaysWhole) {
    const auto code = house.Create(R"({"label": "Spring", "max_uses": 5})");
    const std::string word(code.at("code").as_string());
    ASSERT_EQ(house.Register(word, "rosalind").status, 201);
    const std::string id = house.AccountId("rosalind");
    Keep();
    const auto write = console.Ask<Permission::kUsersWrite>();
    EXPECT_EQ(EraseAccount(write.value(), house.world, "rosalind").error().reason,
              "account.active");
    ASSERT_TRUE(DeactivateAccount(write.value(), house.world, id).ok());
    ASSERT_TRUE(EraseAccount(write.value(), house.world, "Rosalind").ok());
    EXPECT_EQ(house.database.Number("SELECT count(*) FROM event WHERE actor_name = 'rosalind' OR "
                                    "subject_name = 'rosalind' OR details LIKE '%rosalind%'"),
              0);
    EXPECT_EQ(house.database.Number("SELECT count(*) FROM redemption WHERE account_name = "
                                    "'rosalind' OR email LIKE 'rosalind%'"),
              0);
    EXPECT_EQ(house.database.Number("SELECT count(*) FROM redemption"), 1);
    const AuditVerdict whole = Verify();
    ASSERT_FALSE(whole.fault) << whole.fault->sentence;
    Keep();
    EXPECT_GE(Verify().erased, 1);
    EXPECT_FALSE(EraseAccount(write.value(), house.world, "rosalind").ok());

    // Without the entry that says so, the same looks like what it would be.
    Tamper("DELETE FROM event WHERE kind = 'account.erased'");
    EXPECT_THAT(Wrong(), testing::StartsWith("changed "));
}

TEST_P(AuditLog, WhoeverWasDeletedCanBeErasedAfterwards) {
    const auto code = house.Create(R"({"label": "Spring", "max_uses": 5})");
    ASSERT_EQ(house.Register(std::string(code.at("code").as_string()), "rosalind").status, 201);
    const std::string id = house.AccountId("rosalind");
    const auto write = console.Ask<Permission::kUsersWrite>();
    ASSERT_TRUE(DeactivateAccount(write.value(), house.world, id).ok());
    ASSERT_TRUE(DeleteAccount(write.value(), house.world, id).ok());
    const auto erased = EraseAccount(write.value(), house.world, "rosalind");
    ASSERT_TRUE(erased.ok());
    EXPECT_EQ(erased->account_id, id);
    EXPECT_FALSE(erased->had_account);
    EXPECT_EQ(house.database.Number("SELECT count(*) FROM redemption WHERE email IS NOT NULL"), 0);
    Keep();
    EXPECT_EQ(Wrong(), "nothing");
}

TEST_P(AuditLog, EventsFromBeforeTheChainAreTakenIntoItOnce) {
    SomeEvents(4);
    // As the migration finds them.
    Tamper(
        "DELETE FROM audit_link; UPDATE event SET mac = NULL, digest = NULL, salt = NULL, stamp = "
        "NULL; UPDATE "
        "audit_position SET linked = 0, fence = 0, waits_for = '', origin_seal = NULL, origin = "
        "(SELECT max(id) FROM event)");
    const AuditVerdict before = Verify();
    EXPECT_FALSE(before.fault);
    Keep();
    EXPECT_EQ(Wrong(), "nothing");
    EXPECT_GT(Verify().entries, 4);
    // Nobody can say later that there was more before it.
    Tamper(
        "INSERT INTO event (id, at, kind, door) VALUES (7000, 1, 'code.deleted', 'console'); "
        "UPDATE audit_position SET origin = 9000");
    LinkAuditLog(house.world, 100'000);
    EXPECT_THAT(Wrong(), testing::StartsWith("added "));
}

TEST_P(AuditLog, AWalkMayBeginAtAnEntry) {
    SomeEvents(5);
    Keep();
    Tamper("UPDATE event SET details = 'x'" + Where(2));
    const auto permit = console.Ask<Permission::kAuditRead>().value();
    EXPECT_EQ(Wrong(), "changed 2");
    AuditLook look;
    look.from = 3;
    const AuditVerdict rest = VerifyAuditLog(permit, house.world, look).value();
    EXPECT_FALSE(rest.fault);
    EXPECT_GT(rest.entries, 3);
    look.from = 100'000;
    EXPECT_TRUE(VerifyAuditLog(permit, house.world, look).value().fault);
}

}  // namespace
}  // namespace ostiary
