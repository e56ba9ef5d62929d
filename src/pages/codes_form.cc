#include "pages/codes_form.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/codes_bulk.h"
#include "pages/codes_looks.h"
#include "pages/language.h"
#include "pages/words.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

constexpr std::size_t kSpareAircraftRows = 3;  // without scripts there is no adding rows

Field LabelField(const Scene& scene) {
    return {"text",
            "label",
            T("Label"),
            T("For you and your colleagues, such as “Club XYZ, spring 2026”. Guests never see it."),
            {},
            {},
            "off",
            scene.portal->label_required ? "required" : "",
            "200"};
}
Field EmailField() {
    return {
        "email",
        "email",
        T("Email"),
        T("If given, only this person can use the code, and the address is filled in for them."),
        {},
        {},
        "off",
        "",
        "254"};
}
Field NameField() {
    return {"text", "name", T("Name"), T("Filled in for the guest, who may change it."), {}, {},
            "off",  "",     "200"};
}
Field MaxUsesField(const Scene& scene) {
    Field field{"number", "max_uses", T("Max Uses"),
                T("A number up to {}. Blank: unlimited.", scene.config.max_uses_limit)};
    field.quick = {"1|1", "5|5", "10|10", "|" + T("Unlimited")};
    return field;
}
Field ExpiresAtField(const Scene& scene) {
    return {"moment", "expires_at", T("Expires At"),
            T("In your time zone, {}. Blank: never.", ZoneName(scene.time_zone))};
}
Field ExpiresDaysField(const Scene& scene) {
    Field field{"number", "expires_days", T("Expires after days"),
                T("From 1 to {}. Blank: never.", scene.config.expires_days_limit)};
    field.quick = QuickDays();
    field.quick.push_back("|" + T("Never"));
    return field;
}
std::vector<Field> LaterFields(const Scene& scene) {
    return {
        {"moment", "starts_at", T("Not before"),
         T("Nobody can join earlier. In your time zone, {}.", ZoneName(scene.time_zone))},
        EmailDomainsField(),
        AccountDaysField(),
        WelcomeField(),
        TagsField(),
    };
}

Field CountField() {
    Field field{
        "number", "count", T("How many codes"),
        T("Several that are alike, each with a link of its own: from 1 to {}.", kMostMadeAtOnce)};
    field.quick = {"1|1", "10|10", "50|50", "250|250"};
    return field;
}

std::vector<Field> AdvancedFields(const Scene& scene) {
    if (LookOf(*scene.portal).form == FormSize::kShort) return {CountField()};
    std::vector<Field> fields = LaterFields(scene);
    Field moment = ExpiresAtField(scene);
    moment.hint = T("Instead of a number of days. {}", moment.hint);
    fields.insert(fields.begin(), moment);
    fields.push_back(
        {"text",
         "code",
         T("Chosen code"),
         T("6 to 32 letters, digits and dashes, such as SPRING26. Blank: a random one, "
           "which is safer."),
         {},
         {},
         "off",
         "",
         "32"});
    fields.push_back(CountField());
    return fields;
}

std::vector<Field> MainFields(const Scene& scene) {
    if (LookOf(*scene.portal).form == FormSize::kShort)
        return {LabelField(scene), EmailField(), NameField(), MaxUsesField(scene),
                ExpiresAtField(scene)};
    return {{"choice", "role", T("Role"), "", {}, RoleOptions(scene.catalogue())},
            {"choice", "task_group", T("Task Group"), "", {}, TaskGroupOptions(scene.catalogue())},
            MaxUsesField(scene),
            ExpiresDaysField(scene),
            LabelField(scene),
            EmailField(),
            NameField(),
            NotesField()};
}

std::vector<Field> EditFields(const Scene& scene) {
    if (LookOf(*scene.portal).form == FormSize::kShort)
        return {LabelField(scene),
                EmailField(),
                NameField(),
                MaxUsesField(scene),
                ExpiresAtField(scene),
                {"check", "is_active", T("Active"),
                 T("Off: links and codes show “Invalid invite code”.")}};
    return {{"choice", "role", T("Role"), "", {}, RoleOptions(scene.catalogue())},
            {"choice", "task_group", T("Task Group"), "", {}, TaskGroupOptions(scene.catalogue())},
            MaxUsesField(scene),
            ExpiresAtField(scene),
            LabelField(scene),
            EmailField(),
            NameField(),
            NotesField()};
}

const std::vector<FieldError>& ErrorsIn(const Error* error) {
    static const std::vector<FieldError> none;
    return error ? error->fields : none;
}

