// Registrations with a password of the real cost, against nothing but hashing such passwords on as
// many threads as the machine has cores.

#include <fmt/format.h>

#include <stdexcept>
#include <thread>

#include "core/registration.h"
#include "support/callers.h"
#include "support/installation.h"
#include "support/process.h"
#include "support/table.h"

namespace ostiary::bench {
namespace {

constexpr int kCallers = 16;
constexpr const char* kCode = "ABCD2345";
constexpr const char* kPassword = "Heron-4-breakfast!";

void RegisterOnce(Installation& ours, std::uint64_t number) {
    RegistrationForm form;
    form.presented.code = kCode;
    form.username = fmt::format("guest{}", number);
    form.email = fmt::format("guest{}@example.org", number);
    form.password = form.password_confirm = kPassword;
    const auto answer =
        Register(ours.world, {Door::kPublic, "127.0.0.1", "0123456789abcdef"}, form, SignIn::kNo);
    if (!answer.ok()) throw std::runtime_error("refused: " + answer.error().title);
}

void Measure(const Options& options) {
    const TempFolder folder;
    Installation ours(folder.path());
    ours.AddCode(kCode);
    const int cores = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
    Passwords bare(ours.config.argon2_memory_kib, ours.config.argon2_passes, cores);
    const Pair rates = InTurns(
        options.rounds(),
        [&] {
            return CallFrom(kCallers, options.time(),
                            [&](std::uint64_t number) { RegisterOnce(ours, number); })
                .per_second;
        },
        [&] {
            return CallFrom(cores, options.time(), [&](std::uint64_t) { bare.Hash(kPassword); })
                .per_second;
        });
    PrintRatio("registrations, against bare Argon2id", rates.ours, rates.theirs, 0.9);
}

}  // namespace
}  // namespace ostiary::bench

int main(int argc, char** argv) {
    return ostiary::bench::Main(argc, argv, ostiary::bench::Measure);
}
