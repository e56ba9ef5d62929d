// The same redemptions over HTTP, 64 keep-alive connections, against the same calls inside the
// program. The door here is bench's own: it reads the JSON and calls the verb, and asks nobody who
// they are. What that costs is seen beside it, at the real POST /api/redemptions/ with a token.

#include <fmt/format.h>

#include <thread>

#include "api/api.h"
#include "app/routes.h"
#include "http/dispatch.h"
#include "http/respond.h"
#include "http/server.h"
#include "pages/pages.h"
#include "support/callers.h"
#include "support/installation.h"
#include "support/load.h"
#include "support/many_codes.h"
#include "support/process.h"
#include "support/table.h"

namespace ostiary::bench {
namespace {

constexpr int kCallers = 64;
constexpr const char* kHotCode = "HTCD2345";
constexpr double kSlowestMs = 10;

using Pick = std::function<std::string(std::uint64_t number)>;

class RedeemDoor final : public Service {
public:
    explicit RedeemDoor(World& world) : world_(world) {}
    Cost CostOf(const Request&) const override { return Cost::kFast; }
    Response Answer(Request& request) override {
        request.actor = application_;
        auto answer = api::RedemptionCreate(request, world_);
        return answer.ok() ? std::move(answer).value() : ErrorResponse(request, answer.error());
    }

private:
    World& world_;
    const Actor application_ = SomeApplication();
};

// A server in this process, on a thread of its own.
class Listening {
public:
    Listening(Installation& installation, Service& service)
        : config_(OnAnyPort(installation.config)),
          server_(config_, installation.clock, installation.random, service),
          thread_([this] { server_.Run(); }) {}
    ~Listening() {
        server_.Stop();
        thread_.join();
    }
    Listening(const Listening&) = delete;
    std::uint16_t port() const { return server_.port(); }

private:
    static Config OnAnyPort(Config config) {
        config.listen = "127.0.0.1:0";
        return config;
    }

    const Config config_;
    Server server_;
    std::thread thread_;
};

Load Redemptions(std::uint16_t port, std::chrono::milliseconds time, std::string_view token,
                 const Pick& pick) {
    Load load;
    load.port = port;
    load.connections = kCallers;
    load.time = time;
    const std::string headers =
        token.empty() ? "" : fmt::format("Authorization: Bearer {}\r\n", token);
    load.write = [headers, &pick](std::uint64_t number, std::string& out) {
        WritePost(out, "/api/redemptions/",
                  fmt::format(R"({{"code":"{}","subject":"{}"}})", pick(number), SubjectOf(number)),
                  headers);
    };
    load.is_right = [](int status, std::string_view body) {
        return status == 201 && body.starts_with(R"({"data":{)");
    };
    return load;
}

LoadResult RunNoted(const Load& load, std::string_view name) {
    const LoadResult result = Run(load);
    Note(fmt::format("{}: {:.0f}/s, p50 {:.2f} ms, p99 {:.2f} ms, at most {:.2f} ms", name,
                     result.per_second(), result.p50_ms, result.p99_ms, result.most_ms));
    return result;
}

void Compare(const Options& options, Installation& ours, std::string_view what, const Pick& pick) {
    const Actor application = SomeApplication();
    RedeemDoor door(ours.world);
    const Listening listening(ours, door);
    const Load load = Redemptions(listening.port(), options.time(), "", pick);
    std::vector<float> p99s;
    const Pair rates = InTurns(
        options.rounds(),
        [&] {
            const LoadResult result = RunNoted(load, "over HTTP");
            p99s.push_back(static_cast<float>(result.p99_ms));
            return result.per_second();
        },
        [&] {
            const Rate rate = CallFrom(kCallers, options.time(), [&](std::uint64_t number) {
                RedeemOnce(ours, application, pick(number), number);
            });
            Note("inside: " + rate.ToText());
            return rate.per_second;
        });
    PrintRatio(fmt::format("{}, HTTP against inside", what), rates.ours, rates.theirs, 0.5);
    PrintBound(fmt::format("{}, HTTP, p99", what), PercentileMs(p99s, 50), kSlowestMs, " ms");
}

// What knowing who asks costs: the real door against bench's own.
void MeasureWithToken(const Options& options, Installation& ours, const Pick& pick) {
    const std::string token = ours.MakeToken();
    RedeemDoor door(ours.world);
    Dispatcher dispatcher(Routes(), ours.world, pages::kPagesRoom);
    const Listening plain(ours, door), real(ours, dispatcher);
    const Load to_plain = Redemptions(plain.port(), options.time(), "", pick);
    const Load to_real = Redemptions(real.port(), options.time(), token, pick);
    const Pair rates = InTurns(
        options.rounds(), [&] { return RunNoted(to_real, "with a token").per_second(); },
        [&] { return RunNoted(to_plain, "without").per_second(); });
    PrintFact("redemptions over HTTP, with a token or without", rates.ours, rates.theirs);
}

void MeasureHotCode(const Options& options, std::string_view what) {
    const TempFolder folder;
    Installation ours(folder.path());
    ours.AddCode(kHotCode);
    const Pick hot = [](std::uint64_t) { return kHotCode; };
    Compare(options, ours, what, hot);
    if (!options.delayed) MeasureWithToken(options, ours, hot);
}

void MeasureManyCodes(const Options& options) {
    const std::uint64_t count = options.quick ? 20'000 : 1'000'000;
    const TempFolder folder;
    Note(fmt::format("making {} codes", count));
    FillWithCodes(folder.path(), count);
    Installation ours(folder.path());
    Compare(options, ours, fmt::format("{} codes", count),
            [count](std::uint64_t number) { return SomeCode(number, count); });
}

void Measure(const Options& options) {
    if (options.delayed) return MeasureHotCode(options, "one hot code, sync + 1 ms");
    MeasureHotCode(options, "one hot code");
    std::vector<std::string> again{options.program, "--delayed"};
    if (options.quick) again.push_back("--quick");
    Relay(again, {{"LD_PRELOAD", OSTIARY_SLOW_SYNC}});
    MeasureManyCodes(options);
}

}  // namespace
}  // namespace ostiary::bench

int main(int argc, char** argv) {
    return ostiary::bench::Main(argc, argv, ostiary::bench::Measure);
}
