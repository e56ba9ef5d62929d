#include "core/code_drafts.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/accounts.h"
#include "core/aircraft.h"
#include "core/templates.h"
#include "util/text.h"

namespace ostiary {
namespace {

constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kTokenBytes = 16;  // 128 bits
constexpr std::size_t kLongestLabel = 200, kLongestNotes = 5000, kLongestWelcome = 2000,
                      kLongestTag = 40;
constexpr std::size_t kMostTags = 20, kMostDomains = 20, kMostAircraft = 50;
constexpr std::size_t kMostAircraftBlamed = 5;
constexpr int kLongestAccountDays = 3650;
constexpr std::size_t kShortestChosen = 6, kLongestChosen = 32;

// One draft on its way into one code.
class Draft {
public:
    Draft(const CodeDraft& draft, const Config& config, std::string_view time_zone, Millis now,
          Code& code, std::vector<FieldError>& errors)
        : draft_(draft),
          config_(config),
          time_zone_(time_zone),
          now_(now),
          code_(code),
          errors_(errors) {}

    void Words(LabelRule rule) {
        Text("label", draft_.label, kLongestLabel, Lines::kOne, code_.label);
        if (rule == LabelRule::kRequired && code_.label.empty())
            Blame("label", "label.required", "Label is required");
        Text("notes", draft_.notes, kLongestNotes, Lines::kMany, code_.notes);
        Text("welcome", draft_.welcome, kLongestWelcome, Lines::kMany, code_.welcome);
        if (draft_.name) {
            code_.name = Trim(*draft_.name);
            CheckName(code_.name, errors_);
        }
        if (draft_.email) {
            code_.email = Trim(*draft_.email);
            if (!code_.email.empty()) CheckEmail(code_.email, errors_);
        }
    }

    void FromTemplate(Work& work) {
        if (!draft_.template_name) return;
        const auto typed = Trim(*draft_.template_name);
        if (typed == code_.template_name) return;
        if (typed.empty()) return code_.template_name.clear();
        const auto found = FindTemplate(work, typed);
        if (!found)
            return Blame("template", "template.unknown", "There is no template of this name");
        code_.template_name = found->name;
    }

    void Grants(Work& work) {
        const Catalogue& catalogue = config_.catalogue;
        if (draft_.role) {
            const auto* role = catalogue.FindRole(*draft_.role);
            if (role)
                code_.role = role->name;
            else
                Blame("role", "role.unknown",
                      Say("Role must be one of: {}", catalogue.RoleNames()));
        }
        if (draft_.task_group) {
            const auto* group = catalogue.FindTaskGroup(*draft_.task_group);
            if (group)
                code_.task_group = group->name;
            else
                Blame("task_group", "task_group.unknown",
                      Say("Task group must be one of: {}", catalogue.TaskGroupNames()));
        }
        if (draft_.aircraft_roles) AircraftRoles(work);
    }

    void Uses() {
        if (!draft_.max_uses) return;
        const auto typed = Trim(*draft_.max_uses);
        const auto number = typed.empty() ? std::optional<std::int64_t>(0) : ParseInt(typed);
        if (!number || *number < 0 || *number > config_.max_uses_limit)
            return Blame(
                "max_uses", "max_uses.invalid",
                Say("Max uses must be a whole number from 0 to {}; 0 or blank means unlimited",
                    config_.max_uses_limit));
        if (*number != 0 && *number < code_.used_count)
            return Blame("max_uses", "max_uses.below_used",
                         Say("The code has been used {} times already; max uses cannot be less",
                             code_.used_count));
        code_.max_uses = *number == 0 ? std::nullopt : number;
    }

    void Times() {
        const bool days = draft_.expires_days && !Trim(*draft_.expires_days).empty();
        const bool at = draft_.expires_at && !Trim(*draft_.expires_at).empty();
        if (days && at)
            Blame("expires_at", "expires.twice",
                  "Give either a number of days or a date, not both");
        else if (days)
            ExpiresInDays(Trim(*draft_.expires_days));
        else if (draft_.expires_at)
            ExpiresAt(Trim(*draft_.expires_at));
        else if (draft_.expires_days)
            code_.expires_at.reset();
    }

