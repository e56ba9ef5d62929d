// OPS-4: the layout of the database and the way to it.

#include <gmock/gmock.h>

#include <filesystem>

#include "store/contract.h"

namespace ostiary {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class SchemaContract : public testing::TestWithParam<DatabaseKind> {
protected:
    Database database{GetParam()};
    Config config = database.config();
    HandClock clock;
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, SchemaContract, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

std::string WhyRefused(const Config& config, const Clock& clock) {
    try {
        Migrate(config, clock);
        return "not refused";
    } catch (const WorldFailure& failure) {
        return failure.what();
    }
}

TEST_P(SchemaContract, AnEmptyDatabaseIsInspectedWithoutBeingTouched) {
    const SchemaState state = InspectSchema(config);
    EXPECT_EQ(state.database, 0);
    EXPECT_GE(state.program, 1);
    EXPECT_FALSE(state.too_new);
    EXPECT_THAT(state.applied, IsEmpty());
    EXPECT_FALSE(state.pending.empty());
    EXPECT_EQ(state.pending[0], "0001_init");
    EXPECT_FALSE(std::filesystem::exists(database.url()));
}

TEST_P(SchemaContract, MigrationsAreAppliedOnceAndRemembered) {
    const auto pending = InspectSchema(config).pending;
    EXPECT_EQ(Migrate(config, clock), pending);
    EXPECT_THAT(Migrate(config, clock), IsEmpty());
    const SchemaState state = InspectSchema(config);
    EXPECT_EQ(state.applied, pending);
    EXPECT_THAT(state.pending, IsEmpty());
    EXPECT_EQ(state.database, state.program);
    EXPECT_EQ(database.Number("SELECT min(applied_at) FROM schema_migration"), clock.Now());
}

TEST_P(SchemaContract, AnOlderProgramRefusesANewerDatabaseAndSaysWhy) {
    Migrate(config, clock);
    database.Execute("INSERT INTO schema_migration VALUES (9999, '9999_from_tomorrow', 'x', 1)");
    EXPECT_THAT(WhyRefused(config, clock), HasSubstr("newer program"));
    EXPECT_THAT(WhyRefused(config, clock), HasSubstr("9999_from_tomorrow"));
    const SchemaState state = InspectSchema(config);
    EXPECT_TRUE(state.too_new);
    EXPECT_EQ(state.database, 9999);
}

TEST_P(SchemaContract, AMigrationThatWasChangedAfterwardsIsRefused) {
    Migrate(config, clock);
    database.Execute("UPDATE schema_migration SET checksum = 'bent' WHERE number = 1");
    EXPECT_THAT(WhyRefused(config, clock), HasSubstr("0001_init"));
}

TEST_P(SchemaContract, AMigrationThatFailsLeavesNothingBehind) {
    database.Execute("CREATE TABLE redemption (id BIGINT)");  // in the way of 0001
    EXPECT_NE(WhyRefused(config, clock), "not refused");
    EXPECT_EQ(InspectSchema(config).database, 0);
    database.Execute("DROP TABLE redemption");
    EXPECT_EQ(Migrate(config, clock).front(), "0001_init");
}

TEST_P(SchemaContract, ProgramsThatStartAtOnceDoNotCollide) {
    const Vault vault(KeyOf(7));
    SystemRandom random;
    std::atomic<int> opened = 0;
    std::vector<std::thread> programs;
    for (int n = 0; n < 8; ++n)
        programs.emplace_back([&] {
            const auto store = OpenStore(config, vault, clock, random, {});
            store->Ping();
            ++opened;
        });
    for (auto& program : programs) program.join();
    EXPECT_EQ(opened, 8);
    EXPECT_EQ(database.Number("SELECT count(*) FROM schema_migration"),
              static_cast<std::int64_t>(InspectSchema(config).applied.size()));
}

TEST_P(SchemaContract, ADatabaseThatIsNotThereIsAClearFailure) {
    Config wrong;
    wrong.database = GetParam() == DatabaseKind::kSqlite
                         ? "/proc/nowhere/ostiary.db"
                         : "postgresql://nobody@127.0.0.1:1/none?connect_timeout=1";
    EXPECT_THROW(Migrate(wrong, clock), WorldFailure);
}

}  // namespace
}  // namespace ostiary
