#include "pages/imports_views.h"

#include <algorithm>

#include "pages/codes_looks.h"
#include "pages/codes_views.h"
#include "pages/forms.h"
#include "pages/language.h"
#include "pages/quotas.h"
#include "pages/words.h"

namespace ostiary::pages {
namespace {

constexpr std::size_t kErrorsShown = 200, kExamples = 3;

void SetTrail(View& view, const Scene& scene) {
    view.Set("LIST_URL", scene.portal->codes_path)
        .Set("LIST_TITLE", T(LookOf(*scene.portal).codes_title))
        .Set("NEW_URL", ImportPath(*scene.portal));
}

std::string LabelOf(ImportField field) {
    switch (field) {
        case ImportField::kLabel: return T("Label");
        case ImportField::kEmail: return T("Email");
        case ImportField::kName: return T("Name");
        case ImportField::kRole: return T("Role");
        case ImportField::kTaskGroup: return T("Task Group");
        case ImportField::kMaxUses: return T("Max Uses");
        case ImportField::kExpires: return T("Expires: days or a moment");
        case ImportField::kStarts: return T("Not before");
        case ImportField::kAircraftRoles: return T("Aircraft roles");
        case ImportField::kTags: return T("Tags");
        case ImportField::kNotes: return T("Notes");
        case ImportField::kWelcome: return T("Welcome message");
        case ImportField::kEmailDomains: return T("Email domains");
        case ImportField::kAccountDays: return T("Account lifetime in days");
        case ImportField::kActive: return T("Active: yes or no");
        case ImportField::kTemplate: return T("Template");
        case ImportField::kCode: return T("The code itself");
        case ImportField::kCount: break;
    }
    std::abort();
}

struct StateLook {
    Badge badge;
    std::string about;
};

StateLook LookOf(const Import& import) {
    switch (import.state) {
        case ImportState::kDraft: return {{"inactive", "clock", T("Looked at")}, ""};
        case ImportState::kRunning:
            return {{"pending", "hourglass", T("Under way")},
                    T("You can leave this page; it goes on by itself.")};
        case ImportState::kUndoing:
            return {{"pending", "hourglass", T("Being taken back")},
                    T("The codes that nobody used yet are being deleted.")};
        case ImportState::kDone: return {{"active", "check", T("Imported")}, ""};
        case ImportState::kRefused:
            return {{"revoked", "alert", T("Refused")},
                    T("Something was wrong after all, and nothing was kept.")};
        case ImportState::kCancelled:
            return {{"inactive", "close", T("Stopped")}, T("It did not come to its end.")};
        case ImportState::kUndone:
            return {{"inactive", "undo", T("Taken back")},
                    T("The codes that nobody had used are deleted.")};
        case ImportState::kCount: break;
    }
    std::abort();
}

void SetState(View& view, const Import& import) {
    const StateLook look = LookOf(import);
    view.Set("TONE", look.badge.tone).Set("ICON", look.badge.icon).Set("STATUS", look.badge.word);
    view.Set("ABOUT", look.about);
}

void AddFigure(View& view, std::int64_t number, std::string_view label) {
    view.Add("FIGURES").Set("FIGURE", InGroups(number)).Set("FIGURE_LABEL", label);
}

void AddErrors(View& view, const std::vector<ImportError>& errors, std::int64_t wrong) {
    view.List("WRONG");
    for (std::size_t i = 0; i < std::min(errors.size(), kErrorsShown); ++i) {
        const ImportError& one = errors[i];
        view.Add("WRONG")
            .Set("WRONG_ROW", one.row)
            .Set("WRONG_FIELD", Labelled(one.field))
            .Set("WRONG_WHY", Said(one.sentence));
    }
    view.Set("WRONG_COUNT", TN("{} row is wrong", "{} rows are wrong", wrong));
    view.Flag("MORE_WRONG", errors.size() >= kErrorsShown);
}

// What a column is, what it might be, and what stands in it.
void AddColumns(View& view, const ImportReport& report) {
    view.List("COLUMNS");
    for (std::size_t at = 0; at < report.columns.size(); ++at) {
        const ImportColumn& column = report.columns[at];
        View& row = view.Add("COLUMNS");
        const std::string chosen(column.field ? NameOf(*column.field) : "");
        const bool is_said = std::ranges::any_of(
            report.import.map, [&](const auto& said) { return said.first == column.name; });
        row.Set("COLUMN", column.name)
            .Set("COLUMN_ID", "column-" + std::to_string(at))
            .Set("RECOGNIZED", is_said ? "-" : chosen)
            .Flag("IS_HISTORY", column.is_history && !column.field)
            .Flag("IS_LEFT_OUT", !column.is_history && !column.field);
        std::string examples;
        for (std::size_t i = 0, shown = 0; i < report.sample.size() && shown < kExamples; ++i) {
            if (at >= report.sample[i].size() || report.sample[i][at].empty()) continue;
            examples += (shown++ == 0 ? "" : " · ") + report.sample[i][at];
        }
        row.Set("EXAMPLES", examples);
        row.List("OPTIONS");
        row.Add("OPTIONS")
            .Set("OPTION_VALUE", "")
            .Set("OPTION_LABEL", T("Leave out"))
            .Flag("OPTION_CHOSEN", chosen.empty());
        for (const ImportFieldRow& field : ImportFields())
            row.Add("OPTIONS")
                .Set("OPTION_VALUE", field.name)
                .Set("OPTION_LABEL", LabelOf(field.field))
                .Flag("OPTION_CHOSEN", chosen == field.name);
    }
}

void AddChoices(View& view, const ImportReport& report) {
    const std::vector<FieldError> none;
    Field mode{"choice",
               "mode",
               T("If a row is wrong"),
               "",
               std::string(NameOf(report.import.mode)),
               {{"all", T("Import nothing")}, {"good", T("Import the rows that are right")}}};
    AddField(view, "CHOICES", "import", mode, none);
    if (!report.same && report.import.repeated == 0 && !report.import.again) return;
    Field again{"check", "again", T("Make codes of what was imported before, too"),
                T("Otherwise each row becomes a code once, however often it is imported."),
                report.import.again ? "1" : "0"};
    AddField(view, "CHOICES", "import", again, none);
}

}  // namespace

std::string ImportPath(const Portal& portal, std::string_view id) {
    std::string path = std::string(portal.codes_path) + "import/";
    if (!id.empty()) path.append(id).append("/");
    return path;
}

View ViewOf(const Scene& scene, const ImportNewPage& page) {
    View view("codes/import");
    SetTrail(view, scene);
    view.Set("TITLE", T("Import codes from a file"))
        .Set("FORM_URL", ImportPath(*scene.portal))
        .Set("MOST", InGroups(kMostImported))
        .Set("TYPED_TEXT", page.typed);
    SetQuota(view, page.quota);
    view.List("KNOWN").List("EARLIER");
    for (const ImportFieldRow& field : ImportFields())
        view.Add("KNOWN").Set("KNOWN_NAME", field.name);
    for (const Import& one : page.earlier) {
        View& row = view.Add("EARLIER");
        SetState(row, one);
        SetMoment(row, "WHEN", one.created_at, scene);
        row.Set("IMPORT_URL", ImportPath(*scene.portal, one.id))
            .Set("IMPORTER", one.created_by)
            .Set("CODES", TN("{} code", "{} codes", one.created - one.undone))
            .Set("ROWS_READ", TN("of {} row", "of {} rows", one.rows));
    }
    SetErrors(view, "import", page.error ? &*page.error : nullptr);
    return view;
}

View ViewOf(const Scene& scene, const ImportLookPage& page) {
    const ImportReport& report = page.report;
    View view("codes/import_look");
    SetTrail(view, scene);
    const std::string rows = TN("{} row", "{} rows", report.import.rows);
    const std::string codes = TN("{} code", "{} codes", report.good);
    const bool is_whole = report.import.refused == 0 || report.import.mode == ImportMode::kGood;
    const bool may_run = !page.error && !report.same && is_whole && report.good > 0;
    view.Set("TITLE", page.error ? T("This file cannot be imported as it is")
                      : may_run  ? T("Import {}?", codes)
                                 : T("{} to look at", rows))
        .Set("FORM_URL", ImportPath(*scene.portal, report.import.id))
        .Set("ERRORS_URL", ImportPath(*scene.portal, report.import.id) + "errors.csv")
        .Set("DEED", may_run ? T("Import {}", codes) : "")
        .Set("PENDING",
             report.pending == 0
                 ? ""
                 : TN("{} code grants more than you may and waits for approval.",
                      "{} codes grant more than you may and wait for approval.", report.pending));
    view.Set("REPEATED",
             report.import.repeated == 0
                 ? ""
                 : TN("{} row was imported before and makes no code.",
                      "{} rows were imported before and make no codes.", report.import.repeated));
    view.Flag("SAME", report.same.has_value()).Flag("HAS_COLUMNS", !report.columns.empty());
    view.List("FIGURES").List("CHOICES").List("SAME_WHEN");
    if (report.same) {
        view.Set("SAME_BY", report.same->created_by)
            .Set("SAME_URL", ImportPath(*scene.portal, report.same->id));
        SetMoment(view, "SAME_WHEN", report.same->created_at, scene);
    }
    if (!page.error) {
        AddFigure(view, report.import.rows, T("Rows"));
        AddFigure(view, report.good, T("Right"));
        AddFigure(view, report.import.refused, T("Wrong"));
        AddFigure(view, report.import.repeated, T("Imported before"));
        AddChoices(view, report);
    }
    AddColumns(view, report);
    AddErrors(view, report.errors, report.import.refused);
    SetErrors(view, "import", page.error ? &*page.error : nullptr);
    return view;
}

View ViewOf(const Scene& scene, const ImportPage& page) {
    const Import& import = page.import;
    View view("codes/import_result");
    SetTrail(view, scene);
    CodeQuery query;
    query.batch = import.id;
    const bool is_running = import.state == ImportState::kRunning;
    const std::int64_t kept = import.created - import.undone;
    const bool may_stop = is_running || import.state == ImportState::kDone ||
                          (import.state == ImportState::kCancelled && import.undone == 0);
    view.Set("TITLE", is_running
                          ? T("{} of {} rows", InGroups(import.looked_at), InGroups(import.rows))
                          : TN("{} code imported", "{} codes imported", kept))
        .Set("CODES_URL", kept > 0 ? ListAddress(*scene.portal, query) : "")
        .Set("ERRORS_URL", ImportPath(*scene.portal, import.id) + "errors.csv")
        .Set("UNDO_URL", ImportPath(*scene.portal, import.id) + "undo/")
        .Set("DONE_SHARE", import.rows == 0 ? 0 : 100 * import.looked_at / import.rows)
        .Set("IMPORTER", import.created_by)
        .Set("TROUBLE", Said(import.trouble));
    view.Flag("GOES_ON", import.goes_on())
        .Flag("IS_RUNNING", is_running)
        .Flag("MAY_UNDO",
              scene.May(Permission::kCodesWrite) && may_stop && (is_running || kept > 0));
    SetState(view, import);
    SetMoment(view, "WHEN", import.created_at, scene);
    view.List("FIGURES");
    AddFigure(view, import.rows, T("Rows"));
    AddFigure(view, import.created, T("Codes made"));
    AddFigure(view, import.refused, T("Wrong"));
    AddFigure(view, import.repeated, T("Imported before"));
    if (import.undone > 0) AddFigure(view, import.undone, T("Deleted again"));
    AddErrors(view, page.errors, import.refused);
    return view;
}

}  // namespace ostiary::pages
