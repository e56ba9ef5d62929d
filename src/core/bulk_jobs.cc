#include "core/bulk_jobs.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>

#include "core/accounts.h"
#include "core/codes_bulk_each.h"
#include "core/happenings.h"
#include "core/jobs.h"
#include "core/portals.h"
#include "util/text.h"

namespace ostiary {
namespace {

using enum Permission;

constexpr std::size_t kTogether = 100;  // changed in one transaction
constexpr std::size_t kNotedTogether = 5'000, kDeletedTogether = 5;
constexpr Millis kKept = 30 * kDay;

Error NoSuchJob() {
    return {ErrorKind::kNotFound, "job.unknown", "Not found", "There is no such change"};
}

Event HappenedWith(const BulkJob& job, EventKind kind, const Actor& actor, Millis now) {
    Event event = Happened(kind, actor, now);
    event.subject_id = job.id;
    event.subject_name = job.chosen == 1 ? "1 code" : fmt::format("{} codes", job.chosen);
    return With(std::move(event), PairDetails({{"action", std::string(NameOf(job.deed))}}));
}

// By the door it was asked through, for whoever asked as they are now (PERM-6); nothing if they may
// not go through it any more.
std::optional<DoorRules> RulesFor(const BulkJob& job, const Actor& actor, const World& world) {
    if (!actor.May(kCodesWrite)) return std::nullopt;
    const auto portal = std::ranges::find(kPortals, job.origin.door, &Portal::door);
    if (portal == kPortals.end()) return ApiRules(actor, world);
    if (!actor.May(portal->permission)) return std::nullopt;
    return RulesOf(actor, *portal, world);
}

// One bundle after the other, as long as the lease is ours and the patience lasts.
class Advance {
public:
    Advance(World& world, std::string_view id, std::string lease, Millis patience)
        : world_(world), id_(id), lease_(std::move(lease)), until_(world.clock.Now() + patience) {}

    // Whether there is more to do, by us.
    bool Run() {
        bool is_ours = false;
        const Millis now = world_.clock.Now();
        world_.store.Write(
            [&](Work& work) { is_ours = work.bulk_jobs.Claim(id_, lease_, now, now + kLease); });
        if (!is_ours) return false;
        const auto job = Current();
        if (job && job->goes_on()) GoOn(*job);
        world_.store.Write([&](Work& work) { work.bulk_jobs.Release(id_, lease_); });
        const auto after = Current();
        return after && after->goes_on() && !is_lost_;
    }

private:
    std::optional<BulkJob> Current() {
        std::optional<BulkJob> job;
        world_.store.Read([&](Work& work) { job = work.bulk_jobs.Find(id_); });
        return job;
    }

    void GoOn(const BulkJob& job) {
        const bool is_undoing = job.state == BulkJobState::kUndoing;
        const auto actor = WhoeverAsked(world_, is_undoing ? job.ended_by_id : job.created_by_id,
                                        is_undoing ? job.ended_by : job.created_by, job.origin);
        if (!actor.ok()) return Fail(actor.error().details);
        const auto rules = RulesFor(job, actor.value(), world_);
        if (!rules) return Fail("Whoever began this may not change codes any more");
        BulkEach each(world_, actor.value(), *rules, job.deed, job.edit);
        while (Bundle(job.state, each) && world_.clock.Now() <= until_) {}
    }

    // False: there is no more to be done, or not by us.
    bool Bundle(BulkJobState state, BulkEach& each) {
        bool goes_on = false;
        world_.store.Write([&](Work& work) {
            goes_on = false;
            const Millis now = world_.clock.Now();
            auto job = work.bulk_jobs.FindForUpdate(id_);
            is_lost_ = !work.bulk_jobs.Claim(id_, lease_, now, now + kLease);
            if (is_lost_ || !job || job->state != state) return;
            const auto codes = work.bulk_jobs.ListCodes(id_, job->reached, kTogether);
            for (const BulkJobCode& code : codes)
                state == BulkJobState::kRunning ? Change(work, each, code, *job)
                                                : PutBack(work, each, code, *job);
            goes_on = codes.size() == kTogether;
            if (!goes_on)
                job->state =
                    state == BulkJobState::kRunning ? BulkJobState::kDone : BulkJobState::kUndone;
            job->updated_at = now;
            work.bulk_jobs.Save(*job);
        });
        return goes_on;
    }

