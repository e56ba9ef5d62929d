#pragma once

// What every port works at: one connection, the vault that hashes and seals, and a note of what was
// touched.

#include <functional>
#include <initializer_list>
#include <string>
#include <vector>

#include "core/audit_chain.h"
#include "core/model.h"
#include "store/connection.h"
#include "util/random.h"
#include "util/vault.h"

namespace ostiary {

// Codes whose answer to Peek may have changed: known ones by id, new ones by their normalized text.
struct Touched {
    std::vector<CodeId> ids;
    std::vector<std::string> texts;

    bool empty() const { return ids.empty() && texts.empty(); }
    void Clear() { ids.clear(), texts.clear(); }
};

class Desk {
public:
    // `before_write` is called ahead of every statement that writes.
    Desk(Connection* connection, const Vault& vault_, Random& random_,
         std::function<void()> before_write)
        : vault(vault_),
          random(random_),
          connection_(connection),
          before_write_(std::move(before_write)) {}

    // Another connection takes the place of one that was lost.
    void MoveTo(Connection* connection) { connection_ = connection; }

    std::int64_t Run(const Statement& statement, std::initializer_list<Value> values,
                     EachRow each = {}) {
        return Run(statement, std::span(values.begin(), values.size()), each);
    }
    std::int64_t Run(const Statement& statement, std::span<const Value> values, EachRow each = {}) {
        if (statement.writes) before_write_();
        return connection_->Run(statement, values, each);
    }
    // For the next event that is written here (core/audit_chain.h).
    std::string NextStamp() {
        constexpr std::size_t kNameBytes = 8;
        if (node_.empty()) node_ = RandomToken(random, kNameBytes);
        return StampFor(node_, ++stamped_);
    }
    bool IsPostgres() const { return connection_->dialect() == Dialect::kPostgres; }

    const Vault& vault;
    Random& random;
    Touched touched;
    // Codes whose counter this transaction has moved: noted before it commits, for the lists.
    std::vector<std::int64_t> used;

private:
    Connection* connection_;
    std::function<void()> before_write_;
    std::string node_;
    std::int64_t stamped_ = 0;
};

}  // namespace ostiary
