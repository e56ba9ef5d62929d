#include "app/health.h"

#include <fmt/format.h>

#include <atomic>

#include "util/failure.h"
#include "util/log.h"

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

void SayStopping() { stopping = true; }

}  // namespace ostiary::app
