#include "core/recalls.h"

#include <algorithm>
#include <functional>
#include <span>

#include "core/account_changes.h"
#include "core/accounts.h"
#include "core/authority.h"
#include "core/code_changes.h"
#include "core/codes_bulk.h"
#include "core/happenings.h"
#include "core/recalls_scope.h"
#include "util/calendar.h"
#include "util/text.h"

namespace ostiary {
namespace {

using enum Permission;

constexpr std::size_t kTogether = 100;  // changed in one transaction

Error NoSuchRecall() {
    return {ErrorKind::kNotFound, "recall.unknown", "Not found", "There is no such recall"};
}

bool IsTheirs(const Actor& actor, const CodeScope& scope, const Recall& recall) {
    return scope.all || recall.created_by_id == actor.account_id;
}

Event HappenedWith(const Recall& recall, const RecallSubject& subject, EventKind kind,
                   const Actor& actor, Millis now) {
    Event event = Happened(kind, actor, now);
    event.subject_name = subject.name;
    event.subject_id = subject.account_id;
    event.code_id = subject.code_id;
    return With(std::move(event),
                PairDetails({{"recall", recall.id},
                             {"scope", std::string(NameOf(recall.scope))},
                             {"codes", recall.revokes_codes ? "revoked" : "kept"},
                             {"accounts", recall.deactivates_accounts ? "deactivated" : "kept"},
                             {"since", recall.since == 0 ? "" : FormatRfc3339(recall.since)},
                             {"reason", recall.reason}}));
}

// Somebody who runs it a second time finds what it did the first time, and leaves no second word.
void RecallCode(Work& work, World& world, const Actor& actor, const CodeScope& scope,
                const Recall& recall, CodeId id) {
    const auto code = work.codes.FindForUpdate(id);
    if (!code || code->deleted_at || !IsWithin(scope, *code)) return;
    RecallItem item = CodeItem(*code, world.clock.Now());
    if (item.spared.empty()) {
        const auto revoked = ChangeWithin(work, world, actor, scope, id, EventKind::kCodeRevoked,
                                          [](Work&, Code& one, Millis now) -> Result<void> {
                                              RevokeInPlace(one, now);
                                              return {};
                                          });
        if (revoked.ok())
            item.version = revoked->code.version;
        else
            item.spared = revoked.error().reason;
    }
    work.recalls.AddItem(recall.id, item);
}

void RecallAccount(Work& work, World& world, const Actor& actor, const Recall& recall,
                   const std::string& id) {
    const auto account = work.accounts.FindForUpdate(id);
    if (!account) return;
    RecallItem item = AccountItem(actor, *account, world.clock.Now());
    if (item.spared.empty()) {
        const auto changed =
            ChangeAccountWithin(work, world, actor, id, EventKind::kAccountDeactivated,
                                [](Work& in, Account& one, Millis now) -> Result<void> {
                                    DeactivateInPlace(in, one, now);
                                    return {};
                                });
        if (changed.ok())
            item.version = changed->version;
        else
            item.spared = changed.error().reason;
    }
    work.recalls.AddItem(recall.id, item);
}

// One transaction of a recall that is in this state; false: it is not, and nothing is done.
Result<bool> While(World& world, RecallState state, const std::string& id,
                   const std::function<void(Work&, Recall&)>& body) {
    bool goes_on = false;
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        auto recall = work.recalls.FindForUpdate(id);
        goes_on = recall && recall->state == state;
        if (goes_on) body(work, *recall);
        return {};
    }));
    return goes_on;
}

class Running {
public:
    Running(World& world, const Actor& actor, const CodeScope& scope, const Recall& recall)
        : world_(world), actor_(actor), scope_(scope), recall_(recall) {}

