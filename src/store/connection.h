#pragma once

// The seam between our SQL and a database driver. sqlite.cc and postgres.cc implement it, and
// nothing else in the house includes a driver's header.

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/statement.h"
#include "util/failure.h"

namespace ostiary {

enum class StoreTrouble : std::uint8_t {
    kAgain,       // lost a race with another transaction: the same work may succeed when run again
    kUnique,      // two rows would be the same
    kConstraint,  // a CHECK or a foreign key had the last word
    kLost,        // the connection is gone
    kOther,
};

struct StoreFailure : WorldFailure {
    StoreFailure(StoreTrouble trouble_, const std::string& what)
        : WorldFailure(what), trouble(trouble_) {}
    explicit StoreFailure(const std::string& what) : StoreFailure(StoreTrouble::kOther, what) {}
    StoreTrouble trouble;
};

// A parameter. Refers to the caller's text and arrays, copies nothing.
class Value {
public:
    enum class Kind : std::uint8_t { kNull, kInt, kText, kInts, kTexts };

    Value(std::nullptr_t) {}
    template <std::integral T>
    Value(T number) : kind_(Kind::kInt), int_(static_cast<std::int64_t>(number)) {}
    template <std::integral T>
    Value(const std::optional<T>& number)
        : kind_(number ? Kind::kInt : Kind::kNull), int_(number ? *number : 0) {}
    Value(std::string_view text) : kind_(Kind::kText), text_(text) {}
    Value(const std::string& text) : Value(std::string_view(text)) {}
    Value(const char* text) : Value(std::string_view(text)) {}
    // PostgreSQL gets bigint[] and text[]; SQLite a JSON text for json_each.
    Value(const std::vector<std::int64_t>& ints) : kind_(Kind::kInts), ints_(ints) {}
    Value(const std::vector<std::string_view>& texts) : kind_(Kind::kTexts), texts_(texts) {}

    Kind kind() const { return kind_; }
    std::int64_t number() const { return int_; }
    std::string_view text() const { return text_; }
    std::span<const std::int64_t> ints() const { return ints_; }
    std::span<const std::string_view> texts() const { return texts_; }

private:
    Kind kind_ = Kind::kNull;
    std::int64_t int_ = 0;
    std::string_view text_;
    std::span<const std::int64_t> ints_;
    std::span<const std::string_view> texts_;
};

// Where an empty text means that there is none.
inline Value OrNull(std::string_view text) { return text.empty() ? Value(nullptr) : Value(text); }
inline Value OrNull(std::int64_t id) { return id == 0 ? Value(nullptr) : Value(id); }

// The row a statement is at. Texts live until the reader of the row returns.
class Row {
public:
    virtual bool IsNull(int column) const = 0;
    virtual std::int64_t Int(int column) const = 0;       // 0 if null
    virtual std::string_view Text(int column) const = 0;  // empty if null

protected:
    ~Row() = default;
};

// Reads a row's columns in the order the statement lists them.
class Columns {
public:
    explicit Columns(const Row& row) : row_(row) {}
    std::int64_t Int() { return row_.Int(next_++); }
    std::optional<std::int64_t> MaybeInt() {
        const int column = next_++;
        if (row_.IsNull(column)) return std::nullopt;
        return row_.Int(column);
    }
    std::string_view Text() { return row_.Text(next_++); }
    std::string String() { return std::string(Text()); }

private:
    const Row& row_;
    int next_ = 0;
};

// What is done with each row; refers to the callable it was made of.
class EachRow {
public:
    EachRow() = default;
    template <class F>
    requires(!std::same_as<std::remove_cvref_t<F>, EachRow> &&
             std::invocable<const std::remove_reference_t<F>&, const Row&>) EachRow(F&& reader)
        : reader_(&reader), call_([](const void* self, const Row& row) {
              (*static_cast<const std::remove_reference_t<F>*>(self))(row);
          }) {}
    void operator()(const Row& row) const {
        if (call_) call_(reader_, row);
    }

private:
    const void* reader_ = nullptr;
    void (*call_)(const void*, const Row&) = nullptr;
};

enum class TransactionState : std::uint8_t {
    kNone,  // there is none, or no connection
    kOpen,
    kFailed,  // PostgreSQL after an error: takes nothing but a rollback
};

class Connection {
public:
    virtual ~Connection() = default;

    virtual Dialect dialect() const = 0;

    // Runs a statement to its end; returns how many rows it gave, or changed if it gives none. The
    // reader must not run the same statement. Throws StoreFailure.
    virtual std::int64_t Run(const Statement&, std::span<const Value>, EachRow = {}) = 0;
    std::int64_t Run(const Statement& statement, std::initializer_list<Value> values,
                     EachRow each = {}) {
        return Run(statement, std::span(values.begin(), values.size()), each);
    }

    // Runs a statement that gives no rows, and commits: one journey where the database is far away.
    virtual void RunAndCommit(const Statement&, std::initializer_list<Value>) = 0;

    // Several statements without parameters; answers are dropped.
    virtual void RunScript(std::string_view script) = 0;

    virtual std::string_view begin() const = 0;  // SQLite must say IMMEDIATE, or writers deadlock
    virtual TransactionState transaction() const = 0;
    virtual bool alive() const = 0;

    // Prepares without running: does the database understand it? Throws if not.
    virtual void Prepare(const Statement&) = 0;
};

enum class OpenFor : std::uint8_t { kWrite, kRead };
enum class Prepared : std::uint8_t { kNamed, kUnnamed };

std::unique_ptr<Connection> OpenSqlite(const std::string& path, OpenFor);
std::unique_ptr<Connection> OpenPostgres(const std::string& url, OpenFor, Prepared);

// Every statement in sql/, and those never yet run in this process: a test asks.
std::span<const Statement* const> NamedStatements();
std::vector<std::string_view> StatementsNeverRun(Dialect);
void NoteRun(const Statement&, Dialect);

}  // namespace ostiary
