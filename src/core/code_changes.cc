#include "core/code_changes.h"

#include <numeric>

#include "core/accounts.h"
#include "core/authority.h"
#include "core/code_drafts.h"
#include "core/happenings.h"
#include "core/mails.h"
#include "core/notifications.h"
#include "core/quotas.h"
#include "core/templates.h"
#include "util/text.h"

namespace ostiary {
namespace {

constexpr int kTriesForAFreeCode = 8;

Error NoFreeCode() {
    return {ErrorKind::kUnavailable,
            "code.none_free",
            "Service unavailable",
            "No free code was found; raise code_length in the configuration",
            {},
            1};
}

// They are all of one maker.
Result<void> CheckQuotaOfAll(Work& work, const World& world, const Actor& actor,
                             const std::vector<Code>& codes) {
    CodeLoad more;
    for (const Code& code : codes) {
        const CodeLoad load = LoadOf(code, world.clock.Now());
        more = {more.codes + load.codes, more.uses + load.uses, more.unlimited + load.unlimited};
    }
    return codes.empty() ? Result<void>()
                         : CheckQuota(work, world, actor, codes.front().created_by_id, more);
}

}  // namespace

void AskForApproval(Work& work, const World& world, const Actor& actor, const Code& code) {
    const Millis now = world.clock.Now();
    const auto approvers = ApproversBesides(work, actor, now);
    MailApprovers(work, world, actor, code, approvers);
    NotifyApprovers(work, actor, code, approvers, now);
}

Error CodeNotFound() {
    return {ErrorKind::kNotFound, "code.unknown", "Invite code not found",
            "The requested invite code does not exist"};
}

Error CodeConflict(std::string reason, Sentence details) {
    return {ErrorKind::kConflict, std::move(reason), "Conflict", std::move(details)};
}

Result<void> CheckVersion(const Code& code, std::optional<std::int64_t> expected) {
    if (!expected || *expected == code.version) return {};
    return Error{ErrorKind::kStale, "code.changed", "Changed meanwhile",
                 "Somebody changed this code meanwhile; look at it again before you go on"};
}

Result<void> CheckEditable(const DoorRules& rules, const Code& code, Millis now) {
    if (rules.used_codes == UsedCodes::kOpen) return {};
    if (code.used_count > 0)
        return CodeConflict(
            "code.used",
            "This code has been used and can no longer be edited; revoke it and create another");
    const CodeStatus status = StatusAt(code, now);
    if (status == CodeStatus::kInactive)
        return CodeConflict("code.inactive", "This code is revoked; reactivate it first");
    if (status == CodeStatus::kExpired)
        return CodeConflict("code.expired",
                            "This code has expired; reactivate it with a new expiry first");
    return {};
}

Result<void> CheckDeletable(const DoorRules& rules, const Code& code) {
    if (rules.used_codes == UsedCodes::kOpen || code.used_count == 0) return {};
    return CodeConflict("code.used",
                        "This code has been used and is kept for the record; revoke it instead");
}

Result<void> EditInPlace(Work& work, World& world, const Actor& actor, const DoorRules& rules,
                         const CodeDraft& draft, Millis now, Code& code) {
    if (code.approval == Approval::kRejected)
        return CodeConflict("code.rejected", "This code was rejected; create another");
    if (draft.code && NormalizeCode(*draft.code) != code.code)
        return InvalidFields(
            {{"code", "code.fixed", "The code itself cannot be changed; create another"}});
    std::vector<FieldError> errors;
    ApplyDraft(draft, world.config, work, actor.time_zone, now, rules.label, code, errors);
    if (!errors.empty()) return InvalidFields(std::move(errors));
    if (code.label.empty()) code.label = DefaultLabel(world.config.catalogue, code);
    return {};
}

void RevokeInPlace(Code& code, Millis now) {
    if (!code.deactivated_at) code.deactivated_at = now;
}

Result<void> ReactivateInPlace(World& world, const Actor& actor, const CodeDraft& draft, Millis now,
                               Code& code) {
    if (code.approval == Approval::kRejected)
        return CodeConflict("code.rejected",
                            "This code was rejected; ask a superuser to approve it");
    std::vector<FieldError> errors;
    ApplyRenewal(draft, world.config, actor.time_zone, now, code, errors);
    if (!errors.empty()) return InvalidFields(std::move(errors));
    code.deactivated_at.reset();
    if (code.expires_at && now >= *code.expires_at)
        return CodeConflict("code.needs_expiry",
                            "This code has expired; give it a new expiry to reactivate it");
    if (code.max_uses && code.used_count >= *code.max_uses)
        return CodeConflict("code.needs_uses",
                            "This code is used up; give it more uses to reactivate it");
    return {};
}

Result<Code> CodeOfDraft(World& world, const Actor& actor, const DoorRules& rules,
                         const CodeDraft& typed) {
    const Config& config = world.config;
    CodeDraft draft = typed;
    if (typed.template_name)
        world.store.Read([&](Work& work) {
            const auto found = FindTemplate(work, *typed.template_name);
            draft = found ? FilledFrom(*found, typed) : typed;
        });
    Code code;
    code.role = config.catalogue.default_role;
    code.task_group = config.catalogue.default_task_group;
    code.max_uses = draft.max_uses ? std::nullopt : std::optional<std::int64_t>(1);
    std::vector<FieldError> errors;
    world.store.Read([&](Work& work) {
        ApplyDraft(draft, config, work, actor.time_zone, world.clock.Now(), rules.label, code,
                   errors);
    });
    if (!errors.empty()) return InvalidFields(std::move(errors));
    if (code.label.empty()) code.label = DefaultLabel(config.catalogue, code);
    code.created_by_id = actor.account_id;
    code.created_by = actor.username;
    return code;
}

Result<void> AddWithin(Work& work, World& world, const Actor& actor, const CodeDraft& draft,
                       Code& code) {
    TRY(CheckQuota(work, world, actor, code.created_by_id, LoadOf(code, world.clock.Now())));
    return AddOneOfWithin(work, world, actor, draft, code, AskApprovers::kYes);
}

Result<void> AddOneOfWithin(Work& work, World& world, const Actor& actor, const CodeDraft& draft,
                            Code& code, AskApprovers ask) {
    const Config& config = world.config;
    const bool chosen = draft.code && !draft.code->empty();
    const Millis now = world.clock.Now();
    code.created_at = code.updated_at = now;
    code.token = GenerateLinkToken(world.random);
    TRY(JudgeGrants(AuthorityOfActor(work, config.catalogue, actor), config, actor, code));
    for (int tries = 0; tries < kTriesForAFreeCode; ++tries) {
        if (!chosen) code.code = code.shown = GenerateCode(world.random, config.code_length);
        const auto added = work.codes.Add(code);
        if (added.ok()) {
            code.id = added.value();
            work.events.Append(With(About(Happened(EventKind::kCodeCreated, actor, now), code),
                                    GrantDetails(code)));
            if (code.approval == Approval::kPending && ask == AskApprovers::kYes)
                AskForApproval(work, world, actor, code);
            return {};
        }
        if (added.error().reason != "code.taken") return added.error();
        if (chosen)
            return InvalidFields(
                {{"code", "code.taken", "This code is in use already; choose another"}});
    }
    return NoFreeCode();
}

std::vector<Codes::Letters> DrawLetters(World& world, std::size_t count) {
    std::vector<Codes::Letters> letters;
    letters.reserve(count);
    while (letters.size() < count)
        letters.push_back({GenerateCode(world.random, world.config.code_length),
                           GenerateLinkToken(world.random)});
    return letters;
}

Result<std::vector<CodeId>> AddBatchWithin(Work& work, World& world, const Actor& actor, Code model,
                                           std::vector<Codes::Letters> letters) {
    const Config& config = world.config;
    const std::size_t count = letters.size();
    model.created_at = model.updated_at = world.clock.Now();
    TRY(CheckQuota(work, world, actor, model.created_by_id,
                   LoadOf(model, model.created_at) * static_cast<std::int64_t>(count)));
    TRY(JudgeGrants(AuthorityOfActor(work, config.catalogue, actor), config, actor, model));
    std::vector<CodeId> ids;
    for (int tries = 0; tries < kTriesForAFreeCode && ids.size() < count; ++tries) {
        if (tries > 0) letters = DrawLetters(world, count - ids.size());
        for (const auto& id : work.codes.AddAlike(model, letters))
            if (id) ids.push_back(*id);
    }
    if (ids.size() < count) return NoFreeCode();
    const Event made =
        With(About(Happened(EventKind::kCodeCreated, actor, model.created_at), model),
             GrantDetails(model));
    std::vector<Event> events(ids.size(), made);
    for (std::size_t i = 0; i < ids.size(); ++i) events[i].code_id = ids[i];
    work.events.AppendAll(events);
    model.id = ids.empty() ? 0 : ids.front();
    if (model.id != 0 && model.approval == Approval::kPending)
        AskForApproval(work, world, actor, model);
    return ids;
}

Result<std::vector<std::optional<CodeId>>> AddAllWithin(Work& work, World& world,
                                                        const Actor& actor,
                                                        std::vector<Code>& codes,
                                                        AskApprovers ask) {
    const Authority own = AuthorityOfActor(work, world.config.catalogue, actor);
    const Millis now = world.clock.Now();
    TRY(CheckQuotaOfAll(work, world, actor, codes));
    std::vector<bool> is_chosen;
    for (Code& code : codes) {
        is_chosen.push_back(!code.code.empty());
        code.created_at = code.updated_at = now;
        code.token = GenerateLinkToken(world.random);
        TRY(JudgeGrants(own, world.config, actor, code));
    }
    std::vector<std::optional<CodeId>> ids(codes.size());
    std::vector<std::size_t> open(codes.size());  // by place
    std::iota(open.begin(), open.end(), std::size_t{0});
    for (int tries = 0; tries < kTriesForAFreeCode && !open.empty(); ++tries) {
        std::vector<Code> added;
        for (const std::size_t at : open) {
            if (!is_chosen[at])
                codes[at].code = codes[at].shown =
                    GenerateCode(world.random, world.config.code_length);
            added.push_back(codes[at]);
        }
        const auto given = work.codes.AddAll(added);
        for (std::size_t i = 0; i < open.size(); ++i) ids[open[i]] = given[i];
        std::erase_if(open, [&](std::size_t at) { return ids[at] || is_chosen[at]; });
    }
    if (!open.empty()) return NoFreeCode();
    std::vector<Event> events;
    const Code* pending = nullptr;
    for (std::size_t at = 0; at < codes.size(); ++at) {
        if (!ids[at]) continue;
        codes[at].id = *ids[at];
        events.push_back(With(About(Happened(EventKind::kCodeCreated, actor, now), codes[at]),
                              GrantDetails(codes[at])));
        if (codes[at].approval == Approval::kPending && pending == nullptr) pending = &codes[at];
    }
    work.events.AppendAll(events);
    if (pending != nullptr && ask == AskApprovers::kYes)
        AskForApproval(work, world, actor, *pending);
    return ids;
}

Result<ChangedCode> ChangeWithin(Work& work, World& world, const Actor& actor,
                                 const CodeScope& scope, CodeId id, EventKind kind,
                                 const CodeChange& change, Judge judge) {
    const Millis now = world.clock.Now();
    const auto before = work.codes.FindForUpdate(id);
    if (!before || before->deleted_at || !IsWithin(scope, *before)) return CodeNotFound();
    ChangedCode changed{*before};
    TRY(change(work, changed.code, now));
    const Catalogue& catalogue = world.config.catalogue;
    const Authority own = AuthorityOfActor(work, catalogue, actor);
    const bool is_verdict = kind == EventKind::kCodeApproved || kind == EventKind::kCodeRejected;
    if (!is_verdict && judge == Judge::kYes)
        TRY(JudgeChange(own, world.config, actor, *before, changed.code));
    TRY(CheckQuota(work, world, actor, before->created_by_id,
                   LoadOf(changed.code, now) - LoadOf(*before, now)));
    const std::string details = ChangeDetails(*before, changed.code);
    changed.differs = details != "{}" || before->approved_by != changed.code.approved_by;
    if (changed.differs) {
        changed.code.updated_at = now;
        ++changed.code.version;
        work.codes.Save(changed.code);
        work.events.Append(With(About(Happened(kind, actor, now), changed.code), details));
        const bool was_pending = before->approval == Approval::kPending;
        const bool is_pending = changed.code.approval == Approval::kPending;
        if (is_pending && !was_pending) AskForApproval(work, world, actor, changed.code);
        if (was_pending && !is_pending) SettleHeldMails(work, actor, changed.code, now);
        if (is_verdict && before->approval != changed.code.approval) {
            MailVerdict(work, world, actor, changed.code);
            NotifyVerdict(work, actor, changed.code, now);
        }
    }  // else it was said again: the same
    RedactFor(own, catalogue, actor, changed.code);
    return changed;
}

Result<Code> DeleteWithin(Work& work, World& world, const Actor& actor, const DoorRules& rules,
                          CodeId id, std::optional<std::int64_t> expected_version) {
    const Millis now = world.clock.Now();
    auto code = work.codes.FindForUpdate(id);
    if (!code || code->deleted_at || !IsWithin(rules.scope, *code)) return CodeNotFound();
    TRY(CheckVersion(*code, expected_version));
    TRY(CheckDeletable(rules, *code));
    work.codes.Delete(id, now);
    if (code->approval == Approval::kPending) DropHeldMails(work, id);
    work.events.Append(
        With(About(Happened(EventKind::kCodeDeleted, actor, now), *code), GrantDetails(*code)));
    return *std::move(code);
}

}  // namespace ostiary
