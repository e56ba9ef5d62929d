#pragma once

// Ostiary's memory, on SQLite or PostgreSQL.

#include <memory>
#include <vector>

#include "core/store.h"
#include "store/migrate.h"
#include "store/writer.h"
#include "util/clock.h"
#include "util/config.h"
#include "util/random.h"
#include "util/vault.h"

namespace ostiary {

struct AuditStanding;

// Opens what the configuration names, brings its layout up to date and starts the writer. Throws
// StoreFailure, with a sentence for the operator, where the database does not answer, was sealed
// with another key, or was made by a newer program. Vault, clock and random must outlive the store.
std::unique_ptr<Store> OpenStore(const Config&, const Vault&, const Clock&, Random&, ClaimVerb,
                                 CommitTold = {});

// A code whose counter is not the number of its redemptions: there should never be one (REG-6).
struct Miscount {
    CodeId id;
    std::int64_t used_count, redemptions;
};
std::vector<Miscount> FindMiscounts(const Config&);

// Where the audit log stands, without looking at every entry; changes nothing.
AuditStanding InspectAuditLog(const Config&);

}  // namespace ostiary
