#include "pages/templates_views.h"

#include "core/codes_bulk.h"
#include "http/forms.h"
#include "pages/codes_form.h"
#include "pages/codes_funnel_views.h"
#include "pages/codes_views.h"
#include "pages/language.h"
#include "pages/templates_form.h"
#include "pages/words.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

const std::string kTemplates = std::string(PortalOf(PortalId::kAdmin).home) + "templates/";

std::string Number(const auto& number) { return number ? std::to_string(*number) : ""; }

std::vector<Option> LeftOpen(std::vector<Option> options) {
    return WithAny(T("Left open"), std::move(options));
}

std::vector<Field> MainFields(const Scene& scene) {
    Field uses{"number", "max_uses", T("Max Uses"),
               T("0: unlimited. Blank: left open to whoever uses the template.")};
    uses.quick = {"1|1", "5|5", "10|10", "0|" + T("Unlimited")};
    Field days{"number", "expires_days", T("Expires after days"),
               T("From 1 to {}. Blank: never.", scene.config.expires_days_limit)};
    days.quick = QuickDays();
    return {{"text", "name", T("Name"), "", {}, {}, "off", "required", "60"},
            {"text",
             "description",
             T("Description"),
             T("When to use it; shown below the choice."),
             {},
             {},
             "off",
             "",
             "200"},
            {"choice", "role", T("Role"), "", {}, LeftOpen(RoleOptions(scene.catalogue()))},
            {"choice",
             "task_group",
             T("Task Group"),
             "",
             {},
             LeftOpen(TaskGroupOptions(scene.catalogue()))},
            uses,
            days};
}

std::vector<Field> MoreFields() {
    return {{"text",
             "label",
             T("Label"),
             T("Every code from it begins with this one."),
             {},
             {},
             "off",
             "",
             "200"},
            NotesField(),
            WelcomeField(),
            EmailDomainsField(),
            AccountDaysField(),
            TagsField()};
}

// Those chosen so far, and a few to choose.
void AddAircraftRows(View& view, const Scene& scene, const TemplatePage& page) {
    constexpr std::size_t kSpare = 2;
    view.List("AIRCRAFT_ROWS").Set("AIRCRAFT_NOUN", T(scene.catalogue().aircraft_noun));
    std::vector<std::pair<std::string_view, std::string_view>> rows;
    const auto aircraft = page.typed.All("aircraft"), roles = page.typed.All("aircraft_role");
    for (std::size_t i = 0; i < aircraft.size(); ++i)
        if (!aircraft[i].empty())
            rows.emplace_back(aircraft[i], i < roles.size() ? roles[i] : std::string_view());
    rows.resize(rows.size() + kSpare);
    std::int64_t number = 0;
    for (const auto& [registration, role] : rows)
        AddAircraftOptions(view.Add("AIRCRAFT_ROWS").Set("ROW", ++number), scene, page.fleet,
                           registration, role);
}

void AddFields(View& view, std::string_view list, const std::vector<Field>& fields,
               const TemplatePage& page) {
    const std::vector<FieldError> none;
    view.List(list);
    for (Field field : fields) {
        field.value = Typed(page.typed, field.name);
        AddField(view, list, "template", field, page.error ? page.error->fields : none);
    }
}

bool AnyTyped(const std::vector<Field>& fields, const Fields& typed) {
    for (const Field& field : fields)
        if (!typed.Get(field.name).empty()) return true;
    return false;
}

std::string CodesInWords(std::int64_t codes) {
    if (codes == 0) return T("No code yet");
    if (codes >= static_cast<std::int64_t>(kMostTemplateCodes))
        return T("{} codes or more", kMostTemplateCodes);
    return TN("{} code", "{} codes", codes);
}

}  // namespace

std::string TemplatePath(TemplateId id) { return kTemplates + std::to_string(id) + "/"; }

