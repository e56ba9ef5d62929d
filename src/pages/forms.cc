#include "pages/forms.h"

#include <array>

#include "pages/language.h"
#include "pages/words.h"

namespace ostiary::pages {
namespace {

struct Kind {
    std::string_view name, type, input_mode;
    bool plain_words;  // no capitals and no corrections from the keyboard
};
// clang-format off
constexpr std::array kKinds = {
    Kind{"text",     "text",           "text",    false},
    Kind{"word",     "text",           "text",    true},
    Kind{"email",    "email",          "email",   true},
    Kind{"password", "password",       "text",    true},
    Kind{"newpassword",  "password",   "text",    true},  // judged while it is typed
    Kind{"samepassword", "password",   "text",    true},  // compared while it is typed
    Kind{"number",   "text",           "numeric", true},
    Kind{"code",     "text",           "text",    true},
    Kind{"zone",     "text",           "text",    true},
    Kind{"moment",   "datetime-local", "text",    true},
    Kind{"day",      "date",           "text",    true},
    Kind{"search",   "search",         "search",  true},
    Kind{"area",     "",               "text",    false},
    Kind{"choice",   "",               "text",    false},
    Kind{"check",    "checkbox",       "text",    false},
};
// clang-format on

const Kind& KindOf(std::string_view name) {
    for (const Kind& kind : kKinds)
        if (kind.name == name) return kind;
    return kKinds.front();
}

std::string ErrorOf(std::string_view field, const std::vector<FieldError>& errors) {
    for (const FieldError& error : errors)
        if (error.field == field) return Said(error.message);
    return {};
}

}  // namespace

void AddField(View& view, std::string_view list, std::string_view form, const Field& field,
              const std::vector<FieldError>& errors) {
    const Kind& kind = KindOf(field.kind);
    const std::string id = std::string(form) + "-" + std::string(field.name);
    const std::string error = ErrorOf(field.name, errors);
    std::string described;
    if (!field.hint.empty()) described = id + "-hint";
    if (!error.empty()) described += (described.empty() ? "" : " ") + id + "-error";
    View& row = view.Add(list);
    row.Set("KIND", field.kind).Set("TYPE", kind.type).Set("INPUT_MODE", kind.input_mode);
    row.Set("NAME", field.name).Set("ID", id).Set("LABEL", field.label).Set("HINT", field.hint);
    row.Set("VALUE", field.value).Set("ERROR", error).Set("DESCRIBED", described);
    row.Set("AUTOCOMPLETE", field.autocomplete).Set("MOST", field.most).Set("LEAST", field.least);
    row.Flag("REQUIRED", field.need == "required").Flag("READONLY", field.need == "readonly");
    row.Flag("LIVE", field.kind == "newpassword" || field.kind == "samepassword");
    row.Flag("CHECKED", field.kind == "check" && field.value == "1");
    row.Flag("OPTIONAL", field.need.empty() && field.kind != "choice")
        .Flag("PLAIN_WORDS", kind.plain_words);
    row.List("OPTIONS").List("QUICK");
    for (const Option& option : field.options)
        row.Add("OPTIONS")
            .Set("OPTION_VALUE", option.value)
            .Set("OPTION_LABEL", option.label)
            .Flag("OPTION_CHOSEN", option.value == field.value);
    for (const std::string& quick : field.quick) {
        const auto bar = quick.find('|');
        row.Add("QUICK")
            .Set("QUICK_VALUE", quick.substr(0, bar))
            .Set("QUICK_LABEL", quick.substr(bar + 1));
    }
}

void SetErrors(View& view, std::string_view form, const Error* error) {
    view.List("ERRORS").Set("ERROR_TITLE", "");
    if (error == nullptr) return;
    if (error->fields.empty()) {
        view.Add("ERRORS").Set(
            "ERROR_TEXT",
            WithFullStop(Said(error->details.empty() ? error->title : error->details)));
        return;
    }
    view.Set("ERROR_TITLE", error->fields.size() > 1 ? T("Please check these fields")
                                                     : T("Please check this field"));
    for (const FieldError& field : error->fields)
        view.Add("ERRORS")
            .Set("ERROR_ID", std::string(form) + "-" + field.field)
            .Set("ERROR_TEXT", Said(field.message));
}

void AddTyped(View& view, const Fields& typed) {
    view.List("TYPED");
    for (const auto& [name, value] : typed.all())
        if (name != "csrf_token" && name != "agreed" && name != "back")
            view.Add("TYPED").Set("TYPED_NAME", name).Set("TYPED_VALUE", value);
}

std::vector<Option> RoleOptions(const Catalogue& catalogue) {
    std::vector<Option> options;
    for (const auto& role : catalogue.roles) options.push_back({role.name, T(role.label)});
    return options;
}

std::vector<Option> TaskGroupOptions(const Catalogue& catalogue) {
    std::vector<Option> options;
    for (const auto& group : catalogue.task_groups) options.push_back({group.name, T(group.label)});
    return options;
}

std::vector<Option> WithAny(std::string label, std::vector<Option> options) {
    options.insert(options.begin(), Option{"", std::move(label)});
    return options;
}

std::string Typed(const Fields& fields, std::string_view name) {
    return std::string(fields.Get(name));
}

bool IsChecked(const Fields& fields, std::string_view name) {
    const auto all = fields.All(name);
    return !all.empty() && all.back() == "1";
}

}  // namespace ostiary::pages
