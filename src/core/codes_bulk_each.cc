#include "core/codes_bulk_each.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <set>

#include "core/accounts.h"
#include "core/code_drafts.h"
#include "core/happenings.h"

namespace ostiary {
namespace {

namespace json = boost::json;

constexpr std::size_t kLookedUpTogether = 500;

Error TooMany() {
    return CodeConflict(
        "codes.too_many",
        Say("At most {} codes can be changed at once; narrow the filter", kMostCodesChosen));
}

EventKind EventOf(BulkDeed deed) {
    switch (deed) {
        case BulkDeed::kRevoke: return EventKind::kCodeRevoked;
        case BulkDeed::kReactivate: return EventKind::kCodeReactivated;
        case BulkDeed::kEdit: return EventKind::kCodeEdited;
        default: return EventKind::kCodeDeleted;
    }
}

EventKind EventOfUndoing(BulkDeed deed) {
    switch (deed) {
        case BulkDeed::kRevoke: return EventKind::kCodeReactivated;
        case BulkDeed::kReactivate: return EventKind::kCodeRevoked;
        default: return EventKind::kCodeEdited;
    }
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

Error SameAsBefore(BulkDeed deed) {
    return CodeConflict("code.same", deed == BulkDeed::kRevoke       ? "It is switched off already"
                                     : deed == BulkDeed::kReactivate ? "It is switched on already"
                                                                     : "It is so already");
}

// ── What an edit can change, to be put back ────────────────────────────────────────────────────

template <class Visit>
void ForEachEditable(Code& code, Visit visit) {
    visit("role", code.role);
    visit("task_group", code.task_group);
    visit("label", code.label);
    visit("notes", code.notes);
    visit("welcome", code.welcome);
    visit("tags", code.tags);
    visit("max_uses", code.max_uses);
    visit("starts_at", code.starts_at);
    visit("expires_at", code.expires_at);
    visit("account_days", code.account_days);
}

json::object EditableOf(Code code) {
    json::object fields;
    ForEachEditable(code,
                    [&](const char* name, auto& field) { fields[name] = json::value_from(field); });
    return fields;
}

std::string WhatStoodThere(const Code& before, const Code& after) {
    json::object stood = EditableOf(before);
    const json::object stands = EditableOf(after);
    json::object changed;
    for (auto& [name, value] : stood)
        if (value != stands.at(name)) changed[name] = std::move(value);
    return json::serialize(changed);
}

Result<void> PutBack(std::string_view before, Code& code) {
    const json::value value = json::parse({before.data(), before.size()});
    const json::object& fields = value.as_object();
    ForEachEditable(code, [&]<class Field>(const char* name, Field& field) {
        if (const json::value* one = fields.if_contains(name)) field = json::value_to<Field>(*one);
    });
    if (code.max_uses && *code.max_uses < code.used_count)
        return CodeConflict("max_uses.used", "It was used more often since than it might before");
    return {};
}

// One more than may be chosen, at most.
Result<std::vector<CodeId>> IdsThatMatch(const Actor& actor, World& world, const DoorRules& rules,
                                         CodeQuery query) {
    const auto permit = TRY(actor.Ask<Permission::kCodesRead>());
    query.scope = rules.scope;
    std::vector<CodeId> ids;
    for (std::size_t found = kLookedUpTogether;
         found == kLookedUpTogether && ids.size() <= kMostCodesChosen;) {
        const auto more =
            TRY(ListCodeIds(permit, world, query, ids.empty() ? 0 : ids.back(), kLookedUpTogether));
        ids.insert(ids.end(), more.begin(), more.end());
        found = more.size();
    }
    return ids;
}

}  // namespace

Result<std::vector<CodeId>> IdsOfChoice(const Actor& actor, World& world, const DoorRules& rules,
                                        const CodeChoice& choice) {
    std::vector<CodeId> ids;
    if (!choice.all) {
        const std::set<CodeId> each(choice.ids.begin(), choice.ids.end());
        ids.assign(each.begin(), each.end());
    } else {
        ids = TRY(IdsThatMatch(actor, world, rules, *choice.all));
    }
    if (ids.size() > kMostCodesChosen) return TooMany();
    if (choice.expected && *choice.expected != static_cast<std::int64_t>(ids.size()))
        return Error{ErrorKind::kStale, "codes.choice_changed", "Changed meanwhile",
                     Say("{} codes match now, and not {}; look at it again before you go on",
                         ids.size(), *choice.expected)};
    return ids;
}

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

BulkEach::BulkEach(World& world, const Actor& actor, const DoorRules& rules, BulkDeed deed,
                   const BulkEdit& edit)
    : world_(world), actor_(actor), rules_(rules), deed_(deed), edit_(edit) {}

Result<void> BulkEach::Change(Work& work, Code& code, Millis now) {
    if (deed_ == BulkDeed::kReactivate) return ReactivateInPlace(world_, actor_, {}, now, code);
    if (deed_ == BulkDeed::kEdit) {
        TRY(CheckEditable(rules_, code, now));
        return EditInPlace(work, world_, actor_, rules_, DraftFor(code, edit_), now, code);
    }
    RevokeInPlace(code, now);
    return {};
}

EachOutcome BulkEach::Spare(CodeId id, const std::optional<Code>& code, const Error& error) const {
    return {{},
            SparedCode{id, code ? ShortName(*code) : fmt::format("code {}", id), error.reason,
                       error.fields.empty() ? error.details : error.fields.front().message},
            {}};
}

std::optional<Code> BulkEach::Theirs(Work& work, CodeId id) const {
    auto code = work.codes.Find(id);
    const bool is_theirs = code && !code->deleted_at && IsWithin(rules_.scope, *code);
    return is_theirs ? std::move(code) : std::nullopt;
}

EachOutcome BulkEach::Preview(Work& work, CodeId id) {
    auto code = Theirs(work, id);
    if (!code) return Spare(id, {}, CodeNotFound());
    const Millis now = world_.clock.Now();
    if (deed_ == BulkDeed::kDelete || (deed_ == BulkDeed::kEdit && edit_ == BulkEdit{})) {
        const auto may = deed_ == BulkDeed::kDelete ? CheckDeletable(rules_, *code)
                                                    : CheckEditable(rules_, *code, now);
        if (!may.ok()) return Spare(id, code, may.error());
        return {std::move(code), {}, {}};
    }
    Code after = *code;
    const auto may = Change(work, after, now);
    if (!may.ok()) return Spare(id, code, may.error());
    if (ChangeDetails(*code, after) == "{}") return Spare(id, code, SameAsBefore(deed_));
    return {std::move(code), {}, {}};
}

EachOutcome BulkEach::Run(Work& work, CodeId id) {
    if (deed_ == BulkDeed::kDelete) {
        auto deleted = DeleteWithin(work, world_, actor_, rules_, id);
        if (!deleted.ok()) return Spare(id, Theirs(work, id), deleted.error());
        return {std::move(deleted).value(), {}, {}};
    }
    std::string before;
    const auto changed = ChangeWithin(work, world_, actor_, rules_.scope, id, EventOf(deed_),
                                      [&](Work& within, Code& code, Millis now) -> Result<void> {
                                          const Code stood = code;
                                          TRY(Change(within, code, now));
                                          if (deed_ == BulkDeed::kEdit)
                                              before = WhatStoodThere(stood, code);
                                          return {};
                                      });
    if (!changed.ok()) return Spare(id, Theirs(work, id), changed.error());
    if (!changed->differs) return Spare(id, changed->code, SameAsBefore(deed_));
    return {changed->code, {}, std::move(before)};
}

EachOutcome BulkEach::Undo(Work& work, CodeId id, std::int64_t version, std::string_view before) {
    const bool is_edit = deed_ == BulkDeed::kEdit;
    const auto back = ChangeWithin(
        work, world_, actor_, rules_.scope, id, EventOfUndoing(deed_),
        [&](Work&, Code& code, Millis now) -> Result<void> {
            if (code.version != version)
                return CodeConflict("code.changed", "Somebody changed it since");
            if (deed_ == BulkDeed::kRevoke) code.deactivated_at.reset();
            if (deed_ == BulkDeed::kReactivate) RevokeInPlace(code, now);
            if (!is_edit) return {};
            TRY(CheckEditable(rules_, code, now));
            return PutBack(before, code);
        },
        is_edit ? Judge::kYes : Judge::kNo);
    if (!back.ok()) return Spare(id, Theirs(work, id), back.error());
    return {back->code, {}, {}};
}

}  // namespace ostiary