    void Extras() {
        if (draft_.starts_at) StartsAt(Trim(*draft_.starts_at));
        if (draft_.account_days) AccountDays(Trim(*draft_.account_days));
        if (draft_.email_domains) EmailDomains();
        if (draft_.tags) Tags();
        if (draft_.is_active) {
            if (!*draft_.is_active && !code_.deactivated_at) code_.deactivated_at = now_;
            if (*draft_.is_active) code_.deactivated_at.reset();
        }
    }

    void ChosenCode() {
        if (!draft_.code) return;
        const std::string typed(Trim(*draft_.code));
        if (typed.empty()) return;
        const bool letters = std::ranges::all_of(typed, [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                   c == '-';
        });
        const std::string normalized = NormalizeCode(typed);
        if (!letters || normalized.size() < kShortestChosen || typed.size() > kLongestChosen)
            return Blame("code", "code.invalid",
                         Say("A chosen code has {} to {} letters, digits and dashes",
                             kShortestChosen, kLongestChosen));
        code_.code = normalized;
        code_.shown = typed;
        std::ranges::transform(code_.shown, code_.shown.begin(), [](char c) {
            return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        });
    }

private:
    void Blame(std::string field, std::string reason, Sentence message) {
        errors_.push_back({std::move(field), std::move(reason), std::move(message)});
    }

    void Text(const char* field, const std::optional<std::string>& typed, std::size_t longest,
              Lines lines, std::string& into) {
        if (!typed) return;
        into = Trim(*typed);
        if (!IsCleanText(into, lines))
            Blame(field, std::string(field) + ".invalid",
                  "This text has characters that cannot be shown");
        else if (CountCharacters(into) > longest)
            Blame(field, std::string(field) + ".long",
                  Say("This text may have at most {} characters", longest));
    }

    void ExpiresInDays(std::string_view typed) {
        const auto days = ParseInt(typed);
        if (!days || *days < 1 || *days > config_.expires_days_limit)
            return Blame("expires_days", "expires.invalid",
                         Say("Expiration must be a whole number of days from 1 to {}",
                             config_.expires_days_limit));
        code_.expires_at = now_ + *days * kDay;
    }

    void ExpiresAt(std::string_view typed) {
        if (typed.empty()) return code_.expires_at.reset();
        // A form sends the moment back to the minute: what was not touched stays exactly as it was.
        if (code_.expires_at && typed == FormatForInput(*code_.expires_at, time_zone_)) return;
        const auto moment = ParseMoment(typed, time_zone_);
        if (moment && code_.expires_at && *moment / kSecond == *code_.expires_at / kSecond) return;
        if (!moment)
            return Blame("expires_at", "expires.invalid",
                         "Expiration must be a date and time such as 2030-10-13T12:00:00Z");
        if (*moment <= now_)
            return Blame("expires_at", "expires.past", "Expiration must be in the future");
        code_.expires_at = moment;
    }

    void StartsAt(std::string_view typed) {
        if (typed.empty()) return code_.starts_at.reset();
        if (code_.starts_at && typed == FormatForInput(*code_.starts_at, time_zone_)) return;
        const auto moment = ParseMoment(typed, time_zone_);
        if (!moment)
            return Blame("starts_at", "starts.invalid",
                         "The start must be a date and time such as 2030-10-13T12:00:00Z");
        if (code_.expires_at && *moment >= *code_.expires_at)
            return Blame("starts_at", "starts.late", "The code would expire before it starts");
        code_.starts_at = moment;
    }

    void AccountDays(std::string_view typed) {
        if (typed.empty()) return code_.account_days.reset();
        const auto days = ParseInt(typed);
        if (!days || *days < 1 || *days > kLongestAccountDays)
            return Blame("account_days", "account_days.invalid",
                         Say("The account's lifetime must be a whole number of days from 1 to {}",
                             kLongestAccountDays));
        code_.account_days = static_cast<int>(*days);
    }

