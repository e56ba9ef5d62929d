#include "core/imports.h"

#include <algorithm>

#include "core/accounts.h"
#include "core/code_changes.h"
#include "core/happenings.h"
#include "core/imports_rows.h"
#include "util/csv.h"

namespace ostiary {
namespace {

using enum Permission;

constexpr std::size_t kJudgedTogether = 250, kSampleRows = 5, kRepeatedNamed = 100;
constexpr std::size_t kPieceBytes = 64 << 10, kDraftsKept = 5, kErrorsReadTogether = 500;

Error NoSuchImport() {
    return {ErrorKind::kNotFound, "import.unknown", "Not found", "There is no such import"};
}

Error ImportEnded() { return CodeConflict("import.ended", "This import is at its end"); }

void SetAsked(Import& import, const ImportAsked& asked) {
    import.map = asked.map;
    import.mode = asked.mode;
    import.again = asked.again;
}

// What was looked at, and while they are few enough for one transaction, the rows that are right.
struct Looked {
    ImportReport report;
    std::vector<ImportRow> good;
};

class Look {
public:
    Look(World& world, const Actor& actor, const DoorRules& rules, const ImportAsked& asked)
        : world_(world), actor_(actor), rules_(rules), asked_(asked), pass_(world, asked.map) {}

    Result<Looked> At(const ImportSource& source) {
        TRY(pass_.Read(source, kJudgedTogether,
                       [this](std::vector<ImportRow>& rows) { return Take(rows); }));
        Import& import = looked_.report.import;
        if (import.rows > kMostImported)
            return InvalidFields(
                {{"file", "file.rows",
                  Say("At most {} rows with one file; send several", kMostImported)}});
        if (import.rows == 0)
            return InvalidFields({{"file", "file.empty", "The file has headings, but no rows"}});
        looked_.report.columns = pass_.columns();
        import.content_hash = pass_.content_hash();
        import.looked_at = import.rows;
        SetAsked(import, asked_);
        import.label_required = rules_.label == LabelRule::kRequired;
        import.created_by_id = actor_.account_id;
        import.created_by = actor_.username;
        import.origin = actor_.origin;
        if (!asked_.again)
            world_.store.Read([&](Work& work) {
                looked_.report.same = work.imports.FindSame(import.content_hash);
            });
        return std::move(looked_);
    }

private:
    bool Take(std::vector<ImportRow>& rows) {
        ImportReport& report = looked_.report;
        report.import.rows += static_cast<std::int64_t>(rows.size());
        if (report.import.rows > kMostImported) return false;
        world_.store.Read([&](Work& work) {
            JudgeImportRows(work, world_, actor_, rules_, pass_.columns(), asked_.again, rows);
        });
        for (ImportRow& row : rows) Count(row);
        return true;
    }

    void Count(ImportRow& row) {
        ImportReport& report = looked_.report;
        if (report.sample.size() < kSampleRows) report.sample.push_back(row.cells);
        AppendErrors(row, report.errors);
        if (!row.errors.empty()) ++report.import.refused;
        if (row.is_repeated) {
            ++report.import.repeated;
            if (report.repeated.size() < kRepeatedNamed) report.repeated.push_back(row.number);
        }
        if (!row.is_good()) return;
        ++report.good;
        if (row.code.approval == Approval::kPending) ++report.pending;
        if (report.good > kMostImportedAtOnce) return looked_.good.clear();
        row.cells.clear();
        looked_.good.push_back(std::move(row));
    }

