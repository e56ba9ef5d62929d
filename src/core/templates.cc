#include "core/templates.h"

#include <algorithm>

#include "core/accounts.h"
#include "core/authority.h"
#include "core/code_drafts.h"
#include "core/happenings.h"
#include "util/text.h"

namespace ostiary {
namespace {

using enum Permission;

constexpr std::size_t kLongestName = 60, kLongestDescription = 200, kMostTemplates = 200;

Error NoSuchTemplate() {
    return {ErrorKind::kNotFound, "template.unknown", "Not found", "There is no such template"};
}

Error ChangedMeanwhile() {
    return {ErrorKind::kStale, "template.changed", "Changed meanwhile",
            "Somebody changed this template meanwhile; look at it again before you go on"};
}

Error NotYours() {
    return {ErrorKind::kForbidden, "template.not_yours", "Access denied",
            "This template was made by somebody else; ask them or a superuser to change it"};
}

Error TakenName() {
    return {ErrorKind::kConflict,
            "template.taken",
            "Conflict",
            "There is a template of this name already",
            {{"name", "template.taken", "There is a template of this name already"}}};
}

bool IsBlank(const std::optional<std::string>& typed) { return typed && Trim(*typed).empty(); }

// Checks what was typed by the rules of a code, and takes it over.
class Drafting {
public:
    Drafting(const TemplateDraft& typed, const Config& config, Millis now, Template& into)
        : typed_(typed), config_(config), now_(now), into_(into) {}

    Result<void> Apply(Work& work) {
        Name();
        CodeDraft draft = typed_.code;
        // An empty one is left open, which a code's cannot be.
        for (auto* one : {&draft.role, &draft.task_group, &draft.max_uses, &draft.expires_days})
            if (IsBlank(*one)) one->reset();
        draft.email = draft.name = draft.code = draft.template_name = draft.starts_at =
            draft.expires_at = std::nullopt;
        Code probe;
        ApplyDraft(draft, config_, work, "", now_, LabelRule::kOptional, probe, errors_);
        if (!errors_.empty()) return InvalidFields(std::move(errors_));
        Take(draft, probe);
        return {};
    }

private:
    void Name() {
        if (typed_.name) into_.name = Trim(*typed_.name);
        if (typed_.description) into_.description = Trim(*typed_.description);
        if (into_.name.empty())
            errors_.push_back({"name", "name.required", "A template needs a name"});
        else if (!IsCleanText(into_.name, Lines::kOne) ||
                 CountCharacters(into_.name) > kLongestName)
            errors_.push_back({"name", "name.invalid",
                               Say("A name has at most {} characters, on one line", kLongestName)});
        if (!IsCleanText(into_.description, Lines::kOne) ||
            CountCharacters(into_.description) > kLongestDescription)
            errors_.push_back(
                {"description", "description.invalid",
                 Say("A description has at most {} characters, on one line", kLongestDescription)});
    }

    void Take(const CodeDraft& draft, Code& probe) {
        const CodeDraft& typed = typed_.code;
        if (typed.role) into_.role = probe.role;
        if (typed.task_group) into_.task_group = probe.task_group;
        if (typed.max_uses)
            into_.max_uses =
                draft.max_uses ? std::optional(probe.max_uses.value_or(0)) : std::nullopt;
        if (typed.expires_days) {
            into_.expires_days.reset();
            if (draft.expires_days)
                into_.expires_days = static_cast<int>(*ParseInt(Trim(*draft.expires_days)));
        }
        if (typed.account_days) into_.account_days = probe.account_days;
        if (typed.label) into_.label = probe.label;
        if (typed.notes) into_.notes = probe.notes;
        if (typed.welcome) into_.welcome = probe.welcome;
        if (typed.email_domains) into_.email_domains = std::move(probe.email_domains);
        if (typed.tags) into_.tags = std::move(probe.tags);
        if (typed.aircraft_roles) into_.aircraft_roles = std::move(probe.aircraft_roles);
    }