// A check box that is off sends nothing: the hidden "0" before it does.
std::string LastOf(const Fields& typed, std::string_view name) {
    const auto all = typed.All(name);
    return all.empty() ? std::string() : std::string(all.back());
}

void AddAll(View& view, std::string_view list, const std::vector<Field>& fields,
            const Fields& typed, const Error* error) {
    view.List(list);
    for (Field field : fields) {
        field.value = LastOf(typed, field.name);
        AddField(view, list, "code", field, ErrorsIn(error));
    }
}

std::optional<std::string> Sent(const Fields& typed, std::string_view name) {
    const auto value = typed.Find(name);
    return value ? std::optional<std::string>(*value) : std::nullopt;
}

std::optional<std::vector<std::string>> SentList(const Fields& typed, std::string_view name) {
    const auto value = typed.Find(name);
    return value ? std::optional(SplitList(*value, ',')) : std::nullopt;
}

}  // namespace

Field NotesField() {
    return {"area", "notes", T("Notes"), T("Only people who manage codes see them."), {}, {},
            "off",  "",      "5000"};
}
Field WelcomeField() {
    return {
        "area", "welcome", T("Welcome text"), T("Guests read it above the form."), {}, {}, "off",
        "",     "2000"};
}
Field EmailDomainsField() {
    return {
        "text", "email_domains", T("Email domains"),
        T("Only addresses of these domains may join, such as example.org. Separate several with "
          "commas.")};
}
Field AccountDaysField() {
    return {"number", "account_days", T("Account lifetime in days"),
            T("The accounts it makes end after so many days. Blank: they stay.")};
}
Field TagsField() { return {"text", "tags", T("Tags"), T("Separate several with commas.")}; }

std::vector<std::string> QuickDays() {
    std::vector<std::string> quick;
    for (const int days : {7, 30, 90})
        quick.push_back(fmt::format("{}|{}", days, TN("{} day", "{} days", days)));
    return quick;
}

Fields BlankCode(const Scene& scene) {
    const Catalogue& catalogue = scene.catalogue();
    std::vector<std::pair<std::string, std::string>> all = {
        {"role", catalogue.default_role}, {"task_group", catalogue.default_task_group}};
    if (LookOf(*scene.portal).form == FormSize::kFull) all.emplace_back("max_uses", "1");
    return Fields(std::move(all));
}

Fields FieldsOf(const Code& code, const Scene& scene) {
    const auto moment = [&](const std::optional<Millis>& at) {
        return at ? FormatForInput(*at, scene.time_zone) : "";
    };
    return Fields({{"label", code.label},
                   {"email", code.email},
                   {"name", code.name},
                   {"role", code.role},
                   {"task_group", code.task_group},
                   {"max_uses", code.max_uses ? std::to_string(*code.max_uses) : ""},
                   {"expires_at", moment(code.expires_at)},
                   {"notes", code.notes},
                   {"starts_at", moment(code.starts_at)},
                   {"email_domains", Join(code.email_domains, ", ")},
                   {"account_days", code.account_days ? std::to_string(*code.account_days) : ""},
                   {"welcome", code.welcome},
                   {"tags", Join(code.tags, ", ")},
                   {"is_active", code.is_active() ? "1" : "0"}});
}

CodeDraft DraftOf(const Fields& typed) {
    CodeDraft draft;
    draft.role = Sent(typed, "role");
    draft.task_group = Sent(typed, "task_group");
    draft.label = Sent(typed, "label");
    draft.email = Sent(typed, "email");
    draft.name = Sent(typed, "name");
    draft.notes = Sent(typed, "notes");
    draft.welcome = Sent(typed, "welcome");
    draft.code = Sent(typed, "code");
    draft.template_name = Sent(typed, "template");
    draft.max_uses = Sent(typed, "max_uses");
    draft.expires_days = Sent(typed, "expires_days");
    draft.expires_at = Sent(typed, "expires_at");
    draft.starts_at = Sent(typed, "starts_at");
    draft.account_days = Sent(typed, "account_days");
    draft.email_domains = SentList(typed, "email_domains");
    draft.tags = SentList(typed, "tags");
    if (typed.Find("is_active")) draft.is_active = LastOf(typed, "is_active") == "1";
    const auto aircraft = typed.All("aircraft"), roles = typed.All("aircraft_role");
    if (aircraft.empty()) return draft;
    auto& grants = draft.aircraft_roles.emplace();
    for (std::size_t i = 0; i < aircraft.size(); ++i)
        if (!aircraft[i].empty())
            grants.emplace_back(aircraft[i], i < roles.size() ? roles[i] : "");
    return draft;
}