    World& world_;
    const Actor& actor_;
    const DoorRules& rules_;
    const ImportAsked& asked_;
    ImportPass pass_;
    Looked looked_;
};

Event Imported(const Actor& actor, const Import& import, Millis now) {
    Event event = Happened(EventKind::kCodesImported, actor, now);
    event.subject_id = import.id;
    event.subject_name = import.rows == 1 ? "1 row" : std::to_string(import.rows) + " rows";
    return With(std::move(event), PairDetails({{"rows", std::to_string(import.rows)},
                                               {"refused", std::to_string(import.refused)},
                                               {"repeated", std::to_string(import.repeated)},
                                               {"mode", std::string(NameOf(import.mode))}}));
}

// A draft becomes this import; one that was begun already, by a second click, does not begin again.
Result<void> Put(Work& work, const Import& import) {
    const auto held = work.imports.FindForUpdate(import.id);
    if (held && held->state != ImportState::kDraft) return ImportEnded();
    if (held)
        work.imports.Save(import);
    else
        work.imports.Add(import);
    return {};
}

void AddPieces(Work& work, std::string_view id, const ImportSource& source) {
    std::string piece;
    std::int64_t place = 0;
    source([&](std::string_view more) {
        while (!more.empty()) {
            const std::size_t taken = std::min(more.size(), kPieceBytes - piece.size());
            piece += more.substr(0, taken);
            more.remove_prefix(taken);
            if (piece.size() < kPieceBytes) continue;
            work.imports.AddPiece(id, place++, piece);
            piece.clear();
        }
        return true;
    });
    if (!piece.empty()) work.imports.AddPiece(id, place, piece);
}

constexpr std::string_view kMeanwhile = "import.meanwhile";  // the same file came twice at once

// Everything in one transaction.
Result<void> MakeAtOnce(World& world, const Actor& actor, Looked& looked) {
    ImportReport& report = looked.report;
    Import import;
    std::vector<ImportError> errors;
    const auto done = world.store.Transact([&](Work& work) -> Result<void> {
        import = report.import;
        errors = report.errors;
        if (!import.again && work.imports.FindSame(import.content_hash))
            return Error{ErrorKind::kConflict, std::string(kMeanwhile)};
        std::vector<ImportRow> rows = looked.good;
        TRY(AddImportRows(work, world, actor, import.id, rows, AskApprovers::kYes));
        for (const ImportRow& row : rows)
            if (!row.errors.empty()) AppendErrors(row, errors), ++import.refused;
        if (import.refused > 0 && import.mode == ImportMode::kAll)
            return Error{ErrorKind::kConflict, "import.refused"};
        import.created =
            static_cast<std::int64_t>(rows.size()) - (import.refused - report.import.refused);
        import.state = ImportState::kDone;
        import.updated_at = world.clock.Now();
        TRY(Put(work, import));
        work.imports.DeletePieces(import.id);
        work.imports.AddErrors(import.id, errors);
        work.events.Append(Imported(actor, import, import.updated_at));
        return {};
    });
    if (!done.ok() && done.error().reason != kMeanwhile && done.error().reason != "import.refused")
        return done.error();
    report.errors = std::move(errors);
    report.import.refused = import.refused;
    if (done.ok()) report.import = std::move(import);
    if (!done.ok() && done.error().reason == "import.refused")
        report.import.state = ImportState::kRefused;
    if (!done.ok() && done.error().reason == kMeanwhile)
        world.store.Read(
            [&](Work& work) { report.same = work.imports.FindSame(report.import.content_hash); });
    return {};
}

// More than one transaction should hold: what was found wrong is kept, the rest goes on later.
Result<void> Begin(World& world, const Actor& actor, Looked& looked, const ImportSource* source) {
    ImportReport& report = looked.report;
    report.import.state = ImportState::kRunning;
    report.import.ending = ImportState::kDone;
    report.import.updated_at = world.clock.Now();
    report.import.looked_at = report.import.refused = report.import.repeated = 0;
    return world.store.Transact([&](Work& work) -> Result<void> {
        TRY(Put(work, report.import));
        if (source) AddPieces(work, report.import.id, *source);
        work.events.Append(Imported(actor, report.import, report.import.updated_at));
        return {};
    });
}

// With a draft's id its file is here already.
Result<ImportReport> Run(World& world, const Actor& actor, const DoorRules& rules,
                         const ImportAsked& asked, const ImportSource& source,
                         const std::optional<Import>& draft) {
    Looked looked = TRY(Look(world, actor, rules, asked).At(source));
    ImportReport& report = looked.report;
    if (report.same) return std::move(report);
    if (report.import.refused > 0 && asked.mode == ImportMode::kAll) {
        report.import.state = ImportState::kRefused;
        return std::move(report);
    }
    const Millis now = world.clock.Now();
    report.import.id = draft ? draft->id : NewUuid(world.random, now);
    report.import.created_at = draft ? draft->created_at : now;
    if (report.good <= kMostImportedAtOnce)
        TRY(MakeAtOnce(world, actor, looked));
    else
        TRY(Begin(world, actor, looked, draft ? nullptr : &source));
    const bool is_kept =
        report.import.state == ImportState::kDone || report.import.state == ImportState::kRunning;
    if (!is_kept && !draft) report.import.id.clear();
    if (report.import.created > 0)
        CatchUpLists(world, world.clock.Now(), 2 * static_cast<std::size_t>(report.import.created));
    return std::move(report);
}

ImportAsked AskedOf(const Import& draft) { return {draft.map, draft.mode, draft.again}; }

std::string LinesOf(const std::vector<ImportError>& errors) {
    std::string lines;
    for (const ImportError& one : errors)
        lines += CsvLine({std::to_string(one.row), one.field, one.reason, one.sentence});
    return lines;
}

// One's own, that nothing was done with yet.
Result<Import> DraftOf(World& world, const Actor& actor, std::string_view id) {
    std::optional<Import> found;
    world.store.Read([&](Work& work) { found = work.imports.Find(id); });
    if (!found || found->created_by_id != actor.account_id) return NoSuchImport();
    if (found->state != ImportState::kDraft) return ImportEnded();
    return *std::move(found);
}

}  // namespace

std::optional<ImportMode> FindImportMode(std::string_view name) {
    for (const ImportMode mode : {ImportMode::kAll, ImportMode::kGood})
        if (name == NameOf(mode)) return mode;
    return {};
}

ImportSource SourceOf(std::string_view text) {
    return [text](const WriteText& write) { write(text); };
}

Result<ImportReport> CheckImport(Permit<kCodesWrite> permit, World& world, const DoorRules& rules,
                                 const ImportAsked& asked, const ImportSource& source) {
    Looked looked = TRY(Look(world, permit.holder(), rules, asked).At(source));
    if (looked.report.import.refused > 0 && asked.mode == ImportMode::kAll)
        looked.report.import.state = ImportState::kRefused;
    return std::move(looked.report);
}

Result<ImportReport> RunImport(Permit<kCodesWrite> permit, World& world, const DoorRules& rules,
                               const ImportAsked& asked, const ImportSource& source) {
    return Run(world, permit.holder(), rules, asked, source, {});
}

Result<std::string> KeepImport(Permit<kCodesWrite> permit, World& world, const ImportAsked& asked,
                               const ImportSource& source) {
    const Actor& actor = permit.holder();
    Import draft;
    draft.created_at = draft.updated_at = world.clock.Now();
    draft.id = NewUuid(world.random, draft.created_at);
    SetAsked(draft, asked);
    draft.created_by_id = actor.account_id;
    draft.created_by = actor.username;
    draft.origin = actor.origin;
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        work.imports.Add(draft);
        AddPieces(work, draft.id, source);
        work.imports.DeleteSurplusDrafts(actor.account_id, kDraftsKept);
        return {};
    }));
    return draft.id;
}

