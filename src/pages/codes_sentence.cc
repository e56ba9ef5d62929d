// What a new code will do, in one sentence that grows while it is typed.

#include <algorithm>

#include "pages/codes_form.h"
#include "pages/codes_looks.h"
#include "pages/language.h"
#include "pages/words.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

std::string WhoMayJoin(const Fields& typed) {
    if (const auto email = Trim(typed.Get("email")); !email.empty())
        return T("Only {} may join", email);
    const auto uses = ParseInt(typed.Get("max_uses"));
    if (!uses || *uses < 1) return T("Any number of people may join");
    return *uses == 1 ? T("One person may join") : T("Up to {} people may join", *uses);
}

std::optional<Millis> EndOf(const Scene& scene, const Fields& typed) {
    if (const auto days = ParseInt(typed.Get("expires_days")); days && *days > 0)
        return scene.now + std::min<std::int64_t>(*days, 36'500) * kDay;
    return ParseMoment(typed.Get("expires_at"), scene.time_zone);
}

std::string AircraftWords(const Scene& scene, const Fields& typed) {
    const auto aircraft = typed.All("aircraft"), roles = typed.All("aircraft_role");
    std::string words;
    for (std::size_t i = 0; i < aircraft.size(); ++i)
        if (!aircraft[i].empty())
            words += (words.empty() ? "" : ", ") +
                     T("{} of {}",
                       AircraftRoleLabel(scene.catalogue(), i < roles.size() ? roles[i] : ""),
                       aircraft[i]);
    return words;
}

std::string Or(std::string_view typed, std::string_view otherwise) {
    return std::string(typed.empty() ? otherwise : typed);
}

}  // namespace

std::string CreateSentence(const Scene& scene, const Fields& typed) {
    const Catalogue& catalogue = scene.catalogue();
    const std::string who = WhoMayJoin(typed);
    const std::string role = RoleLabel(catalogue, Or(typed.Get("role"), catalogue.default_role));
    const std::string group =
        TaskGroupLabel(catalogue, Or(typed.Get("task_group"), catalogue.default_task_group));
    const auto end = EndOf(scene, typed);
    const std::string aircraft = AircraftWords(scene, typed);
    std::string sentence =
        end ? T("{} as {} in {} until {}.", who, role, group, DayInWords(*end, scene.time_zone))
            : T("{} as {} in {}, with no end.", who, role, group);
    if (!aircraft.empty()) sentence += " " + T("They become {}.", aircraft);
    return sentence;
}

Fields Prefilled(const Scene& scene, const Fields& asked) {
    static constexpr std::string_view kNames[] = {
        "role",         "task_group", "label",    "email",         "name",
        "max_uses",     "expires_at", "notes",    "expires_days",  "starts_at",
        "welcome",      "tags",       "aircraft", "aircraft_role", "email_domains",
        "account_days", "count",      "template", "template_was"};
    std::vector<std::pair<std::string, std::string>> all;
    for (const auto& [name, value] : asked.all())
        if (std::ranges::find(kNames, name) != std::end(kNames)) all.emplace_back(name, value);
    const Fields blank = BlankCode(scene);
    for (const auto& [name, value] : blank.all())
        if (!asked.Find(name)) all.emplace_back(name, value);
    return Fields(std::move(all));
}

Fields LikeCode(const Scene& scene, const Code& code) {
    std::vector<std::pair<std::string, std::string>> all;
    const Fields fields = FieldsOf(code, scene);
    for (const auto& [name, value] : fields.all())
        if (name != "is_active" && name != "email" && name != "name" && name != "expires_at" &&
            name != "starts_at")
            all.emplace_back(name, value);
    if (code.expires_at) {  // as long as the other had
        const Millis length = *code.expires_at - code.created_at;
        const auto days = std::clamp<std::int64_t>((length + kDay - 1) / kDay, 1,
                                                   scene.config.expires_days_limit);
        if (LookOf(*scene.portal).form == FormSize::kFull)
            all.emplace_back("expires_days", std::to_string(days));
        else
            all.emplace_back("expires_at",
                             FormatForInput(scene.now + days * kDay, scene.time_zone));
    }
    for (const AircraftGrant& grant : code.aircraft_roles) {
        all.emplace_back("aircraft", grant.registration);
        all.emplace_back("aircraft_role", grant.role);
    }
    return Fields(std::move(all));
}

}  // namespace ostiary::pages
