// The same as list.cc, on PostgreSQL.

#include "support/installation.h"
#include "support/list_pages.h"
#include "support/listed_codes.h"
#include "support/postgres.h"
#include "support/process.h"
#include "support/table.h"

namespace ostiary::bench {
namespace {

void Measure(const Options& options) {
    const TempFolder folder;
    const Cluster cluster;
    const Database large_database(cluster.url()), small_database(cluster.url());
    Config large = ConfigIn(folder / "large"), small = ConfigIn(folder / "small");
    large.database = large_database.url();
    small.database = small_database.url();
    FillWithListedCodes(small, kOriginals);
    FillWithListedCodes(large, options.quick ? 20'000 : 1'000'000);
    Installation large_house(large), small_house(small);
    CompareListPages(options, "list, PostgreSQL", large_house, small_house);
}

}  // namespace
}  // namespace ostiary::bench

int main(int argc, char** argv) {
    return ostiary::bench::Main(argc, argv, ostiary::bench::Measure);
}
