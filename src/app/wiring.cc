#include "app/wiring.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <thread>

#include "app/docs.h"
#include "app/doctor.h"
#include "app/routes.h"
#include "app/serve.h"
#include "core/redemptions.h"
#include "outbox/pulls.h"
#include "store/store.h"
#include "util/failure.h"

namespace ostiary::app {
namespace {

void EnsureFolder(const std::string& path) {
    std::error_code failure;
    const std::filesystem::path parent = std::filesystem::path(path).parent_path();
    if (!parent.empty()) std::filesystem::create_directories(parent, failure);
    if (mkdir(path.c_str(), S_IRWXU) == 0 || errno == EEXIST) return;
    throw WorldFailure("cannot make the data folder " + path + ": " + std::strerror(errno));
}

Vault::Key MasterKey(const Config& config, Random& random) {
    if (const auto key = ParseVaultKey(config.key)) return *key;
    EnsureFolder(config.data);
    return LoadOrMakeVaultKey(config.data + "/ostiary.key", random);
}

int HashesAtOnce(const Config& config) {
    if (config.hashing_threads > 0) return config.hashing_threads;
    return static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

std::unique_ptr<Store> Open(const Config& config, const Vault& vault, const Clock& clock,
                            Random& random, Meter& meter) {
    if (!config.UsesPostgres()) EnsureFolder(config.data);
    return OpenStore(
        config, vault, clock, random,
        [&catalogue = config.catalogue](Work& work, std::span<const SubjectClaim> claims,
                                        Millis now) {
            return RedeemTogether(work, claims, catalogue, now);
        },
        [&meter](std::size_t callers, std::chrono::nanoseconds took) {
            meter.Committed(callers, took);
        });
}

}  // namespace

Premises::Premises(const Config& config)
    : config_(config),
      vault_(MasterKey(config_, random_)),
      passwords_(config_.argon2_memory_kib, config_.argon2_passes, HashesAtOnce(config_)),
      metrics_(Routes()),
      store_(Open(config_, vault_, clock_, random_, metrics_)),
      world_{*store_, clock_, random_, vault_, passwords_, config_, &live_, &metrics_, &visits_} {}

cli::Outside MakeOutside() {
    return {.open = [](const Config& config) { return std::make_unique<Premises>(config); },
            .serve = Serve,
            .schema =
                [](const Config& config) {
                    SchemaState state = InspectSchema(config);
                    return cli::Schema{std::move(state.applied), std::move(state.pending)};
                },
            .migrate =
                [](const Config& config) {
                    if (!config.UsesPostgres()) EnsureFolder(config.data);
                    return Migrate(config, SystemClock());
                },
            .examine = ExamineDatabase,
            .describe = Describe,
            .fetch_people = outbox::FetchPull,
            .environment = EnvironmentVariables()};
}

}  // namespace ostiary::app
