// From starting `ostiary serve` on a database that is there to its first answer, and the memory it
// holds after 100,000 requests of several kinds.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "support/installation.h"
#include "support/load.h"
#include "support/process.h"
#include "support/server.h"
#include "support/table.h"

namespace ostiary::bench {
namespace {

constexpr const char* kCode = "ABCD2345";

double MedianStartMs(const std::string& folder, int times) {
    std::vector<double> starts;
    for (int i = 0; i < times; ++i) starts.push_back(Serving(folder).first_answer_ms());
    std::ranges::sort(starts);
    Note(fmt::format("starts took {:.1f} to {:.1f} ms", starts.front(), starts.back()));
    return starts[starts.size() / 2];
}

std::string Get(std::string_view path, std::string_view headers = "") {
    return fmt::format("GET {} HTTP/1.1\r\nHost: localhost\r\n{}\r\n", path, headers);
}

void MeasureMemory(const std::string& folder, const std::string& token, std::uint64_t count) {
    std::array<std::string, 5> kinds;
    WritePost(kinds[0], "/api/invite-codes/validate/", fmt::format(R"({{"code":"{}"}})", kCode));
    kinds[1] = Get("/healthz");
    kinds[2] = Get("/register/");
    kinds[3] = Get("/api/me/", fmt::format("Authorization: Bearer {}\r\n", token));
    kinds[4] = Get("/login/");
    const Serving server(folder);
    Load load;
    load.port = server.port();
    load.requests = count;
    load.write = [&kinds](std::uint64_t number, std::string& out) {
        out += kinds[number % kinds.size()];
    };
    load.is_right = [](int status, std::string_view) { return status == 200; };
    Note(fmt::format("{:.1f} MB resident after the start", server.process().ResidentMb()));
    const LoadResult result = Run(load);
    Note(fmt::format("{} requests, {:.0f}/s; at most {:.1f} MB resident", result.requests,
                     result.per_second(), server.process().PeakResidentMb()));
    PrintBound(fmt::format("memory after {} requests", result.requests),
               server.process().ResidentMb(), 40, " MB");
}

void Measure(const Options& options) {
    const TempFolder folder;
    std::string token;
    {
        Installation installation(folder.path());
        installation.AddCode(kCode);
        token = installation.MakeToken();
    }
    PrintBound("start to first answer", MedianStartMs(folder.path(), options.quick ? 3 : 11), 100,
               " ms");
    MeasureMemory(folder.path(), token, options.quick ? 10'000 : 100'000);
}

}  // namespace
}  // namespace ostiary::bench

int main(int argc, char** argv) {
    return ostiary::bench::Main(argc, argv, ostiary::bench::Measure);
}