Fields FieldsOf(const Template& one) {
    std::vector<std::pair<std::string, std::string>> all = {
        {"name", one.name},
        {"description", one.description},
        {"role", one.role},
        {"task_group", one.task_group},
        {"max_uses", Number(one.max_uses)},
        {"expires_days", Number(one.expires_days)},
        {"account_days", Number(one.account_days)},
        {"label", one.label},
        {"notes", one.notes},
        {"welcome", one.welcome},
        {"email_domains", Join(one.email_domains, ", ")},
        {"tags", Join(one.tags, ", ")}};
    for (const AircraftGrant& grant : one.aircraft_roles) {
        all.emplace_back("aircraft", grant.registration);
        all.emplace_back("aircraft_role", grant.role);
    }
    return Fields(std::move(all));
}

View ViewOf(const Scene& scene, const TemplatesPage& page) {
    View view("templates/list");
    const Portal& portal = *scene.portal;
    view.Set("TITLE", T("Templates"))
        .Set("NEW_URL", kTemplates + "new/")
        .Flag("MAY_CREATE", scene.May(Permission::kTemplatesWrite));
    view.List("ROWS");
    for (const Template& one : page.templates) {
        View& row = view.Add("ROWS");
        const auto made = page.codes.find(one.id);
        const std::int64_t codes = made == page.codes.end() ? 0 : made->second;
        CodeQuery from;
        from.template_name = one.name;
        row.Set("TEMPLATE_NAME", one.name)
            .Set("TEMPLATE_ABOUT", one.description)
            .Set("TEMPLATE_GRANTS", TemplateInShort(scene, one))
            .Set("TEMPLATE_URL", TemplatePath(one.id))
            .Set("CODES_WORDS", CodesInWords(codes))
            .Set("CODES_URL", codes > 0 ? ListAddress(portal, from) : "")
            .Set("FUNNEL_URL", codes > 0 ? FunnelAddress(portal, from) : "");
        row.Set("MAKER", one.created_by)
            .Set("USE_URL",
                 std::string(portal.create_path) + "?template=" + EncodeQueryValue(one.name))
            .Set("DELETE_URL", TemplatePath(one.id) + "delete/");
    }
    return view;
}

View ViewOf(const Scene& scene, const TemplatePage& page) {
    View view("templates/form");
    view.Set("TITLE", page.known ? page.known->name : T("New template"))
        .Set("LIST_URL", kTemplates)
        .Set("FORM_URL", page.known ? TemplatePath(page.known->id) : kTemplates + "new/")
        .Set("SUBMIT", page.known ? T("Save Changes") : T("Create template"));
    view.Flag("IS_KNOWN", page.known.has_value())
        .Set("DELETE_URL", page.known ? TemplatePath(page.known->id) + "delete/" : "")
        .Set("USE_URL", page.known ? std::string(scene.portal->create_path) +
                                         "?template=" + EncodeQueryValue(page.known->name)
                                   : "");
    view.Set("VERSION", page.known ? page.known->version : 0);
    view.Set("MAKER", page.known ? page.known->created_by : "");
    SetMoment(view, "CHANGED",
              page.known && page.known->updated_at > 0 ? std::optional(page.known->updated_at)
                                                       : std::nullopt,
              scene);
    AddFields(view, "FIELDS", MainFields(scene), page);
    AddFields(view, "ADVANCED", MoreFields(), page);
    view.Flag("ADVANCED_OPEN", AnyTyped(MoreFields(), page.typed) || page.error.has_value());
    AddAircraftRows(view, scene, page);
    std::string aircraft_error;
    if (page.error)
        for (const FieldError& wrong : page.error->fields)
            if (wrong.field == "aircraft_roles") aircraft_error = Said(wrong.message);
    view.Set("AIRCRAFT_ERROR", aircraft_error);
    SetErrors(view, "template", page.error ? &*page.error : nullptr);
    return view;
}

View ViewOf(const Scene&, const TemplateAskPage& page) {
    View view("templates/ask");
    view.Set("TITLE", T("Delete {}?", page.known.name))
        .Set("TEMPLATE_NAME", page.known.name)
        .Set("VERSION", page.known.version)
        .Set("HERE_URL", TemplatePath(page.known.id))
        .Set("DELETE_URL", TemplatePath(page.known.id) + "delete/");
    view.Set("CODES_KEEP",
             page.codes == 0
                 ? T("No code was made from it.")
                 : TN("The {} code that was made from it stays as it is.",
                      "The {} codes that were made from it stay as they are.", page.codes));
    return view;
}

}  // namespace ostiary::pages
