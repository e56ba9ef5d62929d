#pragma once

// Result<T>: a value, or the Error that explains why there is none.
// C++20 has no std::expected; when the house moves to C++23 this file becomes an alias.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "util/sentence.h"

namespace ostiary {

// A closed set. http/respond.cc maps each to a status, cli/cli.cc to an exit code.
enum class ErrorKind {
    kInvalid,      // 400: a field is wrong
    kSignedOut,    // 401
    kForbidden,    // 403
    kNotFound,     // 404
    kConflict,     // 409: true of the world right now, the request itself is fine
    kStale,        // 412: somebody changed it meanwhile
    kTooLarge,     // 413
    kMediaType,    // 415
    kReused,       // 422: an idempotency key came back with another request
    kTooMany,      // 429
    kUnavailable,  // 503: stopping, or the queue is full; the same request may be sent again
};

// One wrong field of a request: its name as the API spells it, and a sentence for its owner.
struct FieldError {
    std::string field;
    std::string reason;  // stable and public: "role.unknown"
    Sentence message;    // "Role must be one of: staff, manager, admin, viewer"

    bool operator==(const FieldError&) const = default;
};

struct Error {
    ErrorKind kind;
    std::string reason;                   // stable and public: "code.used"
    Sentence title = {};                  // what API clients read as `error`: "Invalid role"
    Sentence details = {};                // one sentence that says what to do
    std::vector<FieldError> fields = {};  // every wrong field, in the order of the form
    int retry_after_s = 0;                // kTooMany and kUnavailable only
};

template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return state_.index() == 0; }
    T& value() & { return std::get<0>(state_); }
    const T& value() const& { return std::get<0>(state_); }
    T value() && { return std::get<0>(std::move(state_)); }
    const Error& error() const& { return std::get<1>(state_); }
    Error error() && { return std::get<1>(std::move(state_)); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

private:
    std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : error_(std::move(error)) {}

    bool ok() const { return !error_; }
    void value() const {}
    const Error& error() const& { return *error_; }
    Error error() && { return *std::move(error_); }

private:
    std::optional<Error> error_;
};

}  // namespace ostiary

// Unwraps, or returns the error to our caller. GCC and Clang only.
// The counter gives every TRY its own name, so they nest without tripping -Wshadow.
#define TRY(expression) OSTIARY_TRY(expression, __COUNTER__)
#define OSTIARY_TRY(expression, n) OSTIARY_TRY_NAMED(expression, n)
#define OSTIARY_TRY_NAMED(expression, n)       \
    __extension__({                            \
        auto try_##n = (expression);           \
        if (!try_##n.ok()) [[unlikely]]        \
            return std::move(try_##n).error(); \
        std::move(try_##n).value();            \
    })
