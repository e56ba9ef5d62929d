// Durable redemptions inside the program, 64 callers and no password hashing, against a plain
// program that makes one SQLite transaction of each: one hot code, many codes, and one hot code on
// a disk whose syncs take a millisecond.

#include <filesystem>

#include "support/callers.h"
#include "support/installation.h"
#include "support/many_codes.h"
#include "support/plain_sqlite.h"
#include "support/process.h"
#include "support/table.h"

namespace ostiary::bench {
namespace {

constexpr int kCallers = 64;
constexpr const char* kHotCode = "HTCD2345";

using Pick = std::function<std::string(std::uint64_t number)>;

// The folders hold the same codes, sealed with the same key.
Pair Compare(const Options& options, const std::string& ours_in, const std::string& theirs_in,
             const Pick& pick) {
    Installation ours(ours_in);
    PlainSqlite theirs(DatabaseIn(theirs_in), ours.vault);
    const Actor application = SomeApplication();
    return InTurns(
        options.rounds(),
        [&] {
            const Rate rate = CallFrom(kCallers, options.time(), [&](std::uint64_t number) {
                RedeemOnce(ours, application, pick(number), number);
            });
            Note("ours: " + rate.ToText());
            return rate.per_second;
        },
        [&] {
            const Rate rate = theirs.Measure(options.time(), pick);
            Note("theirs: " + rate.ToText());
            return rate.per_second;
        });
}

void Copy(const std::string& from, const std::string& to) {
    std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
}

void MeasureHotCode(const Options& options, std::string_view what, double goal) {
    const TempFolder folder;
    Installation(folder / "ours").AddCode(kHotCode);
    Copy(folder / "ours", folder / "theirs");
    const Pair rates = Compare(options, folder / "ours", folder / "theirs",
                               [](std::uint64_t) { return kHotCode; });
    PrintRatio(what, rates.ours, rates.theirs, goal);
}

void MeasureManyCodes(const Options& options) {
    const std::uint64_t count = options.quick ? 20'000 : 1'000'000;
    const TempFolder folder;
    Note("making " + std::to_string(count) + " codes");
    FillWithCodes(folder / "ours", count);
    Copy(folder / "ours", folder / "theirs");
    const Pair rates = Compare(options, folder / "ours", folder / "theirs",
                               [&](std::uint64_t number) { return SomeCode(number, count); });
    PrintRatio("redemptions, " + std::to_string(count) + " codes", rates.ours, rates.theirs, 2);
}

// Once more, as a program of its own under which syncs are slow.
void MeasureOnSlowDisk(const Options& options) {
    std::vector<std::string> arguments{options.program, "--delayed"};
    if (options.quick) arguments.push_back("--quick");
    Relay(arguments, {{"LD_PRELOAD", OSTIARY_SLOW_SYNC}});
}

void Measure(const Options& options) {
    if (options.delayed)
        return MeasureHotCode(options, "redemptions, one hot code, sync + 1 ms", 25);
    MeasureHotCode(options, "redemptions, one hot code", 4);
    MeasureOnSlowDisk(options);
    MeasureManyCodes(options);
}

}  // namespace
}  // namespace ostiary::bench

int main(int argc, char** argv) {
    return ostiary::bench::Main(argc, argv, ostiary::bench::Measure);
}
