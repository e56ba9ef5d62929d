#pragma once

// One installation in one process: a real store on a real database, the real map of routes, a clock
// that stands still until it is moved, and the people every test knows.
//   ada superuser · max manager of cleaning · gil manager of general · sam staff flag · vic viewer

#include <boost/json.hpp>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "app/metrics.h"
#include "core/codes.h"
#include "core/registration.h"
#include "core/visits.h"
#include "core/world.h"
#include "http/dispatch.h"
#include "store/store.h"
#include "support/databases.h"

namespace ostiary {

class StandingClock final : public Clock {
public:
    Millis Now() const override { return now_; }
    void Pass(Millis time) { now_ += time; }
    void SetTo(Millis now) { now_ = now; }

private:
    std::atomic<Millis> now_ = 1'789'000'000'000;  // some day in September 2026
};

struct Answer {
    int status = 0;
    std::string body;
    std::vector<Header> headers;

    boost::json::value json() const;
    // The value at a path such as "data.aircraft_roles.0.role"; null where there is none.
    boost::json::value At(std::string_view path) const;
    boost::json::array Rows() const;  // the results of a list
    std::string Text(std::string_view path) const;
    std::int64_t Number(std::string_view path) const;
    std::string_view HeaderValue(std::string_view lower_case_name) const;
};

class House {
public:
    explicit House(DatabaseKind);

    // Asks as a visitor (""), or as one of the people, with a token of theirs that has every scope.
    Answer Get(std::string_view path, std::string_view as = "");
    Answer Post(std::string_view path, std::string_view body = "", std::string_view as = "");
    Answer Ask(Method, std::string_view path, std::string_view body, std::string_view as,
               std::vector<Header> more = {});

    // A code, through the API, as one of the people; the answer must be 201.
    boost::json::object Create(std::string_view body, std::string_view as = "ada");
    // Registers through the API; the address is {username}@example.org.
    Answer Register(std::string_view code, std::string_view username,
                    std::vector<Header> more = {});
    // How often the code says it was used, having checked that so many redemptions stand behind it.
    std::int64_t Uses(std::int64_t id);

    std::string AccountId(std::string_view username);
    Actor ActorOf(std::string_view username);
    const std::string& TokenOf(std::string_view username) {
        return tokens_.at(std::string(username));
    }
    std::vector<Event> Events(std::size_t most = 1000);  // newest first

    // From now on mails are sent, as soon as somebody hands them over.
    void ConfigureMail();
    // So many mails that one of the people has just asked for.
    void QueueMails(std::string_view as, std::int64_t count);

    Database database;
    StandingClock clock;
    SystemRandom random;
    Config config;
    Vault vault;
    Passwords passwords;
    app::Metrics metrics;
    std::unique_ptr<Store> store;
    LiveFeed live;
    VisitBook visits;
    World world;
    Dispatcher dispatcher;

private:
    void AddPeople();

    std::map<std::string, std::string> tokens_;
};

inline constexpr std::string_view kGoodPassword = "Heron-4-breakfast!";

}  // namespace ostiary