    const TemplateDraft& typed_;
    const Config& config_;
    const Millis now_;
    Template& into_;
    std::vector<FieldError> errors_;
};

// A template may not carry more than its maker may grant. What it leaves open counts as what one
// has anyway.
Result<void> CheckReach(const Authority& own, const Catalogue& catalogue, const Template& one) {
    const std::string& role = one.role.empty() ? catalogue.default_role : one.role;
    const std::string& group = one.task_group.empty() ? own.task_group : one.task_group;
    if (own.Covers(catalogue, role, group, one.aircraft_roles)) return {};
    return InvalidFields({{"role", "template.beyond",
                           "This is more than you may grant yourself: choose another role, your "
                           "own task group, or aircraft that you hold"}});
}

Result<void> CheckOwnership(const Authority& own, const Actor& actor, const Template& one) {
    const bool is_own = !actor.account_id.empty() && one.created_by_id == actor.account_id;
    if (own.everything || is_own) return {};
    return NotYours();
}

std::string Text(const std::optional<std::int64_t>& number) {
    return number ? std::to_string(*number) : std::string();
}

std::string Differences(const Template& before, const Template& after) {
    const auto access = [](const Template& one) {
        return one.aircraft_roles.empty() ? std::string() : AccessSummary(one.aircraft_roles);
    };
    return DifferenceDetails(
        {{"name", before.name, after.name},
         {"description", before.description, after.description},
         {"role", before.role, after.role},
         {"task_group", before.task_group, after.task_group},
         {"aircraft_roles", access(before), access(after)},
         {"max_uses", Text(before.max_uses), Text(after.max_uses)},
         {"expires_days", Text(before.expires_days), Text(after.expires_days)},
         {"account_days", Text(before.account_days), Text(after.account_days)},
         {"label", before.label, after.label},
         {"notes", before.notes, after.notes},
         {"welcome", before.welcome, after.welcome},
         {"email_domains", Join(before.email_domains, ", "), Join(after.email_domains, ", ")},
         {"tags", Join(before.tags, ", "), Join(after.tags, ", ")}});
}

Event AboutTemplate(EventKind kind, const Actor& actor, Millis now, const Template& one) {
    Event event = Happened(kind, actor, now);
    event.subject_id = std::to_string(one.id);
    event.subject_name = one.name;
    return event;
}

Result<Template> Known(Work& work, TemplateId id, std::optional<std::int64_t> expected_version) {
    auto found = work.templates.Find(id);
    if (!found) return NoSuchTemplate();
    if (expected_version && *expected_version != found->version) return ChangedMeanwhile();
    return *std::move(found);
}

}  // namespace

Result<Template> CreateTemplate(Permit<kTemplatesWrite> permit, World& world,
                                const TemplateDraft& draft) {
    const Actor& actor = permit.holder();
    Template made;
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        const Millis now = world.clock.Now();
        made = {};
        TRY(Drafting(draft, world.config, now, made).Apply(work));
        const Catalogue& catalogue = world.config.catalogue;
        TRY(CheckReach(AuthorityOfActor(work, catalogue, actor), catalogue, made));
        if (work.templates.List().size() >= kMostTemplates)
            return Error{ErrorKind::kConflict, "templates.many", "Conflict",
                         Say("There are {} templates already; delete one first", kMostTemplates)};
        made.created_by_id = actor.account_id;
        made.created_by = actor.username;
        made.created_at = made.updated_at = now;
        const auto added = work.templates.Add(made);
        if (!added.ok()) return TakenName();
        made.id = added.value();
        work.events.Append(With(AboutTemplate(EventKind::kTemplateCreated, actor, now, made),
                                Differences({}, made)));
        return {};
    }));
    return made;
}

Result<Template> EditTemplate(Permit<kTemplatesWrite> permit, World& world, TemplateId id,
                              const TemplateDraft& draft,
                              std::optional<std::int64_t> expected_version) {
    const Actor& actor = permit.holder();
    Template changed;
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        const Millis now = world.clock.Now();
        const Catalogue& catalogue = world.config.catalogue;
        const Authority own = AuthorityOfActor(work, catalogue, actor);
        const Template before = TRY(Known(work, id, expected_version));
        changed = before;
        TRY(Drafting(draft, world.config, now, changed).Apply(work));
        const std::string details = Differences(before, changed);
        if (details == "{}") return {};
        TRY(CheckOwnership(own, actor, before));
        TRY(CheckReach(own, catalogue, changed));
        changed.updated_at = now;
        if (!work.templates.Save(changed).ok()) return TakenName();
        ++changed.version;
        work.events.Append(
            With(AboutTemplate(EventKind::kTemplateEdited, actor, now, changed), details));
        return {};
    }));
    return changed;
}

