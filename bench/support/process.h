#pragma once

// Another program, for as long as this object lives, and what the kernel knows about it.

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace ostiary::bench {

class Process {
public:
    // Starts the program with these arguments, the first being its path, and with these variables
    // besides our own. What it prints goes to the file, or where ours goes if that is empty.
    Process(const std::vector<std::string>& arguments,
            const std::map<std::string, std::string>& variables, const std::string& output);
    ~Process();  // stops it if it still runs
    Process(const Process&) = delete;

    void Stop();  // asks, waits, insists
    int Wait();   // until it ends by itself; its exit code
    bool IsRunning();

    double CpuSeconds() const;      // of all its threads, in user and system mode
    double ResidentMb() const;      // now
    double PeakResidentMb() const;  // at most, so far

private:
    double StatusMb(const std::string& field) const;

    pid_t pid_ = -1;
};

// Runs the program to its end, its output going where ours goes; throws if it fails.
void Relay(const std::vector<std::string>& arguments,
           const std::map<std::string, std::string>& variables);

// What the program prints until it ends; throws if it fails.
std::string OutputOf(const std::vector<std::string>& arguments,
                     const std::map<std::string, std::string>& variables = {});

// A folder for the time of a measurement, below BENCH_FOLDER or /var/tmp: /tmp may be
// memory, where a sync is free.
class TempFolder {
public:
    TempFolder();
    ~TempFolder();
    TempFolder(const TempFolder&) = delete;
    const std::string& path() const { return path_; }
    std::string operator/(const std::string& name) const { return path_ + "/" + name; }

private:
    std::string path_;
};

std::uint16_t FreePort();  // of the loopback; somebody may take it before you do

std::string ReadWhole(const std::string& path);
void WriteWhole(const std::string& path, const std::string& text);

}  // namespace ostiary::bench
