#include "store/statement.h"

#include <array>
#include <atomic>

#include "sql.h"
#include "store/connection.h"

namespace ostiary {
namespace {

constexpr std::size_t kCount = std::size(sql::kStatements);
std::array<std::array<std::atomic<bool>, kCount>, 2> was_run{};

}  // namespace

std::span<const Statement* const> NamedStatements() { return sql::kStatements; }

void NoteRun(const Statement& statement, Dialect dialect) {
    if (statement.index < 0) return;
    was_run[static_cast<std::size_t>(dialect)][static_cast<std::size_t>(statement.index)].store(
        true, std::memory_order_relaxed);
}

std::vector<std::string_view> StatementsNeverRun(Dialect dialect) {
    std::vector<std::string_view> names;
    for (const Statement* statement : sql::kStatements) {
        const auto& seen =
            was_run[static_cast<std::size_t>(dialect)][static_cast<std::size_t>(statement->index)];
        if (!statement->For(dialect).empty() && !seen.load(std::memory_order_relaxed))
            names.push_back(statement->name);
    }
    return names;
}

}  // namespace ostiary
