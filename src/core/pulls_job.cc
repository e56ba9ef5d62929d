// A pull that is being applied: one person after the other, each in a transaction that also says
// so, by whoever has the lease. A program that is killed goes on where it was, and nothing is done
// twice (docs/decisions/0031).

#include <algorithm>

#include "core/accounts.h"
#include "core/jobs.h"
#include "core/pulls.h"
#include "core/pulls_diff.h"
#include "core/receipts.h"
#include "core/scim.h"
#include "util/text.h"

namespace ostiary {
namespace {

using enum Permission;

constexpr std::size_t kReadTogether = 50;
constexpr Millis kPauseOfMails = 5 * kMinute;

Error ChangedMeanwhile() {
    return {ErrorKind::kStale, "pull.changed", "Changed meanwhile", "Changed meanwhile"};
}

// Whoever applies it, as they are now (PERM-6).
Result<Actor> WhoeverApplies(World& world, const Pull& pull) {
    Actor actor = TRY(WhoeverAsked(world, pull.ended_by_id, pull.ended_by, pull.origin));
    if (!actor.May(kScim) || !actor.May(kUsersWrite)) return Actor::Denied();
    return actor;
}

Sentence ReasonOf(const Error& error) {
    if (!error.fields.empty()) return error.fields.front().message;
    return error.details.empty() ? error.title : error.details;
}

// One change, within the transaction that settles it.
class Deed {
public:
    Deed(Work& work, World& world, const Actor& actor, const PullChange& change)
        : work_(work),
          world_(world),
          actor_(actor),
          change_(change),
          body_(UnpackBody(change.body)) {}

    // Whom it was about.
    Result<std::string> Do() {
        switch (change_.kind) {
            case PullKind::kLeave:
            case PullKind::kChange: return Change();
            case PullKind::kLink: return Link();
            case PullKind::kInvite: return Invite();
            case PullKind::kCount: break;
        }
        return ChangedMeanwhile();
    }

private:
    Result<std::string> Change() {
        const auto member = work_.pulls.FindPersonByScim(change_.scim_id);
        if (!member) return ChangedMeanwhile();
        const bool is_absent = body_.words.empty();
        const PullWords said = UnpackWords(member->said);
        const PullWords row = is_absent
                                  ? PullWords{{std::string(pull::kActive), std::string(pull::kNo)}}
                                  : body_.words;
        JoinedStore joined(world_, work_);
        World inner = world_.With(joined);
        TRY(ChangeScimPerson(TRY(actor_.Ask<kScim>()), inner, change_.scim_id,
                             [&](const ScimPerson& person) -> Result<ScimWish> {
                                 const PullWords is = WordsOf(person, world_.clock.Now());
                                 if (DifferencesOf(row, said, is) != body_.differences)
                                     return ChangedMeanwhile();
                                 return WishOf(body_.differences, is);
                             }));
        PullWords fresh = said;
        for (const auto& [field, word] : row) fresh[field] = word;
        work_.pulls.PutPerson({member->hash, change_.scim_id, PackWords(fresh)});
        return change_.scim_id;
    }

    Result<std::string> Link() {
        const auto person = FindPulled(work_, change_.scim_id);
        const auto member = work_.pulls.FindPersonByScim(change_.scim_id);
        const std::string hash = PullHash(world_, body_.key);
        const bool is_same =
            person && Fold(ScimEmailOf(*person)) == Fold(WordOf(body_.words, pull::kEmail));
        const bool is_other = member && member->hash != body_.replaces && member->hash != hash;
        if (!is_same || is_other) return ChangedMeanwhile();
        // What it says of them is looked at by the next one.
        PullWords said{{std::string(pull::kActive), std::string(pull::kYes)}};
        if (member && !body_.replaces.empty()) {
            said = UnpackWords(member->said);
            work_.pulls.DeletePerson(body_.replaces);
        }
        work_.pulls.PutPerson({hash, change_.scim_id, PackWords(said)});
        return change_.scim_id;
    }

    Result<std::string> Invite() {
        const std::string hash = PullHash(world_, body_.key);
        const auto member = work_.pulls.FindPerson(hash);
        if (member && FindPulled(work_, member->scim_id)) return ChangedMeanwhile();
        if (FindByAddress(work_, WordOf(body_.words, pull::kEmail))) return ChangedMeanwhile();
        JoinedStore joined(world_, work_);
        World inner = world_.With(joined);
        const ScimPerson made =
            TRY(CreateScimPerson(TRY(actor_.Ask<kScim>()), inner, WishOf(body_)));
        work_.pulls.PutPerson({hash, made.row.id, PackWords(body_.words)});
        return made.row.id;
    }

