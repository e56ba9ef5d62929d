#include "core/pulls.h"

#include <algorithm>

#include "core/accounts.h"
#include "core/code_changes.h"
#include "core/happenings.h"
#include "util/text.h"

namespace ostiary {
namespace {

using enum Permission;

constexpr std::int64_t kFewLeavers = 3, kManyInHundred = 10;

Error NoSuchPull() {
    return {ErrorKind::kNotFound, "pull.unknown", "Not found", "There is no such pull"};
}

Error PullEnded() {
    return CodeConflict("pull.ended", "This pull is over; another one took its place, or will");
}

Result<void> CheckAsked(const Pull& pull, const PullAsked& asked) {
    std::vector<FieldError> errors;
    const bool is_right = asked.expected_leavers && *asked.expected_leavers == pull.leavers;
    if (!is_right && asked.expected_leavers)
        errors.push_back({"expected_leavers", "expected_leavers.other",
                          Say("Not {} people would leave, but {}; look at them again",
                              *asked.expected_leavers, pull.leavers)});
    if (!asked.expected_leavers && MustCountLeavers(pull))
        errors.push_back({"expected_leavers", "expected_leavers.needed",
                          "So many would leave that their number must be said"});
    if (pull.wrong > 0 && !asked.good_rows_only)
        errors.push_back(
            {"good_rows_only", "good_rows_only.needed",
             Say("Mend the wrong rows ({}), or apply the good rows only", pull.wrong)});
    return errors.empty() ? Result<void>() : InvalidFields(std::move(errors));
}

Event HappenedBy(EventKind kind, const Actor& actor, const Pull& pull, Millis now) {
    Event event = Happened(kind, actor, now);
    event.subject_id = pull.id;
    event.subject_name = pull.total() == 1 ? "1 change" : std::to_string(pull.total()) + " changes";
    return With(std::move(event), PairDetails({{"leave", std::to_string(pull.leavers)},
                                               {"change", std::to_string(pull.changes)},
                                               {"link", std::to_string(pull.links)},
                                               {"invite", std::to_string(pull.invites)},
                                               {"wrong", std::to_string(pull.wrong)}}));
}

void End(Pull& pull, PullState state, const Actor& actor, Millis now) {
    pull.state = state;
    pull.ended_by_id = actor.account_id;
    pull.ended_by = actor.username;
    pull.origin = actor.origin;
    pull.updated_at = now;
}

}  // namespace

Result<Pull> AskForPull(Permit<kUsersWrite> permit, World& world) {
    if (world.config.pull_source.empty())
        return CodeConflict("pull.off", "No source is set: see pull.source in the configuration");
    Pull fresh;
    fresh.created_at = fresh.updated_at = world.clock.Now();
    fresh.id = NewUuid(world.random, fresh.created_at);
    fresh.source = ShownSource(world.config);
    fresh.asked_by = permit.holder().username;
    Pull asked;
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        if (work.pulls.FindInState(PullState::kApplying))
            return CodeConflict("pull.applying", "A pull is being applied; wait until it is done");
        work.pulls.Add(fresh);
        asked = work.pulls.FindInState(PullState::kFetching).value_or(fresh);
        return {};
    }));
    return asked;
}

Result<Pull> GetPull(Permit<kUsersWrite>, World& world, std::string_view id) {
    std::optional<Pull> found;
    if (IsCleanText(id, Lines::kOne))
        world.store.Read([&](Work& work) { found = work.pulls.Find(id); });
    if (!found) return NoSuchPull();
    return *std::move(found);
}

std::vector<Pull> ListPulls(Permit<kUsersWrite>, World& world, std::string_view after,
                            std::size_t most) {
    std::vector<Pull> pulls;
    if (IsCleanText(after, Lines::kOne))
        world.store.Read([&](Work& work) { pulls = work.pulls.List(after, most); });
    return pulls;
}

Result<std::vector<PullChange>> ListPullChanges(Permit<kUsersWrite> permit, World& world,
                                                std::string_view id, std::int64_t after,
                                                std::size_t most) {
    std::vector<PullChange> changes;
    const Pull pull = TRY(GetPull(permit, world, id));
    if (pull.state != PullState::kFetching)  // until then they are no more than some of them
        world.store.Read([&](Work& work) { changes = work.pulls.ListChanges(id, after, most); });
    return changes;
}

Result<std::vector<ImportError>> ListPullErrors(Permit<kUsersWrite> permit, World& world,
                                                std::string_view id, std::size_t most) {
    std::vector<ImportError> errors;
    const Pull pull = TRY(GetPull(permit, world, id));
    if (pull.state != PullState::kFetching)
        world.store.Read([&](Work& work) { errors = work.pulls.ListErrors(id, 0, 0, most); });
    return errors;
}

bool MustCountLeavers(const Pull& pull) {
    const bool are_many =
        pull.leavers >= kFewLeavers && 100 * pull.leavers > kManyInHundred * pull.known;
    return pull.leavers > 0 && (are_many || pull.rows == 0);
}

Result<Pull> ApplyPull(Permit<kUsersWrite> permit, World& world, std::string_view id,
                       const PullAsked& asked) {
    const Actor& actor = permit.holder();
    Pull pull = TRY(GetPull(permit, world, id));
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        auto held = work.pulls.FindForUpdate(id);
        if (!held) return NoSuchPull();
        pull = *std::move(held);
        if (pull.state == PullState::kApplying || pull.state == PullState::kApplied) return {};
        if (pull.state != PullState::kWaiting) return PullEnded();
        TRY(CheckAsked(pull, asked));
        if (work.pulls.FindInState(PullState::kApplying))
            return CodeConflict("pull.busy", "Another pull is being applied");
        const Millis now = world.clock.Now();
        End(pull, PullState::kApplying, actor, now);
        pull.trouble = {};
        work.pulls.Save(pull);
        work.events.Append(HappenedBy(EventKind::kPullApplied, actor, pull, now));
        work.notifications.MarkSeenOf(NotificationKind::kPullWaiting, now);
        return {};
    }));
    return pull;
}

Result<Pull> DiscardPull(Permit<kUsersWrite> permit, World& world, std::string_view id) {
    const Actor& actor = permit.holder();
    Pull pull = TRY(GetPull(permit, world, id));
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        auto held = work.pulls.FindForUpdate(id);
        if (!held) return NoSuchPull();
        pull = *std::move(held);
        if (pull.state == PullState::kDiscarded) return {};
        if (pull.state != PullState::kWaiting) return PullEnded();
        const Millis now = world.clock.Now();
        End(pull, PullState::kDiscarded, actor, now);
        work.pulls.Save(pull);
        work.events.Append(HappenedBy(EventKind::kPullDiscarded, actor, pull, now));
        work.notifications.MarkSeenOf(NotificationKind::kPullWaiting, now);
        return {};
    }));
    return pull;
}

}  // namespace ostiary
