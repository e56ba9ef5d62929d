#include "sql.h"
#include "store/ports.h"

namespace ostiary {
namespace {

Aircraft ReadAircraft(const Row& row) {
    Columns columns(row);
    Aircraft aircraft;
    aircraft.id = columns.String();
    aircraft.registration = columns.String();
    aircraft.name = columns.String();
    aircraft.created_at = columns.Int();
    aircraft.retired_at = columns.MaybeInt();
    return aircraft;
}

Error Taken() {
    return {ErrorKind::kConflict, "aircraft.taken", "Conflict", "This registration is in use"};
}

class SqlAircraft final : public AircraftFleet {
public:
    explicit SqlAircraft(Desk& desk) : desk_(desk) {}

    Result<void> Add(const Aircraft& one) override {
        if (desk_.Run(sql::kAddAircraft,
                      {one.id, one.registration, one.name, one.created_at, one.retired_at}) == 0)
            return Taken();
        return {};
    }

    std::optional<Aircraft> FindByRegistration(std::string_view registration) override {
        std::optional<Aircraft> found;
        desk_.Run(sql::kFindAircraftByRegistration, {registration},
                  [&](const Row& row) { found = ReadAircraft(row); });
        return found;
    }

    std::vector<Aircraft> List() override {
        std::vector<Aircraft> fleet;
        desk_.Run(sql::kListAircraft, {},
                  [&](const Row& row) { fleet.push_back(ReadAircraft(row)); });
        return fleet;
    }

    Result<void> Save(const Aircraft& one) override {
        if (desk_.Run(sql::kSaveAircraft, {one.id, one.registration, one.name, one.retired_at}) ==
            0)
            return Taken();
        return {};
    }

private:
    Desk& desk_;
};

}  // namespace

std::unique_ptr<AircraftFleet> AircraftAt(Desk& desk) {
    return std::make_unique<SqlAircraft>(desk);
}

}  // namespace ostiary
