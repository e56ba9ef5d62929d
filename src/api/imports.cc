// Files of codes (BULK-2).

#include "core/imports.h"

#include "api/answers.h"
#include "api/api.h"
#include "core/accounts.h"
#include "core/imports_shapes.h"
#include "http/respond.h"
#include "util/text.h"

namespace ostiary::api {
namespace {

using enum Permission;

constexpr std::size_t kErrorsOfOne = 1000;

Error MediaType() {
    return {ErrorKind::kMediaType, "request.media_type", "Unsupported media type",
            "Send the file as text/csv or application/json"};
}

Result<void> CheckMediaType(const Request& request) {
    const std::string_view typed = request.HeaderValue("content-type");
    const std::string type = IsCleanText(typed, Lines::kOne)
                                 ? Fold(Trim(typed.substr(0, typed.find(';'))))
                                 : std::string();
    if (type != "text/csv" && type != "application/json") return MediaType();
    return {};
}

// ?map=Column=field, as often as needed.
Result<ImportAsked> AskedBy(const Fields& query) {
    ImportAsked asked;
    std::vector<FieldError> errors;
    for (const std::string_view one : query.All("map")) {
        const auto equals = one.rfind('=');
        if (equals == one.npos)
            errors.push_back({"map", "map.invalid", "A map is written like Column=field"});
        else
            asked.map.emplace_back(one.substr(0, equals), one.substr(equals + 1));
    }
    const auto mode = FindImportMode(query.Find("mode").value_or("all"));
    if (!mode) errors.push_back({"mode", "mode.unknown", "mode is one of: all, good"});
    asked.mode = mode.value_or(ImportMode::kAll);
    if (!errors.empty()) return InvalidFields(std::move(errors));
    asked.again = TRY(FlagOf(query, "again"));
    return asked;
}

}  // namespace

Result<Response> CodesImport(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesWrite>());
    TRY(KnowOnly(request, {"dry_run", "mode", "map", "again"}));
    const Fields query = request.Query();
    const ImportAsked asked = TRY(AskedBy(query));
    const bool is_dry = TRY(FlagOf(query, "dry_run"));
    TRY(CheckMediaType(request));
    const DoorRules rules = ApiRules(*request.actor, world);
    const ImportSource source = SourceOf(request.body);
    const ImportReport report = TRY(is_dry ? CheckImport(permit, world, rules, asked, source)
                                           : RunImport(permit, world, rules, asked, source));
    const bool goes_on = report.import.state == ImportState::kRunning;
    return Json(goes_on ? 202 : 200, ImportReportJson(report));
}

Result<Response> ImportGet(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesRead>());
    TRY(TakeNothing(request));
    const CodeScope scope = ScopeOf(*request.actor, world);
    const std::string_view id = request.PathValue("import");
    const Import import = TRY(GetImport(permit, world, scope, id));
    return Json(200,
                ImportJson(import, TRY(ErrorsOfImport(permit, world, scope, id, kErrorsOfOne))));
}

Result<Response> ImportUndo(const Request& request, World& world) {
    const auto permit = TRY(request.actor->Ask<kCodesWrite>());
    TRY(TakeNothing(request));
    const Import import =
        TRY(UndoImport(permit, world, ScopeOf(*request.actor, world), request.PathValue("import")));
    return Json(200, ImportJson(import, {}));
}

}  // namespace ostiary::api
