#pragma once

// What was asked and what is answered, after the wire and before any meaning.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/permissions.h"
#include "util/clock.h"
#include "util/result.h"

namespace ostiary {

enum class Method : std::uint8_t { kGet, kHead, kPost, kPut, kPatch, kDelete, kOptions };
std::string_view NameOf(Method);

using Header = std::pair<std::string, std::string>;  // name in lower case, value

// Values by name, in the order they came; from a query or a form.
class Fields {
public:
    Fields() = default;
    explicit Fields(std::vector<std::pair<std::string, std::string>> all) : all_(std::move(all)) {}

    // The first value of that name, or empty.
    std::string_view Get(std::string_view name) const;
    std::optional<std::string_view> Find(std::string_view name) const;
    std::vector<std::string_view> All(std::string_view name) const;
    const std::vector<std::pair<std::string, std::string>>& all() const& { return all_; }
    const std::vector<std::pair<std::string, std::string>>& all() const&& =
        delete;  // no loop over a dying one

private:
    std::vector<std::pair<std::string, std::string>> all_;
};

struct Route;

struct Request {
    Method method = Method::kGet;
    std::string path;   // percent-encoded as it came, begins with "/", no query
    std::string query;  // raw, without "?"
    std::vector<Header> headers;
    std::string body;
    Millis received_at = 0;

    // Filled in on the way to the handler.
    std::chrono::steady_clock::time_point begun;  // when the dispatcher was given it
    const Route* route = nullptr;                 // null: there is nothing at this address
    std::string client_address;  // the peer's at first; the dispatcher looks behind trusted proxies
    std::string request_id;
    std::vector<std::pair<std::string_view, std::string>>
        path_values;  // {id} → "42", percent-decoded
    std::optional<Actor> actor;
    std::string session_token;  // of the browser's cookie, while it lasts; for CSRF and logout
    std::string visitor;        // of a browser without a session: what its CSRF tokens hang on
    bool wants_json = false;    // an API route, or Accept says so

    std::string_view HeaderValue(std::string_view lower_case_name) const;  // empty if absent
    std::string_view PathValue(std::string_view name) const;
    std::string_view Cookie(std::string_view name) const;
    Fields Query() const;  // decoded; bad percent-escapes are kept as they came
    // Of application/x-www-form-urlencoded bodies, and of multipart/form-data where the route takes
    // files.
    Fields Form() const;
    Origin MakeOrigin() const;  // door by path, address, request id
};

// A body that grows while it is sent: exports and event streams. Called from a worker thread;
// `write` returns false when the client has gone and waits while it is slow.
using StreamBody = std::function<void(const std::function<bool(std::string_view)>& write)>;

// A body that grows whenever somebody has something to say: event streams. Holds no thread.
class Outlet {
public:
    virtual ~Outlet() = default;
    // From any thread, never waits. False: the client has gone, or does not keep up.
    virtual bool Offer(std::string_view) = 0;
    virtual void End() = 0;  // the body is whole
};
using FeedBody = std::function<void(std::shared_ptr<Outlet>)>;  // called once, and quick

// Where the limit on guessing applies (Limit::kGuess), only misses use it up. The status tells,
// unless the handler knows better: 200 {"valid": false} is a miss, a wrong e-mail address beside a
// good code is none.
enum class Guess : std::uint8_t { kByStatus, kHit, kMissed };

class Later;

struct Response {
    int status = 200;
    std::string content_type = "text/html; charset=utf-8";
    std::string body;
    std::vector<Header> headers;
    std::shared_ptr<const StreamBody> stream;  // instead of body
    std::shared_ptr<const FeedBody> feed;      // instead of body
    std::shared_ptr<Later> later;              // instead of everything
    Guess guess = Guess::kByStatus;

    Response& With(std::string name, std::string value) {
        headers.emplace_back(std::move(name), std::move(value));
        return *this;
    }
};

// An answer that waits for something without holding a thread.
class Later {
public:
    virtual ~Later() = default;
    // Begins what is waited for. `ready` is called once, on any thread, maybe before this returns.
    virtual void Start(std::function<void()> ready) = 0;
    // The answer; to be called once, after `ready`, while the request is still there. May throw
    // what a handler may.
    virtual Result<Response> Finish() = 0;
};

Response SeeOther(std::string location);      // 303, own paths or configured URLs only
Response Json(int status, std::string body);  // application/json

// Whether a request for this path comes from a program: /api/ and /scim/. There tokens count and
// errors are JSON.
bool IsMachinePath(std::string_view path);

}  // namespace ostiary
