#include "support/installation.h"

#include <fmt/format.h>

#include <filesystem>
#include <stdexcept>
#include <thread>

#include "core/accounts.h"
#include "core/codes.h"
#include "core/redemptions.h"
#include "core/registration.h"
#include "core/tokens.h"
#include "store/store.h"

namespace ostiary::bench {
namespace {

// The rate limits would be all there was to measure.
Config Unlimited(Config config) {
    config.limits = false;
    std::filesystem::create_directories(config.data);
    return config;
}

}  // namespace

std::string DatabaseIn(const std::string& folder) { return folder + "/ostiary.db"; }

Config ConfigIn(const std::string& folder) {
    Config config;
    config.data = folder;
    return config;
}

Installation::Installation(const std::string& folder) : Installation(ConfigIn(folder)) {}

Installation::Installation(const Config& asked)
    : config(Unlimited(asked)),
      vault(LoadOrMakeVaultKey(config.data + "/ostiary.key", random)),
      passwords(config.argon2_memory_kib, config.argon2_passes,
                static_cast<int>(std::max(1u, std::thread::hardware_concurrency()))),
      store(OpenStore(config, vault, clock, random,
                      [this](Work& work, std::span<const SubjectClaim> claims, Millis now) {
                          return RedeemTogether(work, claims, config.catalogue, now);
                      })),
      world{*store, clock, random, vault, passwords, config} {}

void Installation::AddCode(std::string_view chosen) {
    const Actor console = Actor::Console("bench");
    CodeDraft draft;
    draft.code = chosen;
    draft.label = "Summer crew";
    draft.role = "staff";
    draft.task_group = "general";
    draft.max_uses = "0";
    CreateCode(console.Ask<Permission::kCodesWrite>().value(), world, ApiRules(console, world),
               draft)
        .value();
}

std::string Installation::MakeToken() {
    const Actor console = Actor::Console("bench");
    AccountDraft draft;
    draft.username = "application";
    draft.email = "application@example.org";
    draft.password = "Heron-4-breakfast!";
    draft.is_superuser = true;
    CreateAccount(console.Ask<Permission::kUsersWrite>().value(), world, draft).value();
    return CreateTokenFor(console.Ask<Permission::kTokensWrite>().value(), world, "application",
                          "bench", {"redeem", "me"}, "")
        .value()
        .token;
}

Actor SomeApplication() {
    Actor actor = Actor::Console("bench");
    actor.account_id = "0199a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b";
    actor.username = "application";
    actor.origin = {Door::kApi, "127.0.0.1", "0123456789abcdef"};
    return actor;
}

std::string SubjectOf(std::uint64_t number) { return fmt::format("person-{:012}", number); }

void RedeemOnce(Installation& ours, const Actor& actor, std::string_view code,
                std::uint64_t number) {
    const auto permit = actor.Ask<Permission::kRedeem>();
    auto claim = ClaimForSubject(permit.value(), ours.world, code, SubjectOf(number), "");
    const auto answer = ours.world.store.Redeem(std::move(claim).value());
    if (!answer.ok()) throw std::runtime_error("refused: " + answer.error().title);
}

}  // namespace ostiary::bench
