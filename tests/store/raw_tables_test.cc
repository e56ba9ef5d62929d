// ADM-6: the declared tables are the tables there are, on every database.

#include <gmock/gmock.h>

#include <set>

#include "core/raw_data.h"
#include "store/contract.h"

namespace ostiary {
namespace {

class RawTablesContract : public Contract {
protected:
    // "table.column" of everything in the database, but for what an index of SQLite keeps for
    // itself.
    std::set<std::string> InTheDatabase() {
        const char* sql =
            GetParam() == DatabaseKind::kSqlite
                ? "SELECT m.name || '.' || c.name FROM sqlite_master m, pragma_table_info(m.name) "
                  "c "
                  "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE "
                  "'code\\_search%' ESCAPE '\\'"
                : "SELECT table_name || '.' || column_name FROM information_schema.columns "
                  "WHERE table_schema = current_schema()";
        std::set<std::string> names;
        for (const std::string& name : database.Texts(sql)) names.insert(name);
        return names;
    }
};
INSTANTIATE_TEST_SUITE_P(EveryDatabase, RawTablesContract, testing::ValuesIn(kEveryDatabase),
                         NameOfDatabase);

TEST_P(RawTablesContract, EveryTableAndEveryColumnIsDeclared) {
    const auto there = InTheDatabase();
    std::set<std::string> declared;
    for (const RawTable& table : kRawTables) {
        if (!Read([&](Work& work) { return work.raw.Has(table); })) continue;
        for (const RawColumn& column : table.columns)
            declared.insert(std::string(table.name) + "." + std::string(column.name));
    }
    for (const std::string& name : there)
        EXPECT_TRUE(declared.contains(name)) << name << " is not declared in core/raw_data.h";
    for (const std::string& name : declared)
        EXPECT_TRUE(there.contains(name)) << name << " is declared and is not there";
}

// Whoever declares a column that is a secret must say so.
TEST(RawTables, WhatSoundsLikeASecretIsMasked) {
    for (const RawTable& table : kRawTables)
        for (const RawColumn& column : table.columns) {
            const bool secret = column.name.find("hash") != column.name.npos ||
                                column.name.find("sealed") != column.name.npos ||
                                column.name.find("secret") != column.name.npos;
            EXPECT_TRUE(!secret || column.masked()) << table.name << "." << column.name;
            EXPECT_FALSE(column.masked() &&
                         (column.Is(RawUse::kSearched) || column.Is(RawUse::kListed)))
                << table.name << "." << column.name;
            EXPECT_TRUE(column.leads_to.empty() || FindRawTable(column.leads_to))
                << column.leads_to;
        }
}

TEST_P(RawTablesContract, ASecretIsNotEvenRead) {
    AddAccount("ann");
    const RawTable& accounts = *FindRawTable("account");
    const auto row = Read([&](Work& work) { return work.raw.Find(accounts, {"account-ann"}); });
    ASSERT_TRUE(row);
    for (const auto& value : *row) EXPECT_NE(value.value_or(""), "$argon2id$");
    EXPECT_FALSE(Read([&](Work& work) { return work.raw.Find(accounts, {"nobody"}); }));
    EXPECT_FALSE(Read([&](Work& work) { return work.raw.Find(accounts, {"a", "b"}); }));
}

}  // namespace
}  // namespace ostiary