Result<void> DeleteTemplate(Permit<kTemplatesWrite> permit, World& world, TemplateId id,
                            std::optional<std::int64_t> expected_version) {
    const Actor& actor = permit.holder();
    return world.store.Transact([&](Work& work) -> Result<void> {
        const Authority own = AuthorityOfActor(work, world.config.catalogue, actor);
        const Template gone = TRY(Known(work, id, expected_version));
        TRY(CheckOwnership(own, actor, gone));
        if (!work.templates.Delete(id)) return NoSuchTemplate();
        work.events.Append(
            With(AboutTemplate(EventKind::kTemplateDeleted, actor, world.clock.Now(), gone),
                 Differences(gone, {})));
        return {};
    });
}

Result<Template> GetTemplate(Permit<kTemplatesRead>, World& world, TemplateId id) {
    std::optional<Template> found;
    world.store.Read([&](Work& work) { found = work.templates.Find(id); });
    if (!found) return NoSuchTemplate();
    return *std::move(found);
}

Result<std::vector<Template>> ListTemplates(Permit<kTemplatesRead>, World& world) {
    std::vector<Template> all;
    world.store.Read([&](Work& work) { all = work.templates.List(); });
    return all;
}

Result<std::map<TemplateId, std::int64_t>> CountTemplateCodes(Permit<kTemplatesRead>,
                                                              World& world) {
    std::map<TemplateId, std::int64_t> counts;
    world.store.Read([&](Work& work) { counts = work.templates.CountCodes(kMostTemplateCodes); });
    return counts;
}

std::optional<Template> FindTemplate(Work& work, std::string_view typed) {
    const auto name = Trim(typed);
    if (name.empty() || !IsCleanText(name, Lines::kOne)) return std::nullopt;
    return work.templates.FindByName(name);
}

CodeDraft FilledFrom(const Template& one, CodeDraft draft) {
    const auto fill = [](std::optional<std::string>& field, const std::string& value) {
        if (!field && !value.empty()) field = value;
    };
    const bool ends = draft.expires_days || draft.expires_at;
    fill(draft.role, one.role);
    fill(draft.task_group, one.task_group);
    fill(draft.max_uses, Text(one.max_uses));
    if (!ends) fill(draft.expires_days, Text(one.expires_days));
    fill(draft.account_days, Text(one.account_days));
    fill(draft.label, one.label);
    fill(draft.notes, one.notes);
    fill(draft.welcome, one.welcome);
    if (!draft.email_domains && !one.email_domains.empty()) draft.email_domains = one.email_domains;
    if (!draft.tags && !one.tags.empty()) draft.tags = one.tags;
    if (!draft.aircraft_roles && !one.aircraft_roles.empty()) {
        auto& roles = draft.aircraft_roles.emplace();
        for (const AircraftGrant& grant : one.aircraft_roles)
            roles.emplace_back(grant.registration, grant.role);
    }
    draft.template_name = one.name;
    return draft;
}

Template TemplateLike(const Config& config, const Code& code) {
    Template one;
    one.role = code.role;
    one.task_group = code.task_group;
    one.max_uses = code.max_uses.value_or(0);
    if (code.expires_at)  // as long as the code had
        one.expires_days = static_cast<int>(std::clamp<Millis>(
            (*code.expires_at - code.created_at + kDay - 1) / kDay, 1, config.expires_days_limit));
    one.account_days = code.account_days;
    if (code.label != DefaultLabel(config.catalogue, code)) one.label = code.label;
    one.notes = code.notes;
    one.welcome = code.welcome;
    one.email_domains = code.email_domains;
    one.tags = code.tags;
    one.aircraft_roles = code.aircraft_roles;
    return one;
}

}  // namespace ostiary
