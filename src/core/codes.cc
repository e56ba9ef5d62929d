#include "core/codes.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/accounts.h"
#include "core/aircraft.h"
#include "core/authority.h"
#include "core/code_changes.h"
#include "core/code_drafts.h"
#include "core/happenings.h"
#include "util/text.h"

namespace ostiary {
namespace {

using enum Permission;

constexpr std::size_t kMostSuggestions = 5;

// One transaction for one change.
Result<Code> ChangeCode(World& world, const Actor& actor, const CodeScope& scope, CodeId id,
                        EventKind kind, const CodeChange& change) {
    ChangedCode changed;
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        changed = TRY(ChangeWithin(work, world, actor, scope, id, kind, change));
        return {};
    }));
    return std::move(changed.code);
}

}  // namespace

DoorRules RulesOf(const Actor& actor, const Portal& portal, const World& world) {
    return {ScopeOf(actor, portal, world),
            portal.changes_used_codes ? UsedCodes::kOpen : UsedCodes::kLocked,
            portal.label_required ? LabelRule::kRequired : LabelRule::kOptional};
}

DoorRules ApiRules(const Actor& actor, const World& world) { return {ScopeOf(actor, world)}; }

Result<Code> CreateCode(Permit<kCodesWrite> permit, World& world, const DoorRules& rules,
                        const CodeDraft& draft) {
    const Actor& actor = permit.holder();
    Code code = TRY(CodeOfDraft(world, actor, rules, draft));
    TRY(world.store.Transact(
        [&](Work& work) -> Result<void> { return AddWithin(work, world, actor, draft, code); }));
    return code;
}

Result<Code> EditCode(Permit<kCodesWrite> permit, World& world, const DoorRules& rules, CodeId id,
                      const CodeDraft& draft, std::optional<std::int64_t> expected_version) {
    const Actor& actor = permit.holder();
    return ChangeCode(world, actor, rules.scope, id, EventKind::kCodeEdited,
                      [&](Work& work, Code& code, Millis now) -> Result<void> {
                          TRY(CheckEditable(rules, code, now));
                          TRY(CheckVersion(code, expected_version));
                          return EditInPlace(work, world, actor, rules, draft, now, code);
                      });
}

Result<Code> RevokeCode(Permit<kCodesWrite> permit, World& world, const DoorRules& rules, CodeId id,
                        std::optional<std::int64_t> expected_version) {
    return ChangeCode(world, permit.holder(), rules.scope, id, EventKind::kCodeRevoked,
                      [&](Work&, Code& code, Millis now) -> Result<void> {
                          TRY(CheckVersion(code, expected_version));
                          RevokeInPlace(code, now);
                          return {};
                      });
}

Result<Code> ReactivateCode(Permit<kCodesWrite> permit, World& world, const DoorRules& rules,
                            CodeId id, const CodeDraft& draft,
                            std::optional<std::int64_t> expected_version) {
    const Actor& actor = permit.holder();
    return ChangeCode(world, actor, rules.scope, id, EventKind::kCodeReactivated,
                      [&](Work&, Code& code, Millis now) -> Result<void> {
                          TRY(CheckVersion(code, expected_version));
                          return ReactivateInPlace(world, actor, draft, now, code);
                      });
}

Result<void> DeleteCode(Permit<kCodesWrite> permit, World& world, const DoorRules& rules, CodeId id,
                        std::optional<std::int64_t> expected_version) {
    return world.store.Transact([&](Work& work) -> Result<void> {
        TRY(DeleteWithin(work, world, permit.holder(), rules, id, expected_version));
        return {};
    });
}

