#pragma once

// What a program of bench/ prints: one row per goal on standard output. Whatever else it has to say
// goes to standard error, so that the rows of several programs can be put under one another.

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

namespace ostiary::bench {

void PrintHeader();

// Ours against theirs, both per second (or whatever `unit` says); the more the better.
void PrintRatio(std::string_view what, double ours, double theirs, double goal,
                std::string_view unit = "/s");

// A measure with a bound of its own; the less the better.
void PrintBound(std::string_view what, double value, double bound, std::string_view unit);

// What costs so much more where there is more: ours is the large one, and the less the better.
void PrintGrowth(std::string_view what, double large, double small, double goal,
                 std::string_view unit);

// Worth knowing, and no goal.
void PrintFact(std::string_view what, double ours, double theirs, std::string_view unit = "/s");

void Note(std::string_view line);  // on standard error

struct Pair {
    double ours = 0, theirs = 0;
};

// Measures in turns, so that whatever else the machine does meets both alike, and gives the round
// whose ratio is the median.
Pair InTurns(int rounds, const std::function<double()>& ours,
             const std::function<double()>& theirs);

// What stands on the command line.
struct Options {
    bool quick = false;    // small sizes and short times: does it work at all?
    bool delayed = false;  // started by itself once more, every sync being slow
    std::string program;   // its own path

    int rounds() const { return quick ? 1 : 3; }
    std::chrono::milliseconds time() const { return std::chrono::milliseconds(quick ? 500 : 3000); }
};
Options ReadOptions(int argc, char** argv);

// Runs `body`, and says why where it cannot; the exit code.
int Main(int argc, char** argv, const std::function<void(const Options&)>& body);

}  // namespace ostiary::bench
