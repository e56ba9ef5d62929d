#pragma once

// A route is a row: what is asked, who may, how often, where it runs, and who answers.

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/permissions.h"
#include "core/world.h"
#include "http/message.h"
#include "util/result.h"

namespace ostiary {

// Anyone, somebody signed in, or an actor holding a permission.
struct Access {
    bool anyone = true;
    Permission needed = Permission::kOwnAccount;
};
inline constexpr Access kAnyone{};
constexpr Access Needs(Permission permission) { return {false, permission}; }

// How often one address, account or token may ask; the numbers stand in http/limits.cc.
enum class Limit : std::uint8_t {
    kBrowse,  // reading
    kWrite,   // changing
    kGuess,   // anything that can be used to guess a code or password: limited hardest
    kAsk,     // asking people for something: every time counts, and few are allowed
    kFree,    // health and assets
};

// Where the handler runs.
enum class Cost : std::uint8_t {
    kFast,  // microseconds, on the thread that read the request (on PostgreSQL: as kSlow, if it
            // touches the store)
    kSlow,  // may wait: on the bounded worker pool
    kHash,  // spends a password hash: on a narrow pool of its own
};

// What a second request with the same Idempotency-Key does.
enum class Repeat : std::uint8_t {
    kRuns,      // what the first did: it changes nothing, or nothing more
    kTogether,  // gets the first answer, which is kept in the transaction of what was done
    kKnown      // the same where that cannot be one transaction: the work itself knows its repeats
};

// What a request may bring.
enum class Brings : std::uint8_t {
    kUsual,  // at most config.max_body_bytes
    kFile    // up to kMostFileBytes, and a form may be multipart/form-data
};
inline constexpr std::size_t kMostFileBytes = 32 << 20;

using Handler = Result<Response> (*)(const Request&, World&);

struct Route {
    Method method;          // kGet answers HEAD too
    std::string_view path;  // "/register/{token}/"; a missing trailing slash is forgiven
    Access access;
    Limit limit;
    Cost cost;
    Handler handler;
    std::string_view name;  // stable: metrics, documentation, tests
    Repeat repeat = Repeat::kRuns;
    Brings brings = Brings::kUsual;
};

consteval bool NoTwoRowsAnswerTheSameRequest(std::span<const Route> routes) {
    for (std::size_t i = 0; i < routes.size(); ++i)
        for (std::size_t j = i + 1; j < routes.size(); ++j)
            if (routes[i].method == routes[j].method && routes[i].path == routes[j].path)
                return false;
    return true;
}

struct Found {
    const Route* route = nullptr;  // null: nobody answers
    std::vector<Method> allowed;   // when the path is known and the method is not: for Allow
    std::vector<std::pair<std::string_view, std::string>> path_values;
};

// Looks rows up by their segments; a literal segment wins over a {value}. The path is taken as it
// came: dots and encoded slashes are letters like any other. Values come out percent-decoded; a bad
// escape, control characters or broken UTF-8 match nothing. Thread-safe after construction.
class Router {
public:
    explicit Router(std::span<const Route> routes);
    ~Router();
    Found Find(Method, std::string_view path) const;
    const Route* RouteOf(Method, std::string_view path) const;  // as Find's; null: nobody answers
    std::span<const Route> routes() const { return routes_; }

private:
    struct Node;
    std::span<const Route> routes_;
    std::unique_ptr<Node> root_;
};

}  // namespace ostiary