Result<Code> ApproveCode(Permit<kCodesApprove> permit, World& world, CodeId id,
                         std::string_view reason, std::optional<std::int64_t> expected_version) {
    const Actor& actor = permit.holder();
    return ChangeCode(world, actor, CodeScope::All(), id, EventKind::kCodeApproved,
                      [&](Work&, Code& code, Millis) -> Result<void> {
                          TRY(CheckVersion(code, expected_version));
                          if (code.approval != Approval::kApproved && IsOwn(actor, code))
                              return Error{ErrorKind::kForbidden, "code.own", "Permission denied",
                                           "Somebody else has to approve a code of your own"};
                          if (code.approval == Approval::kRejected) code.deactivated_at.reset();
                          if (code.approval != Approval::kApproved)
                              code.approved_by = actor.username;
                          code.approval = Approval::kApproved;
                          code.approval_reason = reason;
                          return {};
                      });
}

Result<Code> RejectCode(Permit<kCodesApprove> permit, World& world, CodeId id,
                        std::string_view reason, std::optional<std::int64_t> expected_version) {
    return ChangeCode(world, permit.holder(), CodeScope::All(), id, EventKind::kCodeRejected,
                      [&](Work&, Code& code, Millis now) -> Result<void> {
                          TRY(CheckVersion(code, expected_version));
                          if (code.approval == Approval::kApproved)
                              return CodeConflict(
                                  "code.approved",
                                  "This code is approved already; revoke it instead");
                          if (!code.deactivated_at) code.deactivated_at = now;
                          code.approval = Approval::kRejected;
                          code.approval_reason = reason;
                          return {};
                      });
}

Result<Code> SetCodeAircraftRole(Permit<kCodesWrite> permit, World& world, const DoorRules& rules,
                                 CodeId id, std::string_view registration, std::string_view role,
                                 std::optional<std::int64_t> expected_version) {
    const Catalogue& catalogue = world.config.catalogue;
    return ChangeCode(
        world, permit.holder(), rules.scope, id, EventKind::kCodeEdited,
        [&](Work& work, Code& code, Millis now) -> Result<void> {
            TRY(CheckEditable(rules, code, now));
            TRY(CheckVersion(code, expected_version));
            const auto aircraft = FindAircraft(work, registration);
            const auto* known = catalogue.FindAircraftRole(role);
            std::vector<FieldError> errors;
            if (!aircraft || aircraft->retired_at)
                errors.push_back({"aircraft", "aircraft.unknown", "There is no such aircraft"});
            if (!known)
                errors.push_back(
                    {"role", "aircraft_role.unknown",
                     Say("Aircraft role must be one of: {}", catalogue.AircraftRoleNames())});
            if (!errors.empty()) return InvalidFields(std::move(errors));
            const AircraftGrant grant{aircraft->id, aircraft->registration, known->name};
            const auto held =
                std::ranges::find(code.aircraft_roles, aircraft->id, &AircraftGrant::aircraft_id);
            if (held == code.aircraft_roles.end())
                code.aircraft_roles.push_back(grant);
            else
                *held = grant;
            return {};
        });
}

Result<Code> RemoveCodeAircraftRole(Permit<kCodesWrite> permit, World& world,
                                    const DoorRules& rules, CodeId id,
                                    std::string_view registration,
                                    std::optional<std::int64_t> expected_version) {
    return ChangeCode(world, permit.holder(), rules.scope, id, EventKind::kCodeEdited,
                      [&](Work&, Code& code, Millis now) -> Result<void> {
                          TRY(CheckEditable(rules, code, now));
                          TRY(CheckVersion(code, expected_version));
                          const std::string name = NormalizeRegistration(registration);
                          if (!std::erase_if(code.aircraft_roles, [&](const AircraftGrant& held) {
                                  return held.registration == name;
                              }))
                              return Error{ErrorKind::kNotFound, "aircraft_role.unknown",
                                           "Not found", "The code does not carry this aircraft"};
                          return {};
                      });
}

Result<Code> GetCode(Permit<kCodesRead> permit, World& world, const CodeScope& scope, CodeId id) {
    const Catalogue& catalogue = world.config.catalogue;
    std::optional<Code> code;
    world.store.Read([&](Work& work) {
        code = work.codes.Find(id);
        if (!code) return;
        RedactFor(AuthorityOfActor(work, catalogue, permit.holder()), catalogue, permit.holder(),
                  *code);
    });
    if (!code || code->deleted_at || !IsWithin(scope, *code)) return CodeNotFound();
    return *std::move(code);
}

