#pragma once

#include <stdexcept>

namespace ostiary {

// The world broke: no disk, no network, a database gone. Never a person's fault. Thrown in
// adapters; caught in three places only: the dispatcher, the worker, main.
struct WorldFailure : std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace ostiary
