#include "app/metrics.h"

#include <fmt/format.h>
#include <prometheus/text_serializer.h>

#include <algorithm>

#include "core/codes.h"
#include "util/addresses.h"
#include "util/failure.h"
#include "util/log.h"
#include "util/text.h"
#include "util/vault.h"
#include "util/version.h"

namespace ostiary::app {
namespace {

namespace prom = prometheus;

constexpr std::array<std::string_view, 3> kUsedBy = {"registration", "access", "application"};
constexpr std::array<std::string_view, 4> kOutcomes = {"done", "repeated", "refused", "failed"};

const prom::Histogram::BucketBoundaries& Seconds() {
    static const prom::Histogram::BucketBoundaries bounds = {
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10};
    return bounds;
}

std::string ClassOf(int kind) { return fmt::format("{}xx", kind); }

double InSeconds(std::chrono::nanoseconds time) {
    return std::chrono::duration<double>(time).count();
}

prom::MetricFamily Gauge(std::string name, std::string help) {
    return {std::move(name), std::move(help), prom::MetricType::Gauge, {}};
}

prom::ClientMetric Value(double value, std::vector<prom::ClientMetric::Label> labels = {}) {
    prom::ClientMetric metric;
    metric.label = std::move(labels);
    metric.gauge.value = value;
    return metric;
}

void Add(std::vector<prom::MetricFamily>& all, const Figures& figures) {
    auto codes = Gauge("ostiary_codes", "Invitation codes that are not deleted, by status.");
    for (const auto& [status, count] : figures.codes)
        codes.metric.push_back(
            Value(static_cast<double>(count), {{"status", std::string(NameOf(status))}}));
    all.push_back(std::move(codes));
    const auto add = [&](const char* name, const char* help, std::int64_t count) {
        auto family = Gauge(name, help);
        family.metric.push_back(Value(static_cast<double>(count)));
        all.push_back(std::move(family));
    };
    add("ostiary_accounts_active", "Accounts that can log in.", figures.active_accounts);
    add("ostiary_webhook_deliveries_due", "Webhook deliveries that should be sent by now.",
        figures.webhooks_due);
    add("ostiary_mails_due", "Mails that should be sent by now.", figures.mails_due);
    add("ostiary_audit_unlinked", "Events that are not linked into the audit log's chain yet.",
        figures.audit_unlinked);
}

// ── Who may ────────────────────────────────────────────────────────────────────────────────────

bool IsLoopback(std::string_view address) {
    const auto bytes = ParseAddress(address);
    if (!bytes) return false;
    constexpr AddressBytes kSix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    constexpr AddressBytes kFour = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 127, 0, 0, 0};
    return *bytes == kSix || std::equal(kFour.begin(), kFour.begin() + 13, bytes->begin());
}

bool LeadsHere(std::string_view base_url) {
    if (base_url.empty()) return true;
    std::string_view host = base_url.substr(base_url.find("://") + 3);
    host = host.substr(0, host.find('/'));
    if (host.starts_with('[')) return IsLoopback(host.substr(1, host.find(']') - 1));
    host = host.substr(0, host.find(':'));
    return host == "localhost" || IsLoopback(host);
}

// A proxy on this machine that says nothing of itself would make everybody look local. Where
// Ostiary goes by another name, there is a proxy; so it must be one that we know.
bool IsSurelyLocal(const Request& request, const Config& config) {
    for (const char* name : {"forwarded", "x-forwarded-for", "x-real-ip", "via"})
        if (!request.HeaderValue(name).empty()) return false;
    return IsLoopback(request.client_address) &&
           (LeadsHere(config.base_url) || !config.trusted_proxies.empty());
}

Result<void> MayRead(const Request& request, const Config& config) {
    if (config.metrics_token.empty()) {
        if (IsSurelyLocal(request, config)) return {};
        return Error{ErrorKind::kForbidden, "metrics.forbidden", "Access denied",
                     "Metrics are for this machine alone, unless metrics.token is set"};
    }
    constexpr std::string_view kScheme = "bearer ";
    const std::string_view sent = request.HeaderValue("authorization");
    if (Fold(sent.substr(0, kScheme.size())) == kScheme &&
        EqualInConstantTime(Trim(sent.substr(kScheme.size())), config.metrics_token))
        return {};
    return Error{ErrorKind::kSignedOut, "metrics.token", "Authentication required",
                 "Send metrics.token of the configuration as Authorization: Bearer"};
}

std::optional<Figures> ReadFigures(World& world) {
    const Millis now = world.clock.Now();
    try {
        Figures figures;
        for (int i = 0; i <= static_cast<int>(CodeStatus::kActive); ++i)
            figures.codes[static_cast<CodeStatus>(i)] = 0;
        world.store.Read([&](Work& work) {
            for (const CodeTally& tally : work.codes.Tally(CodeScope::All()))
                figures.codes[tally.status] += tally.codes;
            figures.active_accounts = work.accounts.CountActive(now);
            figures.webhooks_due = work.webhooks.CountDue(now, kMostFigured);
            figures.mails_due = work.mails.CountDue(now, kMostFigured);
            figures.audit_unlinked = work.audit.CountUnlinked(kMostFigured);
        });
        return figures;
    } catch (const WorldFailure& failure) {  // what was counted in memory is told all the same
        log::Warn("metrics", fmt::format("the database does not answer: {}", failure.what()));
        return std::nullopt;
    }
}

}  // namespace

