#include "http/dispatch.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>

#include "http/access.h"
#include "http/compression.h"
#include "http/cookies.h"
#include "http/csrf.h"
#include "http/forms.h"
#include "http/once.h"
#include "http/request_id.h"
#include "http/respond.h"
#include "util/log.h"
#include "util/random.h"

namespace ostiary {
namespace {

constexpr std::size_t kVisitorBytes = 16;

bool WantsJson(const Request& request) {
    if (IsMachinePath(request.path)) return true;
    const bool takes_json =
        Accepts(request, "application/json") || Accepts(request, "application/problem+json");
    return takes_json && !Accepts(request, "text/html");
}

std::string AllowHeader(const std::vector<Method>& methods) {
    std::string list;
    for (const Method method : methods)
        list.append(list.empty() ? "" : ", ").append(NameOf(method));
    return list;
}

// Somebody has to log in first, and can: a browser that only wants to see a page.
bool CanBeSentToLogin(const Request& request) {
    return !request.wants_json &&
           (request.method == Method::kGet || request.method == Method::kHead);
}

Response SendToLogin(const Request& request, const Config& config) {
    const std::string here = request.path + (request.query.empty() ? "" : "?" + request.query);
    Response response = SeeOther("/login/?next=" + EncodeQueryValue(here));
    if (!request.Cookie(SessionCookieName(config)).empty()) ClearSessionCookie(response, config);
    return response;
}

// A browser without session that is about to see a page: the page may hold a form, and the form
// needs a token.
bool CanBeGreeted(const Request& request) {
    const bool only_looks = request.method == Method::kGet || request.method == Method::kHead;
    return only_looks && request.visitor.empty() && request.session_token.empty() &&
           !IsMachinePath(request.path);
}

}  // namespace

class Dispatcher::Admitted final : public Later {
public:
    Admitted(Dispatcher& dispatcher, const Request& request, Limits::Ticket ticket,
             std::shared_ptr<Later> later)
        : dispatcher_(dispatcher),
          request_(request),
          ticket_(std::move(ticket)),
          later_(std::move(later)) {}

    void Start(std::function<void()> ready) override { later_->Start(std::move(ready)); }

