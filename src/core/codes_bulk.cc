#include "core/codes_bulk.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <span>

#include "core/accounts.h"
#include "core/authority.h"
#include "core/code_changes.h"
#include "core/code_drafts.h"
#include "core/happenings.h"
#include "core/quotas.h"

namespace ostiary {
namespace {

using enum Permission;

constexpr std::size_t kTogether = 100;  // changed in one transaction
constexpr std::size_t kLookedUpTogether = 500;

Error TooMany() {
    return CodeConflict(
        "codes.too_many",
        Say("At most {} codes can be changed at once; narrow the filter", kMostCodesAtOnce));
}

// The ids of the choice, each once and in order.
Result<std::vector<CodeId>> IdsOf(const Actor& actor, World& world, const DoorRules& rules,
                                  const CodeChoice& choice) {
    std::vector<CodeId> ids;
    if (!choice.all) {
        const std::set<CodeId> each(choice.ids.begin(), choice.ids.end());
        ids.assign(each.begin(), each.end());
        if (ids.size() > kMostCodesAtOnce) return TooMany();
        return ids;
    }
    const auto permit = TRY(actor.Ask<kCodesRead>());
    CodeQuery query = *choice.all;
    query.scope = rules.scope;
    for (std::size_t found = kLookedUpTogether; found == kLookedUpTogether;) {
        const auto more =
            TRY(ListCodeIds(permit, world, query, ids.empty() ? 0 : ids.back(), kLookedUpTogether));
        ids.insert(ids.end(), more.begin(), more.end());
        if (ids.size() > kMostCodesAtOnce) return TooMany();
        found = more.size();
    }
    return ids;
}

EventKind EventOf(BulkDeed deed) {
    switch (deed) {
        case BulkDeed::kRevoke: return EventKind::kCodeRevoked;
        case BulkDeed::kReactivate: return EventKind::kCodeReactivated;
        case BulkDeed::kEdit: return EventKind::kCodeEdited;
        case BulkDeed::kDelete: break;
    }
    return EventKind::kCodeDeleted;
}

CodeDraft DraftFor(const Code& code, const BulkEdit& edit) {
    CodeDraft draft;
    draft.max_uses = edit.max_uses;
    draft.expires_days = edit.expires_days;
    draft.expires_at = edit.expires_at;
    draft.notes = edit.notes;
    draft.role = edit.role;
    draft.task_group = edit.task_group;
    draft.starts_at = edit.starts_at;
    draft.account_days = edit.account_days;
    draft.label = edit.label;
    draft.welcome = edit.welcome;
    if (edit.add_tags.empty() && edit.remove_tags.empty()) return draft;
    auto& tags = draft.tags.emplace(code.tags);
    for (const std::string& tag : edit.add_tags) tags.push_back(tag);  // twice is once
    std::erase_if(tags, [&](const std::string& tag) {
        return std::ranges::find(edit.remove_tags, tag) != edit.remove_tags.end();
    });
    return draft;
}

// The deed as a change of one code; deleting is none.
CodeChange ChangeOf(World& world, const Actor& actor, const DoorRules& rules, BulkDeed deed,
                    const BulkEdit& edit) {
    return
        [&world, &actor, &rules, deed, &edit](Work& work, Code& code, Millis now) -> Result<void> {
            if (deed == BulkDeed::kReactivate)
                return ReactivateInPlace(world, actor, {}, now, code);
            if (deed == BulkDeed::kEdit) {
                TRY(CheckEditable(rules, code, now));
                return EditInPlace(work, world, actor, rules, DraftFor(code, edit), now, code);
            }
            RevokeInPlace(code, now);
            return {};
        };
}

// What is wrong with the edit whatever the code: told before anything is done.
Result<void> CheckEdit(const Actor& actor, World& world, const DoorRules& rules,
                       const BulkEdit& edit) {
    std::vector<FieldError> errors;
    world.store.Read([&](Work& work) {
        Code any;
        any.label = "any";
        ApplyDraft(DraftFor(any, edit), world.config, work, actor.time_zone, world.clock.Now(),
                   rules.label, any, errors);
    });
    if (errors.empty()) return {};
    return InvalidFields(std::move(errors));
}

SparedCode Spared(CodeId id, std::string name, const Error& error) {
    return {id, std::move(name), error.reason,
            error.fields.empty() ? error.details : error.fields.front().message};
}

Error SameAsBefore(BulkDeed deed) {
    return CodeConflict("code.same", deed == BulkDeed::kRevoke       ? "It is switched off already"
                                     : deed == BulkDeed::kReactivate ? "It is switched on already"
                                                                     : "It is so already");
}

// Each id in its turn, as many together as `together` says; `look` is run for each bundle and may
// be run again.
class Progress {
public:
    explicit Progress(std::size_t chosen) { outcome_.chosen = chosen; }

