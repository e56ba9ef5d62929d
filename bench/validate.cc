// The public check of a code over HTTP, as `ostiary serve` answers it, against an nginx that
// answers the same text to everything. 64 keep-alive connections; what is compared is requests per
// second of processor time of the server, which the client's share of the machine does not blur.

#include <fmt/format.h>

#include "support/installation.h"
#include "support/load.h"
#include "support/process.h"
#include "support/server.h"
#include "support/table.h"

namespace ostiary::bench {
namespace {

constexpr const char* kCode = "ABCD2345";
constexpr const char* kPath = "/api/invite-codes/validate/";
const std::string kBody = fmt::format(R"({{"code":"{}"}})", kCode);

std::string NginxSettings(const std::string& folder, std::uint16_t port,
                          const std::string& answer) {
    return fmt::format(
        "daemon off; master_process off; worker_processes 1; pid {0}/pid; error_log {0}/errors;\n"
        "events {{ worker_connections 512; }}\n"
        "http {{ access_log off; keepalive_requests 1000000000; default_type application/json;\n"
        "client_body_temp_path {0}/a; proxy_temp_path {0}/b; fastcgi_temp_path {0}/c;\n"
        "uwsgi_temp_path {0}/d; scgi_temp_path {0}/e;\n"
        "server {{ listen 127.0.0.1:{1}; location / {{ return 200 '{2}'; }} }} }}\n",
        folder, port, answer);
}

Load Requests(std::uint16_t port, std::uint64_t count, const std::string& answer) {
    Load load;
    load.port = port;
    load.requests = count;
    load.write = [](std::uint64_t, std::string& out) { WritePost(out, kPath, kBody); };
    load.is_right = [&answer](int status, std::string_view body) {
        return status == 200 && body == answer;
    };
    return load;
}

// Requests per second of the server's processor time.
double PerCpuSecond(const Load& load, const Process& server, std::string_view name) {
    const double before = server.CpuSeconds();
    const LoadResult result = Run(load);
    const double spent = server.CpuSeconds() - before;
    Note(fmt::format("{}: {:.0f}/s, {:.2f} us of the server each, p50 {:.2f} ms, p99 {:.2f} ms",
                     name, result.per_second(), spent * 1e6 / static_cast<double>(result.requests),
                     result.p50_ms, result.p99_ms));
    return static_cast<double>(result.requests) / spent;
}

void Measure(const Options& options) {
    const TempFolder folder;
    Installation(folder.path()).AddCode(kCode);
    Serving ours(folder.path());
    std::string question;
    WritePost(question, kPath, kBody);
    const Reply reply = Ask(ours.port(), question);
    if (reply.status != 200 || !reply.body.starts_with(R"({"valid":true)"))
        throw std::runtime_error("the code is not valid: " + reply.body);

    const std::uint16_t port = FreePort();
    WriteWhole(folder / "nginx.conf", NginxSettings(folder.path(), port, reply.body));
    Process nginx({"/usr/sbin/nginx", "-c", folder / "nginx.conf", "-p", folder.path()}, {},
                  folder / "nginx.out");
    AwaitHealth(port);

    const std::uint64_t count = options.quick ? 20'000 : 300'000;
    const Load to_ours = Requests(ours.port(), count, reply.body);
    const Load to_theirs = Requests(port, count, reply.body);
    const Pair rates = InTurns(
        options.rounds(), [&] { return PerCpuSecond(to_ours, ours.process(), "ostiary"); },
        [&] { return PerCpuSecond(to_theirs, nginx, "nginx"); });
    PrintRatio("validation over HTTP, per core, against nginx", rates.ours, rates.theirs, 0.5);
}

}  // namespace
}  // namespace ostiary::bench

int main(int argc, char** argv) {
    return ostiary::bench::Main(argc, argv, ostiary::bench::Measure);
}
