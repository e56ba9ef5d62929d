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
    aircraft.version = columns.Int();
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
        if (desk_.Run(sql::kSaveAircraft,
                      {one.id, one.registration, one.name, one.retired_at, one.version}) > 0)
            return {};
        const auto holder = FindByRegistration(one.registration);
        if (holder && holder->id != one.id) return Taken();
        throw StoreFailure(StoreTrouble::kAgain, "an aircraft was changed meanwhile: " + one.id);
    }

    bool Delete(std::string_view id) override { return desk_.Run(sql::kDeleteAircraft, {id}) > 0; }

    std::map<std::string, std::int64_t> CountHolders() override {
        std::map<std::string, std::int64_t> counts;
        desk_.Run(sql::kCountAircraftHolders, {},
                  [&](const Row& row) { counts.emplace(row.Text(0), row.Int(1)); });
        return counts;
    }

    std::vector<AircraftHolder> Holders(std::string_view id, std::string_view after,
                                        std::size_t most, Millis now) override {
        std::vector<AircraftHolder> holders;
        desk_.Run(sql::kAircraftHolders, {id, after, most, now}, [&](const Row& row) {
            Columns columns(row);
            AircraftHolder& holder = holders.emplace_back();
            holder.account_id = columns.String();
            holder.username = columns.String();
            holder.name = columns.String();
            holder.role = columns.String();
            holder.is_active = columns.Int() != 0;
            holder.granted_at = columns.Int();
        });
        return holders;
    }

    std::vector<AircraftCode> GrantingCodes(std::string_view id, std::size_t most) override {
        std::vector<AircraftCode> codes;
        desk_.Run(sql::kAircraftGrantingCodes, {id, most}, [&](const Row& row) {
            codes.push_back({row.Int(0), std::string(row.Text(1))});
        });
        return codes;
    }

private:
    Desk& desk_;
};

}  // namespace

std::unique_ptr<AircraftFleet> AircraftAt(Desk& desk) {
    return std::make_unique<SqlAircraft>(desk);
}

}  // namespace ostiary
