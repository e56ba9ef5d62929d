#include "pages/templates_form.h"

#include <algorithm>

#include "pages/codes_form.h"
#include "pages/codes_looks.h"
#include "pages/language.h"
#include "pages/words.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

using Typing = std::vector<std::pair<std::string, std::string>>;

bool IsFull(const Scene& scene) { return LookOf(*scene.portal).form == FormSize::kFull; }

std::string Number(const std::optional<int>& days) { return days ? std::to_string(*days) : ""; }

// What the template puts into the fields that this portal's form has.
Typing PutBy(const Scene& scene, const Template& one) {
    Typing all;
    const auto put = [&](std::string_view name, const std::string& value) {
        if (!value.empty()) all.emplace_back(name, value);
    };
    if (one.max_uses)
        all.emplace_back("max_uses", *one.max_uses == 0 ? "" : std::to_string(*one.max_uses));
    put("label", one.label);
    if (!IsFull(scene)) {
        if (one.expires_days)
            put("expires_at",
                FormatForInput(scene.now + *one.expires_days * kDay, scene.time_zone));
        return all;
    }
    put("role", one.role);
    put("task_group", one.task_group);
    put("expires_days", Number(one.expires_days));
    put("account_days", Number(one.account_days));
    put("notes", one.notes);
    put("welcome", one.welcome);
    put("email_domains", Join(one.email_domains, ", "));
    put("tags", Join(one.tags, ", "));
    return all;
}

class Filling {
public:
    Filling(const Scene& scene, const Fields& typed) : scene_(scene), all_(typed.all()) {}

    // A moment counts from when it was put there, so nobody can tell whether it was changed since.
    void TakeOut(const Template& before) {
        const Fields blank = BlankCode(scene_);
        for (const auto& [name, value] : PutBy(scene_, before))
            if (Get(name) == value || name == "expires_at") Set(name, std::string(blank.Get(name)));
        for (const AircraftGrant& grant : before.aircraft_roles) RemoveAircraft(grant);
    }

    void PutIn(const Template& now) {
        for (const auto& [name, value] : PutBy(scene_, now)) Set(name, value);
        if (now.expires_days && IsFull(scene_)) Set("expires_at", "");
        if (!IsFull(scene_)) return;
        for (const AircraftGrant& grant : now.aircraft_roles) {
            RemoveAircraft(grant);
            all_.emplace_back("aircraft", grant.registration);
            all_.emplace_back("aircraft_role", grant.role);
        }
    }

    void Set(std::string_view name, const std::string& value) {
        std::erase_if(all_, [&](const auto& field) { return field.first == name; });
        all_.emplace_back(name, value);
    }

    Fields Done() && { return Fields(std::move(all_)); }

private:
    std::string Get(std::string_view name) const {
        for (const auto& field : all_)
            if (field.first == name) return field.second;
        return {};
    }

    // Each aircraft stands before its role.
    void RemoveAircraft(const AircraftGrant& grant) {
        for (std::size_t i = 0; i + 1 < all_.size(); ++i)
            if (all_[i].first == "aircraft" && all_[i].second == grant.registration &&
                all_[i + 1].first == "aircraft_role") {
                all_.erase(all_.begin() + static_cast<std::ptrdiff_t>(i),
                           all_.begin() + static_cast<std::ptrdiff_t>(i) + 2);
                return;
            }
    }

    const Scene& scene_;
    Typing all_;
};

}  // namespace

const Template* TemplateNamed(const std::vector<Template>& all, std::string_view name) {
    if (Trim(name).empty() || !IsCleanText(name, Lines::kOne)) return nullptr;
    const std::string key = Fold(Trim(name));
    const auto found =
        std::ranges::find_if(all, [&](const Template& one) { return Fold(one.name) == key; });
    return found == all.end() ? nullptr : &*found;
}

Fields FilledIn(const Scene& scene, const Fields& typed, const Template* before,
                const Template* now) {
    Filling filling(scene, typed);
    if (before) filling.TakeOut(*before);
    if (now) filling.PutIn(*now);
    const std::string name = now ? now->name : std::string();
    filling.Set("template", name);
    filling.Set("template_was", name);
    return std::move(filling).Done();
}

std::string TemplateInShort(const Scene& scene, const Template& one) {
    std::vector<std::string> parts;
    if (!one.role.empty()) parts.push_back(RoleLabel(scene.catalogue(), one.role));
    if (!one.task_group.empty()) parts.push_back(TaskGroupLabel(scene.catalogue(), one.task_group));
    for (const AircraftGrant& grant : one.aircraft_roles)
        parts.push_back(grant.registration + " " + T(grant.role));
    if (one.max_uses)
        parts.push_back(*one.max_uses == 0 ? T("unlimited")
                                           : TN("{} use", "{} uses", *one.max_uses));
    if (one.expires_days) parts.push_back(TN("{} day", "{} days", *one.expires_days));
    return Join(parts, " · ");
}

void AddTemplateChoice(View& view, const Scene& scene, const Fields& typed,
                       const std::vector<Template>& all) {
    view.List("TEMPLATE_OPTIONS");
    const Template* chosen = TemplateNamed(all, typed.Get("template"));
    const Template* used = TemplateNamed(all, typed.Get("template_was"));
    for (const Template& one : all) {
        const std::string what = TemplateInShort(scene, one);
        view.Add("TEMPLATE_OPTIONS")
            .Set("OPTION_VALUE", one.name)
            .Set("OPTION_LABEL", what.empty() ? one.name : one.name + " — " + what)
            .Flag("OPTION_CHOSEN", &one == chosen);
    }
    view.Set("TEMPLATE_WAS", used ? used->name : "");
    std::string hint;
    if (used) {
        hint = used->description;
        if (!IsFull(scene)) {
            hint += (hint.empty() ? "" : " ") +
                    T("Codes from it grant: {}.", TemplateInShort(scene, *used));
        }
    }
    view.Set("TEMPLATE_HINT", hint);
}

Fields WithWhatIsHidden(const Scene& scene, const Fields& typed, const std::vector<Template>& all) {
    const Template* used = TemplateNamed(all, typed.Get("template_was"));
    if (!used || IsFull(scene)) return typed;
    Filling filling(scene, typed);
    if (!used->role.empty()) filling.Set("role", used->role);
    if (!used->task_group.empty()) filling.Set("task_group", used->task_group);
    const Fields filled = std::move(filling).Done();
    Typing more = filled.all();
    for (const AircraftGrant& grant : used->aircraft_roles) {
        more.emplace_back("aircraft", grant.registration);
        more.emplace_back("aircraft_role", grant.role);
    }
    return Fields(std::move(more));
}

}  // namespace ostiary::pages
