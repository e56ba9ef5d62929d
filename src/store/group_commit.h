#pragma once

// The single writer of a process. Whoever waits when it is free is served by one transaction.

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "store/gate.h"
#include "store/writer.h"

namespace ostiary {

class GroupCommit {
public:
    // `committed` is told of what was changed before anybody is answered; `idle_task` is what Nudge
    // asks for; `told` hears of each group, how many it served and how long it took, and may be
    // empty. All run on the writer's thread.
    GroupCommit(std::unique_ptr<Writer>, std::function<void(const Touched&)> committed,
                std::function<void(Writer&)> idle_task, CommitTold told);
    ~GroupCommit();  // finishes what was handed in
    GroupCommit(const GroupCommit&) = delete;

    // Block until the commit is durable; throw what the body threw.
    Result<void> Transact(const Body&);
    Result<Redemption> Redeem(const SubjectClaim&);

    // Does not block; `done` is called on the writer's thread.
    using ClaimDone = std::function<void(ClaimOutcome)>;
    void Redeem(SubjectClaim, ClaimDone done);

    // Has the idle task run soon.
    void Nudge();

private:
    struct Waiting {
        Group group;
        std::vector<ClaimDone> claimants;  // one per claim; nobody: waits at the gate
        Gate gate;
    };

    // The group that is being gathered, ready for one more. The lock is held.
    std::shared_ptr<Waiting>& Gathering();
    void WakeWriter(std::unique_lock<std::mutex>&);
    void Work();
    std::shared_ptr<Waiting> Next();  // nothing: the end
    static void Tell(Waiting&);
    bool IsCompanyHere() const;

    const std::unique_ptr<Writer> writer_;
    const std::function<void(const Touched&)> committed_;
    const std::function<void(Writer&)> idle_task_;
    const CommitTold told_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::shared_ptr<Waiting>> waiting_;  // the last one is being gathered
    bool sleeping_ = false, nudged_ = false, stopping_ = false;
    std::size_t expected_ = 0;  // so many callers are about, to judge by the latest group
    std::chrono::steady_clock::time_point company_until_{};
    std::thread thread_;
};

}  // namespace ostiary
