// Pages of the list of codes at a thousand and at a million codes, for every filter, order and
// search: a page must cost about the same however many codes there are.

#include "support/installation.h"
#include "support/list_pages.h"
#include "support/listed_codes.h"
#include "support/process.h"
#include "support/table.h"

namespace ostiary::bench {
namespace {

void Measure(const Options& options) {
    const TempFolder folder;
    const Config large = ConfigIn(folder / "large"), small = ConfigIn(folder / "small");
    FillWithListedCodes(small, kOriginals);
    FillWithListedCodes(large, options.quick ? 20'000 : 1'000'000);
    Installation large_house(large), small_house(small);
    CompareListPages(options, "list", large_house, small_house);
}

}  // namespace
}  // namespace ostiary::bench

int main(int argc, char** argv) {
    return ostiary::bench::Main(argc, argv, ostiary::bench::Measure);
}