Result<std::vector<Redemption>> RedemptionsOf(Permit<kCodesRead> permit, World& world,
                                              const CodeScope& scope, CodeId id, RedemptionId after,
                                              std::size_t most) {
    TRY(GetCode(permit, world, scope, id));
    std::vector<Redemption> redemptions;
    world.store.Read(
        [&](Work& work) { redemptions = work.redemptions.ListOfCode(id, after, most); });
    return redemptions;
}

Result<std::vector<Event>> HistoryOf(Permit<kCodesRead> permit, World& world,
                                     const CodeScope& scope, CodeId id, std::size_t most) {
    TRY(GetCode(permit, world, scope, id));
    std::vector<Event> events;
    world.store.Read([&](Work& work) { events = work.events.ListOfCode(id, most); });
    return events;
}

namespace {

Sentence WhyNot(const Code& code, CodeStatus status, std::string_view time_zone) {
    switch (status) {
        case CodeStatus::kPending: return "This code waits for approval.";
        case CodeStatus::kInactive:
            if (code.approval == Approval::kRejected) return "This code was rejected.";
            if (!code.deactivated_at) return "This code was switched off.";
            return Say("This code was switched off on {}.",
                       FormatForPeople(*code.deactivated_at, time_zone));
        case CodeStatus::kExpired:
            return Say("This code ended on {}.", FormatForPeople(*code.expires_at, time_zone));
        case CodeStatus::kExhausted:
            return Say("This code is used up: {} of {} uses.", code.used_count, *code.max_uses);
        case CodeStatus::kScheduled:
            return Say("This code starts on {}.", FormatForPeople(*code.starts_at, time_zone));
        case CodeStatus::kWarning:
        case CodeStatus::kActive: break;
    }
    if (!code.email.empty()) return Say("This code works, for {} only.", code.email);
    return "This code works.";
}

}  // namespace

Result<Explanation> ExplainCode(Permit<kCodesExplain> permit, World& world, const CodeScope& scope,
                                std::string_view typed) {
    const std::string normalized = NormalizeCode(typed);
    const Millis now = world.clock.Now();
    Explanation answer;
    world.store.Read([&](Work& work) {
        answer.code = work.codes.FindByCode(normalized);
        if (answer.code && !IsWithin(scope, *answer.code)) answer.code.reset();
        if (answer.code) return;
        const Catalogue& catalogue = world.config.catalogue;
        const Authority own = AuthorityOfActor(work, catalogue, permit.holder());
        answer.suggestions = work.codes.Near(normalized, scope, kMostSuggestions);
        std::erase_if(answer.suggestions, [&](const Code& near) {
            return !MayHandOut(own, catalogue, permit.holder(), near);
        });
    });
    if (!answer.code) {
        answer.reason = "unknown";
        answer.sentence = answer.suggestions.empty()
                              ? "There is no such code."
                              : "There is no such code; was one of these meant?";
        return answer;
    }
    const CodeStatus status = StatusAt(*answer.code, now);
    answer.found = true;
    answer.usable = IsUsable(status);
    answer.reason = NameOf(status);
    answer.sentence = WhyNot(*answer.code, status, permit.holder().time_zone);
    return answer;
}

std::string RegistrationUrl(const Config& config, const Code& code) {
    return IsRedacted(code) ? std::string() : config.BaseUrl() + "/register/" + code.token + "/";
}

bool IsRedacted(const Code& code) { return code.token.empty(); }

std::string DefaultLabel(const Catalogue& catalogue, const Code& code) {
    const auto* role = catalogue.FindRole(code.role);
    const auto* group = catalogue.FindTaskGroup(code.task_group);
    std::string label =
        (role ? role->label : code.role) + " · " + (group ? group->label : code.task_group);
    if (!code.email.empty()) label += " · " + code.email;
    return label;
}

std::string ShortName(const Code& code) {
    return code.label.empty() ? fmt::format("code {}", code.id) : code.label;
}

}  // namespace ostiary