    Result<void> Run() {
        RecallWalk walk(world_, recall_);
        if (recall_.revokes_codes)
            TRY(walk.EachCode(kTogether, [&](std::span<const CodeId> ids) -> Result<void> {
                TRY(Bundle([&](Work& work) {
                    for (const CodeId id : ids)
                        RecallCode(work, world_, actor_, scope_, recall_, id);
                }));
                return {};
            }));
        if (recall_.deactivates_accounts)
            TRY(walk.EachAccount(kTogether, [&](std::span<const std::string> ids) -> Result<void> {
                TRY(Bundle([&](Work& work) {
                    for (const std::string& id : ids)
                        RecallAccount(work, world_, actor_, recall_, id);
                }));
                return {};
            }));
        TRY(While(world_, RecallState::kRunning, recall_.id, [](Work& work, Recall& recall) {
            recall.state = RecallState::kDone;
            work.recalls.Save(recall);
        }));
        return {};
    }

private:
    Result<void> Bundle(const std::function<void(Work&)>& body) {
        const bool goes_on = TRY(While(world_, RecallState::kRunning, recall_.id,
                                       [&](Work& work, Recall&) { body(work); }));
        if (goes_on) return {};
        return CodeConflict("recall.ended", "Somebody is undoing this recall already");
    }

    World& world_;
    const Actor& actor_;
    const CodeScope& scope_;
    const Recall& recall_;
};

// ── Undoing ────────────────────────────────────────────────────────────────────────────────────

std::string BringBackCode(Work& work, World& world, const Actor& actor, const CodeScope& scope,
                          const RecallItem& item) {
    const auto code = work.codes.FindForUpdate(item.code_id);
    if (!code || code->deleted_at) return "code.deleted";
    if (!IsWithin(scope, *code)) return "code.out_of_reach";
    if (code->version != item.version) return "code.changed";
    const auto back = ChangeWithin(
        work, world, actor, scope, item.code_id, EventKind::kCodeReactivated,
        [](Work&, Code& one, Millis) -> Result<void> {
            one.deactivated_at.reset();
            return {};
        },
        Judge::kNo);
    return back.ok() ? std::string(kBroughtBack) : back.error().reason;
}

std::string BringBackAccount(Work& work, World& world, const Actor& actor, const RecallItem& item) {
    const auto account = work.accounts.FindForUpdate(item.account_id);
    if (!account) return "account.deleted";
    if (account->version != item.version) return "account.changed";
    const auto back =
        ChangeAccountWithin(work, world, actor, item.account_id, EventKind::kAccountReactivated,
                            [](Work&, Account& one, Millis) -> Result<void> {
                                one.deactivated_at.reset();
                                return {};
                            });
    return back.ok() ? std::string(kBroughtBack) : back.error().reason;
}

Result<void> BringBackAll(World& world, const Actor& actor, const CodeScope& scope,
                          const std::string& id) {
    RecallItem last;
    for (std::size_t found = kTogether; found == kTogether;) {
        RecallItem end = last;
        const bool goes_on = TRY(While(world, RecallState::kUndoing, id, [&](Work& work, Recall&) {
            const auto items = work.recalls.ListItems(id, last.code_id, last.account_id, kTogether);
            found = items.size();
            for (const RecallItemShown& one : items) {
                RecallItem item = end = one.item;
                if (!item.spared.empty() || !item.undone.empty()) continue;
                item.undone = item.is_code() ? BringBackCode(work, world, actor, scope, item)
                                             : BringBackAccount(work, world, actor, item);
                work.recalls.Settle(id, item);
            }
        }));
        if (!goes_on) return {};  // somebody else was quicker
        last = end;
    }
    TRY(While(world, RecallState::kUndoing, id, [&](Work& work, Recall& recall) {
        recall.state = RecallState::kUndone;
        work.recalls.Save(recall);
    }));
    return {};
}

Result<RecallShown> FindShown(World& world, const Actor& actor, const CodeScope& scope,
                              std::string_view id) {
    Result<RecallShown> found = NoSuchRecall();
    if (!IsCleanText(id, Lines::kOne)) return found;
    world.store.Read([&](Work& work) {
        const auto recall = work.recalls.Find(id);
        if (recall && IsTheirs(actor, scope, *recall))
            found = RecallShown{*recall, SubjectOf(work, *recall).name, work.recalls.Tally(id)};
    });
    return found;
}

Recall AsStored(World& world, const std::string& id) {
    std::optional<Recall> recall;
    world.store.Read([&](Work& work) { recall = work.recalls.Find(id); });
    return *std::move(recall);
}

}  // namespace