    void EmailDomains() {
        if (draft_.email_domains->size() > kMostDomains)
            return Blame("email_domains", "email_domains.many",
                         Say("At most {} domains", kMostDomains));
        code_.email_domains.clear();
        for (const std::string& typed : *draft_.email_domains) {
            std::string_view domain = Trim(typed);
            if (domain.starts_with('@')) domain.remove_prefix(1);
            if (domain.empty()) continue;
            if (!IsEmailAddress("x@" + std::string(domain)))
                return Blame("email_domains", "email_domains.invalid",
                             "Each domain must look like example.org");
            code_.email_domains.push_back(Fold(domain));
        }
    }

    void Tags() {
        if (draft_.tags->size() > kMostTags)
            return Blame("tags", "tags.many", Say("At most {} tags", kMostTags));
        code_.tags.clear();
        for (const std::string& typed : *draft_.tags) {
            const std::string tag(Trim(typed));
            if (tag.empty() || std::ranges::find(code_.tags, tag) != code_.tags.end()) continue;
            if (!IsCleanText(tag, Lines::kOne) || CountCharacters(tag) > kLongestTag ||
                tag.find(',') != tag.npos)
                return Blame(
                    "tags", "tags.invalid",
                    Say("A tag is a word or a few, without commas, of at most {} characters",
                        kLongestTag));
            code_.tags.push_back(tag);
        }
    }

    void AircraftRoles(Work& work) {
        if (draft_.aircraft_roles->size() > kMostAircraft)
            return Blame("aircraft_roles", "aircraft_roles.many",
                         Say("At most {} aircraft roles", kMostAircraft));
        code_.aircraft_roles.clear();
        const std::size_t blamed = errors_.size() + kMostAircraftBlamed;
        for (const auto& [registration, role] : *draft_.aircraft_roles)
            if (errors_.size() < blamed) AircraftRole(work, registration, role);
    }

    void AircraftRole(Work& work, const std::string& registration, const std::string& role_name) {
        const std::string name = NormalizeRegistration(registration);
        const auto aircraft = FindAircraft(work, registration);
        const auto* role = config_.catalogue.FindAircraftRole(role_name);
        if (!aircraft || aircraft->retired_at)
            return Blame("aircraft_roles", "aircraft.unknown",
                         IsCleanText(name, Lines::kOne) ? Say("There is no aircraft {}", name)
                                                        : Sentence("There is no such aircraft"));
        if (!role)
            return Blame(
                "aircraft_roles", "aircraft_role.unknown",
                Say("Aircraft role must be one of: {}", config_.catalogue.AircraftRoleNames()));
        std::erase_if(code_.aircraft_roles,
                      [&](const AircraftGrant& held) { return held.aircraft_id == aircraft->id; });
        code_.aircraft_roles.push_back({aircraft->id, aircraft->registration, role->name});
    }

    const CodeDraft& draft_;
    const Config& config_;
    const std::string_view time_zone_;
    const Millis now_;
    Code& code_;
    std::vector<FieldError>& errors_;
};

}  // namespace

void ApplyDraft(const CodeDraft& typed, const Config& config, Work& work,
                std::string_view time_zone, Millis now, LabelRule label, Code& code,
                std::vector<FieldError>& errors) {
    Draft draft(typed, config, time_zone, now, code, errors);
    // In the order of the form, which is the order in which errors are told.
    draft.FromTemplate(work);
    draft.Grants(work);
    draft.Uses();
    draft.Times();
    draft.Words(label);
    draft.Extras();
    draft.ChosenCode();
}

void ApplyRenewal(const CodeDraft& typed, const Config& config, std::string_view time_zone,
                  Millis now, Code& code, std::vector<FieldError>& errors) {
    Draft draft(typed, config, time_zone, now, code, errors);
    draft.Uses();
    draft.Times();
}

std::string GenerateCode(Random& random, int length) {
    std::string code(static_cast<std::size_t>(length), ' ');
    for (char& letter : code) letter = kCrockford[RandomBelow(random, kCrockford.size())];
    return code;
}

std::string GenerateLinkToken(Random& random) { return RandomToken(random, kTokenBytes); }

}  // namespace ostiary
