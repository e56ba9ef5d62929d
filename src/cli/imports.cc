// ostiary import …, ostiary imports …

#include "core/imports.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <thread>

#include "cli/command.h"
#include "cli/table.h"
#include "core/imports_shapes.h"
#include "util/text.h"

namespace ostiary::cli {
namespace {

using enum Permission;

constexpr std::size_t kPieceBytes = 64 << 10;
constexpr Millis kPatience = kSecond;
constexpr std::size_t kErrorsShown = 100'000;
constexpr std::size_t kImportsShown = 50;

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

// What comes through a pipe is wanted twice, so it is laid aside.
File LaidAside(std::istream& in) {
    File file(std::tmpfile());
    std::string piece(kPieceBytes, '\0');
    while (file && in) {
        in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        const auto size = static_cast<std::size_t>(in.gcount());
        if (std::fwrite(piece.data(), 1, size, file.get()) != size) return nullptr;
    }
    return file;
}

Result<File> Open(Call& call) {
    const std::string path = call.given.Get("FILE");
    File file = path == "-" ? LaidAside(call.terminal.in) : File(std::fopen(path.c_str(), "rb"));
    if (!file)
        return Error{ErrorKind::kNotFound, "file.unreadable", "Cannot read the file",
                     Say("{} cannot be read", path)};
    return file;
}

ImportSource SourceOf(std::FILE* file) {
    return [file](const WriteText& write) {
        std::rewind(file);
        std::string piece(kPieceBytes, '\0');
        std::size_t size = 0;
        while ((size = std::fread(piece.data(), 1, piece.size(), file)) > 0)
            if (!write(std::string_view(piece).substr(0, size))) return;
    };
}

Result<ImportAsked> AskedBy(const Arguments& given) {
    ImportAsked asked;
    asked.again = given.Has("--again");
    asked.mode = given.Has("--good-rows") ? ImportMode::kGood : ImportMode::kAll;
    for (const std::string& one : given.All("--map")) {
        const auto equals = one.rfind('=');
        if (equals == one.npos)
            return WrongUsage(fmt::format("--map {} names no field; write \"Column=field\"", one));
        asked.map.emplace_back(one.substr(0, equals), one.substr(equals + 1));
    }
    return asked;
}

// Until it is at its end, whoever goes on with it: a server may be quicker.
Result<Import> Follow(Call& call, const std::string& id) {
    const auto permit = TRY(call.actor.Ask<kCodesRead>());
    for (;;) {
        const bool is_ours = AdvanceImport(call.world(), id, kPatience);
        const Import import = TRY(GetImport(permit, call.world(), CodeScope::All(), id));
        if (!import.goes_on()) return import;
        call.terminal.err << fmt::format("{} of {} rows looked at, {} codes made\n",
                                         import.looked_at, import.rows, import.created);
        if (!is_ours) std::this_thread::sleep_for(std::chrono::milliseconds(300));
    }
}

void PrintErrors(Call& call, const std::vector<ImportError>& errors) {
    std::vector<Row> rows;
    for (const ImportError& one : errors)
        rows.push_back({std::to_string(one.row), one.field, one.reason, one.sentence});
    if (!rows.empty()) PrintTable(call.terminal.out, {"ROW", "FIELD", "REASON", "WHAT"}, rows);
}

void PrintReport(Call& call, const ImportReport& report) {
    std::string left_out;
    for (const ImportColumn& column : report.columns)
        if (!column.field) left_out += (left_out.empty() ? "" : ", ") + column.name;
    PrintErrors(call, report.errors);
    PrintFacts(call.terminal.out,
               {{"Rows", std::to_string(report.import.rows)},
                {"Right", std::to_string(report.good)},
                {"Wrong", std::to_string(report.import.refused)},
                {"Before", report.import.repeated == 0
                               ? ""
                               : fmt::format("{} were imported before", report.import.repeated)},
                {"Left out", left_out}});
}

Error Refused(const ImportReport& report) {
    return {ErrorKind::kInvalid, "import.refused", "Nothing was imported",
            Say("{} of {} rows are wrong; mend them, or take the others with --good-rows",
                report.import.refused, report.import.rows)};
}

Result<void> End(Call& call, const ImportReport& report, Import import) {
    if (import.state == ImportState::kRunning) import = TRY(Follow(call, import.id));
    const auto errors = TRY(ErrorsOfImport(TRY(call.actor.Ask<kCodesRead>()), call.world(),
                                           CodeScope::All(), import.id, kErrorsShown));
    if (call.AsJson()) {
        call.Say(ImportJson(import, errors));
    } else {
        ImportReport told = report;
        told.import = import;
        told.errors = errors;
        told.good = import.created;
        PrintReport(call, told);
        call.Say(
            fmt::format("Imported: {} codes, batch {}", import.created - import.undone, import.id));
    }
    if (import.state == ImportState::kDone) return {};
    return Error{ErrorKind::kConflict, "import.ended", "The import did not come to its end",
                 import.trouble.empty() ? Sentence("Somebody stopped it") : import.trouble};
}

Result<void> RunImportCommand(Call& call) {
    const ImportAsked asked = TRY(AskedBy(call.given));
    const File file = TRY(Open(call));
    const auto permit = TRY(call.actor.Ask<kCodesWrite>());
    const DoorRules rules = ApiRules(call.actor, call.world());
    const ImportSource source = SourceOf(file.get());
    const bool is_dry = call.given.Has("--dry-run");
    const ImportReport report = TRY(is_dry ? CheckImport(permit, call.world(), rules, asked, source)
                                           : RunImport(permit, call.world(), rules, asked, source));
    const ImportState state = report.import.state;
    if (!report.same && (state == ImportState::kDone || state == ImportState::kRunning))
        return End(call, report, report.import);
    if (call.AsJson()) {
        call.Say(ImportReportJson(report));
    } else if (report.same) {
        call.Say(
            fmt::format("This file was imported before, by {}: {} codes, batch {}. "
                        "Nothing was made; --again imports it once more.",
                        report.same->created_by, report.same->created, report.same->id));
    } else {
        PrintReport(call, report);
    }
    if (state == ImportState::kRefused && !report.same) return Refused(report);
    return {};
}

Result<void> ListAll(Call& call) {
    const auto imports = TRY(ListImports(TRY(call.actor.Ask<kCodesRead>()), call.world(),
                                         CodeScope::All(), kImportsShown));
    if (call.AsJson()) {
        std::vector<std::string> shapes;
        for (const Import& import : imports) shapes.push_back(ImportJson(import, {}));
        call.Say(fmt::format("[{}]", fmt::join(shapes, ",")));
        return {};
    }
    std::vector<Row> rows;
    for (const Import& import : imports)
        rows.push_back({import.id, FormatRfc3339(import.created_at), import.created_by,
                        std::string(NameOf(import.state)), std::to_string(import.created),
                        std::to_string(import.undone)});
    PrintTable(call.terminal.out, {"ID", "BEGUN", "BY", "STATE", "CODES", "TAKEN BACK"}, rows);
    return {};
}

Result<void> Undo(Call& call) {
    const auto permit = TRY(call.actor.Ask<kCodesWrite>());
    Import import =
        TRY(UndoImport(permit, call.world(), CodeScope::All(), call.given.Get("IMPORT")));
    import = TRY(Follow(call, import.id));
    if (call.AsJson())
        call.Say(ImportJson(import, {}));
    else
        call.Say(fmt::format("Taken back: {} of {} codes; those that somebody used stay",
                             import.undone, import.created));
    return {};
}

}  // namespace

std::vector<Command> ImportCommands() {
    return {
        {.noun = "imports",
         .verb = "list",
         .about = "The newest imports",
         .options = {},
         .prints = Prints::kData,
         .example = "imports list",
         .run = ListAll},
        {.noun = "imports",
         .verb = "undo",
         .about = "Stop an import that is under way, or delete those of its codes that nobody used",
         .options = {{"IMPORT", "IMPORT", "Its id, which is also the batch", Takes::kRequired}},
         .prints = Prints::kData,
         .example = "imports undo 01936f0e-1c2d-7a3b-8c4d-5e6f7a8b9c0d",
         .run = Undo},
        {.noun = "import",
         .verb = "",
         .about = "Make codes of a CSV or JSON file",
         .options = {{"FILE", "FILE", "The file; - for standard input", Takes::kRequired},
                     {"--dry-run", "", "Say what would come of it, and do nothing", Takes::kSwitch},
                     {"--good-rows", "", "Import the rows that are right, and not all or none",
                      Takes::kSwitch},
                     {"--map", "COLUMN=FIELD",
                      "What a column is, where its name does not say; without a field it is "
                      "left out",
                      Takes::kMany},
                     {"--again", "", "Import what was imported before once more", Takes::kSwitch}},
         .prints = Prints::kData,
         .example = "import members.csv --dry-run --map \"Department=task_group\"",
         .run = RunImportCommand}};
}

}  // namespace ostiary::cli
