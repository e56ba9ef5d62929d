// A file of codes is sent, looked at, imported and followed (BULK-2).

#include "core/imports.h"

#include "http/forms.h"
#include "http/respond.h"
#include "pages/ask.h"
#include "pages/forms.h"
#include "pages/imports_views.h"
#include "pages/pages.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

using enum Permission;

constexpr std::size_t kEarlier = 20, kErrorsShown = 200;
constexpr std::string_view kLookAgainAfter_s = "2";

Result<Response> ShowNew(const Request& request, World& world, std::string typed,
                         std::optional<Error> error) {
    const Scene scene = SceneOf(request, world);
    const int status = error ? StatusOf(error->kind) : 200;
    const auto permit = TRY(PermitOf<kCodesRead>(request));
    ImportNewPage page {
        TRY(ListImports(permit, world, RulesHere(request, world).scope, kEarlier))
        , std::move(typed), std::move(error)
    };
    if (const auto makes = PermitOf<kCodesWrite>(request); makes.ok())
        page.quota = OwnQuota(makes.value(), world);
    View view = ViewOf(scene, page);
    return Show(scene, view, status);
}

// How the columns were said to be, in the order of the file.
ImportAsked AskedBy(const Fields& form) {
    ImportAsked asked;
    const auto columns = form.All("column"), fields = form.All("field");
    const auto recognized = form.All("recognized");
    for (std::size_t i = 0; i < std::min(columns.size(), fields.size()); ++i)
        if (i >= recognized.size() || recognized[i] != fields[i])
            asked.map.emplace_back(columns[i], fields[i]);
    asked.mode = FindImportMode(form.Get("mode")).value_or(ImportMode::kAll);
    const auto again = form.All("again");
    asked.again = !again.empty() && again.back() == "1";
    return asked;
}

Result<Response> ShowDraft(const Request& request, World& world, const Import& draft) {
    const auto permit = TRY(PermitOf<kCodesWrite>(request));
    const DoorRules rules = RulesHere(request, world);
    ImportLookPage page;
    auto report = CheckKeptImport(permit, world, rules, draft.id);
    const bool is_map = !report.ok() && !report.error().fields.empty() &&
                        report.error().fields.front().field == "map";
    if (is_map) {  // what cannot be is said, and forgotten
        page.error = report.error();
        TRY(ChangeImport(permit, world, draft.id, {{}, draft.mode, draft.again}));
        report = CheckKeptImport(permit, world, rules, draft.id);
    }
    if (report.ok())
        page.report = std::move(report).value();
    else if (report.error().kind != ErrorKind::kInvalid)
        return report.error();
    else
        page.error = report.error();
    page.report.import.id = draft.id;
    page.report.import.mode = draft.mode;
    page.report.import.again = draft.again;
    if (!is_map) page.report.import.map = draft.map;
    const Scene scene = SceneOf(request, world);
    View view = ViewOf(scene, page);
    return Show(scene, view, page.error ? StatusOf(page.error->kind) : 200);
}

std::string HereOf(const Request& request) {
    return ImportPath(*PortalAt(request.path), request.PathValue("import"));
}

}  // namespace

Result<Response> ImportNew(const Request& request, World& world) {
    TRY(PermitOf<kCodesWrite>(request));
    return ShowNew(request, world, {}, {});
}

Result<Response> ImportKeep(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<kCodesWrite>(request));
    const Fields form = request.Form();
    std::string_view text = form.Get(kFileField);
    if (text.empty()) text = form.Get("text");
    if (Trim(text).empty())
        return ShowNew(request, world, {},
                       Error{ErrorKind::kInvalid,
                             "file.none",
                             "Invalid request",
                             "Choose a file, or paste its rows",
                             {{"file", "file.none", "Choose a file, or paste its rows"}}});
    const std::string id = TRY(KeepImport(permit, world, {}, SourceOf(text)));
    return SeeOther(ImportPath(*PortalAt(request.path), id));
}

Result<Response> ImportShow(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<kCodesRead>(request));
    const CodeScope scope = RulesHere(request, world).scope;
    const std::string_view id = request.PathValue("import");
    ImportPage page {
        TRY(GetImport(permit, world, scope, id))
        , {}
    };
    if (page.import.state == ImportState::kDraft) return ShowDraft(request, world, page.import);
    page.errors = TRY(ErrorsOfImport(permit, world, scope, id, kErrorsShown));
    const Scene scene = SceneOf(request, world);
    View view = ViewOf(scene, page);
    Response response = Show(scene, view);
    if (page.import.goes_on()) response.With("refresh", std::string(kLookAgainAfter_s));
    return response;
}

// Looked at again as it is asked for now, or imported. What is wrong is said where it leads.
Result<Response> ImportRun(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<kCodesWrite>(request));
    const Fields form = request.Form();
    const std::string_view id = request.PathValue("import");
    const auto changed = ChangeImport(permit, world, id, AskedBy(form));
    if (!changed.ok() && changed.error().kind != ErrorKind::kConflict) return changed.error();
    if (changed.ok() && form.Find("run")) {
        const auto done = RunKeptImport(permit, world, RulesHere(request, world), id);
        if (!done.ok() && !IsForTheForm(done.error())) return done.error();
    }
    return SeeOther(HereOf(request));
}

Result<Response> ImportUndo(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<kCodesWrite>(request));
    const auto undone =
        UndoImport(permit, world, RulesHere(request, world).scope, request.PathValue("import"));
    if (!undone.ok() && undone.error().kind != ErrorKind::kConflict) return undone.error();
    return SeeOther(HereOf(request));
}

Result<Response> ImportErrors(const Request& request, World& world) {
    const auto permit = TRY(PermitOf<kCodesWrite>(request));
    return CsvFile("import-errors.csv",
                   TRY(ExportImportErrors(permit, world, RulesHere(request, world),
                                          request.PathValue("import"))));
}

}  // namespace ostiary::pages
