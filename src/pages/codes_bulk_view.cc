// What is asked before many codes are changed, and what is said where not all could be.

#include <cstdlib>

#include "pages/codes_looks.h"
#include "pages/codes_views.h"
#include "pages/language.h"
#include "pages/words.h"

namespace ostiary::pages {
namespace {

constexpr std::size_t kMostNamed = 100;

struct DeedWords {
    std::string title, button;
};

DeedWords WordsFor(BulkDeed deed, std::int64_t n) {
    switch (deed) {
        case BulkDeed::kRevoke:
            return {TN("Deactivate {} code?", "Deactivate {} codes?", n),
                    TN("Deactivate {} code", "Deactivate {} codes", n)};
        case BulkDeed::kReactivate:
            return {TN("Activate {} code?", "Activate {} codes?", n),
                    TN("Activate {} code", "Activate {} codes", n)};
        case BulkDeed::kEdit:
            return {TN("Edit {} code", "Edit {} codes", n),
                    TN("Change {} code", "Change {} codes", n)};
        case BulkDeed::kDelete:
            return {TN("Delete {} code?", "Delete {} codes?", n),
                    TN("Delete {} code", "Delete {} codes", n)};
    }
    std::abort();
}

std::string WhoStays(std::int64_t people) {
    if (people == 0) return T("Nobody has joined with them yet.");
    return TN("The {} person who already joined keeps the account.",
              "The {} people who already joined keep their accounts.", people);
}

std::string Consequence(BulkDeed deed, const BulkOutcome& outcome) {
    switch (deed) {
        case BulkDeed::kRevoke:
            return T("Nobody can join with them any more.") + " " + WhoStays(outcome.people);
        case BulkDeed::kReactivate: return T("People can join with them again.");
        case BulkDeed::kEdit:
            return T(
                "What you leave blank stays as it is. Changes apply to whoever joins from now "
                "on.");
        case BulkDeed::kDelete:
            return T("Nobody can join with them any more, and they cannot be brought back.") + " " +
                   WhoStays(outcome.people);
    }
    std::abort();
}

void AddSpared(View& view, const Scene& scene, const BulkOutcome& outcome) {
    const auto spared = static_cast<std::int64_t>(outcome.spared.size());
    view.List("SPARED").Set("SPARED_WORDS",
                            TN("{} code cannot be changed", "{} codes cannot be changed", spared));
    for (const SparedCode& code : outcome.spared) {
        if (view.FindList("SPARED")->size() == kMostNamed) break;
        view.Add("SPARED")
            .Set("SPARED_NAME", NameOfCode(code.id, code.name))
            .Set("SPARED_URL", CodePath(*scene.portal, code.id))
            .Set("SPARED_WHY", WithFullStop(Said(code.sentence)));
    }
    const auto named = static_cast<std::int64_t>(view.FindList("SPARED")->size());
    view.Set("MORE_SPARED", spared > named ? T("and {} more", spared - named) : "");
}

void AddEditingFields(View& view, const Scene& scene, const BulkAskPage& page) {
    view.List("FIELDS");
    if (page.deed != BulkDeed::kEdit) return;
    const std::vector<FieldError> none;
    const auto& errors = page.error ? page.error->fields : none;
    const auto add = [&](Field field) {
        field.value = Typed(page.typed, field.name);
        AddField(view, "FIELDS", "bulk", field, errors);
    };
    add({"choice",
         "expires",
         T("Expires"),
         "",
         {},
         {{"", T("Leave as it is")},
          {"7", T("7 days from now")},
          {"30", T("30 days from now")},
          {"90", T("90 days from now")},
          {"365", T("A year from now")},
          {"never", T("Never")}}});
    add({"number", "max_uses", T("Max Uses"),
         T("In all, up to {}. 0: unlimited. Blank: as it is.", scene.config.max_uses_limit)});
    add({"area",
         "notes",
         T("Notes"),
         T("Instead of the notes there are. Blank: as they are."),
         {},
         {},
         "off",
         "",
         "5000"});
    add({"text", "add_tags", T("Add tags"), T("Separate several with commas.")});
    add({"text", "remove_tags", T("Remove tags"), T("Separate several with commas.")});
}

std::string IdsOf(const CodeChoice& choice) {
    std::string ids;
    for (const CodeId id : choice.ids) ids += (ids.empty() ? "" : ",") + std::to_string(id);
    return ids;
}

}  // namespace

std::string_view ActionOf(BulkDeed deed) {
    switch (deed) {
        case BulkDeed::kRevoke: return "deactivate";
        case BulkDeed::kReactivate: return "activate";
        case BulkDeed::kEdit: return "edit";
        case BulkDeed::kDelete: return "delete";
    }
    std::abort();
}

View ViewOf(const Scene& scene, const BulkAskPage& page) {
    const auto count = static_cast<std::int64_t>(page.outcome.changed.size());
    const DeedWords words = WordsFor(page.deed, count);
    const CodeQuery query = page.choice.all ? *page.choice.all : QueryOf(page.typed);
    View view("codes/bulk");
    view.Set("TITLE", words.title).Set("DEED", words.button);
    view.Set("CONSEQUENCE", Consequence(page.deed, page.outcome));
    view.Flag("ANY", count > 0).Flag("DANGER", page.deed == BulkDeed::kDelete);
    view.Set("ACTION", ActionOf(page.deed)).Set("IDS", IdsOf(page.choice));
    view.Flag("ALL", page.choice.all.has_value())
        .Set("MATCHING", page.choice.expected.value_or(count));
    view.Set("LIST_URL", ListAddress(*scene.portal, query))
        .Set("LIST_TITLE", T(LookOf(*scene.portal).codes_title))
        .Set("RUN_URL", std::string(scene.portal->codes_path) + "bulk/run/");
    AddChoiceFields(view, query);
    AddSpared(view, scene, page.outcome);
    AddEditingFields(view, scene, page);
    SetErrors(view, "bulk", page.error ? &*page.error : nullptr);
    return view;
}

}  // namespace ostiary::pages
