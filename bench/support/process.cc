#include "support/process.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace ostiary::bench {
namespace {

constexpr auto kPatience = std::chrono::seconds(10);

// Between fork and exec: nothing here may allocate, so all of it was made before.
[[noreturn]] void Become(char* const* arguments, char* const* environment, const char* output) {
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    dup2(open("/dev/null", O_RDONLY), 0);
    if (*output != '\0') {
        const int file = open(output, O_WRONLY | O_CREAT | O_APPEND, 0600);
        dup2(file, 1);
        dup2(file, 2);
    }
    execvpe(arguments[0], arguments, environment);
    _exit(127);
}

std::vector<char*> Pointers(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

}  // namespace

Process::Process(const std::vector<std::string>& arguments,
                 const std::map<std::string, std::string>& variables, const std::string& output) {
    std::vector<std::string> words = arguments, environment;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string text = *entry;
        if (!variables.contains(text.substr(0, text.find('=')))) environment.push_back(text);
    }
    for (const auto& [name, value] : variables) environment.push_back(name + "=" + value);
    const auto argv = Pointers(words), envp = Pointers(environment);
    pid_ = fork();
    if (pid_ < 0) throw std::runtime_error("cannot start another process");
    if (pid_ == 0) Become(argv.data(), envp.data(), output.c_str());
}

Process::~Process() { Stop(); }

void Process::Stop() {
    if (pid_ < 0) return;
    kill(pid_, SIGTERM);
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (IsRunning()) {
        if (std::chrono::steady_clock::now() > deadline) kill(pid_, SIGKILL);
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
}

int Process::Wait() {
    int status = 0;
    if (pid_ > 0) waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

bool Process::IsRunning() {
    if (pid_ > 0 && waitpid(pid_, nullptr, WNOHANG) != 0) pid_ = -1;
    return pid_ > 0;
}

double Process::CpuSeconds() const {
    const std::string stat = ReadWhole(fmt::format("/proc/{}/stat", pid_));
    std::istringstream fields(stat.substr(stat.rfind(')') + 2));  // a name may hold anything
    std::string skipped;
    for (int field = 3; field < 14; ++field) fields >> skipped;
    double user = 0, system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

double Process::ResidentMb() const { return StatusMb("VmRSS:"); }
double Process::PeakResidentMb() const { return StatusMb("VmHWM:"); }

double Process::StatusMb(const std::string& field) const {
    std::istringstream status(ReadWhole(fmt::format("/proc/{}/status", pid_)));
    for (std::string word; status >> word;) {
        double kb = 0;
        if (word == field && status >> kb) return kb / 1024;
    }
    throw std::runtime_error("the process has gone");
}

TempFolder::TempFolder() {
    const char* parent = std::getenv("BENCH_FOLDER");
    path_ = fmt::format("{}/ostiary-bench.XXXXXX", parent ? parent : "/var/tmp");
    if (mkdtemp(path_.data()) == nullptr) throw std::runtime_error("cannot make " + path_);
}

TempFolder::~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::uint16_t FreePort() {
    const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const bool bound = bind(probe, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                       getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    close(probe);
    if (!bound) throw std::runtime_error("no port is free");
    return ntohs(address.sin_port);
}

std::string ReadWhole(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path);
    return std::string(std::istreambuf_iterator<char>(file), {});
}

void WriteWhole(const std::string& path, const std::string& text) {
    std::ofstream file(path, std::ios::binary);
    file << text;
    if (!file.flush()) throw std::runtime_error("cannot write " + path);
}

void Relay(const std::vector<std::string>& arguments,
           const std::map<std::string, std::string>& variables) {
    if (Process(arguments, variables, "").Wait() != 0)
        throw std::runtime_error(arguments[0] + " failed");
}

std::string OutputOf(const std::vector<std::string>& arguments,
                     const std::map<std::string, std::string>& variables) {
    const TempFolder folder;
    Process process(arguments, variables, folder / "output");
    const int code = process.Wait();
    std::string output = ReadWhole(folder / "output");
    if (code != 0) throw std::runtime_error(arguments[0] + " failed: " + output);
    return output;
}

}  // namespace ostiary::bench