Result<void> ChangeImport(Permit<kCodesWrite> permit, World& world, std::string_view id,
                          const ImportAsked& asked) {
    const Import draft = TRY(DraftOf(world, permit.holder(), id));
    return world.store.Transact([&](Work& work) -> Result<void> {
        auto import = work.imports.FindForUpdate(draft.id);
        if (!import || import->state != ImportState::kDraft) return ImportEnded();
        SetAsked(*import, asked);
        import->updated_at = world.clock.Now();
        work.imports.Save(*import);
        return {};
    });
}

Result<ImportReport> CheckKeptImport(Permit<kCodesWrite> permit, World& world,
                                     const DoorRules& rules, std::string_view id) {
    const Import draft = TRY(DraftOf(world, permit.holder(), id));
    ImportReport report =
        TRY(CheckImport(permit, world, rules, AskedOf(draft), KeptSource(world, draft.id)));
    report.import.id = draft.id;
    return report;
}

Result<ImportReport> RunKeptImport(Permit<kCodesWrite> permit, World& world, const DoorRules& rules,
                                   std::string_view id) {
    const Import draft = TRY(DraftOf(world, permit.holder(), id));
    return Run(world, permit.holder(), rules, AskedOf(draft), KeptSource(world, draft.id), draft);
}

Result<Import> GetImport(Permit<kCodesRead> permit, World& world, const CodeScope& scope,
                         std::string_view id) {
    std::optional<Import> found;
    world.store.Read([&](Work& work) { found = work.imports.Find(id); });
    const bool is_own = found && found->created_by_id == permit.holder().account_id;
    if (!found || !(is_own || (scope.all && found->state != ImportState::kDraft)))
        return NoSuchImport();
    return *std::move(found);
}