void AddAircraftOptions(View& view, const Scene& scene, const std::vector<Aircraft>& fleet,
                        std::string_view chosen, std::string_view role) {
    view.List("AIRCRAFT_OPTIONS").List("AIRCRAFT_ROLE_OPTIONS");
    for (const Aircraft& aircraft : fleet) {
        if (aircraft.retired_at) continue;
        view.Add("AIRCRAFT_OPTIONS")
            .Set("OPTION_VALUE", aircraft.registration)
            .Set("OPTION_LABEL", aircraft.name.empty()
                                     ? aircraft.registration
                                     : aircraft.registration + " · " + aircraft.name)
            .Flag("OPTION_CHOSEN", aircraft.registration == chosen);
    }
    for (const auto& entry : scene.catalogue().aircraft_roles)
        view.Add("AIRCRAFT_ROLE_OPTIONS")
            .Set("OPTION_VALUE", entry.name)
            .Set("OPTION_LABEL", entry.label)
            .Flag("OPTION_CHOSEN", entry.name == role);
}

namespace {

// Those chosen so far, and some more to choose.
void AddAircraftRows(View& view, const Scene& scene, const Fields& typed,
                     const std::vector<Aircraft>& fleet) {
    std::vector<std::pair<std::string_view, std::string_view>> rows;
    const auto aircraft = typed.All("aircraft"), roles = typed.All("aircraft_role");
    for (std::size_t i = 0; i < aircraft.size(); ++i)
        if (!aircraft[i].empty())
            rows.emplace_back(aircraft[i], i < roles.size() ? roles[i] : std::string_view());
    rows.resize(rows.size() + kSpareAircraftRows);
    std::int64_t number = 0;
    for (const auto& [registration, role] : rows)
        AddAircraftOptions(view.Add("AIRCRAFT_ROWS").Set("ROW", ++number), scene, fleet,
                           registration, role);
}

bool AnyTyped(const std::vector<Field>& fields, const Fields& typed) {
    return std::ranges::any_of(fields,
                               [&](const Field& field) { return !typed.Get(field.name).empty(); });
}

}  // namespace

void AddCodeFields(View& view, const Scene& scene, const Fields& typed,
                   const std::vector<Aircraft>& fleet, const Error* error) {
    const bool full = LookOf(*scene.portal).form == FormSize::kFull;
    AddAll(view, "FIELDS", MainFields(scene), typed, error);
    view.List("ADVANCED").List("AIRCRAFT_ROWS").Flag("ADVANCED_OPEN", false);
    std::string aircraft_error;
    for (const FieldError& wrong : ErrorsIn(error))
        if (wrong.field == "aircraft_roles") aircraft_error = Said(wrong.message);
    view.Set("AIRCRAFT_ERROR", aircraft_error);
    SetErrors(view, "code", error);
    AddAll(view, "ADVANCED", AdvancedFields(scene), typed, error);
    view.Flag("ADVANCED_OPEN", AnyTyped(AdvancedFields(scene), typed));
    if (full) AddAircraftRows(view, scene, typed, fleet);
}

void AddEditFields(View& view, const Scene& scene, const Fields& typed, const Error* error) {
    AddAll(view, "FIELDS", EditFields(scene), typed, error);
    view.List("ADVANCED").Flag("ADVANCED_OPEN", false);
    if (LookOf(*scene.portal).form == FormSize::kFull) {
        AddAll(view, "ADVANCED", LaterFields(scene), typed, error);
        view.Flag("ADVANCED_OPEN", AnyTyped(LaterFields(scene), typed));
    }
    SetErrors(view, "code", error);
}

std::vector<Difference> DifferencesBetween(const Scene& scene, const Fields& saved,
                                           const Fields& typed) {
    std::vector<Difference> differences;
    std::vector<Field> fields = EditFields(scene);
    if (LookOf(*scene.portal).form == FormSize::kFull)
        std::ranges::move(LaterFields(scene), std::back_inserter(fields));
    for (const Field& field : fields) {
        const std::string theirs = LastOf(saved, field.name), mine = LastOf(typed, field.name);
        if (theirs != mine)
            differences.push_back(
                {field.label, theirs.empty() ? "—" : theirs, mine.empty() ? "—" : mine});
    }
    return differences;
}

}  // namespace ostiary::pages