Metrics::Metrics(std::span<const Route> routes)
    : routes_(routes),
      answered_(prom::BuildCounter()
                    .Name("ostiary_http_requests_total")
                    .Help("Requests answered, by name of the route, method and class of status.")
                    .Register(registry_)),
      took_(prom::BuildHistogram()
                .Name("ostiary_http_request_duration_seconds")
                .Help("From the request's arrival to its answer; of a stream, to its beginning.")
                .Register(registry_)),
      commit_callers_(
          prom::BuildHistogram()
              .Name("ostiary_commit_callers")
              .Help("How many callers one commit served.")
              .Register(registry_)
              .Add({}, prom::Histogram::BucketBoundaries{1, 2, 4, 8, 16, 32, 64, 128, 256})),
      commit_took_(prom::BuildHistogram()
                       .Name("ostiary_commit_duration_seconds")
                       .Help("Time of one transaction of the writer, with its commit.")
                       .Register(registry_)
                       .Add({}, Seconds())),
      of_routes_(std::make_unique<OfRoute[]>(routes.size())) {
    auto& used = prom::BuildCounter()
                     .Name("ostiary_code_uses_total")
                     .Help("Attempts to use a code, by who used it and how that ended.")
                     .Register(registry_);
    for (std::size_t by = 0; by < kUsers; ++by)
        for (std::size_t end = 0; end < kOutcomes; ++end)
            used_[by * kOutcomes + end] = &used.Add(
                {{"by", std::string(kUsedBy[by])}, {"outcome", std::string(app::kOutcomes[end])}});
}

void Metrics::Used(UsedBy by, UseOutcome outcome) {
    used_[static_cast<std::size_t>(by) * kOutcomes + static_cast<std::size_t>(outcome)]
        ->Increment();
}

void Metrics::Committed(std::size_t callers, std::chrono::nanoseconds took) {
    commit_callers_.Observe(static_cast<double>(callers));
    commit_took_.Observe(InSeconds(took));
}

void Metrics::Answered(const Route* route, Method method, int status,
                       std::chrono::nanoseconds elapsed) {
    const int kind = std::clamp(status / 100, 1, static_cast<int>(kStatusClasses));
    if (route == nullptr) {
        answered_
            .Add({{"route", "none"},
                  {"method", std::string(NameOf(method))},
                  {"status", ClassOf(kind)}})
            .Increment();
        return;
    }
    OfRoute& known = of_routes_[static_cast<std::size_t>(route - routes_.data())];
    const auto labels = [&] {
        return prom::Labels{{"route", std::string(route->name)},
                            {"method", std::string(NameOf(route->method))}};
    };
    auto& counter = known.answered[static_cast<std::size_t>(kind - 1)];
    if (counter.load(std::memory_order_acquire) == nullptr) {
        prom::Labels all = labels();
        all["status"] = ClassOf(kind);
        counter.store(&answered_.Add(all), std::memory_order_release);
    }
    counter.load(std::memory_order_acquire)->Increment();
    auto& took = known.took;
    if (took.load(std::memory_order_acquire) == nullptr)
        took.store(&took_.Add(labels(), Seconds()), std::memory_order_release);
    took.load(std::memory_order_acquire)->Observe(InSeconds(elapsed));
}

std::string Metrics::Text(const std::optional<Figures>& figures) const {
    std::vector<prom::MetricFamily> all = registry_.Collect();
    auto build = Gauge("ostiary_build_info", "Always 1; the version is its label.");
    build.metric.push_back(Value(1, {{"version", std::string(kVersion)}}));
    all.push_back(std::move(build));
    auto up = Gauge("ostiary_database_up", "Whether the database answered this request.");
    up.metric.push_back(Value(figures ? 1 : 0));
    all.push_back(std::move(up));
    if (figures) Add(all, *figures);
    return prom::TextSerializer().Serialize(all);
}

Result<Response> MetricsText(const Request& request, World& world) {
    TRY(MayRead(request, world.config));
    if (world.meter == nullptr)
        return Error{ErrorKind::kNotFound, "metrics.none", "Not found", "Nothing is counted here"};
    Response response;
    response.content_type = "text/plain; version=0.0.4; charset=utf-8";
    response.body = world.meter->Text(ReadFigures(world));
    return response.With("cache-control", "no-store");
}

}  // namespace ostiary::app
