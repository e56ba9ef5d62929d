#include "sql.h"
#include "store/ports.h"

namespace ostiary {
namespace {

class SqlFacts final : public Facts {
public:
    explicit SqlFacts(Desk& desk) : desk_(desk) {}

    std::optional<std::string> Get(std::string_view key) override {
        std::optional<std::string> value;
        desk_.Run(sql::kGetFact, {key}, [&](const Row& row) { value = row.Text(0); });
        return value;
    }

    void Set(std::string_view key, std::string_view value) override {
        desk_.Run(sql::kSetFact, {key, value});
    }

private:
    Desk& desk_;
};

}  // namespace

std::unique_ptr<Facts> FactsAt(Desk& desk) { return std::make_unique<SqlFacts>(desk); }

}  // namespace ostiary
