// A file on its way: when it is fetched, and what is kept of it.

#include <algorithm>

#include "core/accounts.h"
#include "core/authority.h"
#include "core/happenings.h"
#include "core/jobs.h"
#include "core/notifications.h"
#include "core/pulls.h"
#include "core/pulls_diff.h"
#include "util/text.h"

namespace ostiary {
namespace {

constexpr std::size_t kKeptTogether = 500, kDeletedTogether = 20;
constexpr Millis kFetchLease = 3 * kMinute;  // longer than fetching may take
constexpr Millis kPullsKept = 60 * kDay;
constexpr Millis kLookAgainAfter = 5 * kSecond;

// Begins one where it is time to; of several programs, one.
void BeginWhatIsDue(World& world) {
    if (world.config.pull_source.empty()) return;
    const Millis now = world.clock.Now();
    bool is_time = false;
    const auto look = [&](Work& work) {
        const auto latest = work.pulls.List("", 1);
        is_time = (latest.empty() ||
                   latest.front().created_at + world.config.pull_every_hours * kHour <= now) &&
                  !work.pulls.FindInState(PullState::kApplying);
    };
    world.store.Read(look);
    if (!is_time) return;
    Pull pull;
    pull.id = NewUuid(world.random, now);
    pull.source = ShownSource(world.config);
    pull.created_at = pull.updated_at = now;
    world.store.Write([&](Work& work) {
        look(work);
        if (is_time) work.pulls.Add(pull);
    });
}

Event Happened(EventKind kind, const Pull& pull, Millis now) {
    Event event = HappenedTo(kind, {Door::kProgram, {}, {}}, now);
    event.subject_id = pull.id;
    event.subject_name = pull.total() == 1 ? "1 change" : std::to_string(pull.total()) + " changes";
    return With(std::move(event), PairDetails({{"source", pull.source},
                                               {"rows", std::to_string(pull.rows)},
                                               {"wrong", std::to_string(pull.wrong)},
                                               {"leave", std::to_string(pull.leavers)},
                                               {"change", std::to_string(pull.changes)},
                                               {"link", std::to_string(pull.links)},
                                               {"invite", std::to_string(pull.invites)},
                                               {"trouble", pull.trouble}}));
}

// What is the same as the last time was told the last time.
void Tell(Work& work, const Pull& pull, Millis now) {
    std::string before;
    for (const Pull& one : work.pulls.List(pull.id, 1)) before = one.fingerprint;
    const bool waits = pull.state == PullState::kWaiting;
    work.events.Append(
        Happened(waits ? EventKind::kPullWaiting : EventKind::kPullFailed, pull, now));
    if (before == pull.fingerprint) return;
    Actor nobody;
    NotifyOfPull(work, ApproversBesides(work, nobody, now),
                 waits ? NotificationKind::kPullWaiting : NotificationKind::kPullFailed, now);
}

// Whether it is still ours; again for some minutes.
bool Hold(World& world, const PullTask& task) {
    bool is_ours = false;
    const Millis now = world.clock.Now();
    world.store.Write([&](Work& work) {
        is_ours = work.pulls.Claim(task.id, task.lease, now, now + kFetchLease);
    });
    return is_ours;
}

template <class Change>
void Settle(World& world, const PullTask& task, Change change) {
    world.store.Write([&](Work& work) {
        const Millis now = world.clock.Now();
        auto pull = work.pulls.FindForUpdate(task.id);
        const bool is_ours = pull && pull->state == PullState::kFetching &&
                             work.pulls.Claim(task.id, task.lease, now, now + kFetchLease);
        if (!is_ours) return;
        change(work, *pull);
        pull->updated_at = now;
        work.pulls.Save(*pull);
        work.pulls.Release(task.id, task.lease, 0);
        if (pull->state == PullState::kWaiting || pull->state == PullState::kSame)
            work.pulls.Supersede(pull->id, now);
        if (pull->state != PullState::kSame) Tell(work, *pull, now);
    });
}

std::string FingerprintOf(const World& world, const PullDiff& diff) {
    std::string all;
    for (const PullChange& one : diff.changes)
        all.append(NameOf(one.kind)).append("\x1f").append(one.body).append("\x1e");
    for (const ImportError& one : diff.errors)
        all.append(std::to_string(one.row)).append(one.field).append(one.reason).append("\x1e");
    return world.vault.Hash(Purpose::kPullContent, all);
}

// Some at a time, so that nobody waits for it; what an earlier try has left goes first.
bool KeepChanges(World& world, const PullTask& task, const PullDiff& diff) {
    world.store.Write([&](Work& work) { work.pulls.Clear(task.id); });
    for (std::size_t from = 0; from < diff.changes.size(); from += kKeptTogether) {
        if (!Hold(world, task)) return false;
        const auto some = std::span(diff.changes)
                              .subspan(from, std::min(kKeptTogether, diff.changes.size() - from));
        world.store.Write([&](Work& work) { work.pulls.AddChanges(task.id, some); });
    }
    for (std::size_t from = 0; from < diff.errors.size(); from += kKeptTogether) {
        const auto some = std::span(diff.errors)
                              .subspan(from, std::min(kKeptTogether, diff.errors.size() - from));
        world.store.Write([&](Work& work) { work.pulls.AddErrors(task.id, some); });
    }
    return true;
}

void Keep(World& world, const PullTask& task, const PullDiff& diff) {
    if (!KeepChanges(world, task, diff)) return;
    const std::string fingerprint = FingerprintOf(world, diff);
    Settle(world, task, [&](Work&, Pull& pull) {
        const Pull& counts = diff.counts;
        pull.rows = counts.rows;
        pull.wrong = counts.wrong;
        pull.unnamed = counts.unnamed;
        pull.known = counts.known;
        pull.leavers = counts.leavers;
        pull.changes = counts.changes;
        pull.links = counts.links;
        pull.invites = counts.invites;
        pull.fingerprint = fingerprint;
        pull.state = counts.total() > 0 ? PullState::kWaiting
                     : counts.wrong > 0 ? PullState::kFailed
                                        : PullState::kSame;
        if (pull.state == PullState::kFailed)
            pull.trouble = "Rows are wrong, and the others say nothing new";
    });
}

}  // namespace

std::string ShownSource(const Config& config) {
    const auto key = std::ranges::find(ConfigKeys(), "pull.source", &ConfigKey::name);
    return key->show(config);
}

std::optional<PullTask> TakePullTask(World& world) {
    BeginWhatIsDue(world);
    std::vector<std::string> due;
    world.store.Read([&](Work& work) {
        due = work.pulls.ListDue(PullState::kFetching, world.clock.Now());
        // What is being done now would be proposed a second time.
        if (work.pulls.FindInState(PullState::kApplying)) due.clear();
    });
    for (const std::string& id : due) {
        PullTask task{id, NewLease(world.random)};
        if (Hold(world, task)) return task;
    }
    return {};
}

void TakePulled(World& world, const PullTask& task, std::string_view text) {
    auto rows = ReadPullRows(world, text);
    if (!rows.ok()) {
        const Error& error = rows.error();
        return FailPull(world, task,
                        error.fields.empty() ? error.details : error.fields.front().message);
    }
    const auto diff =
        PullComparison(world, std::move(rows).value()).Compare([&] { return Hold(world, task); });
    if (diff) Keep(world, task, *diff);
}

void FailPull(World& world, const PullTask& task, Sentence trouble) {
    const std::string fingerprint = world.vault.Hash(Purpose::kPullContent, trouble);
    Settle(world, task, [&](Work& work, Pull& pull) {
        work.pulls.Clear(pull.id);
        pull.state = PullState::kFailed;
        pull.trouble = trouble;
        pull.fingerprint = fingerprint;
    });
}

Sentence PullWasRefused(int status) {
    return Say("The server answered with {} instead of a file", status);
}

Sentence PullHadTrouble(std::string_view why) {
    return Say("The file could not be fetched: {}", why);
}

Sentence PullIsTooLarge(std::size_t most_bytes) {
    return Say("The file is larger than {} MiB", most_bytes >> 20U);
}

Sentence PullIsNoFile(std::string_view path) {
    return Say("There is no file {} that can be read", path);
}

void HandBackPull(World& world, const PullTask& task) {
    const Millis due = world.clock.Now() + kLookAgainAfter;
    world.store.Write([&](Work& work) { work.pulls.Release(task.id, task.lease, due); });
}

void DeleteOldPulls(World& world) {
    const Millis then = world.clock.Now() - kPullsKept;
    for (std::size_t deleted = kDeletedTogether; deleted == kDeletedTogether;)
        world.store.Write(
            [&](Work& work) { deleted = work.pulls.DeleteOld(then, kDeletedTogether); });
}

}  // namespace ostiary
