#pragma once

// The layout of the database and the way to the newest one. Migrations are numbered, go forward
// only, are never changed once released, and each happens whole or not at all (OPS-4).

#include <string>
#include <vector>

#include "store/connection.h"
#include "util/clock.h"
#include "util/config.h"

namespace ostiary {

struct SchemaState {
    int database = 0;  // number of the latest migration applied; 0: none, or no database yet
    int program = 0;   // number of the latest this program knows
    bool too_new = false;
    std::vector<std::string> applied, pending;  // by name
};

// Looks without touching: makes no file and no table. Throws where the database does not answer.
SchemaState InspectSchema(const Config&);

// Applies what is pending and returns the names. Throws where a newer program has been here, or
// where a migration is not what it was when it was applied. Several programs may do this at once.
std::vector<std::string> Migrate(const Config&, const Clock&);
std::vector<std::string> MigrateAt(Connection&, const Clock&);

// Opens what the configuration names.
std::unique_ptr<Connection> OpenConnection(const Config&, OpenFor);

}  // namespace ostiary
