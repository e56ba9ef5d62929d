#include "core/raw_data.h"

#include <algorithm>

#include "core/audit.h"
#include "core/happenings.h"
#include "util/text.h"

namespace ostiary {
namespace {

using enum Permission;

constexpr char kBetween = '~';

Error NoSuchRow() {
    return {ErrorKind::kNotFound, "row.unknown", "Not found", "There is no such row"};
}

RawKey SplitKey(std::string_view text) {
    RawKey key;
    for (;;) {
        const auto end = text.find(kBetween);
        key.emplace_back(text.substr(0, end));
        if (end == text.npos) return key;
        text.remove_prefix(end + 1);
    }
}

RawKey KeyIn(const RawTable& table, const RawRow& values) {
    RawKey key;
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        if (table.columns[i].Is(RawUse::kKey)) key.push_back(values[i].value_or(""));
    return key;
}

RawRecord Shown(World& world, const RawTable& table, RawRow values) {
    RawRecord record;
    record.address = RawAddress(world, table, KeyIn(table, values));
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        if (table.columns[i].masked() && values[i]) values[i] = "";
    record.values = std::move(values);
    return record;
}

// The log is the log, wherever it is read (AUD-1).
void RememberRead(const Actor& actor, World& world, const RawTable& table) {
    if (table.name == "event")
        RememberAuditRead(world, actor, PairDetails({{"table", std::string(table.name)}}));
}

}  // namespace

RawKey RawKeyOf(const World& world, const RawTable& table, std::string_view address) {
    if (!table.HasMaskedKey()) return SplitKey(address);
    const auto opened = world.vault.Open(address);
    if (!opened || !opened->starts_with(std::string(table.name) + " ")) return {};
    return SplitKey(std::string_view(*opened).substr(table.name.size() + 1));
}

std::string RawAddress(World& world, const RawTable& table, const RawKey& key) {
    std::string text = Join(key, std::string(1, kBetween));
    if (!table.HasMaskedKey()) return text;
    return world.vault.Seal(world.random, std::string(table.name) + " " + text);
}

Result<std::vector<const RawTable*>> ListRawTables(Permit<kRawData>, World& world) {
    std::vector<const RawTable*> tables;
    world.store.Read([&](Work& work) {
        for (const RawTable& table : kRawTables)
            if (work.raw.Has(table)) tables.push_back(&table);
    });
    return tables;
}

Result<RawListing> ListRawRows(Permit<kRawData> permit, World& world, const RawTable& table,
                               const RawQuestion& asked) {
    RawQuery query;
    query.search = Trim(asked.search);
    query.back = asked.back;
    query.value = asked.value;
    if (!asked.column.empty()) {
        query.column = table.Find(asked.column);
        if (query.column == nullptr || query.column->masked()) return RawListing{};
    }
    if (!asked.beyond.empty()) {
        query.beyond = RawKeyOf(world, table, asked.beyond);
        if (query.beyond.empty()) return RawListing{};
    }
    RememberRead(permit.holder(), world, table);
    RawPage page;
    world.store.Read([&](Work& work) {
        if (work.raw.Has(table)) page = work.raw.List(table, query);
    });
    RawListing listing;
    for (RawRow& row : page.rows) listing.rows.push_back(Shown(world, table, std::move(row)));
    if (page.has_next && !listing.rows.empty()) listing.next = listing.rows.back().address;
    if (page.has_previous && !listing.rows.empty()) listing.previous = listing.rows.front().address;
    return listing;
}

Result<RawRecord> GetRawRow(Permit<kRawData> permit, World& world, const RawTable& table,
                            std::string_view address) {
    const RawKey key = RawKeyOf(world, table, address);
    std::optional<RawRow> row;
    if (!key.empty())
        world.store.Read([&](Work& work) {
            if (work.raw.Has(table)) row = work.raw.Find(table, key);
        });
    if (!row) return NoSuchRow();
    RememberRead(permit.holder(), world, table);
    return Shown(world, table, *std::move(row));
}

}  // namespace ostiary