Result<Recall> RunRecall(Permit<kCodesWrite> permit, World& world, const CodeScope& scope,
                         const RecallAsked& asked) {
    const Actor& actor = permit.holder();
    Recall recall = TRY(RecallOf(world, actor, asked));
    if (recall.deactivates_accounts) TRY(actor.Ask<kUsersWrite>());
    if (!recall.revokes_codes && !recall.deactivates_accounts)
        return InvalidFields({{"revoke_codes", "choice.none",
                               "Choose whether codes are revoked, accounts deactivated, or both"}});
    const RecallSubject subject = TRY(FindSubject(world, actor, scope, asked, recall));
    recall.created_by_id = actor.account_id;
    recall.created_by = actor.username;
    recall.created_at = world.clock.Now();
    recall.id = asked.id.empty() ? NewUuid(world.random, recall.created_at) : asked.id;
    const Recall meant = recall;
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        recall = meant;
        if (work.recalls.Add(recall)) {
            work.events.Append(
                HappenedWith(recall, subject, EventKind::kRecalled, actor, recall.created_at));
            return {};
        }
        const auto earlier = work.recalls.Find(recall.id);
        const bool is_same = earlier && earlier->created_by_id == actor.account_id &&
                             earlier->scope == meant.scope && earlier->subject == meant.subject;
        if (!is_same)
            return CodeConflict("recall.taken", "This form was used already; start another recall");
        recall = *earlier;
        return {};
    }));
    if (recall.state != RecallState::kRunning) return recall;
    TRY(Running(world, actor, scope, recall).Run());
    return AsStored(world, recall.id);
}

Result<Recall> UndoRecall(Permit<kCodesWrite> permit, World& world, const CodeScope& scope,
                          std::string_view id) {
    const Actor& actor = permit.holder();
    const RecallShown shown = TRY(FindShown(world, actor, scope, id));
    if (shown.recall.deactivates_accounts) TRY(actor.Ask<kUsersWrite>());
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        auto recall = work.recalls.FindForUpdate(id);
        if (!recall) return NoSuchRecall();
        const bool begins =
            recall->state == RecallState::kRunning || recall->state == RecallState::kDone;
        if (!begins) return {};
        const Millis now = world.clock.Now();
        recall->state = RecallState::kUndoing;
        recall->undone_by = actor.username;
        recall->undone_at = now;
        work.recalls.Save(*recall);
        const RecallSubject subject = SubjectOf(work, *recall);
        work.events.Append(HappenedWith(*recall, subject, EventKind::kRecallUndone, actor, now));
        return {};
    }));
    TRY(BringBackAll(world, actor, scope, shown.recall.id));
    return AsStored(world, shown.recall.id);
}

// ── Looking ────────────────────────────────────────────────────────────────────────────────────

Result<RecallShown> GetRecall(Permit<kCodesRead> permit, World& world, const CodeScope& scope,
                              std::string_view id) {
    return FindShown(world, permit.holder(), scope, id);
}

Result<RecallShown> GetChangedRecall(Permit<kCodesWrite> permit, World& world,
                                     const CodeScope& scope, std::string_view id) {
    return FindShown(world, permit.holder(), scope, id);
}

Result<std::vector<RecallShown>> ListRecalls(Permit<kCodesRead> permit, World& world,
                                             const CodeScope& scope, std::string_view after,
                                             std::size_t most) {
    std::vector<RecallShown> recalls;
    if (!IsCleanText(after, Lines::kOne)) return recalls;
    const std::string whose = scope.all ? "" : permit.holder().account_id;
    world.store.Read([&](Work& work) {
        recalls.clear();
        for (Recall& one : work.recalls.List(whose, after, most)) {
            std::string name = SubjectOf(work, one).name;
            const RecallTally tally = work.recalls.Tally(one.id);
            recalls.push_back({std::move(one), std::move(name), tally});
        }
    });
    return recalls;
}

Result<std::vector<RecallItemShown>> ListRecallItems(Permit<kCodesRead> permit, World& world,
                                                     const CodeScope& scope, std::string_view id,
                                                     CodeId after_code,
                                                     std::string_view after_account,
                                                     std::size_t most) {
    TRY(GetRecall(permit, world, scope, id));
    std::vector<RecallItemShown> items;
    world.store.Read(
        [&](Work& work) { items = work.recalls.ListItems(id, after_code, after_account, most); });
    return items;
}

}  // namespace ostiary