Result<std::vector<Import>> ListImports(Permit<kCodesRead> permit, World& world,
                                        const CodeScope& scope, std::size_t most) {
    std::vector<Import> imports;
    world.store.Read([&](Work& work) {
        imports = work.imports.List(scope.all ? "" : permit.holder().account_id, most);
    });
    return imports;
}

Result<std::vector<ImportError>> ErrorsOfImport(Permit<kCodesRead> permit, World& world,
                                                const CodeScope& scope, std::string_view id,
                                                std::size_t most) {
    TRY(GetImport(permit, world, scope, id));
    std::vector<ImportError> errors;
    world.store.Read([&](Work& work) { errors = work.imports.ListErrors(id, 0, 0, most); });
    return errors;
}

Result<TextFile> ExportImportErrors(Permit<kCodesWrite> permit, World& world,
                                    const DoorRules& rules, std::string_view id) {
    const auto may_read = TRY(permit.holder().Ask<kCodesRead>());
    const Import import = TRY(GetImport(may_read, world, rules.scope, id));
    const std::string headings = CsvLine({"Row", "Field", "Reason", "What is wrong"});
    if (import.state == ImportState::kDraft) {
        const auto report = TRY(CheckKeptImport(permit, world, rules, id));
        return TextFile(
            [lines = headings + LinesOf(report.errors)](const WriteText& write) { write(lines); });
    }
    return TextFile([world = World(world), id = import.id, headings](const WriteText& write) {
        if (!write(headings)) return;
        std::vector<ImportError> errors(1);
        do {
            const ImportError last = errors.back();
            world.store.Read([&](Work& work) {
                errors = work.imports.ListErrors(id, last.row, last.place, kErrorsReadTogether);
            });
            if (!errors.empty() && !write(LinesOf(errors))) return;
        } while (errors.size() == kErrorsReadTogether);
    });
}

Result<Import> UndoImport(Permit<kCodesWrite> permit, World& world, const CodeScope& scope,
                          std::string_view id) {
    const Actor& actor = permit.holder();
    TRY(GetImport(TRY(actor.Ask<kCodesRead>()), world, scope, id));
    Import import;
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        import = work.imports.FindForUpdate(id).value_or(Import{});
        const bool is_running = import.state == ImportState::kRunning;
        const bool has_stopped = import.state == ImportState::kCancelled && import.undone == 0;
        if (!is_running && !has_stopped && import.state != ImportState::kDone) return ImportEnded();
        const bool stays = is_running && import.mode == ImportMode::kGood;
        import.state = stays ? ImportState::kCancelled : ImportState::kUndoing;
        import.ending = is_running ? ImportState::kCancelled : ImportState::kUndone;
        import.updated_at = world.clock.Now();
        import.ended_by_id = actor.account_id;
        import.ended_by = actor.username;
        import.origin = actor.origin;
        if (stays) work.imports.DeletePieces(id);
        work.imports.Save(import);
        Event event = Happened(EventKind::kImportUndone, actor, import.updated_at);
        event.subject_id = import.id;
        event.subject_name =
            import.created == 1 ? "1 code" : std::to_string(import.created) + " codes";
        work.events.Append(With(std::move(event), {}));
        return {};
    }));
    return import;
}

}  // namespace ostiary
