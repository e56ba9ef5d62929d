#include "core/codes_bulk.h"

#include <algorithm>
#include <span>

#include "core/authority.h"
#include "core/code_changes.h"
#include "core/codes_bulk_each.h"
#include "core/happenings.h"
#include "core/quotas.h"

namespace ostiary {
namespace {

using enum Permission;

constexpr std::size_t kTogether = 100;  // changed in one transaction
constexpr std::size_t kLookedUpTogether = 500;

std::span<const CodeId> BundleAt(const std::vector<CodeId>& ids, std::size_t from,
                                 std::size_t together) {
    return std::span(ids).subspan(from, std::min(together, ids.size() - from));
}

void Add(BulkOutcome& all, EachOutcome&& one) {
    if (one.spared) return all.spared.push_back(*std::move(one.spared));
    all.changed.push_back(one.changed->id);
    all.people += one.changed->used_count;
}

// Each of these ids, as many in one transaction as `together` says; a bundle may run again.
template <class Within, class One>
Result<BulkOutcome> ForEach(const std::vector<CodeId>& ids, std::size_t together, Within within,
                            One one) {
    BulkOutcome all;
    all.chosen = ids.size();
    std::vector<EachOutcome> bundle;
    for (std::size_t from = 0; from < ids.size(); from += together) {
        TRY(within([&](Work& work) -> Result<void> {
            bundle.clear();
            for (const CodeId id : BundleAt(ids, from, together)) bundle.push_back(one(work, id));
            return {};
        }));
        for (EachOutcome& outcome : bundle) Add(all, std::move(outcome));
    }
    return all;
}

}  // namespace

Result<BulkOutcome> PreviewBulk(Permit<kCodesWrite> permit, World& world, const DoorRules& rules,
                                const CodeChoice& choice, BulkDeed deed, const BulkEdit& edit) {
    const Actor& actor = permit.holder();
    if (deed == BulkDeed::kEdit) TRY(CheckEdit(actor, world, rules, edit));
    CodeChoice now = choice;
    now.expected.reset();
    const auto ids = TRY(IdsOfChoice(actor, world, rules, now));
    BulkEach each(world, actor, rules, deed, edit);
    const auto within = [&](const auto& body) -> Result<void> {
        Result<void> done;
        world.store.Read([&](Work& work) { done = body(work); });
        return done;
    };
    return ForEach(ids, kLookedUpTogether, within,
                   [&](Work& work, CodeId id) { return each.Preview(work, id); });
}

Result<CodeChoice> ResolveChoice(Permit<kCodesWrite> permit, World& world, const DoorRules& rules,
                                 const CodeChoice& choice) {
    return CodeChoice {
        TRY(IdsOfChoice(permit.holder(), world, rules, choice))
        , {}, {}
    };
}

Result<BulkOutcome> RunBulk(Permit<kCodesWrite> permit, World& world, const DoorRules& rules,
                            const CodeChoice& choice, BulkDeed deed, const BulkEdit& edit) {
    const Actor& actor = permit.holder();
    if (deed == BulkDeed::kEdit) TRY(CheckEdit(actor, world, rules, edit));
    const auto ids = TRY(IdsOfChoice(actor, world, rules, choice));
    if (ids.size() > kMostCodesAtOnce)
        return CodeConflict(
            "codes.too_many",
            Say("At most {} codes can be changed while somebody waits", kMostCodesAtOnce));
    BulkEach each(world, actor, rules, deed, edit);
    return ForEach(
        ids, kTogether, [&](const auto& body) { return world.store.Transact(body); },
        [&](Work& work, CodeId id) { return each.Run(work, id); });
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
