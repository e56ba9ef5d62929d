#pragma once

// The way of a request, in order: id and address → route → who → limit → may → CSRF → clean fields
// → handler → words for what went wrong → security headers → compression. Each step stands in a
// file of its own; this one holds the order. Who comes before limit, because whoever is signed in
// is counted by account and not by address.

#include <chrono>
#include <functional>

#include "core/world.h"
#include "http/client_address.h"
#include "http/limits.h"
#include "http/router.h"
#include "http/security_headers.h"
#include "http/server.h"

namespace ostiary {

// What the pages room supplies, so that http knows no template and no language.
struct PagesRoom {
    // How an error becomes a page; null: errors are JSON everywhere.
    std::string (*error_page)(const Request&, const World&, int status, const Error&) = nullptr;
    // Called on the thread that is about to answer, before anything is said; null: nothing is done.
    void (*speak_to)(const Request&) = nullptr;
};

// Is told of every request once it is answered; of a stream, once it begins. From any thread, so it
// must be quick, and it must not throw.
class RequestWatch {
public:
    virtual ~RequestWatch() = default;
    // Without a route: there is nothing at the address, or not by this method.
    virtual void Answered(const Route*, Method, int status, std::chrono::nanoseconds took) = 0;
};

class Dispatcher final : public Service {
public:
    // The watch may be null, and must outlive the dispatcher.
    Dispatcher(std::span<const Route>, World&, PagesRoom, RequestWatch* = nullptr);

    Cost CostOf(const Request&) const override;
    std::size_t MostBodyBytesOf(const Request&) const override;
    Response Answer(Request&) override;

    // Of Limits.
    void ShareLimits() { limits_.Share(world_.store); }

private:
    class Admitted;  // a handler's Later, on its way back

    Response Complete(const Request&, const std::function<Response()>& answer) const;
    void Introduce(Request&) const;
    Response Find(Request&);
    Response Admit(const Route&, Request&);
    Response Settle(const Limits::Ticket&, const Request&, const std::function<Response()>& answer);
    Response Handle(const Route&, Request&);
    Response AnswerUnrouted(const Request&, const std::vector<Method>& allowed) const;
    Response Explain(const Request&, int status, const Error&) const;
    Response Explain(const Request&, const Error&) const;
    Response Failure(const Request&, std::string_view what) const;
    void Dress(const Request&, Response&) const;
    static std::string_view PatternOf(const Request&);

    Router router_;
    World& world_;
    PagesRoom pages_;
    RequestWatch* const watch_;
    Limits limits_;
    TrustedProxies proxies_;
    SecurityHeaders security_;
};

}  // namespace ostiary
