#pragma once

// `ostiary serve` as a process of its own, on an installation that is there.

#include <cstdint>
#include <memory>
#include <string>

#include "support/process.h"

namespace ostiary::bench {

class Serving {
public:
    // Returns when it has answered for the first time.
    explicit Serving(const std::string& folder);

    std::uint16_t port() const { return port_; }
    const Process& process() const { return *process_; }
    double first_answer_ms() const { return first_answer_ms_; }  // after it was started

private:
    const std::uint16_t port_;
    std::unique_ptr<Process> process_;
    double first_answer_ms_ = 0;
};

}  // namespace ostiary::bench