    Result<Response> Finish() override {
        return dispatcher_.Complete(request_, [this] {
            return dispatcher_.Settle(ticket_, request_, [this] {
                auto answer = later_->Finish();
                return answer.ok() ? std::move(answer).value()
                                   : dispatcher_.Explain(request_, answer.error());
            });
        });
    }

private:
    Dispatcher& dispatcher_;
    const Request& request_;
    const Limits::Ticket ticket_;
    const std::shared_ptr<Later> later_;
};

Dispatcher::Dispatcher(std::span<const Route> routes, World& world, PagesRoom pages,
                       RequestWatch* watch)
    : router_(routes),
      world_(world),
      pages_(pages),
      watch_(watch),
      limits_(world.clock, world.vault),
      proxies_(world.config.trusted_proxies),
      security_(world.config) {}

Cost Dispatcher::CostOf(const Request& request) const {
    const Route* route = router_.RouteOf(request.method, request.path);
    if (route == nullptr) return Cost::kFast;
    // PostgreSQL answers over a wire; only what asks nothing of the store stays on the reading
    // thread. A kept answer waits for its commit.
    const bool may_wait =
        (world_.config.UsesPostgres() && route->limit != Limit::kFree) || IsKeyed(*route, request);
    return route->cost == Cost::kFast && may_wait ? Cost::kSlow : route->cost;
}

std::size_t Dispatcher::MostBodyBytesOf(const Request& request) const {
    const auto usual = static_cast<std::size_t>(world_.config.max_body_bytes);
    const Route* route = router_.RouteOf(request.method, request.path);
    const bool is_file = route != nullptr && route->brings == Brings::kFile;
    return is_file ? std::max(usual, kMostFileBytes) : usual;
}

Response Dispatcher::Answer(Request& request) {
    request.begun = std::chrono::steady_clock::now();
    return Complete(request, [&] {
        Introduce(request);
        return Find(request);
    });
}

// Whatever goes wrong on the way becomes an answer too.
Response Dispatcher::Complete(const Request& request,
                              const std::function<Response()>& answer) const {
    Response response;
    try {
        if (pages_.speak_to && !IsMachinePath(request.path)) pages_.speak_to(request);
        response = answer();
        if (response.later) return response;
        Dress(request, response);
    } catch (const std::exception& failure) {
        response = Failure(request, failure.what());
    } catch (...) {
        response = Failure(request, "something that is no exception");
    }
    if (watch_ != nullptr)
        watch_->Answered(request.route, request.method, response.status,
                         std::chrono::steady_clock::now() - request.begun);
    if (log::IsDebug("http"))
        log::Debug("http", fmt::format("{} {} {} {}", request.request_id, NameOf(request.method),
                                       PatternOf(request), response.status));
    return response;
}

// The row's pattern instead of the path, for the log: paths carry the tokens of links.
std::string_view Dispatcher::PatternOf(const Request& request) {
    return request.route == nullptr ? "(no such address)" : request.route->path;
}

// Gives the request its id, and looks behind trusted proxies for its sender.
void Dispatcher::Introduce(Request& request) const {
    request.wants_json = WantsJson(request);
    const std::string_view given = request.HeaderValue("x-request-id");
    const bool keeps_id = IsRequestId(given) && proxies_.Trusts(request.client_address);
    request.request_id = keeps_id ? std::string(given) : NewRequestId(world_.random);
    request.client_address = proxies_.ClientOf(request, request.client_address);
}

Response Dispatcher::Find(Request& request) {
    Found found = router_.Find(request.method, request.path);
    if (found.route == nullptr) return AnswerUnrouted(request, found.allowed);
    request.route = found.route;
    request.path_values = std::move(found.path_values);
    return Admit(*found.route, request);
}

// Who, and how often.
Response Dispatcher::Admit(const Route& route, Request& request) {
    const Result<void> identified = Identify(request, world_);
    Limits::Ticket ticket;
    if (world_.config.limits) {
        auto taken = limits_.Take(route.limit, request);
        if (!taken.ok()) return Explain(request, taken.error());
        ticket = std::move(taken).value();
    }
    return Settle(ticket, request, [&] {
        return identified.ok() ? Handle(route, request) : Explain(request, identified.error());
    });
}

// Counts the request by how it ended, as soon as it has.
Response Dispatcher::Settle(const Limits::Ticket& ticket, const Request& request,
                            const std::function<Response()>& answer) {
    Response response;
    try {
        response = answer();
    } catch (...) {
        response.guess = Guess::kHit;
        limits_.Settle(ticket, response, request);
        throw;
    }
    if (response.later) {
        response.later = std::make_shared<Admitted>(*this, request, ticket, response.later);
        return response;
    }
    limits_.Settle(ticket, response, request);
    if (IsMachinePath(request.path)) Limits::Describe(ticket, response);
    return response;
}

Response Dispatcher::Handle(const Route& route, Request& request) {
    const Result<void> access = CheckAccess(route, request);
    if (!access.ok()) {
        const bool goes_to_login =
            access.error().kind == ErrorKind::kSignedOut && CanBeSentToLogin(request);
        return goes_to_login ? SendToLogin(request, world_.config)
                             : Explain(request, access.error());
    }
    if (const auto csrf = CheckCsrf(request, world_); !csrf.ok())
        return Explain(request, csrf.error());
    if (const auto fields = CheckFields(request); !fields.ok())
        return Explain(request, fields.error());
    if (CanBeGreeted(request)) request.visitor = RandomToken(world_.random, kVisitorBytes);
    Result<Response> answer = AnswerOnce(route, request, world_);
    return answer.ok() ? std::move(answer).value() : Explain(request, answer.error());
}

Response Dispatcher::AnswerUnrouted(const Request& request,
                                    const std::vector<Method>& allowed) const {
    if (request.method == Method::kOptions && (!allowed.empty() || request.path == "*")) {
        Response response;
        response.status = 204;
        response.content_type.clear();
        response.With("allow", allowed.empty() ? "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"
                                               : AllowHeader(allowed));
        return response;
    }
    if (allowed.empty())
        return Explain(request, {ErrorKind::kNotFound, "path.unknown", "Not found",
                                 "There is nothing at this address"});
    const std::string methods = AllowHeader(allowed);
    Response response = Explain(request, 405,
                                {ErrorKind::kInvalid, "method.unknown", "Method not allowed",
                                 Say("This address answers {}", methods)});
    response.With("allow", methods);
    return response;
}

Response Dispatcher::Explain(const Request& request, const Error& error) const {
    Response response = Explain(request, StatusOf(error.kind), error);
    response.guess = IsMiss(error) ? Guess::kMissed : Guess::kHit;
    return response;
}

Response Dispatcher::Explain(const Request& request, int status, const Error& error) const {
    if (request.wants_json || pages_.error_page == nullptr)
        return ErrorResponse(request, status, error);
    Response response;
    response.status = status;
    response.body = pages_.error_page(request, world_, status, error);
    if (error.retry_after_s > 0) response.With("retry-after", std::to_string(error.retry_after_s));
    return response;
}

// The world broke, or we did. Says no more than that it happened, and under which id the log tells
// why.
Response Dispatcher::Failure(const Request& request, std::string_view what) const {
    log::Error("http", fmt::format("{} {} {} failed: {}", request.request_id,
                                   NameOf(request.method), PatternOf(request), what));
    Error error{ErrorKind::kUnavailable, "server.failed", "Internal server error",
                "An unexpected error occurred"};
    Response response;
    try {
        response = Explain(request, 500, error);
    } catch (...) {  // the page of errors is broken itself
        response = ErrorResponse(request, 500, error);
    }
    Dress(request, response);
    return response;
}

void Dispatcher::Dress(const Request& request, Response& response) const {
    const bool is_page =
        response.content_type.starts_with("text/html") && !IsMachinePath(request.path);
    const bool is_new_visitor = !request.visitor.empty() &&
                                request.Cookie(VisitorCookieName(world_.config)) != request.visitor;
    if (is_page && is_new_visitor) SetVisitorCookie(response, world_.config, request.visitor);
    response.With("x-request-id", request.request_id);
    security_.AddTo(response, request);
    Compress(request, response);
}

}  // namespace ostiary
