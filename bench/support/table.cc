#include "support/table.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <vector>

namespace ostiary::bench {
namespace {

constexpr std::string_view kColumns = "{:<48} {:>14} {:>14} {:>8} {:>10}  {}\n";

void PrintRow(std::string_view what, std::string_view ours, std::string_view theirs,
              std::string_view ratio, std::string_view goal, std::string_view met) {
    fmt::print(kColumns, what, ours, theirs, ratio, goal, met);
    std::fflush(stdout);
}

// 1234567 → "1,234,567"; small numbers keep two places.
std::string Readable(double number) {
    if (number < 100) return fmt::format("{:.2f}", number);
    std::string digits = fmt::format("{:.0f}", number);
    for (auto at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), ",");
    return digits;
}

std::string With(double number, std::string_view unit) { return Readable(number).append(unit); }

std::string_view Met(bool is_met) { return is_met ? "met" : "NOT MET"; }

}  // namespace

void PrintHeader() { PrintRow("what", "ours", "theirs", "ratio", "goal", "met"); }

void PrintRatio(std::string_view what, double ours, double theirs, double goal,
                std::string_view unit) {
    const double ratio = ours / theirs;
    PrintRow(what, With(ours, unit), With(theirs, unit), fmt::format("{:.2f}", ratio),
             fmt::format(">= {}", goal), Met(ratio >= goal));
}

void PrintBound(std::string_view what, double value, double bound, std::string_view unit) {
    PrintRow(what, With(value, unit), "", "", fmt::format("< {}{}", bound, unit),
             Met(value < bound));
}

void PrintGrowth(std::string_view what, double large, double small, double goal,
                 std::string_view unit) {
    const double ratio = large / small;
    PrintRow(what, With(large, unit), With(small, unit), fmt::format("{:.2f}", ratio),
             fmt::format("<= {}", goal), Met(ratio <= goal));
}

void PrintFact(std::string_view what, double ours, double theirs, std::string_view unit) {
    PrintRow(what, With(ours, unit), With(theirs, unit), fmt::format("{:.2f}", ours / theirs), "",
             "");
}

void Note(std::string_view line) { fmt::print(stderr, "  {}\n", line); }

Pair InTurns(int rounds, const std::function<double()>& ours,
             const std::function<double()>& theirs) {
    std::vector<Pair> measured;
    for (int round = 0; round < rounds; ++round) {
        const double first = ours();
        measured.push_back({first, theirs()});
        Note(fmt::format("round {}: {} against {}", round + 1, Readable(first),
                         Readable(measured.back().theirs)));
    }
    std::ranges::sort(measured, {}, [](const Pair& pair) { return pair.ours / pair.theirs; });
    return measured[measured.size() / 2];
}

Options ReadOptions(int argc, char** argv) {
    Options options;
    for (int i = 1; i < argc; ++i) {
        const std::string_view given = argv[i];
        if (given == "--quick")
            options.quick = true;
        else if (given == "--delayed")
            options.delayed = true;
        else
            throw std::invalid_argument(fmt::format("unknown option {}; there is --quick", given));
    }
    std::string path(4096, '\0');
    const auto length = readlink("/proc/self/exe", path.data(), path.size());
    if (length > 0) options.program = path.substr(0, static_cast<std::size_t>(length));
    return options;
}

int Main(int argc, char** argv, const std::function<void(const Options&)>& body) {
    try {
        const Options options = ReadOptions(argc, argv);
        if (!options.delayed) PrintHeader();
        body(options);
        return 0;
    } catch (const std::exception& failure) {
        Note(failure.what());
        return 1;
    }
}

}  // namespace ostiary::bench
