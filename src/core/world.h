#pragma once

// Everything the core asks of the outside. Tests build one of fakes; app/wiring.cc builds the real
// one.

#include "core/live.h"
#include "core/meter.h"
#include "core/store.h"
#include "util/clock.h"
#include "util/config.h"
#include "util/passwords.h"
#include "util/random.h"
#include "util/vault.h"

namespace ostiary {

class VisitBook;

struct World {
    Store& store;
    const Clock& clock;
    Random& random;
    const Vault& vault;
    Passwords& passwords;
    const Config& config;
    LiveFeed* live = nullptr;     // null: nobody looks, as on the command line
    Meter* meter = nullptr;       // null: nothing is counted, as on the command line
    VisitBook* visits = nullptr;  // null: nobody visits, as on the command line

    // The same world with another store.
    World With(Store& other) const {
        return {other, clock, random, vault, passwords, config, live, meter, visits};
    }
};

}  // namespace ostiary
