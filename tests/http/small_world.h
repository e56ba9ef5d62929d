#pragma once

// A dispatcher over a few rows of its own, and a real store with two people in it: ada, who may
// everything, and vic, who may nothing but log in.

#include <unistd.h>

#include <filesystem>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/sessions.h"
#include "core/tokens.h"
#include "core/world.h"
#include "http/cookies.h"
#include "http/csrf.h"
#include "http/dispatch.h"
#include "store/store.h"
#include "util/failure.h"

namespace ostiary {

class PassingClock final : public Clock {
public:
    Millis Now() const override { return now; }
    Millis now = 1'789'000'000'000;
};

// The language of the page that this thread was told to make last.
inline thread_local std::string spoken_to;
inline void NoteLanguage(const Request& request) {
    spoken_to = request.HeaderValue("accept-language");
}
inline Result<Response> Spoken(const Request&, World&) { return Json(200, spoken_to); }

// clang-format off
inline Result<Response> Page(const Request& request, World& world) {
    Response response;
    response.body = CsrfToken(request, world);
    return response;
}
inline Result<Response> Said(const Request& request, World&) {
    return Json(200, request.actor ? request.actor->username : "nobody");
}
inline Result<Response> Missed(const Request&, World&) {
    return Error{ErrorKind::kInvalid, "code.invalid", "Invalid invite code", "No such code"};
}
inline Result<Response> Long(const Request&, World&) { return Json(200, std::string(20'000, 'x')); }
inline Result<Response> Breaks(const Request&, World&) { throw WorldFailure("secret: the disk at /var is gone"); }
inline Result<Response> Fields2(const Request&, World&) {
    return Error{ErrorKind::kInvalid, "role.unknown", "Invalid role", "Role must be one of: staff",
                 {{"role", "role.unknown", "Role must be one of: staff"}, {"role", "x", "Second"}, {"max_uses", "y", "Third"}}};
}
inline Result<Response> Kind(const Request& request, World&) {
    return Error{static_cast<ErrorKind>(request.PathValue("kind")[0] - 'a'), "some.reason"};
}

// {end}: said, missed or broken; each known only when it is asked for the answer.
class Coming final : public Later {
public:
    Coming(const Request& request, World& world) : request_(request), world_(world) {}
    void Start(std::function<void()> ready) override { ready(); }
    Result<Response> Finish() override {
        const std::string_view end = request_.PathValue("end");
        return (end == "said" ? Said : end == "missed" ? Missed : Breaks)(request_, world_);
    }

private:
    const Request& request_;
    World& world_;
};
inline Result<Response> Later2(const Request& request, World& world) {
    Response response;
    response.later = std::make_shared<Coming>(request, world);
    return response;
}

inline constexpr Route kSmallRoutes[] = {
    {Method::kGet,  "/page/",            kAnyone,                            Limit::kBrowse, Cost::kFast, Page,    "page"},
    {Method::kPost, "/page/",            kAnyone,                            Limit::kWrite,  Cost::kSlow, Said,    "page.post"},
    {Method::kGet,  "/spoken/",          kAnyone,                            Limit::kBrowse, Cost::kFast, Spoken,  "spoken"},
    {Method::kGet,  "/own/",             Needs(Permission::kOwnAccount),     Limit::kBrowse, Cost::kFast, Said,    "own"},
    {Method::kPost, "/own/",             Needs(Permission::kOwnAccount),     Limit::kWrite,  Cost::kFast, Said,    "own.post"},
    {Method::kGet,  "/codes/",           Needs(Permission::kCodesWrite),     Limit::kBrowse, Cost::kFast, Said,    "codes"},
    {Method::kGet,  "/register/{token}/", kAnyone,                           Limit::kBrowse, Cost::kFast, Page,    "register"},
    {Method::kGet,  "/breaks/",          kAnyone,                            Limit::kFree,   Cost::kFast, Breaks,  "breaks"},
    {Method::kPost, "/api/public/",      kAnyone,                            Limit::kWrite,  Cost::kFast, Said,    "api.public"},
    {Method::kPost, "/api/missed/",      kAnyone,                            Limit::kGuess,  Cost::kFast, Missed,  "api.missed"},
    {Method::kPost, "/api/later/{end}/", kAnyone,                            Limit::kGuess,  Cost::kFast, Later2,  "api.later"},
    {Method::kPost, "/api/hit/",         kAnyone,                            Limit::kGuess,  Cost::kFast, Said,    "api.hit"},
    {Method::kGet,  "/api/own/",         Needs(Permission::kOwnAccount),     Limit::kBrowse, Cost::kFast, Said,    "api.own"},
    {Method::kPost, "/api/own/",         Needs(Permission::kOwnAccount),     Limit::kWrite,  Cost::kFast, Said,    "api.own.post"},
    {Method::kGet,  "/api/codes/",       Needs(Permission::kCodesWrite),     Limit::kBrowse, Cost::kFast, Said,    "api.codes"},
    {Method::kGet,  "/api/fields/",      kAnyone,                            Limit::kFree,   Cost::kFast, Fields2, "api.fields"},
    {Method::kGet,  "/api/kinds/{kind}/", kAnyone,                           Limit::kFree,   Cost::kFast, Kind,    "api.kinds"},
    {Method::kGet,  "/api/breaks/",      kAnyone,                            Limit::kFree,   Cost::kFast, Breaks,  "api.breaks"},
    {Method::kGet,  "/api/long/",        kAnyone,                            Limit::kFree,   Cost::kFast, Long,    "api.long"},
};
// clang-format on

inline std::string PlainErrorPage(const Request&, const World&, int status, const Error& error) {
    return std::to_string(status) + " " + error.title + ": " + error.details;
}

inline std::string HeaderIn(const Response& response, std::string_view name) {
    for (const auto& [known, value] : response.headers)
        if (known == name) return value;
    return {};
}

class SmallWorld {
public:
    explicit SmallWorld(Config settings = {})
        : config(Complete(std::move(settings), folder_)),
          store(OpenStore(config, vault, clock, random, {})),
          dispatcher(kSmallRoutes, world, {PlainErrorPage, NoteLanguage}) {
        AddPerson("ada", true);
        AddPerson("vic", false);
    }
    ~SmallWorld() {
        store.reset();
        std::filesystem::remove_all(folder_);
    }

    Response Ask(Method method, std::string_view target, std::vector<Header> headers = {},
                 std::string body = {}) {
        Request request;
        request.method = method;
        request.path = target.substr(0, target.find('?'));
        if (request.path.size() < target.size())
            request.query = target.substr(request.path.size() + 1);
        request.headers = std::move(headers);
        request.body = std::move(body);
        request.client_address = peer;
        request.received_at = clock.now;
        Response response = dispatcher.Answer(request);
        if (!response.later) return response;
        response.later->Start([] {});
        return response.later->Finish().value();
    }
    Response Get(std::string_view target, std::vector<Header> headers = {}) {
        return Ask(Method::kGet, target, std::move(headers));
    }
    Response Post(std::string_view target, std::vector<Header> headers = {},
                  std::string body = {}) {
        return Ask(Method::kPost, target, std::move(headers), std::move(body));
    }

    Header CookieOf(const std::string& username) {
        return {"cookie", std::string(SessionCookieName(config)) + "=" + sessions.at(username)};
    }
    Header BearerOf(const std::string& username) {
        return {"authorization", "Bearer " + tokens.at(username)};
    }

    PassingClock clock;
    SystemRandom random;
    Vault vault{Vault::Key{7}};
    Passwords passwords{8, 1, 1};
    std::string peer = "203.0.113.7";

private:
    static Config Complete(Config settings, const std::string& folder) {
        std::filesystem::create_directories(folder);
        settings.database = folder + "/ostiary.db";
        if (settings.base_url.empty()) settings.base_url = "http://ostiary.test";
        return settings;
    }

    void AddPerson(const std::string& username, bool is_superuser) {
        Account account;
        account.id = NewUuid(random, clock.now);
        account.username = account.username_key = username;
        account.email = account.email_key = username + "@example.org";
        account.role = "viewer";
        account.task_group = "cleaning";
        account.is_superuser = is_superuser;
        account.joined_at = clock.now;
        const FreshSession session = MakeSession(world, account.id, {}, "test");
        const auto added = store->Transact([&](Work& work) -> Result<void> {
            auto done = work.accounts.Add(account);
            if (done.ok()) work.sessions.Add(session.row);
            return done;
        });
        if (!added.ok()) throw std::logic_error(added.error().details);
        sessions[username] = session.token;
        const Actor actor = MakeActor(config.catalogue, account, {});
        auto permit = actor.Ask<Permission::kOwnAccount>();
        auto token = CreateOwnToken(std::move(permit).value(), world, "test", {"me"}, "30");
        if (!token.ok()) throw std::logic_error(token.error().details);
        tokens[username] = token.value().token;
    }

    std::string folder_ =
        std::filesystem::temp_directory_path() /
        ("ostiary-http-" + std::to_string(getpid()) + "-" + std::to_string(++count_));
    static inline int count_ = 0;

public:
    Config config;
    std::unique_ptr<Store> store;
    World world{*store, clock, random, vault, passwords, config};
    Dispatcher dispatcher;
    std::map<std::string, std::string> sessions, tokens;
};

}  // namespace ostiary
