#include "sql.h"
#include "store/ports.h"

namespace ostiary {
namespace {

class VisitRows final : public Visits {
public:
    explicit VisitRows(Desk& desk) : desk_(desk) {}

    void Add(CodeId code, const VisitCounts& counts) override {
        desk_.Run(sql::kAddVisits, {code, counts.previewed, counts.opened, counts.started});
    }

    Funnel Sum(std::span<const CodeId> codes, Millis joined_until, Millis later,
               std::size_t most) override {
        const std::vector<std::int64_t> ids(codes.begin(), codes.end());
        Funnel funnel;
        funnel.codes = static_cast<std::int64_t>(codes.size());
        desk_.Run(sql::kSumVisits, {ids}, [&](const Row& row) {
            Columns columns(row);
            funnel.previewed = columns.Int();
            funnel.opened = columns.Int();
            funnel.started = columns.Int();
        });
        desk_.Run(sql::kSumUsesAndMailed, {ids}, [&](const Row& row) {
            Columns columns(row);
            funnel.joined = columns.Int();
            funnel.mailed = columns.Int();
        });
        desk_.Run(sql::kCountStayed, {ids, joined_until, later, most}, [&](const Row& row) {
            Columns columns(row);
            funnel.settled = columns.Int();
            funnel.stayed = columns.Int();
        });
        return funnel;
    }

private:
    Desk& desk_;
};

}  // namespace

std::unique_ptr<Visits> VisitsAt(Desk& desk) { return std::make_unique<VisitRows>(desk); }

}  // namespace ostiary
