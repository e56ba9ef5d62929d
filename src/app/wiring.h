#pragma once

// The real outside: where core's ports meet store, clock, chance and keys.

#include <memory>

#include "app/metrics.h"
#include "cli/cli.h"
#include "core/visits.h"
#include "core/world.h"

namespace ostiary::app {

// Makes the data folder (0700) and the key (0600) if they are not there, and opens the store.
class Premises final : public cli::OpenedWorld {
public:
    explicit Premises(const Config&);

    World& world() override { return world_; }
    SystemRandom& random() { return random_; }
    Metrics& metrics() { return metrics_; }
    const SystemClock& clock() const { return clock_; }
    const Config& config() const { return config_; }
    // What was bound, where port 0 left it open. Before anybody asks the world.
    void UseAddress(std::string address) { config_.listen = std::move(address); }

private:
    Config config_;
    SystemClock clock_;
    SystemRandom random_;
    Vault vault_;
    Passwords passwords_;
    Metrics metrics_;
    std::unique_ptr<Store> store_;
    LiveFeed live_;
    VisitBook visits_;
    World world_;
};

cli::Outside MakeOutside();

}  // namespace ostiary::app
