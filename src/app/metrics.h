#pragma once

// What the program counts about itself, as Prometheus reads it (OPS-6). Labels name routes,
// methods, classes of statuses and outcomes, and never a path, a code, a person or an address.

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <array>
#include <atomic>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/meter.h"
#include "core/world.h"
#include "http/dispatch.h"

namespace ostiary::app {

class Metrics final : public Meter, public RequestWatch {
public:
    explicit Metrics(std::span<const Route>);

    void Used(UsedBy, UseOutcome) override;
    void Committed(std::size_t callers, std::chrono::nanoseconds took) override;
    std::string Text(const std::optional<Figures>&) const override;
    void Answered(const Route*, Method, int status, std::chrono::nanoseconds took) override;

private:
    static constexpr std::size_t kStatusClasses = 5, kUsers = 3, kOutcomes = 4;
    // Made when first needed: most routes of a program are never asked.
    struct OfRoute {
        std::array<std::atomic<prometheus::Counter*>, kStatusClasses> answered{};
        std::atomic<prometheus::Histogram*> took{};
    };

    const std::span<const Route> routes_;
    prometheus::Registry registry_;
    prometheus::Family<prometheus::Counter>& answered_;
    prometheus::Family<prometheus::Histogram>& took_;
    std::array<prometheus::Counter*, kUsers * kOutcomes> used_{};
    prometheus::Histogram& commit_callers_;
    prometheus::Histogram& commit_took_;
    std::unique_ptr<OfRoute[]> of_routes_;
};

// Without metrics.token this answers nobody but this very machine; with it, whoever sends it.
Result<Response> MetricsText(const Request&, World&);

}  // namespace ostiary::app