    Work& work_;
    World& world_;
    const Actor& actor_;
    const PullChange& change_;
    const PullBody body_;
};

class Job {
public:
    Job(World& world, std::string id, Millis patience)
        : world_(world),
          id_(std::move(id)),
          lease_(NewLease(world.random)),
          until_(world.clock.Now() + patience) {}

    void Advance() {
        if (!Hold()) return;
        std::optional<Pull> pull;
        world_.store.Read([&](Work& work) { pull = work.pulls.Find(id_); });
        const auto actor = WhoeverApplies(world_, *pull);
        if (actor.ok())
            ApplyMore(actor.value());
        else
            GiveBack();
        world_.store.Write([&](Work& work) { work.pulls.Release(id_, lease_, due_); });
    }

private:
    bool Hold() {
        bool is_ours = false;
        const Millis now = world_.clock.Now();
        world_.store.Write(
            [&](Work& work) { is_ours = work.pulls.Claim(id_, lease_, now, now + kLease); });
        return is_ours;
    }

    void ApplyMore(const Actor& actor) {
        while (world_.clock.Now() <= until_) {
            std::vector<PullChange> left;
            world_.store.Read(
                [&](Work& work) { left = work.pulls.ListChangesLeft(id_, kReadTogether); });
            if (left.empty()) return Finish();
            for (const PullChange& change : left) {
                if (world_.clock.Now() > until_) return;
                if (!Apply(actor, change)) return;
            }
        }
    }

    // False: it is no longer ours, or must wait.
    bool Apply(const Actor& actor, const PullChange& change) {
        const auto done = Settle(change, [&](Work& work, PullChange& settled) -> Result<void> {
            settled.scim_id = TRY(Deed(work, world_, actor, change).Do());
            settled.outcome = kPullWasDone;
            return {};
        });
        if (done.ok()) return !is_lost_;
        if (done.error().kind == ErrorKind::kTooMany) return Pause(done.error().details);
        const auto failed = Settle(change, [&](Work&, PullChange& settled) -> Result<void> {
            settled.outcome = kPullWasNot;
            settled.reason = ReasonOf(done.error());
            return {};
        });
        return failed.ok() && !is_lost_;
    }

    template <class Change>
    Result<void> Settle(const PullChange& change, Change body) {
        return world_.store.Transact([&](Work& work) -> Result<void> {
            const Millis now = world_.clock.Now();
            auto pull = work.pulls.FindForUpdate(id_);
            is_lost_ = !pull || pull->state != PullState::kApplying ||
                       !work.pulls.Claim(id_, lease_, now, now + kLease);
            if (is_lost_) return {};
            PullChange settled = change;
            TRY(body(work, settled));
            if (!work.pulls.Settle(id_, settled)) return ChangedMeanwhile();
            ++(settled.outcome == kPullWasDone ? pull->done : pull->failed);
            pull->trouble = {};
            pull->updated_at = now;
            work.pulls.Save(*pull);
            return {};
        });
    }

    // So many mails may be asked for in an hour; then it goes on.
    bool Pause(const Sentence& why) {
        due_ = world_.clock.Now() + kPauseOfMails;
        Close(PullState::kApplying, why);
        return false;
    }

    void Finish() { Close(PullState::kApplied, {}); }

    void GiveBack() {
        Close(PullState::kWaiting,
              "Whoever applied this may not do so any more; the rest waits for somebody else");
    }

    void Close(PullState state, const Sentence& trouble) {
        world_.store.Write([&](Work& work) {
            auto pull = work.pulls.FindForUpdate(id_);
            if (!pull || pull->state != PullState::kApplying) return;
            pull->state = state;
            pull->trouble = trouble;
            pull->updated_at = world_.clock.Now();
            work.pulls.Save(*pull);
        });
    }

    World& world_;
    const std::string id_, lease_;
    const Millis until_;
    Millis due_ = 0;
    bool is_lost_ = false;
};

}  // namespace

void AdvancePulls(World& world, Millis patience) {
    std::vector<std::string> due;
    world.store.Read(
        [&](Work& work) { due = work.pulls.ListDue(PullState::kApplying, world.clock.Now()); });
    for (std::string& id : due) Job(world, std::move(id), patience).Advance();
}

void ForgetPulled(Work& work, const Account& account) {
    std::vector<PullPerson> members;
    for (const ScimPerson& one : work.scim.Find({ScimLookup::By::kEmail, account.email}))
        if (one.account && one.account->id == account.id)
            if (auto member = work.pulls.FindPersonByScim(one.row.id))
                members.push_back(*std::move(member));
    work.pulls.ErasePerson(account.id);
    const PullWords nothing{{std::string(pull::kActive), std::string(pull::kYes)}};
    for (const PullPerson& one : members)
        work.pulls.PutPerson({one.hash, one.scim_id, PackWords(nothing)});
}

}  // namespace ostiary