    static BulkJobCode Told(CodeId id, const EachOutcome& outcome) {
        BulkJobCode told;
        told.id = id;
        if (outcome.spared) {
            told.reason = outcome.spared->reason;
            told.sentence = outcome.spared->sentence;
        }
        return told;
    }

    void Change(Work& work, BulkEach& each, const BulkJobCode& code, BulkJob& job) {
        EachOutcome outcome = each.Run(work, code.id);
        BulkJobCode told = Told(code.id, outcome);
        if (outcome.changed) {
            told.version = outcome.changed->version;
            told.before = std::move(outcome.before);
            ++job.changed;
            job.people += outcome.changed->used_count;
        }
        ++job.looked_at;
        job.reached = code.id;
        work.bulk_jobs.Settle(id_, told);
    }

    void PutBack(Work& work, BulkEach& each, const BulkJobCode& code, BulkJob& job) {
        job.reached = code.id;
        if (code.version == 0) return;
        const EachOutcome outcome = each.Undo(work, code.id, code.version, code.before);
        outcome.changed ? ++job.brought_back : ++job.kept;
        work.bulk_jobs.Settle(id_, Told(code.id, outcome));
    }

    void Fail(const Sentence& trouble) {
        world_.store.Write([&](Work& work) {
            auto job = work.bulk_jobs.FindForUpdate(id_);
            if (!job || !job->goes_on()) return;
            job->state = BulkJobState::kCancelled;
            job->trouble = trouble;
            job->updated_at = world_.clock.Now();
            work.bulk_jobs.Save(*job);
        });
    }

    World& world_;
    const std::string id_, lease_;
    const Millis until_;
    bool is_lost_ = false;
};

// One's own; everybody's for whoever works with all codes.
Result<BulkJob> FindTheirs(World& world, const Actor& actor, const CodeScope& scope,
                           std::string_view id) {
    std::optional<BulkJob> found;
    if (!IsCleanText(id, Lines::kOne)) return NoSuchJob();
    world.store.Read([&](Work& work) { found = work.bulk_jobs.Find(id); });
    const bool is_own = found && found->created_by_id == actor.account_id;
    if (!found || !(is_own || scope.all)) return NoSuchJob();
    return *std::move(found);
}

Result<void> CheckUndoable(const BulkJob& job) {
    if (job.goes_on()) return CodeConflict("job.running", "It is under way; stop it first");
    if (job.state == BulkJobState::kUndone) return CodeConflict("job.undone", "It was undone");
    if (job.deed == BulkDeed::kDelete)
        return CodeConflict("job.final", "What was deleted cannot be brought back");
    if (!job.may_be_undone()) return CodeConflict("job.nothing", "There is nothing to be undone");
    return {};
}

// Changes the job's row, with an event.
template <class Settle>
Result<BulkJob> Settled(World& world, const Actor& actor, const BulkJob& found, EventKind kind,
                        Settle settle) {
    BulkJob job;
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        auto held = work.bulk_jobs.FindForUpdate(found.id);
        if (!held) return NoSuchJob();
        job = *std::move(held);
        TRY(settle(job));
        job.ended_by_id = actor.account_id;
        job.ended_by = actor.username;
        job.updated_at = world.clock.Now();
        work.bulk_jobs.Save(job);
        work.events.Append(HappenedWith(job, kind, actor, job.updated_at));
        return {};
    }));
    return job;
}

// As it is after some of it was done.
BulkJob Advanced(World& world, const BulkJob& job, std::string lease, Millis patience) {
    Advance(world, job.id, std::move(lease), patience).Run();
    std::optional<BulkJob> after;
    world.store.Read([&](Work& work) { after = work.bulk_jobs.Find(job.id); });
    return after.value_or(job);
}

}  // namespace

