#include "support/server.h"

#include <fmt/format.h>

#include <chrono>

#include "support/load.h"
#include "support/table.h"

namespace ostiary::bench {

Serving::Serving(const std::string& folder) : port_(FreePort()) {
    const auto before = std::chrono::steady_clock::now();
    process_ = std::make_unique<Process>(
        std::vector<std::string>{OSTIARY_PROGRAM, "serve", "--data", folder, "--listen",
                                 fmt::format("127.0.0.1:{}", port_)},
        std::map<std::string, std::string>{{"OSTIARY_LIMITS", "off"}}, folder + "/serve.out");
    try {
        AwaitHealth(port_);
    } catch (const std::exception&) {
        Note(ReadWhole(folder + "/serve.out"));
        throw;
    }
    first_answer_ms_ =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - before)
            .count();
}

}  // namespace ostiary::bench
