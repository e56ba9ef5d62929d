#include "store/group_commit.h"

#include <algorithm>
#include <stdexcept>

namespace ostiary {
namespace {

// Enough for every worker thread of a server; more would only make the first wait for the last.
constexpr std::size_t kMostInGroup = 256;

// Waiting for company never costs more than this share of what a group takes.
constexpr int kShareOfPatience = 8;
constexpr std::chrono::microseconds kMostPatience{1000};

}  // namespace

GroupCommit::GroupCommit(std::unique_ptr<Writer> writer,
                         std::function<void(const Touched&)> committed,
                         std::function<void(Writer&)> idle_task, CommitTold told)
    : writer_(std::move(writer)),
      committed_(std::move(committed)),
      idle_task_(std::move(idle_task)),
      told_(std::move(told)),
      thread_([this] { Work(); }) {}

GroupCommit::~GroupCommit() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

Result<void> GroupCommit::Transact(const Body& body) {
    if (std::this_thread::get_id() == thread_.get_id())
        throw std::logic_error("a body must not wait for another: nobody would run it");
    Errand errand{&body};
    std::shared_ptr<Waiting> mine;
    {
        std::unique_lock lock(mutex_);
        mine = Gathering();
        mine->group.errands.push_back(&errand);
        WakeWriter(lock);
    }
    mine->gate.Wait();
    if (errand.failure) std::rethrow_exception(errand.failure);
    return *std::move(errand.answer);
}

Result<Redemption> GroupCommit::Redeem(const SubjectClaim& asked) {
    SubjectClaim claim = asked;  // copied before the lock is taken
    std::shared_ptr<Waiting> mine;
    std::size_t place = 0;
    {
        std::unique_lock lock(mutex_);
        mine = Gathering();
        place = mine->group.claims.size();
        mine->group.claims.push_back(std::move(claim));
        mine->claimants.emplace_back();
        WakeWriter(lock);
    }
    mine->gate.Wait();
    if (mine->group.claims_failure) std::rethrow_exception(mine->group.claims_failure);
    return std::move(mine->group.claim_answers[place]);
}

void GroupCommit::Redeem(SubjectClaim claim, ClaimDone done) {
    std::unique_lock lock(mutex_);
    Waiting& gathering = *Gathering();
    gathering.group.claims.push_back(std::move(claim));
    gathering.claimants.push_back(std::move(done));
    WakeWriter(lock);
}

// Those who did not stay to wait.
void GroupCommit::Tell(Waiting& waiting) {
    Group& group = waiting.group;
    for (std::size_t i = 0; i < waiting.claimants.size(); ++i) {
        if (!waiting.claimants[i]) continue;
        ClaimOutcome outcome{.answer = std::nullopt, .failure = group.claims_failure};
        if (!outcome.failure) outcome.answer = std::move(group.claim_answers[i]);
        waiting.claimants[i](std::move(outcome));
    }
}

void GroupCommit::Nudge() {
    std::unique_lock lock(mutex_);
    nudged_ = true;
    WakeWriter(lock);
}

std::shared_ptr<GroupCommit::Waiting>& GroupCommit::Gathering() {
    if (waiting_.empty() || waiting_.back()->group.size() >= kMostInGroup)
        waiting_.push_back(std::make_shared<Waiting>());
    return waiting_.back();
}

void GroupCommit::WakeWriter(std::unique_lock<std::mutex>& lock) {
    if (!sleeping_ || (!IsCompanyHere() && !nudged_)) return;
    sleeping_ = false;
    lock.unlock();
    wake_.notify_one();
}

void GroupCommit::Work() {
    while (const auto next = Next()) {
        if (next->group.size() == 0) continue;
        const auto begin = std::chrono::steady_clock::now();
        writer_->Run(next->group);
        committed_(writer_->touched());
        writer_->touched().Clear();
        const auto end_of_group = std::chrono::steady_clock::now();
        const std::size_t served = next->group.size();
        next->gate.Open();
        Tell(*next);
        if (told_) told_(served, end_of_group - begin);
        const std::lock_guard lock(mutex_);
        const auto end = std::chrono::steady_clock::now();
        company_until_ = end + std::min<std::chrono::steady_clock::duration>(
                                   (end - begin) / kShareOfPatience, kMostPatience);
        expected_ = served + (waiting_.empty() ? 0 : waiting_.front()->group.size());
    }
}

std::shared_ptr<GroupCommit::Waiting> GroupCommit::Next() {
    std::unique_lock lock(mutex_);
    const auto is_called = [this] { return IsCompanyHere() || stopping_ || nudged_; };
    sleeping_ = true;
    wake_.wait_until(lock, company_until_, is_called);
    expected_ = 0;
    sleeping_ = true;
    wake_.wait(lock, is_called);
    sleeping_ = false;
    if (std::exchange(nudged_, false)) {
        lock.unlock();
        idle_task_(*writer_);
        lock.lock();
    }
    if (waiting_.empty()) return stopping_ ? nullptr : std::make_shared<Waiting>();
    auto next = std::move(waiting_.front());
    waiting_.pop_front();
    return next;
}

// The callers of the group before are being woken, and some come straight back. Taking the few that
// are here would split them in two halves that take turns, each paying for a whole commit.
bool GroupCommit::IsCompanyHere() const {
    return !waiting_.empty() &&
           (waiting_.size() > 1 || waiting_.front()->group.size() >= expected_);
}

}  // namespace ostiary