Result<BulkJob> StartBulk(Permit<kCodesWrite> permit, World& world, const DoorRules& rules,
                          const CodeChoice& choice, BulkDeed deed, const BulkEdit& edit,
                          Millis patience) {
    const Actor& actor = permit.holder();
    if (deed == BulkDeed::kEdit) TRY(CheckEdit(actor, world, rules, edit));
    const auto ids = TRY(IdsOfChoice(actor, world, rules, choice));
    if (ids.empty())
        return InvalidFields({{"ids", "codes.none", "There are no codes to be changed"}});
    BulkJob job;
    job.deed = deed;
    job.edit = edit;
    job.chosen = static_cast<std::int64_t>(ids.size());
    job.created_by_id = actor.account_id;
    job.created_by = actor.username;
    job.origin = actor.origin;
    job.created_at = job.updated_at = world.clock.Now();
    job.id = NewUuid(world.random, job.created_at);
    const std::string lease = NewLease(world.random);
    const Millis leased_until = patience > 0 ? job.created_at + kLease : 0;
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        work.bulk_jobs.Add(job, lease, leased_until);
        for (std::size_t from = 0; from < ids.size(); from += kNotedTogether)
            work.bulk_jobs.AddCodes(
                job.id, std::span(ids).subspan(from, std::min(kNotedTogether, ids.size() - from)));
        work.events.Append(HappenedWith(job, EventKind::kCodesChanged, actor, job.created_at));
        return {};
    }));
    return patience > 0 ? Advanced(world, job, lease, patience) : job;
}

Result<BulkJob> CancelBulk(Permit<kCodesWrite> permit, World& world, const CodeScope& scope,
                           std::string_view id) {
    const Actor& actor = permit.holder();
    const BulkJob found = TRY(FindTheirs(world, actor, scope, id));
    return Settled(world, actor, found, EventKind::kBulkCancelled,
                   [](BulkJob& job) -> Result<void> {
                       if (!job.goes_on())
                           return CodeConflict("job.ended", "It is at its end already");
                       job.state = BulkJobState::kCancelled;
                       return {};
                   });
}

Result<BulkJob> UndoBulk(Permit<kCodesWrite> permit, World& world, const CodeScope& scope,
                         std::string_view id, Millis patience) {
    const Actor& actor = permit.holder();
    const BulkJob found = TRY(FindTheirs(world, actor, scope, id));
    const BulkJob job = TRY(
        Settled(world, actor, found, EventKind::kBulkUndone, [&](BulkJob& held) -> Result<void> {
            TRY(CheckUndoable(held));
            held.state = BulkJobState::kUndoing;
            held.reached = 0;
            held.trouble = {};
            held.origin = actor.origin;
            return {};
        }));
    return patience > 0 ? Advanced(world, job, NewLease(world.random), patience) : job;
}

Result<BulkJob> GetBulkJob(Permit<kCodesRead> permit, World& world, const CodeScope& scope,
                           std::string_view id) {
    return FindTheirs(world, permit.holder(), scope, id);
}

Result<std::vector<BulkJob>> ListBulkJobs(Permit<kCodesRead> permit, World& world,
                                          const CodeScope& scope, std::string_view after,
                                          std::size_t most) {
    std::vector<BulkJob> jobs;
    if (!IsCleanText(after, Lines::kOne)) return jobs;
    const std::string whose = scope.all ? "" : permit.holder().account_id;
    world.store.Read([&](Work& work) { jobs = work.bulk_jobs.List(whose, after, most); });
    return jobs;
}

Result<std::vector<SparedCode>> ListSparedCodes(Permit<kCodesRead> permit, World& world,
                                                const CodeScope& scope, std::string_view id,
                                                CodeId after, std::size_t most) {
    TRY(FindTheirs(world, permit.holder(), scope, id));
    std::vector<BulkJobCode> left;
    world.store.Read([&](Work& work) { left = work.bulk_jobs.ListLeft(id, after, most); });
    std::vector<SparedCode> spared;
    for (BulkJobCode& one : left) {
        // What is beyond their reach is not named.
        const bool is_named = !one.label.empty() && one.reason != CodeNotFound().reason;
        spared.push_back({one.id, is_named ? std::move(one.label) : fmt::format("code {}", one.id),
                          std::move(one.reason), std::move(one.sentence)});
    }
    return spared;
}

bool AdvanceBulkJob(World& world, std::string_view id, Millis patience) {
    return Advance(world, id, NewLease(world.random), patience).Run();
}

void AdvanceBulkJobs(World& world, Millis patience) {
    std::vector<std::string> due;
    const Millis now = world.clock.Now();
    world.store.Read([&](Work& work) { due = work.bulk_jobs.ListDue(now); });
    for (const std::string& id : due) AdvanceBulkJob(world, id, patience);
}

void DeleteOldBulkJobs(World& world) {
    const Millis then = world.clock.Now() - kKept;
    std::size_t deleted = kDeletedTogether;
    while (deleted == kDeletedTogether)
        world.store.Write(
            [&](Work& work) { deleted = work.bulk_jobs.DeleteEnded(then, kDeletedTogether); });
}

}  // namespace ostiary
