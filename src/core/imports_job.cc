// Imports that are too large for one transaction: made in small ones, by whoever has the lease.
// What was committed says how far it got, so a program that is killed goes on where it was, and
// nothing is made twice (docs/decisions/0024).

#include <algorithm>

#include "core/accounts.h"
#include "core/happenings.h"
#include "core/imports.h"
#include "core/imports_rows.h"
#include "core/jobs.h"

namespace ostiary {
namespace {

using enum Permission;

constexpr std::size_t kMadeTogether = 500, kDeletedTogether = 100, kDraftsDeletedTogether = 20;
constexpr Millis kDraftsKept = kDay;

class Job {
public:
    Job(World& world, std::string_view id, Millis patience)
        : world_(world),
          id_(id),
          lease_(NewLease(world.random)),
          until_(world.clock.Now() + patience) {}

    // Whether there is more to do, by us.
    bool Advance() {
        if (!Hold()) return false;
        const Import import = Current();
        if (import.state == ImportState::kRunning) MakeMore(import);
        if (Current().state == ImportState::kUndoing) DeleteMore();
        const bool goes_on = Current().goes_on();
        world_.store.Write([&](Work& work) { work.imports.Release(id_, lease_); });
        return goes_on && !is_lost_;
    }

private:
    bool Hold() {
        bool is_ours = false;
        const Millis now = world_.clock.Now();
        world_.store.Write(
            [&](Work& work) { is_ours = work.imports.Claim(id_, lease_, now, now + kLease); });
        return is_ours;
    }
    bool IsTimeOver() const { return world_.clock.Now() > until_; }

    Import Current() {
        std::optional<Import> import;
        world_.store.Read([&](Work& work) { import = work.imports.Find(id_); });
        return import.value_or(Import{});
    }

    void MakeMore(const Import& import) {
        const auto actor =
            WhoeverAsked(world_, import.created_by_id, import.created_by, import.origin);
        if (!actor.ok()) return Fail(actor.error().details, {});
        if (!actor->May(kCodesWrite))
            return Fail("Whoever began this import may not make codes any more", {});
        DoorRules rules = ApiRules(actor.value(), world_);
        if (import.label_required) rules.label = LabelRule::kRequired;
        ImportPass pass(world_, import.map);
        std::int64_t seen = 0;
        bool is_whole = true;
        const auto read =
            pass.Read(KeptSource(world_, id_), kMadeTogether, [&](std::vector<ImportRow>& rows) {
                const auto size = static_cast<std::int64_t>(rows.size());
                const std::int64_t done =
                    std::clamp<std::int64_t>(import.looked_at - seen, 0, size);
                seen += size;
                const auto rest = std::span(rows).subspan(static_cast<std::size_t>(done));
                if (!rest.empty())
                    is_whole = Make(actor.value(), rules, pass.columns(), rest) && !IsTimeOver();
                return is_whole;
            });
        if (!read.ok()) return Fail("The file cannot be read any more", {});
        if (is_whole) Finish();
    }

    // False: somebody stopped it, or something is wrong.
    bool Make(const Actor& actor, const DoorRules& rules, const std::vector<ImportColumn>& columns,
              std::span<ImportRow> rows) {
        bool goes_on = false;
        std::size_t made = 0;
        std::vector<ImportError> errors;
        const auto done = world_.store.Transact([&](Work& work) -> Result<void> {
            goes_on = false;
            errors.clear();
            const Millis now = world_.clock.Now();
            auto import = work.imports.FindForUpdate(id_);
            is_lost_ = !work.imports.Claim(id_, lease_, now, now + kLease);
            if (is_lost_ || !import || import->state != ImportState::kRunning) return {};
            JudgeImportRows(work, world_, actor, rules, columns, import->again, rows);
            const auto ask = import->created == 0 ? AskApprovers::kYes : AskApprovers::kNo;
            TRY(AddImportRows(work, world_, actor, id_, rows, ask));
            for (const ImportRow& row : rows) {
                AppendErrors(row, errors);
                if (!row.errors.empty()) ++import->refused;
                if (row.is_repeated) ++import->repeated;
            }
            if (!errors.empty() && import->mode == ImportMode::kAll)
                return Error{ErrorKind::kConflict, "import.refused"};
            made = static_cast<std::size_t>(std::ranges::count_if(rows, &ImportRow::is_good));
            import->created += static_cast<std::int64_t>(made);
            import->looked_at += static_cast<std::int64_t>(rows.size());
            import->updated_at = now;
            work.imports.AddErrors(id_, errors);
            work.imports.Save(*import);
            goes_on = true;
            return {};
        });
        if (!done.ok()) {
            Fail(done.error().reason == "import.refused"
                     ? Sentence("What was right when it began is right no longer")
                     : done.error().details,
                 errors);
            return false;
        }
        CatchUpLists(world_, world_.clock.Now(), 2 * made);
        return goes_on;
    }

