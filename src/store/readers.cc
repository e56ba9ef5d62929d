#include "store/readers.h"

#include <chrono>
#include <stdexcept>
#include <thread>

namespace ostiary {
namespace {

using namespace std::chrono_literals;

// A database that restarts or fails over is back within seconds: better a slow answer than a failed
// one.
constexpr auto kPatience = 3s, kPatienceForATurn = 10s;
constexpr auto kFirstPause = 20ms, kLongestPause = 320ms;

}  // namespace

Reader::Reader(std::unique_ptr<Connection> db, const Vault& vault, Random& random)
    : db_(std::move(db)),
      desk_(db_.get(), vault, random, [] { throw std::logic_error("a read must not write"); }),
      ports_(desk_) {}

Readers::Readers(std::function<std::unique_ptr<Connection>()> open, std::size_t most,
                 const Vault& vault, Random& random)
    : open_(std::move(open)), most_(most), vault_(vault), random_(random) {}

void Readers::With(const std::function<void(Reader&)>& task) {
    for (int attempt = 1;; ++attempt) {
        auto reader = Borrow();
        try {
            task(*reader);
            return Return(std::move(reader));
        } catch (const StoreFailure& failure) {
            const bool again =
                failure.trouble == StoreTrouble::kLost || failure.trouble == StoreTrouble::kAgain;
            Return(std::move(reader));
            if (!again || attempt == 2) throw;
        } catch (...) {
            Return(std::move(reader));
            throw;
        }
    }
}

std::unique_ptr<Reader> Readers::Borrow() {
    std::unique_lock lock(mutex_);
    const bool had_a_turn = returned_.wait_for(
        lock, kPatienceForATurn, [this] { return !idle_.empty() || opened_ < most_; });
    if (!had_a_turn) throw StoreFailure("all database connections are busy");
    if (!idle_.empty()) {
        auto reader = std::move(idle_.back());
        idle_.pop_back();
        return reader;
    }
    ++opened_;
    lock.unlock();
    try {
        return Open();
    } catch (...) {
        lock.lock();
        --opened_;
        lock.unlock();
        returned_.notify_one();
        throw;
    }
}

std::unique_ptr<Reader> Readers::Open() {
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    for (std::chrono::milliseconds pause = kFirstPause;;
         pause = std::min<std::chrono::milliseconds>(2 * pause, kLongestPause))
        try {
            return std::make_unique<Reader>(open_(), vault_, random_);
        } catch (const StoreFailure&) {
            if (std::chrono::steady_clock::now() + pause > deadline) throw;
            std::this_thread::sleep_for(pause);
        }
}

void Readers::Return(std::unique_ptr<Reader> reader) {
    std::vector<std::unique_ptr<Reader>> dropped;  // closed after the lock is let go
    {
        const std::lock_guard lock(mutex_);
        if (reader->db().alive() && reader->db().transaction() == TransactionState::kNone) {
            idle_.push_back(std::move(reader));
        } else {
            // What killed this one will have killed those that lie idle.
            opened_ -= idle_.size() + 1;
            dropped = std::move(idle_);
            idle_.clear();
        }
    }
    returned_.notify_one();
}

}  // namespace ostiary