    void Change(const Code& code) {
        outcome_.changed.push_back(code.id);
        outcome_.people += code.used_count;
    }
    void Spare(CodeId id, const std::optional<Code>& code, const Error& error) {
        outcome_.spared.push_back(
            Spared(id, code ? ShortName(*code) : fmt::format("code {}", id), error));
    }
    BulkOutcome& outcome() { return outcome_; }

private:
    BulkOutcome outcome_;
};

std::span<const CodeId> BundleAt(const std::vector<CodeId>& ids, std::size_t from,
                                 std::size_t together) {
    return std::span(ids).subspan(from, std::min(together, ids.size() - from));
}

void PreviewOne(Work& work, const DoorRules& rules, BulkDeed deed, const CodeChange& change,
                Millis now, CodeId id, Progress& progress) {
    const auto code = work.codes.Find(id);
    if (!code || code->deleted_at || !IsWithin(rules.scope, *code))
        return progress.Spare(id, std::nullopt, CodeNotFound());
    Code after = *code;
    const Result<void> may =
        deed == BulkDeed::kDelete ? CheckDeletable(rules, *code) : change(work, after, now);
    if (!may.ok()) return progress.Spare(id, code, may.error());
    if (deed != BulkDeed::kDelete && ChangeDetails(*code, after) == "{}")
        return progress.Spare(id, code, SameAsBefore(deed));
    progress.Change(*code);
}

void RunOne(Work& work, World& world, const Actor& actor, const DoorRules& rules, BulkDeed deed,
            const CodeChange& change, CodeId id, Progress& progress) {
    const auto name = [&] {
        auto code = work.codes.Find(id);
        const bool is_theirs = code && !code->deleted_at && IsWithin(rules.scope, *code);
        return is_theirs ? std::move(code) : std::nullopt;
    };
    if (deed == BulkDeed::kDelete) {
        const auto deleted = DeleteWithin(work, world, actor, rules, id);
        if (!deleted.ok()) return progress.Spare(id, name(), deleted.error());
        return progress.Change(deleted.value());
    }
    const auto changed = ChangeWithin(work, world, actor, rules.scope, id, EventOf(deed), change);
    if (!changed.ok()) return progress.Spare(id, name(), changed.error());
    if (!changed->differs) return progress.Spare(id, changed->code, SameAsBefore(deed));
    progress.Change(changed->code);
}

}  // namespace

Result<BulkOutcome> PreviewBulk(Permit<kCodesWrite> permit, World& world, const DoorRules& rules,
                                const CodeChoice& choice, BulkDeed deed, const BulkEdit& edit) {
    const Actor& actor = permit.holder();
    const bool any_edit = deed == BulkDeed::kEdit && edit == BulkEdit{};
    if (deed == BulkDeed::kEdit) TRY(CheckEdit(actor, world, rules, edit));
    const auto ids = TRY(IdsOf(actor, world, rules, choice));
    const CodeChange change = any_edit ? CodeChange([&](Work&, Code& code, Millis now) {
        auto may = CheckEditable(rules, code, now);
        code.notes += "\n";
        return may;
    })
                                       : ChangeOf(world, actor, rules, deed, edit);
    Progress progress(ids.size());
    for (std::size_t from = 0; from < ids.size(); from += kLookedUpTogether) {
        const Progress before = progress;
        world.store.Read([&](Work& work) {
            progress = before;
            const Millis now = world.clock.Now();
            for (const CodeId id : BundleAt(ids, from, kLookedUpTogether))
                PreviewOne(work, rules, deed, change, now, id, progress);
        });
    }
    return std::move(progress.outcome());
}

Result<std::size_t> CountChoice(Permit<kCodesWrite> permit, World& world, const DoorRules& rules,
                                const CodeChoice& choice) {
    return TRY(IdsOf(permit.holder(), world, rules, choice))
    .size();
}

Result<BulkOutcome> RunBulk(Permit<kCodesWrite> permit, World& world, const DoorRules& rules,
                            const CodeChoice& choice, BulkDeed deed, const BulkEdit& edit) {
    const Actor& actor = permit.holder();
    if (deed == BulkDeed::kEdit) TRY(CheckEdit(actor, world, rules, edit));
    const auto ids = TRY(IdsOf(actor, world, rules, choice));
    if (choice.expected && *choice.expected != static_cast<std::int64_t>(ids.size()))
        return Error{ErrorKind::kStale, "codes.choice_changed", "Changed meanwhile",
                     Say("{} codes match now, and not {}; look at it again before you go on",
                         ids.size(), *choice.expected)};
    const CodeChange change = ChangeOf(world, actor, rules, deed, edit);
    Progress progress(ids.size());
    for (std::size_t from = 0; from < ids.size(); from += kTogether) {
        Progress bundle(0);  // the body may run again
        TRY(world.store.Transact([&](Work& work) -> Result<void> {
            bundle = Progress(0);
            for (const CodeId id : BundleAt(ids, from, kTogether))
                RunOne(work, world, actor, rules, deed, change, id, bundle);
            return {};
        }));
        BulkOutcome& all = progress.outcome();
        BulkOutcome& more = bundle.outcome();
        all.people += more.people;
        std::ranges::move(more.changed, std::back_inserter(all.changed));
        std::ranges::move(more.spared, std::back_inserter(all.spared));
    }
    return std::move(progress.outcome());
}

namespace {

Result<void> CheckCount(const CodeDraft& draft, std::size_t count) {
    std::vector<FieldError> errors;
    if (count < 1 || count > kMostMadeAtOnce)
        errors.push_back({"count", "count.invalid",
                          Say("Count must be a number from 1 to {}", kMostMadeAtOnce)});
    if (count > 1 && draft.code && !draft.code->empty())
        errors.push_back(
            {"code", "code.several", "A chosen code can be given to one only; leave it out"});
    if (errors.empty()) return {};
    return InvalidFields(std::move(errors));
}

}  // namespace

Error NoSuchBatch() {
    return {ErrorKind::kNotFound, "batch.unknown", "Not found", "There are no codes of this batch"};
}

Result<Code> PreviewCode(Permit<kCodesWrite> permit, World& world, const DoorRules& rules,
                         const CodeDraft& draft, std::size_t count) {
    TRY(CheckCount(draft, count));
    const Actor& actor = permit.holder();
    Code code = TRY(CodeOfDraft(world, actor, rules, draft));
    const Config& config = world.config;
    Result<void> judged;
    world.store.Read([&](Work& work) {
        judged = JudgeGrants(AuthorityOfActor(work, config.catalogue, actor), config, actor, code);
        if (judged.ok())
            judged = JudgeQuota(work, world, actor, code.created_by_id,
                                LoadOf(code, world.clock.Now()) * static_cast<std::int64_t>(count));
    });
    TRY(judged);
    return code;
}

Result<BulkOutcome> PreviewCreate(Permit<kCodesWrite> permit, World& world, const DoorRules& rules,
                                  const CodeDraft& draft, std::size_t count) {
    TRY(CheckCount(draft, count));
    TRY(CodeOfDraft(world, permit.holder(), rules, draft));
    BulkOutcome outcome;
    outcome.chosen = count;
    return outcome;
}

Result<BulkOutcome> CreateCodes(Permit<kCodesWrite> permit, World& world, const DoorRules& rules,
                                const CodeDraft& draft, std::size_t count) {
    const Actor& actor = permit.holder();
    TRY(CheckCount(draft, count));
    Code model = TRY(CodeOfDraft(world, actor, rules, draft));
    if (count > 1) model.batch = NewUuid(world.random, world.clock.Now());
    const auto letters = DrawLetters(world, count > 1 ? count : 0);
    BulkOutcome outcome;
    outcome.chosen = count;
    outcome.batch = model.batch;
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        if (count > 1) {
            outcome.changed = TRY(AddBatchWithin(work, world, actor, model, letters));
            return {};
        }
        Code code = model;
        TRY(AddWithin(work, world, actor, draft, code));
        outcome.changed = {code.id};
        return {};
    }));
    if (count > 1) CatchUpLists(world, world.clock.Now(), 2 * count);
    return outcome;
}

}  // namespace ostiary