    void Finish() {
        Settle([](Work& work, Import& import) {
            if (import.state != ImportState::kRunning) return;
            import.state = ImportState::kDone;
            work.imports.DeletePieces(import.id);
        });
    }

    // Of all or none, none is left; good rows that were made stay.
    void Fail(const Sentence& trouble, const std::vector<ImportError>& errors) {
        Settle([&](Work& work, Import& import) {
            if (import.state != ImportState::kRunning) return;
            import.trouble = trouble;
            import.refused += static_cast<std::int64_t>(errors.size());
            import.ending = ImportState::kRefused;
            const bool stays = import.mode == ImportMode::kGood;
            import.state = stays ? ImportState::kCancelled : ImportState::kUndoing;
            work.imports.AddErrors(import.id, errors);
            work.imports.DeletePieces(import.id);
            if (stays) return;
            Event event =
                HappenedTo(EventKind::kImportUndone, {Door::kProgram, {}, {}}, world_.clock.Now());
            event.subject_id = import.id;
            event.subject_name = std::to_string(import.created) + " codes";
            work.events.Append(With(std::move(event), {}));
        });
    }

    template <class Change>
    void Settle(Change change) {
        world_.store.Write([&](Work& work) {
            auto import = work.imports.FindForUpdate(id_);
            if (!import) return;
            change(work, *import);
            import->updated_at = world_.clock.Now();
            work.imports.Save(*import);
        });
    }

    // What nobody used. What somebody did is kept for the record.
    void DeleteMore() {
        const Import import = Current();
        const bool is_asked = !import.ended_by.empty();  // it may have failed by itself
        const std::string& name = is_asked ? import.ended_by : import.created_by;
        const auto actor = WhoeverAsked(
            world_, is_asked ? import.ended_by_id : import.created_by_id, name, import.origin);
        Actor program = Actor::Console("");
        program.username = program.name = name;
        program.origin.door = Door::kProgram;
        const Actor& by = actor.ok() ? actor.value() : program;
        CodeQuery query;
        query.scope = CodeScope::All();
        query.batch = id_;
        for (CodeId after = 0; !IsTimeOver();) {
            std::vector<CodeId> ids;
            world_.store.Read(
                [&](Work& work) { ids = work.codes.ListIds(query, after, kDeletedTogether); });
            if (!ids.empty() && !Delete(by, ids)) return;
            if (ids.size() < kDeletedTogether) return Close();
            after = ids.back();
        }
    }

    bool Delete(const Actor& actor, const std::vector<CodeId>& ids) {
        const DoorRules rules{CodeScope::All()};
        world_.store.Write([&](Work& work) {
            const Millis now = world_.clock.Now();
            auto import = work.imports.FindForUpdate(id_);
            is_lost_ = !work.imports.Claim(id_, lease_, now, now + kLease);
            if (is_lost_ || !import) return;
            for (const CodeId id : ids)
                if (DeleteWithin(work, world_, actor, rules, id).ok()) ++import->undone;
            import->updated_at = now;
            work.imports.Save(*import);
        });
        return !is_lost_;
    }

    void Close() {
        Settle([](Work& work, Import& import) {
            if (import.state != ImportState::kUndoing) return;
            import.state = import.ending;
            work.imports.ForgetRows(import.id);
            work.imports.DeletePieces(import.id);
        });
    }

    World& world_;
    const std::string id_, lease_;
    const Millis until_;
    bool is_lost_ = false;
};

}  // namespace

bool AdvanceImport(World& world, std::string_view id, Millis patience) {
    return Job(world, id, patience).Advance();
}

void AdvanceImports(World& world, Millis patience) {
    std::vector<std::string> due;
    const Millis now = world.clock.Now();
    world.store.Read([&](Work& work) { due = work.imports.ListDue(now); });
    for (const std::string& id : due) AdvanceImport(world, id, patience);
}

void DeleteOldDrafts(World& world) {
    const Millis then = world.clock.Now() - kDraftsKept;
    std::size_t deleted = kDraftsDeletedTogether;
    while (deleted == kDraftsDeletedTogether)
        world.store.Write(
            [&](Work& work) { deleted = work.imports.DeleteDrafts(then, kDraftsDeletedTogether); });
}

}  // namespace ostiary
