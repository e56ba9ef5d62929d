#include "outbox/pulls.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "util/failure.h"
#include "util/log.h"

namespace ostiary::outbox {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kBetweenLooks = 500ms, kAtATime = 200ms,
                                    kPauseAfterFailure = 5s;
constexpr Millis kPatience = 2 * kSecond;  // so soon a program that stops is answered
constexpr int kOk = 200;

PrivateAddresses PrivateAddressesOf(const Config& config) {
    return config.webhook_private_addresses ? PrivateAddresses::kAllowed
                                            : PrivateAddresses::kRefused;
}

struct Fetched {
    std::string text;
    Sentence trouble;          // why there is no text
    bool was_stopped = false;  // neither
};

Fetched Failed(Sentence trouble) { return {{}, std::move(trouble), false}; }

Fetched ReadFile(const std::string& path, std::size_t most_bytes) {
    namespace fs = std::filesystem;
    std::error_code trouble;
    if (!fs::is_regular_file(path, trouble)) return Failed(PullIsNoFile(path));
    if (fs::file_size(path, trouble) > most_bytes) return Failed(PullIsTooLarge(most_bytes));
    std::ifstream file(path, std::ios::binary);
    Fetched fetched;
    fetched.text.assign(std::istreambuf_iterator<char>(file), {});
    if (!file.is_open() || file.bad()) return Failed(PullIsNoFile(path));
    if (fetched.text.size() > most_bytes)  // it grew
        return Failed(PullIsTooLarge(most_bytes));
    return fetched;
}

class Fetching {
public:
    Fetching(HttpClient& client, const std::atomic<bool>& stopping, const PullLimits& limits)
        : client_(client), stopping_(stopping), limits_(limits) {}

    Fetched Fetch(const Config& config) {
        if (config.pull_source.empty()) return Failed(PullIsNoFile(""));
        if (config.pull_source.starts_with('/'))
            return ReadFile(config.pull_source, limits_.most_bytes);
        HttpGet get{1,
                    config.pull_source,
                    {{"Accept", "text/csv, application/json"}},
                    limits_.most_bytes,
                    limits_.most_time};
        if (!config.pull_authorization.empty())
            get.headers.emplace_back("Authorization", config.pull_authorization);
        client_.Start(std::move(get));
        while (!stopping_)
            for (HttpAnswer& answer : client_.Wait(kAtATime)) return Judge(std::move(answer));
        return {{}, {}, true};
    }

private:
    static Fetched Judge(HttpAnswer answer) {
        if (answer.status == 0) return Failed(PullHadTrouble(answer.failure));
        if (answer.status != kOk) return Failed(PullWasRefused(answer.status));
        return {std::move(answer.body), {}, false};
    }

    HttpClient& client_;
    const std::atomic<bool>& stopping_;
    const PullLimits& limits_;
};

// Whether anything was due.
bool Turn(World& world, Fetching fetching) {
    const auto task = TakePullTask(world);
    if (!task) return false;
    const Fetched fetched = fetching.Fetch(world.config);
    if (fetched.was_stopped)
        HandBackPull(world, *task);
    else if (!fetched.trouble.empty())
        FailPull(world, *task, fetched.trouble);
    else
        TakePulled(world, *task, fetched.text);
    return true;
}

}  // namespace

PullFetcher::PullFetcher(World& world, PullLimits limits)
    : world_(world),
      limits_(limits),
      client_(PrivateAddressesOf(world.config)),
      thread_([this] { Run(); }) {}

PullFetcher::~PullFetcher() {
    Stop();
    thread_.join();
}

void PullFetcher::Stop() {
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    client_.WakeUp();
}

void PullFetcher::Run() {
    while (!stopping_) {
        auto pause = kBetweenLooks;
        try {
            Turn(world_, Fetching(client_, stopping_, limits_));
            AdvancePulls(world_, kPatience);
        } catch (const WorldFailure& failure) {
            log::Warn("pulls", fmt::format("will be tried again: {}", failure.what()));
            pause = kPauseAfterFailure;
        }
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, pause, [this] { return stopping_.load(); });
    }
}

void FetchPull(World& world) {
    HttpClient client(PrivateAddressesOf(world.config));
    const std::atomic<bool> never = false;
    const PullLimits limits;
    Turn(world, Fetching(client, never, limits));
}

}  // namespace ostiary::outbox
