#pragma once

// Connections for reading, each lent to one thread at a time.

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "store/connection.h"
#include "store/desk.h"
#include "store/ports.h"

namespace ostiary {

// A connection and the ports over it; a statement that writes throws std::logic_error.
class Reader {
public:
    Reader(std::unique_ptr<Connection>, const Vault&, Random&);

    Connection& db() { return *db_; }
    Desk& desk() { return desk_; }
    Work& work() { return ports_.work(); }

private:
    const std::unique_ptr<Connection> db_;
    Desk desk_;
    Ports ports_;
};

class Readers {
public:
    // At most so many at a time; further borrowers wait, and get a StoreFailure if it takes too
    // long.
    Readers(std::function<std::unique_ptr<Connection>()> open, std::size_t most, const Vault&,
            Random&);

    // Runs the task with a reader. A connection that died is replaced, and the task run once more.
    void With(const std::function<void(Reader&)>& task);

private:
    std::unique_ptr<Reader> Borrow();
    std::unique_ptr<Reader> Open();
    void Return(std::unique_ptr<Reader>);

    const std::function<std::unique_ptr<Connection>()> open_;
    const std::size_t most_;
    const Vault& vault_;
    Random& random_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Reader>> idle_;
    std::size_t opened_ = 0;
};

}  // namespace ostiary
