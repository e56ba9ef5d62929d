#pragma once

// Forms as data: a field knows how it is asked, what was typed, and what is wrong with it. Every
// form of every page goes through one template part.

#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"
#include "pages/view.h"
#include "util/config.h"
#include "util/result.h"

namespace ostiary::pages {

struct Option {
    std::string value, label;
};

struct Field {
    std::string_view kind = "text";  // one of forms.cc
    std::string_view name;           // as the API spells it
    std::string label;
    std::string hint = {};
    std::string value = {};
    std::vector<Option> options = {};  // of a choice
    std::string_view autocomplete = "off";
    std::string_view need = "";  // "required", "readonly" or nothing
    std::string_view most = "";  // of a number: max; of a text: maxlength
    std::string_view least = "";
    std::vector<std::string> quick = {};  // "1|1 use": values offered as buttons
};

// Adds the field to a list that the template shows with {{>FIELD}}. `form` keeps ids apart where a
// page has several.
void AddField(View&, std::string_view list, std::string_view form, const Field&,
              const std::vector<FieldError>&);

// A summary above the form: every error, with a link to its field; those of no field of the form
// too.
void SetErrors(View&, std::string_view form, const Error*);

// TYPED: the whole form as hidden fields (TYPED_NAME, TYPED_VALUE), to be sent again once it was
// looked at; without what belongs to this sending alone. Templates show the value with :p, which
// keeps line ends.
void AddTyped(View&, const Fields&);

// The roles and task groups there are, to choose from.
std::vector<Option> RoleOptions(const Catalogue&);
std::vector<Option> TaskGroupOptions(const Catalogue&);

// Empty choices first: "Any role".
std::vector<Option> WithAny(std::string label, std::vector<Option> options);

// A form's answers as they were typed.
std::string Typed(const Fields&, std::string_view name);
// Of a box before which a hidden "0" stands, as one that is off sends nothing.
bool IsChecked(const Fields&, std::string_view name);

}  // namespace ostiary::pages
