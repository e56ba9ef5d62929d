#include "app/health.h"

#include <fmt/format.h>

#include <atomic>

#include "app/doctor.h"
#include "cli/doctor.h"
#include "pages/places_views.h"
#include "util/failure.h"
#include "util/log.h"
#include "util/version.h"

namespace ostiary::app {
namespace {

// Of the process, as the signal that sets it is.
std::atomic<bool> stopping = false;

Response Say(int status, std::string_view state, const World& world) {
    return Json(status, fmt::format(R"({{"status":"{}","limits":"{}"}})", state,
                                    world.config.limits ? "on" : "off"))
        .With("cache-control", "no-store");
}

bool StoreAnswers(World& world) {
    try {
        world.store.Ping();
        return true;
    } catch (const WorldFailure& failure) {  // not an accident here, but the answer
        log::Warn("health", fmt::format("the database does not answer: {}", failure.what()));
        return false;
    }
}

}  // namespace

Result<Response> Healthz(const Request&, World& world) { return Say(200, "ok", world); }

Result<Response> Readyz(const Request&, World& world) {
    if (stopping) return Say(503, "stopping", world);
    if (!StoreAnswers(world)) return Say(503, "database down", world);
    return Say(200, "ready", world);
}

Result<Response> HealthPage(const Request& request, World& world) {
    pages::HealthPage page;
    page.version = kVersion;
    const auto add = [&](const cli::Check& check) {
        page.checks.push_back({check.verdict == cli::Verdict::kOk     ? "active"
                               : check.verdict == cli::Verdict::kWarn ? "warning"
                                                                      : "revoked",
                               check.subject, check.finding});
    };
    for (const cli::Check& check : ExamineLayout(world.config)) add(check);
    for (const cli::Check& check : cli::ExamineInstallation(world.config)) add(check);
    return pages::ShowPage(pages::SceneOf(request, world), page);
}

void SayStopping() { stopping = true; }

}  // namespace ostiary::app
